"""Segments of customers, out of sheets. Contacts are brought as an export of their own."""

from typing import Any

from django.db import models

from commonground.communication.segments import Segment
from commonground.intake.commit_work import upsert
from commonground.intake.plan import Plan, just, text


def segments(plan: Plan) -> None:
    """Kinds of customers: their name, and what to know about them."""
    read = plan.fields("segments", {"name": ("name", just("name")), "words": ("words", text("words"))})
    known = {row.key: row for row in Segment.objects.filter(program=plan.program).order_by("pk")}

    def make(row: Any) -> models.Model:
        return plan.batch.make(Segment, program=plan.program, key=row.id, name=row.name)

    found = upsert(plan, "segments", known, [(row.id, row) for row in plan.rows("segments")], read, make)
    plan.ids["segments"] = {key: row.pk for key, row in found.items()}
