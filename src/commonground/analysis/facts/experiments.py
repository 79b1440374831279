"""Experiments: what is tried in which units, on what it is measured, and when it stops."""

from datetime import date
from typing import Final, NamedTuple

EXPERIMENT_STATES: Final = ("draft", "ready", "running", "stopped", "ended")
DESIGNS: Final = ("together", "stepped")


class Experiment(NamedTuple):
    """One experiment. hoped: the difference that is hoped for, in points of share (5: 5 points). units: those that take part.

    together: half of the units begin at once; stepped: one after another. stop_rule: what ends it early, and when it ends anyway.
    """

    id: str
    name: str
    hypothesis: str | None = None
    technique: str | None = None
    behaviour: str | None = None
    hoped: float | None = None
    design: str | None = None
    units: tuple[str, ...] = ()
    starts: date | None = None
    weeks: int | None = None
    stop_rule: str | None = None
    decides: str | None = None
    state: str | None = None
