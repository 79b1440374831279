"""Bass's model: METHODS.md 4.1, and fits as scipy's curve_fit has them."""

from importlib import import_module
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.curves.bass import (
    density,
    discrete,
    fit_many,
    from_coefficients,
    inflections,
    model,
    peak,
    share,
    time_of,
)
from commonground.analysis.curves.least_squares import Weak

# p, q, m in thousands, T*, peak in millions, and the time of the peak that Bass printed (None for the first: no whole row)
TABLE = {
    "refrigerators": (0.0026167, 0.21566, 40_001, 20.21, 2.209, 20.1),
    "home freezers": (0.0181190, 0.17110, 21_973, 11.87, 1.149, 11.6),
    "B&W TV": (0.0278770, 0.25105, 96_717, 7.88, 7.493, 7.8),
    "water softeners": (0.0177030, 0.29695, 5_793, 8.96, 0.483, 8.9),
    "room air cond.": (0.0103990, 0.41861, 16_895, 8.61, 1.857, 8.6),
    "clothes dryers": (0.0172060, 0.35688, 15_092, 8.11, 1.479, 8.1),
    "lawnmowers": (0.0091837, 0.33790, 44_751, 10.39, 3.989, 10.3),
    "bed coverings": (0.0058760, 0.24387, 76_589, 14.92, 4.897, 14.9),
    "coffee makers": (0.0171350, 0.30145, 58_838, 9.00, 4.953, 9.0),
    "steam irons": (0.0286320, 0.32791, 55_696, 6.84, 5.398, 6.8),
    "record players": (0.0247960, 0.65410, 21_937, 4.82, 3.864, 4.8),
}
TOGETHER = np.array([row[:3] for row in TABLE.values()])
SAME = {"rtol": 1e-6, "atol": 0}
rates = st.floats(1e-4, 0.5)


def theirs(times: np.ndarray, adopters: np.ndarray, start: Any, m: float | None = None) -> np.ndarray:
    """scipy's curve_fit with its tolerances as tight as they go."""
    curve_fit = import_module("scipy.optimize").curve_fit
    tight = {"ftol": 1e-15, "xtol": 1e-15, "gtol": 1e-15, "maxfev": 20_000}
    if m is None:
        found, _ = curve_fit(lambda t, p, q, top: top * share(t, p, q), times, adopters, p0=start, **tight)
    else:
        found, _ = curve_fit(lambda t, p, q: m * share(t, p, q), times, adopters, p0=start[:2], **tight)
    return np.asarray(found)


@pytest.mark.parametrize("name", TABLE)
def test_peaks_of_methods_4_1(name: str) -> None:
    p, q, m, time, millions, printed = TABLE[name]
    found = peak(p, q, m / 1000)
    assert found.time == pytest.approx(time, abs=5e-3)
    assert found.new == pytest.approx(millions, abs=5e-4)
    assert found.time == pytest.approx(printed, abs=0.3)
    assert share(found.time, p, q) == pytest.approx(found.share)
    assert density(found.time, p, q) * m / 1000 == pytest.approx(found.new)


def test_averages_of_methods_4_1() -> None:
    expected = [0.0358, 0.0851, 0.1505, 0.2332, 0.3312, 0.4392, 0.549, 0.6517, 0.7407, 0.8128, 0.8681, 0.9087]
    assert np.allclose(share(np.arange(1, 13), 0.03, 0.38), expected, atol=5e-5)
    assert peak(0.03, 0.38).time == pytest.approx(6.193, abs=5e-4)
    assert peak(0.03, 0.38).share == pytest.approx(0.4605, abs=5e-5)
    assert np.allclose(time_of([0.16, 0.5, 0.84, 0.9], 0.03, 0.38), [3.126, 6.55, 10.456, 11.757], atol=5e-4)


def test_regression_of_methods_4_1() -> None:
    found = from_coefficients(175.69, 0.40820, -2.4777e-5)
    assert found is not None
    assert found.m == pytest.approx(16_895, abs=1)
    assert (found.p, found.q) == (pytest.approx(0.010399, abs=5e-7), pytest.approx(0.41860, abs=5e-6))
    assert from_coefficients(1, 1, 1) is None
    assert from_coefficients(-1, -1, -1) is None


def test_regression_finds_what_it_was_made_of() -> None:
    new, so_far = [], 0.0
    for _ in range(12):
        new.append(175.69 + 0.40820 * so_far - 2.4777e-5 * so_far**2)
        so_far += new[-1]
    found = discrete(new)
    assert found is not None
    assert tuple(found) == pytest.approx((0.010399, 0.41860, 16_895), rel=1e-4)
    with pytest.raises(ValueError, match="four periods"):
        discrete([1, 2, 3])


def test_inflections_are_where_the_second_derivative_of_new_adopters_changes_sign() -> None:
    p, q = 0.03, 0.38
    for at in inflections(p, q):
        bend = [
            density(x + 1e-3, p, q) - 2 * density(x, p, q) + density(x - 1e-3, p, q) for x in (at - 0.05, at + 0.05)
        ]
        assert bend[0] * bend[1] < 0
    assert sum(inflections(p, q)) / 2 == pytest.approx(peak(p, q).time)
    with pytest.raises(ValueError, match="no peak"):
        inflections(0.1, 0)


def test_without_learning_from_each_other_most_adopt_at_once() -> None:
    assert peak(0.2, 0.1, 100) == (0, 20, 0)
    assert share(3, 0.2, 0) == pytest.approx(1 - np.exp(-0.6))
    with pytest.raises(ValueError, match="above 0"):
        peak(0, 0.3)


