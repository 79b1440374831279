"""The line of a figure over time: true to its values, nothing outside of the picture, gaps never bridged."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from commonground.workflows.over_time import Point, over_time

JANUARY = date(2026, 1, 1)
values = st.one_of(st.none(), st.floats(0, 5000))


@st.composite
def lines(draw: st.DrawFn) -> list[Point]:
    count = draw(st.integers(2, 30))
    return [Point(JANUARY + timedelta(days=30 * n), draw(values), draw(values)) for n in range(count)]


@given(lines(), st.lists(st.tuples(st.dates(date(2025, 1, 1), date(2029, 1, 1)), st.text(max_size=30)), max_size=4))
def test_nothing_leaves_the_picture(points: list[Point], changes: list[tuple[date, str]]) -> None:
    drawn = over_time(points, changes)
    if drawn is None:
        assert sum(point.value is not None for point in points) < 2
        return
    for run in (*drawn.values, *drawn.slow):
        for pair in run.split():
            x, y = map(float, pair.split(","))
            assert drawn.left - 0.1 <= x <= drawn.right + 0.1
            assert drawn.top - 0.1 <= y <= drawn.bottom + 0.1
    for mark in drawn.marks:
        assert points[0].ends <= mark.day <= points[-1].ends
        assert drawn.left <= mark.x <= drawn.right
    assert len(drawn.rows) <= 7
    assert len(drawn.dots) == sum(point.value is not None for point in points)


def test_a_gap_is_not_bridged_and_the_scale_begins_at_zero() -> None:
    days = [JANUARY + timedelta(days=31 * n) for n in range(5)]
    drawn = over_time([Point(day, value) for day, value in zip(days, [4.0, 8.0, None, 2.0, 2.0], strict=True)], [])
    assert drawn is not None
    assert len(drawn.values) == 2
    assert drawn.rows[0] == (drawn.bottom, "0")
    heights = [y for _, y in drawn.dots]
    assert heights[0] - heights[1] == (drawn.bottom - heights[0])  # 4 is half of 8


def test_months_are_those_in_which_the_times_ended() -> None:
    drawn = over_time([Point(date(2026, 1, 1), 1.0), Point(date(2026, 2, 1), 1.0)], [])
    assert drawn is not None
    assert [label for _, label in drawn.ticks] == ["Dec 2025", "Jan 2026"]


def test_one_value_is_no_line() -> None:
    assert over_time([Point(JANUARY, 3.0), Point(JANUARY + timedelta(days=31), None)], []) is None
