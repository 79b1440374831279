"""What doing a thing more often does to the time it takes."""

import math

import numpy as np
from numpy.typing import ArrayLike

from commonground.analysis.intervals import Numbers


def learning_curve(repetition: ArrayLike, first: float, rate: float) -> Numbers:
    """Time (or cost) of each repetition, counted from 1: with every doubling it comes to `rate` of what it was (Wright, 1936).

    first: of the first one. rate: .8 for the usual 80 % curve. Raises ValueError for repetitions below 1 or a rate not above 0.
    """
    n = np.asarray(repetition, float)
    if not (n >= 1).all() or rate <= 0:
        raise ValueError("Repetitions are counted from 1, and the rate of learning is above 0.")
    taken: Numbers = first * n ** math.log2(rate)
    return taken


def learning_rate(repetition: ArrayLike, taken: ArrayLike) -> float:
    """The rate with which times fall at every doubling, by least squares on logarithms.

    Raises ValueError below two different repetitions, or where a time is not above 0.
    """
    n, y = np.asarray(repetition, float), np.asarray(taken, float)
    if n.shape != y.shape or np.unique(n).size < 2 or not ((n >= 1).all() and (y > 0).all()):
        raise ValueError("A rate of learning needs times above 0 of at least two different repetitions.")
    x = np.log2(n)
    x = x - x.mean()
    return float(2 ** ((x @ np.log2(y)) / (x @ x)))
