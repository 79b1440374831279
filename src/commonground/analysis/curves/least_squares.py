"""Curves fitted to many series at once, by least squares: Levenberg's and Marquardt's way on all of them in step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.analysis.intervals import Numbers

# parameters (series, parameters) and times (series, times) → values (series, times) and their slopes (series, parameters, times)
Model = Callable[[Numbers, Numbers], tuple[Numbers, Numbers]]

TURNS = 300
NEAR = 1e-9  # of a parameter: a step so small ends the search
ROUNDING = 1e-12  # of a sum of squares: a difference so small is none
DAMPED, LEAST, MOST = 1e-3, 1e-14, 1e14


class Weak(NamedTuple):
    """What is held likely of the parameters before the data: means, and how far off they may well be; inf: nothing is known.

    deviation counts in standard deviations of one observation's weight: it is a further observation (mean − parameter) ÷ deviation.
    """

    mean: ArrayLike
    deviation: ArrayLike


@dataclass(frozen=True, slots=True, eq=False)
class Fits:
    """One row a series. parameters: (series, parameters). squares: the weighted sum of squares left, the weak knowledge included.

    steady: whether the search came to rest. covariance: (series, parameters, parameters) of the parameters, scaled by what is left over;
    NaN where there are no more points than parameters, or where the data do not tell the parameters apart.
    """

    parameters: Numbers
    squares: Numbers
    steady: NDArray[np.bool_]
    covariance: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """times, values: shape (series, times); weight: of each squared difference, 0 where a value is not known."""

    times: Numbers
    values: Numbers
    weight: Numbers

    def only(self, rows: NDArray[np.intp]) -> "Series":
        return Series(self.times[rows], self.values[rows], self.weight[rows])


def series_of(times: ArrayLike, values: ArrayLike, weight: ArrayLike | None = None) -> Series:
    """Series side by side. times: (times,) for all or (series, times); values: (times,) for one or (series, times), NaN where not known.

    Raises ValueError where shapes do not go together, a time is no number, a weight is negative or there is nothing at all.
    """
    y = np.atleast_2d(np.asarray(values, float))
    t = np.asarray(times, float)
    if y.ndim != 2 or not y.size or t.shape[-1:] != y.shape[-1:] or (t.ndim == 2 and len(t) != len(y)) or t.ndim > 2:
        raise ValueError(
            "Each value of a series needs its time: give as many times as values, and at least one series."
        )
    w = np.ones_like(y) if weight is None else np.broadcast_to(np.asarray(weight, float), y.shape)
    known = np.isfinite(y)
    if not np.isfinite(np.broadcast_to(t, y.shape)[known]).all():
        raise ValueError("A time is a number.")
    if not (w[known] >= 0).all():
        raise ValueError("A weight is 0 or more.")
    t = np.where(known, np.broadcast_to(t, y.shape), 0.0)
    return Series(t, np.where(known, y, 0.0), np.where(known, w, 0.0))


def thinned(series: Series, points: int = 12) -> Series:
    """So many points of each series, evenly over its known length: enough to find where a search may start."""
    last = series.values.shape[1] - 1 - np.argmax(series.weight[:, ::-1] > 0, axis=1)
    at = np.rint(np.linspace(0, 1, points) * last[:, None]).astype(np.intp)
    return Series(*(np.take_along_axis(part, at, axis=1) for part in (series.times, series.values, series.weight)))


def height(reached: Numbers, series: Series, top: Numbers | None) -> tuple[Numbers, Numbers]:
    """The top by which a curve that comes near 1 fits each series best, unless it is given, and by how much the squares left over are
    less than those of the series itself, negative: good enough to tell which of several curves fits better."""
    weighted = series.weight * reached
    most, met = _dot(weighted, reached), _dot(weighted, series.values)
    if top is None:
        top = np.maximum(met / np.where(most > 0, most, 1), 1e-12)
    return top, top * (top * most - 2 * met)


def _dot(one: Numbers, other: Numbers) -> Numbers:
    """Row by row, without a table between."""
    found: Numbers = np.einsum("st,st->s", one, other)
    return found


class _State(NamedTuple):
    """Where the search stands for the series still searched: parameters, square, normal equations."""

    theta: Numbers
    squares: Numbers
    normal: Numbers
    toward: Numbers


def fit(model: Model, start: ArrayLike, series: Series, weak: Weak | None = None) -> Fits:
    """The parameters of each series for which the weighted squares of what is left over are least.

    model: values and slopes of the curve. start: (series, parameters) or (parameters,); the search goes downhill from there and ends in
    the nearest hollow. weak: knowledge from elsewhere that holds back what the data do not tell. Levenberg (1944), Marquardt (1963),
    with Marquardt's scaling; series that came to rest are no longer computed.
    """
    count = len(series.values)
    theta = np.array(np.broadcast_to(np.asarray(start, float), (count, np.shape(start)[-1])))
    state = _state(model, theta, series, weak)
    squares, normal = state.squares.copy(), state.normal.copy()
    steady = np.zeros(count, bool)
    rows, left, damping = np.arange(count), series, np.full(count, DAMPED)
    small = ROUNDING**2 * (series.weight * series.values**2).sum(axis=1)
    for _ in range(TURNS):
        step = _step(state, damping)
        trial = _state(model, state.theta + step, left, weak)
        better = trial.squares <= state.squares * (1 + ROUNDING) + small[rows]
        state = _State(*(_where(better, new, old) for new, old in zip(trial, state, strict=True)))
        rests = (np.abs(step) <= NEAR * (NEAR + np.abs(state.theta))).all(axis=1)
        done = rests & (damping <= 1)
        damping = np.where(better, np.maximum(damping / 10, LEAST), damping * 8)
        over = done | (damping > MOST)
        theta[rows], squares[rows], normal[rows], steady[rows] = state.theta, state.squares, state.normal, done
        if over.all():
            break
        if over.any():
            go = np.flatnonzero(~over)
            rows, left, damping = rows[go], left.only(go), damping[go]
            state = _State(*(part[go] for part in state))
    return Fits(theta, squares, steady, _covariance(normal, squares, (series.weight > 0).sum(axis=1)))


def _where(better: NDArray[np.bool_], new: Numbers, old: Numbers) -> Numbers:
    return np.where(better.reshape(-1, *[1] * (new.ndim - 1)), new, old)


def _state(model: Model, theta: Numbers, series: Series, weak: Weak | None) -> _State:
    with np.errstate(over="ignore", invalid="ignore"):
        values, slopes = model(theta, series.times)
        left = series.values - values
        squares = _dot(series.weight * left, left)
        weighted = slopes * series.weight[:, None, :]
        normal, toward = weighted @ slopes.transpose(0, 2, 1), (weighted @ left[..., None])[..., 0]
    if weak is not None:
        precision = np.asarray(weak.deviation, float) ** -2.0
        apart = np.where(precision > 0, np.asarray(weak.mean, float) - theta, 0.0)
        squares = squares + (precision * apart**2).sum(axis=-1)
        normal = normal + np.eye(theta.shape[1]) * precision
        toward = toward + precision * apart
    fine = np.isfinite(squares) & np.isfinite(normal).all(axis=(1, 2)) & np.isfinite(toward).all(axis=1)
    return _State(theta, np.where(fine, squares, np.inf), normal, toward)


def _step(state: _State, damping: Numbers) -> Numbers:
    """Solves the damped normal equations, scaled so that the diagonal is one: parameters may be of any size."""
    fine = np.isfinite(state.squares)
    diagonal = np.diagonal(state.normal, axis1=1, axis2=2)
    scale = np.sqrt(np.where(fine[:, None] & (diagonal > 0), diagonal, 1.0))
    size = scale.shape[1]
    unit = np.where(fine[:, None, None], state.normal, 0.0) / (scale[:, :, None] * scale[:, None, :])
    unit = unit + np.eye(size) * (damping[:, None, None] + 1e-15)
    toward = np.where(fine[:, None], state.toward, 0.0) / scale
    step: Numbers = np.linalg.solve(unit, toward[..., None])[..., 0] / scale
    return step


def _covariance(normal: Numbers, squares: Numbers, points: NDArray[np.int_]) -> Numbers:
    size = normal.shape[1]
    diagonal = np.diagonal(normal, axis1=1, axis2=2)
    told = np.isfinite(normal).all(axis=(1, 2)) & (diagonal > 0).all(axis=1) & (points > size)
    found = np.full_like(normal, np.nan)
    if told.any():
        scale = np.sqrt(diagonal[told])
        scale = scale[:, :, None] * scale[:, None, :]
        unit = normal[told] / scale
        inverse = np.linalg.inv(unit + 1e-15 * np.eye(size))
        blurred = np.abs(inverse).max(axis=(1, 2)) > 1e12
        with np.errstate(over="ignore", invalid="ignore"):
            spread = np.where(blurred, np.nan, squares[told] / (points[told] - size))
            found[told] = inverse / scale * spread[:, None, None]
    return found
