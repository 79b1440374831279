from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.ui.axes import Days, Shares, apart, area, line, runs, thinned

SPOTS = st.lists(st.one_of(st.none(), st.tuples(st.floats(0, 800), st.floats(0, 300))), max_size=60)


def test_days_and_shares_by_hand():
    """Day 50 of 100 lies in the middle of 46 to 246; a share of a quarter a quarter up from 320 to 20."""
    days = Days(date(2026, 1, 1), date(2026, 4, 11), 46, 246)
    assert (days.x(date(2026, 1, 1)), days.x(date(2026, 2, 20)), days.x(date(2026, 4, 11))) == (46, 146, 246)
    assert days.x(date(2020, 1, 1)) == 46
    scale = Shares(20, 320)
    assert (scale.y(0), scale.y(0.25), scale.y(1), scale.y(1.2)) == (320, 245, 20, 20)


@pytest.mark.parametrize("width", [320, 574, 800])
def test_months_are_written_apart(width):
    ticks = Days(date(2025, 3, 3), date(2029, 7, 1), 40, 40 + width).months()
    assert ticks
    assert all(later.x - first.x >= 50 for first, later in pairwise(ticks))
    assert all(40 <= tick.x <= 40 + width for tick in ticks)


def test_a_gap_is_never_bridged():
    spots = [(0, 1), (10, 2), None, (30, 3)]
    assert runs(spots) == (((0, 1), (10, 2)), ((30, 3),))
    assert line(runs(spots)[0]) == "0,1 10,2"
    assert area([(0, 1), (10, 2)], [(0, 5), (10, 5)]) == "M0,1 10,2 L10,5 0,5z"
    assert thinned([(0, 0), (1, 2), (2, 4), None, (2.5, 9)], 2) == [(0.5, 1.0), (2, 4), None, (2.5, 9)]


@given(SPOTS)
def test_thinning_keeps_gaps_and_heights(spots):
    kept = thinned(spots)
    assert [spot is None for spot in kept].count(True) == spots.count(None)
    known, left = [s for s in spots if s], [s for s in kept if s]
    assert bool(known) == bool(left)
    if known:
        assert min(y for _, y in known) - 0.1 <= min(y for _, y in left)
        assert max(y for _, y in left) <= max(y for _, y in known) + 0.1


@given(st.lists(st.floats(0, 300), max_size=6))
def test_words_are_kept_apart(wanted):
    placed = sorted(apart(wanted, 15, 0, 300))
    assert all(later - first >= 15 - 0.11 for first, later in pairwise(placed))
    assert all(-0.1 <= y <= 300.1 for y in placed)


def test_words_near_their_line_stay_there():
    assert apart([100, 50], 15, 0, 300) == [100, 50]
    assert apart([100, 104], 15, 0, 300) == [100, 115]
    assert apart([296, 298], 15, 0, 300) == [285, 300]
