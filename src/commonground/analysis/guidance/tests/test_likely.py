"""What a technique is likely to do: a normal prior weighed with what was seen, worked by hand; and rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.guidance.likely import BANDS, TEN_TO_NINETY, Expected, Here, likely

seen = st.lists(st.builds(Here, st.floats(-0.5, 0.5), st.floats(0.005, 0.3)), max_size=6)
grades = st.sampled_from("ABCD")


def test_before_anything_was_seen_it_is_what_is_planned_with() -> None:
    told = likely("A")
    assert (told.low + told.high) / 2 == pytest.approx(0.015)
    assert (told.high - told.low) / TEN_TO_NINETY == pytest.approx(((0.01 / TEN_TO_NINETY) ** 2 + 0.02**2) ** 0.5)
    assert (told.band, told.n) == ("some", 0)
    assert told.why == "evidence A from elsewhere; not tried here yet"
    assert likely("C").band == "little"


def test_one_change_weighed_by_hand() -> None:
    """Prior .015 with variance .003902² + .02²; seen .20 with .05 of error and .05 of doubt: weights 2,408 and 200, so .0292."""
    told = likely("A", [Here(0.20, 0.05)])
    prior, own = 1 / (0.003902**2 + 0.02**2), 1 / 0.005
    assert (prior, own) == pytest.approx((2_408, 200), rel=1e-3)
    assert (told.low + told.high) / 2 == pytest.approx((prior * 0.015 + own * 0.2) / (prior + own), rel=1e-4)
    assert (told.low + told.high) / 2 == pytest.approx(0.0292, abs=5e-5)
    assert told.why.endswith("compared here once, after which the new way had risen 1 of 1")


@given(grades, seen, st.floats(-0.4, 0.4), st.floats(0.001, 0.1))
def test_a_larger_change_never_makes_less_likely(grade: str, rows: list[Here], change: float, more: float) -> None:
    lower, higher = (likely(grade, [*rows, Here(one, 0.1)]) for one in (change, change + more))
    assert BANDS.index(higher.band) >= BANDS.index(lower.band)
    assert higher.low >= lower.low


@given(grades, seen)
def test_what_was_seen_makes_it_no_less_certain(grade: str, rows: list[Here]) -> None:
    before, after = likely(grade), likely(grade, rows)
    assert after.high - after.low <= before.high - before.low + 1e-12
    assert after.low <= after.high


def test_it_is_called_much_only_once_it_was_compared_three_times() -> None:
    assert [likely("A", [Here(0.3, 0.05)] * times).band for times in (1, 2, 3)] == ["some", "some", "much"]


@given(seen)
def test_better_evidence_is_never_called_less_before_it_was_tried(rows: list[Here]) -> None:
    assert [BANDS.index(likely(grade).band) for grade in "ABCD"] == sorted(
        (BANDS.index(likely(grade).band) for grade in "ABCD"), reverse=True
    )
    assert likely("A", rows).n == len(rows)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="no evidence grade “E”"):
        likely("E")
    with pytest.raises(ValueError, match="below the high one"):
        Expected(low=0.02, high=0.01)
