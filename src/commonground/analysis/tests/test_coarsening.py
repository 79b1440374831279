"""Coarsening: whatever the organization, no stored combination has fewer people than the threshold, and nobody is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.coarsening import Combination, coarsen

UNITS = [f"u{n}" for n in range(12)]


@st.composite
def organizations(draw: st.DrawFn) -> tuple[dict[str, str | None], dict[Combination, int], int]:
    """A tree of units, people by unit, level and shift, and a threshold that they reach altogether."""
    parents: dict[str, str | None] = {"u0": None}
    for place, unit in enumerate(UNITS[1:], 1):
        parents[unit] = UNITS[draw(st.integers(0, place - 1))]
    threshold = draw(st.integers(2, 12))
    places = st.tuples(
        st.sampled_from([*UNITS, None]),
        st.sampled_from(["board", "leader", "staff", None]),
        st.sampled_from(["day", "night", None]),
    )
    people = draw(st.dictionaries(places, st.integers(1, 15), min_size=1, max_size=25))
    if sum(people.values()) < threshold:
        people[next(iter(people))] += threshold
    return parents, people, threshold


def ancestors(unit: str | None, parents: dict[str, str | None]) -> set[str | None]:
    found: set[str | None] = {unit, None}
    while unit is not None:
        unit = parents[unit]
        found.add(unit)
    return found


@given(organizations())
def test_every_stored_combination_has_the_threshold_and_fits_everybody_in_it(
    made: tuple[dict[str, str | None], dict[Combination, int], int],
) -> None:
    parents, people, threshold = made
    coarse = coarsen(people, threshold=threshold, parents=parents, tree=0)
    assert all(count >= threshold for count in coarse.stored.values())
    assert sum(coarse.stored.values()) == sum(people.values())
    assert set(coarse.of) == set(people)
    for original, stored in coarse.of.items():
        assert stored[0] in ancestors(original[0], parents)
        assert all(after in (before, None) for before, after in zip(original[1:], stored[1:], strict=True))
    for stored, count in coarse.stored.items():
        assert count == sum(people[one] for one, to in coarse.of.items() if to == stored)


@given(organizations())
def test_the_order_makes_no_difference(made: tuple[dict[str, str | None], dict[Combination, int], int]) -> None:
    parents, people, threshold = made
    turned = dict(reversed(people.items()))
    assert (
        coarsen(people, threshold=threshold, parents=parents, tree=0).of
        == coarsen(turned, threshold=threshold, parents=parents, tree=0).of
    )


def test_three_people_of_the_night_shift_are_counted_with_their_unit() -> None:
    # by hand: Billing has 8 by day, 3 by night and 4 of no known shift; the night joins the 4
    people = {("billing", "day"): 8, ("billing", "night"): 3, ("billing", None): 4}
    coarse = coarsen(people, threshold=5, parents={"billing": None}, tree=0)
    assert coarse.stored == {("billing", "day"): 8, ("billing", None): 7}
    assert coarse.moved == {("billing", "night"): (3, ("billing", None))}


def test_small_teams_meet_in_the_unit_above_and_the_last_take_the_smallest_in() -> None:
    parents = {"a": "top", "b": "top", "c": "top", "top": None}
    coarse = coarsen({("a",): 2, ("b",): 3, ("c",): 9}, threshold=5, parents=parents, tree=0)
    assert coarse.stored == {("top",): 5, ("c",): 9}
    alone = coarsen({("a",): 2, ("c",): 9}, threshold=5, parents=parents, tree=0)
    assert alone.stored == {(None,): 11}


def test_a_level_is_dropped_where_it_matters_least_and_kept_where_it_matters_most() -> None:
    people = {("a", "staff"): 6, ("a", "leader"): 2, ("b", "leader"): 4, ("b", "staff"): 6}
    unit_first = coarsen(people, threshold=5, parents={"a": None, "b": None}, tree=0)
    assert unit_first.of["b", "leader"] == (None, None)
    level_first = coarsen(
        {(level, unit): n for (unit, level), n in people.items()}, threshold=5, parents={"a": None, "b": None}, tree=1
    )
    assert level_first.of["leader", "b"] == ("leader", None)


def test_too_few_altogether_and_a_circle_are_refused() -> None:
    with pytest.raises(ValueError, match="4 people are fewer than 5"):
        coarsen({("a",): 4}, threshold=5, parents={"a": None}, tree=0)
    with pytest.raises(ValueError, match="below itself"):
        coarsen({("a",): 3, ("b",): 4}, threshold=5, parents={"a": "b", "b": "a"}, tree=0)
