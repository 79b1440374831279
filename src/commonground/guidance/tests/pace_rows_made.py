"""Rows of behaviours and pace made by hand, for the tests of guidelines. The day is Saturday 21 November 2026."""

from datetime import date, timedelta

from commonground.analysis.facts import Behaviour, Pace
from commonground.guidance.tests.made import DAY

LAST = date(2026, 11, 9)  # the Monday of the last whole week
STARTS, TARGET_ON = date(2026, 3, 2), date(2026, 12, 14)


def behaviour(key: str = "note", **fields: object) -> Behaviour:
    given = {"name": "Note the contact", "starts": STARTS, "target_share": 0.8, "target_on": TARGET_ON, **fields}
    return Behaviour(key, **given)


def weeks(
    *shares: float, n: int = 100, key: str = "note", unit: str | None = None, people: int | None = 60
) -> list[Pace]:
    """A row a week up to the last whole one, with these shares new of n occasions; the rest is old."""
    first = LAST - timedelta(weeks=len(shares) - 1)
    return [
        Pace(key, first + timedelta(weeks=at), round(share * n), n - round(share * n), 0, unit, people)
        for at, share in enumerate(shares)
    ]


def days(number: int) -> date:
    return DAY + timedelta(days=number)
