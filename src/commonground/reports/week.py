"""What to do this week: the findings to begin with, and for those that nobody has, a day and a person to propose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from commonground.access.actor import Actor
from commonground.accounts.models import User, actor_for
from commonground.guidance.models import Finding, FindingQuerySet
from commonground.guidance.parts import practice_of
from commonground.organization.models import Assignment, UnitPeriod
from commonground.organization.tree import leads_on
from commonground.programs.models import Program
from commonground.realignment.models import ProcessFate, RoleFate
from commonground.workflows.models import AnswersFor

WEEK, AT_MOST_OF_ONE = 5, 2
LOOKED_AT = 60
WITHIN: Final = {"error": timedelta(days=7), "warn": timedelta(days=14), "note": timedelta(days=28)}
SATURDAY: Final = 5
SELF: Final = frozenset({"owner", "manager", "path", "person", "sponsor", "champion"})  # subjects that are a person
DONE_BY: Final = {"MNGR-01", "MNGR-04"}  # findings about those who answer for a process


def this_week(seen: FindingQuerySet) -> list[Finding]:
    """The five findings to begin with: by harm, by how many people they reach, by age; at most two of one practice."""
    rows = seen.live().ranked().select_related("user", "person")
    taken: dict[str, int] = {}
    found = []
    for row in rows[:LOOKED_AT]:
        practice = practice_of(row.code)
        if taken.get(practice, 0) < AT_MOST_OF_ONE:
            taken[practice] = taken.get(practice, 0) + 1
            found.append(row)
    return found[:WEEK]


@dataclass(frozen=True)
class Step:
    """A finding of the week. by: the day that is proposed while nobody has it; ask: whom to ask, in words, empty where no fact says."""

    finding: Finding
    by: date | None = None
    ask: str = ""


def steps(rows: Sequence[Finding], actor: Actor, program: Program, today: date) -> list[Step]:
    """The findings of the week with what is proposed for those that nobody has taken on."""
    free = [row for row in rows if not row.owner_name]
    effective = _effective(free, actor, program)
    asked = _asked(free, actor, today)
    return [
        Step(row, proposed_day(row.severity, today, effective.get(row.pk)), asked.get(row.pk, ""))
        if row in free
        else Step(row)
        for row in rows
    ]


def proposed_day(severity: str, today: date, effective: date | None = None) -> date:
    """A working day within a week for what is to act on now, within two for what is to watch; never after the day of the change.

    effective: the day on which the change takes effect; one that has passed does not count.
    """
    last = today + WITHIN[severity]
    if effective is not None and today <= effective < last:
        last = effective
    while last.weekday() >= SATURDAY and last > today:
        last -= timedelta(days=1)
    return last


def _effective(rows: Iterable[Finding], actor: Actor, program: Program) -> dict[int, date]:
    """Finding → the day on which the change of its process or role takes effect, as far as the actor may see it."""
    found: dict[int, date] = {}
    rows = list(rows)
    for kind, model in (("process", ProcessFate), ("role", RoleFate)):
        things = {row.thing for row in rows if row.kind == kind}
        if things:
            fates = model.objects.visible_to(actor).filter(program=program, effective__isnull=False)
            days = dict(fates.filter(**{f"{kind}__in": things}).values_list(kind, "effective"))
            found |= {row.pk: days[row.thing] for row in rows if row.kind == kind and row.thing in days}
    return found


def _asked(rows: Iterable[Finding], actor: Actor, today: date) -> dict[int, str]:
    """Finding → whom to ask: who leads its unit, or the next unit above whose lead may know of it and is not whom it is about."""
    rows = [row for row in rows if row.unit_id]
    units = UnitPeriod.objects.on(today).filter(unit__in=[row.unit_id for row in rows])
    paths = dict(units.values_list("unit", "path"))
    if not paths:
        return {}
    knows = Knows(row.pk for row in rows if row.view != "told")
    above = {int(step) for path in paths.values() for step in path.strip("/").split("/")}
    names = dict(UnitPeriod.objects.on(today).filter(unit__in=above).values_list("unit", "name"))
    leads, found = leads_on(today), dict[int, str]()
    for row in rows:
        concerned = _concerned(row, today)
        for unit in reversed([int(step) for step in paths.get(row.unit_id or 0, "").strip("/").split("/") if step]):
            person, name = leads.get(unit, (0, ""))
            if person and person not in concerned and knows.of(row, person):
                you = person == actor.person
                found[row.pk] = f"you lead {names[unit]}" if you else f"ask {name}, who leads {names[unit]}"
                break
    return found


class Knows:
    """Who may know of findings that rest on what is not told yet: those who could open them. One look for each person."""

    def __init__(self, untold: Iterable[int]) -> None:
        self._untold = frozenset(untold)
        self._seen: dict[int, frozenset[int]] = {}

    def of(self, row: Finding, person: int) -> bool:
        if row.pk not in self._untold:
            return True
        if person not in self._seen:
            user = User.objects.filter(person=person, is_active=True).first()
            seen = Finding.objects.filter(pk__in=self._untold)
            rows = seen.visible_to(actor_for(user, person=person)).values_list("pk", flat=True) if user else ()
            self._seen[person] = frozenset(rows)
        return row.pk in self._seen[person]


def _concerned(row: Finding, today: date) -> set[int]:
    """The people whom a finding is about: they are not asked to see to it alone."""
    if row.thing is None:
        return set()
    if row.kind in SELF:
        return {row.thing}
    if row.kind == "role":
        return set(Assignment.objects.on(today).filter(role=row.thing).values_list("person", flat=True))
    if row.kind == "process" and row.code in DONE_BY:
        return set(AnswersFor.objects.on(today).filter(process=row.thing).values_list("person", flat=True))
    return set()
