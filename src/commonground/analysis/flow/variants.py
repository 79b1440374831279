"""Orders of steps: how many there are, and the most frequent."""

from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from commonground.analysis.events import Codes
from commonground.analysis.flow.figures import Variant
from commonground.analysis.flow.grouping import Ints, Mask, run_starts
from commonground.analysis.flow.sequences import Hashes, variant_hashes

TOP = 10
TIES = 100
MANY = 1000


class _Orders(NamedTuple):
    hashes: Hashes
    starts: Ints
    activity: Codes


class Variants:
    """Orders of steps by their hash, collected piece by piece; see `variant_hashes` for the odds that two are taken for one.

    Keeps 1 to 4 bytes an event, so that the most frequent can be told at the end. names: of the activities, which are hashed by name:
    what is told does not depend on the codes that a log came to have.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self.pieces: list[_Orders] = []
        digests = [blake2b(name.encode(), digest_size=8).digest() for name in names]
        self.of_name = np.frombuffer(b"".join(digests), dtype=np.uint64)

    def add(self, first: Mask, activity: Codes) -> None:
        small = np.min_scalar_type(int(activity.max(initial=0)))
        self.pieces.append(
            _Orders(variant_hashes(first, self.of_name.take(activity)), np.flatnonzero(first), activity.astype(small)),
        )

    def extend(self, other: "Variants") -> None:
        self.pieces += other.pieces

    def _counted(self) -> tuple[Hashes, Ints]:
        if not self.pieces:
            return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
        hashes = np.sort(np.concatenate([piece.hashes for piece in self.pieces]))
        starts = run_starts(hashes)
        return hashes[starts], np.diff(starts, append=len(hashes))

    def answer(self, names: tuple[str, ...]) -> tuple[int, tuple[Variant, ...]]:
        """How many orders there are, and the most frequent, at most TOP; of equally frequent ones, among the first TIES, by name."""
        hashes, cases = self._counted()
        if not len(hashes):
            return 0, ()
        best = np.lexsort((hashes, -cases))[: TOP + TIES] if len(cases) < MANY else _best(hashes, cases)
        orders = self._orders(np.sort(hashes[best]), names)
        found = [Variant(orders[int(hashes[k])], int(cases[k])) for k in best]
        return len(hashes), tuple(sorted(found, key=lambda one: (-one.cases, one.activities))[:TOP])

    def _orders(self, wanted: Hashes, names: tuple[str, ...]) -> dict[int, tuple[str, ...]]:
        """The activities of each wanted hash (rising), taken from its first case."""
        found: dict[int, tuple[str, ...]] = {}
        for piece in self.pieces:
            place = np.minimum(np.searchsorted(wanted, piece.hashes), len(wanted) - 1)
            for case in np.flatnonzero(wanted[place] == piece.hashes):
                if int(piece.hashes[case]) not in found:
                    end = piece.starts[case + 1] if case + 1 < len(piece.starts) else None
                    found[int(piece.hashes[case])] = tuple(names[k] for k in piece.activity[piece.starts[case] : end])
            if len(found) == len(wanted):
                break
        return found


def _best(hashes: Hashes, cases: Ints) -> Ints:
    """As many of the most frequent as are needed, without sorting all."""
    least = np.partition(cases, len(cases) - TOP)[len(cases) - TOP]
    more, even = np.flatnonzero(cases > least), np.flatnonzero(cases == least)
    return np.concatenate((more, even[np.argsort(hashes[even])[:TIES]]))
