"""Counts that tell one person from another: for proposing an owner, and for holding results against other engines.

Nothing of it stands on a page, a sheet or in an answer, but for the one name that `doers` proposes for an activity, without volumes.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.events import MISSING, Blocks, Codes
from commonground.analysis.flow.grouping import Ints, distinct, grouped
from commonground.analysis.flow.passages import turns_of
from commonground.analysis.flow.sequences import pieces

LARGEST = int(np.iinfo(np.int64).max)


class Counted(NamedTuple):
    """How often one thing is followed by, or stands with, another. Codes of both, rising, and how often. Shape (pairs,) each."""

    source: Codes
    target: Codes
    n: Ints


class Doers(NamedTuple):
    """Who mostly does an activity: the code of the unit and of the person with most events, and their share of those that tell one.

    MISSING and 0.0 where no event tells one. Of two with as many events it is the one first by name.
    """

    unit: int
    unit_share: float
    person: int
    person_share: float


def directly_follows(blocks: Blocks) -> NDArray[np.int64]:
    """How often each activity is directly followed by each in a case. Shape (activities, activities), rows come first."""
    total: NDArray[np.int64] | None = None
    for piece in pieces(blocks):
        size = len(piece.names.activity)
        keys = piece.activity[:-1].astype(np.int64) * size + piece.activity[1:]
        n = np.bincount(keys[piece.case[1:] == piece.case[:-1]], minlength=size * size).reshape(size, size)
        total = n if total is None else total + n
    return np.zeros((0, 0), dtype=np.int64) if total is None else total


def handed_over(blocks: Blocks) -> Counted:
    """How often each person hands over to each other person, persons not told left out before pairing. NEVER shown: see above."""
    kept = _Kept()
    for piece in pieces(blocks):
        turns = turns_of(piece.case, piece.person)
        kept.add(turns.source.astype(np.int64), turns.target, len(piece.names.person))
    return kept.answer()


def doers(blocks: Blocks) -> dict[int, Doers]:
    """For each activity that occurs (by code): the unit and the person who mostly do it. Never shown with volumes.

    What a proposal of an owner stands on: the change lead sees names alone.
    """
    units, persons, occur = _Kept(), _Kept(), np.zeros(0, dtype=np.int64)
    names: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    for piece in pieces(blocks):
        names = (piece.names.unit, piece.names.person)
        occur = np.union1d(occur, np.flatnonzero(np.bincount(piece.activity)))
        for kept, codes, known in ((units, piece.unit, names[0]), (persons, piece.person, names[1])):
            told = codes != MISSING
            kept.add(piece.activity[told].astype(np.int64), codes[told], len(known))
    most = [_most(kept.answer(), known) for kept, known in zip((units, persons), names, strict=True)]
    nobody = (MISSING, 0.0)
    return {
        activity: Doers(*most[0].get(activity, nobody), *most[1].get(activity, nobody)) for activity in occur.tolist()
    }


def _most(counted: Counted, names: tuple[str, ...]) -> dict[int, tuple[int, float]]:
    """For each source the target that stands with it most often, and its share."""
    best: dict[int, tuple[int, str, int]] = {}
    total: dict[int, int] = {}
    for source, target, n in zip(*(column.tolist() for column in counted), strict=True):
        total[source] = total.get(source, 0) + n
        best[source] = min(best.get(source, (0, "", MISSING)), (-n, names[target], target))
    return {source: (target, -n / total[source]) for source, (n, _, target) in best.items()}


class _Kept:
    """Pairs of codes counted piece by piece."""

    def __init__(self) -> None:
        self.keys: list[Ints] = []
        self.n: list[Ints] = []
        self.width = 1

    def add(self, source: Ints, target: Codes, width: int) -> None:
        self.width = max(width, 1)
        groups = grouped(source * self.width + target, LARGEST)
        self.keys.append(groups.keys)
        self.n.append(groups.rows)

    def answer(self) -> Counted:
        keys = distinct(self.keys, LARGEST)
        n = np.zeros(len(keys), dtype=np.int64)
        for some, times in zip(self.keys, self.n, strict=True):
            n[np.searchsorted(keys, some)] += times
        return Counted((keys // self.width).astype(np.int32), (keys % self.width).astype(np.int32), n)
