"""Two states, the new way and the old: how fast people take the new one up and give it up, and where that settles."""

from math import exp

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.intervals import two_sided
from commonground.analysis.pace.figures import Steady
from commonground.analysis.pace.sustained import PersonWeeks

Numbers = NDArray[np.float64]
TURNS = 5  # changes each way that must have been seen
PEOPLE = 8


def level(adopt: float, relapse: float) -> float:
    """The share of people at the new way in the long run: λ ÷ (λ + μ) (METHODS 4.2). Raises ValueError for rates that are both 0."""
    if adopt < 0 or relapse < 0 or adopt + relapse == 0:
        raise ValueError("Without anybody taking the new way up or giving it up there is nothing that settles.")
    return adopt / (adopt + relapse)


def after(adopt: float, relapse: float, weeks: float) -> float:
    """The share at the new way so many weeks after nobody was: A*(1 − e^(−(λ+μ)t)) (METHODS 4.2)."""
    return level(adopt, relapse) * (1 - exp(-(adopt + relapse) * weeks))


def steady(rows: PersonWeeks, group: NDArray[np.int32], groups: int, *, people: int = PEOPLE) -> list[Steady | None]:
    """For each group the rates a week and the level, from the changes between one week with an occasion and the next.

    In a week, a person is at the new way when at least half of their occasions went it. adopt: changes to the new way over the weeks
    that people spent at the old one before their next week with an occasion; relapse likewise. group: of each row, −1 where none.
    The interval (95 %) stands on the logarithm of adopt ÷ relapse, its variance between people, who change in ways of their own, added
    up for each person (a sandwich). n: people seen in two weeks at least. Enough data: 8 people and 5 changes each way, else None.
    """
    at_new = 2 * rows.new >= rows.occasions
    pair = (rows.person[1:] == rows.person[:-1]) & (group[1:] == group[:-1]) & (group[1:] >= 0)
    before, now = at_new[:-1][pair], at_new[1:][pair]
    weeks = (rows.week[1:] - rows.week[:-1])[pair].astype(float)
    person = rows.person[1:][pair]
    begins = np.concatenate([[True], person[1:] != person[:-1]])[: len(person)]
    heads = np.flatnonzero(begins)
    if not len(heads):
        return [None] * groups
    of = group[1:][pair][heads]
    kinds = (~before & now, weeks * ~before, before & ~now, weeks * before)
    each = np.vstack([np.add.reduceat(values.astype(float), heads) for values in kinds])
    total = np.vstack([np.bincount(of, weights=values, minlength=groups) for values in each])
    seen = np.bincount(of, minlength=groups)
    enough = (seen >= people) & (total[0] >= TURNS) & (total[2] >= TURNS)
    up, down = (total[place] / np.where(total[place + 1] > 0, total[place + 1], 1) for place in (0, 2))
    some = np.where(enough, total[[0, 2]], 1)
    pull = (each[0] - up[of] * each[1]) / some[0][of] - (each[2] - down[of] * each[3]) / some[1][of]
    spread = np.bincount(of, weights=pull**2, minlength=groups) * seen / np.maximum(seen - 1, 1)
    return [
        _answer(float(up[one]), float(down[one]), float(spread[one]), int(seen[one])) if enough[one] else None
        for one in range(groups)
    ]


def _answer(adopt: float, relapse: float, variance: float, people: int) -> Steady:
    reach = exp(two_sided(0.95) * variance**0.5)
    odds = adopt / relapse
    return Steady(
        adopt,
        relapse,
        level(adopt, relapse),
        odds / reach / (1 + odds / reach),
        odds * reach / (1 + odds * reach),
        people,
    )
