"""Whether what is shown of the people of a slot, of several kinds of parts at once, tells of few: quickly for many slots, else exactly."""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.disclosure.gate import Gate, TooHardError

Mask = NDArray[np.bool_]
LOOKS = 100_000  # choices of one search of the gate; a part whose search takes more is hidden


class Kind(NamedTuple):
    """One way in which rows are parted. code: of each row, that of its part, from 0; `parts` itself for all parts that are not shown."""

    code: NDArray[np.int64]
    parts: int


class Slots(NamedTuple):
    """The cells that the parts of all kinds make of each slot, shape (slots, parts + 1 of each kind).

    there: whether it has rows. people: those who are counted in it; a person with rows in several cells of a slot is counted in the first,
    so that cells together never have more people than there are.
    """

    there: Mask
    people: NDArray[np.int64]

    @classmethod
    def of(cls, person: NDArray[np.int32], slot: NDArray[np.integer], slots: int, kinds: Sequence[Kind]) -> "Slots":
        """person, slot: of each row."""
        shape = (slots, *(kind.parts + 1 for kind in kinds))
        cell = slot.astype(np.int64)
        for kind in kinds:
            cell = cell * (kind.parts + 1) + kind.code
        key = person.astype(np.int64) * slots + slot
        if np.all(key[1:] >= key[:-1]):
            first = np.ones(len(key), dtype=np.bool_)
            np.not_equal(key[1:], key[:-1], out=first[1:])
        else:
            first = np.zeros(len(key), dtype=np.bool_)
            first[np.unique(key, return_index=True)[1]] = True
        size = int(np.prod(shape))
        there = np.bincount(cell, minlength=size).reshape(shape) > 0
        return cls(there, np.bincount(cell[first], minlength=size).reshape(shape))

    def refused(self, slots: Mask, threshold: int) -> Mask:
        """Which parts of the last kind must not be shown beside the whole and the other kinds, shape (parts + 1, slots).

        slots: those in which something of the last kind would be shown.
        """
        found = np.zeros((self.there.shape[-1], len(slots)), dtype=np.bool_)
        if not slots.any():
            return found
        for slot in np.flatnonzero(slots & ~self._woven(threshold)):
            found[self._refused_in(int(slot), threshold), slot] = True
        return found

    def _woven(self, threshold: int) -> Mask:
        """Slots in which nothing of few people can follow, by a simple reason; in the others it may or may not.

        What follows from sums by part is a number for each part, added up over the kinds. Take two parts of one kind with different
        numbers, and two cells that differ in these parts alone: one of the cells is in the result. So where such pairs of cells hold the
        threshold of people for enough pairs of parts to link them all, the numbers of that kind are all the same. Where this is so for all
        kinds but the first, the result is of whole parts of the first, and each has enough people.
        """
        slots = self.there.shape[0]
        woven = np.ones(slots, dtype=np.bool_)
        for axis in range(2, self.people.ndim):
            shape = (slots, self.people.shape[axis], self.people[0].size // self.people.shape[axis])
            cells = np.moveaxis(self.people, axis, 1).reshape(shape)
            there = np.asarray(np.moveaxis(self.there, axis, 1).reshape(shape).any(axis=2))
            linked = np.zeros((slots, cells.shape[1], cells.shape[1]), dtype=np.bool_)
            for one, two in combinations(range(cells.shape[1]), 2):
                enough = np.minimum(cells[:, one], cells[:, two]).sum(axis=1) >= threshold
                linked[:, one, two] = linked[:, two, one] = enough
            woven &= _all_linked(linked, there)
        rest = tuple(range(2, self.people.ndim))
        first = self.people.sum(axis=rest)
        enough_each: Mask = ((first >= threshold) | ~self.there.any(axis=rest)).all(axis=1)
        return woven & enough_each

    def _refused_in(self, slot: int, threshold: int) -> list[int]:
        """The parts of the last kind that the gate does not let in, the largest first."""
        there = np.nonzero(self.there[slot])
        people = self.people[slot][there]
        gate = Gate(people.tolist(), threshold)
        gate.let_in(gate.reduced(range(len(people))))
        *before, last = there
        for code, parts in zip(before, self.there.shape[1:-1], strict=True):
            for part in np.unique(code[code < parts - 1]):
                gate.let_in(gate.reduced(np.flatnonzero(code == part).tolist()))
        sizes = np.bincount(last, weights=people, minlength=self.there.shape[-1])[:-1]
        refused = []
        for part in np.argsort(-sizes, kind="stable").tolist():
            row = gate.reduced(np.flatnonzero(last == part).tolist())
            if _tells(gate, row):
                refused.append(part)
            else:
                gate.let_in(row)
        return refused


def _tells(gate: Gate, row: dict[int, int]) -> bool:
    try:
        return gate.told_by(row, LOOKS) is not None
    except TooHardError:
        return True


def _all_linked(linked: Mask, there: Mask) -> Mask:
    """Where all parts that are there can be reached from one another. linked: shape (slots, parts, parts); there: (slots, parts)."""
    parts = linked.shape[1]
    reach = linked | np.eye(parts, dtype=np.bool_)
    for _ in range(max(1, parts.bit_length())):
        reach = np.matmul(reach.astype(np.float32), reach.astype(np.float32)) > 0
    both = there[:, :, None] & there[:, None, :]
    return np.asarray((reach | ~both).all(axis=(1, 2)))
