"""Reverse-reachable sets: who would have brought it to a person drawn at random (Borgs et al. 2014), many at a time."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.coalition.network import Ints, Rows
from commonground.analysis.coalition.spread_models import Passing, onward, runs_at_once

STEPS = 4  # of growing before places that became free are used again


class Sampling:
    """Draws the sets. Their roots go round: each person counted is the root equally often, which leaves less to chance.

    As every set is drawn on its own, sums of them keep within the bounds for sums of independent draws with the same mean.
    """

    def __init__(self, back: Passing, counted: NDArray[np.bool_], seed: int) -> None:
        self.back, self.people = back, len(back)
        self.drawn = np.random.default_rng(seed)
        self.counted = np.nonzero(counted)[0]
        self._left: Ints = np.zeros(0, np.int64)
        self._seen = np.zeros(0, bool)  # kept: memory that is touched for the first time costs as much as the drawing

    def _roots(self, many: int) -> Ints:
        while len(self._left) < many:
            self._left = np.concatenate([self._left, self.drawn.permutation(self.counted)])
        roots, self._left = self._left[:many], self._left[many:]
        return roots

    def _whole(self, sets: int, most: int) -> Iterator[tuple[Ints, Ints]]:
        """So many sets, a part of them at a time: their places, in order, and keys (place × people + person).

        A place that is free takes the next root after every few steps, so that the many that end soon do not wait for the few that go on.
        All that are begun are yielded, else small ones would be favoured; none is begun once more than `most` entries were.
        """
        many = runs_at_once(self.people, sets)
        if len(self._seen) < many * self.people:
            self._seen = np.zeros(many * self.people, bool)
        small: Any = np.int32 if many * self.people < 2**31 else np.int64  # half of the memory sorts twice as fast
        busy = np.zeros(many, bool)
        latest: Ints = np.zeros(0, small)
        found: list[Ints] = []
        left, held = sets, 0
        while left or len(latest):
            free = np.flatnonzero(~busy)[:left]
            roots = (free * self.people + self._roots(len(free))).astype(small)
            busy[free] = self._seen[roots] = True
            found.append(roots)
            latest, left = np.concatenate([latest, roots]), left - len(free)
            for _ in range(STEPS):
                latest = onward(self.back, latest, self._seen, self.drawn)
                found.append(latest)
            goes_on, every = np.zeros(many, bool), np.concatenate(found)
            goes_on[latest // self.people] = True
            still = goes_on[every // self.people]
            ended, found = every[~still], [every[still]]
            self._seen[ended] = False
            held += len(ended)
            left = left if held <= most else 0
            yield np.flatnonzero(busy & ~goes_on), ended
            busy = goes_on

    def sets(self, count: int, most: int) -> Rows:
        """So many sets, fewer where they would hold more than `most` entries: each row the people of one set."""
        sizes, items = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
        for places, keys in self._whole(count, most):
            keys.sort()
            sizes.append(np.bincount(keys // self.people)[places])
            items.append((keys % self.people).astype(np.int32))
        offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.concatenate(sizes), dtype=np.int64)])
        return Rows(offsets, np.concatenate(items), self.people)

    def hits(self, chosen: NDArray[np.bool_], count: int, most: int) -> tuple[int, int]:
        """In how many of so many new sets somebody chosen is, and of how many; fewer where they hold more than `most` entries."""
        hit, drawn = 0, 0
        for places, keys in self._whole(count, most):
            hit += int((np.bincount(keys[chosen[keys % self.people]] // self.people) > 0).sum())
            drawn += len(places)
        return hit, drawn


def joined(one: Rows, two: Rows) -> Rows:
    """The rows of both, one after the other."""
    return Rows(
        np.concatenate([one.offsets, two.offsets[1:] + one.offsets[-1]]), np.concatenate([one.items, two.items]),
        one.wide,
    )  # fmt: skip
