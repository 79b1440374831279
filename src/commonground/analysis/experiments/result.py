"""What an experiment on units showed: the difference with its interval, by comparing within weeks and by dealing the beginnings out anew.

Each unit is compared with itself before anybody began; then, week by week, those who try the new thing with those who do not yet. So what
moves all units alike is in neither side. Shares are 0 to 1, differences in points of share (.05: 5 points).
"""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.experiments.drawing_lots import Starts, other_ways, ways
from commonground.analysis.experiments.power import plan_of
from commonground.analysis.experiments.students import student_quantile
from commonground.analysis.intervals import Numbers

BETTER, WORSE, LESS, UNCLEAR, NOTHING = "better", "worse", "less", "unclear", "nothing"
FEWEST_WAYS: Final = 40  # of which the ends of an interval of 95 % can be read
WIDEST: Final = 2.0  # no difference of shares is larger
CRUMB: Final = 1e-9


class Unit(NamedTuple):
    """A unit in the result. before, during: its mean share before anybody began, and since; None where no week is shown."""

    before: float | None
    during: float | None
    tries: bool


class Result(NamedTuple):
    """difference: since the beginning, against those without it and against before; low, high: its interval, None where it has no end.

    by: “t” (units' changes, Student) or “lots” (the beginnings dealt out anew); df: of the first. chance: how often dealing out anew
    gives a difference at least as large; ways: in how many ways it could have been dealt. weeks: weeks in which both kinds of units were
    seen. why: what keeps it from being said, where it is not.
    """

    difference: float | None
    low: float | None
    high: float | None
    by: str
    df: int
    chance: float | None
    ways: int
    weeks: int
    units: tuple[Unit, ...]
    why: str = ""

    def said(self, hoped: float) -> str:
        """What it says of a difference that was hoped for: BETTER or WORSE where the interval leaves nothing out; LESS where it leaves out
        what was hoped for; UNCLEAR where it holds both that and nothing; NOTHING where there is no difference to speak of."""
        if self.difference is None:
            return NOTHING
        if self.low is None or self.high is None:
            return UNCLEAR
        if self.low > 0:
            return BETTER
        if self.high < 0:
            return WORSE
        return LESS if (self.high < hoped if hoped >= 0 else self.low > hoped) else UNCLEAR


def compare(
    shares: Numbers, starts: Sequence[int | None], groups: Sequence[int], *, level: float = 0.95, seed: int = 0
) -> Result:
    """The result of an experiment.

    shares: units × weeks, NaN where a week is not shown. starts: the week in which each unit began, None: never. groups: those within
    which the beginnings were drawn (`drawing_lots`). Units that all begin at once are compared by their changes (Student's t with as many
    degrees of freedom as units less two: with few units, groups are drawn from but not paired in the end, Diehr et al., 1995). Units that
    begin in steps are compared within weeks, and the interval holds the effects that dealing out anew does not contradict (Fisher, 1935;
    Ji et al., 2017, for steps). Raises ValueError when lengths differ.
    """
    if not len(shares) == len(starts) == len(groups):
        raise ValueError("Each unit needs its shares, its beginning and its group.")
    first = min((one for one in starts if one is not None), default=None)
    many = ways(starts, groups)
    if first is None or first < 1:
        return Result(None, None, None, "", 0, None, many, 0, (), "No week is known from before anybody began.")
    units = _units(shares, starts, first)
    since = _Since(shares, first)
    observed, weeks = since.difference(plan_of(starts, shares.shape[1]))
    if not math.isfinite(observed):
        return Result(None, None, None, "", 0, None, many, 0, units, "In no week were both kinds of units seen.")
    dealt = other_ways(starts, groups, seed)
    lots = _Lots(since, starts, dealt, shares.shape[1])
    chance = lots.chance(0.0)
    if len({one for one in starts if one is not None}) == 1:
        low, high, df = _by_t(units, observed, level)
        why = "" if df > 0 else "With two units nothing says how far apart they would have been anyway."
        return Result(observed, low, high, "t", df, chance, many, weeks, units, why)
    if many < FEWEST_WAYS:
        why = f"The beginnings could have been dealt out in {many} ways only; an interval needs {FEWEST_WAYS}."
        return Result(observed, None, None, "lots", 0, chance, many, weeks, units, why)
    low, high = lots.end(-1, 1 - level), lots.end(1, 1 - level)
    return Result(observed, low, high, "lots", 0, chance, many, weeks, units)


