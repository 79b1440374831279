"""How many people an audience is, counted in the register. Who of them is touched is not known here: it depends on who asks."""

from datetime import date

from django.db.models import Q

from commonground.analysis.plan.audience import TOUCHED, Wanted
from commonground.organization.models import Assignment, RolePeriod, Unit, below


def people_in(unit: str | None, wanted: Wanted, day: date) -> int | None:
    """The people of an audience on a day, by keys and names; None where it asks who is touched."""
    if wanted.get(TOUCHED):
        return None
    rows = Assignment.objects.on(day)
    there = wanted.get("unit") or unit
    if there:
        ids = frozenset(Unit.objects.filter(key=there).values_list("pk", flat=True))
        rows = rows.filter(unit__in=below(ids))
    if wanted.get("role"):
        rows = rows.filter(role__key=wanted["role"])
    if wanted.get("level"):
        rows = rows.filter(_at_level(wanted["level"], day))
    for name in ("location", "shift", "language"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    return rows.filter(unit__isnull=False).count()


def _at_level(level: str, day: date) -> Q:
    """What the role says of the level wins over what stands with the person."""
    periods = RolePeriod.objects.on(day)
    by_role = Q(role__in=periods.filter(level__name=level).values("role"))
    return by_role | (Q(level__name=level) & ~Q(role__in=periods.exclude(level=None).values("role")))
