"""Bands of namings and steps of people: nobody's tie can be read from them, nor subtracted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.coalition.namings import SHARE, STEP, Band, about, band, bands, floors_for, flow

few = st.integers(min_value=0, max_value=80)


@pytest.mark.parametrize(
    ("namings", "could", "words"),
    [
        (2, 40, None),
        (3, 40, "3 to 5"),
        (5, 40, "3 to 5"),
        (6, 40, "6 to 9"),
        (9, 40, "6 to 9"),
        (10, 40, "10 or more"),
        (31, 40, "10 or more"),
        (12, 19, "6 or more"),  # ten of nineteen would be more than half
        (7, 11, "3 or more"),
        (4, 6, "3 or more"),
        (5, 5, None),  # all of them named somebody: it is told of nobody
        (3, 3, None),
    ],
)
def test_by_hand(namings: int, could: int, words: str | None) -> None:
    found = band(namings, could)
    assert (str(found) if found is not None else None) == words


@given(namings=few, could=few)
def test_a_band_tells_of_no_more_than_half_of_those_who_could_have_named(namings: int, could: int) -> None:
    found = band(namings, could)
    if found is not None:
        assert found.least * SHARE <= could
        assert found.least <= namings
        assert found.most is None or namings <= found.most


@given(namings=st.integers(min_value=1, max_value=80), could=few)
def test_one_naming_cannot_be_subtracted(namings: int, could: int) -> None:
    """Who knows a naming of their own is left with a band at least three numbers wide, so that no single one follows."""
    found = band(namings, could)
    if found is not None:
        assert found.most is None or found.most - found.least >= 2
        assert found.least >= 3


@given(could=few)
def test_bands_of_one_size_neither_overlap_nor_leave_a_gap(could: int) -> None:
    """Otherwise a wide band beside a narrow one would tell what was held back."""
    found = {band(namings, could) for namings in range(1, 90)} - {None}
    assert len(found) == len(floors_for(could))
    seen = [sum(one is not None and one.least <= namings <= (one.most or 99) for one in found) for namings in range(90)]
    assert max(seen, default=0) <= 1


def test_of_a_round_of_fewer_than_ten_nothing_is_told() -> None:
    assert bands([8, 3], [60, 60], taken=9) == [None, None]
    assert bands([8, 3], [60, 60], taken=10) == [Band(6, 9), Band(3, 5)]


@given(people=st.integers(min_value=0, max_value=2000))
def test_people_are_told_in_steps(people: int) -> None:
    words = about(people)
    if people < STEP:
        assert words == "fewer than 5"
    else:
        told = int(words.removeprefix("about ").replace(",", ""))
        assert told % STEP == 0
        assert abs(told - people) <= STEP // 2


@pytest.mark.parametrize(
    ("ties", "sources", "targets", "asked", "told"),
    [
        (12, 8, 6, 40, 10),
        (4, 4, 4, 40, None),
        (30, 4, 9, 40, None),
        (30, 9, 4, 40, None),
        (9, 5, 5, 9, None),
        (9, 5, 5, 10, 10),
    ],
)
def test_units_are_told_where_enough_are_behind_both_ends(
    ties: int, sources: int, targets: int, asked: int, told: int | None
) -> None:
    assert flow(ties, sources, targets, asked) == told
