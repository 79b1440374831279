"""Effects of roll-outs are those of statsmodels and of a published table."""

from importlib import import_module
from typing import Any

import numpy as np
import pytest

from commonground.analysis.experiments.roll_out import (
    DIFFERED,
    NO_BEFORE,
    NO_COMPARISON,
    ONE_UNIT,
    TOO_FEW,
    group_time_effects,
    roll_out,
)

smf, pandas = import_module("statsmodels.formula.api"), import_module("pandas")


def long(shares: np.ndarray, starts: list[int | None]) -> Any:
    return pandas.DataFrame(
        {"y": value, "unit": unit, "period": period, "on": float(starts[unit] is not None and period >= starts[unit])}
        for unit, row in enumerate(shares)
        for period, value in enumerate(row)
    )


def test_new_jersey_and_pennsylvania() -> None:
    """Card & Krueger, 1994, AER 84:772–793, table 3, rows 1 to 3: employment per store before and after New Jersey's new wage: 20.44 and
    21.03 there, 23.33 and 21.17 in Pennsylvania. Changes .59 and −2.16, their difference 2.76 (2.75 of the rounded means)."""
    shares = np.array([[20.44, 21.03], [23.33, 21.17]])
    assert group_time_effects(shares, [1, None]) == {(1, 1): pytest.approx(2.76, abs=0.011)}
    assert np.diff(shares).ravel() == pytest.approx([0.59, -2.16])


def test_one_group_and_two_periods_are_least_squares_with_fixed_effects() -> None:
    """statsmodels' OLS with a dummy for each unit and period: the same estimate, and the same 95 % interval."""
    random = np.random.default_rng(4)
    starts: list[int | None] = [1] * 4 + [None] * 5
    shares = random.normal(0.4, 0.1, (9, 2))
    shares[:4, 1] += 0.1
    authority = smf.ols("y ~ on + C(unit) + C(period)", long(shares, starts)).fit()
    found = roll_out(shares, starts)
    assert found.overall is not None
    assert found.two_way is not None
    assert found.overall.estimate == pytest.approx(authority.params["on"])
    assert (found.overall.low, found.overall.high) == tuple(
        pytest.approx(one) for one in authority.conf_int().loc["on"]
    )
    assert found.two_way.estimate == pytest.approx(authority.params["on"])
    assert found.df == authority.df_resid


def staggered(effect: float, seed: int = 1, noise: float = 0.01) -> tuple[np.ndarray, list[int | None]]:
    random = np.random.default_rng(seed)
    starts: list[int | None] = [3, 3, 3, 5, 5, 5, None, None, None]
    shares = random.normal(0.3, 0.1, 9)[:, None] + 0.02 * np.arange(9) + random.normal(0, noise, (9, 9))
    for unit, start in enumerate(starts):
        if start is not None:
            shares[unit, start:] += effect * (1 + np.arange(9 - start))
    return shares, starts


def test_each_group_and_period_is_its_own_two_by_two() -> None:
    """statsmodels' OLS on the two periods and the units that had not begun."""
    shares, starts = staggered(0.02)
    found = group_time_effects(shares, starts)
    for group, period in ((3, 3), (3, 4), (3, 7), (5, 6), (5, 2)):
        rows = long(shares, starts).query("period in (@group - 1, @period)")
        latest = max(period, group - 1)
        rows = rows[[starts[u] == group or starts[u] is None or starts[u] > latest for u in rows["unit"]]]
        rows = rows.assign(
            on=[float(starts[u] == group and p == period) for u, p in zip(rows["unit"], rows["period"], strict=True)]
        )
        authority = smf.ols("y ~ on + C(unit) + C(period)", rows).fit()
        assert found[group, period] == pytest.approx(authority.params["on"])


def test_the_usual_regression_is_that_of_statsmodels_and_misses_an_effect_that_grows() -> None:
    """Goodman-Bacon, 2021: where effects grow and all units begin in the end, early ones serve as a comparison, with negative weight."""
    shares, starts = staggered(0.02, noise=0.0)
    starts, shares = starts[:6], shares[:6]
    authority = smf.ols("y ~ on + C(unit) + C(period)", long(shares, starts)).fit()
    found = roll_out(shares, starts)
    assert found.two_way is not None
    assert found.overall is not None
    assert found.two_way.estimate == pytest.approx(authority.params["on"])
    assert found.two_way.negative > 0
    assert found.overall.estimate == pytest.approx((0.02 + 0.04) / 2)
    assert found.two_way.estimate < found.overall.estimate


def test_by_time_since_the_beginning() -> None:
    shares, starts = staggered(0.02, noise=0.002)
    found = roll_out(shares, starts)
    assert found.cannot == ()
    told = {one.since: one for one in found.effects}
    assert -1 not in told
    for since in range(4):
        one = told[since]
        assert one.low is not None
        assert one.high is not None
        assert one.low_all is not None
        assert one.low <= 0.02 * (since + 1) <= one.high
        assert one.low_all <= one.low
    assert told[-2].estimate == pytest.approx(0, abs=0.01)
    assert found.ways == 1680
    assert found.chance is not None
    assert found.chance < 0.05


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """Seeded: 200 roll-outs, the overall effect and all periods together."""
    overall = together = 0
    for seed in range(200):
        found = roll_out(*staggered(0.0, seed, 0.03), seed=seed)
        assert found.overall is not None
        assert found.overall.low is not None
        assert found.overall.high is not None
        overall += found.overall.low <= 0 <= found.overall.high
        together += all((one.low_all or 0) <= 0 <= (one.high_all or 0) for one in found.effects)
    assert overall / 200 == pytest.approx(0.95, abs=0.046)
    assert together / 200 == pytest.approx(0.95, abs=0.05)


def test_which_unit_is_called_what_changes_nothing() -> None:
    shares, starts = staggered(0.02)
    order = [4, 8, 0, 2, 6, 1, 7, 5, 3]
    other = roll_out(shares[order], [starts[at] for at in order])
    usual = roll_out(shares, starts)
    assert other.overall is not None
    assert usual.overall is not None
    assert other.overall == pytest.approx(usual.overall)


def test_what_the_design_cannot_answer_is_said() -> None:
    shares, _ = staggered(0.02)
    assert NO_COMPARISON in roll_out(shares, [3] * 9).cannot
    assert NO_BEFORE in roll_out(shares, [0] * 9).cannot
    assert ONE_UNIT in roll_out(shares, [3, *[None] * 8]).cannot
    assert TOO_FEW in roll_out(shares[:4], [3, 4, 5, None]).cannot
    drifting, starts = staggered(0.0, noise=0.002)
    drifting[:6] += 0.03 * np.arange(9)
    assert DIFFERED in roll_out(drifting, starts).cannot
