"""What an experiment on units could see before it is run: the error of its answer, and the smallest difference it would not miss.

A unit's share in a week is its own level, what moves all units alike, the effect where the new thing is tried, and noise. Levels differ
between units; noise differs from week to week and may be alike in neighbouring weeks. Shares are 0 to 1.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from commonground.analysis.experiments.students import detectable_shift, power_of_t
from commonground.analysis.intervals import Numbers

LEVEL, WANTED = 0.95, 0.8
LEAST_HISTORY = 6  # weeks of two units or more, before their noise is known
MOST_ALIKE = 0.95


class Noise(NamedTuple):
    """between: standard deviation of units' levels; within: of a unit's week around them; alike: correlation of a week with the next."""

    between: float
    within: float
    alike: float = 0.0


class Power(NamedTuple):
    """What a plan could see. error: the standard error of its answer; detectable: the difference seen in `WANTED` of all cases, None
    where no number of weeks would do; power: how often the hoped difference would be seen; df: degrees of freedom."""

    units: int
    weeks: int
    error: float
    df: int
    detectable: float | None
    power: float | None

    def sees(self, hoped: float) -> bool:
        """Whether a difference of this size would be seen in 4 of 5 cases."""
        return self.detectable is not None and self.detectable <= abs(hoped)


def design_effect(sizes: Sequence[float], icc: float) -> float:
    """By how much people in groups tell less than as many drawn one by one: 1 + ((1 + cv²)·m − 1)·icc (Eldridge, Ashby & Kerry, 2006).

    sizes: people or occasions of each unit; icc: how alike those of one unit are, 0 to 1. Equal sizes give Donner & Klar's 1 + (m − 1)·icc.
    """
    counts = np.asarray(sizes, float)
    mean = counts.mean()
    return float(1 + (mean + counts.var() / mean - 1) * icc)


def assumed(share: float, occasions: float, icc: float, alike: float = 0.0) -> Noise:
    """The noise of units that nobody has measured: a share, so many occasions a week in each unit, and how alike those of a unit are."""
    spread = share * (1 - share)
    return Noise(math.sqrt(spread * icc), math.sqrt(spread * (1 - icc) / occasions), alike)


def noise_of(shares: Numbers) -> Noise | None:
    """The noise that past weeks show: what is left of the shares without the level of each unit and the movement of each week.

    shares: units × weeks, NaN where a week is not shown. None with fewer than two units or six weeks that all of them have.
    """
    known = shares[:, np.isfinite(shares).all(axis=0)]
    units, weeks = known.shape
    if units < 2 or weeks < LEAST_HISTORY:
        return None
    levels = known.mean(axis=1, keepdims=True)
    left = known - levels - known.mean(axis=0, keepdims=True) + known.mean()
    freedom = (units - 1) * (weeks - 1)
    within = float((left**2).sum() / freedom)
    between = float(levels.var(ddof=1)) - within / weeks
    seen = float((left[:, 1:] * left[:, :-1]).sum() / max((left**2).sum(), 1e-12))
    alike = min(
        max((seen * weeks + 1) / (weeks - 1), 0.0), MOST_ALIKE
    )  # the sample's own mean pulls it down by about 1 ÷ weeks
    return Noise(math.sqrt(max(between, 0.0)), math.sqrt(within), alike)


def plan_of(starts: Sequence[int | None], weeks: int) -> Numbers:
    """1 where a unit tries the new thing in a week, units × weeks. starts: the first week of each, None: never."""
    week = np.arange(weeks)
    return np.array([np.zeros(weeks) if one is None else (week >= one).astype(float) for one in starts])


def error_of(plan: Numbers, noise: Noise, sizes: Sequence[float] | None = None) -> float:
    """The standard error of the effect by generalised least squares, with a mean for each week and a level for each unit at random.

    plan: as `plan_of`. sizes: occasions of each unit, so that the noise of small ones weighs more; None: all alike. Infinite where the plan
    cannot tell an effect from the movement of all. Hussey & Hughes (2007) with noise that is alike from week to week.
    """
    units, weeks = plan.shape
    apart = np.abs(np.subtract.outer(np.arange(weeks), np.arange(weeks)))
    serial = noise.within**2 * noise.alike**apart
    relative = np.ones(units) if sizes is None else np.mean(sizes) / np.asarray(sizes, float)
    weights = [np.linalg.inv(noise.between**2 + serial * one + 1e-12 * np.eye(weeks)) for one in relative]
    lean = np.sum([weight @ row for weight, row in zip(weights, plan, strict=True)], axis=0)
    told = sum(float(row @ weight @ row) for weight, row in zip(weights, plan, strict=True))
    told -= float(lean @ np.linalg.solve(np.sum(weights, axis=0), lean))
    return 1 / math.sqrt(told) if told > 1e-9 * max(1.0, float(plan.sum())) else math.inf


def hussey_hughes(plan: Numbers, noise: Noise) -> float:
    """The variance of the effect in closed form where weeks are not alike (Hussey & Hughes, 2007, Contemp. Clin. Trials 28:182–191)."""
    units, weeks = plan.shape
    used, by_week, by_unit = plan.sum(), (plan.sum(axis=0) ** 2).sum(), (plan.sum(axis=1) ** 2).sum()
    noise2, level2 = noise.within**2, noise.between**2
    top = units * noise2 * (noise2 + weeks * level2)
    below = (units * used - by_week) * noise2 + (
        used**2 + units * weeks * used - weeks * by_week - units * by_unit
    ) * level2
    return float(top / below) if below > 0 else math.inf


def power_of(plan: Numbers, noise: Noise, hoped: float, sizes: Sequence[float] | None = None) -> Power:
    """What a plan could see, with as many degrees of freedom as units less two, since units, not people, are drawn.

    hoped: the difference in points of share (.05: 5 points). Raises ValueError for one that is not a number.
    """
    if not math.isfinite(hoped):
        raise ValueError("The effect that is hoped for is a number of points.")
    units, weeks = plan.shape
    error, df = error_of(plan, noise, sizes), units - 2
    if df < 1 or not math.isfinite(error):
        return Power(units, weeks, error, df, None, None)
    return Power(
        units, weeks, error, df, error * detectable_shift(df, LEVEL, WANTED), power_of_t(abs(hoped) / error, df)
    )
