"""What stands on the stage of `scenery.py` for the plan."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from commonground.analysis.plan.ledger import Booking as LedgerRow
from commonground.plan.models import (
    Attendance,
    Blackout,
    BudgetLine,
    Capacity,
    Feed,
    LedgerFile,
    LedgerRule,
    Module,
    Need,
    Phase,
    PlanCopy,
    PlanTemplate,
)
from commonground.plan.models import Session as TrainingSession
from commonground.programs.models import Activity
from tests.cast import AT, STARTED, Cast

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


def training(at: Any, cast: Cast) -> None:
    row = Module.objects.create(program=cast.program, key="T1", name="The shared record", touches_crm=True)
    need = Need.objects.create(program=cast.program, module=row, role=cast.roles["billing_clerk"])
    session = TrainingSession.objects.create(
        program=cast.program, key="S1", module=row, on=DAY, trainer=cast.carol.person
    )
    Attendance.objects.create(program=cast.program, module=row, person=cast.erin.person, session=session, on=DAY)
    at("plan:module edit-module remove-module add-need add-session who-is-left", pk=row.pk)
    at("plan:session edit-session remove-session book book-left note-attendance", pk=session.pk)
    at("plan:take-back-attendance release-places", pk=session.pk)
    at("plan:remove-need", pk=need.pk)
    at("plan:propose-module", pk=cast.roles["billing_clerk"].pk)
    at("plan:put-back-module put-back-session put-back-need", entry=1)


def phases(at: Any, cast: Cast) -> None:
    row = Phase.objects.create(program=cast.program, number=1, planned_from=STARTED)
    at("plan:edit-phase remove-phase enter-phase phase-not-begun", pk=row.pk)
    at("plan:put-back-phase", entry=1)


def budget(at: Any, cast: Cast) -> None:
    program, alice = cast.program, cast.alice.actor
    line = BudgetLine.objects.create(program=program, key="ROOMS", name="Rooms", planned=100_000, owner=cast.dan.person)
    found = [
        LedgerRow(2, DAY, 5_000, "6510", "R-1", "Rooms", line="ROOMS"),
        LedgerRow(3, DAY, 700, "6640", "C-1", "Coffee"),
    ]
    file = LedgerFile.objects.look(program, found, file="ledger.csv", digest="d", by=alice, at=timezone.now())
    rule = LedgerRule.objects.create(program=program, says="6640", line=line)
    at("plan:budget-line edit-budgetline remove-budgetline", pk=line.pk)
    at("plan:ledger-file take-ledger undo-ledger take-ledger-again", pk=file.pk)
    at("intake:ledger-columns set-aside-ledger", pk=file.pk)
    at("plan:say-double", pk=file.bookings.order_by("row")[0].pk)
    at("plan:edit-ledgerrule remove-ledgerrule", pk=rule.pk)
    at("plan:put-back-budgetline put-back-ledgerrule", entry=1)
