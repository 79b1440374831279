"""The two clocks and the learning curve: METHODS.md 4.3 and 4.4."""

import math

import pytest

from commonground.analysis.curves.habit import ORGANIZATION, Clock, automaticity, days_to_habit, speed_of, weeks_for
from commonground.analysis.curves.learning import learning_curve, learning_rate


@pytest.mark.parametrize(("days", "speed"), [(18, 0.1664), (66, 0.0454), (254, 0.0118)])
def test_speeds_of_methods_4_3(days: float, speed: float) -> None:
    assert speed_of(days) == pytest.approx(speed, abs=5e-5)
    assert days_to_habit(speed_of(days)) == pytest.approx(days)
    assert automaticity(days, 0, 40, speed_of(days)) == pytest.approx(0.95 * 40)


def test_the_range_is_even_on_the_log_scale_as_methods_4_3_says() -> None:
    assert math.log(254 / 66) == pytest.approx(1.35, abs=5e-3)
    assert math.log(66 / 18) == pytest.approx(1.30, abs=5e-3)


@pytest.mark.parametrize(("a_week", "weeks"), [(5, 13.2), (2, 33), (1, 66)])
def test_repetitions_of_methods_4_3(a_week: float, weeks: float) -> None:
    assert weeks_for(66, a_week) == pytest.approx(weeks)


def test_clock_of_the_organization_of_methods_4_3() -> None:
    assert ORGANIZATION.chance_by([24, 36]) == pytest.approx([0.26, 0.70], abs=5e-3)
    assert ORGANIZATION.months_at(0.9) == pytest.approx(47, abs=0.5)
    assert ORGANIZATION.chance_by(0) == 0
    assert ORGANIZATION.chance_by(ORGANIZATION.months_at(0.3)) == pytest.approx(0.3)


def test_learning_curve_of_methods_4_4() -> None:
    assert learning_curve([1, 2, 4, 8], 1, 0.8) == pytest.approx([1, 0.8, 0.64, 0.512])
    assert learning_curve(10, 1, 0.8) == pytest.approx(0.4765, abs=5e-5)
    assert learning_rate([1, 2, 5, 10], learning_curve([1, 2, 5, 10], 12, 0.85)) == pytest.approx(0.85)


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="never there"):
        days_to_habit(0)
    with pytest.raises(ValueError, match="some days"):
        speed_of(0)
    with pytest.raises(ValueError, match="never repeated"):
        weeks_for(66, 0)
    with pytest.raises(ValueError, match="median and a spread"):
        Clock(0, 1)
    with pytest.raises(ValueError, match="from 1"):
        learning_curve(0, 1, 0.8)
    with pytest.raises(ValueError, match="two different"):
        learning_rate([3, 3], [1, 1])
