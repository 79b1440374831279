"""What the logistic and the Gompertz curve share when they are fitted: a coarse net to start from, a top that is given or not."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.analysis.curves.least_squares import Fits, Model, Series, Weak, fit, height, series_of, thinned
from commonground.analysis.intervals import Numbers

Share = Callable[[ArrayLike, ArrayLike, ArrayLike], Numbers]
Start = Callable[[Series, Numbers | None], Numbers]
Found = tuple[Numbers, Numbers, Numbers, Numbers, Numbers, NDArray[np.bool_]]

PLACES = (-0.6, -0.2, 0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.1, 1.6)  # of the middle, along the time observed


def start_of(share: Share, *, slow: float, quick: float) -> Start:
    """The best of a net of rates and middles; slow, quick: the least and largest rate as a multiple of one over the whole time."""
    rates = np.geomspace(slow, quick, 6)
    net = [(sign * rate, place) for rate in rates for place in PLACES for sign in (1.0, -1.0)]

    def start(series: Series, top: Numbers | None) -> Numbers:
        some = thinned(series)
        there = some.weight > 0
        first = np.min(np.where(there, some.times, np.inf), axis=1)
        first = np.where(np.isfinite(first), first, 0.0)
        span = np.max(np.where(there, some.times, -np.inf), axis=1) - first
        span = np.where(np.isfinite(span) & (span > 0), span, 1.0)
        best, found = np.full(len(span), np.inf), np.zeros((len(span), 3))
        for speed, place in net:
            rate, middle = speed / span, first + place * span
            highest, off = height(share(some.times, rate[:, None], middle[:, None]), some, top)
            better = off < best
            best[better] = off[better]
            found[better] = np.stack((rate, middle, np.log(highest)), axis=-1)[better]
        return found

    return start


def fitted(
    model: Model,
    start: Start,
    times: ArrayLike,
    values: ArrayLike,
    top: ArrayLike | None,
    weight: ArrayLike | None,
    weak: Weak | None,
) -> Found:
    """Both rates and middles, the top, standard errors of the three, squares left over and whether the search came to rest."""
    series = series_of(times, values, weight)
    if top is None:
        fits = fit(model, start(series, None), series, weak)
        theta, highest = fits.parameters, np.exp(np.clip(fits.parameters[:, 2], -700, 700))
    else:
        highest = np.array(np.broadcast_to(np.asarray(top, float), (len(series.values),)))
        if not (highest > 0).all():
            raise ValueError("The top that a curve comes near is above 0.")
        level = Series(series.times, series.values / highest[:, None], series.weight)
        fits = fit(_level(model), start(series, highest)[:, :2], level, weak)
        theta = fits.parameters
        fits = Fits(theta, fits.squares * highest**2, fits.steady, fits.covariance)
    told = np.sqrt(np.diagonal(fits.covariance, axis1=1, axis2=2))
    deviations = np.zeros((len(theta), 3))
    deviations[:, : told.shape[1]] = told
    deviations[:, 2] *= highest
    return theta[:, 0], theta[:, 1], highest, deviations, fits.squares, fits.steady


def _level(model: Model) -> Model:
    """The same curve with its top at 1."""

    def level(theta: Numbers, times: Numbers) -> tuple[Numbers, Numbers]:
        values, slopes = model(np.column_stack((theta, np.zeros(len(theta)))), times)
        return values, slopes[:, :2]

    return level
