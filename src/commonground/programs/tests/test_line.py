"""What breaks the order of the program line (SEQ-01 of GUIDELINES.md)."""

from datetime import date, timedelta

from commonground.programs.line import Point, breaks

TODAY = date(2026, 9, 14)


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
