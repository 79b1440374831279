"""Who an audience is on a day, asked of the register each time: it stays right as people move.

Who is touched depends on who asks: without an actor only changes that are told count, so that nothing reaches people, or is told of
them, before their line spoke with them.
"""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from commonground.access.actor import Actor
from commonground.analysis.facts import IN_QUESTION
from commonground.analysis.plan.audience import TOUCHED, Wanted
from commonground.communication.messages import Message
from commonground.organization.models import Assignment, Role, RolePeriod, Unit, UnitPeriod
from commonground.programs.models import Program
from commonground.realignment.models import HolderPath, ProcessFate, RoleChange, RoleFate
from commonground.workflows.models import AnswersFor, Does

PLACES = ("location", "shift", "language")
CHANGING = ("change", "merge", "end")


def people_of(message: Message, day: date, actor: Actor | None = None) -> QuerySet[Assignment]:
    """Where those work on a day for whom a message inside is meant."""
    return people_in(message.program, message.unit, message.audience or {}, day, actor)


def people_in(
    program: Program, unit: Unit | None, wanted: Wanted, day: date, actor: Actor | None = None
) -> QuerySet[Assignment]:
    """Where those of an audience work on a day. actor: whose view of the changes counts who is touched; none: what is told."""
    rows = Assignment.objects.on(day).filter(unit__isnull=False)
    there = Unit.objects.filter(key=wanted["unit"]).first() if wanted.get("unit") else unit
    if wanted.get("unit") and there is None:
        return rows.none()
    if there is not None:
        paths = UnitPeriod.objects.on(day).filter(path__contains=f"/{there.pk}/")
        rows = rows.filter(Q(unit=there.pk) | Q(unit__in=paths.values("unit")))
    if wanted.get("role"):
        rows = rows.filter(role__in=Role.objects.filter(key=wanted["role"]).values("pk"))
    if wanted.get("level"):
        rows = rows.filter(at_level(wanted["level"], day))
    for name in PLACES:
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    return rows.filter(touched(program, day, actor)) if wanted.get(TOUCHED) else rows


def at_level(level: str, day: date) -> Q:
    """What the role says of the level wins over what stands with the person."""
    periods = RolePeriod.objects.on(day)
    by_role = Q(role__in=periods.filter(level__name=level).values("role"))
    speaking = periods.exclude(level=None).values("role")
    return by_role | (Q(level__name=level) & (Q(role=None) | ~Q(role__in=speaking)))


def touched(program: Program, day: date, actor: Actor | None = None) -> Q:
    """The condition “is touched” (GLOSSARY): does or answers for a process in question, holds a changing role, or is re-placed."""

    def seen(model: Any) -> Any:
        rows = model.objects.filter(program=program)
        return rows.told() if actor is None else rows.visible_to(actor)

    roles = seen(RoleFate).filter(Q(fate__in=CHANGING) | Exists(RoleChange.objects.filter(role_fate=OuterRef("pk"))))
    works = _in_question(seen(ProcessFate), day)
    paths = seen(HolderPath)
    return (
        Q(role__in=roles.values("role"))
        | Q(person__in=AnswersFor.objects.on(day).filter(process__in=works).values("person"))
        | Q(person__in=Does.objects.on(day).filter(process__in=works).values("person"))
        | Q(person__in=paths.exclude(fate="same").values("person"))
        | Q(Exists(_going(paths, "unit")))
        | Q(Exists(_going(paths, "manager")))
    )


def _going(paths: QuerySet[HolderPath], what: str) -> QuerySet[HolderPath]:
    """Paths of the person of a row by which their unit or manager is to be another than it is there."""
    now = Coalesce(OuterRef(what), Value(0))
    told = paths.filter(person=OuterRef("person"), **{f"to_{what}__isnull": False})
    return told.exclude(**{f"to_{what}": now})


def _in_question(fates: QuerySet[ProcessFate], day: date) -> list[int]:
    """Processes whose fate takes them apart, or that somebody else is to answer for."""
    found = set(fates.filter(fate__in=IN_QUESTION).values_list("process", flat=True))
    to_come: dict[int, set[int]] = {}
    for process, owner in fates.exclude(to_owners=None).values_list("process", "to_owners"):
        to_come.setdefault(process, set()).add(owner)
    now: dict[int, set[int]] = {}
    held = AnswersFor.objects.on(day).filter(process__in=fates.exclude(to_owners=None).values("process"))
    for process, owner in held.values_list("process", "person"):
        now.setdefault(process, set()).add(owner)
    return sorted(found | {process for process, owners in to_come.items() if owners != now.get(process, set())})


def for_person(rows: QuerySet[Message], person: int, day: date) -> list[Message]:
    """Those messages in whose audience a person is on a day, by what is told."""
    return [one for one in rows if people_of(one, day).filter(person=person).exists()]
