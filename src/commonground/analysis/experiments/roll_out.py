"""What a staggered roll-out did: units that began against units that had not yet, before and after (difference in differences).

Callaway & Sant'Anna, 2021, J. Econometrics 225:200–230: an effect for each group of units that began together and each period, against
units that had not begun; then averaged by time since the beginning. Shares are 0 to 1; periods are counted from 0.
"""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from commonground.analysis.experiments.drawing_lots import other_ways, ways
from commonground.analysis.experiments.power import plan_of
from commonground.analysis.experiments.students import student_quantile
from commonground.analysis.intervals import Numbers

NO_COMPARISON, ONE_UNIT, NO_BEFORE, DIFFERED, TOO_FEW = "no comparison", "one unit", "no before", "differed", "too few"
LEAST_DF: Final = 3  # spare units, so that their spread can be told
FEWEST_WAYS: Final = 40
MOST_WAYS: Final = 400
DRAWS: Final = 4000


class Effect(NamedTuple):
    """An estimate with its interval, and the one that holds for all periods together; None where the design gives none.

    since: periods after the beginning, below 0 before it. units: that began and stand behind it.
    """

    since: int
    estimate: float
    units: int
    low: float | None = None
    high: float | None = None
    low_all: float | None = None
    high_all: float | None = None


class TwoWay(NamedTuple):
    """What the usual regression with a mean for each unit and period says, and the share of its weights that are negative."""

    estimate: float
    negative: float


class RollOut(NamedTuple):
    """effects: by time since the beginning. overall: all periods since, each unit alike. chance: how often the same days, dealt out to the
    units anew, give an overall effect as large; ways: in how many ways. cannot: why the design does not answer, as keys; empty: it does.

    began, waiting: units that began within the periods, and that had not by their end. left_out: began before the first period.
    """

    effects: tuple[Effect, ...]
    overall: Effect | None
    two_way: TwoWay | None
    chance: float | None
    ways: int
    began: int
    waiting: int
    left_out: int
    df: int
    cannot: tuple[str, ...]


Cell = tuple[int, int]  # group's first period, period


def group_time_effects(shares: Numbers, starts: Sequence[int | None]) -> dict[Cell, float]:
    """The effect for each group and period: its mean change since the period before it began, less that of units that had not begun.

    shares: units × periods, none missing. starts: the first period of each unit with it, None: not within these periods.
    """
    return {cell: float((weights * shares).sum()) for cell, weights in _weights(shares.shape, starts).items()}


def _weights(shape: tuple[int, ...], starts: Sequence[int | None]) -> dict[Cell, Numbers]:
    """The effects as weights of the shares, so that their errors follow from those of the shares."""
    units, periods = shape
    begins = np.array([periods if one is None else one for one in starts])
    found = {}
    for group in sorted({one for one in starts if one is not None and one > 0}):
        inside = (begins == group).astype(float)
        for period in range(periods):
            outside = (begins > max(period, group - 1)) & (begins != group)
            if period == group - 1 or not outside.any():
                continue
            side = inside / inside.sum() - outside / outside.sum()
            weights = np.zeros((units, periods))
            weights[:, period], weights[:, group - 1] = side, -side
            found[group, period] = weights
    return found


def roll_out(
    shares: Numbers, starts: Sequence[int | None], *, level: float = 0.95, seed: int = 0, most_before: int = 12
) -> RollOut:
    """The effect of a roll-out by time since the beginning, and over all, with what keeps the design from answering.

    shares, starts: as `group_time_effects`; units that began before the second period are left out, since nothing is known from before.
    Errors: one spread of units' paths about the mean of their group, pooled over groups, as in Student's t; with one group and two
    periods this is ordinary least squares. Intervals for all periods together: the largest of correlated t, drawn from the seed.
    most_before: periods before the beginning that are shown.
    """
    kept = [place for place, one in enumerate(starts) if one is None or one > 0]
    left_out, starts, shares = len(starts) - len(kept), [starts[place] for place in kept], shares[kept]
    began = sum(one is not None for one in starts)
    cells = _weights(shares.shape, starts)
    cannot = _cannot(cells, began, len(starts) - began, left_out)
    if not any(period >= group for group, period in cells):
        return RollOut((), None, None, None, 0, began, len(starts) - began, left_out, 0, tuple(cannot))
    size = {group: sum(one == group for one in starts) for group, _ in cells}
    lines = _by_time(cells, size, most_before)
    spread, df = _spread(shares, starts)
    if df < LEAST_DF:
        cannot.append(TOO_FEW)
    effects = _effects(lines, shares, spread, df, level, seed) if df >= LEAST_DF else _bare(lines, shares)
    overall = _overall(cells, size, shares, spread, df, level)
    if any(
        one.since < -1 and one.low_all is not None and (one.low_all > 0 or (one.high_all or 0) < 0) for one in effects
    ):
        cannot.append(DIFFERED)
    many, chance = _chance(shares, starts, seed)
    return RollOut(
        effects,
        overall,
        _two_way(shares, starts),
        chance,
        many,
        began,
        len(starts) - began,
        left_out,
        df,
        tuple(cannot),
    )


def _cannot(cells: dict[Cell, Numbers], began: int, waiting: int, left_out: int) -> list[str]:
    after = [cell for cell in cells if cell[1] >= cell[0]]
    found = []
    if began == 0 and left_out:
        found.append(NO_BEFORE)
    if began and not after:
        found.append(NO_COMPARISON)
    if began == 1 or (waiting == 1 and began == 0):
        found.append(ONE_UNIT)
    return found


