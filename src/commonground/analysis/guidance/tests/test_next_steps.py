"""The order of what to begin with: rules that hold for every set of candidates, and reasons in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.guidance.likely import BANDS
from commonground.analysis.guidance.next_steps import SEVERITIES, Candidate, Weights, next_steps, reasons, weight_of

candidates = st.builds(
    Candidate,
    key=st.integers(1, 10_000),
    practice=st.sampled_from(["MNGR", "PACE", "PEER", "LOSS"]),
    severity=st.sampled_from(SEVERITIES),
    reach=st.integers(0, 100_000),
    behind=st.booleans(),
    effect=st.sampled_from(BANDS),
    hours=st.none() | st.floats(0, 200),
    since=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
)
lists = st.lists(candidates, max_size=30, unique_by=lambda one: one.key)
weights = st.builds(Weights, **{name: st.floats(0, 10) for name in ("severity", "reach", "behind", "effect", "effort")})
BETTER = {
    "severity": lambda one: one._replace(severity=SEVERITIES[min(SEVERITIES.index(one.severity) + 1, 2)]),
    "reach": lambda one: one._replace(reach=one.reach * 2 + 1),
    "behind": lambda one: one._replace(behind=True),
    "effect": lambda one: one._replace(effect=BANDS[min(BANDS.index(one.effect) + 1, 3)]),
    "effort": lambda one: one._replace(hours=one.hours / 2 if one.hours is not None else 1.0),
}


@given(candidates, weights, st.sampled_from(sorted(BETTER)))
def test_more_harm_reach_effect_or_less_effort_never_ranks_lower(one: Candidate, held: Weights, what: str) -> None:
    better = BETTER[what](one)._replace(key=one.key + 1)
    assert weight_of(better, held) >= weight_of(one, held) - 1e-12
    if weight_of(better, held) > weight_of(one, held):
        first, *_ = next_steps([one, better], many=2, weights=held, of_one=2)
        assert first.candidate == better


@given(lists, weights, st.integers(0, 8))
def test_places_are_filled_in_order_with_at_most_two_of_a_practice(
    rows: list[Candidate], held: Weights, many: int
) -> None:
    found = next_steps(rows, many=many, weights=held)
    assert [one.place for one in found] == list(range(1, len(found) + 1))
    practices = [one.candidate.practice for one in found]
    assert all(practices.count(practice) <= 2 for practice in practices)
    there = {practice: sum(one.practice == practice for one in rows) for practice in {one.practice for one in rows}}
    assert len(found) == min(many, sum(min(2, count) for count in there.values()))


@given(lists)
def test_by_default_harm_comes_before_all_else(rows: list[Candidate]) -> None:
    found = next_steps(rows, many=30, of_one=30)
    ranks = [SEVERITIES.index(one.candidate.severity) for one in found]
    assert ranks == sorted(ranks, reverse=True)


@given(lists, st.randoms())
def test_the_order_does_not_rest_on_how_they_were_given(rows: list[Candidate], random: object) -> None:
    mixed = list(rows)
    random.shuffle(mixed)
    assert next_steps(mixed, many=9) == next_steps(rows, many=9)


def test_the_reasons_of_a_place() -> None:
    one = Candidate(1, "PACE", "error", 130, behind=True, effect="some", hours=4)
    assert reasons(one) == (
        "to act on now",
        "touches more than 100 people",
        "its unit is behind on pace",
        "likely to move the pace somewhat",
        "about 4 hours",
    )
    assert reasons(Candidate(2, "OWN", "note")) == ("to know",)


@given(candidates)
def test_few_people_are_never_said(one: Candidate) -> None:
    said = " ".join(reasons(one))
    assert ("people" in said) == (one.reach > 20)
    assert f" {one.reach} people" not in said


@pytest.mark.parametrize("wrong", [{"severity": -1.0}, {"many": 0.0}])
def test_weights_below_nothing_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="0 or more"):
        Weights(**wrong)
