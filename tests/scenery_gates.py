"""What stands on the stage of `scenery.py` for gates: one that was passed, with evidence and a condition."""

from typing import Any

from commonground.plan.models import Condition, Evidence, Gate, GateMove
from tests.cast import AT, STARTED, Cast


def gates(at: Any, cast: Cast) -> None:
    """The first gate of the whole, passed with a condition."""
    program, bob = cast.program, cast.bob.person
    row = Gate.objects.create(program=program, number=1, state="conditional", decided_on=STARTED, decided_by=bob)
    GateMove.objects.create(
        gate=row, move="condition", state="conditional", on=STARTED, words="It holds.", person=bob, at=AT
    )
    shown = Evidence.objects.create(
        program=program, gate=row, criterion="records", answer="met", on=STARTED, words="All."
    )
    open_ = Condition.objects.create(program=program, gate=row, words="Count them", due=STARTED, made_on=STARTED)

    at(
        "plan:gate move-gate decide-gate take-back-gate file-evidence add-condition keep-numbers",
        number=1,
        part=0,
    )
    at("plan:gate-wanted", number=1)
    at("plan:edit-condition condition-met condition-not-met remove-condition", pk=open_.pk)
    at("plan:remove-evidence", pk=shown.pk)
    at("plan:put-back-condition put-back-evidence", entry=1)
