"""Which results about people may be shown: the threshold and what must be hidden beside it (disclosure, first form).

Results are asked for in slots (weeks; one slot for a whole period) and by parts (units, levels, cohorts) that make up a whole. Nothing
that stands for fewer people than the threshold is shown, nor can be had as a whole less the shown parts, nor as the difference of shown
sets of which one holds the other: a level and a unit, or sums of them, such as a cohort less the units that it is made of. Differences
between sums of three kinds at once are left to a later, exact form.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.pace.observations import Codes

Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]
SUMS = 600  # sums of parts that are looked at


class Parts(NamedTuple):
    """n rows of people in parts. person: code from 0. slot: place of the slot. part: code from 0, −1 where none is told.

    slots, parts: how many there are. Arrays of parts have one place more, the last one for −1.
    """

    slot: Codes
    person: Codes
    part: Codes
    slots: int
    parts: int

    def only(self, mask: Mask) -> "Parts":
        return self._replace(slot=self.slot[mask], person=self.person[mask], part=self.part[mask])

    def of_part(self, values: NDArray[np.generic]) -> NDArray[np.generic]:
        """From shape (parts + 1, slots) to that of the rows."""
        return values[self.part, self.slot]

    def people(self) -> Counts:
        """Shape (parts + 1, slots): different people. Quick where rows are sorted by person, slot and part."""
        cells = (self.parts + 1) * self.slots
        key = (self.person.astype(np.int64) * self.slots + self.slot) * (self.parts + 1) + self.part + 1
        if np.all(key[1:] >= key[:-1]):
            first = np.ones(len(key), dtype=np.bool_)
            np.not_equal(key[1:], key[:-1], out=first[1:])
            key = key[first]
        else:
            key = np.unique(key)
        slot, part = np.divmod(key % cells, self.parts + 1)
        counted = np.bincount(slot * (self.parts + 1) + part, minlength=cells).reshape(self.slots, self.parts + 1)
        return np.roll(counted.T, -1, axis=0)

    def together(self) -> Counts:
        """Shape (slots,): different people, whatever their part."""
        people: Counts = self._replace(part=np.zeros_like(self.part), parts=1).people()[0]
        return people


def few(people: Counts, threshold: int) -> Mask:
    """Where some people, but fewer than the threshold, stand."""
    return (people > 0) & (people < threshold)


def of_a_loose_whole(rows: Parts, threshold: int) -> tuple[Mask, Mask]:
    """What is hidden, shape (parts + 1, slots), and which rows the whole is made of, for a whole that can do without some of its rows.

    A hidden part stays in the whole of its slot where at least two are hidden and they are together of at least the threshold.
    """
    hidden = few(rows.people(), threshold)
    closed = rows.of_part(hidden).astype(np.bool_)
    enough = rows.only(closed).together() >= threshold  # parts of fewer people each: at least two of them
    return hidden, ~closed | enough[rows.slot]


def of_a_fixed_whole(
    rows: Parts, threshold: int, *, closed: Mask | None = None, beside: tuple[tuple[Parts, Mask], ...] = ()
) -> Mask:
    """What is hidden, shape (parts + 1, slots), where the whole of each slot is shown already.

    What is hidden in a slot is together of at least the threshold, else the next smallest part is hidden too. closed: parts hidden in
    every slot, shape (parts + 1,); rows without a part are shown nowhere, so they count as hidden. beside: other parts of the same rows
    that are shown, and what of them is hidden.
    """
    people = rows.people()
    hidden = few(people, threshold)
    hidden[-1] = people[-1] > 0
    if closed is not None:
        hidden |= closed[:, None] & (people > 0)
    others = [_Cut.between(rows, other, other_hidden) for other, other_hidden in beside]
    extra = np.bincount(rows.slot, minlength=rows.slots) - rows.together()
    while True:
        together = rows.only(rows.of_part(hidden).astype(np.bool_)).together()
        more = _smallest(people, hidden, few(together, threshold))
        for cut in others:
            inside, rest = cut.given_away(hidden, threshold, extra)
            more |= inside | _smallest(people, hidden, rest)
        if not more.any():
            for cut in others:
                more |= cut.sums_given_away(people, hidden, threshold, extra)
        if not more.any():
            return hidden
        hidden |= more


def _smallest(people: Counts, hidden: Mask, slots: Mask) -> Mask:
    """The smallest shown part of each of these slots; none where all are hidden."""
    left = np.where(hidden | (people == 0), np.iinfo(np.int64).max, people)
    found = np.zeros_like(hidden)
    which = left.argmin(axis=0)
    here = np.flatnonzero(slots & (left.min(axis=0) < np.iinfo(np.int64).max))
    found[which[here], here] = True
    return found


class _Cut(NamedTuple):
    """Rows by slot, other part and part, shape (slots, others + 1, parts + 1); the last of the others are those that are hidden."""

    rows: Counts
    shown: Mask

    @staticmethod
    def between(rows: Parts, other: Parts, other_hidden: Mask) -> "_Cut":
        code = np.where(other.of_part(other_hidden), other.parts, other.part % (other.parts + 1)).astype(np.int64)
        parts, others = rows.parts + 1, other.parts + 1
        key = (rows.slot * others + code) * parts + rows.part % parts
        counted = np.bincount(key, minlength=rows.slots * others * parts).reshape(rows.slots, others, parts)
        return _Cut(counted, counted.sum(axis=2) > 0)

    def given_away(self, hidden: Mask, threshold: int, extra: Counts) -> tuple[Mask, Mask]:
        """Which shown parts, shape (parts + 1, slots), are so little less or more than one of the others that the difference is of too
        few people; and in which slots all the hidden parts together are. extra: by how many rows exceed people, shape (slots,)."""
        both = self._both(hidden)
        beyond_part = both.sum(axis=1, keepdims=True) - both
        beyond_other = self.rows.sum(axis=2, keepdims=True) - both
        least = threshold + extra[:, None, None]
        found = (both > 0) & (
            ((beyond_part == 0) & (beyond_other > 0) & (beyond_other < least))
            | ((beyond_other == 0) & (beyond_part > 0) & (beyond_part < least))
        )
        any_other = found.any(axis=1)
        return any_other[:, :-1].T, any_other[:, -1]

    def sums_given_away(self, people: Counts, hidden: Mask, threshold: int, extra: Counts) -> Mask:
        """Shape (parts + 1, slots): where a sum of parts is so little less or more than one of the others, its smallest shown part; of a
        sum that holds the hidden ones, which would stay a sum without it, that of the rest."""
        both = self._both(hidden)
        total, least = both.sum(axis=2), threshold + extra
        left = np.where(hidden | (people == 0), np.iinfo(np.int64).max, people)
        found, rest = np.zeros_like(hidden), both.shape[2] - 1
        there = np.flatnonzero(both.any(axis=(0, 1))).tolist()
        for columns in _sums(there):
            inside = both[:, :, columns].sum(axis=2)
            beyond = total - inside
            held = (beyond == 0) & (inside > 0)
            less = np.where(held, 0, inside).sum(axis=1)
            more = np.where(inside > 0, beyond, 0).sum(axis=1)
            little = ((less > 0) & (less < least) & held.any(axis=1)) | ((more > 0) & (more < least))
            mine = np.array(
                [one for one in there if one != rest and (one in columns) != (rest in columns)], dtype=np.int64
            )
            here = np.flatnonzero(little & ~found.any(axis=0))
            if len(here) and len(mine):
                smallest = mine[left[np.ix_(mine, here)].argmin(axis=0)]
                found[smallest, here] = left[smallest, here] < np.iinfo(np.int64).max
        return found

    def _both(self, hidden: Mask) -> Counts:
        """Rows by slot, other part and part, shape (slots, others + 1, parts + 2): hidden parts stand together in the last place."""
        closed = hidden.T[:, None, :]
        rest = np.where(closed, self.rows, 0).sum(axis=2, keepdims=True)
        return np.concatenate([np.where(closed, 0, self.rows), rest], axis=2)


def _sums(parts: Sequence[int]) -> Iterator[list[int]]:
    """Sums of parts, the shorter first, up to half of all, since what a sum tells the sum of all others tells as well."""
    for size in range(1, len(parts) // 2 + 1):
        if comb(len(parts), size) > SUMS:
            return
        yield from map(list, combinations(parts, size))
