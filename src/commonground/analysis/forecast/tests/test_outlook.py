"""What holds of every forecast, whatever the series."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.forecast.outlook import MINIMUM, QUANTILES, TARGETS, History, outlook, score_quantiles
from commonground.analysis.forecast.tests.made import KINDS

AHEAD = 12
shares = st.lists(st.floats(0, 1, allow_nan=False), min_size=MINIMUM, max_size=20)
gaps = st.lists(st.floats(0.2, 5), min_size=20, max_size=20)


def further(times: np.ndarray, count: int = AHEAD) -> np.ndarray:
    return times[-1] + np.arange(1.0, count + 1) * float(np.median(np.diff(times)))


def course(count: int, noise: float = 0.02) -> tuple[np.ndarray, np.ndarray]:
    times = np.arange(float(count))
    level = 0.9 / (1 + np.exp(-0.15 * (times - 25)))
    return times, np.clip(level + noise * np.random.default_rng(3).standard_normal(count), 0, 1)


@settings(max_examples=12, deadline=None)
@given(shares, gaps)
def test_quantiles_of_any_shares_are_in_order_and_between_0_and_1(share: list[float], gap: list[float]) -> None:
    times = np.cumsum(gap[: len(share)])
    told = outlook(History(times, share=np.array(share)), further(times))
    assert told.enough
    assert np.isfinite(told.quantiles).all()
    assert (np.diff(told.quantiles, axis=1) >= 0).all()
    assert ((told.quantiles >= 0) & (told.quantiles <= 1)).all()
    assert sum(told.weights.values()) == pytest.approx(1)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=MINIMUM, max_size=20), st.booleans())
def test_adopters_never_become_fewer(new: list[int], known: bool) -> None:
    adopters, times = np.array(new, float), np.arange(float(len(new)))
    history = History(times, adopters=adopters, population=float(adopters.sum() + 50) if known else None)
    told = outlook(history, further(times))
    if not told.enough:
        assert "fewer than 3 periods" in told.why
        return
    now = adopters.sum() / (history.population or told.population or np.nan)
    assert (np.diff(told.quantiles, axis=0) >= -1e-12).all()
    assert (np.diff(told.members, axis=0) >= -1e-12).all()
    assert (told.quantiles[0] >= now - 1e-9).all()
    assert (told.quantiles <= 1).all()


def test_the_same_series_gives_the_same_forecast() -> None:
    times, share = course(20)
    one, two = (outlook(History(times, share=share), further(times)) for _ in range(2))
    assert np.array_equal(one.quantiles, two.quantiles)
    assert one.weights == two.weights
    assert one.reaches == two.reaches


def test_shifted_times_shift_the_answer_and_other_units_of_time_stretch_it() -> None:
    times, share = course(24)
    here = outlook(History(times, share=share), further(times, 40))
    there = outlook(History(7 * times + 700, share=share), further(7 * times + 700, 40))
    np.testing.assert_allclose(there.quantiles, here.quantiles, atol=1e-9)
    assert here.reaches[0.5].mid is not None
    assert there.reaches[0.5].mid == pytest.approx(7 * here.reaches[0.5].mid + 700)


def test_more_people_who_could_make_a_smaller_share() -> None:
    new, times = np.array([2, 3, 5, 8, 9, 12, 11, 14.0]), np.arange(8.0)
    small, large = (
        outlook(History(times, adopters=new, population=people), further(times)).quantiles[-1, 3]
        for people in (150.0, 3000.0)
    )
    assert large < small / 3


def test_more_data_make_the_forecast_narrower_on_average() -> None:
    width = []
    for count in (10, 40):
        times, share = course(count)
        told = outlook(History(times, share=share), further(times))
        width.append(float((told.quantiles[:, 5] - told.quantiles[:, 1]).mean()))
    assert width[1] < 0.8 * width[0]


def test_a_falling_share_is_forecast_to_fall_on() -> None:
    times, share = course(26)
    told = outlook(History(times, share=1 - share), further(times))
    assert told.quantiles[-1, 3] < 1 - share[-1]


def test_what_was_reached_already_is_said_with_its_time() -> None:
    times, share = course(34, noise=0.0)
    told = outlook(History(times, share=share), further(times, 30))
    first = float(times[np.argmax(share >= 0.5)])
    assert told.reaches[0.5] == (first, first, first)


def test_reaching_comes_in_order_and_not_beyond_the_horizon() -> None:
    times, share = course(22)
    ahead = further(times, 25)
    told = outlook(History(times, share=share), ahead)
    for when in told.reaches.values():
        known = [time for time in when if time is not None]
        assert known == sorted(known)
        assert all(time <= ahead[-1] for time in known)
    middles = [told.reaches[target].mid or np.inf for target in TARGETS]
    assert middles == sorted(middles)


def test_too_few_times_are_not_enough_data() -> None:
    told = outlook(History(np.arange(5.0), share=np.full(5, 0.3)), np.arange(5.0, 8))
    assert not told.enough
    assert told.why == f"Not enough data yet: 5 times of at least {MINIMUM} that a forecast needs."
    assert not len(told.quantiles)


@pytest.mark.parametrize(
    ("history", "told"),
    [
        (History(np.arange(3.0)), "either shares or new adopters"),
        (History(np.arange(3.0), share=np.full(3, 0.1), adopters=np.ones(3)), "either shares or new adopters"),
        (History(np.array([1.0, 1.0, 2.0]), share=np.full(3, 0.1)), "must rise"),
        (History(np.arange(3.0), share=np.array([0.1, 1.2, 0.3])), "between 0 and 1"),
        (History(np.arange(3.0), adopters=np.array([1.0, -1, 3])), "fewer than none"),
        (History(np.arange(3.0), adopters=np.ones(3), population=2.0), "more adopters than the population"),
        (History(np.arange(3.0), share=np.array([0.1, np.nan, 0.3])), "one number for each time"),
    ],
)
def test_a_history_that_cannot_be_is_refused(history: History, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        outlook(history, np.array([4.0]))


def test_the_score_of_stored_quantiles_is_near_that_of_the_whole_distribution() -> None:
    """CRPS of a standard normal forecast at 0 and 1 (METHODS 4.6): .23369498, .60244136."""
    quantiles = np.array([[NormalDist().inv_cdf(level) for level in QUANTILES]] * 2)
    for row, crps in ((0, 0.23369498), (1, 0.60244136)):
        assert score_quantiles(quantiles[row : row + 1], np.array([float(row)])).crps == pytest.approx(crps, rel=0.01)


def test_intervals_hold_what_comes_from_the_models_themselves() -> None:
    """Acted truth: 80 % intervals over series made by each model; with 40 series the share inside strays by 6 points."""
    inside = []
    for seed in range(10):
        for kind in KINDS:
            rng = np.random.default_rng([seed, KINDS.index(kind)])
            history, ahead, came = kind(rng)
            told = outlook(history, ahead)
            at = int(rng.integers(len(came)))
            inside.append(told.quantiles[at, 1] <= came[at] <= told.quantiles[at, 5])
    assert 0.65 <= np.mean(inside) <= 0.97
