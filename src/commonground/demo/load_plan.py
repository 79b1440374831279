"""Puts what there is room for, and when units cannot, into the database of the demo."""

from collections.abc import Mapping, Sequence

from commonground.analysis import facts
from commonground.analysis.facts import Row
from commonground.demo.load_organization import Keys
from commonground.plan.models import Blackout, Capacity
from commonground.programs.models import Program


def load_plan(program: Program, rows: Mapping[str, Sequence[Row]], keys: Keys) -> None:
    """Writes hours a month and closed days as the rows tell them."""
    Capacity.objects.bulk_create(
        Capacity(program=program, unit_id=keys.unit(row.unit), hours=row.hours, start=row.start, end=row.end)
        for row in rows.get("capacity", ())
        if isinstance(row, facts.Capacity)
    )
    Blackout.objects.bulk_create(
        Blackout(program=program, unit_id=keys.unit(row.unit), start=row.start, end=row.end, why=row.why or "")
        for row in rows.get("blackouts", ())
        if isinstance(row, facts.Blackout)
    )
