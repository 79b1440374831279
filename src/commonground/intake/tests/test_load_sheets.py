"""Sheets of what there is room for, and of the plan's further columns: brought, brought again, exported and taken back."""

from datetime import date

from tests.cast import Cast

from commonground.analysis.facts import Activity as ActivityRow
from commonground.analysis.facts import Blackout as BlackoutRow
from commonground.analysis.facts import Capacity as CapacityRow
from commonground.intake import committing
from commonground.intake.tests.bringing import AT, bring, counts, everything, sheets, take
from commonground.plan.models import Blackout, Capacity
from commonground.programs.models import Activity

ROWS = {
    "capacity": [CapacityRow(6), CapacityRow(4, "BIL", date(2026, 9, 1))],
    "blackouts": [BlackoutRow(date(2026, 12, 28), date(2027, 1, 9), "BIL", "Year end")],
    "activities": [
        ActivityRow(
            "A1",
            "Course",
            "BIL",
            start=date(2026, 10, 5),
            hours_per_person=2.5,
            audience="level=Staff; touched",
            technique="Realistic preview",
        )
    ],
}


def files(cast: Cast, **rows: list[object]) -> dict[str, bytes]:
    key = cast.units["billing"].key.encode()
    return {name: text.replace(b"BIL", key) for name, text in sheets({**ROWS, **rows}).items()}


def test_the_sheets_are_taken_over_and_taken_back(cast: Cast) -> None:
    before = everything()
    row = take(cast.program, cast.alice.actor, files(cast))
    assert list(Capacity.objects.order_by("pk").values_list("hours", "unit")) == [
        (6, None),
        (4, cast.units["billing"].pk),
    ]
    assert Blackout.objects.get().why == "Year end"
    course = Activity.objects.get()
    assert (course.hours_per_person, course.audience) == (2.5, {"level": "Staff", "touched": "yes"})
    assert course.technique == "realistic-preview"  # a sheet may call it by its name
    again = bring(cast.program, cast.alice.actor, files(cast))
    assert [counts(again, table) for table in ("capacity", "blackouts", "activities")] == [
        {"unchanged": 2},
        {"unchanged": 1},
        {"unchanged": 1},
    ]
    committing.undo(row, by=cast.alice.actor, at=AT)
    assert everything() == before


def test_what_no_month_holds_and_what_ends_before_it_begins_is_kept_out(cast: Cast) -> None:
    closed = BlackoutRow(date(2027, 1, 9), date(2026, 12, 28))
    row = bring(cast.program, cast.alice.actor, files(cast, capacity=[CapacityRow(900)], blackouts=[closed]))
    assert counts(row, "capacity") == {"kept_out": 1}
    assert counts(row, "blackouts") == {"kept_out": 1}
