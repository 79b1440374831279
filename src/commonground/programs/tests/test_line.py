"""The geometry of the program line, and what breaks the order (SEQ-01 of GUIDELINES.md)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from commonground.programs.line import Point, breaks, program_line
from commonground.ui.charts import LETTER

TODAY = date(2026, 9, 14)
DAYS = st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2029, 1, 1)))
POINTS = st.lists(
    st.builds(
        Point,
        kind=st.sampled_from(["cut_over", "technology_chosen", "strategy_agreed"]),
        label=st.text("abcdefgh ", min_size=1, max_size=24),
        row=st.sampled_from(["", "Billing", "Water"]),
        planned=DAYS,
        actual=DAYS,
    ),
    max_size=14,
)


@given(POINTS)
def test_draws_every_dated_milestone_once_and_no_words_on_words(points: list[Point]) -> None:
    line = program_line(points, TODAY, date(2026, 1, 1), None)
    dated = [point for point in points if point.planned or point.actual]
    if line is None:
        assert not dated
        return
    marks = [mark for row in line.rows for mark in row.marks]
    assert sorted(map(repr, dated)) == sorted(repr(mark.point) for mark in marks)
    spans: dict[float, list[tuple[float, float]]] = {}
    for mark in marks:
        wide = len(mark.text) * LETTER
        span = (mark.text_x, mark.text_x + wide) if mark.anchor == "start" else (mark.text_x - wide, mark.text_x)
        assert span[0] >= 0
        assert span[1] <= line.width + 0.2
        spans.setdefault(mark.text_y, []).append(span)
    for texts in spans.values():
        for (_, end), (start, _) in zip(sorted(texts), sorted(texts)[1:], strict=False):
            assert start >= end


@given(POINTS)
def test_x_is_true_to_the_day(points: list[Point]) -> None:
    line = program_line(points, TODAY, date(2026, 1, 1), date(2028, 1, 1))
    marks = [mark for row in line.rows for mark in row.marks] if line else []
    for one in marks:
        for other in marks:
            first, second = (mark.point.actual or mark.point.planned for mark in (one, other))
            if first and second and first < second:
                assert one.x <= other.x


def point(kind: str, planned: date | None = None, actual: date | None = None) -> Point:
    return Point(kind, kind, "", planned, actual)


def test_technology_chosen_while_workflows_are_only_planned_breaks_the_order() -> None:
    day = TODAY - timedelta(days=30)
    points = [
        point("strategy_agreed", actual=day - timedelta(days=9)),
        point("workflows_agreed", planned=day - timedelta(days=1)),
        point("technology_chosen", actual=day),
    ]
    assert [one.before for one in breaks(points, TODAY)] == ["workflows_agreed"]


def test_a_plan_in_the_right_order_breaks_nothing() -> None:
    first = TODAY + timedelta(days=30)
    points = [
        point("strategy_agreed", planned=first),
        point("workflows_agreed", planned=first + timedelta(days=60)),
        point("technology_chosen", planned=first + timedelta(days=90)),
    ]
    assert breaks(points, TODAY) == ()


def test_a_unit_does_not_break_the_order_of_the_whole() -> None:
    assert breaks([Point("technology_chosen", "Technology", "Billing", actual=TODAY)], TODAY) == ()


@given(POINTS)
def test_no_stem_runs_through_the_words_of_another(points: list[Point]) -> None:
    line = program_line(points, TODAY, date(2026, 1, 1), None)
    for row in line.rows if line else ():
        for one in row.marks:
            wide = len(one.text) * LETTER
            first = one.text_x if one.anchor == "start" else one.text_x - wide
            for other in row.marks:
                if other is not one and one.anchor == "start" and other.x > one.x + 1:
                    assert not (first < other.x < first + wide and other.text_y < one.text_y)
