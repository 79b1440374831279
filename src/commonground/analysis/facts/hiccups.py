"""Hiccup plans: for each cut-over whether customers notice anything, what is promised them, and since when the plan is ready."""

from datetime import date
from typing import Final, NamedTuple

NOTICED: Final = ("yes", "no", "unknown")


class Hiccup(NamedTuple):
    """The plan of one cut-over: that of the unit, or of the whole without one. promises: what customers can rely on, in words."""

    noticed: str
    unit: str | None = None
    promises: tuple[str, ...] = ()
    ready: date | None = None
    tried: date | None = None
