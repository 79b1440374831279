"""What to move so that no unit is asked for more than it has room for. Pure; days are kept to the same weekday.

Exact as far as up to three moves at once can be tried through in a moment: no fewer moves do it. Beyond that one move after another, each
the one that takes away most. Whatever is proposed was reckoned as a whole again, so that a move never hides an overload elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.plan.load import Load, Task, by_month, month_of

WEEK: Final = timedelta(weeks=1)
MOMENT: Final = 8_000_000  # numbers added up
MOST: Final = 6  # moves that are proposed


class Move(NamedTuple):
    """An activity that begins on another day."""

    task: str
    start: date
    to: date

    @property
    def weeks(self) -> int:
        return (self.to - self.start).days // 7


@dataclass(frozen=True)
class Proposal:
    """What to move. before, after: minutes too much. fewest: whether fewer moves cannot do as much. load: the whole, reckoned anew."""

    moves: tuple[Move, ...]
    before: int
    after: int
    fewest: bool
    load: Load

    def changes(self, old: Load) -> list[tuple[str, date, int, int]]:
        """(unit, month, minutes before, minutes after) wherever a move changes anything."""
        was, is_now = old.grid, self.load.grid
        none = np.zeros(len(was.units), dtype=np.int64)
        found = []
        for month in {*was.minutes, *is_now.minutes}:
            before, after = was.minutes.get(month, none), is_now.minutes.get(month, none)
            for at in np.flatnonzero(before != after).tolist():
                found.append((was.units[at], month, int(before[at]), int(after[at])))
        return sorted(found)


class _Option(NamedTuple):
    move: Move
    cells: NDArray[np.int64]
    clashes: int


class _Search:
    """The cells as one row of numbers, so that a move is added to it and what is beyond the room is summed at once."""

    def __init__(self, load: Load, today: date) -> None:
        self.load, self.today, self.first = load, today, month_of(today)
        self.matters = {key for cell in load.overloads if cell.month >= self.first for key in cell.tasks}
        self.matters |= {clash.task for clash in load.clashes if clash.blackout.end > today}
        movable = [task for task in load.tasks if task.earliest is not None and task.key in self.matters]
        places = sorted({place for task in movable for move in _weeks(task) for place in by_month(_at(task, move))})
        places = [place for place in places if place[1] >= self.first]
        self.place = {one: number for number, one in enumerate(places)}
        self.room = np.array([self._limit(*one) for one in places], dtype=np.int64)
        self.now = np.array([cell.minutes if (cell := load.cell(*one)) else 0 for one in places], dtype=np.int64)
        self.apart = load.too_much(today) - int(np.maximum(self.now - self.room, 0).sum())
        self.options = [option for task in movable for option in self._options(task)]
        self.rows = np.stack([one.cells for one in self.options]) if self.options else np.zeros((0, len(places)), int)
        self.clashes = np.array([one.clashes for one in self.options], dtype=np.int64)

    def _limit(self, unit: str, month: date) -> int:
        room = self.load.room(unit, month)
        return np.iinfo(np.int64).max // 4 if room is None else room * self.load.people.get(unit, 0)

    def _clash(self, task: Task) -> int:
        return sum(clash.minutes for clash in self.load.clashes_of(task) if clash.blackout.end > self.today)

    def _options(self, task: Task) -> list[_Option]:
        before, clash = by_month(task), self._clash(task)
        found = []
        for move in _weeks(task):
            moved, cells = _at(task, move), np.zeros(len(self.place), dtype=np.int64)
            for sign, asked in ((-1, before), (1, by_month(moved))):
                for place, minutes in asked.items():
                    if place in self.place:
                        cells[self.place[place]] += sign * minutes
            found.append(_Option(move, cells, self._clash(moved) - clash))
        return found

    def left(self, chosen: Sequence[_Option]) -> NDArray[np.int64]:
        """Minutes too much with these moves, and with each further option besides."""
        now = self.now + sum((one.cells for one in chosen), np.zeros(len(self.place), dtype=np.int64))
        apart = self.apart + sum(one.clashes for one in chosen)
        both: NDArray[np.int64] = np.maximum(now + self.rows - self.room, 0).sum(axis=1) + apart + self.clashes
        return both

    @property
    def at_once(self) -> int:
        """How many moves at once can be tried through in a moment."""
        each = self.rows.size
        tries = (1, len(self.options), len(self.options) ** 2 // 2)
        return sum(each * times <= MOMENT for times in tries) or 1

    def best(self, chosen: tuple[_Option, ...]) -> tuple[int, int, _Option] | None:
        """The option that leaves least with these, of those the shortest way: what is left, weeks, option."""
        taken, left = {one.move.task for one in chosen}, self.left(chosen)
        found = [
            (int(left[number]), abs(option.move.weeks), number)
            for number, option in enumerate(self.options)
            if option.move.task not in taken
        ]
        if not found:
            return None
        least, weeks, number = min(found)
        return least, weeks, self.options[number]


def _weeks(task: Task) -> list[Move]:
    """Where it could begin instead: whole weeks earlier or later, the nearest first."""
    if task.start is None or task.earliest is None or task.latest is None:
        return []
    back, ahead = (task.start - task.earliest) // WEEK, (task.latest - task.start) // WEEK
    weeks = sorted((week for week in range(-back, ahead + 1) if week), key=lambda week: (abs(week), -week))
    return [Move(task.key, task.start, task.start + week * WEEK) for week in weeks]


def _at(task: Task, move: Move) -> Task:
    return task.begun_on(move.to)


def what_to_move(load: Load, today: date) -> Proposal | None:
    """The fewest moves after which nothing is too much from this month on, else those that take away most; None when none helps.

    Of as many moves those that leave least, then the shortest way. load: its tasks say between which days they may begin.
    """
    before = load.too_much(today)
    if not before:
        return None
    search = _Search(load, today)
    chosen, fewest = _fewest(search)
    if not chosen:
        chosen, fewest = _one_after_another(search, before), False
    if not chosen:
        return None
    moves = tuple(sorted(one.move for one in chosen))
    after = load.moved({move.task: move.to for move in moves})
    return Proposal(moves, before, after.too_much(today), fewest, after)


def _fewest(search: _Search) -> tuple[tuple[_Option, ...], bool]:
    """One, two, or with few options three moves that leave nothing; none when there is no such set."""
    for size in range(1, search.at_once + 1):
        best: tuple[int, tuple[_Option, ...]] | None = None
        for first in combinations(search.options, size - 1):
            if len({one.move.task for one in first}) < size - 1:
                continue
            found = search.best(first)
            if found is None or found[0]:
                continue
            weeks = found[1] + sum(abs(one.move.weeks) for one in first)
            if best is None or weeks < best[0]:
                best = (weeks, (*first, found[2]))
        if best is not None:
            return best[1], True
    return (), False


def _one_after_another(search: _Search, before: int) -> tuple[_Option, ...]:
    chosen: tuple[_Option, ...] = ()
    while len(chosen) < MOST:
        found = search.best(chosen)
        if found is None or found[0] >= before:
            break
        before, chosen = found[0], (*chosen, found[2])
        if not before:
            break
    return chosen


def starts_of(moves: Sequence[Move]) -> Mapping[str, date]:
    """Activity → the day on which it would begin."""
    return {move.task: move.to for move in moves}
