"""Power is that of statsmodels, of printed tables and of published closed forms."""

import math
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.experiments.power import (
    Noise,
    assumed,
    design_effect,
    error_of,
    hussey_hughes,
    noise_of,
    plan_of,
    power_of,
)
from commonground.analysis.experiments.students import (
    detectable_shift,
    noncentral_below,
    power_of_t,
    student_below,
    student_quantile,
)

stats, authorities = import_module("scipy.stats"), import_module("statsmodels.stats.power")


@pytest.mark.parametrize("df", [1, 2, 4, 10, 37, 200])
@pytest.mark.parametrize("value", [-3.1, -0.4, 0.0, 1.7, 6.0])
def test_student_is_that_of_scipy(df: int, value: float) -> None:
    assert student_below(value, df) == pytest.approx(stats.t.cdf(value, df), abs=1e-10)
    assert noncentral_below(value, df, 1.3) == pytest.approx(stats.nct.cdf(value, df, 1.3), abs=1e-6)


@pytest.mark.parametrize(("df", "printed"), [(1, 12.706), (2, 4.303), (4, 2.776), (10, 2.228), (30, 2.042)])
def test_quantiles_are_those_of_the_printed_table(df: int, printed: float) -> None:
    """Fisher & Yates' table III, 5 % two-sided."""
    assert student_quantile(0.975, df) == pytest.approx(printed, abs=5e-4)


@pytest.mark.parametrize(("effect", "each"), [(0.2, 20), (0.5, 64), (0.8, 26), (1.5, 5), (2.0, 3)])
def test_two_arms_have_the_power_of_statsmodels(effect: float, each: int) -> None:
    """`TTestIndPower`: units that are measured once after, so noise and difference between units are one."""
    plan = plan_of([0] * each + [None] * each, 1)
    found = power_of(plan, Noise(0.0, 1.0), effect)
    authority = authorities.TTestIndPower()
    assert found.power == pytest.approx(authority.power(effect, each, 0.05), abs=1e-6)
    assert found.detectable == pytest.approx(authority.solve_power(None, each, 0.05, 0.8), abs=1e-4)


@pytest.mark.parametrize(("effect", "each", "printed"), [(0.5, 64, 0.80), (0.8, 26, 0.80), (0.2, 393, 0.80)])
def test_two_arms_have_the_power_of_cohens_table(effect: float, each: int, printed: float) -> None:
    """Cohen, 1992, Psych. Bull. 112:155–159, table 2: 393, 64 and 26 in each group for small, medium and large."""
    found = power_of(plan_of([0] * each + [None] * each, 1), Noise(0.0, 1.0), effect)
    assert found.power == pytest.approx(printed, abs=0.01)


def test_with_many_units_it_is_the_normal_power_of_statsmodels() -> None:
    found = power_of_t(0.1 * math.sqrt(500), 998)
    assert found == pytest.approx(authorities.NormalIndPower().power(0.1, 1000, 0.05), abs=2e-3)


def test_people_in_groups_tell_less_by_the_design_effect() -> None:
    """Donner & Klar, 2000: 1 + (m − 1)·icc; here 50 people, icc .05: 3.45. Unequal ones by Eldridge et al., 2006."""
    assert design_effect([50] * 8, 0.05) == pytest.approx(3.45)
    assert design_effect([20, 80], 0.05) == pytest.approx(1 + ((0.6**2 + 1) * 50 - 1) * 0.05)


def test_a_share_of_clustered_occasions_has_the_error_of_the_design_effect() -> None:
    """Two arms, once after: p(1 − p)·design effect ÷ occasions in each arm, twice."""
    noise = assumed(0.3, 40, 0.05)
    error = error_of(plan_of([0] * 6 + [None] * 6, 1), noise)
    assert error**2 == pytest.approx(2 * 0.21 * design_effect([40] * 6, 0.05) / (6 * 40))


@pytest.mark.parametrize(("steps", "each", "icc", "size"), [(4, 6, 0.01, 100), (3, 2, 0.05, 20), (6, 1, 0.2, 8)])
def test_a_stepped_plan_has_the_published_variance(steps: int, each: int, icc: float, size: int) -> None:
    """Hussey & Hughes' closed form; and Woertman et al., 2013, J. Clin. Epidemiol. 66:752–758, whose design effect (as corrected by
    Hemming & Girling, 2013: times the number of measurements) with one measurement before and one after each of k steps is
    (1 + ρ(kn + n − 1)) ÷ (1 + ρ(kn/2 + n − 1)) · 3(1 − ρ) ÷ (2(k − 1/k)), against people drawn one by one."""
    noise = Noise(math.sqrt(icc), math.sqrt((1 - icc) / size))
    plan = plan_of([1 + place // each for place in range(steps * each)], steps + 1)
    closed = hussey_hughes(plan, noise)
    assert error_of(plan, noise) ** 2 == pytest.approx(closed, rel=1e-6)
    k, n, rho = steps, size, icc
    woertman = (1 + rho * (k * n + n - 1)) / (1 + rho * (k * n / 2 + n - 1)) * 3 * (1 - rho) / (2 * (k - 1 / k))
    assert closed == pytest.approx(woertman * 4 / (steps * each * n), rel=1e-6)


def test_two_units_and_no_weeks_before_say_nothing() -> None:
    found = power_of(plan_of([1, None], 8), Noise(0.1, 0.05), 0.1)
    assert (found.detectable, found.power) == (None, None)
    assert not found.sees(0.9)


def test_noise_is_found_again() -> None:
    random = np.random.default_rng(7)
    units, weeks, alike = 40, 60, 0.5
    noise = np.zeros((units, weeks))
    for week in range(weeks):
        fresh = random.normal(0, 0.04, units)
        noise[:, week] = fresh if week == 0 else alike * noise[:, week - 1] + fresh * math.sqrt(1 - alike**2)
    shares = 0.4 + random.normal(0, 0.1, units)[:, None] + np.linspace(0, 0.2, weeks) + noise
    found = noise_of(shares)
    assert found is not None
    assert found.within == pytest.approx(0.04, rel=0.1)
    assert found.between == pytest.approx(0.1, rel=0.3)
    assert found.alike == pytest.approx(alike, abs=0.08)


@given(st.integers(2, 12), st.integers(1, 10), st.floats(0, 0.9), st.floats(0.01, 0.3))
def test_more_units_and_more_weeks_never_see_less(units: int, before: int, alike: float, within: float) -> None:
    noise = Noise(0.1, within, alike)

    def seen(many: int, weeks: int) -> float:
        return error_of(plan_of([weeks] * many + [None] * many, 2 * weeks), noise)

    assert seen(units + 1, before) < seen(units, before)
    assert seen(units, before + 1) <= seen(units, before) + 1e-9
    assert detectable_shift(2 * units) < detectable_shift(2 * units - 1) + 1e-12
