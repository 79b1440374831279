"""The team, sponsors, visible acts and champions, out of sheets. Somebody who is new as a champion is asked first, as always."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import models

from commonground.coalition.champions import ASKED, ATTRIBUTES
from commonground.coalition.models import Act, Champion, Member, Sponsor
from commonground.intake.commit_work import upsert
from commonground.intake.plan import NEW, Plan, just
from commonground.intake.problems import Problem
from commonground.realignment.stages import day_of

NEVER_HERE = (
    "hours_used",
    "contacts",
)  # noted week by week by the champion


def team(plan: Plan) -> None:
    """Members of the project team. One that is given without a first day is the one who is on it already."""
    names = {"consent": "consent", "hours_per_week": "hours_per_week", "manager_agreed": "manager_agreed", "to": "end"}
    read = plan.fields("team", {header: (name, just(name)) for header, name in names.items()})
    rows = Member.objects.filter(program=plan.program).order_by("pk")
    known = {(row.person_id, row.start): row for row in rows}
    key = _dated(known, plan, lambda row: (plan.ids["people"][row.person],))

    def make(row: Any) -> models.Model:
        person, start = key(row)
        return plan.batch.make(Member, program=plan.program, person_id=person, start=start)

    upsert(plan, "team", known, [(key(row), row) for row in plan.rows("team")], read, make)


def sponsors(plan: Plan) -> None:
    """Sponsors. That somebody was told of a silence is known here by itself, and never taken from a sheet."""
    read = plan.fields("sponsors", {"to": ("end", just("end"))})
    rows = Sponsor.objects.filter(program=plan.program).order_by("pk")
    known = {(row.person_id, row.unit_id, row.start): row for row in rows}
    key = _dated(known, plan, lambda row: (plan.ids["people"][row.person], plan.id_of("units", row.unit)))

    def make(row: Any) -> models.Model:
        person, unit, start = key(row)
        return plan.batch.make(Sponsor, program=plan.program, person_id=person, unit_id=unit, start=start)

    upsert(plan, "sponsors", known, [(key(row), row) for row in plan.rows("sponsors")], read, make)


def _dated(
    known: Iterable[tuple[Any, ...]], plan: Plan, of: Callable[[Any], tuple[Any, ...]]
) -> Callable[[Any], tuple[Any, ...]]:
    """Tells the key of a row with its first day; without one it means the period of the same that began last."""
    begun: dict[tuple[Any, ...], date | None] = {}
    for *same, start in known:
        begun[tuple(same)] = max(begun.get(tuple(same)) or date.min, start or date.min)

    def key(row: Any) -> tuple[Any, ...]:
        same = of(row)
        last = begun.get(same)
        return (*same, row.start or (None if last in (None, date.min) else last))

    return key


def acts(plan: Plan) -> None:
    """Visible acts, done and planned. One that is said to be done on a day to come is kept out."""
    read = plan.fields("acts", {"planned": ("planned", lambda row: bool(row.planned))})
    today, good = day_of(plan.at), []
    for row in plan.rows("acts"):
        if row.on > today and not row.planned:
            remedy = "Write “yes” under planned, or the day on which it was done."
            at = plan.position("acts", row)
            plan.refuse("acts", at, "on", row.on, "This day has not come yet, so nothing was done on it.", remedy)
        else:
            good.append((_act(plan, row), row))
    known = {
        (row.person_id, row.on, row.kind, row.unit_id): row
        for row in Act.objects.filter(program=plan.program).order_by("pk")
    }

    def make(row: Any) -> models.Model:
        person, on, kind, unit = _act(plan, row)
        return plan.batch.make(Act, program=plan.program, person_id=person, on=on, kind=kind, unit_id=unit)

    upsert(plan, "acts", known, good, read, make)


def _act(plan: Plan, row: Any) -> tuple[Any, ...]:
    return plan.ids["people"][row.person], row.on, row.kind or "other", plan.id_of("units", row.unit)


def champions(plan: Plan) -> None:
    """Champions with the group that they carry. Whoever is new is asked on their own page, and counts once they say yes."""
    read = plan.fields(
        "champions", {"hours_per_week": ("hours_per_week", just("hours_per_week")), "to": ("end", just("end"))}
    )
    if any(plan.has("champions", name) for name in ATTRIBUTES):
        read.read.append(("cell", _cell))
    rows = Champion.objects.filter(program=plan.program).order_by("pk")
    known = {(row.person_id, row.start): row for row in rows}
    key = _dated(known, plan, lambda row: (plan.ids["people"][row.person],))

    def make(row: Any) -> models.Model:
        person, start = key(row)
        return plan.batch.make(Champion, program=plan.program, person_id=person, start=start, source=ASKED)

    upsert(plan, "champions", known, [(key(row), row) for row in plan.rows("champions")], read, make)
    counted = plan.counts.get("champions")
    if counted and counted[NEW]:
        _say(
            plan,
            "Champions who are new are asked first.",
            "Each answers on their own page, and counts once they say yes.",
        )
    if any(plan.has("champions", name) for name in NEVER_HERE):
        _say(
            plan,
            "Hours used and contacts are noted here week by week.",
            "These columns were left out; `commonground check` reads them.",
        )


def _cell(row: Any) -> dict[str, str]:
    return {name: value for name in ATTRIBUTES if (value := getattr(row, name))}


def _say(plan: Plan, why: str, remedy: str) -> None:
    plan.problems.append(Problem(plan.sheets["champions"].raw.file, None, None, None, why, remedy, "warning"))
