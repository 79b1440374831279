"""Which different people stand on either side of a passage: exact, in memory that grows with them and not with the events.

The codes in here tell one person from another. Nothing of it is shown: answers are numbers of people.
"""

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.events import MISSING, Codes
from commonground.analysis.flow.grouping import Ints, distinct, run_starts

TABLE = 1 << 24  # place × person, up to which each pair has a number of its own
CELLS = 1 << 26  # bytes of a map of passages
TOGETHER = 1 << 22  # keys kept before they are made distinct


class Met:
    """Different (person, place, other place): a map of bytes while it is small, then sorted keys."""

    def __init__(self, people: int, places: int) -> None:
        self.people, self.places = people, places
        self.members: Codes | None = None
        if places * people < TABLE:
            self.members = np.full(places * people + 1, -1, dtype=np.int32)
            self.members[-1] = 0  # stands for a person or place that is not told
        self.known = [np.array([-1], dtype=np.int64)]  # keys of the members, in order of their numbers
        self.count = 1
        self.given, self.received = (np.zeros(max(places, 1), dtype=np.bool_) for _ in range(2))
        self.loose: list[list[Ints]] = [[], [], []]

    def add(self, person: Codes, place: Codes, giver: Ints, receiver: Ints) -> None:
        """Events with their person and place, and which of them gave and received. A passage is between told places."""
        key = place.astype(np.int64) * self.people
        key += person
        untold = (person == MISSING) | (place == MISSING)
        if self.members is not None:
            key[untold] = len(self.members) - 1
            self._mark(self._numbers(self.members, key), place, giver, receiver)
        else:
            self._keep(0, key[~untold])
            for kind, one, other in ((1, giver, receiver), (2, receiver, giver)):
                told = ~untold[one]
                self._keep(kind, key[one[told]] * self.places + place[other[told]])

    def _numbers(self, members: Codes, key: Ints) -> Codes:
        number = members[key]
        unknown = number < 0
        if unknown.any():
            new = np.unique(key[unknown])
            members[new] = np.arange(self.count, self.count + len(new))
            self.known.append(new)
            self.count += len(new)
            number = members[key]
            self._grow()
        return number

    def _grow(self) -> None:
        needed = self.count * self.places
        if needed > len(self.given):
            size = max(needed, 2 * len(self.given))
            self.given, self.received = (
                np.append(m, np.zeros(size - len(m), np.bool_)) for m in (self.given, self.received)
            )

    def _mark(self, number: Codes, place: Codes, giver: Ints, receiver: Ints) -> None:
        number = number.astype(np.int64) * self.places
        self.given[number[giver] + place[receiver]] = True
        self.received[number[receiver] + place[giver]] = True
        if len(self.given) > CELLS:
            for kind in range(3):
                self._keep(kind, self.keys(kind))
            self.members, self.known, self.count = None, [], 0
            self.given = self.received = np.zeros(0, dtype=np.bool_)

    def _keep(self, kind: int, keys: Ints) -> None:
        loose = self.loose[kind]
        keys = np.sort(keys)
        loose.append(keys[run_starts(keys)])
        if len(loose) > 1 and sum(map(len, loose[1:])) > max(TOGETHER, len(loose[0])):
            loose[:] = [distinct(loose, np.iinfo(np.int64).max)]

    def keys(self, kind: int) -> Ints:
        """0: place × people + person, of all that occur. 1: (that) × places + to whom, of givers. 2: from whom, of receivers."""
        parts = list(self.loose[kind])
        if self.count:
            known = np.concatenate(self.known)
            cells = np.flatnonzero((self.given, self.given, self.received)[kind][: self.count * self.places])
            cells = cells[cells >= self.places]
            parts.append(known[1:] if kind == 0 else known[cells // self.places] * self.places + cells % self.places)
        return distinct(parts, np.iinfo(np.int64).max)

    def at_places(self) -> Ints:
        """Shape (places,): how many different people have been at each, as far as has been read."""
        if self.members is None:
            return _number_of(self.keys(0) // max(self.people, 1), self.places)
        return _number_of(np.concatenate(self.known)[1:] // max(self.people, 1), self.places)


def _number_of(keys: Ints, top: int) -> Ints:
    return np.bincount(keys, minlength=top)


def people_at(met: list[Met]) -> Ints:
    """Shape (places,): different people at each place, of several readings together."""
    keys = distinct([one.keys(0) for one in met], np.iinfo(np.int64).max)
    return _number_of(keys // max(met[0].people, 1), met[0].places)


def people_between(met: list[Met], wanted: Ints) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Different givers and receivers of each wanted passage (source × places + target, rising)."""
    people, places = max(met[0].people, 1), met[0].places
    given = distinct([one.keys(1) for one in met], np.iinfo(np.int64).max)
    received = distinct([one.keys(2) for one in met], np.iinfo(np.int64).max)
    giving = given // (people * places) * places + given % places
    receiving = received % places * places + received // (people * places)
    return _times(wanted, giving), _times(wanted, receiving)


def _times(wanted: Ints, keys: Ints) -> Ints:
    keys = np.sort(keys)
    return np.searchsorted(keys, wanted, side="right") - np.searchsorted(keys, wanted, side="left")
