"""What keeps new ways going, how old ones end, and formal steps, out of sheets. A text that names a person of the register is kept out."""

from collections.abc import Callable
from typing import Any

from django.db import models

from commonground.analysis.reinforcement.ladder import FAIR
from commonground.analysis.reinforcement.naming import names_in
from commonground.intake.commit_work import upsert
from commonground.intake.plan import Plan, just, text
from commonground.reinforcement.models import CorrectiveStep, Reinforcement, Schedule, Sunset
from commonground.reinforcement.nobody import known_of

PLAIN = ("kind", "on", "measure", "new_before", "new_after", "old_before", "old_after")


def reinforcements(plan: Plan) -> None:
    """What was done. Measures that name people in public come in as well: a finding says so, and they are taken down."""
    texts = {"what": ("words", text("what")), "rests_on": ("rests_on", text("rests_on"))}
    flags = {name: (name, _flag(name)) for name in ("public", "names_people")}
    read = plan.fields(
        "reinforcements",
        {
            "behaviour": ("behaviour_id", lambda row: plan.ids["behaviours"][row.behaviour]),
            "unit": ("unit_id", lambda row: plan.id_of("units", row.unit)),
            "by": ("given_by_id", lambda row: plan.id_of("people", row.by)),
            **{name: (name, text(name) if name == "measure" else just(name)) for name in PLAIN},
            **texts,
            **flags,
        },
    )
    known = {row.key: row for row in Reinforcement.objects.filter(program=plan.program)}

    def make(row: Any) -> models.Model:
        place = {"behaviour_id": plan.ids["behaviours"][row.behaviour], "kind": row.kind, "on": row.on}
        return plan.batch.make(Reinforcement, program=plan.program, key=row.id, **place)

    upsert(plan, "reinforcements", known, _nameless(plan, "reinforcements", "what"), read, make)


def sunsets(plan: Plan) -> None:
    """How old ways end. The day itself is a column of the sheet of behaviours."""
    read = plan.fields(
        "sunsets",
        {
            "announced": ("announced_on", just("announced")),
            "by": ("announced_by_id", lambda row: plan.id_of("people", row.by)),
            "how": ("announced_how", text("how")),
            "removes": ("removes", text("removes")),
            "who": ("who_id", lambda row: plan.id_of("people", row.who)),
            "removed": ("removed_on", just("removed")),
        },
    )
    keys = {pk: key for key, pk in plan.ids["behaviours"].items()}
    rows = Sunset.objects.filter(program=plan.program)
    known = {keys[row.behaviour_id]: row for row in rows if row.behaviour_id in keys}

    def make(row: Any) -> models.Model:
        return plan.batch.make(Sunset, program=plan.program, behaviour_id=plan.ids["behaviours"][row.behaviour])

    named = [(row.behaviour, row) for _, row in _nameless(plan, "sunsets", "removes", key="behaviour")]
    upsert(plan, "sunsets", known, named, read, make)


def corrective_steps(plan: Plan) -> None:
    """Formal steps. What goes on beside one is chosen here; that there is something is not enough to know what."""
    read = plan.fields(
        "corrective_steps",
        {
            "behaviour": ("behaviour_id", lambda row: plan.ids["behaviours"][row.behaviour]),
            "unit": ("unit_id", lambda row: plan.id_of("units", row.unit)),
            "on": ("on", just("on")),
            "about": ("about", text("about")),
            "private_word": ("private_word", _flag("private_word")),
            "fair": ("fair", lambda row: [key for key in FAIR if key in row.fair]),
            "decided_by": ("decided_by_id", lambda row: plan.id_of("people", row.decided_by)),
            "appeal_to": ("appeal_to_id", lambda row: plan.id_of("people", row.appeal_to)),
        },
    )
    known = {row.key: row for row in CorrectiveStep.objects.filter(program=plan.program)}
    beside = dict(Schedule.objects.filter(program=plan.program).order_by("-pk").values_list("behaviour", "pk"))

    def make(row: Any) -> models.Model:
        behaviour = plan.ids["behaviours"][row.behaviour]
        values = {"behaviour_id": behaviour, "unit_id": plan.ids["units"][row.unit], "on": row.on}
        goes_on = beside.get(behaviour) if row.beside else None
        return plan.batch.make(CorrectiveStep, program=plan.program, key=row.id, beside_id=goes_on, **values)

    upsert(plan, "corrective_steps", known, _nameless(plan, "corrective_steps", "about"), read, make)


def _flag(name: str) -> Callable[[Any], bool]:
    return lambda row: bool(getattr(row, name))


def _nameless(plan: Plan, table: str, column: str, key: str = "id") -> list[tuple[Any, Any]]:
    """Key and row of those whose words name nobody of the register; one question for the whole sheet."""
    rows = plan.rows(table)
    asked = {id(row): names_in(getattr(row, column) or "") for row in rows}
    named = known_of(set[str]().union(*asked.values()))
    good = []
    for row in rows:
        found = sorted(asked[id(row)] & named)
        if found:
            why = f"“{found[0]}” is a person of the register, and this is about a task or a practice."
            plan.refuse(table, plan.position(table, row), column, found[0], why, "Say the team or the unit instead.")
        else:
            good.append((getattr(row, key), row))
    return good
