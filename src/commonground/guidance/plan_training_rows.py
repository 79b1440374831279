"""Reads modules of training with for whom they are meant, sessions, and who was there.

Whom a module is for because a role is to change counts in the views that count that change. A module of which nothing else is said is not
there at all in the others, nor are its sessions and the people in it.
"""

from django.db.models import QuerySet

from commonground.analysis import facts
from commonground.guidance.reading import Reading
from commonground.plan.models import Attendance, Module, Need, Session

Whom = tuple[str | None, str | None, str | None]


def _modules(reading: Reading) -> QuerySet[Module]:
    return Module.objects.filter(program=reading.program).of_view(reading.stages)


def training(reading: Reading) -> list[facts.Training]:
    """Modules in order of their ids, each with all for whom it is meant as far as the view counts them."""
    meant: dict[int, list[Whom]] = {}
    rows = Need.objects.of_view(reading.stages).filter(program=reading.program).order_by("pk")
    for module, role, unit, level in rows.values_list("module", "role__key", "unit__key", "level__name"):
        meant.setdefault(module, []).append((role, unit, level))
    columns = ("pk", "key", "name", "hours", "touches_crm", "behaviour__key", "format")
    found = []
    for pk, key, name, hours, crm, behaviour, form in _modules(reading).order_by("key").values_list(*columns):
        whom = meant.get(pk, [])
        roles, units, levels = (tuple(one[at] or "" for one in whom if one[at]) for at in range(3))
        everyone = True if any(not any(one) for one in whom) else None
        found.append(facts.Training(key, name, roles, units, levels, everyone, hours, crm, behaviour, form or None))
    return found


def sessions(reading: Reading) -> list[facts.TrainingSession]:
    rows = Session.objects.filter(module__in=_modules(reading).values("pk")).order_by("key")
    columns = ("key", "module__key", "on", "place", "language", "shift", "seats", "trainer__key", "held")
    return [
        facts.TrainingSession(key, module, on, place or None, language or None, shift or None, seats, trainer, held)
        for key, module, on, place, language, shift, seats, trainer, held in rows.values_list(*columns)
    ]


def attendance(reading: Reading) -> list[facts.Attendance]:
    rows = Attendance.objects.filter(module__in=_modules(reading).values("pk")).order_by("pk")
    columns = ("module__key", "person__key", "on", "state", "session__key")
    return [facts.Attendance._make(row) for row in rows.values_list(*columns)]
