"""What there is room for, and days on which units cannot, out of sheets."""

from datetime import date
from typing import Any

from django.db import models

from commonground.intake.commit_work import upsert
from commonground.intake.plan import Plan, just, text
from commonground.plan.capacity import MOST_HOURS
from commonground.plan.models import Blackout, Capacity


def capacity(plan: Plan) -> None:
    """Hours a month. A row that no month holds is kept out."""
    read = plan.fields("capacity", {"hours": ("hours", just("hours")), "to": ("end", just("end"))})
    rows = Capacity.objects.filter(program=plan.program).order_by("pk")
    known = {(row.unit_id, row.start): row for row in rows}
    good: list[tuple[tuple[int | None, date | None], Any]] = []
    for row in plan.rows("capacity"):
        if not 0 <= row.hours <= MOST_HOURS:
            why, remedy = (
                "No month has so many hours.",
                f"Write hours of one person in a month, from 0 to {MOST_HOURS}.",
            )
            plan.refuse("capacity", plan.position("capacity", row), "hours", row.hours, why, remedy)
        else:
            good.append(((plan.id_of("units", row.unit), row.start), row))

    def make(row: Any) -> models.Model:
        unit = plan.id_of("units", row.unit)
        return plan.batch.make(Capacity, program=plan.program, unit_id=unit, start=row.start, hours=row.hours)

    upsert(plan, "capacity", known, good, read, make)


def blackouts(plan: Plan) -> None:
    """Days on which a unit cannot."""
    read = plan.fields("blackouts", {"why": ("why", text("why"))})
    rows = Blackout.objects.filter(program=plan.program).order_by("pk")
    known = {(row.unit_id, row.start, row.end): row for row in rows}
    good = []
    for row in plan.rows("blackouts"):
        if row.end <= row.start:
            why, remedy = "It ends before it has begun.", "Write the day after the last one under to."
            plan.refuse("blackouts", plan.position("blackouts", row), "to", row.end, why, remedy)
        else:
            good.append(((plan.id_of("units", row.unit), row.start, row.end), row))

    def make(row: Any) -> models.Model:
        unit = plan.id_of("units", row.unit)
        return plan.batch.make(Blackout, program=plan.program, unit_id=unit, start=row.start, end=row.end)

    upsert(plan, "blackouts", known, good, read, make)