Line = tuple[Numbers, int]


def _by_time(cells: dict[Cell, Numbers], size: dict[int, int], most_before: int) -> dict[int, Line]:
    """Periods since the beginning → weights, and how many units stand behind them; each unit counts alike."""
    found: dict[int, Line] = {}
    for (group, period), weights in cells.items():
        since = period - group
        if since >= -most_before - 1:
            sum_, many = found.get(since, (np.zeros_like(weights), 0))
            found[since] = sum_ + weights * size[group], many + size[group]
    return {since: (weights / many, many) for since, (weights, many) in sorted(found.items())}


def _spread(shares: Numbers, starts: Sequence[int | None]) -> tuple[Numbers, int]:
    """How units' paths spread about the mean of those that began with them, periods × periods, and the degrees of freedom."""
    left = shares.copy()
    groups = set(starts)
    for group in groups:
        inside = [place for place, one in enumerate(starts) if one == group]
        left[inside] -= shares[inside].mean(axis=0)
    df = len(starts) - len(groups)
    return left.T @ left / max(df, 1), df


def _error(weights: Numbers, other: Numbers, spread: Numbers) -> float:
    return float(np.einsum("it,ts,is->", weights, spread, other))


def _bare(lines: dict[int, Line], shares: Numbers) -> tuple[Effect, ...]:
    return tuple(Effect(since, float((weights * shares).sum()), many) for since, (weights, many) in lines.items())


def _effects(
    lines: dict[int, Line], shares: Numbers, spread: Numbers, df: int, level: float, seed: int
) -> tuple[Effect, ...]:
    weights = [one for one, _ in lines.values()]
    cover = np.array([[_error(one, other, spread) for other in weights] for one in weights])
    errors = np.sqrt(np.maximum(np.diag(cover), 1e-18))
    one_by_one = student_quantile((1 + level) / 2, df)
    together = max(_together(cover / np.outer(errors, errors), df, level, seed), one_by_one)
    found = []
    for bare, error in zip(_bare(lines, shares), errors.tolist(), strict=True):
        near, wide = one_by_one * error, together * error
        middle = bare.estimate
        found.append(
            bare._replace(low=middle - near, high=middle + near, low_all=middle - wide, high_all=middle + wide)
        )
    return tuple(found)


def _together(alike: Numbers, df: int, level: float, seed: int) -> float:
    """How many errors all intervals must reach so that, at this level, none misses: of the largest of correlated Student variables."""
    random = np.random.default_rng(seed)
    values, vectors = np.linalg.eigh(alike)
    root = vectors * np.sqrt(np.maximum(values, 0))
    drawn = np.abs(random.standard_normal((DRAWS, len(alike))) @ root.T).max(axis=1)
    scale = np.sqrt(random.chisquare(df, DRAWS) / df)
    return float(np.quantile(drawn / scale, level))


def _overall(
    cells: dict[Cell, Numbers], size: dict[int, int], shares: Numbers, spread: Numbers, df: int, level: float
) -> Effect:
    """All periods since the beginning, each unit and period alike."""
    after = [(size[group], weights) for (group, period), weights in cells.items() if period >= group]
    weights = np.sum([many * one for many, one in after], axis=0) / sum(many for many, _ in after)
    middle, units = float((weights * shares).sum()), sum(size.values())
    if df < LEAST_DF:
        return Effect(0, middle, units)
    reach = student_quantile((1 + level) / 2, df) * math.sqrt(max(_error(weights, weights, spread), 0.0))
    return Effect(0, middle, units, middle - reach, middle + reach)


def _chance(shares: Numbers, starts: Sequence[int | None], seed: int) -> tuple[int, float | None]:
    """In how many ways the days could have been dealt out to the units, and how often that gives as large an overall effect."""
    alone = [0] * len(starts)
    many = ways(starts, alone)
    if many < FEWEST_WAYS:
        return many, None
    observed, found = _mean_after(shares, starts), []
    for dealt in other_ways(starts, alone, seed, MOST_WAYS):
        found.append(_mean_after(shares, dealt))
    return many, float(np.mean(np.abs(found) >= abs(observed) - 1e-9))


def _mean_after(shares: Numbers, starts: Sequence[int | None]) -> float:
    periods = shares.shape[1]
    begins = np.array([periods if one is None else one for one in starts])
    total, many = 0.0, 0
    for group in {one for one in starts if one is not None}:
        inside = begins == group
        for period in range(group, periods):
            outside = begins > period
            if outside.any():
                change = shares[:, period] - shares[:, group - 1]
                total += inside.sum() * (change[inside].mean() - change[outside].mean())
                many += int(inside.sum())
    return total / many if many else 0.0


def _two_way(shares: Numbers, starts: Sequence[int | None]) -> TwoWay | None:
    """The regression on a mean for each unit and period, whose weights are the plan without these means (Goodman-Bacon, 2021;
    de Chaisemartin & D'Haultfœuille, 2020). None where the plan is the same for all."""
    plan = plan_of(starts, shares.shape[1])
    left = plan - plan.mean(axis=1, keepdims=True) - plan.mean(axis=0, keepdims=True) + plan.mean()
    size = float((left**2).sum())
    if size < 1e-12:
        return None
    used = left[plan > 0]
    negative = float(-used[used < 0].sum() / np.abs(used).sum()) if len(used) else 0.0
    return TwoWay(float((left * shares).sum()) / size, negative)
