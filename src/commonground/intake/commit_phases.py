"""Phases, panels with customers and joint improvements, out of sheets."""

from typing import Any, NamedTuple

from django.db import models

from commonground.analysis.facts.phases import PHASES
from commonground.communication.models import Improvement, Panel
from commonground.intake.commit_work import upsert
from commonground.intake.plan import Plan, just, text
from commonground.plan.models import Phase
from commonground.realignment.stages import day_of


def phases(plan: Plan) -> None:
    """Phases of the whole and of units. One that is none of the three, or began on a day to come, is kept out."""
    read = plan.fields(
        "phases",
        {
            "from": ("planned_from", just("start")),
            "to": ("planned_to", just("end")),
            "entered": ("entered_on", just("entered")),
        },
    )
    said = KeptOut(
        "phase",
        "There are three phases: 1, 2 and 3.",
        "entered",
        "This day has not come yet, so the phase has not begun.",
        "Write the day under from.",
    )
    take_numbered(plan, "phases", Phase, read, said)


class KeptOut(NamedTuple):
    """What is said of rows that are kept out: the column of the number and why there is none such; that of the day, why and what to do."""

    number: str
    three: str
    day: str
    ahead: str
    remedy: str


def take_numbered(plan: Plan, table: str, model: type[models.Model], read: Any, said: KeptOut) -> None:
    """Takes over what there is one of for each phase, of the whole or of a unit. A row of no phase, or of a day to come, is kept out.

    read: what `Plan.fields` gave.
    """
    rows: Any = model._default_manager.filter(program=plan.program).order_by("pk")
    known = {(row.number, row.unit_id): row for row in rows}
    good = []
    for row in plan.rows(table):
        at, day = plan.position(table, row), getattr(row, said.day)
        if row.number not in PHASES:
            plan.refuse(table, at, said.number, row.number, said.three, "Write the number of one of them.")
        elif day is not None and day > day_of(plan.at):
            plan.refuse(table, at, said.day, day, said.ahead, said.remedy)
        else:
            good.append(((row.number, plan.id_of("units", row.unit)), row))

    def make(row: Any) -> models.Model:
        return plan.batch.make(model, program=plan.program, number=row.number, unit_id=plan.id_of("units", row.unit))

    upsert(plan, table, known, good, read, make)


def panels(plan: Plan) -> None:
    """Panels with customers. Who of ours is in them is said here."""
    read = plan.fields(
        "panels",
        {
            "name": ("name", just("name")),
            "customers": ("customers", text("customers")),
            "unit": ("unit_id", lambda row: plan.id_of("units", row.unit)),
            "from": ("start", just("start")),
            "to": ("end", just("end")),
        },
    )
    known = {row.key: row for row in Panel.objects.filter(program=plan.program).order_by("pk")}

    def make(row: Any) -> models.Model:
        return plan.batch.make(Panel, program=plan.program, key=row.id, name=row.name)

    found = upsert(plan, "panels", known, [(row.id, row) for row in plan.rows("panels")], read, make)
    plan.ids["panels"] = {key: row.pk for key, row in found.items()}


def improvements(plan: Plan) -> None:
    """Joint improvements, with who has each in hand."""
    read = plan.fields(
        "improvements",
        {
            "name": ("name", just("name")),
            "panel": ("panel_id", lambda row: plan.ids["panels"].get(row.panel)),
            "unit": ("unit_id", lambda row: plan.id_of("units", row.unit)),
            "owner": ("owner_id", lambda row: plan.id_of("people", row.owner)),
            "state": ("state", lambda row: row.state or "proposed"),
            "from": ("start", just("start")),
            "done": ("done_on", just("done")),
        },
    )
    known = {row.key: row for row in Improvement.objects.filter(program=plan.program).order_by("pk")}

    def make(row: Any) -> models.Model:
        return plan.batch.make(Improvement, program=plan.program, key=row.id, name=row.name)

    upsert(plan, "improvements", known, [(row.id, row) for row in plan.rows("improvements")], read, make)
