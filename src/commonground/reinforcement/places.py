"""Which units stand above one on a day."""

from datetime import date

from commonground.organization.models import UnitPeriod


def above(unit: int, day: date) -> tuple[int, ...]:
    """The ids of the units above a unit on a day, the nearest first; none for a unit that does not stand then."""
    path = UnitPeriod.objects.on(day).filter(unit=unit).values_list("path", flat=True).first()
    return tuple(reversed([int(one) for one in path.strip("/").split("/")][:-1])) if path else ()


def all_above(day: date) -> dict[int, tuple[int, ...]]:
    """Unit → those above it on a day, the nearest first; one query for all."""
    rows = UnitPeriod.objects.on(day).values_list("unit", "path")
    return {unit: tuple(reversed([int(one) for one in path.strip("/").split("/")][:-1])) for unit, path in rows}
