"""Passages from one place to the next, collected piece by piece: how often, in how many cases, how long, by how many people."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.events import MISSING, Codes
from commonground.analysis.flow.figures import Passage
from commonground.analysis.flow.grouping import (
    Ints,
    Mask,
    Part,
    Sums,
    cases_of,
    distinct,
    gathered,
    grouped,
    part_of,
    spreads,
)
from commonground.analysis.flow.people import Met


class Turns(NamedTuple):
    """Changes of holder in a piece: places of the giver's and the receiver's event, and whether the next change went back.

    source, target: holders. back: of this change the next one, in the same case, returns to the source.
    """

    giver: Ints
    receiver: Ints
    source: Codes
    target: Codes
    back: Mask


def turns_of(case: NDArray[Any], holder: Codes) -> Turns:
    """Changes of holder, events that tell none left out before pairing. case, holder: shape (n,)."""
    kept = None if holder.min(initial=0) != MISSING else np.flatnonzero(holder != MISSING)
    if kept is not None:
        case, holder = case.take(kept), holder.take(kept)
    change = holder[1:] != holder[:-1]
    change &= case[1:] == case[:-1]
    giver = np.flatnonzero(change)
    receiver = giver + 1
    source, target = holder.take(giver), holder.take(receiver)
    back = np.zeros(len(giver), dtype=np.bool_)
    if len(giver):
        case = case.take(giver)
        np.logical_and(case[1:] == case[:-1], target[1:] == source[:-1], out=back[:-1])
    return (
        Turns(giver, receiver, source, target, back)
        if kept is None
        else Turns(kept[giver], kept[receiver], source, target, back)
    )


class Passages:
    """Passages between places; a passage's key is source × size + target. met: who stands on either side, of all workers."""

    def __init__(self, met: Met) -> None:
        self.met = met
        self.size, self.top = met.places, met.places**2
        self.calendar: list[Part] = []
        self.working: list[Part] = []
        self.n, self.cases, self.crossings, self.back = Sums(), Sums(), Sums(), Sums()

    def add(self, keys: Ints, case: Codes, calendar: Ints, working: Ints) -> None:
        """Passages of a piece, in the order of its cases: key, case and how long of each."""
        groups = grouped(keys, self.top)
        self.n.add(groups.keys, groups.rows)
        self.cases.add(groups.keys, cases_of(groups, case))
        for parts, waits in ((self.calendar, calendar), (self.working, working)):
            parts.append(part_of(groups, waits))

    def add_back(self, keys: Ints, case: NDArray[np.integer]) -> None:
        """Passages after which work went back, in the order of their cases."""
        groups = grouped(keys, self.top)
        self.back.add(groups.keys, cases_of(groups, case))

    def add_crossings(self, keys: Ints) -> None:
        groups = grouped(keys, self.top)
        self.crossings.add(groups.keys, groups.rows)

    def extend(self, other: "Passages") -> None:
        """Takes over what was collected elsewhere."""
        self.calendar += other.calendar
        self.working += other.working
        for name in ("n", "cases", "crossings", "back"):
            getattr(self, name).extend(getattr(other, name))

    def answer(self, names: Sequence[str], shown: Mask | None = None) -> tuple[Passage, ...]:
        """The passages, most frequent first. To be asked once: what was collected is let go.

        shown: shape (size,), the holders that are told; each passage between them is a crossing. None: the places are steps, all are
        told, and crossings were counted.
        """
        wanted = distinct(self.n.keys, self.top)
        n = self.n.at(wanted)
        waits = [spreads(gathered(parts, wanted, n), n) for parts in (self.calendar, self.working)]
        givers, receivers = self.met.between(wanted)
        crossings = n if shown is not None else self.crossings.at(wanted)
        columns = (n, self.cases.at(wanted), crossings, self.back.at(wanted))
        told = zip(*(column.tolist() for column in columns), givers.tolist(), receivers.tolist(), strict=True)
        found = [
            Passage(
                names[key // self.size],
                names[key % self.size],
                n,
                cases,
                crossed,
                back,
                calendar,
                working,
                gave or None,
                took or None,
            )
            for key, (n, cases, crossed, back, gave, took), calendar, working in zip(
                wanted.tolist(), told, waits[0], waits[1], strict=True
            )
            if shown is None or (shown[key // self.size] and shown[key % self.size])
        ]
        return tuple(sorted(found, key=lambda one: (-one.n, one.source, one.target)))


class Doubtful:
    """Rows that count only if two units are shown, which is known at the end: keys of the units, of what is counted, and cases."""

    def __init__(self, units: int) -> None:
        self.units = units
        self.rows: list[tuple[Ints, Ints, Ints]] = []

    def add(self, source: Codes, target: Codes, key: Ints, case: Ints) -> None:
        if len(key):
            self.rows.append((self.pair(source, target), key, case))

    def pair(self, source: Codes, target: Codes) -> Ints:
        return (source.astype(np.int64) + 1) * (self.units + 1) + target + 1

    def extend(self, other: "Doubtful") -> None:
        self.rows += other.rows

    def shown(self, shown: Mask) -> tuple[Ints, Ints]:
        """Keys and cases of the rows whose units are both shown; shown: shape (units + 1,), its last for a unit that is not told."""
        if not self.rows:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        pair, key, case = (np.concatenate(column) for column in zip(*self.rows, strict=True))
        kept = shown[pair // (self.units + 1) - 1] & shown[pair % (self.units + 1) - 1]
        return key[kept], case[kept]
