"""Which results about people may be shown: the threshold and what must be hidden beside it.

Results are asked for in slots (weeks; one slot for a whole period) and by parts (units, levels, cohorts) that make up a whole. Nothing
that stands for fewer people than the threshold is shown, nor can be had by sums and differences of all that is shown in the slot, of all
kinds at once: `slots` decides, by the gate of `analysis/disclosure`.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.pace.observations import Codes
from commonground.analysis.pace.slots import Kind, Slots

Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]


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

    What is hidden in a slot is together of at least the threshold, else the next smallest part is hidden too; and so is, from the smallest
    on, what with all that is shown besides would tell of fewer people. closed: parts hidden in every slot, shape (parts + 1,); rows
    without a part are shown nowhere, so they count as hidden. beside: other parts of the same rows that are shown, and what of them is
    hidden; of two that are hidden in turn the one given first stays.
    """
    people = rows.people()
    hidden = few(people, threshold)
    hidden[-1] = people[-1] > 0
    if closed is not None:
        hidden |= closed[:, None] & (people > 0)
    while True:
        together = rows.only(rows.of_part(hidden).astype(np.bool_)).together()
        more = _smallest(people, hidden, few(together, threshold))
        if not more.any():
            break
        hidden |= more
    told = ~hidden & (people > 0)
    kinds = [_kind(other, concealed) for other, concealed in beside]
    slots = Slots.of(rows.person, rows.slot, rows.slots, [*kinds, _kind(rows, hidden)])
    return hidden | (told & slots.refused(np.asarray(told.any(axis=0)), threshold))


def _smallest(people: Counts, hidden: Mask, slots: Mask) -> Mask:
    """The smallest shown part of each of these slots; none where all are hidden."""
    left = np.where(hidden | (people == 0), np.iinfo(np.int64).max, people)
    found = np.zeros_like(hidden)
    which = left.argmin(axis=0)
    here = np.flatnonzero(slots & (left.min(axis=0) < np.iinfo(np.int64).max))
    found[which[here], here] = True
    return found


def _kind(parts: Parts, hidden: Mask) -> Kind:
    """The hidden parts and the rows without one stand together."""
    return Kind(
        np.where(parts.of_part(hidden), parts.parts, parts.part % (parts.parts + 1)).astype(np.int64), parts.parts
    )
