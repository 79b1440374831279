"""Scores of forecasts: check values of METHODS.md 4.6, against scipy's integral, and what must hold for any forecast."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.forecast.scoring import (
    brier,
    coverage,
    crps_ensemble,
    crps_normal,
    interval_score,
    log_score,
    pinball,
)

numbers = st.floats(-1e3, 1e3)


@pytest.mark.parametrize(("y", "score"), [(-3, 2.43657473), (0, 0.23369498), (1, 0.60244136)])
def test_normal_of_methods_4_6(y: float, score: float) -> None:
    """At −3 as in the tests of R's scoringRules."""
    assert crps_normal(0, 1, y) == pytest.approx(score, abs=5e-9)


def test_ensemble_of_methods_4_6() -> None:
    assert crps_ensemble([1, 2, 4], 3) == pytest.approx(0.6667, abs=5e-5)
    assert crps_ensemble([1, 2, 4], 3, fair=True) == pytest.approx(0.3333, abs=5e-5)


def test_pinball_interval_brier_and_log_of_methods_4_6() -> None:
    assert pinball(8, [10, 6], 0.9) == pytest.approx([1.8, 0.2])
    assert interval_score(4, 8, [10, 6], 0.9) == pytest.approx([44, 4])
    assert brier(0.7, 1) == pytest.approx(0.09)
    assert log_score(0.7, 1) == pytest.approx(0.3567, abs=5e-5)
    assert log_score(0.3, 0) == pytest.approx(0.3567, abs=5e-5)
    assert log_score(0, 1) == np.inf


def test_normal_equals_its_integral() -> None:
    """CRPS is the integral of (F(x) − 1[x ≥ y])² (Gneiting & Raftery 2007, eq. 20), here by scipy."""
    integrate, normal = import_module("scipy.integrate"), import_module("scipy.stats").norm(2, 3)
    below, _ = integrate.quad(lambda x: normal.cdf(x) ** 2, -60, 4.5)
    above, _ = integrate.quad(lambda x: (1 - normal.cdf(x)) ** 2, 4.5, 60)
    assert crps_normal(2, 3, 4.5) == pytest.approx(below + above, rel=1e-8)


def test_a_large_ensemble_comes_near_the_normal_it_is_drawn_from() -> None:
    members = np.random.default_rng(3).normal(2, 3, (4, 20_000))
    observed = np.array([-4, 0, 2, 9.0])
    assert np.allclose(crps_ensemble(members, observed), crps_normal(2, 3, observed), rtol=0.05)


def test_a_sure_forecast_scores_its_distance() -> None:
    assert crps_normal(5, 0, 8) == 3
    assert crps_ensemble([5.0], 8) == 3


@given(st.lists(numbers, min_size=2, max_size=12), numbers)
def test_ensemble_equals_the_double_sum(members: list[float], y: float) -> None:
    m = len(members)
    away = sum(abs(x - y) for x in members) / m
    apart = sum(abs(a - b) for a in members for b in members)
    assert crps_ensemble(members, y) == pytest.approx(away - apart / (2 * m * m), abs=1e-9)
    assert crps_ensemble(members, y, fair=True) == pytest.approx(away - apart / (2 * m * (m - 1)), abs=1e-9)
    assert crps_ensemble(members, y) >= -1e-9


@given(numbers, numbers, st.floats(0.01, 0.99))
def test_pinball_is_never_negative(quantile: float, y: float, tau: float) -> None:
    assert pinball(quantile, y, tau) >= 0


def test_coverage_counts_ends_as_inside() -> None:
    found = coverage([0, 0, 0, 0], [1, 1, 1, 1], [0, 1, 0.5, 1.01])
    assert (found.share, found.n) == (0.75, 4)
    assert found.low < 0.75 < found.high


def test_what_cannot_be_scored_is_refused() -> None:
    with pytest.raises(ValueError, match="two for the fair"):
        crps_ensemble([1.0], 1.0, fair=True)
    with pytest.raises(ValueError, match="at least one member"):
        crps_ensemble([], 1.0)
    with pytest.raises(ValueError, match="negative"):
        crps_normal(0, -1, 0)
    with pytest.raises(ValueError, match="end before"):
        interval_score(2, 1, 0, 0.9)
    with pytest.raises(ValueError, match="level"):
        interval_score(1, 2, 0, 90)
    with pytest.raises(ValueError, match="no forecast to score"):
        coverage([], [], [])
