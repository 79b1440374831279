"""Forecasts out of weekly counts, alone and pooled, and their later scores."""

from datetime import date

import numpy as np
import pytest

from commonground.analysis.forecast.weekly import (
    MINIMUM_AFTER,
    MINIMUM_OCCASIONS,
    MINIMUM_WEEKS,
    Weekly,
    forecast,
    forecasts,
    score,
)
from commonground.analysis.pace.figures import Forecast
from commonground.analysis.pace.observations import monday, week_of

AS_OF = date(2026, 11, 16)
NOW = week_of(AS_OF)


def group(weeks: int, *, seed: int = 1, middle: float = 12.0, n: int = 60) -> Weekly:
    week = np.arange(NOW - weeks, NOW)
    p = 0.05 + 0.85 / (1 + np.exp(-0.15 * (week - NOW + middle)))
    rng = np.random.default_rng(seed)
    return Weekly(week, rng.binomial(n, p), np.full(weeks, n), NOW - weeks + 2)


def width(made: Forecast) -> float:
    return float(np.mean([one.p90 - one.p10 for one in made.path[:26]]))


def test_a_forecast_goes_week_by_week_from_the_last_to_the_horizon() -> None:
    made = forecast(*group(30)[:3], as_of=AS_OF, cut_over=NOW - 28, horizon=40)
    assert made.enough
    assert made.made_on == "2026-11-16"
    assert [one.week for one in made.path] == [monday(NOW + at).isoformat() for at in range(40)]
    for one in made.path:
        assert list(one[1:]) == sorted(one[1:])
        assert 0 <= one.p025 <= one.p975 <= 1
    assert [reach.share for reach in made.reaches] == [0.5, 0.8, 0.9]
    assert sum(weight for _, weight in made.weights) == pytest.approx(1, abs=1e-3)
    assert all(date.fromisoformat(day).weekday() == 0 for reach in made.reaches for day in reach[1:] if day)


def test_only_weeks_that_are_over_are_used() -> None:
    whole = group(30)
    earlier = forecast(*whole[:3], as_of=monday(NOW - 10))
    cut = forecast(*(np.asarray(one)[:20] for one in whole[:3]), as_of=monday(NOW - 10))
    assert earlier == cut


@pytest.mark.parametrize(
    ("given", "cut_over", "why"),
    [
        (group(5), None, f"5 weeks with occasions, and a forecast needs {MINIMUM_WEEKS}"),
        (group(20), NOW - 2, f"2 weeks with occasions since the cut-over, and a forecast needs {MINIMUM_AFTER}"),
        (group(10, n=2), None, f"20 occasions, and a forecast needs {MINIMUM_OCCASIONS}"),
    ],
)
def test_below_the_minimum_there_is_not_enough_data_yet(given: Weekly, cut_over: int | None, why: str) -> None:
    made = forecast(*given[:3], as_of=AS_OF, cut_over=cut_over)
    assert not made.enough
    assert made.why == f"Not enough data yet: {why}."
    assert made.path == ()


def test_units_lend_each_other_strength() -> None:
    """A unit with little data is forecast more narrowly beside five like it; its own data still count."""
    young = group(9, seed=9, middle=2)._replace(cut_over=NOW - 9)
    others = [group(50, seed=at, middle=45)._replace(cut_over=NOW - 50) for at in range(5)]
    alone = forecast(*young[:3], as_of=AS_OF, cut_over=young.cut_over)
    pooled = forecasts([young, *others], as_of=AS_OF)[0]
    assert width(pooled) < width(alone)


def test_two_units_do_not_make_a_pool_and_one_without_data_does_not_spoil_it() -> None:
    two = forecasts([group(30), group(30, seed=2)], as_of=AS_OF, horizon=20)
    assert two[0] == forecast(*group(30)[:3], as_of=AS_OF, cut_over=NOW - 28, horizon=20)
    mixed = forecasts([group(3), group(30), group(30, seed=2), group(30, seed=3)], as_of=AS_OF, horizon=20)
    assert [one.enough for one in mixed] == [False, True, True, True]


def test_a_stored_forecast_is_scored_on_the_weeks_that_came() -> None:
    made = forecast(*group(30)[:3], as_of=AS_OF, horizon=30)
    assert score(made, np.arange(NOW - 5, NOW), np.ones(5), np.full(5, 9)) is None
    middle = np.array([one.p50 for one in made.path[:10]])
    good = score(made, np.arange(NOW, NOW + 10), middle * 1000, np.full(10, 1000))
    bad = score(made, np.arange(NOW, NOW + 10), np.zeros(10), np.full(10, 1000))
    assert good is not None
    assert bad is not None
    assert (good.n, good.coverage50, bad.coverage95) == (10, 1.0, 0.0)
    assert good.crps < bad.crps / 4


def test_counts_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="between none and all"):
        forecast([1, 2], [5, 1], [4, 4], as_of=AS_OF)
    with pytest.raises(ValueError, match="one length"):
        forecast([1, 2], [1], [4, 4], as_of=AS_OF)
