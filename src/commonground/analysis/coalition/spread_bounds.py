"""How good seeds chosen from samples are: bounds that hold with a stated chance (Tang et al. 2018), from the Lagrangian dual."""

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.coalition.bounding import Bounding, Prices
from commonground.analysis.coalition.demands import Demands
from commonground.analysis.coalition.network import Floats, Ints, Rows
from commonground.analysis.coalition.standing import Question, Standing, fill
from commonground.analysis.coalition.swapping import swap

FIRST_CANDIDATES, MOST_CANDIDATES = 1000, 16_000
MOST_SWAPS = 400


def at_least(hits: int, sets: int, doubt: float) -> float:
    """The share of sets that is hit, at the least, seen that so many were; wrong with a chance of at most e^−doubt."""
    low = max(sqrt(hits + 2 * doubt / 9) - sqrt(doubt / 2), 0.0) ** 2 - doubt / 18
    return max(low, 0.0) / sets


def at_most(hits: float, sets: int, doubt: float) -> float:
    """The share that is hit by a choice fixed before the sets were drawn, of which no more than so many are hit. Likewise."""
    return (sqrt(hits + doubt / 2) + sqrt(doubt / 2)) ** 2 / sets


@dataclass(frozen=True)
class Asked:
    """Who may be chosen and what must be among them. plan: people beside the fixed ones who meet all demands."""

    count: int
    eligible: NDArray[np.bool_]
    fixed: tuple[int, ...]
    demands: Demands
    plan: tuple[int, ...]

    @property
    def seats(self) -> int:
        return min(self.count - len(self.fixed), int(self.eligible.sum()))


class Sample:
    """Sets of people; a choice hits those in which somebody chosen is. Choosing who hits most is a problem of coverage."""

    def __init__(self, asked: Asked, sets: Rows) -> None:
        self.asked, self.sets = asked, sets
        self.owner = np.repeat(np.arange(len(sets), dtype=np.int32), sets.sizes)
        fixed = np.zeros(sets.wide, bool)
        fixed[list(asked.fixed)] = True
        self.open = np.ones(len(sets), bool)
        self.open[self.owner[fixed[sets.items]]] = False
        still = self.open[self.owner]
        self.hits = np.bincount(sets.items[still], minlength=sets.wide)
        self.already = int((~self.open).sum())
        self.order = np.argsort(-np.where(asked.eligible, self.hits, -1), kind="stable")

    def choose(self, *, swaps: bool = False) -> list[int]:
        """Always the one who adds most, demands kept; as many people as it takes are looked at for that to be so."""
        wide = max(FIRST_CANDIDATES, 4 * self.asked.count)
        while True:
            self.small = Small(self, self._candidates(wide))
            standing = Standing(self.small.question)
            fill(standing)
            left = self._best_left(wide)
            last = standing.loss[next(reversed(standing.chosen), 0)]  # what the last one added
            if left <= last or wide >= min(self.sets.wide, MOST_CANDIDATES):
                break
            wide *= 4
        if swaps:
            budget = iter(range(MOST_SWAPS))
            swap(standing, lambda: next(budget, None) is not None)
        return [int(self.small.people[one]) for one in standing.chosen]

    def _candidates(self, wide: int) -> Ints:
        named = np.array([*self.asked.fixed, *self.asked.plan], np.int64)
        return np.unique(np.concatenate([self.order[:wide], named]))

    def _best_left(self, wide: int) -> int:
        return int(self.hits[self.order[wide]]) if wide < self.sets.wide else 0

    def hit(self, chosen: list[int]) -> int:
        """How many of the sets these hit."""
        taken = np.zeros(self.sets.wide, bool)
        taken[chosen] = True
        there = np.zeros(len(self.sets), bool)
        there[self.owner[taken[self.sets.items]]] = True
        return int(there.sum())

    def ceiling(self, steps: int) -> float:
        """No choice of so many hits more sets: prices found on the candidates, reckoned for everybody. Demands of cover are left out,
        which can only raise it. Needs `choose` before."""
        free = replace(self.small.question, demands=Demands.read((), self.small.question.reach.wide), plan=())
        bounding = Bounding(free, self.small.first_prices(free))
        bounding.improve(0.0, steps, lambda: True)
        share = self.small.share(bounding.best.prices)
        return min(self._reckoned(share), float(len(self.sets)))

    def _reckoned(self, share: Floats) -> float:
        """The dual value of these prices, each a share of the one that a set is worth."""
        share = np.where(self.open, share, 0.0)
        pay = np.bincount(self.sets.items, np.repeat(share, self.sets.sizes), minlength=self.sets.wide)
        paid = np.sort(pay[self.asked.eligible])[::-1][: self.asked.seats]
        return self.already + float((self.open - share).sum()) + float(paid.sum())


class Small:
    """The same problem with the most promising people alone, sets with the same of them taken together."""

    def __init__(self, sample: Sample, people: Ints) -> None:
        self.people = people
        place = np.full(sample.sets.wide, -1, np.int32)
        place[people] = np.arange(len(people))
        kept = (place[sample.sets.items] >= 0) & sample.open[sample.owner]
        owner, local = sample.owner[kept], place[sample.sets.items[kept]]
        marks = np.random.default_rng(7).integers(0, 2**63, len(people), dtype=np.uint64)
        starts = np.nonzero(np.diff(owner, prepend=-1))[0]
        self.some = owner[starts]  # the sets in which one of them is
        mark = np.add.reduceat(marks[local], starts) if len(starts) else np.zeros(0, np.uint64)
        _, first, self.group, self.times = np.unique(mark, return_index=True, return_inverse=True, return_counts=True)
        sizes = np.diff(np.append(starts, len(owner)))
        offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
        members = Rows(offsets, local.astype(np.int32), len(people)).kept(first)
        self.sets = len(sample.sets)
        self.question = self._question(sample.asked, members)

    def _question(self, asked: Asked, members: Rows) -> Question:
        wide = max(len(self.people), len(members), 1)
        reach = _padded(members.turned, wide)
        eligible, weight = np.zeros(wide, bool), np.zeros(wide)
        eligible[: len(self.people)] = asked.eligible[self.people]
        weight[: len(members)] = self.times
        of = np.full((len(asked.demands.of), wide), -1, np.int32)
        of[:, : len(self.people)] = asked.demands.of[:, self.people]
        at = {int(one): place for place, one in enumerate(self.people)}
        fixed, plan = (tuple(at[one] for one in named) for named in (asked.fixed, asked.plan))
        return Question(reach, weight, asked.count, eligible, fixed, Demands(asked.demands.cells, of), plan)

    def first_prices(self, asked: Question) -> Prices:
        """What greedy leaves: a set that is hit once is half owed to who hits it, one hit more often less."""
        standing = Standing(asked)
        fill(standing)
        share = np.where(standing.times == 0, 1.0, np.where(standing.times == 1, 0.8, 0.3))
        return Prices(asked.weight * share, np.zeros(0))

    def share(self, prices: Prices) -> Floats:
        """For each set of the whole sample its price; 1 where none of the people is in it."""
        made = np.ones(self.sets)
        weight = np.maximum(self.question.weight[: len(self.times)], 1.0)
        made[self.some] = (prices.person[: len(self.times)] / weight)[self.group]
        return np.clip(made, 0.0, 1.0)


def _padded(rows: Rows, wide: int) -> Rows:
    """The same rows with empty ones behind them."""
    more = np.full(wide - len(rows), rows.offsets[-1], np.int64)
    return Rows(np.concatenate([rows.offsets, more]), rows.items, wide)
