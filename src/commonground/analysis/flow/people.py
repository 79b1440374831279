"""Which different people stand on either side of a passage: exact, in memory that grows with them and not with the events.

The codes in here tell one person from another. Nothing of it is shown: answers are numbers of people.
"""

from threading import Lock
from typing import NamedTuple

import numpy as np

from commonground.analysis.events import MISSING, Codes
from commonground.analysis.flow.grouping import DENSE, Ints, Whole, distinct, run_starts

TABLE = 1 << 24  # place × person, up to which each pair has a number of its own
CELLS = 1 << 26  # bytes of a map of passages
TOGETHER = 1 << 22  # keys kept before they are made distinct
LARGEST = int(np.iinfo(np.int64).max)


class _Sides(NamedTuple):
    """Events of a piece and the passages between them: the place × person of each, which events gave and which received."""

    key: Ints
    place: Whole
    giver: Ints
    receiver: Ints


class Met:
    """Different (person, place, other place): a map of bytes while it is small, then sorted keys. Workers share one."""

    def __init__(self, people: int, places: int) -> None:
        self.people, self.places = max(people, 1), places
        self.lock = Lock()
        self.members: Codes | None = None
        if places * self.people < TABLE:
            self.members = np.full(places * self.people + 1, -1, dtype=np.int32)
            self.members[-1] = 0  # stands for a person or place that is not told
        self.known = [np.array([-1], dtype=np.int64)]  # keys of the members, in order of their numbers
        self.count = 1
        self.given, self.received = (np.zeros(max(places, 1), dtype=np.bool_) for _ in range(2))
        self.loose: list[list[Ints]] = [[], [], []]

    def add(self, person: Codes, place: Whole, giver: Ints, receiver: Ints) -> None:
        """Events with their person and place, and which of them gave and received. A passage is between told places."""
        key = place.astype(np.int64)
        key *= self.people
        key += person
        if min(person.min(initial=0), place.min(initial=0)) == MISSING:
            key[(person == MISSING) | (place == MISSING)] = self.places * self.people
        sides = _Sides(key, place, giver, receiver)
        with self.lock:
            if self.members is not None:
                self._mark(self._numbers(self.members, key), sides)
            else:
                self._keep_all(sides)

    def _numbers(self, members: Codes, key: Ints) -> Codes:
        number = members.take(key)
        if number.min(initial=0) < 0:
            new = np.unique(key[number < 0])
            members[new] = np.arange(self.count, self.count + len(new))
            self.known.append(new)
            self.count += len(new)
            number = members[key]
            self._grow()
        return number

    def _grow(self) -> None:
        needed = self.count * self.places
        if needed > len(self.given):
            more = np.zeros(max(needed, 2 * len(self.given)) - len(self.given), dtype=np.bool_)
            self.given, self.received = np.append(self.given, more), np.append(self.received, more)

    def _mark(self, number: Codes, sides: _Sides) -> None:
        row = number.astype(np.int64) * self.places
        self.given[row.take(sides.giver) + sides.place.take(sides.receiver)] = True
        self.received[row.take(sides.receiver) + sides.place.take(sides.giver)] = True
        if len(self.given) > CELLS:
            for kind in range(3):
                self._keep(kind, self._mapped(kind))
            self.members, self.known, self.count = None, [], 0
            self.given = self.received = np.zeros(0, dtype=np.bool_)

    def _keep_all(self, sides: _Sides) -> None:
        told = sides.key < self.places * self.people
        self._keep(0, sides.key[told])
        for kind, one, other in ((1, sides.giver, sides.receiver), (2, sides.receiver, sides.giver)):
            which = told[one]
            self._keep(kind, sides.key[one[which]] * self.places + sides.place[other[which]])

    def _keep(self, kind: int, keys: Ints) -> None:
        loose = self.loose[kind]
        keys = np.sort(keys)
        loose.append(keys[run_starts(keys)])
        if len(loose) > 1 and sum(map(len, loose[1:])) > max(TOGETHER, len(loose[0])):
            loose[:] = [distinct(loose, LARGEST)]

    def _mapped(self, kind: int) -> Ints:
        known = np.concatenate(self.known)
        if kind == 0:
            return known[1:]
        cells = np.flatnonzero((self.given if kind == 1 else self.received)[self.places : self.count * self.places])
        cells += self.places
        row = cells // self.places
        return known[row] * self.places + (cells - row * self.places)

    def _keys(self, kind: int) -> Ints:
        """Different ones of 0: place × people + person. 1: (that) × places + to whom, of givers. 2: from whom, of receivers."""
        return self._mapped(kind) if self.members is not None else distinct(self.loose[kind], LARGEST)

    def at_places(self) -> Ints:
        """Shape (places,): how many different people have been at each, as far as has been read."""
        with self.lock:
            return np.bincount(self._keys(0) // self.people, minlength=self.places)

    def between(self, wanted: Ints) -> tuple[Ints, Ints]:
        """Different givers and receivers of each wanted passage (source × places + target, rising)."""
        sides = []
        for kind in (1, 2):
            key = self._keys(kind)
            one = key // (self.people * self.places)
            other = key % self.places
            sides.append(self._times(wanted, one * self.places + other if kind == 1 else other * self.places + one))
        return sides[0], sides[1]

    def _times(self, wanted: Ints, keys: Ints) -> Ints:
        if self.places**2 <= DENSE:
            return np.bincount(keys, minlength=self.places**2)[wanted]
        keys.sort()
        return np.searchsorted(keys, wanted, side="right") - np.searchsorted(keys, wanted, side="left")
