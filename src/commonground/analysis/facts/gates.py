"""Gates between phases: where each stands, and what says so."""

from datetime import date
from typing import NamedTuple


class Gate(NamedTuple):
    """The gate at the end of a phase, of the whole or of a unit. asked: since when a decision is asked for; decided, by: the last one."""

    number: int
    unit: str | None = None
    state: str | None = None
    asked: date | None = None
    decided: date | None = None
    by: str | None = None


class Evidence(NamedTuple):
    """One answer to a criterion of a gate: measured or filed, or a condition that is to be met by a day (due)."""

    number: int
    unit: str | None
    criterion: str
    answer: str
    how: str | None = None
    on: date | None = None
    by: str | None = None
    due: date | None = None
    value: float | None = None
    words: str | None = None
