"""What roles gain and lose, what came of it with their holders, and the searches for the new way, out of sheets."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db import models

from commonground.intake.commit_plans import role_fate
from commonground.intake.commit_work import upsert
from commonground.intake.plan import CHANGED, NEW, SAME, Plan, just, text
from commonground.realignment.acknowledgements import BEFORE
from commonground.realignment.models import (
    Acknowledgement,
    Contribution,
    Conversation,
    RoleChange,
    RoleFate,
    Seat,
    Session,
    Solution,
)
from commonground.realignment.stages import day_of

FACTS = RoleFate.facts


def role_changes(plan: Plan) -> None:
    """Gains and losses of roles, under a draft of the role where it has no plan yet."""
    known = {
        (row.role_fate_id, row.kind, row.words, row.unit_id): row
        for row in RoleChange.objects.filter(role_fate__program=plan.program)
    }
    for row in plan.rows("role_changes"):
        fate = role_fate(plan, "role_changes", row, row.effective)
        if fate is None:
            continue
        unit = plan.id_of("units", row.unit)
        key = (fate.pk, row.kind, row.words or "", unit)
        values = {"size": row.size}
        if plan.has("role_changes", "offered"):
            values["offered"] = row.offered or ""
        if plan.has("role_changes", "accepted"):
            values["accepted"] = row.accepted
        before = known.get(key)
        if _refuse_settled(plan, row, fate, before, values):
            continue
        if before is None:
            names = {"kind": row.kind, "words": row.words or "", "unit_id": unit}
            known[key] = plan.batch.make(RoleChange, role_fate_id=fate.pk, **names, **values, **_answered(plan, values))
            plan.count("role_changes", NEW, FACTS)
        else:
            changed = plan.batch.change(before, values)
            plan.count("role_changes", CHANGED if changed else SAME, FACTS)


def _answered(plan: Plan, values: dict[str, Any]) -> dict[str, Any]:
    today = day_of(plan.at)
    days = {"offered_on": today} if values.get("offered") else {}
    return days | ({"accepted_on": today} if values.get("accepted") is not None else {})


def _refuse_settled(plan: Plan, row: Any, fate: RoleFate, before: Any, values: dict[str, Any]) -> bool:
    """A loss comes, or grows, only as long as the role's holders have not been told."""
    at = plan.position("role_changes", row)
    differs = before is None or before.size != values["size"]
    if fate.settled and differs and (row.size < 0 or before is not None):
        why = "The holders of this role have been told already; what is worse must come from their line first."
        plan.refuse("role_changes", at, "size", row.size, why, "Take the role’s plan off the screens to revise it.")
        return True
    return False


def acknowledgements(plan: Plan) -> None:
    """Who has read, talked over and seen the new words of a role that has been told."""
    known = {
        (row.role_fate_id, row.person_id): row
        for row in Acknowledgement.objects.filter(role_fate__program=plan.program)
    }
    steps = tuple(BEFORE)
    for row in plan.rows("acknowledgements"):
        fates = plan.planned["role"].get(plan.ids["roles"][row.role], [])
        key = (fates[0].pk, plan.ids["people"][row.person]) if fates else (0, 0)
        before = known.get(key)
        values = {step: getattr(row, step) for step in steps if plan.has("acknowledgements", step)}
        same = before is not None and all(getattr(before, step) == day for step, day in values.items())
        fault = None if same else _fault(plan, row, fates[0] if fates else None)
        if fault:
            at = plan.position("acknowledgements", row)
            plan.refuse("acknowledgements", at, "role", row.role, *fault)
            continue
        one = before or plan.batch.make(Acknowledgement, role_fate_id=key[0], person_id=key[1])
        known[key] = one
        changed = plan.batch.change(one, values)
        plan.count("acknowledgements", NEW if before is None else CHANGED if changed else SAME)


