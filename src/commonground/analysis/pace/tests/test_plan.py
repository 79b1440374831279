from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.pace.figures import Ahead, Forecast, Reach, Series, Week
from commonground.analysis.pace.plan import months_late, planned_day, reach_of, share_before

START, TARGET = date(2026, 1, 1), date(2027, 1, 1)
LINE = {"start": START, "from_share": 0.1, "target_on": TARGET, "target_share": 0.8}


def test_the_plan_is_a_straight_line_by_hand():
    """From 10 to 80 % in 365 days: 45 % is half way, 182.5 days, 2 July (182 days after 1 January)."""
    assert planned_day(0.8, **LINE) == TARGET
    assert planned_day(0.45, **LINE) == date(2026, 7, 2)
    assert planned_day(0.05, **LINE) == START
    assert planned_day(0.9, **LINE) is None


@pytest.mark.parametrize("missing", ["start", "target_on", "target_share"])
def test_without_a_start_or_a_target_nothing_was_planned(missing):
    assert planned_day(0.5, **{**LINE, missing: None}) is None


@given(st.floats(0, 0.8), st.floats(0, 0.8))
def test_more_is_planned_later(one, other):
    first, second = planned_day(min(one, other), **LINE), planned_day(max(one, other), **LINE)
    assert START <= first <= second <= TARGET


def test_months_late_by_hand():
    """1 April to 1 October 2027 are 183 days, 6.01 months."""
    assert months_late(date(2027, 4, 1), date(2027, 10, 1)) == 6
    assert months_late(date(2027, 10, 1), date(2027, 4, 1)) == -6
    assert months_late(date(2027, 4, 1), date(2027, 4, 14)) == 0
    assert months_late(None, date(2027, 4, 1)) is None


def test_where_a_change_set_out_from():
    weeks = [Week(f"2025-12-{day:02}", 10, 30, 0, 9) for day in (1, 8, 15, 22)]
    told = Series("x", (Week("2025-11-24", 40, 0, 0, 9), *weeks, Week("2025-12-29", 40, 0, 0, 9)), 9)
    assert share_before(told, START) == 0.25  # the week of the 29th goes on after the start
    assert share_before(told, date(2025, 11, 1)) == 0
    hidden = told._replace(weeks=(Week("2025-12-01", None, None, None, None), *told.weeks[2:]))
    assert share_before(hidden, START) == 0.25


def ahead(week, mid):
    return Ahead(
        week=week, p025=mid - 0.3, p10=mid - 0.2, p25=mid - 0.1, p50=mid, p75=mid + 0.1, p90=mid + 0.2, p975=mid + 0.3
    )


def test_a_share_is_reached_as_the_forecast_says_or_where_its_path_comes_to_it():
    path = tuple(ahead(f"2027-01-{4 + 7 * n:02}", 0.4 + 0.2 * n) for n in range(4))
    told = Forecast(True, "", "2027-01-01", path, (Reach(0.5, "a", "b", "c"),))
    assert reach_of(told, 0.5) == Reach(0.5, "a", "b", "c")
    assert reach_of(told, 0.6) == Reach(0.6, "2027-01-04", "2027-01-11", "2027-01-18")
    assert reach_of(told, 0.95) == Reach(0.95, "2027-01-18", "2027-01-25", None)
    assert reach_of(Forecast(False, "too early"), 0.5) is None
    assert reach_of(None, 0.5) is None