@given(rates, rates, st.floats(0, 100))
def test_shares_rise_within_their_bounds(p: float, q: float, time: float) -> None:
    now, then = share(time, p, q), share(time + 1, p, q)
    assert 0 <= now <= then <= 1
    if now < 1 - 1e-6:
        assert time_of(now, p, q) == pytest.approx(time, abs=1e-5)


def test_slopes_are_those_of_the_values() -> None:
    theta, times = np.log([[0.01, 0.3, 500.0], [0.2, 0.05, 3.0]]), np.tile(np.arange(0, 20.0), (2, 1))
    _, slopes = model(theta, times)
    for at in range(3):
        off = np.zeros(3)
        off[at] = 1e-6
        by_difference = (model(theta + off, times)[0] - model(theta - off, times)[0]) / 2e-6
        assert np.allclose(slopes[:, at], by_difference, rtol=1e-6, atol=1e-6)


def test_the_table_is_found_again_with_m_free_and_given() -> None:
    times = np.arange(1, 26.0)
    p, q, m = (TOGETHER[:, at, None] for at in range(3))
    adopters = m * share(times, p, q)
    free, given_m = fit_many(times, adopters), fit_many(times, adopters, TOGETHER[:, 2])
    for found in (free, given_m):
        assert found.steady.all()
        assert np.allclose(np.column_stack((found.p, found.q, found.m)), TOGETHER, **SAME)
    for row in range(len(TOGETHER)):
        assert np.allclose(theirs(times, adopters[row], TOGETHER[row] * [1.3, 0.8, 1.2]), TOGETHER[row], **SAME)


def test_the_table_with_noise_as_scipy_fits_it() -> None:
    times, draw = np.arange(1, 26.0), np.random.default_rng(9)
    for noise in (0.005, 0.03):
        p, q, m = (TOGETHER[:, at, None] for at in range(3))
        adopters = m * (share(times, p, q) + noise * draw.normal(size=(len(p), len(times))))
        free, given_m = fit_many(times, adopters), fit_many(times, adopters, TOGETHER[:, 2])
        assert free.steady.all()
        assert given_m.steady.all()
        for row, truth in enumerate(TOGETHER):
            assert np.allclose(
                np.array([free.p[row], free.q[row], free.m[row]]), theirs(times, adopters[row], truth), **SAME
            )
            found = np.array([given_m.p[row], given_m.q[row]])
            assert np.allclose(found, theirs(times, adopters[row], truth, truth[2]), **SAME)


def test_200_made_series_of_many_kinds_as_scipy_fits_them() -> None:
    """From where we end, and from the truth: scipy comes to the same, or to more squares left over."""
    draw, n = np.random.default_rng(21), 200
    times = np.arange(1, 31.0) * 2.5
    p, q, m = 10 ** draw.uniform(-3, -1.5, n), 10 ** draw.uniform(-1.2, -0.4, n), 10 ** draw.uniform(1, 5, n)
    adopters = m[:, None] * (share(times, p[:, None], q[:, None]) + 0.01 * draw.normal(size=(n, len(times))))
    found = fit_many(times, adopters)
    assert found.steady.mean() > 0.99
    for row in np.flatnonzero(found.steady):
        other = theirs(times, adopters[row], (p[row], q[row], m[row]))
        left = ((adopters[row] - other[2] * share(times, *other[:2])) ** 2).sum()
        if left <= found.squares[row] * (1 + 1e-9):
            assert np.allclose([found.p[row], found.q[row], found.m[row]], other, **SAME)


def test_standard_errors_as_scipy_has_them() -> None:
    times, draw = np.arange(1, 21.0), np.random.default_rng(2)
    adopters = 800 * share(times, 0.02, 0.4) + 10 * draw.normal(size=20)
    found = fit_many(times, adopters)
    curve_fit = import_module("scipy.optimize").curve_fit
    start = (found.p[0], found.q[0], found.m[0])
    _, covariance = curve_fit(lambda t, p, q, m: m * share(t, p, q), times, adopters, p0=start)
    assert np.allclose(found.deviations[0], np.sqrt(np.diag(covariance)), rtol=1e-3)


def test_series_of_unequal_length_stand_side_by_side() -> None:
    times = np.arange(1, 21.0)
    short = np.where(times <= 12, 300 * share(times, 0.02, 0.4) + np.sin(times), np.nan)
    full = 900 * share(times, 0.01, 0.5) + np.cos(times)
    both, alone = fit_many(times, [short, full]), fit_many(times[:12], short[:12])
    assert (both.p[0], both.q[0], both.m[0]) == pytest.approx((alone.p[0], alone.q[0], alone.m[0]), rel=1e-8)


def test_weak_knowledge_holds_back_what_the_data_do_not_tell() -> None:
    times, likely = np.arange(1, 4.0), np.log([0.03, 0.38])
    few = 100 * share(times, 0.01, 0.8)
    held = fit_many(times, few, 100, weak=Weak(likely, [1e-4, 1e-4]))
    assert (held.p[0], held.q[0]) == pytest.approx((0.03, 0.38), rel=1e-3)
    free = fit_many(times, few, 100, weak=Weak(likely, [np.inf, np.inf]))
    assert (free.p[0], free.q[0]) == pytest.approx((0.01, 0.8), rel=1e-6)


def test_what_is_no_series_is_refused() -> None:
    with pytest.raises(ValueError, match="as many times"):
        fit_many([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="0 or more"):
        fit_many([-1, 2], [1, 2])
    with pytest.raises(ValueError, match="above 0"):
        fit_many([1, 2], [1, 2], 0)
    with pytest.raises(ValueError, match="at least one series"):
        fit_many([], [])
