"""Reverse-reachable sets: who would have brought it to a person drawn at random (Borgs et al. 2014), many at a time."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.coalition.network import Ints, Rows
from commonground.analysis.coalition.spread_models import Passing, grow, runs_at_once


class Sampling:
    """Draws the sets. Their roots go round: each person counted is the root equally often, which leaves less to chance.

    As every set is drawn on its own, sums of them keep within the bounds for sums of independent draws with the same mean.
    """

    def __init__(self, back: Passing, counted: NDArray[np.bool_], seed: int) -> None:
        self.back, self.people = back, len(back)
        self.drawn = np.random.default_rng(seed)
        self.counted = np.nonzero(counted)[0]
        self._left: Ints = np.zeros(0, np.int64)

    def _roots(self, many: int) -> Ints:
        while len(self._left) < many:
            self._left = np.concatenate([self._left, self.drawn.permutation(self.counted)])
        roots, self._left = self._left[:many], self._left[many:]
        return roots

    def _batches(self, sets: int) -> Iterator[tuple[int, Ints]]:
        many = runs_at_once(self.people, sets)
        seen = np.zeros(many * self.people, bool)
        for at in range(0, sets, many):
            now = min(many, sets - at)
            yield now, grow(self.back, np.arange(now) * self.people + self._roots(now), seen, self.drawn)

    def sets(self, count: int, most: int) -> Rows:
        """So many sets, fewer where they would hold more than `most` entries: each row the people of one set."""
        sizes, items, held = [], [], 0
        for now, keys in self._batches(count):
            keys.sort()
            sizes.append(np.bincount(keys // self.people, minlength=now))
            items.append((keys % self.people).astype(np.int32))
            held += len(keys)
            if held > most:
                break
        offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.concatenate(sizes), dtype=np.int64)])
        return Rows(offsets, np.concatenate(items), self.people)

    def hits(self, chosen: NDArray[np.bool_], count: int, most: int) -> tuple[int, int]:
        """In how many of so many new sets somebody chosen is, and of how many; fewer where they hold more than `most` entries."""
        hit, drawn, held = 0, 0, 0
        for now, keys in self._batches(count):
            there = keys[chosen[keys % self.people]] // self.people
            hit += int((np.bincount(there, minlength=now) > 0).sum())
            drawn, held = drawn + now, held + len(keys)
            if held > most:
                break
        return hit, drawn


def joined(one: Rows, two: Rows) -> Rows:
    """The rows of both, one after the other."""
    return Rows(
        np.concatenate([one.offsets, two.offsets[1:] + one.offsets[-1]]), np.concatenate([one.items, two.items]),
        one.wide,
    )  # fmt: skip
