import re
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.ui.curves import Due, Fan, Says, Weekly, curves
from commonground.ui.lanes_below import Dated
from commonground.ui.multiples import multiple
from commonground.ui.steps import Level, steps

FIRST = date(2025, 3, 3)
SHARE = st.one_of(st.none(), st.floats(0, 1))
WIDTHS = (796, 620, 358)


def weeks(shares):
    """Weeks from FIRST: the share new, the rest old; None is not shown."""
    return [
        Weekly(FIRST + timedelta(weeks=n), share, None if share is None else 1 - share)
        for n, share in enumerate(shares)
    ]


def fan(after, count=100):
    return [
        Fan(after + timedelta(weeks=n), *(min(0.3 + n * 0.005 + part * n * 0.001, 1) for part in (-2, -1, 0, 1, 2)))
        for n in range(1, count)
    ]


def numbers(text):
    return [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", text)]


def every_spot(picture):
    """All coordinates of lines and areas, as pairs."""
    for text in (*picture.new, *picture.old, picture.ahead, picture.half, picture.wide, *picture.fills):
        found = numbers(text)
        yield from zip(found[::2], found[1::2], strict=True)


def boxes(picture):
    return [picture.today_words, *picture.words, *(late.words for late in picture.lates if late.words)]


def test_by_hand():
    """796 px wide: the plot goes from 46 to 792 and, 310 px high, from 14 to 324. Two weeks of 0 and 1, today two weeks after the first:
    the axis lasts until two weeks after that, 28 days, so the middle of the first week, 3 days, lies at 46 + 746 × 3/28 = 125.9."""
    picture = curves(weeks([0, 1]), today=FIRST + timedelta(days=14))
    assert (picture.left, picture.right, picture.top, picture.bottom) == (46, 792, 14, 324)
    assert picture.new == ("125.9,324 312.4,14",)
    assert picture.old == ("125.9,14 312.4,324",)
    assert picture.today == 419.0
    assert picture.fills == ("M125.9,324 312.4,14 L312.4,324 125.9,324z",)
    assert [label for _, label in picture.rows] == ["0", "20", "40", "60", "80", "100 %"]


def test_one_week_is_no_curve():
    assert curves(weeks([0.4]), today=FIRST) is None
    assert curves(weeks([None, None, 0.4]), today=FIRST) is None


def test_weeks_that_are_not_shown_leave_a_gap_and_are_said_at_the_axis():
    picture = curves(weeks([0.1, 0.2, None, None, 0.3, 0.4]), today=FIRST + timedelta(weeks=6))
    assert len(picture.new) == len(picture.old) == len(picture.fills) == 2
    assert len(picture.hidden) == 1
    assert curves(weeks([0.1, None, 0.3]), today=FIRST + timedelta(weeks=3)).dots


def test_lateness_goes_from_the_plan_to_the_forecast():
    told = weeks([0.2 + n * 0.002 for n in range(60)])
    planned, mid = date(2026, 10, 1), date(2027, 4, 1)
    due = Due(0.8, planned, date(2027, 1, 1), mid, date(2027, 9, 1))
    early = Due(0.5, mid, date(2026, 5, 1), planned, None)
    picture = curves(told, fan(told[-1].day), today=date(2026, 4, 27), dues=[due, early], target=(0.8, planned))
    first, second = picture.lates
    assert first.late_x is None  # it comes before it was planned
    assert second.late_x == second.mid_x
    assert second.planned_x < second.low_x < second.mid_x < second.high_x
    assert second.y == picture.target[2]
    assert first.high_x == picture.right  # an open side goes to the edge
    assert second.words.text == "80\u00a0% Apr 2027"
    assert any(words.text == "target 80\u00a0% by Oct 2026" for words in picture.words)


def test_what_is_not_reached_as_far_as_the_forecast_looks_is_late_to_the_edge():
    told = weeks([0.2] * 30)
    due = Due(0.8, date(2026, 1, 1), None, None, None)
    picture = curves(told, fan(told[-1].day), today=told[-1].day, dues=[due])
    (late,) = picture.lates
    assert (late.late_x, late.low_x, late.mid_x) == (picture.right, None, None)
    assert (late.words.text, late.words.css) == ("80\u00a0% later", "act")


def test_names_that_find_no_room_stand_before_their_value():
    says = Says(("New way: with the case", "Old way"), (0.1, 0.9))
    picture = curves(weeks([0.02, 0.06, 0.1]), says=says, today=FIRST + timedelta(weeks=60))
    assert any(words.text == "New way: with the case, 10\u00a0%" for words in picture.words)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(SHARE, min_size=2, max_size=80),
    st.booleans(),
    st.sampled_from(WIDTHS),
    st.lists(st.tuples(st.integers(-100, 1500), st.text("abc ", min_size=1, max_size=20)), max_size=8),
)
def test_nothing_leaves_the_picture_and_no_words_meet(shares, ahead, width, events):
    told = weeks(shares)
    today = told[-1].day + timedelta(days=7)
    lanes = [("Actions", [Dated(FIRST + timedelta(days=off), text, off < 100) for off, text in events])]
    dues = [Due(0.5, today, today, today + timedelta(days=90), None), Due(0.8, None, today, None, None)]
    picture = curves(
        told, fan(told[-1].day) if ahead else (), today=today, dues=dues, target=(0.8, today), lanes=lanes, width=width
    )
    if picture is None:
        assert sum(share is not None for share in shares) < 2
        return
    assert all(picture.left - 0.1 <= x <= picture.right + 0.1 and 13.9 <= y <= 324.1 for x, y in every_spot(picture))
    assert "nan" not in repr(picture).lower()
    assert not any(a.meets(b, 0) for a, b in combinations(boxes(picture), 2))
    for lane in picture.lanes:
        assert lane.end <= picture.height
        assert all(lane.y < mark.y < lane.end and 0 <= mark.x <= width for mark in lane.marks)
        words = sorted((mark.y, mark.text_x, mark.anchor, mark.text) for mark in lane.marks if mark.text)
        assert len(words) == len(set(words))


