"""What stands on the program line: things with days, in lanes that follow one another, and which of them are late. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

LANES: Final = {
    "engagement": "Engagement",
    "strategy": "Strategy",
    "amount": "Culture and amount of change",
    "team": "Team",
    "workflows": "Workflows",
    "roles": "Roles and training",
    "technology": "Technology",
    "cut_over": "Cut-overs",
    "reinforcement": "Reinforcement",
    "customers": "Customers with us",
}
OF_MILESTONE: Final = {
    "first_raised": "engagement",
    "strategy_agreed": "strategy",
    "amount_of_change_decided": "amount",
    "team_seated": "team",
    "workflows_agreed": "workflows",
    "technology_chosen": "technology",
    "cut_over": "cut_over",
}
OF_ACTIVITY: Final = {
    "engage": "engagement",
    "involve": "engagement",
    "communicate": "engagement",
    "train": "roles",
    "recognise": "reinforcement",
    "remove": "reinforcement",
    "retire": "reinforcement",
}
OF_PRACTICE: Final = {
    "REIN": "reinforcement",
    "SOFT": "reinforcement",
    "CUST": "customers",
    "CULT": "amount",
    "TEAM": "team",
    "SEQ": "strategy",
    "FLOW": "workflows",
    "PROC": "workflows",
    "ROLE": "roles",
    "LOSS": "roles",
    "TRAIN": "roles",
}
ELSE: Final = "engagement"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something on the line. planned: its first day as planned; actual: the day on which it came or began; lasts: it is no single day;
    until: its last day, where it lasts and that is known; over: it is done; part: the name of the unit, empty for the whole."""

    lane: str
    label: str
    planned: date | None = None
    actual: date | None = None
    until: date | None = None
    over: bool = False
    lasts: bool = False
    milestone: bool = False
    part: str = ""
    url: str = ""

    @property
    def first(self) -> date | None:
        """Where it begins: as it came, else as planned."""
        return self.actual or self.planned

    def state(self, day: date) -> str:
        """done, running, late, planned or undated. Late: its first day has passed and it has not begun, or its last and it is not over."""
        begun = self.actual is not None and self.actual <= day
        if self.over or (begun and not self.lasts):
            return "done"
        if begun:
            return "late" if self.until is not None and self.until < day else "running"
        if self.planned is None and self.actual is None:
            return "undated"
        first = self.first
        return "late" if first is not None and first < day else "planned"

    def days_late(self, day: date) -> int:
        """How long it has been late by a day; 0 where it is not."""
        if self.state(day) != "late":
            return 0
        due = self.until if self.actual is not None and self.actual <= day else self.first
        return (day - due).days if due is not None else 0

    def came_late(self, day: date) -> int:
        """By how many days what has come was later than planned; 0 where it was not, or has not come."""
        if self.actual is None or self.actual > day or self.planned is None:
            return 0
        return max((self.actual - self.planned).days, 0)


class Standing(NamedTuple):
    """One lane in words: how many of its things are done, run, are late and are planned, the next that is ahead, and its span."""

    lane: str
    label: str
    things: Sequence[Thing]
    done: int
    running: int
    late: Sequence[Thing]
    ahead: int
    next: Thing | None
    first: date | None
    last: date | None


def lane_of_activity(kind: str | None, practice: str) -> str:
    """The lane of an activity: by its practice where that has one of its own, else by its kind."""
    return OF_PRACTICE.get(practice) or OF_ACTIVITY.get(kind or "", ELSE)


def standings(things: Iterable[Thing], day: date) -> list[Standing]:
    """Every lane in its order, those without a thing included: what is missing is to be seen, too."""
    by_lane: dict[str, list[Thing]] = {lane: [] for lane in LANES}
    for thing in things:
        by_lane[thing.lane].append(thing)
    return [_standing(lane, found, day) for lane, found in by_lane.items()]


def _standing(lane: str, found: Sequence[Thing], day: date) -> Standing:
    rows = sorted(found, key=lambda one: (one.first or date.max, one.label, one.part))
    states = [one.state(day) for one in rows]
    ahead = [one for one, state in zip(rows, states, strict=True) if state == "planned"]
    ends = [last for one in rows for last in (one.until, one.first) if last is not None]
    starts = [one.first for one in rows if one.first is not None]
    return Standing(
        lane,
        LANES[lane],
        rows,
        states.count("done"),
        states.count("running"),
        [one for one, state in zip(rows, states, strict=True) if state == "late"],
        len(ahead),
        ahead[0] if ahead else None,
        min(starts, default=None),
        max(ends, default=None),
    )


def late(things: Iterable[Thing], day: date) -> list[tuple[Thing, int]]:
    """What is late by a day, the longest first, with for how many days."""
    found = [(one, one.days_late(day)) for one in things if one.state(day) == "late"]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].label, pair[0].part))
