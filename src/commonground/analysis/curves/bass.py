"""How something new spreads by itself and from one to another (Bass, 1969, Mgmt Science 15:215–227).

Of those who have not adopted yet, p + qF adopt in a unit of time, F being the share who have. The model comes from consumer markets,
free choice and years. An S-shape alone does not show that people learn from each other (Van den Bulte & Stremersch, 2004), and before
the peak m, p and q cannot be told apart: give m as the headcount then.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.analysis.curves.least_squares import Fits, Series, Weak, fit, height, series_of, thinned
from commonground.analysis.intervals import Numbers


class Peak(NamedTuple):
    """When most adopt in a unit of time, how many of m then do, and which share have adopted by then."""

    time: float
    new: float
    share: float


class Bass(NamedTuple):
    """Fits of many series, one value each. deviations: standard errors of p, q and m (0 for a given m), shape (series, 3)."""

    p: Numbers
    q: Numbers
    m: Numbers
    deviations: Numbers
    squares: Numbers
    steady: NDArray[np.bool_]


class Coefficients(NamedTuple):
    """What Bass's own regression of new adopters on those so far answers."""

    p: float
    q: float
    m: float


def share(time: ArrayLike, p: ArrayLike, q: ArrayLike) -> Numbers:
    """The share F who have adopted by each time since the start; p above 0, q 0 or more, in the same unit of time."""
    time, p, q = (np.asarray(one, float) for one in (time, p, q))
    x = np.exp(-(p + q) * time)
    met: Numbers = -np.expm1(-(p + q) * time) / (1 + q / p * x)
    return met


def density(time: ArrayLike, p: ArrayLike, q: ArrayLike) -> Numbers:
    """The share f who adopt in a unit of time, at each time: (p + qF)(1 − F)."""
    met = share(time, p, q)
    new: Numbers = (np.asarray(p, float) + np.asarray(q, float) * met) * (1 - met)
    return new


def time_of(met: ArrayLike, p: ArrayLike, q: ArrayLike) -> Numbers:
    """The time at which a share (0 to below 1) have adopted."""
    met, p, q = (np.asarray(one, float) for one in (met, p, q))
    time: Numbers = np.log((p + q * met) / (p * (1 - met))) / (p + q)
    return time


def peak(p: float, q: float, m: float = 1.0) -> Peak:
    """The peak of new adopters. Where q is p or less they fall from the start: it is then at 0.

    Raises ValueError when p is not above 0 or q is negative.
    """
    _refuse(p, q)
    if q <= p:
        return Peak(0.0, m * p, 0.0)
    return Peak(math.log(q / p) / (p + q), m * (p + q) ** 2 / (4 * q), 0.5 - p / (2 * q))


def inflections(p: float, q: float) -> tuple[float, float]:
    """The times between which the peak lies, where new adopters rise and then fall fastest. They may lie before the start.

    Raises ValueError when p or q is not above 0.
    """
    _refuse(p, q)
    if q <= 0:
        raise ValueError("Without learning from each other (q = 0) there is no peak to lie between.")
    middle, apart = math.log(q / p) / (p + q), math.log(2 + math.sqrt(3)) / (p + q)
    return middle - apart, middle + apart


def _refuse(p: float, q: float) -> None:
    if not (p > 0 and q >= 0):
        raise ValueError(f"p is above 0 and q is 0 or more; here they are {p} and {q}.")


def from_coefficients(a: float, b: float, c: float) -> Coefficients | None:
    """p, q and m of new adopters = a + b N + c N², N being those so far; None where the regression tells no end (c ≥ 0) or no start."""
    root = b * b - 4 * a * c
    if c >= 0 or root < 0:
        return None
    m = (-b - math.sqrt(root)) / (2 * c)
    return Coefficients(a / m, -m * c, m) if m > 0 and a > 0 else None


def discrete(new: ArrayLike) -> Coefficients | None:
    """Bass's own estimates from new adopters in periods one after another, the first of them the first of all.

    Rough, and None where they make no sense: as a start, and to compare with what others printed. Raises ValueError below four periods.
    """
    new = np.asarray(new, float)
    if new.ndim != 1 or new.size < 4 or not np.isfinite(new).all():
        raise ValueError("Bass's regression needs new adopters in at least four periods, without a gap.")
    before = np.concatenate(([0.0], np.cumsum(new)[:-1]))
    scale = float(np.abs(before).max()) or 1.0
    powers = (before[:, None] / scale) ** np.arange(3)
    (a, b, c), *_ = np.linalg.lstsq(powers, new)
    return from_coefficients(float(a), float(b / scale), float(c / scale**2))


