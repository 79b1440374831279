"""What stands on the stage of `scenery.py` for the plan."""

from datetime import date, timedelta
from typing import Any

from commonground.plan.models import Blackout, Capacity, Feed, PlanCopy, PlanTemplate
from commonground.programs.models import Activity
from tests.cast import AT, Cast

DAY = date(2026, 9, 1)


def plan(at: Any, cast: Cast) -> None:
    """Activities, what there is room for, templates, copies and the calendar."""
    program = cast.program
    held = Activity.objects.create(program=program, key="A1", kind="talk", owner=cast.carol.person)
    at("plan:set-state", pk=held.pk, state="done")
    at("plan:activity confirm take-back", pk=held.pk)
    made = {
        "activity": held,
        "capacity": Capacity.objects.create(program=program, hours=4),
        "blackout": Blackout.objects.create(program=program, start=DAY, end=DAY + timedelta(days=3)),
    }
    for word, row in made.items():
        at(f"plan:edit-{word} remove-{word}", pk=row.pk)
        at(f"plan:put-back-{word}", entry=1)
    kit = PlanTemplate.objects.create(program=program, name="Before a cut-over")
    at("plan:rename-template remove-template", pk=kit.pk)
    at("plan:undo-copy", pk=PlanCopy.objects.create(program=program, source="Billing", on=DAY).pk)
    at("plan:ics", token=Feed.objects.renew(program, by=cast.carol.actor, at=AT))
