"""Intervals of shares: check values of METHODS.md 7.3, and what must hold for any counts."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.intervals import jeffreys, margin, normal_quantile, normal_share_below, student, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(7, 10, 0.3968, 0.8922), (0, 8, 0, 0.3244), (3, 12, 0.0889, 0.5323), (45, 60, 0.6277, 0.8422)],
)
def test_check_values_of_methods_7_3(successes: int, n: int, low: float, high: float) -> None:
    assert np.allclose(wilson(successes, n), (low, high), atol=5e-5)


def test_jeffreys_of_methods_7_3_and_as_scipy_has_it() -> None:
    assert jeffreys(7, 10) == pytest.approx((0.3942, 0.9073), abs=5e-5)
    beta = import_module("scipy.stats").beta
    for k, n in ((1, 3), (5, 12), (40, 1000), (9_990, 10_000), (50_000, 100_000)):
        assert jeffreys(k, n, 0.9) == pytest.approx(beta.ppf([0.05, 0.95], k + 0.5, n - k + 0.5), rel=1e-9)
    assert jeffreys(0, 8)[0] == 0
    assert jeffreys(8, 8)[1] == 1
    with pytest.raises(ValueError, match="so many of so many"):
        jeffreys(3, 2)


def test_finite_population_of_methods_7_3() -> None:
    assert margin(0.5, 60) == pytest.approx(0.1265, abs=5e-5)
    assert margin(0.5, 60, 200) == pytest.approx(0.1061, abs=5e-5)
    with pytest.raises(ValueError, match="No more people"):
        margin(0.5, 60, 59)


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize("df", [3, 4, 9, 30, 1_000])
def test_student_as_scipy_has_it(df: int, level: float) -> None:
    assert student(df, level) == pytest.approx(import_module("scipy.stats").t.ppf((1 + level) / 2, df), rel=5e-3)
    with pytest.raises(ValueError, match="one degree of freedom"):
        student(0)


def test_nothing_counted_says_nothing() -> None:
    low, high = wilson([0, 3], [0, 3])
    assert (low[0], high[0]) == (0, 1)
    assert high[1] == 1


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.sampled_from([0.5, 0.8, 0.95, 0.99]))
def test_the_share_lies_inside_and_the_mirror_is_the_mirror(k: int, more: int, level: float) -> None:
    n = k + more
    low, high = wilson(k, n, level)
    assert 0 <= low <= high <= 1
    if n:
        assert low <= k / n <= high
    mirrored = wilson(n - k, n, level)
    assert np.allclose((1 - high, 1 - low), mirrored, atol=1e-12)


@pytest.mark.parametrize(("k", "n"), [(-1, 5), (6, 5), (float("nan"), 5), (1, float("inf"))])
def test_counts_that_are_none_are_refused(k: float, n: float) -> None:
    with pytest.raises(ValueError, match="so many of so many"):
        wilson(k, n)


def test_normal_distribution_as_scipy_has_it() -> None:
    normal = import_module("scipy.stats").norm
    grid = np.linspace(-30, 8, 400)
    assert np.allclose(normal_share_below(grid), normal.cdf(grid), rtol=1e-11, atol=0)
    assert normal_quantile(0.975) == pytest.approx(normal.ppf(0.975), rel=1e-12)