def model(theta: Numbers, times: Numbers) -> tuple[Numbers, Numbers]:
    """Adopters so far and their slopes, for parameters ln p, ln q and ln m; as `least_squares.fit` wants them."""
    p, q, m = np.exp(np.clip(theta, -700, 700)).T[:, :, None]
    x = np.exp(-(p + q) * times)
    lower = 1 / (q * x + p)
    size = m * p * lower
    lower *= x
    met = (1 - x) * size
    ratio = q * met * lower  # by p and q through their ratio, and through their sum:
    size *= lower
    size *= times
    slopes = np.empty((len(theta), 3, times.shape[1]))
    np.add(p * (p + q) * size, ratio, out=slopes[:, 0])
    np.subtract(q * (p + q) * size, ratio, out=slopes[:, 1])
    slopes[:, 2] = met
    return met, slopes


def fit_many(
    times: ArrayLike,
    adopters: ArrayLike,
    m: ArrayLike | None = None,
    *,
    weight: ArrayLike | None = None,
    weak: Weak | None = None,
) -> Bass:
    """p, q and, unless given, m of many series of adopters so far, each by least squares.

    times: since the start, (times,) for all series or (series, times). adopters: so far, (series, times), NaN where not known. m: how
    many there can be at most, one for all or one a series; None estimates it. weight: of each squared difference. weak: weak knowledge of
    ln p, ln q (and ln m). Raises ValueError for shapes that do not go together, negative times, or an m that is not above 0.
    """
    series = series_of(times, adopters, weight)
    if (series.times < 0).any():
        raise ValueError("Adoption is counted from its start: times are 0 or more.")
    count = len(series.values)
    if m is None:
        fits = fit(model, _start(series, None), series, weak)
        theta = fits.parameters
    else:
        given = np.array(np.broadcast_to(np.asarray(m, float), (count,)))
        if not (given > 0).all():
            raise ValueError("The number who can adopt is above 0.")
        scaled = Series(series.times, series.values / given[:, None], series.weight)
        fits = fit(_share_model, _start(series, given)[:, :2], scaled, weak)
        fits = Fits(fits.parameters, fits.squares * given**2, fits.steady, fits.covariance)
        theta = np.column_stack((fits.parameters, np.log(given)))
    p, q, top = np.exp(np.clip(theta, -700, 700)).T
    sizes = np.stack((p, q, top), axis=-1)
    deviations = np.zeros_like(sizes)
    told = np.sqrt(np.diagonal(fits.covariance, axis1=1, axis2=2))
    deviations[:, : told.shape[1]] = told * sizes[:, : told.shape[1]]
    return Bass(p, q, top, deviations, fits.squares, fits.steady)


def _share_model(theta: Numbers, times: Numbers) -> tuple[Numbers, Numbers]:
    values, slopes = model(np.column_stack((theta, np.zeros(len(theta)))), times)
    return values, slopes[:, :2]


SPEEDS = np.geomspace(0.3, 60, 9)  # p + q, as a multiple of one over the whole time
RATIOS = np.geomspace(0.5, 3000, 7)  # q ÷ p


def _start(series: Series, m: Numbers | None) -> Numbers:
    """The best of a coarse net of p and q for each series, by some of its points; m follows, being a factor of the whole."""
    some = thinned(series)
    end = np.max(some.times * (some.weight > 0), axis=1)
    end = np.where(end > 0, end, 1.0)
    best, found = np.full(len(end), np.inf), np.ones((len(end), 3))
    for fast in SPEEDS:
        x = np.exp(some.times * (-fast / end)[:, None])
        for much in RATIOS:
            top, off = height((1 - x) / (1 + much * x), some, m)
            better = off < best
            best[better] = off[better]
            p = fast / end / (1 + much)
            found[better] = np.stack((p, p * much, top), axis=-1)[better]
    return np.log(found)
