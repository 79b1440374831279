"""Looking for the best choice of champions from both sides: choices that reach more, bounds that leave less room above them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import floor
from time import perf_counter

import numpy as np

from commonground.analysis.coalition.bounding import Bounding
from commonground.analysis.coalition.branching import branch
from commonground.analysis.coalition.demands import Demands
from commonground.analysis.coalition.proving import Model
from commonground.analysis.coalition.standing import Question, Standing, fill
from commonground.analysis.coalition.swapping import swap, wander

FIRST_STEPS, STEPS, ROUNDS = 150, 60, 40
FEW = 120  # people left to choose among
SHARE_OF_SWAPS = 0.35  # of the time at the most, so that some is left for the bound


class Search:
    """best: the best choice so far, fixed ones among it. covered: what it reaches. bound: no choice reaches more."""

    def __init__(self, asked: Question) -> None:
        self.asked = asked
        self.standing = Standing(asked)
        fill(self.standing)
        self.best: list[int] = []
        self.covered = -1.0
        self.keep(list(self.standing.chosen))
        self.bounding = Bounding(asked)
        self.bound = self.bounding.most

    @property
    def proven(self) -> bool:
        """Whether nothing can reach more; of worths that are no whole numbers, but for the error of a sum."""
        return self.bound <= self.covered + (0.0 if self.asked.whole else 1e-9 * max(1.0, self.covered))

    def keep(self, chosen: Sequence[int]) -> None:
        """Takes a choice over if it reaches more."""
        worth = self.asked.worth(chosen)
        if worth > self.covered:
            self.best, self.covered = list(chosen), worth

    def look(self, until: float) -> None:
        """Narrows both sides in turns until they meet, nothing moves any more, or the time is over."""

        def go_on() -> bool:
            return perf_counter() < until

        began = perf_counter()
        swap(self.standing, lambda: perf_counter() < began + (until - began) * SHARE_OF_SWAPS)
        self.keep(list(self.standing.chosen))
        self._lower(FIRST_STEPS, go_on)
        for _ in range(ROUNDS):
            if self.proven or not go_on():
                return
            before = (self.covered, self.bound)
            self._from_prices(go_on)
            self.keep(wander(self.standing, 1500, go_on, self.bound))
            self._lower(STEPS, go_on)
            if (self.covered, self.bound) == before:
                return

    def _lower(self, steps: int, go_on: Callable[[], bool]) -> None:
        self.bounding.improve(self.covered, steps, go_on)
        self._limit(self.bounding.best.bound)

    def _limit(self, bound: float) -> None:
        """A bound of whole worths is rounded down; a little above a whole number may be the error of the sum."""
        self.bound = min(self.bound, float(floor(bound + 1e-6)) if self.asked.whole else bound)

    def _from_prices(self, go_on: Callable[[], bool]) -> None:
        """A choice of those whom the prices pay best."""
        standing = Standing(self.asked)
        fill(standing, self.bounding.best.pay)
        swap(standing, go_on)
        self.keep(list(standing.chosen))
        self.standing = standing

    def prove(self, seconds: float) -> None:
        """Asks HiGHS where prices leave few to choose among; else goes through cases, as many as the time allows."""
        until = perf_counter() + seconds
        model = Model(self.bounding, self.covered)
        if len(model.who) <= FEW:
            found = model.prove(self.best, seconds)
        else:
            found = branch(self.bounding, self.best, lambda: perf_counter() < until)
        self.keep(found.chosen)
        self._limit(found.bound)


def in_order(asked: Question, chosen: Sequence[int]) -> list[int]:
    """The fixed ones first, then always the one who adds most to those before."""
    eligible = np.zeros(asked.reach.wide, bool)
    eligible[list(chosen)] = True
    eligible[list(asked.fixed)] = False
    standing = Standing(replace(asked, eligible=eligible, demands=Demands.read((), asked.reach.wide), plan=()))
    fill(standing)
    return list(standing.chosen)