def so_far(shares: Numbers, starts: Sequence[int | None]) -> float | None:
    """The difference while it runs, for the stop rule alone: without an interval, since looking early and often finds what is not there."""
    first = min((one for one in starts if one is not None), default=None)
    if first is None or not 1 <= first < shares.shape[1]:
        return None
    difference, weeks = _Since(shares, first).difference(plan_of(starts, shares.shape[1]))
    return difference if weeks else None


def _units(shares: Numbers, starts: Sequence[int | None], first: int) -> tuple[Unit, ...]:
    return tuple(
        Unit(_mean(row[:first]), _mean(row[first:]), start is not None)
        for row, start in zip(shares, starts, strict=True)
    )


def _mean(values: Numbers) -> float | None:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else None


def _by_t(units: Sequence[Unit], middle: float, level: float) -> tuple[float | None, float | None, int]:
    """The interval of units' changes about the difference, with one spread for both kinds (Student, 1908)."""
    changes = [
        [
            one.during - one.before
            for one in units
            if one.tries is tries and one.before is not None and one.during is not None
        ]
        for tries in (True, False)
    ]
    df = sum(map(len, changes)) - 2
    if df < 1 or not all(changes):
        return None, None, 0
    spread = sum(float(np.var(part)) * len(part) for part in changes) / df
    reach = student_quantile((1 + level) / 2, df) * math.sqrt(spread * sum(1 / len(part) for part in changes))
    return middle - reach, middle + reach, df


class _Since:
    """Shares against each unit's own before, from the first beginning on; what is not shown weighs nothing."""

    def __init__(self, shares: Numbers, first: int) -> None:
        known = np.isfinite(shares)
        count = known[:, :first].sum(axis=1)
        before = np.where(known, shares, 0.0)[:, :first].sum(axis=1) / np.maximum(count, 1)
        self.first = first
        self.seen = (known & (count > 0)[:, None]).astype(float)[:, first:]
        self.change = np.where(self.seen > 0, shares[:, first:] - before[:, None], 0.0)

    def difference(self, plan: Numbers) -> tuple[float, int]:
        """The difference for one plan (units × weeks), and in how many weeks both kinds were seen; NaN where in none."""
        found = self.differences(plan[None], self.change)
        new = plan[:, self.first :] * self.seen
        both = (new.sum(axis=0) > 0) & ((self.seen - new).sum(axis=0) > 0)
        return float(found[0]), int(both.sum())

    def differences(self, plans: Numbers, values: Numbers) -> Numbers:
        """For each plan (ways × units × weeks): weekly differences of means, weighed by how many units tell them."""
        new = plans[:, :, self.first :] * self.seen
        with_it, without = new.sum(axis=1), (self.seen - new).sum(axis=1)
        tops = (new * values).sum(axis=1), ((self.seen - new) * values).sum(axis=1)
        gaps = tops[0] / np.maximum(with_it, 1) - tops[1] / np.maximum(without, 1)
        weight = with_it * without / np.maximum(with_it + without, 1)
        total = weight.sum(axis=1)
        answer: Numbers = np.where(total > 0, (gaps * weight).sum(axis=1) / np.where(total > 0, total, 1), np.nan)
        return answer


class _Lots:
    """The difference that each other way of dealing out would have given, for any true effect: a line in that effect."""

    def __init__(self, since: _Since, starts: Sequence[int | None], dealt: Sequence[Starts], weeks: int) -> None:
        own = plan_of(starts, weeks)
        plans = np.array([plan_of(one, weeks) for one in dealt])
        self.observed = since.difference(own)[0]
        self.seen = since.differences(plans, since.change)
        self.slope = since.differences(plans, own[:, since.first :] * since.seen)

    def chance(self, effect: float) -> float:
        """How often dealing out anew gives a difference at least as far from an effect as the observed one."""
        far: NDArray[np.bool_] = np.abs(self.seen - effect * self.slope) >= abs(self.observed - effect) - CRUMB
        return float(far.mean())

    def end(self, side: int, least: float) -> float | None:
        """The effect at which that becomes rarer than `least`, to one side; None where it never does."""
        near, far = self.observed, self.observed + side * WIDEST
        if self.chance(far) > least:
            return None
        for _ in range(40):
            middle = (near + far) / 2
            near, far = (middle, far) if self.chance(middle) > least else (near, middle)
        return far
