"""Proving a choice of champions by cases: somebody is in or is out, and each case is bounded by its own prices.

Branch and bound (Land & Doig 1960) on the Lagrangian bound of `bounding`, with what prices exclude in each case. Tens of times as fast here
as a linear program in each case, since a few dozen steps from the prices of the case above bring nearly its bound.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from math import floor

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.coalition.bounding import Bounding, Prices
from commonground.analysis.coalition.network import Ints
from commonground.analysis.coalition.proving import Proof, excluded
from commonground.analysis.coalition.standing import Question

STEPS, STRIDE = 30, 0.5
MOST_CASES = 200_000


@dataclass(order=True)
class _Case:
    """above: less the bound of the case it is part of, so that the loosest comes first; number: the order they came in."""

    above: float
    number: int
    asked: Question = field(compare=False)
    prices: Prices = field(compare=False)


def branch(bounding: Bounding, known: Sequence[int], go_on: Callable[[], bool]) -> Proof:
    """The best choice and the bound that holds for all, as far as cases could be gone through. known: a choice that meets all demands."""
    return _Branching(bounding, known).run(go_on)


class _Branching:
    def __init__(self, bounding: Bounding, known: Sequence[int]) -> None:
        self.whole = bounding.asked.whole
        self.best, self.worth = tuple(known), bounding.asked.worth(known)
        self.cases = [_Case(-bounding.best.bound, 0, bounding.asked, bounding.best.prices)]
        self.number = 0

    @property
    def enough(self) -> float:
        """A bound not above this proves that a case holds nothing better."""
        return self.worth + 1.0 - 1e-6 if self.whole else self.worth + 1e-9 * max(1.0, self.worth)

    def run(self, go_on: Callable[[], bool]) -> Proof:
        while self.cases and go_on() and self.number < MOST_CASES:
            case = heappop(self.cases)
            if -case.above > self.enough:
                self._go_through(case, go_on)
        bound = max((-case.above for case in self.cases), default=self.worth)
        return Proof(self.best, self.worth, max(floor(bound + 1e-6) if self.whole else bound, self.worth))

    def _go_through(self, case: _Case, go_on: Callable[[], bool]) -> None:
        if not _can_be_met(case.asked):
            return
        bounding = Bounding(case.asked, case.prices)
        bounding.step = STRIDE
        bounding.improve(self.worth, STEPS, lambda: True, self.enough)
        found = bounding.best
        self._try([*case.asked.fixed, *found.chosen.tolist()], case.asked)
        bound = min(found.bound, -case.above)
        if bound <= self.enough:
            return
        never, always = excluded(bounding, found, self.worth)
        eligible = case.asked.eligible & ~never & ~always
        fixed = (*case.asked.fixed, *np.nonzero(always)[0].tolist())
        seats, left = case.asked.count - len(fixed), np.nonzero(eligible)[0]
        if seats <= 0 or len(left) <= seats:
            self._try([*fixed, *(left.tolist() if seats > 0 else [])], case.asked)
            return
        person = _doubtful(bounding, left)
        without = eligible.copy()
        without[person] = False
        for taken in (fixed, (*fixed, person)):
            self.number += 1
            asked = replace(case.asked, eligible=without, fixed=taken)
            heappush(self.cases, _Case(-bound, self.number, asked, found.prices))

    def _try(self, chosen: list[int], asked: Question) -> None:
        """Takes a choice over if it reaches more and breaks no demand."""
        if len(chosen) > asked.count or (worth := asked.worth(chosen)) <= self.worth:
            return
        if len(asked.demands.met(chosen)) == len(asked.demands.cells):
            self.best, self.worth = tuple(chosen), worth


def _can_be_met(asked: Question) -> bool:
    """Whether each open demand has somebody, and no column more open demands than there are seats."""
    cells = asked.demands.cells
    there, open_ = np.zeros(len(cells) + 1, bool), np.ones(len(cells), bool)
    there[asked.demands.of[:, asked.eligible].ravel()] = True
    open_[list(asked.demands.met(asked.fixed))] = False
    columns = np.bincount([column for column, _ in cells], open_, minlength=1) if cells else np.zeros(1)
    return (
        len(asked.fixed) <= asked.count
        and bool((there[:-1] | ~open_).all())
        and columns.max() <= asked.count - len(asked.fixed)
    )


def _doubtful(bounding: Bounding, left: Ints) -> int:
    """Whom to decide on: much paid, and seated about half of the time."""
    share: NDArray[np.float64] = bounding.share[left]
    doubt = np.minimum(share, 1 - share).clip(0) + 1e-3
    return int(left[(doubt * bounding.best.pay[left]).argmax()])
