"""What stands on the stage of `scenery.py` for findings that are taken up."""

from typing import Any

from django.utils import timezone

from commonground.guidance.models import Finding, Planned
from commonground.programs.models import Activity
from tests.cast import AT, Cast


def taken_up(at: Any, cast: Cast) -> None:
    """A finding of nobody's unit that an activity answers, which was delivered."""
    today = timezone.localdate()
    finding = Finding.objects.create(
        program=cast.program,
        code="OURS-01",
        kind="program",
        subject="scenery",
        key=f"{cast.program.pk}:OURS-01:program:scenery",
        severity="note",
        rank=2,
        part="findings",
        what="Something that was taken up",
        state="ended",
        ended_on=today,
        first_seen=today,
        last_seen=today,
    )
    activity = cast.program.add(
        Activity(
            key="taken-up", kind="engage", words="What was done about it", start=today, delivered_on=today, state="done"
        ),
        by=cast.alice.actor,
        at=AT,
    )
    planned = Planned.objects.create(finding=finding, activity=activity)
    at("guidance:take-up", pk=finding.pk)
    at("guidance:take-back", pk=planned.pk)
