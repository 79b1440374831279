"""For whom a module is meant and who of them has not had it, out of the register, as far as somebody may see people."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from commonground.access.actor import Actor
from commonground.organization.models import Assignment, RolePeriod, UnitPeriod
from commonground.plan.training_sessions import Attendance
from commonground.plan.trainings import Module, Need
from commonground.realignment.models import HolderPath


def meant(module: Module, actor: Actor, day: date) -> QuerySet[Assignment]:
    """Where those work on a day for whom a module is meant, as far as the actor may see them and why they are meant."""
    rows = Assignment.objects.visible_to(actor).on(day)
    needs = list(Need.objects.visible_to(actor).filter(module=module).select_related("level"))
    if any(one.role_id is None and one.unit_id is None and one.level_id is None for one in needs):
        return rows
    roles = {one.role_id for one in needs if one.role_id}
    units = {one.unit_id for one in needs if one.unit_id}
    levels = {one.level_id for one in needs if one.level_id}
    among = Q(pk__in=())
    if roles:
        to_come = HolderPath.objects.visible_to(actor).filter(program=module.program_id, to_role__in=roles)
        among |= Q(role__in=roles) | Q(person__in=list(to_come.values_list("person", flat=True)))
    if units:
        among |= Q(unit__in=below_on(units, day))
    if levels:
        among |= _at_levels(levels, day)
    return rows.filter(among)


def below_on(units: Iterable[int], day: date) -> QuerySet[UnitPeriod, int | None]:
    """The ids of these units and of all that stand below them on a day, as a subquery."""
    condition = Q(pk__in=())
    for unit in sorted(units):
        condition |= Q(path__contains=f"/{unit}/")
    return UnitPeriod.objects.on(day).filter(condition).values_list("unit_id", flat=True)


def _at_levels(levels: set[int], day: date) -> Q:
    """What a role says of its level wins over what a person's row says."""
    periods = RolePeriod.objects.on(day).exclude(level=None)
    speaking = periods.values("role")
    those = periods.filter(level__in=levels).values("role")
    return Q(role__in=those) | (Q(level__in=levels) & (Q(role=None) | ~Q(role__in=speaking)))


def left(module: Module, actor: Actor, day: date) -> QuerySet[Assignment]:
    """Where those work who have not had a module that is meant for them, by name."""
    had = Attendance.objects.had(day).filter(module=module, person=OuterRef("person"))
    return meant(module, actor, day).filter(~Exists(had)).select_related("person")


def fitting(
    rows: QuerySet[Assignment], *, unit: int | None, shift: str, language: str, day: date
) -> QuerySet[Assignment]:
    """Those of a unit and below, of a shift, who speak a language; what is empty leaves all."""
    if unit is not None:
        rows = rows.filter(unit__in=below_on([unit], day))
    if shift:
        rows = rows.filter(shift__iexact=shift)
    return rows.filter(language__iexact=language) if language else rows


def modules_for(actor: Actor, program: int, day: date) -> list[Module]:
    """The modules that are meant for the person who asks, as far as they may know."""
    rows = list(Module.objects.visible_to(actor).filter(program=program).order_by("name", "pk"))
    return [row for row in rows if meant(row, actor, day).filter(person=actor.person).exists()]
