"""What waiting costs and how far behind plan one is: METHODS.md 4.5 and its appendix A, and tables worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.pace.value import (
    Range,
    cd3,
    cost_of_delay,
    cost_of_each_month,
    delay_area,
    delayed,
    j_curve,
    later,
    months_late,
    npv,
    periods_behind,
    pure_shift,
    reached,
    realised_share,
    realization,
    sooner,
    together,
    worth_of,
    worth_of_sooner,
)

PLANNED, REALISED = [0, 10, 20, 30, 30], [0, 0, 10, 20, 30]
curves = st.lists(st.floats(0, 1e4), min_size=2, max_size=30)


def test_cost_of_a_delay_of_methods_4_5() -> None:
    costs, benefits = [100] * 6 + [0] * 30, [0] * 6 + [40] * 30
    found = delayed(costs, benefits, 3, 0.01)
    assert found == pytest.approx((396.86, 284.93, 111.93), abs=5e-3)
    assert pure_shift(0.01, 3) == pytest.approx(0.9706, abs=5e-5)
    assert npv([-100] * 6 + [40] * 30, 0.01) == pytest.approx(396.86, abs=5e-3)


def test_j_curve_of_methods_4_5() -> None:
    found = j_curve([100] * 4 + [80, 84, 88, 92, 96, 100, 104, 108] + [110] * 4, 100)
    assert (found.lost, found.regained, found.net) == (60, 52, -8)
    assert (found.deepest, found.back, found.recovered) == (4, 9, None)
    assert j_curve([80, 100, 110, 110, 100], 100).recovered == 3
    assert j_curve([100, 101], 100).recovered is None


def test_benefits_realization_of_methods_appendix_a() -> None:
    assert delay_area(PLANNED, REALISED) == 30
    assert realised_share(PLANNED, REALISED, 3) == pytest.approx(20 / 30)
    found = realization(PLANNED, REALISED[:4])
    assert found is not None
    assert (found.share, found.area, found.behind, found.at_least) == (pytest.approx(20 / 30), 30, 1, False)
    assert realised_share(PLANNED, REALISED, 0) is None


def test_months_that_are_not_known_are_left_out() -> None:
    found = realization(PLANNED, [0, np.nan, 10, np.nan])
    assert found is not None
    assert (found.planned, found.realised, found.area, found.n) == (20, 10, 10, 2)
    assert realization(PLANNED, [np.nan, np.nan]) is None
    assert realization(PLANNED, []) is None


@pytest.mark.parametrize(
    ("level", "at", "behind", "at_least"),
    [
        (10, 2, 1, False),
        (15, 2, 0.5, False),
        (20, 2, 0, False),
        (30, 4, 0, False),  # on plan, wherever the plan is level
        (25, 4, 1.5, False),
        (25, 1, -1.5, False),
        (-5, 2, 2, True),  # lower than the plan ever stood
        (40, 1, -3, True),  # higher than it ever gets
        (12, 1.5, 0.3, False),
        (18, 1.5, -0.3, False),
    ],
)
def test_behind_plan_is_the_distance_to_the_side(level: float, at: float, behind: float, at_least: bool) -> None:
    assert periods_behind(PLANNED, level, at) == (pytest.approx(behind), at_least)


def test_late_against_a_forecast() -> None:
    planned = np.arange(13) / 12
    expected = np.stack([np.arange(25) / 48, np.arange(25) / 24, np.arange(25) / 16])
    assert reached(planned, 0.5) == pytest.approx(6)
    late = months_late(planned, expected, 0.5)
    assert late == pytest.approx((2, 6, 18))
    assert months_late(planned, expected, 0.6) == pytest.approx((2.4, 7.2, np.inf))
    assert months_late(planned, expected, 1.1) is None
    assert months_late(planned, expected[0], 0.9) is None


def test_a_month_of_delay_in_numbers_worked_by_hand() -> None:
    """200 occasions a month, 15 minutes each; the share goes 20, 40, 60, 80 %. Today it is 10 %."""
    worth = worth_of([0.2, 0.4, 0.6, 0.8], 200, 15)
    assert worth.tolist() == pytest.approx([600, 1200, 1800, 2400])
    assert cost_of_delay(worth, now=300) == pytest.approx((2100, 2100, 2100))  # 2,400 fall out, 300 come in
    assert worth_of_sooner(worth) == pytest.approx((1800, 1800, 1800))  # 600 fall out, 2,400 come twice
    assert cost_of_each_month(worth, 2, now=300)[1].mid == pytest.approx(1500)
    counter = worth_of([0.2, 0.4, 0.6, 0.8], 200, 5, counter=True)
    assert cost_of_delay(together([worth, counter]), now=200).mid == pytest.approx(1400)
    assert worth_of(0.5, 100, 2, baseline=30) == 70


def test_quantiles_give_a_range() -> None:
    found = cost_of_delay(worth_of([[0, 0.1], [0, 0.2], [0, 0.5]], 100, 1))
    assert found == pytest.approx((10, 20, 50))
    assert isinstance(found, Range)
    level = cost_of_delay([[0, 1, 1], [0, 0, 4], [3, 3, 3]])
    assert level == pytest.approx((0, 4, 4))


def test_cd3_puts_the_shorter_of_two_equal_ones_first() -> None:
    assert cd3(100, 2) == 50 > cd3(100, 4)


@given(curves, st.integers(0, 40), st.floats(0, 0.05))
def test_each_month_adds_up_to_the_whole_delay(worth: list[float], months: int, rate: float) -> None:
    each = cost_of_each_month(worth, months, rate=rate)
    assert sum(one.mid for one in each) == pytest.approx(cost_of_delay(worth, months, rate=rate).mid, abs=1e-5)


@given(curves, st.integers(0, 12), st.floats(0, 0.05))
def test_of_a_curve_that_rises_a_delay_never_brings(worth: list[float], months: int, rate: float) -> None:
    rising = np.sort(worth)
    assert cost_of_delay(rising, months, rate=rate).mid >= -1e-6
    assert worth_of_sooner(rising, months, rate=rate).mid >= -1e-6
    assert len(later(rising, months)) == len(sooner(rising, months)) == len(rising)


@given(curves, st.floats(0, 1e4), st.integers(0, 29))
def test_behind_a_rising_plan_has_the_sign_of_the_gap(plan: list[float], level: float, at: int) -> None:
    rising, at = np.sort(plan), min(at, len(plan) - 1)
    behind, _ = periods_behind(rising, level, at)
    assert (behind >= 0) if level <= rising[at] else (behind <= 0)


def test_what_has_no_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="same periods"):
        delayed([1], [1, 2], 1, 0)
    with pytest.raises(ValueError, match="0 or more"):
        later([1], -1)
    with pytest.raises(ValueError, match="0 or more"):
        sooner([1], -1)
    with pytest.raises(ValueError, match="interest"):
        npv([1], -1)
    with pytest.raises(ValueError, match="number in each"):
        cost_of_delay([np.nan])
    with pytest.raises(ValueError, match="above 0"):
        cd3(1, 0)
    with pytest.raises(ValueError, match="outside the plan"):
        periods_behind([1, 2], 1, 2)
    with pytest.raises(ValueError, match="no benefit yet"):
        together([])
    with pytest.raises(ValueError, match="give the same"):
        delay_area([1], [1, 2])
    with pytest.raises(ValueError, match="without a number"):
        j_curve([np.nan], 1)
