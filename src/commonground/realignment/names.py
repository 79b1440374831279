"""What roles and units are called on a day, and who holds a role: a few questions that every page here asks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Min

from commonground.organization.models import Assignment, RolePeriod, UnitPeriod


@dataclass(frozen=True, slots=True)
class RoleWords:
    """A role on a day: its name, level and definition; the last that is known where none holds on the day."""

    name: str
    level: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """How many hold a role on a day, and their unit where they all have the same."""

    people: int = 0
    unit: int | None = None


def role_words(roles: Collection[int], day: date) -> Mapping[int, RoleWords]:
    """Role → its words on the day."""
    found: dict[int, RoleWords] = {}
    held: set[int] = set()
    rows = RolePeriod.objects.filter(role__in=roles).select_related("level").order_by(F("start").asc(nulls_first=True))
    for row in rows:
        if row.role_id not in held:
            found[row.role_id] = RoleWords(row.name, row.level.name if row.level else "", row.definition)
        if row.holds(day):
            held.add(row.role_id)
    return found


def role_name(role: int) -> str:
    """What a role is called now, or last was."""
    row = RolePeriod.objects.filter(role=role).order_by(F("start").desc(nulls_last=True)).first()
    return row.name if row else f"role {role}"


def unit_words(units: Collection[int | None], day: date) -> Mapping[int, str]:
    """Unit → what it is called on the day."""
    known = {unit for unit in units if unit is not None}
    return dict(UnitPeriod.objects.filter(unit__in=known).on(day).values_list("unit_id", "name"))


def holders(roles: Collection[int], day: date) -> Mapping[int, Held]:
    """Role → how many hold it on the day. A count of the register, so no threshold binds it."""
    rows = (
        Assignment.objects.on(day)
        .filter(role__in=roles)
        .values("role")
        .annotate(people=Count("person", distinct=True), units=Count("unit", distinct=True), unit_id_only=Min("unit"))
    )
    return {row["role"]: Held(row["people"], row["unit_id_only"] if row["units"] == 1 else None) for row in rows}
