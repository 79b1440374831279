"""What is usual and when to act: bands as scipy.stats has them (nbinom, and Poisson's predictive distribution), and a hand-worked table."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.communication.expected import (
    ACT,
    AT_ONCE,
    FEW,
    ROW,
    SO_FAR,
    UNKNOWN,
    USUAL,
    WATCH,
    Counted,
    Expected,
    expected,
    judge,
    more_than_usual,
    negative_binomial,
    overdispersion,
    so_far,
)

MONDAY = datetime(2026, 11, 23)  # noqa: DTZ001 - of the place's own clock
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def before(counts: list[int], at: datetime = MONDAY) -> list[Counted]:
    """These counts at the same weekday and time of the weeks before, the newest first."""
    return [Counted(at - back * WEEK, count) for back, count in enumerate(counts, 1)]


@pytest.mark.parametrize(
    ("mean", "variance"), [(0.125, 0.14), (2.0, 2.3), (9.4, 31.0), (240.0, 270.0), (5200.0, 60_000.0)]
)
def test_quantiles_are_those_of_scipys_nbinom(mean: float, variance: float) -> None:
    stats = import_module("scipy.stats")
    size = mean**2 / (variance - mean)
    shares = (0.025, 0.5, 0.975)
    found = negative_binomial(mean, variance, shares)
    assert found == tuple(int(one) for one in stats.nbinom.ppf(shares, size, size / (size + mean)))


def test_without_overdispersion_it_is_poissons_predictive_distribution_under_jeffreys_prior() -> None:
    """Gelman et al., Bayesian Data Analysis, 2.6: n weeks with the sum S foretell nbinom(S + ½, n/(n + 1))."""
    stats = import_module("scipy.stats")
    weeks = [11, 9, 10, 12, 10, 8, 11, 9]
    (row,) = expected(before(weeks), [MONDAY]).rows
    whole = sum(weeks) + 0.5
    assert row.weeks == 8
    assert row.mean == pytest.approx(whole / 8)
    assert (row.low, row.high) == tuple(stats.nbinom.ppf((0.025, 0.975), whole, 8 / 9))


def test_overdispersion_by_hand() -> None:
    """Two groups: 2 4 6 8 (mean 5, squares 20, over the mean 4) and 10 10 (0): 4 over 3 + 1 degrees of freedom is 1, and 4 × that is 4."""
    assert overdispersion([[2, 4, 6, 8], [10, 10]]) == 1.0
    assert overdispersion([[4, 8, 12, 16], [20, 20]]) == pytest.approx(2.0)
    assert overdispersion([[0, 0], [7]]) is None


def test_only_the_same_weekday_and_time_of_the_weeks_before_counts() -> None:
    others = [
        Counted(MONDAY - HOUR, 500),
        Counted(MONDAY - DAY, 500),
        Counted(MONDAY, 500),
        Counted(MONDAY - 9 * WEEK, 500),
    ]
    alone, crowded = (expected(rows, [MONDAY]) for rows in (before([10] * 8), [*before([10] * 8), *others]))
    assert alone.rows[0][:3] == crowded.rows[0][:3]
    assert crowded.n == 10
    assert (alone.first, alone.last) == (MONDAY - 8 * WEEK, MONDAY - WEEK)


def test_three_weeks_are_not_enough() -> None:
    band = expected(before([10, 11, 9]), [MONDAY])
    assert band.rows == (Expected(MONDAY, 3),)
    assert not band.enough
    assert judge([Counted(MONDAY, 900)], band.by_moment()).state == UNKNOWN
    assert judge([Counted(MONDAY, 900)], band.by_moment(), at_once=100)[:2] == (ACT, AT_ONCE)


HOURS = [MONDAY + place * HOUR for place in range(4)]
BAND = {at: Expected(at, 8, 10.0, 4, 17, 11.0) for at in HOURS}


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ([10, 17, 4], (USUAL, "", None)),
        ([10, 10, 18], (WATCH, "last", HOURS[2])),
        ([10, 18, 30], (ACT, ROW, HOURS[1])),
        ([18, 30, 10], (USUAL, "", None)),
        ([10, 3, 2], (FEW, ROW, HOURS[1])),
    ],
)
def test_two_in_a_row_above_the_band_say_act(counts: list[int], says: tuple[str, str, datetime | None]) -> None:
    rows = [Counted(at, count) for at, count in zip(HOURS, counts, strict=False)]
    assert tuple(judge(rows, BAND)) == says


def test_a_count_that_still_runs_is_looked_at_only_once_it_is_above() -> None:
    over = [Counted(HOURS[0], 10), Counted(HOURS[1], 20)]
    assert judge(over, BAND, running=Counted(HOURS[2], 1)).state == WATCH
    assert judge(over, BAND, running=Counted(HOURS[2], 18)) == (ACT, ROW, HOURS[1])
    assert judge(over[:1], BAND, running=Counted(HOURS[2], 0)).state == USUAL


def test_a_day_that_creeps_up_says_act_without_one_count_above() -> None:
    history = [Counted(MONDAY - back * WEEK + place * HOUR, 10) for back in range(1, 9) for place in range(24)]
    today = [Counted(at, 16) for at in HOURS]
    found = so_far(history, today, length=HOUR)
    assert found is not None
    assert found[0] == (MONDAY + 4 * HOUR, 64)
    assert found[1].mean == pytest.approx(40.0625)
    assert found[1].high is not None
    assert found[1].high < 64
    assert judge(today, BAND, day=found)[:2] == (ACT, SO_FAR)


def test_a_day_before_with_a_gap_tells_nothing_of_a_whole_morning() -> None:
    history = [Counted(MONDAY - back * WEEK + place * HOUR, 10) for back in range(1, 9) for place in range(3)]
    found = so_far(history, [Counted(at, 16) for at in HOURS], length=HOUR)
    assert found is not None
    assert found[1].weeks == 0


def test_more_than_usual_by_hand() -> None:
    """Four hours of 10 with variance 11 each, 60 counted: 20 more, ±1.96 × √44 = 13."""
    found = more_than_usual([Counted(at, 15) for at in HOURS], BAND)
    assert found is not None
    assert (found.counted, found.usual, found.more, found.days) == (60, 40.0, 20.0, 4)
    assert (found.low, found.high) == (pytest.approx(7.0, abs=0.01), pytest.approx(33.0, abs=0.01))
    assert more_than_usual([Counted(MONDAY - HOUR, 5)], BAND) is None


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 400), min_size=4, max_size=8), st.sampled_from([0.8, 0.95, 0.99]))
def test_the_band_holds_the_mean_and_grows_with_the_level(counts: list[int], level: float) -> None:
    (row,) = expected(before(counts), [MONDAY], level=level).rows
    (wider,) = expected(before(counts), [MONDAY], level=0.995).rows
    assert row.low is not None
    assert row.high is not None
    assert row.mean is not None
    assert row.low <= row.mean + 1
    assert row.high >= int(row.mean)
    assert (wider.low or 0) <= row.low
    assert (wider.high or 0) >= row.high


def test_about_the_promised_share_of_quiet_weeks_lies_within() -> None:
    """2,000 made Mondays of Poisson(12): at least 95 % lie within bands of the eight before, and far from all of them."""
    draw = iter(_poisson(12.0, 2000 * 9))
    within = 0
    for _ in range(2000):
        (row,) = expected(before([next(draw) for _ in range(8)]), [MONDAY]).rows
        within += (row.low or 0) <= next(draw) <= (row.high or 0)
    assert 0.95 <= within / 2000 < 0.99


def _poisson(mean: float, number: int) -> Iterator[int]:
    yield from import_module("numpy").random.default_rng(8).poisson(mean, number).tolist()


def test_bad_values_are_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        expected([], [MONDAY], level=95)
    with pytest.raises(ValueError, match="below nought"):
        expected(before([-1] * 4), [MONDAY])
    with pytest.raises(ValueError, match="variance above its mean"):
        negative_binomial(3.0, 3.0, (0.5,))
