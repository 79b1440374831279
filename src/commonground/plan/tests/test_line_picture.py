"""The geometry of the program line: nothing on top of another, nothing outside, days true to one axis."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.plan.line import LANES, Thing, standings
from commonground.plan.line_picture import LEFT, Span, picture
from commonground.ui.charts import LETTER

TODAY = date(2026, 9, 14)
DAYS = st.dates(date(2025, 6, 1), date(2028, 1, 1))
THINGS = st.lists(
    st.builds(
        Thing,
        lane=st.sampled_from(list(LANES)[:3]),
        label=st.text("abcdefgh ", min_size=1, max_size=40),
        planned=DAYS,
        actual=st.one_of(st.none(), DAYS),
        until=st.one_of(st.none(), DAYS),
        lasts=st.booleans(),
        milestone=st.booleans(),
    ),
    max_size=12,
)


@given(THINGS)
def test_no_thing_and_no_words_stand_on_others(things: list[Thing]) -> None:
    drawn = picture(standings(things, TODAY), TODAY, date(2026, 1, 1), None)
    assert (drawn is None) == (not things)
    for lane in drawn.lanes if drawn else ():
        spans: dict[float, list[tuple[float, float]]] = {}
        for one in lane.shapes:
            assert lane.y < one.y < lane.end
            wide = len(one.text) * LETTER
            text = (one.text_x, one.text_x + wide) if one.anchor == "start" else (one.text_x - wide, one.text_x)
            spans.setdefault(one.y, []).append((min(one.x, text[0]), max(one.bar_to or one.x, text[1])))
        for taken in spans.values():
            for (_, end), (start, _) in zip(sorted(taken), sorted(taken)[1:], strict=False):
                assert start >= end


@given(THINGS)
def test_x_is_true_to_the_day_and_inside(things: list[Thing]) -> None:
    drawn = picture(standings(things, TODAY), TODAY, date(2026, 1, 1), date(2027, 1, 1))
    marks = [one for lane in drawn.lanes for one in lane.shapes] if drawn else []
    for one in marks:
        assert LEFT <= one.x <= 1120
        for other in marks:
            if one.thing.first and other.thing.first and one.thing.first < other.thing.first:
                assert one.x <= other.x


def test_seven_that_fall_on_one_day_are_one_mark_with_their_number() -> None:
    same = [Thing("roles", f"Role {number}", TODAY + timedelta(days=30)) for number in range(7)]
    drawn = picture(standings(same, TODAY), TODAY, TODAY, None)
    assert drawn is not None
    (one,) = [shape for lane in drawn.lanes for shape in lane.shapes]
    assert one.thing.label.startswith("7 at once: Role 0, Role 1")


def test_phases_are_bands_on_the_same_axis_and_what_has_not_begun_is_open() -> None:
    spans = [Span(1, "first", date(2026, 1, 1), TODAY, True), Span(2, "second", TODAY, None, False)]
    thing = Thing("team", "Team", date(2026, 2, 1), date(2026, 2, 1), milestone=True)
    drawn = picture(standings([thing], TODAY), TODAY, date(2026, 1, 1), date(2027, 1, 1), phases=spans)
    assert drawn is not None
    assert [band.sure for band in drawn.bands] == [True, False]
    assert drawn.bands[1].x == drawn.today
