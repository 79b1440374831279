"""What stands on the stage of `scenery.py` for what keeps a new way going."""

from datetime import date
from typing import Any

from commonground.adoption.models import Behaviour
from commonground.analysis.reinforcement.ladder import FAIR
from commonground.reinforcement.models import CorrectiveStep, Reinforcement, Schedule, Sunset
from tests.cast import Cast

DAY = date(2026, 9, 1)


def reinforcement(at: Any, cast: Cast) -> None:
    """Something that was done, something around the old way, a plan, an end and a formal step of one behaviour."""
    program, unit = cast.program, cast.units["billing"]
    behaviour = Behaviour.objects.create(
        program=program,
        key="again",
        name="Answer in the first call",
        new_words="answered",
        source="count",
        starts_on=DAY,
    )
    of = {"program": program, "behaviour": behaviour}
    done = Reinforcement.objects.create(**of, kind="recognition", on=DAY, words="A first call", unit=unit)
    around = Reinforcement.objects.create(**of, kind="easier", on=DAY, words="One form less")
    plan = Schedule.objects.create(**of, kind="feedback", words="In the morning round", starts_on=DAY)
    end = Sunset.objects.create(**of, removes="The list is read-only", announced_by=cast.carol.person)
    step = CorrectiveStep.objects.create(
        **of, unit=unit, on=DAY, about="Calls are passed on", beside=plan, fair=list(FAIR),
        decided_by=cast.dan.person, appeal_to=cast.alice.person,
    )  # fmt: skip
    at("reinforcement:behaviour sunset", pk=behaviour.pk)
    at("reinforcement:given edit-given remove-reinforcement", pk=done.pk)
    at("reinforcement:edit-around", pk=around.pk)
    at("reinforcement:planned edit-schedule remove-schedule", pk=plan.pk)
    at("reinforcement:remove-sunset", pk=end.pk)
    at("reinforcement:edit-correctivestep remove-correctivestep", pk=step.pk)
    for word in ("reinforcement", "schedule", "sunset", "correctivestep"):
        at(f"reinforcement:put-back-{word}", entry=1)
