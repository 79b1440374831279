"""Growth that is quick at first and long in coming to its end (Gompertz, 1825). It bends at 1 ÷ e of its top, 36.8 %."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.analysis.curves.least_squares import Weak
from commonground.analysis.curves.s_shaped import Start, fitted, start_of
from commonground.analysis.intervals import Numbers


class Gompertz(NamedTuple):
    """Fits of many series, one value each. deviations: standard errors of rate, bend and top (0 for a given top)."""

    rate: Numbers
    bend: Numbers
    top: Numbers
    deviations: Numbers
    squares: Numbers
    steady: NDArray[np.bool_]


def share(time: ArrayLike, rate: ArrayLike, bend: ArrayLike) -> Numbers:
    """The share reached by each time: 1 ÷ e at `bend`, where growth is quickest. rate: per unit of time."""
    time, rate, bend = (np.asarray(one, float) for one in (time, rate, bend))
    with np.errstate(over="ignore"):
        reached: Numbers = np.exp(-np.exp(-rate * (time - bend)))
    return reached


def time_of(reached: ArrayLike, rate: ArrayLike, bend: ArrayLike) -> Numbers:
    """The time at which a share, between 0 and 1, is reached."""
    time: Numbers = np.asarray(bend, float) - np.log(-np.log(np.asarray(reached, float))) / np.asarray(rate, float)
    return time


def model(theta: Numbers, times: Numbers) -> tuple[Numbers, Numbers]:
    """Values and slopes for parameters rate, bend and ln top, as `least_squares.fit` wants them."""
    rate, bend, top = theta[:, 0, None], theta[:, 1, None], np.exp(np.clip(theta[:, 2, None], -700, 700))
    lacking = np.exp(np.clip(-rate * (times - bend), -700, 30))
    reached = np.exp(-lacking)
    steep = reached * lacking
    slopes = np.stack((steep * (times - bend), -steep * rate, reached), axis=1)
    return top * reached, top[:, None] * slopes


def fit_many(
    times: ArrayLike,
    values: ArrayLike,
    top: ArrayLike | None = None,
    *,
    weight: ArrayLike | None = None,
    weak: Weak | None = None,
) -> Gompertz:
    """Rate, bend and, unless given, top of many series, each by least squares; arguments and errors as `logistic.fit_many`."""
    return Gompertz(*fitted(model, _START, times, values, top, weight, weak))


_START: Start = start_of(share, slow=1.0, quick=80.0)