def _fault(plan: Plan, row: Any, fate: RoleFate | None) -> tuple[str, str] | None:
    if fate is None or not fate.settled:
        return "There is nothing to read before those concerned are told.", "Carry the role’s plan to told first."
    for step, needs in BEFORE.items():
        day: date | None = getattr(row, step)
        if day is not None and day > day_of(plan.at):
            return "One of its days has not come yet.", "Note a day when it has come."
        if day is not None and any((getattr(row, need) or date.max) > day for need in needs):
            return f"{step} comes before what it rests on.", "The order is: read, discussed by both, acknowledged."
    return None


def conversations(plan: Plan) -> None:
    known = {
        (row.role_fate_id, row.offered_on, row.offered_by_id)
        for row in Conversation.objects.filter(role_fate__program=plan.program)
    }
    for row in plan.rows("conversations"):
        fate = role_fate(plan, "conversations", row)
        if fate is None:
            continue
        key = (fate.pk, row.offered_on, plan.id_of("people", row.by))
        if key not in known:
            known.add(key)
            plan.batch.make(Conversation, role_fate_id=key[0], offered_on=key[1], offered_by_id=key[2])
            plan.count("conversations", NEW, FACTS)
        else:
            plan.count("conversations", SAME)


def solutions(plan: Plan) -> None:
    known = {row.key: row for row in Solution.objects.filter(program=plan.program)}
    read = plan.fields(
        "solutions",
        {
            "workflow": ("workflow_id", lambda row: plan.ids["workflows"][row.workflow]),
            "question": ("question", text("question")),
            "opened": ("opened", just("opened")),
            "decided": ("decided", just("decided")),
        },
    )

    def make(row: Any) -> models.Model:
        workflow = plan.ids["workflows"][row.workflow]
        return plan.batch.make(Solution, program=plan.program, key=row.id, workflow_id=workflow)

    found = upsert(plan, "solutions", known, [(row.id, row) for row in plan.rows("solutions")], read, make)
    plan.ids["solutions"] = {key: row.pk for key, row in found.items()}


def seats(plan: Plan) -> None:
    known = {
        (row.solution_id, row.person_id, row.start): row for row in Seat.objects.filter(solution__program=plan.program)
    }
    names = {"consent": "consent", "hours_per_week": "hours_per_week", "manager_agreed": "manager_agreed", "to": "end"}
    read = plan.fields("seats", {header: (name, just(name)) for header, name in names.items()})

    def key(row: Any) -> tuple[Any, ...]:
        return plan.ids["solutions"][row.solution], plan.ids["people"][row.person], row.start

    def make(row: Any) -> models.Model:
        solution, person, start = key(row)
        return plan.batch.make(Seat, solution_id=solution, person_id=person, start=start)

    upsert(plan, "seats", known, [(key(row), row) for row in plan.rows("seats")], read, make)


def takes_part(plan: Plan) -> None:
    """Sessions, one a search and day, with who was there; and contributions."""
    there: Any = Session.people.through
    of_program = {"solution__program": plan.program}
    sessions = {(row.solution_id, row.on): row.pk for row in Session.objects.filter(**of_program)}
    present: dict[int, set[int]] = defaultdict(set)
    for session, person in there.objects.filter(session__solution__program=plan.program).values_list(
        "session", "person"
    ):
        present[session].add(person)
    brought = set(Contribution.objects.filter(**of_program).values_list("solution_id", "person_id", "on"))
    for row in plan.rows("takes_part"):
        solution, person = plan.ids["solutions"][row.solution], plan.ids["people"][row.person]
        if row.what == "session":
            if (solution, row.on) not in sessions:
                sessions[solution, row.on] = plan.batch.make(Session, solution_id=solution, on=row.on).pk
            session = sessions[solution, row.on]
            known = person in present[session]
            present[session].add(person)
            if not known:
                plan.batch.make(there, session_id=session, person_id=person)
        else:
            known = (solution, person, row.on) in brought
            brought.add((solution, person, row.on))
            if not known:
                plan.batch.make(Contribution, solution_id=solution, person_id=person, on=row.on)
        plan.count("takes_part", SAME if known else NEW)
