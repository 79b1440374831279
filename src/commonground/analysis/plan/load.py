"""How many hours the plan asks of people, by unit and month, against what there is room for. Pure; whole minutes, so that sums are exact.

An activity asks its hours of each of its people, spread evenly over the working days (Monday to Friday) of its period.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

HOUR: Final = 60
DAY: Final = timedelta(days=1)
WEEKEND: Final = 5
LONG: Final = 10  # working days; what takes longer is held around days on which a unit cannot
Within = Mapping[str, Sequence[str]]
"""Unit → itself and all units above it, the nearest first."""


class Task(NamedTuple):
    """An activity as the load needs it. end: until before; none means one day. minutes: of each person. people: unit → how many.

    earliest, latest: between which days it may begin; None where it cannot be moved, as when it is under way or delivered.
    """

    key: str
    start: date | None
    end: date | None
    minutes: int
    people: Mapping[str, int]
    earliest: date | None = None
    latest: date | None = None

    @property
    def total(self) -> int:
        """Minutes of all its people together."""
        return self.minutes * sum(self.people.values())

    def begun_on(self, day: date) -> "Task":
        """The same, begun on another day, as long as before."""
        if self.start is None:
            return self._replace(start=day)
        return self._replace(start=day, end=self.end + (day - self.start) if self.end else None)


class Room(NamedTuple):
    """Hours that a person of a unit, or of every unit, has for it in a month, from a day until before another."""

    unit: str | None
    minutes: int
    start: date | None = None
    end: date | None = None


class Blackout(NamedTuple):
    """Days on which a unit, or every unit, cannot."""

    unit: str | None
    start: date
    end: date
    why: str = ""


class Clash(NamedTuple):
    """An activity that falls on days on which a unit cannot. minutes: of its people, on those days."""

    task: str
    unit: str
    blackout: Blackout
    days: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit in a month. minutes: asked of its people together; room: of one person, None where nobody said."""

    unit: str
    month: date
    minutes: int
    people: int
    room: int | None
    tasks: tuple[str, ...]

    @property
    def hours(self) -> float:
        """Hours asked of a person, on average."""
        return self.minutes / HOUR / self.people if self.people else 0.0

    @property
    def room_hours(self) -> float | None:
        return None if self.room is None else self.room / HOUR

    @property
    def over(self) -> int:
        """Minutes asked beyond the room of all its people."""
        return 0 if self.room is None else max(0, self.minutes - self.room * self.people)


def month_of(day: date) -> date:
    return day.replace(day=1)


def working_days(task: Task) -> list[date]:
    """The days over which its hours are spread: Monday to Friday, or all of them where there are no others."""
    if task.start is None:
        return []
    end = max(task.end or task.start, task.start + DAY)
    days = [task.start + timedelta(days=n) for n in range((end - task.start).days)]
    return [day for day in days if day.weekday() < WEEKEND] or days


def _ends(task: Task) -> tuple[dict[date, int], int]:
    """Month → how many of its working days are over at its end; and how many there are."""
    days, ends = working_days(task), dict[date, int]()
    for number, day in enumerate(days, start=1):
        ends[month_of(day)] = number
    return ends, len(days)


def by_month(task: Task) -> dict[tuple[str, date], int]:
    """(unit, month) → minutes of its people. Adds up to `task.total` exactly, unless it has no day yet: then it is empty."""
    units = list(task.people)
    return {(units[at], month): int(minutes[at]) for month, minutes in _shares(task) for at in np.flatnonzero(minutes)}


def _shares(task: Task) -> Iterator[tuple[date, NDArray[np.int64]]]:
    """Month → the minutes of the people of each of its units, in the order of `task.people`."""
    ends, days = _ends(task)
    total = np.fromiter(task.people.values(), dtype=np.int64, count=len(task.people)) * task.minutes
    before = np.zeros_like(total)
    for month, number in ends.items():
        until = total * number // days
        yield month, until - before
        before = until


class Grid(NamedTuple):
    """What is asked, unit by month. minutes: month → of each unit, in their order. by: month → activity and which units it asks.

    place: unit → its place. people: of each unit.
    """

    units: Sequence[str]
    place: Mapping[str, int]
    people: NDArray[np.int64]
    minutes: Mapping[date, NDArray[np.int64]]
    by: Mapping[date, Sequence[tuple[str, NDArray[np.bool_]]]]


