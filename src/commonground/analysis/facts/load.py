"""What there is room for: hours that people have for the change in a month, and days on which a unit cannot."""

from datetime import date
from typing import NamedTuple


class Capacity(NamedTuple):
    """Hours of each person of a unit and of those within, in a month; without a unit of everybody that no other row is about."""

    hours: float
    unit: str | None = None
    start: date | None = None
    end: date | None = None


class Blackout(NamedTuple):
    """Days on which a unit and those within cannot; without a unit, nobody can. end: until before."""

    start: date
    end: date
    unit: str | None = None
    why: str | None = None
