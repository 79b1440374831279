"""What stands on the stage of `scenery.py` for cascades: one under way, with a talk that is to be held and the one above it held."""

from datetime import date, timedelta
from typing import Any

from commonground.communication.models import Cascade, CascadeStep, Hearer, Message
from tests.cast import Cast

DAY = date(2026, 9, 1)


def cascades(at: Any, cast: Cast) -> None:
    """A message that Bob tells Dan, and Dan tells Erin."""
    said = Message.objects.create(program=cast.program, key="MC", title="One number for every customer", state="out")
    said.texts.create(language="English", subject="One number", body="From March on each customer has one number.")
    row = Cascade.objects.create(
        program=cast.program,
        message=said,
        first=cast.bob.person,
        opens=DAY,
        state="running",
        started_on=DAY,
        built_on=DAY,
    )
    window = {"opens": DAY, "closes": DAY + timedelta(days=3)}
    top = CascadeStep.objects.create(
        cascade=row, unit=cast.units["root"], deliverer=cast.bob.person, people=1, delivered_on=DAY, **window
    )
    step = CascadeStep.objects.create(
        cascade=row, above=top, depth=1, unit=cast.units["billing"], deliverer=cast.dan.person, people=1, **window
    )
    Hearer.objects.create(step=top, person=cast.dan.person)
    Hearer.objects.create(step=step, person=cast.erin.person)
    at("communication:cascade edit-cascade start-cascade take-back-start end-cascade run-cascade-again", pk=row.pk)
    at(
        "communication:build-cascade catch-up ask-late drop-cascade not-heard cascade-kits return-list returns",
        pk=row.pk,
    )
    at("communication:talk kit confirm-talk take-back-talk deputy leave-out-talk take-in-talk ask-in-talk", pk=step.pk)
