"""How good a forecast was, once the truth is known. Every score is zero for a perfect forecast and grows with the mistake.

All functions take numbers or arrays that go together and answer one score for each observation; averages are the caller's. Proper scores
after Gneiting & Raftery, 2007, JASA 102:359–378; the fair ensemble score after Ferro, 2014, Q. J. R. Meteorol. Soc. 140:1917–1923.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from commonground.analysis.intervals import Numbers, normal_density, normal_share_below, wilson


class Coverage(NamedTuple):
    """The share of observations that lay inside their intervals, its own Wilson interval, and how many there were."""

    share: float
    low: float
    high: float
    n: int


def crps_ensemble(members: ArrayLike, observed: ArrayLike, *, fair: bool = False) -> Numbers:
    """Continuous ranked probability score of an ensemble: mean |x − y| less half the mean distance between two members.

    members: shape (…, m), the last axis being the members; observed: shape (…). In the unit of what was observed. fair: as an ensemble
    of endlessly many members drawn in the same way would score, which does not reward small ensembles; it needs two members.
    Raises ValueError when there are too few members.
    """
    x, y = np.sort(np.asarray(members, float), axis=-1), np.asarray(observed, float)
    m = x.shape[-1] if x.ndim else 0
    if m < (2 if fair else 1):
        raise ValueError("An ensemble needs at least one member, and two for the fair score.")
    away = np.abs(x - y[..., None]).mean(axis=-1)
    apart = x @ (2.0 * np.arange(m) - m + 1)  # the sum over pairs of |x_i − x_j|, each pair once
    score: Numbers = away - apart / (m * (m - 1) if fair else m * m)
    return score


def crps_normal(mean: ArrayLike, deviation: ArrayLike, observed: ArrayLike) -> Numbers:
    """Continuous ranked probability score of a normal forecast; a deviation of 0 is a forecast of one number.

    Raises ValueError when a deviation is negative.
    """
    mean, deviation, y = (np.asarray(one, float) for one in (mean, deviation, observed))
    if (deviation < 0).any():
        raise ValueError("A standard deviation cannot be negative.")
    sure = deviation == 0
    z = (y - mean) / np.where(sure, 1.0, deviation)
    score: Numbers = deviation * (z * (2 * normal_share_below(z) - 1) + 2 * normal_density(z) - 1 / math.sqrt(math.pi))
    told: Numbers = np.where(sure, np.abs(y - mean), score)
    return told


def pinball(quantile: ArrayLike, observed: ArrayLike, tau: ArrayLike) -> Numbers:
    """Loss of a forecast quantile: tau (0 to 1) times the shortfall, or 1 − tau times the excess."""
    short = np.asarray(observed, float) - np.asarray(quantile, float)
    tau = np.asarray(tau, float)
    loss: Numbers = np.maximum(tau * short, (tau - 1) * short)
    return loss


def interval_score(low: ArrayLike, high: ArrayLike, observed: ArrayLike, level: float) -> Numbers:
    """Width of a central interval, and 2 ÷ (1 − level) times the distance by which the observation lies outside it.

    level: .9 for an interval meant to hold nine of ten. Raises ValueError when an interval ends before it begins.
    """
    low, high, y = (np.asarray(one, float) for one in (low, high, observed))
    if (high < low).any():
        raise ValueError("An interval cannot end before it begins.")
    if not 0 < level < 1:
        raise ValueError(f"The level of an interval lies between 0 and 1; {level} does not.")
    outside = np.maximum(low - y, 0) + np.maximum(y - high, 0)
    score: Numbers = high - low + 2 / (1 - level) * outside
    return score


def brier(probability: ArrayLike, happened: ArrayLike) -> Numbers:
    """Squared distance between the probability told and what happened (1 or true, 0 or false)."""
    score: Numbers = np.square(np.asarray(probability, float) - np.asarray(happened, float))
    return score


def log_score(probability: ArrayLike, happened: ArrayLike) -> Numbers:
    """− ln of the probability that was given to what happened; infinite where that was held to be impossible."""
    p, happened = np.asarray(probability, float), np.asarray(happened, bool)
    with np.errstate(divide="ignore"):
        score: Numbers = -np.log(np.where(happened, p, 1 - p))
    return score


def coverage(low: ArrayLike, high: ArrayLike, observed: ArrayLike, level: float = 0.95) -> Coverage:
    """How many observations lay inside their intervals, ends included, with the Wilson interval of that share at `level`.

    Raises ValueError when there is no observation.
    """
    low, high, y = np.broadcast_arrays(*(np.asarray(one, float) for one in (low, high, observed)))
    if not y.size:
        raise ValueError("Nothing was observed yet: there is no forecast to score.")
    inside = int(((low <= y) & (y <= high)).sum())
    least, most = wilson(inside, y.size, level)
    return Coverage(inside / y.size, float(least), float(most), int(y.size))
