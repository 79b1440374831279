"""Ordered comparisons: against scipy's optimizer on the same likelihood, R's effsize, and over many draws."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.assessment.comparing import Way, compared, superiority, wanted
from commonground.analysis.assessment.ordered_probit import ordered_probit

TABLE = np.array([[5, 10, 20, 10, 5], [2, 5, 15, 20, 8], [9, 0, 12, 3, 1]])


def optimized(table: np.ndarray) -> np.ndarray:
    """Thresholds and shifts by scipy: Nelder–Mead, then BFGS, on log-likelihoods by scipy's normal distribution."""
    optimize, norm = import_module("scipy.optimize"), import_module("scipy.stats").norm
    cuts = table.shape[1] - 1

    def loss(at: np.ndarray) -> float:
        ends = np.cumsum([at[0], *np.exp(at[1:cuts])])
        z = np.hstack([[-np.inf], ends, [np.inf]]) - np.array([0, *at[cuts:]])[:, None]
        return -float((table * np.log(np.maximum(np.diff(norm.cdf(z), axis=1), 1e-300))).sum())

    start = np.zeros(cuts + len(table) - 1)
    start[0] = -1
    best = optimize.minimize(
        loss, start, method="Nelder-Mead", options={"maxiter": 20_000, "fatol": 1e-12, "xatol": 1e-9}
    )
    best = optimize.minimize(loss, best.x, method="BFGS", options={"gtol": 1e-7})
    return np.array([*np.cumsum([best.x[0], *np.exp(best.x[1:cuts])]), *best.x[cuts:], -best.fun])


@pytest.mark.parametrize("table", [TABLE, TABLE[:2], TABLE[:, :3], np.array([[4, 2], [3, 9]])])
def test_ordered_probit_as_scipy_optimizes_it(table: np.ndarray) -> None:
    found, theirs = ordered_probit(table), optimized(table)
    assert found is not None
    assert [*found.thresholds, *found.shift[1:]] == pytest.approx(theirs[:-1], abs=2e-4)
    assert found.log_likelihood == pytest.approx(theirs[-1], abs=1e-7)
    assert found.shift[0] == found.low[0] == found.high[0] == 0


def test_ordered_probit_as_statsmodels_has_it() -> None:
    """statsmodels 0.15, OrderedModel(distr="probit") on the same answers, fitted by BFGS to a gradient of 1e-9."""
    found = ordered_probit(TABLE)
    assert found is not None
    assert found.shift[1:] == pytest.approx([0.5212424594, -0.5053598220], abs=1e-7)
    assert found.deviation[1:] == pytest.approx([0.2130748347, 0.2633645772], abs=1e-6)
    assert found.log_likelihood == pytest.approx(-177.4538658666, abs=1e-8)


def test_two_answers_are_a_plain_probit() -> None:
    """With two answers the shift is the difference of normal quantiles, and its variance that of the delta method."""
    norm = import_module("scipy.stats").norm
    found = ordered_probit([[30, 20], [15, 45]])
    assert found is not None
    assert found.shift[1] == pytest.approx(norm.ppf(0.4 * 0 + 0.75) - norm.ppf(0.4), abs=1e-9)
    errors = [p * (1 - p) / n / norm.pdf(norm.ppf(p)) ** 2 for p, n in ((0.4, 50), (0.75, 60))]
    assert found.deviation[1] == pytest.approx(np.sqrt(sum(errors)), rel=1e-9)


def test_an_answer_that_nobody_gave_changes_nothing() -> None:
    gap = np.insert(TABLE, 2, 0, axis=1)
    one, other = ordered_probit(TABLE), ordered_probit(gap)
    assert one is not None
    assert other is not None
    assert one.shift == pytest.approx(other.shift)


@pytest.mark.parametrize(
    "table",
    [
        [[5, 3, 0], [0, 2, 6]],
        [[5, 1, 0], [0, 1, 6]],
        [[3, 4]],
        [[3, 0], [2, 0]],
        [[3, 0], [0, 2]],
        [[3, 2], [0, 5]],
        [[1, 2], [0, 0]],
        [[3, 0, 0], [1, 2, 3]],
    ],
)
def test_what_cannot_be_placed_is_not_fitted(table: list[list[int]]) -> None:
    """Also groups that meet in one answer alone: a likelihood that rises without end has no greatest value."""
    assert ordered_probit(table) is None


