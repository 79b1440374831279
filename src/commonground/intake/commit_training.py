"""Modules of training with whom they are for, sessions, and who was there, out of sheets and out of what a learning system exports."""

from typing import Any

from django.db import models

from commonground.analysis.facts import ATTENDANCE_STATES
from commonground.intake.commit_work import upsert
from commonground.intake.plan import CHANGED, NEW, SAME, Plan, just, text
from commonground.organization.models import Level
from commonground.plan.models import Attendance, Module, Need, Session
from commonground.realignment.stages import day_of

BOOKED, ATTENDED, _ = ATTENDANCE_STATES
Whom = tuple[int | None, int | None, int | None]
COLUMNS = ("roles", "units", "levels", "everyone")


def training(plan: Plan) -> None:
    """Modules, and for whom they are. Whom a module is for because of a change that is not the importer's to see stays as it is."""
    known = {row.key: row for row in Module.objects.filter(program=plan.program)}
    read = plan.fields(
        "training",
        {
            "name": ("name", just("name")),
            "hours": ("hours", just("hours")),
            "touches_crm": ("touches_crm", lambda row: bool(row.touches_crm)),
            "behaviour": ("behaviour_id", lambda row: plan.id_of("behaviours", row.behaviour)),
            "format": ("format", text("format")),
        },
    )

    def make(row: Any) -> models.Model:
        return plan.batch.make(Module, program=plan.program, key=row.id, name=row.name)

    rows = [(row.id, row) for row in plan.rows("training")]
    found = upsert(plan, "training", known, rows, read, make)
    plan.ids["training"] = {key: row.pk for key, row in found.items()}
    if any(plan.has("training", name) for name in COLUMNS):
        _whom(plan, rows)


def _whom(plan: Plan, rows: list[tuple[str, Any]]) -> None:
    needs: dict[int, dict[Whom, Need]] = {}
    for need in Need.objects.filter(program=plan.program).select_related("role_fate"):
        needs.setdefault(need.module_id, {})[need.role_id, need.unit_id, need.level_id] = need
    levels = {name.casefold(): pk for name, pk in Level.objects.values_list("name", "pk")}
    for key, row in rows:
        module = plan.ids["training"][key]
        known = needs.get(module, {})
        wanted = _wanted(plan, row, levels)
        for whom in wanted - known.keys():
            role, unit, level = whom
            fate = next(iter(plan.planned.get("role", {}).get(role, ())), None)
            planned = fate.pk if fate is not None and not fate.settled else None
            values = {"role_id": role, "unit_id": unit, "level_id": level, "role_fate_id": planned}
            plan.batch.make(Need, program=plan.program, module_id=module, **values)
            plan.facts.update(Need.facts)
        for whom in known.keys() - wanted:
            need = known[whom]
            if _is_in_sheet(plan, whom) and (need.role_fate is None or plan.sees(need.role_fate)):
                plan.batch.remove(need)
                plan.facts.update(Need.facts)


def _wanted(plan: Plan, row: Any, levels: dict[str, int]) -> set[Whom]:
    found: set[Whom] = {(plan.ids["roles"][role], None, None) for role in row.roles}
    found |= {(None, plan.ids["units"][unit], None) for unit in row.units}
    unknown = [level for level in row.levels if level.casefold() not in levels]
    if unknown:
        at = plan.position("training", row)
        plan.refuse(
            "training",
            at,
            "levels",
            unknown[0],
            f"“{unknown[0]}” is no level here.",
            "Write a level of the organization.",
        )
    found |= {(None, None, levels[level.casefold()]) for level in row.levels if level.casefold() in levels}
    return found | ({(None, None, None)} if row.everyone else set())


def _is_in_sheet(plan: Plan, whom: Whom) -> bool:
    """Whether the sheet has the column in which such a need would stand."""
    for column, one in zip(COLUMNS, whom, strict=False):
        if one is not None:
            return plan.has("training", column)
    return plan.has("training", "everyone")


def sessions(plan: Plan) -> None:
    known = {row.key: row for row in Session.objects.filter(program=plan.program)}
    read = plan.fields(
        "sessions",
        {
            "on": ("on", just("on")),
            "place": ("place", text("place")),
            "language": ("language", text("language")),
            "shift": ("shift", text("shift")),
            "seats": ("seats", just("seats")),
            "trainer": ("trainer_id", lambda row: plan.id_of("people", row.trainer)),
            "held": ("held", just("held")),
        },
    )

    def make(row: Any) -> models.Model:
        module = plan.ids["training"][row.training]
        return plan.batch.make(Session, program=plan.program, key=row.id, module_id=module)

    found = upsert(plan, "sessions", known, [(row.id, row) for row in plan.rows("sessions")], read, make)
    plan.ids["sessions"] = {key: row.pk for key, row in found.items()}


def attendance(plan: Plan) -> None:
    """Who has a place, was there or missed it. The same person, module and session, or day where no session is named, is one row.

    A row that says nothing of how it went was attended, or booked where its day is still to come; that somebody was there on a day to come
    is kept out.
    """
    today = day_of(plan.at)
    rows = Attendance.objects.filter(program=plan.program).order_by("pk")
    known = {(row.module_id, row.person_id, row.session_id or row.on): row for row in rows}
    booked = {(row.module_id, row.person_id): row for row in rows if row.state == BOOKED and row.session_id is None}
    for row in plan.rows("attendance"):
        module, person = plan.ids["training"][row.training], plan.ids["people"][row.person]
        session = plan.id_of("sessions", row.session)
        ahead = row.on is not None and row.on > today
        state = row.state or (BOOKED if ahead else ATTENDED)
        if ahead and state != BOOKED:
            why, remedy = (
                "This day has not come yet, so nobody was there or missed it.",
                "Write the day on which it was.",
            )
            plan.refuse("attendance", plan.position("attendance", row), "on", row.on, why, remedy)
            continue
        values = {"state": state, "on": row.on}
        before = known.get((module, person, session or row.on)) or (None if session else booked.get((module, person)))
        if before is None:
            names = {"module_id": module, "person_id": person, "session_id": session}
            known[module, person, session or row.on] = plan.batch.make(
                Attendance, program=plan.program, **names, **values
            )
            plan.count("attendance", NEW)
        else:
            plan.count("attendance", CHANGED if plan.batch.change(before, values) else SAME)
