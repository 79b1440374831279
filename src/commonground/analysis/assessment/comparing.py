"""Two sets of answers beside each other: one wave and the next, a unit and the rest, early and late answers, now and wanted.

Each set must be one that may be shown: the threshold is asked before. Early against late: answers carry no time, so the two sets are to
be counted apart (as a round that ends with the reminder and one that begins with it), each of them under the threshold of its own.
"""

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.analysis.assessment.distribution import Share, share
from commonground.analysis.assessment.ordered_probit import ordered_probit
from commonground.analysis.intervals import student, two_sided

Numbers = NDArray[np.float64]

FEWEST: Final = 5  # answers on either side


class Way(StrEnum):
    """What the comparison says. UNCLEAR: no telling from these answers, which is not the same as no difference."""

    MORE = "more"
    LESS = "less"
    UNCLEAR = "no telling"


class Superiority(NamedTuple):
    """Of all pairs of one answer each, in how many the second is higher, ties counted half. delta: how much more often it is higher than
    lower (Cliff, 1993), −1 to 1."""

    share: float
    low: float
    high: float
    delta: float


class Compared(NamedTuple):
    """The second set against the first. shift, low, high: ordered probit, in standard deviations; None where it cannot be fitted.

    n: answers of each. way: whether the interval of the shift, else that of the superiority, leaves nought on one side.
    """

    way: Way
    shift: float | None
    low: float | None
    high: float | None
    superiority: Superiority
    n: tuple[int, int]


class Wanted(NamedTuple):
    """Of people who answered twice: the share whose second answer is higher, the same, lower."""

    more: Share
    same: Share
    less: Share


def compared(first: Sequence[int], second: Sequence[int], level: float = 0.95) -> Compared | None:
    """The answers of two groups of different people. first, second: how many gave each answer, from the lowest, of the same scale.

    None, not enough data yet, where either has fewer than 5 answers. Raises ValueError when the scales differ in length.
    """
    one, other = np.asarray(first, float), np.asarray(second, float)
    if one.shape != other.shape or one.ndim != 1 or (one < 0).any() or (other < 0).any():
        raise ValueError("Give how many gave each answer, of the same answers for both.")
    n = int(one.sum()), int(other.sum())
    if min(n) < FEWEST:
        return None
    better = superiority(first, second, level)
    fit = ordered_probit(np.vstack([one, other]), level)
    low, high, middle = (better.low, better.high, 0.5) if fit is None else (float(fit.low[1]), float(fit.high[1]), 0.0)
    way = Way.MORE if low > middle else Way.LESS if high < middle else Way.UNCLEAR
    if fit is None:
        return Compared(way, None, None, None, better, n)
    return Compared(way, float(fit.shift[1]), low, high, better, n)


def superiority(first: Sequence[int], second: Sequence[int], level: float = 0.95) -> Superiority:
    """Probability of superiority and Cliff's delta of two sets of counts, with the interval of Feng & Cliff (2004), which is not even.

    Raises ValueError where either has no answer.
    """
    one, other = np.asarray(first, float), np.asarray(second, float)
    n, m = one.sum(), other.sum()
    if not (n and m):
        raise ValueError("Both sides need at least one answer.")
    sign = np.sign(np.subtract.outer(np.arange(len(other)), np.arange(len(one)))).astype(float)
    delta = float(other @ sign @ one / (n * m))
    low, high = _delta_interval(one, other, sign, delta, level)
    return Superiority((1 + delta) / 2, (1 + low) / 2, (1 + high) / 2, delta)


def _delta_interval(one: Numbers, other: Numbers, sign: Numbers, delta: float, level: float) -> tuple[float, float]:
    n, m = float(one.sum()), float(other.sum())
    if min(n, m) < 2:
        return -1.0, 1.0
    if abs(delta) == 1:  # nothing overlaps: as if the next answer of the smaller side were open
        z = two_sided(level)
        end = (min(n, m) - z * z) / (min(n, m) + z * z)
        return (end, 1.0) if delta > 0 else (-1.0, -end)
    within_one = float(one @ (other @ sign / m - delta) ** 2)
    within_other = float(other @ (sign @ one / n - delta) ** 2)
    pairs = float(other @ (sign - delta) ** 2 @ one)
    variance = (n * n * within_other + m * m * within_one - pairs) / (n * m * (n - 1) * (m - 1))
    variance = max(variance, (1 - delta**2) / (n * m - 1))
    z = student(n + m - 2, level)
    reach = z * math.sqrt(variance) * math.sqrt((1 - delta**2) ** 2 + z * z * variance)
    below = 1 - delta**2 + z * z * variance
    return max(-1.0, (delta - delta**3 - reach) / below), min(1.0, (delta - delta**3 + reach) / below)


def wanted(now: ArrayLike, then: ArrayLike, invited: int | None = None, level: float = 0.95) -> Wanted | None:
    """Of the same people's two answers, as now and wanted: how many want more, the same, less. NaN is left out by pairs.

    now, then: one answer a person, in the same order. None, not enough data yet, for fewer than 5 pairs.
    """
    one, other = np.asarray(now, float), np.asarray(then, float)
    told = np.isfinite(one) & np.isfinite(other)
    n = int(told.sum())
    if n < FEWEST:
        return None
    more, less = int((other > one)[told].sum()), int((other < one)[told].sum())
    return Wanted(*(share(count, n, invited, level) for count in (more, n - more - less, less)))


def as_difference(r: float) -> tuple[float, float]:
    """What a correlation comes to: the difference of two even groups in standard deviations, and the share of variance it explains.

    For reading published findings; METHODS 2.2 is checked on it.
    """
    if not -1 < r < 1:
        raise ValueError(f"A correlation lies between −1 and 1; {r} does not.")
    return 2 * r / math.sqrt(1 - r * r), r * r