def test_the_interval_of_the_shift_holds_the_truth_in_95_of_100() -> None:
    drawn, held = np.random.default_rng(4), 0
    ends = [-1.2, -0.4, 0.3, 1.1]
    for _ in range(600):
        rows = [
            np.bincount(np.searchsorted(ends, drawn.normal(at, 1, n)), minlength=5) for at, n in ((0, 40), (0.5, 25))
        ]
        found = ordered_probit(rows)
        assert found is not None
        held += found.low[1] <= 0.5 <= found.high[1]
    assert 0.92 <= held / 600 <= 0.98


@given(st.lists(st.integers(0, 30), min_size=5, max_size=5), st.lists(st.integers(0, 30), min_size=5, max_size=5))
@settings(deadline=None)
def test_the_other_way_round_is_the_mirror(first: list[int], second: list[int]) -> None:
    one, other = compared(first, second), compared(second, first)
    if one is None or other is None:
        assert min(sum(first), sum(second)) < 5
        return
    assert one.superiority.share + other.superiority.share == pytest.approx(1)
    assert -1 <= one.superiority.delta <= 1
    assert one.superiority.low <= one.superiority.share + 1e-12
    assert one.superiority.share <= one.superiority.high + 1e-12
    assert {one.way, other.way} in ({Way.MORE, Way.LESS}, {Way.UNCLEAR})
    if one.shift is not None and other.shift is not None:
        assert one.shift == pytest.approx(-other.shift, abs=1e-6)


def test_delta_and_its_interval_as_effsize_has_them() -> None:
    """R, package effsize, the example of cliff.delta: −.25, 95 % interval −.7265846 to .3890062."""
    answers = (10, 20, 30, 40, 50)
    treated, control = (10, 10, 20, 20, 20, 30, 30, 30, 40, 50), (10, 20, 30, 40, 40, 50)
    found = superiority([control.count(one) for one in answers], [treated.count(one) for one in answers])
    assert found.delta == -0.25
    assert (2 * found.low - 1, 2 * found.high - 1) == pytest.approx((-0.7265846, 0.3890062), abs=1e-5)


def test_superiority_is_the_u_of_mann_and_whitney() -> None:
    one, other = (np.repeat(np.arange(5), row) for row in TABLE[:2])
    u = import_module("scipy.stats").mannwhitneyu(other, one).statistic
    assert superiority(TABLE[0], TABLE[1]).share == pytest.approx(u / (50 * 50))


def test_two_waves_in_words() -> None:
    low, high = (20, 15, 10, 3, 2), (2, 3, 10, 15, 20)
    assert [compared(*pair).way for pair in ((low, high), (high, low), (low, low))] == [Way.MORE, Way.LESS, Way.UNCLEAR]
    assert compared((1, 1, 1, 0, 0), high) is None
    apart = compared((6, 0, 0, 0, 0), (0, 0, 0, 0, 9))
    assert (apart.way, apart.shift, apart.superiority.high) == (Way.MORE, None, 1)
    with pytest.raises(ValueError, match="same answers"):
        compared((1, 2), (1, 2, 3))
    with pytest.raises(ValueError, match="at least one answer"):
        superiority((0, 0), (1, 2))


def test_what_people_want_more_of() -> None:
    found = wanted([1, 2, 3, 4, 5, 2, np.nan], [3, 2, 5, 4, 4, 5, 1])
    assert found is not None
    assert (found.more.counted, found.same.counted, found.less.counted, found.more.n) == (3, 2, 1, 6)
    assert wanted([1, 2, 3, 4], [2, 3, 4, 5]) is None


def test_groups_that_hardly_overlap_are_told_by_superiority_alone() -> None:
    """They share one answer, or none: the likelihood of the probit has no top, and nothing says how many deviations lie between."""
    for first, second in (([20, 20, 9, 0, 0], [0, 0, 8, 21, 20]), ([20, 20, 0, 0, 0], [0, 0, 8, 21, 20])):
        found = compared(first, second)
        assert found is not None
        assert found.way == Way.MORE
