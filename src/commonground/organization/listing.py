"""People as a list: where each works on a day, filtered, by name and in pages."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from commonground.access.actor import Actor
from commonground.organization.models import Assignment, AssignmentQuerySet, Person, RolePeriod, UnitPeriod
from commonground.ui.paging import Keyset, Page

PEOPLE = Keyset(("person__name", "person_id"))
BY_NAME = Keyset(("name", "id"))
PLACES = ("location", "shift", "language")


def people_on(
    day: date, actor: Actor, *, unit: int | None = None, below: bool = True, **wanted: Any
) -> AssignmentQuerySet:
    """Who of those whom the actor may see works where on a day.

    unit: only of this unit, with those below it unless `below` is False. wanted: level (id), q (part of a name, or a number),
    location, shift, language; empty ones are left out.
    """
    rows = Assignment.objects.visible_to(actor).on(day)
    if unit is not None:
        rows = rows.filter(unit__in=_units(unit, day) if below else [unit])
    if level := wanted.get("level"):
        rows = rows.filter(at_level(level, day))
    for name in PLACES:
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if q := wanted.get("q"):
        rows = rows.filter(Q(person__name__icontains=q) | Q(person__key=q) | Q(person__email__iexact=q))
    return rows.select_related("person", "manager", "level")


def people_page(day: date, actor: Actor, after: str, **wanted: Any) -> Page[Assignment]:
    """A page of `people_on`, by name. Where nothing narrows the list it walks along the index of names instead of sorting everybody."""
    q = wanted.get("q") or ""
    if any(value for name, value in wanted.items() if name not in {"q", "below"}):
        return PEOPLE.page(people_on(day, actor, **wanted), after)
    here = Assignment.objects.on(day).filter(person=OuterRef("pk"))
    people = Person.objects.visible_to(actor).filter(Exists(here))
    if q:
        people = people.filter(Q(name__icontains=q) | Q(key=q) | Q(email__iexact=q))
    named = BY_NAME.page(people, after)
    found = Assignment.objects.on(day).filter(person__in=[person.pk for person in named.rows])
    rows = {row.person_id: row for row in found.select_related("person", "manager", "level")}
    return Page([rows[person.pk] for person in named.rows], named.after, named.is_first)


def upper(units: list[tuple[int, str]], most: int, keep: int | None = None) -> list[tuple[int, str]]:
    """Units as a choice offers them, indented by depth, without the deepest where there are more than `most`; `keep` stays."""
    depths = sorted(_depth(name) for _, name in units)
    if len(units) <= most:
        return units
    return [(unit, name) for unit, name in units if _depth(name) < depths[most] or unit == keep]


def _depth(name: str) -> int:
    return len(name) - len(name.lstrip("\u2003"))


def _units(unit: int, day: date) -> list[int]:
    """A unit and all below it on a day."""
    found = UnitPeriod.objects.on(day).filter(path__contains=f"/{unit}/")
    return [*found.values_list("unit_id", flat=True), unit]


def at_level(level: int, day: date) -> Q:
    """The condition “works at this level”: what the role says wins over what stands with the person."""
    said = RolePeriod.objects.on(day).filter(level__isnull=False)
    return Q(role__in=said.filter(level=level).values("role")) | (Q(level=level) & ~Q(role__in=said.values("role")))


def names_on(day: date, rows: list[Assignment]) -> None:
    """Gives each row the names of its unit and role on the day and its level, as `unit_name`, `role_name` and `level_name`."""
    units = dict(UnitPeriod.objects.on(day).filter(unit__in={row.unit_id for row in rows}).values_list("unit", "name"))
    roles = {
        period.role_id: period
        for period in RolePeriod.objects.on(day).filter(role__in={row.role_id for row in rows}).select_related("level")
    }
    for row in rows:
        role = roles.get(row.role_id) if row.role_id else None
        level = (role.level if role else None) or row.level
        row.unit_name = units.get(row.unit_id, "") if row.unit_id else ""  # type: ignore[attr-defined]
        row.role_name = role.name if role else ""  # type: ignore[attr-defined]
        row.level_name = level.name if level else ""  # type: ignore[attr-defined]
