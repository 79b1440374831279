"""The logistic and the Gompertz curve: METHODS.md 4.1, and fits as scipy's curve_fit has them."""

import math
from collections.abc import Callable
from importlib import import_module
from types import ModuleType

import numpy as np
import pytest

from commonground.analysis.curves import bass, gompertz, logistic

BOTH = pytest.mark.parametrize("curve", [logistic, gompertz], ids=["logistic", "gompertz"])
SAME = {"rtol": 1e-6, "atol": 0}
Curve = Callable[..., np.ndarray]


def theirs(curve: Curve, times: np.ndarray, values: np.ndarray, start: np.ndarray) -> np.ndarray:
    tight = {"ftol": 1e-15, "xtol": 1e-15, "gtol": 1e-15, "maxfev": 20_000}
    found, _ = import_module("scipy.optimize").curve_fit(curve, times, values, p0=start, **tight)
    return np.asarray(found)


def test_where_they_bend_as_methods_4_1_says() -> None:
    for curve, level in ((logistic, 0.5), (gompertz, math.exp(-1))):
        times = np.linspace(-30, 40, 700_001)
        steepest = times[np.argmax(np.gradient(curve.share(times, 0.3, 4.0), times))]
        assert steepest == pytest.approx(4.0, abs=2e-3)
        assert curve.share(4.0, 0.3, 4.0) == pytest.approx(level)


def test_ten_to_ninety_of_methods_4_1() -> None:
    assert logistic.ten_to_ninety(1) == pytest.approx(4.394, abs=5e-4)
    assert logistic.time_of(0.9, 0.7, 3) - logistic.time_of(0.1, 0.7, 3) == pytest.approx(logistic.ten_to_ninety(0.7))


@BOTH
def test_times_and_shares_go_back_and_forth(curve: ModuleType) -> None:
    levels = np.array([0.01, 0.16, 0.5, 0.84, 0.99])
    assert np.allclose(curve.share(curve.time_of(levels, 0.4, 9), 0.4, 9), levels)


@BOTH
def test_slopes_are_those_of_the_values(curve: ModuleType) -> None:
    theta, times = np.array([[0.3, 8, math.log(40)], [1.2, -2, 0.0]]), np.tile(np.arange(0, 20.0), (2, 1))
    _, slopes = curve.model(theta, times)
    for at in range(3):
        off = np.zeros(3)
        off[at] = 1e-6
        by_difference = (curve.model(theta + off, times)[0] - curve.model(theta - off, times)[0]) / 2e-6
        assert np.allclose(slopes[:, at], by_difference, rtol=1e-6, atol=1e-7)


@BOTH
def test_150_made_series_as_scipy_fits_them(curve: ModuleType) -> None:
    draw, n = np.random.default_rng(11), 150
    times = np.arange(40.0)
    rate, middle, top = draw.uniform(0.15, 0.8, n), draw.uniform(8, 25, n), 10 ** draw.uniform(-1, 4, n)
    truth = np.column_stack((rate, middle, top))
    values = top[:, None] * (curve.share(times, rate[:, None], middle[:, None]) + 0.02 * draw.normal(size=(n, 40)))
    free, given = curve.fit_many(times, values), curve.fit_many(times, values, top)
    assert free.steady.all()
    assert given.steady.all()
    for row in range(n):
        found = theirs(lambda t, r, c, m: m * curve.share(t, r, c), times, values[row], truth[row])
        assert np.allclose([free[0][row], free[1][row], free[2][row]], found, **SAME)
        found = theirs(lambda t, r, c, m=top[row]: m * curve.share(t, r, c), times, values[row], truth[row, :2])
        assert np.allclose([given[0][row], given[1][row]], found, **SAME)


def test_a_share_that_falls_is_fitted_too() -> None:
    times = np.arange(30.0)
    found = logistic.fit_many(times, logistic.share(times, -0.4, 12.0), 1.0)
    assert (found.rate[0], found.middle[0]) == pytest.approx((-0.4, 12), rel=1e-6)


def test_a_top_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        logistic.fit_many([1, 2], [1, 2], 0)


@pytest.mark.parametrize("top", [None, 1000.0])
@pytest.mark.parametrize("curve", [bass, logistic, gompertz])
def test_series_that_no_curve_fits_disturb_no_other(curve: ModuleType, top: float | None) -> None:
    """Nothing known, nothing there, one point, falling, exploding, beyond all size: each comes out as it would alone."""
    t = np.arange(20.0)
    odd = [
        0 * t, np.full(20, np.nan), np.where(t == 3, 5, np.nan), 0 * t + 7, 20 - t, t, np.exp(t), 100.0 * (t > 18), 1e-9 * t,
        1e12 * t**2, np.where(t < 2, t, np.nan), 500 * bass.share(t, 0.02, 0.4) + np.sin(t),
    ]  # fmt: skip
    together = curve.fit_many(t, odd, top)
    assert np.isfinite(together.squares).all()
    assert np.isfinite(together[0]).all()
    assert together.steady[-1]
    for row, series in enumerate(odd):
        alone = curve.fit_many(t, series, top)
        assert alone.steady[0] == together.steady[row]
        assert alone[0][0] == pytest.approx(together[0][row], rel=1e-6)
