"""Student's distribution, central and not: what power with few units rests on."""

import math
from functools import lru_cache

import numpy as np

from commonground.analysis.intervals import beta_below, normal_share_below

NODES, WEIGHTS = np.polynomial.legendre.leggauss(240)


def student_below(value: float, df: float) -> float:
    """The probability that a Student variable with df degrees of freedom is at most this value (Abramowitz & Stegun, 1964, 26.7.1).

    Raises ValueError for df of 0 or less.
    """
    if df <= 0:
        raise ValueError(f"A Student variable has more than 0 degrees of freedom, not {df}.")
    tail = beta_below(df / (df + value * value), df / 2, 0.5) / 2
    return tail if value < 0 else 1 - tail


@lru_cache(maxsize=512)
def student_quantile(probability: float, df: float) -> float:
    """The value below which a Student variable stays with this probability (0 to 1, both excluded), by halving.

    Raises ValueError for a probability outside of that, or df of 0 or less.
    """
    if not 0 < probability < 1:
        raise ValueError(f"A probability lies between 0 and 1; {probability} does not.")
    if probability < 0.5:
        return -student_quantile(1 - probability, df)
    low, high = 0.0, 1.0
    while student_below(high, df) < probability:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if student_below(middle, df) < probability else (low, middle)
    return (low + high) / 2


def noncentral_below(value: float, df: float, shift: float) -> float:
    """The probability that a noncentral Student variable is at most this value. shift: its noncentrality.

    The normal probability given the estimated error, weighed by how that is distributed (chi), by Gauss-Legendre over ten standard
    deviations of it (Johnson, Kotz & Balakrishnan, 1995, chapter 31).
    """
    reach = 10 / math.sqrt(2 * df)
    low, high = max(1e-12, 1 - reach), 1 + reach
    error = low + (NODES + 1) / 2 * (high - low)
    log = math.log(2) + df / 2 * math.log(df / 2) - math.lgamma(df / 2) + (df - 1) * np.log(error) - df * error**2 / 2
    below = normal_share_below(value * error - shift)
    return float(np.sum(WEIGHTS * np.exp(log) * below) * (high - low) / 2)


def power_of_t(shift: float, df: float, level: float = 0.95) -> float:
    """How often a two-sided t test at this level sees a true difference of so many standard errors (`shift`); 0 to 1."""
    edge = student_quantile((1 + level) / 2, df)
    return 1 - noncentral_below(edge, df, shift) + noncentral_below(-edge, df, shift)


@lru_cache(maxsize=512)
def detectable_shift(df: float, level: float = 0.95, wanted: float = 0.8) -> float:
    """The difference, in standard errors, that such a test sees this often (`wanted`), by halving."""
    low, high = 0.0, 8.0
    while power_of_t(high, df, level) < wanted:
        high *= 2
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if power_of_t(middle, df, level) < wanted else (low, middle)
    return (low + high) / 2
