"""The three phases of a program, for the whole and per unit, and what customers do with us: panels and joint improvements."""

from datetime import date
from typing import Final, NamedTuple

PHASES: Final = {
    1: "customer-aware but fragmented",
    2: "team-oriented, customer-intimate",
    3: "customer-collaborative",
}
LAST_PHASE: Final = max(PHASES)
IMPROVEMENT_STATES: Final = ("proposed", "agreed", "trying", "done", "dropped")


class Phase(NamedTuple):
    """One phase of the whole, or of a unit where that has dates of its own: planned from and to, and the day on which it began."""

    number: int
    unit: str | None = None
    start: date | None = None
    end: date | None = None
    entered: date | None = None


class Panel(NamedTuple):
    """Customers who meet people of ours for a while. customers: which ones, in words; without a unit it is of the whole program."""

    id: str
    name: str
    customers: str | None = None
    unit: str | None = None
    start: date | None = None
    end: date | None = None


class Improvement(NamedTuple):
    """Something that customers and people of ours make better together; start: since when, done: the day on which it was."""

    id: str
    name: str
    panel: str | None = None
    unit: str | None = None
    owner: str | None = None
    state: str | None = None
    start: date | None = None
    done: date | None = None