class Load:
    """The load of some activities. people: unit → its people. What `rooms` and `blackouts` say of a unit holds for those within."""

    def __init__(
        self,
        tasks: Sequence[Task],
        people: Mapping[str, int],
        rooms: Sequence[Room] = (),
        blackouts: Sequence[Blackout] = (),
        within: Within | None = None,
    ) -> None:
        self.tasks, self.people, self.rooms, self.blackouts = tasks, people, rooms, blackouts
        self.within: Within = within or {}
        self._rooms: dict[date, dict[str | None, int]] = {}

    def above(self, unit: str) -> Sequence[str]:
        return self.within.get(unit, (unit,))

    def room(self, unit: str, month: date) -> int | None:
        """Minutes that a person has in a month: what the nearest unit says; of several that hold in the month the least."""
        return self._nearest(self.above(unit), self._said(month))

    @staticmethod
    def _nearest(chain: Sequence[str], said: Mapping[str | None, int]) -> int | None:
        return next((said[one] for one in chain if one in said), said.get(None))

    def _said(self, month: date) -> Mapping[str | None, int]:
        """Unit, or None for every unit → the minutes that hold in a month."""
        if month not in self._rooms:
            following, found = month_of(month + timedelta(days=32)), dict[str | None, int]()
            for row in self.rooms:
                if (row.start is None or row.start < following) and (row.end is None or row.end > month):
                    found[row.unit] = min(row.minutes, found.get(row.unit, row.minutes))
            self._rooms[month] = found
        return self._rooms[month]

    @cached_property
    def grid(self) -> Grid:
        """What is asked of each unit in each month."""
        units = list(dict.fromkeys((*self.people, *(unit for task in self.tasks for unit in task.people))))
        place = {unit: number for number, unit in enumerate(units)}
        people = np.array([self.people.get(unit, 0) for unit in units], dtype=np.int64)
        minutes: dict[date, NDArray[np.int64]] = {}
        by: dict[date, list[tuple[str, NDArray[np.bool_]]]] = {}
        for task in self.tasks:
            at = np.array([place[unit] for unit in task.people], dtype=np.int64)
            for month, asked in _shares(task):
                if not asked.any():
                    continue
                of_all = np.zeros(len(units), dtype=np.int64)
                of_all[at] = asked
                minutes[month] = minutes.get(month, 0) + of_all
                by.setdefault(month, []).append((task.key, of_all > 0))
        return Grid(units, place, people, minutes, by)

    def cell(self, unit: str, month: date) -> Cell | None:
        """What is asked of a unit in a month; None where nothing is."""
        grid, at = self.grid, self.grid.place.get(unit)
        if at is None or month not in grid.minutes or not grid.minutes[month][at]:
            return None
        keys = tuple(key for key, asks in grid.by[month] if asks[at])
        return Cell(unit, month, int(grid.minutes[month][at]), int(grid.people[at]), self.room(unit, month), keys)

    @property
    def cells(self) -> Iterator[Cell]:
        """Every cell in which something is asked, by unit and month."""
        places = (
            (self.grid.units[at], month)
            for month, asked in self.grid.minutes.items()
            for at in np.flatnonzero(asked).tolist()
        )
        return (cell for place in sorted(places) if (cell := self.cell(*place)))

    @cached_property
    def overloads(self) -> tuple[Cell, ...]:
        """Where more is asked than there is room for, the furthest beyond for a person first."""
        grid = self.grid
        found = [
            self.cell(grid.units[at], month)
            for month, asked in grid.minutes.items()
            for at in np.flatnonzero(asked > self._limits(month)).tolist()
        ]
        worst = (cell for cell in found if cell)
        return tuple(sorted(worst, key=lambda cell: (-cell.over / max(cell.people, 1), cell.month, cell.unit)))

    def fullness(self, month: date) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Of each unit of the grid: minutes beyond the room, and the share of the room that is asked.

        Where no room is said, hours of each instead of the share.
        """
        grid, limits = self.grid, self._limits(month)
        asked = grid.minutes.get(month, np.zeros(len(grid.units), dtype=np.int64))
        said = (limits > 0) & (limits < np.iinfo(np.int64).max)
        by = np.where(said, limits, np.maximum(grid.people, 1) * HOUR)
        return np.maximum(asked - limits, 0), asked / by

    def _limits(self, month: date) -> NDArray[np.int64]:
        """Minutes of all people of each unit that there is room for in a month; endless where nobody said."""
        rooms, endless = self._said(month), np.iinfo(np.int64).max
        of_each = {chain: self._nearest(chain, rooms) for chain in set(self._chains)}
        room = np.array([-1 if of_each[chain] is None else of_each[chain] for chain in self._chains], dtype=np.int64)
        return np.where(room < 0, endless, room * self.grid.people)

    @cached_property
    def _chains(self) -> Sequence[tuple[str, ...]]:
        """Of each unit of the grid the units above it, itself among them, of which a room is said."""
        said = {row.unit for row in self.rooms}
        return [tuple(one for one in self.above(unit) if one in said) for unit in self.grid.units]

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        """What falls on days on which a unit cannot; what takes more than ten working days can be held around them."""
        return tuple(clash for task in self.tasks for clash in self.clashes_of(task))

    def clashes_of(self, task: Task) -> Iterator[Clash]:
        if not task.minutes or not self.blackouts:
            return
        days = working_days(task)
        for blackout in self.blackouts:
            struck = sum(blackout.start <= day < blackout.end for day in days)
            if not struck or (len(days) > LONG and struck < len(days)):
                continue
            for unit, people in task.people.items():
                if blackout.unit is None or blackout.unit in self.above(unit):
                    yield Clash(task.key, unit, blackout, struck, task.minutes * people * struck // len(days))

    @property
    def months(self) -> tuple[date, ...]:
        """Every month from the first to the last in which something is asked."""
        asked = sorted(self.grid.minutes)
        if not asked:
            return ()
        found = [asked[0]]
        while found[-1] < asked[-1]:
            found.append(month_of(found[-1] + timedelta(days=32)))
        return tuple(found)

    def too_much(self, since: date) -> int:
        """Minutes beyond the room from the month of a day on, and minutes on days on which a unit cannot from that day on."""
        over = sum(cell.over for cell in self.overloads if cell.month >= month_of(since))
        return over + sum(clash.minutes for clash in self.clashes if clash.blackout.end > since)

    def moved(self, moves: Mapping[str, date]) -> "Load":
        """The whole load reckoned anew with some activities begun on other days. Raises ValueError for one that cannot be moved."""
        if not moves:
            return self
        known = {task.key: task for task in self.tasks}
        for key, day in moves.items():
            task = known.get(key)
            if task is None or task.earliest is None or task.latest is None:
                raise ValueError(f"{key} is under way, delivered or not known, so it cannot be moved.")
            if not task.earliest <= day <= task.latest:
                raise ValueError(f"{key} can begin from {task.earliest} to {task.latest}, not on {day}.")
        tasks = [task.begun_on(moves[task.key]) if task.key in moves else task for task in self.tasks]
        return Load(tasks, self.people, self.rooms, self.blackouts, self.within)


def gathered(people: Mapping[str, int], within: Within, least: int) -> dict[str, str]:
    """Unit → the unit under which it is told: itself, or the nearest above it whose people are enough together.

    Of units that are too small the people are counted with the unit above, until they are enough or there is none above.
    """
    told, counts = {unit: unit for unit in people}, dict(people)
    depth = {unit: len(within.get(unit, (unit,))) for unit in people}
    while small := [unit for unit in counts if counts[unit] < least and depth[unit] > 1]:
        unit = max(small, key=lambda one: depth[one])
        parent = within[unit][1]
        depth[parent] = depth[unit] - 1
        counts[parent] = counts.get(parent, 0) + counts.pop(unit)
        told = {one: parent if under == unit else under for one, under in told.items()}
    return told


def told_by(groups: Mapping[str, int], told: Mapping[str, str]) -> dict[str, int]:
    """The same people, counted under the units that they are told under."""
    found: dict[str, int] = {}
    for unit, people in groups.items():
        under = told.get(unit, unit)
        found[under] = found.get(under, 0) + people
    return found


def minutes_of(hours: float | None) -> int:
    """Hours as whole minutes."""
    return round((hours or 0) * HOUR)


def free_between(task: Task, today: date, until: date | None, weeks: int) -> Task:
    """The task with the days on which it may begin: from tomorrow on, and some weeks around its own day; whole before `until`."""
    if task.start is None or task.start <= today:
        return task
    length = (task.end or task.start + DAY) - task.start
    earliest = max(today + DAY, task.start - timedelta(weeks=weeks))
    latest = task.start + timedelta(weeks=weeks)
    if until is not None and until - length >= task.start:
        latest = min(latest, until - length)
    return task._replace(earliest=min(earliest, task.start), latest=max(latest, task.start))


def units_of(tasks: Iterable[Task]) -> set[str]:
    return {unit for task in tasks for unit in task.people}
