"""Two states, the new way and the old: how fast people take the new one up and give it up, and where that settles."""

from math import exp
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.intervals import two_sided
from commonground.analysis.pace.figures import Steady
from commonground.analysis.pace.flat import student
from commonground.analysis.pace.sustained import PersonWeeks

Numbers = NDArray[np.float64]
TURNS = 5  # changes each way that must have been seen
PEOPLE = 8
WINDOW = 26  # weeks


def level(adopt: float, relapse: float) -> float:
    """The share of people at the new way in the long run: λ ÷ (λ + μ) (METHODS 4.2). Raises ValueError for rates that are both 0."""
    if adopt < 0 or relapse < 0 or adopt + relapse == 0:
        raise ValueError("Without anybody taking the new way up or giving it up there is nothing that settles.")
    return adopt / (adopt + relapse)


def after(adopt: float, relapse: float, weeks: float) -> float:
    """The share at the new way so many weeks after nobody was: A*(1 − e^(−(λ+μ)t)) (METHODS 4.2)."""
    return level(adopt, relapse) * (1 - exp(-(adopt + relapse) * weeks))


def steady(rows: PersonWeeks, group: NDArray[np.int32], groups: int, *, people: int = PEOPLE) -> list[Steady | None]:
    """For each group the rates a week and the level, from the changes between one week with an occasion and the next, of the last 26 weeks.

    In a week, a person is at the new way when at least half of their occasions went it. adopt: changes to the new way over the weeks
    that people spent at the old one before their next week with an occasion; relapse likewise. group: of each row, −1 where none.
    Intervals (95 %) stand on the logarithms of the rates and of one over the other, their variances being those between people, who
    change in ways of their own (a sandwich). n: people seen in two weeks at least. Enough data: 8 people and 5 changes each way. None
    without, and while a rate still changes: then nothing settles at what both halves together say.
    """
    if not len(rows.week):
        return [None] * groups
    turns = _turns(rows, group, since=int(rows.week.max()) - WINDOW + 1)
    if not len(turns.of):
        return [None] * groups
    total = np.vstack([np.bincount(turns.of, weights=values, minlength=groups) for values in turns.each])
    seen = np.bincount(turns.of, minlength=groups)
    enough = (seen >= people) & (total[0] >= TURNS) & (total[2] >= TURNS) & ~_changing(turns, groups)
    up, down = (total[place] / np.where(total[place + 1] > 0, total[place + 1], 1) for place in (0, 2))
    some = np.where(enough, total[[0, 2]], 1)
    pulls = [
        (turns.each[place] - rate[turns.of] * turns.each[place + 1]) / some[at][turns.of]
        for at, place, rate in ((0, 0, up), (1, 2, down))
    ]
    more = seen / np.maximum(seen - 1, 1)
    spread = np.vstack([
        np.bincount(turns.of, weights=pull**2, minlength=groups) * more for pull in (*pulls, pulls[0] - pulls[1])
    ])  # fmt: skip
    return [
        _answer(float(up[one]), float(down[one]), spread[:, one], int(seen[one])) if enough[one] else None
        for one in range(groups)
    ]


class _Turns(NamedTuple):
    """For each person the changes to the new way, weeks at the old one before, changes back, weeks at the new one: shape (4, people).

    of: the person's group. late: the same of the second half of the weeks alone.
    """

    each: Numbers
    late: Numbers
    of: NDArray[np.int32]


def _turns(rows: PersonWeeks, group: NDArray[np.int32], since: int) -> _Turns:
    at_new = 2 * rows.new >= rows.occasions
    pair = (rows.person[1:] == rows.person[:-1]) & (group[1:] == group[:-1]) & (group[1:] >= 0)
    pair &= rows.week[:-1] >= since
    before, now = at_new[:-1][pair], at_new[1:][pair]
    weeks = (rows.week[1:] - rows.week[:-1])[pair].astype(float)
    person = rows.person[1:][pair]
    heads = np.flatnonzero(np.concatenate([[True], person[1:] != person[:-1]])[: len(person)])
    kinds = np.vstack([~before & now, weeks * ~before, before & ~now, weeks * before]).astype(float)
    late = kinds * (rows.week[1:][pair] >= since + WINDOW // 2)
    if not len(heads):
        return _Turns(kinds, late, np.zeros(0, dtype=np.int32))
    return _Turns(np.add.reduceat(kinds, heads, axis=1), np.add.reduceat(late, heads, axis=1), group[1:][pair][heads])


def _changing(turns: _Turns, groups: int) -> NDArray[np.bool_]:
    """Whether a group's rates differ between the first and the second half of the weeks: either one by more than chance (95 % for both)."""
    sums = [
        np.vstack([np.bincount(turns.of, weights=values, minlength=groups) for values in part])
        for part in (turns.each - turns.late, turns.late)
    ]
    found = np.zeros(groups, dtype=np.bool_)
    for place in (0, 2):
        n = [part[place] + 0.5 for part in sums]
        weeks = [part[place + 1] + 0.5 for part in sums]
        apart = np.abs(np.log(n[0] / weeks[0]) - np.log(n[1] / weeks[1]))
        found |= apart > two_sided(1 - 0.05 / 2) * np.sqrt(1 / n[0] + 1 / n[1])
    return found


def _answer(adopt: float, relapse: float, variance: Numbers, people: int) -> Steady:
    """variance: of the logarithms of the two rates and of the odds of the level, which are one rate over the other."""
    (up, down), odds = (
        [_within(rate, one, people) for rate, one in zip((adopt, relapse), variance, strict=False)],
        _within(adopt / relapse, float(variance[2]), people),
    )
    low, high = (one / (1 + one) for one in odds)
    return Steady(adopt, relapse, level(adopt, relapse), low, high, people, up, down)


def _within(value: float, variance: float, people: int) -> tuple[float, float]:
    reach = exp(student(people - 1) * variance**0.5)  # few people: the variance between them is itself not well known
    return value / reach, value * reach
