"""A choice of champions while it is being made: whom it reaches, what each further one would add, which demands are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.coalition.demands import Demands
from commonground.analysis.coalition.network import Floats, Ints, Rows

BLOCK = 1024
MANY = 64


@dataclass(frozen=True)
class Question:
    """Whom to choose. reach: whom each reaches, themselves included. weight: what each person reached is worth, none below 0.

    eligible: who may be chosen, the fixed ones not among them. count: how many in all. plan: people beside the fixed ones who meet all
    demands, no more than there are seats for.
    """

    reach: Rows
    weight: Floats
    count: int
    eligible: NDArray[np.bool_]
    fixed: tuple[int, ...]
    demands: Demands
    plan: tuple[int, ...]

    @cached_property
    def whole(self) -> bool:
        """Whether every worth is a whole number, so that a bound may be rounded down."""
        return bool(np.all(self.weight == np.floor(self.weight)) and self.weight.sum() < 1e9)

    @property
    def seats(self) -> int:
        """How many are chosen beside the fixed ones."""
        return min(self.count - len(self.fixed), int(self.eligible.sum()))

    def worth(self, chosen: Sequence[int]) -> float:
        """What all whom these reach are worth."""
        reached = np.zeros(self.reach.wide, bool)
        reached[self.reach.of(chosen)] = True
        return float(self.weight[reached].sum())


class Standing:
    """gain: what each eligible person would add now, −inf for others. loss: what each chosen one alone reaches, 0 for others.

    times: how many chosen ones reach each person.
    """

    def __init__(self, asked: Question, chosen: Sequence[int] = ()) -> None:
        self.asked = asked
        self.times = np.zeros(asked.reach.wide, np.int32)
        self._owners = np.zeros(
            asked.reach.wide, np.int64
        )  # the sum of their positions: where there is one, it is theirs
        self.held = np.zeros(len(asked.demands.cells) + 1, np.int32)
        self.chosen: dict[int, None] = {}
        self.gain = np.where(asked.eligible, asked.reach.sums(asked.weight), -np.inf)
        self.loss = np.zeros(asked.reach.wide)
        self.worth = 0.0
        self.touched = np.zeros(0, np.int32)  # those to whom the last change mattered
        for person in (*asked.fixed, *chosen):
            self.add(person)

    def add(self, person: int) -> None:
        row = self.asked.reach[person]
        times = self.times[row]
        new, shared = row[times == 0], row[times == 1]
        np.subtract.at(self.loss, self._owners[shared], self.asked.weight[shared])
        self.times[row] = times + 1
        self._owners[row] += person
        self.loss[person] = self._shift(new, -1.0)
        self.worth += self.loss[person]
        self.held[self.asked.demands.of[:, person]] += 1
        self.chosen[person] = None

    def remove(self, person: int) -> None:
        row = self.asked.reach[person]
        times = self.times[row] - 1
        self.times[row] = times
        self._owners[row] -= person
        left = row[times == 1]
        np.add.at(self.loss, self._owners[left], self.asked.weight[left])
        self.worth -= self._shift(row[times == 0], 1.0)
        self.loss[person] = 0.0
        self.held[self.asked.demands.of[:, person]] -= 1
        del self.chosen[person]

    def _shift(self, people: NDArray[np.int32], sign: float) -> float:
        """These are reached from now on, or no longer: what each would add goes down or up. Answers what they are worth."""
        if not len(people):
            self.touched = people
            return 0.0
        turned, worth = self.asked.reach.turned, self.asked.weight[people]
        self.touched = turned.of(people)
        np.add.at(self.gain, self.touched, np.repeat(sign * worth, turned.sizes[people]))
        return float(worth.sum())

    def only(self, person: int) -> list[int]:
        """The demands that a chosen one meets alone."""
        return [cell for cell in self.asked.demands.of_person(person) if self.held[cell] == 1]


class Reserve:
    """The people who would meet what is still open: so many seats must stay for them, or for others who do the same."""

    def __init__(self, asked: Question, chosen: Sequence[int]) -> None:
        self._demands = asked.demands
        self._carrier: dict[int, int] = {}
        met = asked.demands.met(chosen)
        for person in asked.plan:
            for cell in asked.demands.of_person(person):
                if cell not in met:
                    self._carrier.setdefault(cell, person)
        self._load: dict[int, int] = {}
        for person in self._carrier.values():
            self._load[person] = self._load.get(person, 0) + 1

    def __len__(self) -> int:
        return len(self._load)

    def _spared(self, person: int) -> int:
        """How many of the reserve would no longer be needed."""
        carriers = [self._carrier[cell] for cell in self._demands.of_person(person) if cell in self._carrier]
        return sum(carriers.count(carrier) == self._load[carrier] for carrier in set(carriers))

    def allows(self, person: int, seats: int) -> bool:
        """Whether all demands can still be met once a person takes one of so many seats."""
        return seats - 1 >= len(self) or seats - 1 >= len(self) - self._spared(person)

    def helping(self, people: Ints) -> NDArray[np.bool_]:
        """Which of these meet a demand that is open."""
        open_ = np.zeros(len(self._demands.cells) + 1, bool)
        open_[list(self._carrier)] = True
        return np.asarray(open_[self._demands.of[:, people]].any(axis=0))

    def useless(self, barred: NDArray[np.bool_]) -> Ints:
        """Who is free and meets no demand that is open."""
        free = np.nonzero(~barred)[0]
        return free[~self.helping(free)]

    def take(self, person: int) -> None:
        for cell in self._demands.of_person(person):
            carrier = self._carrier.pop(cell, None)
            if carrier is not None:
                self._load[carrier] -= 1
                if not self._load[carrier]:
                    del self._load[carrier]


class _Picker:
    """The greatest of many values that only fall: each block of them remembers the greatest it had when it was last looked at."""

    def __init__(self, values: Floats, barred: NDArray[np.bool_]) -> None:
        self._values, self._barred = values, barred
        self._top = np.full(-(-len(values) // BLOCK), np.inf)

    def best(self) -> int | None:
        """The place of the greatest value that is not barred, the first of equals; None where there is none."""
        while True:
            block = int(self._top.argmax())
            start = block * BLOCK
            values = np.where(self._barred[start : start + BLOCK], -np.inf, self._values[start : start + BLOCK])
            at = int(values.argmax())
            if values[at] == self._top[block]:
                return start + at if values[at] > -np.inf else None
            self._top[block] = values[at]

    def bar(self, places: Ints | int) -> None:
        self._barred[places] = True

    def free(self, places: Ints) -> None:
        self._barred[places] = False
        self._top[places // BLOCK] = np.inf


def fill(standing: Standing, score: Floats | None = None) -> None:
    """Fills the free seats, always with the one who adds most now and leaves room for the demands (lazy greedy, Minoux 1978).

    score: who comes first, in place of what each adds; it stays as it is. At equal score the one who comes first in the network.
    """
    asked = standing.asked
    reserve = Reserve(asked, list(standing.chosen))
    barred = ~asked.eligible
    barred[list(standing.chosen)] = True
    picker = _Picker(standing.gain if score is None else score, barred)
    seats = asked.seats + len(asked.fixed) - len(standing.chosen)
    asleep: list[NDArray[np.int64]] = []
    waiting: list[int] = []
    while seats > 0:
        person = picker.best()
        if person is None:
            raise RuntimeError("No seat can be filled without leaving a demand open.")
        if not reserve.allows(person, seats):
            waiting.append(person)
            picker.bar(person)
            if len(waiting) % MANY == 1:  # who meets nothing that is open is of no use until a seat is free again
                asleep.append(reserve.useless(barred))
                picker.bar(asleep[-1])
            continue
        standing.add(person)
        reserve.take(person)
        picker.bar(person)
        seats -= 1
        if waiting:
            back = np.array(waiting)
            useful = reserve.helping(back)
            asleep.append(back[~useful])
            picker.free(back[useful])
            waiting = []
        if asleep and seats > len(reserve):
            picker.free(np.concatenate(asleep))
            asleep = []
