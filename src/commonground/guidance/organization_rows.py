"""Reads people, units and roles as rows of facts."""

from commonground.analysis.facts import Person, Role, Unit
from commonground.guidance.reading import Reading
from commonground.organization import models
from commonground.realignment.models import RoleFate


def people(reading: Reading) -> list[Person]:
    """Every period of everybody. Keys and names are looked up here: five joins over 100,000 people would take longer."""
    units = dict(models.Unit.objects.values_list("pk", "key"))
    roles = dict(models.Role.objects.values_list("pk", "key"))
    levels = dict(models.Level.objects.values_list("pk", "name"))
    known = {pk: rest for pk, *rest in models.Person.objects.values_list("pk", "key", "name", "email")}
    keys = {pk: rest[0] for pk, rest in known.items()}
    rows = models.Assignment.objects.order_by("pk").values_list(
        "person_id",
        "unit_id",
        "manager_id",
        "role_id",
        "level_id",
        "location",
        "shift",
        "language",
        "front_office",
        "start",
        "end",
    )
    found = []
    for person, unit, manager, role, level, location, shift, language, front, start, end in rows.iterator(10_000):
        key, name, email = known[person]
        found.append(
            Person(
                key,
                name,
                units.get(unit),
                keys.get(manager),
                roles.get(role),
                levels.get(level),
                email or None,
                location or None,
                shift or None,
                language or None,
                front,
                start,
                end,
            )
        )
    return found


def units(reading: Reading) -> list[Unit]:
    rows = models.UnitPeriod.objects.order_by("pk").values_list(
        "unit__key", "name", "parent__key", "business_unit", "product_line", "start", "end"
    )
    return [
        Unit(key, name, parent, business, line or None, start, end)
        for key, name, parent, business, line, start, end in rows
    ]


def roles(reading: Reading) -> list[Role]:
    """Roles as they are called on the day, each with its fate as far as the view counts it.

    A role that is only planned has no period on the day: it is there when its fate is.
    """
    fates = {
        role: (fate, after or None, effective)
        for role, fate, after, effective in RoleFate.objects.filter(
            program=reading.program, stage__in=reading.stages
        ).values_list("role", "fate", "definition_after", "effective")
    }
    found, later = dict[int, Role](), dict[int, Role]()
    for pk, key, name, level, front, before, start, end in models.RolePeriod.objects.order_by(
        "start", "pk"
    ).values_list("role", "role__key", "name", "level__name", "front_office", "definition", "start", "end"):
        fate, after, effective = fates.get(pk, (None, None, None))
        on_the_day = (start is None or start <= reading.day) and (end is None or reading.day < end)
        row = Role(key, name, level, front, (before or None) if on_the_day else None, after, fate, effective)
        (found if on_the_day else later)[pk] = row
    planned = {pk: row for pk, row in later.items() if pk in fates and pk not in found}
    return [*found.values(), *planned.values()]
