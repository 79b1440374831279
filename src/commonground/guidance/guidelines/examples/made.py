"""Who is in the examples. The day is Saturday 21 November 2026."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from commonground.analysis.facts import Facts, Person, Process, Row

DAY: Final = date(2026, 11, 21)
DIETER: Final = Person("dieter", "Dieter Hahn", "Billing", role="head", level="manager")
MEI: Final = Person("mei", "Mei Chua", "Billing", "dieter", "clerk", "staff", front_office=True)
OPEN: Final = Process("P1", "Open the account", "Billing", ("dieter",), "Move in", "move", "Customer desk")


def given(**tables: Sequence[Row]) -> Facts:
    return Facts(tables, DAY)


def ahead(days: int) -> date:
    """So many days after the day, before it where negative."""
    return DAY + timedelta(days=days)


def clerks(number: int, unit: str = "Billing", role: str | None = "clerk") -> list[Person]:
    return [Person(f"c{at}", f"Clerk {at}", unit, role=role) for at in range(1, number + 1)]
