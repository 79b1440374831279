"""Gates between phases and what says so at each, out of sheets. A sheet says where a gate stands; it begins no phase."""

from typing import Any

from django.db import models

from commonground.analysis.plan.criteria import BY_KEY, FILED, PROMISED
from commonground.intake.commit_phases import KeptOut, take_numbered
from commonground.intake.commit_work import upsert
from commonground.intake.plan import Plan, just, text
from commonground.plan.models import Condition, Evidence, Gate
from commonground.realignment.stages import day_of


def gates(plan: Plan) -> None:
    """Gates of the whole and of units. One that is none of the three, or was decided on a day to come, is kept out."""
    read = plan.fields(
        "gates",
        {
            "state": ("state", lambda row: row.state or "open"),
            "asked": ("asked_on", just("asked")),
            "decided": ("decided_on", just("decided")),
            "by": ("decided_by_id", lambda row: plan.id_of("people", row.by)),
        },
    )
    said = KeptOut(
        "gate",
        "There are three gates: 1, 2 and 3, each at the end of its phase.",
        "decided",
        "This day has not come yet, so nothing is decided.",
        "Leave it empty until then.",
    )
    take_numbered(plan, "gates", Gate, read, said)


def evidence(plan: Plan) -> None:
    """Evidence and conditions. A row of a gate that is not here, or that the gate does not ask, is kept out."""
    made: list[Any] = plan.batch.made.get(Gate, [])
    there = {(row.number, row.unit_id): row.pk for row in (*Gate.objects.filter(program=plan.program), *made)}
    told, promised = [], []
    for row in plan.rows("evidence"):
        gate = there.get((row.number, plan.id_of("units", row.unit)))
        why, remedy = _refused(plan, row, gate)
        if why:
            plan.refuse("evidence", plan.position("evidence", row), "gate", row.number, why, remedy)
        elif row.answer == PROMISED:
            promised.append(((gate, row.criterion, row.due), row))
        else:
            told.append(((gate, row.criterion, row.on), row))
    _told(plan, told, there)
    _promised(plan, promised)


def _refused(plan: Plan, row: Any, gate: int | None) -> tuple[str, str]:
    if gate is None:
        return "There is no such gate of it.", "Add it to the sheet of gates first."
    if row.number not in BY_KEY[row.criterion].wanted:
        return f"Gate {row.number} does not ask “{row.criterion}”.", "Write a criterion that it asks."
    if row.answer == PROMISED:
        return ("", "") if row.due else ("A condition has no day until when.", "Write it under due.")
    if row.on is None or row.on > day_of(plan.at):
        return "Evidence is of a day that has been.", "Write that day under on."
    return "", ""


def _told(plan: Plan, rows: list[tuple[Any, Any]], there: dict[Any, int]) -> None:
    read = plan.fields(
        "evidence",
        {
            "answer": ("answer", just("answer")),
            "how": ("how", lambda row: row.how or FILED),
            "by": ("filed_by_id", lambda row: plan.id_of("people", row.by)),
            "value": ("value", just("value")),
            "words": ("words", text("words")),
        },
    )
    known = {(row.gate_id, row.criterion, row.on): row for row in Evidence.objects.filter(program=plan.program)}

    def make(row: Any) -> models.Model:
        gate = there[row.number, plan.id_of("units", row.unit)]
        return plan.batch.make(
            Evidence, program=plan.program, gate_id=gate, criterion=row.criterion, on=row.on, answer=row.answer
        )

    upsert(plan, "evidence", known, rows, read, make)


def _promised(plan: Plan, rows: list[tuple[Any, Any]]) -> None:
    read = plan.fields(
        "evidence",
        {
            "by": ("owner_id", lambda row: plan.id_of("people", row.by)),
            "words": ("words", lambda row: row.words or BY_KEY[row.criterion].question),
        },
    )
    known = {(row.gate_id, row.criterion, row.due): row for row in Condition.objects.filter(program=plan.program)}
    keys = {id(row): key for key, row in rows}

    def make(row: Any) -> models.Model:
        gate, criterion, due = keys[id(row)]
        made = row.on or day_of(plan.at)
        return plan.batch.make(
            Condition, program=plan.program, gate_id=gate, criterion=criterion, due=due, made_on=made,
            words=row.words or BY_KEY[criterion].question,
        )  # fmt: skip

    upsert(plan, "evidence", known, rows, read, make)
