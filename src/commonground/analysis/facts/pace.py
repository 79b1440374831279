"""What is done the new and the old way: behaviours, what was counted of them, what is expected, and what they are read from."""

from datetime import date
from typing import NamedTuple

SEEN_IN = ("log", "count", "survey", "logins", "training")
VANITY = frozenset({"logins", "training"})


class Behaviour(NamedTuple):
    """A new and an old way of doing one thing, and what is wanted of it. Shares are 0 to 1.

    vanity: it says that a tool is opened or a course passed, not that work is done another way. starts: the day the new way begins where
    no milestone says so. observed_from: the first week that was observed.
    """

    id: str
    name: str
    new_way: str | None = None
    old_way: str | None = None
    source: str | None = None
    vanity: bool | None = None
    starts: date | None = None
    target_share: float | None = None
    target_on: date | None = None
    old_sunset: date | None = None
    old_possible: bool | None = None
    old_rewarded: bool | None = None
    observed_from: date | None = None


class Pace(NamedTuple):
    """The occasions of one behaviour in the week that begins on `week`, of one unit; of all where no unit is named.

    people: by how many different people; what fewer than the threshold did is not among the rows.
    """

    behaviour: str
    week: date
    new: int
    old: int
    neither: int | None = None
    unit: str | None = None
    people: int | None = None


class Forecast(NamedTuple):
    """When a share of the occasions goes the new way: the middle and the ends of the 80 % interval. looks_to: how far it looked.

    An end that is missing lies beyond that.
    """

    behaviour: str
    share: float
    made_on: date | None = None
    low: date | None = None
    mid: date | None = None
    high: date | None = None
    unit: str | None = None
    looks_to: date | None = None


class Source(NamedTuple):
    """A system that events of behaviours come from. keeps_days: how long it keeps them; none, while `known`: for good.

    observed_until: the last day that was taken over from it. needed_until: the last day that is to be observed.
    """

    id: str
    behaviours: tuple[str, ...] = ()
    keeps_days: int | None = None
    known: bool | None = None
    observed_until: date | None = None
    needed_until: date | None = None
