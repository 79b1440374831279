"""Intervals of counted shares, and the normal distribution they lean on; arrays in, arrays out."""

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

_NORMAL = NormalDist()
_erfc = np.frompyfunc(math.erfc, 1, 1)


def normal_quantile(probability: float) -> float:
    """The value below which a standard normal variable stays with this probability (0 to 1, both excluded)."""
    return _NORMAL.inv_cdf(probability)


def two_sided(level: float) -> float:
    """How many standard errors an interval of this level (such as .95) reaches to either side: 1.96 for .95.

    Raises ValueError when the level is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"The level of an interval lies between 0 and 1; {level} does not. Give .95 for 95 %.")
    return normal_quantile((1 + level) / 2)


def student(df: float, level: float = 0.95) -> float:
    """How many standard errors an interval of this level reaches when they are estimated on df degrees of freedom (Student, 1908).

    By the expansion about the normal quantile (Abramowitz & Stegun, 1964, 26.7.5): at 95 % within .5 % from 3 degrees on. Raises
    ValueError below 1 degree, and as `two_sided`.
    """
    if df < 1:
        raise ValueError(f"An interval needs at least one degree of freedom, not {df}. Count more people.")
    z = two_sided(level)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160,
    )
    return z + sum(term / df**power for power, term in enumerate(terms, 1))


def normal_share_below(value: ArrayLike) -> Numbers:
    """The probability that a standard normal variable is at most this value, for each value."""
    shares: Numbers = 0.5 * np.asarray(_erfc(-np.asarray(value, float) / math.sqrt(2)), float)
    return shares


def normal_density(value: ArrayLike) -> Numbers:
    """The density of the standard normal distribution at each value."""
    density: Numbers = np.exp(-0.5 * np.square(np.asarray(value, float))) / math.sqrt(2 * math.pi)
    return density


def wilson(successes: ArrayLike, n: ArrayLike, level: float = 0.95) -> tuple[Numbers, Numbers]:
    """Low and high end of the interval of a share that was counted as `successes` of `n` (Wilson, 1927, JASA 22:209–212).

    successes, n: numbers or arrays that go together; they need not be whole, so that an effective number may be given. Where n is 0
    nothing is known: 0 to 1. Raises ValueError when a count is negative or not a number, or when there are more successes than n.
    """
    k, n = np.asarray(successes, float), np.asarray(n, float)
    if not (np.isfinite(k).all() and np.isfinite(n).all() and (k >= 0).all() and (k <= n).all()):
        raise ValueError("A share is so many of so many: the successes must be numbers between 0 and n.")
    z = two_sided(level)
    seen = np.where(n > 0, n, 1.0)
    share, square = k / seen, z * z / seen
    middle = (share + square / 2) / (1 + square)
    reach = z * np.sqrt(share * (1 - share) / seen + square / (4 * seen)) / (1 + square)
    low, high = np.clip(middle - reach, 0.0, 1.0), np.clip(middle + reach, 0.0, 1.0)
    low, high = (
        np.where(k == 0, 0.0, low),
        np.where(k == n, 1.0, high),
    )  # exact at the ends, where rounding would leave a crumb
    return np.where(n > 0, low, 0.0), np.where(n > 0, high, 1.0)


def jeffreys(successes: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Low and high end of the share by Bayes' rule from Jeffreys' prior: quantiles of beta(k + ½, n − k + ½).

    One count at a time; where nothing was counted so, the end is 0 or 1 (Brown, Cai & DasGupta, 2001, Statist. Sci. 16:101–133). Pages show
    `wilson`, which tests hold against this and METHODS 7.3.
    Raises ValueError as `wilson`.
    """
    wilson(successes, n, level)
    tail, a, b = (1 - level) / 2, successes + 0.5, n - successes + 0.5
    low = 0.0 if successes == 0 else _beta_quantile(tail, a, b)
    return low, 1.0 if successes == n else 1 - _beta_quantile(tail, b, a)


def _beta_quantile(share: float, a: float, b: float) -> float:
    """The value below which a beta variable stays with this probability, by halving."""
    low, high = 0.0, 1.0
    for _ in range(80):
        middle = (low + high) / 2
        if beta_below(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def beta_below(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction (Abramowitz & Stegun, 1964, 26.5.8)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_below(1 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 10_000):
        for up in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            c, d = 1 + up / c, 1 / (1 + up * d)
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * value


def margin(share: ArrayLike, n: ArrayLike, population: float | None = None, level: float = 0.95) -> Numbers:
    """Half the width of the usual (Wald) interval of a share asked of n people; with a population, corrected for its being finite.

    Answers in points of share (.1265: 12.65 points). For planning how many to ask; what was counted gets `wilson`.
    """
    p, n = np.asarray(share, float), np.asarray(n, float)
    reach: Numbers = two_sided(level) * np.sqrt(p * (1 - p) / n)
    if population is None:
        return reach
    if (n > population).any() or population < 2:
        raise ValueError("No more people can be asked than there are, and a population has at least two.")
    return reach * np.sqrt((population - n) / (population - 1))
