"""Talks by which a message goes from team to team."""

from datetime import date
from typing import NamedTuple


class Step(NamedTuple):
    """One talk of a cascade: whose people hear, who tells them, its window until before `closes`, and the day on which it was held."""

    message: str
    unit: str | None = None
    deliverer: str | None = None
    opens: date | None = None
    closes: date | None = None
    delivered: date | None = None