@settings(deadline=None)
@given(st.lists(SHARE, min_size=1, max_size=200), st.booleans())
def test_multiples_share_one_scale(shares, written):
    told = weeks(shares)
    picture = multiple(told, (FIRST, FIRST + timedelta(weeks=199)), cut_over=FIRST, alarm=FIRST, written=written)
    if picture is None:
        assert all(share is None for share in shares)
        return
    found = [number for text in (*picture.new, *picture.old) for number in numbers(text)]
    assert all(0 <= x <= picture.right for x in found[::2])
    assert all(picture.top - 0.1 <= y <= picture.bottom + 0.1 for y in found[1::2])
    assert len(found) <= 2 * 2 * 90  # thinned: at most one point in 3.4 px, and those beside gaps
    assert bool(picture.words) == written


def test_a_multiple_by_hand():
    """126 px for two weeks of 7 days each less a day: 13 days, the middle of the first lies at 126 × 3/13 = 29.1."""
    picture = multiple(weeks([0.5, 1]), (FIRST, FIRST + timedelta(weeks=1)))
    assert picture.new == ("29.1,51 96.9,6",)
    assert [words.text for words in picture.words] == ["100\u00a0%", "0\u00a0%", "Mar 25", "Mar 25"]
    assert multiple(weeks([None]), (FIRST, FIRST)) is None


def test_a_curve_in_steps_by_hand():
    """470 px: from 46 to 412 for 10 weeks, 36.6 px a week; 150 px for the whole share."""
    picture = steps([Level(5, 0.5, 0.4, 0.6), Level(10, 1, 0.9, 1)], start=0, half=5)
    assert picture.line == "M46,160H229V85H412V10H412"
    assert picture.half == (229, 85)
    assert picture.band.endswith("z")
    assert picture.ticks[-1].label == "10 weeks"
    assert steps([], start=0) is None


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 1)), min_size=1, max_size=100))
def test_steps_stay_inside(points):
    picture = steps([Level(time, share, share / 2, min(share * 1.1, 1)) for time, share in points], start=0)
    inside = numbers(picture.line) + numbers(picture.band)
    assert all(9.9 <= number <= 470 for number in inside)
    assert len(picture.line) < 12_000


@pytest.mark.parametrize("width", WIDTHS)
def test_things_of_one_day_share_a_mark(width):
    day = FIRST + timedelta(days=30)
    lanes = [("Cut-overs", [Dated(day, "Water", True), Dated(day, "Electricity", True), Dated(day, "Water", True)])]
    (lane,) = curves(weeks([0.1] * 20), today=FIRST + timedelta(weeks=20), lanes=lanes, width=width).lanes
    assert [mark.title.label for mark in lane.marks] == ["Electricity; Water"]
    assert [mark.text for mark in lane.marks] == ["Electricity, Water"]
    assert lane.marks[0].curve_y is not None
