"""Which touched units are led, in a form that JSON keeps."""

from datetime import date
from typing import Any, Final

from commonground.analysis.coalition.leading import Leading, Led
from commonground.analysis.register import Register

LEADING: Final = "leading"
TABLES: Final = ("people", "units", "roles", "processes", "does", "role_changes", "paths", "sponsors", "acts")


def leading_data(register: Register) -> dict[str, Any]:
    """Each touched business unit with its name, who leads it by key, and the last day on which each was seen to."""
    rows = Leading(register).touched
    return {"units": [[register.organization.unit_name(row.unit), *map(_said, row)] for row in rows]}


def _said(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def leading_from(data: dict[str, Any]) -> list[tuple[str, Led]]:
    """Name and leaders of each unit, as they were stored."""
    found = []
    for name, unit, manager, manager_act, sponsors, sponsor, sponsor_act in data["units"]:
        days = [date.fromisoformat(day) if day else None for day in (manager_act, sponsor_act)]
        found.append((name, Led(unit, manager, days[0], tuple(sponsors), sponsor, days[1])))
    return found
