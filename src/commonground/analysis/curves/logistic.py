"""Growth that is as quick above the middle as below it: the logistic curve (Verhulst, 1838). It bends at half of its top."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.analysis.curves.least_squares import Weak
from commonground.analysis.curves.s_shaped import Start, fitted, start_of
from commonground.analysis.intervals import Numbers


class Logistic(NamedTuple):
    """Fits of many series, one value each. deviations: standard errors of rate, middle and top (0 for a given top)."""

    rate: Numbers
    middle: Numbers
    top: Numbers
    deviations: Numbers
    squares: Numbers
    steady: NDArray[np.bool_]


def share(time: ArrayLike, rate: ArrayLike, middle: ArrayLike) -> Numbers:
    """The share reached by each time: half at `middle`. rate: per unit of time; below 0 the curve falls."""
    time, rate, middle = (np.asarray(one, float) for one in (time, rate, middle))
    with np.errstate(over="ignore"):
        reached: Numbers = 1 / (1 + np.exp(-rate * (time - middle)))
    return reached


def time_of(reached: ArrayLike, rate: ArrayLike, middle: ArrayLike) -> Numbers:
    """The time at which a share, between 0 and 1, is reached."""
    reached = np.asarray(reached, float)
    time: Numbers = np.asarray(middle, float) + np.log(reached / (1 - reached)) / np.asarray(rate, float)
    return time


def ten_to_ninety(rate: float) -> float:
    """How long it takes from 10 to 90 %: 2 ln 9 ÷ rate."""
    return 2 * math.log(9) / rate


def model(theta: Numbers, times: Numbers) -> tuple[Numbers, Numbers]:
    """Values and slopes for parameters rate, middle and ln top, as `least_squares.fit` wants them."""
    rate, middle, top = theta[:, 0, None], theta[:, 1, None], np.exp(np.clip(theta[:, 2, None], -700, 700))
    reached = share(times, rate, middle)
    bend = reached * (1 - reached)
    slopes = np.stack((bend * (times - middle), -bend * rate, reached), axis=1)
    return top * reached, top[:, None] * slopes


def fit_many(
    times: ArrayLike,
    values: ArrayLike,
    top: ArrayLike | None = None,
    *,
    weight: ArrayLike | None = None,
    weak: Weak | None = None,
) -> Logistic:
    """Rate, middle and, unless given, top of many series, each by least squares.

    times: any numbers, (times,) for all series or (series, times). values: (series, times), NaN where not known; they may fall. top: what
    they come near in the end, one for all or one a series. weight: of each squared difference. weak: weak knowledge of rate, middle (and
    ln top). Raises ValueError for shapes that do not go together or a top that is not above 0.
    """
    return Logistic(*fitted(model, _START, times, values, top, weight, weak))


_START: Start = start_of(share, slow=2.0, quick=120.0)
