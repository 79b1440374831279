from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.ui import charts
from commonground.ui.charts import Event

VALUES = st.lists(st.floats(0, 1e6, allow_nan=False), min_size=1, max_size=8)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(VALUES)
def test_a_strip_fills_its_width_and_its_parts_touch(values):
    drawn = charts.strip([("x", value, "new") for value in values], width=200)
    x = 0.0
    for segment in drawn.segments:
        assert segment.x == pytest.approx(x, abs=0.05)
        x += segment.width
    assert x == pytest.approx(200 if sum(values) else 0, abs=0.1)


def test_a_strip_by_hand():
    """52 of 100 on 240 px are 124.8 px; what is zero is left out."""
    drawn = charts.strip([("new", 52, "new"), ("nil", 0, "rest"), ("old", 41, "old")], width=240, whole=100)
    assert [(one.x, one.width, one.share) for one in drawn.segments] == [(0, 124.8, 0.52), (124.8, 98.4, 0.41)]


def test_a_strip_refuses_what_cannot_be_drawn():
    with pytest.raises(ValueError, match="negative"):
        charts.strip([("x", -1, "new")])
    with pytest.raises(ValueError, match="more than its whole"):
        charts.strip([("x", 5, "new")], whole=4)


@pytest.mark.parametrize(("value", "wide"), [(0, 0), (3, 42), (6, 84), (9, 84), (0.001, 2)])
def test_a_bar_is_cut_at_its_track_and_never_vanishes(value, wide):
    assert charts.bar(value, 6, 84).width == wide


def test_lost_and_gained_grow_from_one_axis():
    drawn = charts.diverging(3, 6, most=6, width=88)
    assert (drawn.axis, drawn.lost_x, drawn.lost_width, drawn.gained_width) == (44, 22, 22, 44)
    assert charts.diverging(-3, 0, most=6) == charts.diverging(3, 0, most=6)


def test_a_sparkline_is_cut_where_a_value_is_missing():
    drawn = charts.sparkline([0, 5, None, 10, None, 10, 0], width=66, height=26)
    assert drawn.lines == ("3,23 13,13", "53,3 63,23")
    assert drawn.dots == ((33, 3),)
    assert drawn.end == (63, 23)


def test_a_sparkline_of_nothing_or_of_one_value_is_drawn():
    assert charts.sparkline([None]).end is None
    assert charts.sparkline([4]).dots == ((60, 14),)


@given(st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9)), max_size=20))
def test_a_sparkline_stays_in_its_picture(values):
    drawn = charts.sparkline(values, width=120, height=28)
    points = [tuple(map(float, point.split(","))) for line in drawn.lines for point in line.split()]
    assert all(0 <= x <= 120 and 0 <= y <= 28 for x, y in [*points, *drawn.dots])


@pytest.mark.parametrize(
    ("have", "of", "threshold", "state"),
    [(0, 0, 0, "nobody"), (3, 5, 8, "withheld"), (0, 9, 8, "gap"), (3, 9, 8, "part"), (9, 9, 8, "held")],
)
def test_the_state_of_a_cell(have, of, threshold, state):
    cell = charts.grid_cell(have, of, threshold=threshold)
    assert cell.state == state
    assert (cell.reached > 0) == (state in {"part", "held"})


@given(st.lists(st.tuples(DAYS, st.text("abc ", min_size=1, max_size=30)), max_size=25))
def test_the_words_of_a_timeline_never_overlap_or_leave_the_picture(days):
    line = charts.timeline([Event(day, label) for day, label in days], date(2025, 1, 1), date(2027, 12, 31))
    assert len(line.placed) == len(days)
    for row in (0, 1):
        spans = []
        for one in line.placed:
            if one.row == row:
                wide = len(one.event.label) * charts.LETTER
                first = one.text_x if one.anchor == "start" else one.text_x - wide
                assert first >= -0.01
                assert first + wide <= line.width + 0.01
                spans.append((first, first + wide))
        spans.sort()
        assert all(b <= c for (_, b), (c, _) in pairwise(spans))


def test_a_timeline_is_true_to_the_day():
    """By hand: 1,000 days on 1,000 px between margins of 32 px, so a day is a pixel."""
    start = date(2025, 1, 1)
    line = charts.timeline(
        [Event(start + timedelta(250), "x")], start, start + timedelta(1000), start + timedelta(500), width=1064
    )
    assert line.placed[0].x == 282
    assert line.today == 532


def test_a_timeline_leaves_out_what_lies_outside_and_refuses_to_run_backwards():
    line = charts.timeline([Event(date(2024, 1, 1), "x")], date(2025, 1, 1), date(2026, 1, 1), today=date(2027, 1, 1))
    assert line.placed == ()
    assert line.today is None
    with pytest.raises(ValueError, match="ends after"):
        charts.timeline([], date(2026, 1, 1), date(2026, 1, 1))
