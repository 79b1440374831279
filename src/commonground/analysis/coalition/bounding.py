"""How many any choice of champions could reach at the most: the Lagrangian bound, by subgradient (Held & Karp 1971)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.coalition.network import Floats
from commonground.analysis.coalition.standing import Question

Ints = NDArray[np.int64]
PATIENCE, SHORTER, SHORTEST, BENT = 5, 0.7, 1e-3, 0.7  # chosen on block models of 5,000 people: lowest after 100 steps
FADING = 0.9


@dataclass
class Prices:
    """person: what reaching a person once is paid to champions, of their worth. cell: what meeting a demand is paid."""

    person: Floats
    cell: Floats


@dataclass
class Bounded:
    """bound: no choice reaches more. prices: those that show it. pay: what each eligible person is paid under them, −inf for others.

    cut: the pay that the last seat goes for.
    """

    bound: float
    prices: Prices
    pay: Floats
    chosen: Ints


class Bounding:
    """A bound that is made lower step by step.

    A person reached is worth 1, and each champion who reaches them is paid their price: what is left (worth less price) counts for all
    people, and the best-paid champions take the seats. Demands of the column with most values are met by the best-paid of each value, the
    others by prices of their own. Every set of prices gives a bound that holds (weak duality).
    """

    def __init__(self, asked: Question, prices: Prices | None = None) -> None:
        self.asked = asked
        reached = np.zeros(asked.reach.wide, bool)
        reached[asked.reach.of(asked.fixed)] = True
        self.already = float(asked.weight[reached].sum())
        self.worth = np.where(reached, 0.0, asked.weight)
        self.reach = asked.reach.only(asked.eligible, self.worth > 0)
        met = asked.demands.met(asked.fixed)
        self.open = np.array([cell not in met for cell in range(len(asked.demands.cells))], bool)
        self._columns()
        self.best = Bounded(np.inf, self._first(), np.zeros(0), np.zeros(0, np.int64))
        self.at = self.best.prices
        if prices is not None:  # those of another question may be above the worth here, where the bound would not hold
            cell = np.where(self.priced, prices.cell, 0.0)
            self.at = Prices(np.minimum(prices.person, self.worth), cell)
        self.share = np.zeros(asked.reach.wide)
        self.step = 1.0
        self._stale = 0
        self._away, self._beyond = np.zeros(asked.reach.wide), np.zeros(len(self.open))

    @property
    def most(self) -> float:
        """What all whom anybody eligible or fixed reaches are worth."""
        reached = np.zeros(self.asked.reach.wide, bool)
        reached[self.asked.reach.of(self.eligible)] = True
        return self.already + float(self.worth[reached].sum())

    def _columns(self) -> None:
        """Which demands are met by choosing within the column, and which by prices."""
        asked = self.asked
        self.eligible = np.nonzero(asked.eligible)[0]
        column = np.array([column for column, _ in asked.demands.cells], np.int64)
        count = np.bincount(column[self.open], minlength=max(len(asked.demands.of), 1))
        self.exact = int(count.argmax())
        self.priced = self.open & (column != self.exact) if len(column) else self.open
        self.groups: Ints = np.zeros(0, np.int64)
        self.starts: Ints = np.zeros(0, np.int64)
        if len(column) and count[self.exact]:
            cell = asked.demands.of[self.exact, self.eligible]
            within = np.nonzero((cell >= 0) & self.open[cell])[0]
            order = within[np.argsort(cell[within], kind="stable")]
            self.groups = self.eligible[order]
            self.starts = np.nonzero(np.diff(cell[order], prepend=-1))[0]
        # for each person the open group of the exact column that they are in, −1 for none
        self.group_of = np.full(asked.reach.wide, -1, np.int64)
        self.groups_count = len(self.starts)
        sizes = np.diff(np.append(self.starts, len(self.groups)))
        self.group_of[self.groups] = np.repeat(np.arange(self.groups_count), sizes)

    def _first(self) -> Prices:
        return Prices(self.worth * 0.5, np.zeros(len(self.open)))

    def pay(self, prices: Prices) -> Floats:
        asked = self.asked
        pay = self.reach.sums(prices.person)
        for cells in asked.demands.of:
            pay += np.append(np.where(self.priced, prices.cell, 0.0), 0.0)[cells]
        pay[~asked.eligible] = -np.inf
        return pay

    def seated(self, pay: Floats) -> Ints:
        """The best-paid choice: the best of each value of the exact column, then the best of all others."""
        seats = self.asked.seats
        first = np.zeros(0, np.int64)
        if len(self.groups):
            best = np.maximum.reduceat(pay[self.groups], self.starts)
            sizes = np.diff(np.append(self.starts, len(self.groups)))
            hits = np.nonzero(pay[self.groups] == np.repeat(best, sizes))[0]
            group = np.repeat(np.arange(len(best)), sizes)[hits]
            first = self.groups[hits[np.diff(group, prepend=-1) > 0]]
        left = pay.copy()
        left[first] = -np.inf
        more = seats - len(first)
        if more <= 0:
            return first
        return np.concatenate([first, np.argpartition(-left, more - 1)[:more]])

    def evaluate(self, prices: Prices) -> Bounded:
        pay = self.pay(prices)
        chosen = self.seated(pay)
        owed = float(np.where(self.priced, prices.cell, 0.0).sum())
        total = self.already + float((self.worth - prices.person).sum()) + float(pay[chosen].sum()) - owed
        return Bounded(total, prices, pay, chosen)

    def improve(self, target: float, steps: int, go_on: Callable[[], bool], enough: float | None = None) -> None:
        """Walks some steps towards the bound that is not above the target; keeps the lowest found, stops below what is enough.

        share: how often each was seated of late, which comes near to the fractional optimum.
        """
        enough = target * (1 + 1e-12) + 1e-9 if enough is None else enough
        for _ in range(steps):
            found = self.evaluate(self.at)
            self.share *= FADING
            self.share[found.chosen] += 1 - FADING
            if found.bound < self.best.bound - 1e-9 * max(1.0, abs(found.bound)):
                self.best, self._stale = found, 0
            else:
                self._stale += 1
            if self._stale >= PATIENCE:
                self.step, self._stale = self.step * SHORTER, 0
            self._move(found, target)
            if not go_on() or self.step < SHORTEST or self.best.bound <= enough:
                return

    def _move(self, found: Bounded, target: float) -> None:
        """A step against the subgradient, bent by those before (Camerini, Fratta & Maffioli 1975)."""
        asked, prices = self.asked, found.prices
        times = np.bincount(self.reach.of(found.chosen), minlength=asked.reach.wide).astype(np.float64)
        away = times - (prices.person < self.worth)
        away[(prices.person >= self.worth) & (times <= 1)] = 0.0
        held = np.zeros(len(self.open) + 1)
        np.add.at(held, asked.demands.of[:, found.chosen].ravel(), 1.0)
        self._away = away + BENT * self._away
        self._beyond = np.where(self.priced, held[:-1] - 1.0, 0.0) + BENT * self._beyond
        person, cell = self._away.copy(), self._beyond.copy()
        person[((prices.person <= 0) & (person > 0)) | ((prices.person >= self.worth) & (person < 0))] = 0.0
        cell[(prices.cell <= 0) & (cell > 0)] = 0.0
        square = float(person @ person + cell @ cell)
        if square == 0.0:
            self.step = 0.0
            return
        by = self.step * max(found.bound - target, 1e-9) / square
        self.at = Prices(
            np.clip(prices.person - by * person, 0.0, self.worth), np.maximum(prices.cell - by * cell, 0.0)
        )
