"""The times over which a log is measured, against a calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.events import Events, Names
from commonground.workflows.windows import Window, Windows, day_of, micros, micros_of, month_begins, parts, windows_of

UTC_ZONE, BERLIN = ZoneInfo("UTC"), ZoneInfo("Europe/Berlin")


def log(*cases: list[date]) -> Events:
    """Cases by the days of their events."""
    days = [(number, day) for number, found in enumerate(cases) for day in found]
    n = len(days)
    nothing = np.full(n, -1, np.int32)
    return Events(
        np.array([case for case, _ in days], np.uint64),
        np.array([micros(day, UTC_ZONE) for _, day in days], np.int64),
        np.zeros(n, np.int32),
        nothing,
        nothing,
        nothing,
        nothing,
        Names(("a",)),
    )


def of(first: date, last: date) -> Windows:
    return windows_of(micros(first, UTC_ZONE), micros(last, UTC_ZONE), UTC_ZONE)


@pytest.mark.parametrize(
    ("first", "last", "rolling"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), [(date(2026, 1, 1), date(2026, 4, 1))]),
        (date(2026, 1, 1), date(2026, 3, 20), []),
        (date(2026, 1, 10), date(2026, 4, 30), [(date(2026, 2, 1), date(2026, 5, 1))]),
        (
            date(2025, 11, 1),
            date(2026, 2, 28),
            [(date(2025, 11, 1), date(2026, 2, 1)), (date(2025, 12, 1), date(2026, 3, 1))],
        ),
        # a month that begins on a Saturday, and ends on a Sunday: nothing of it is missed
        (date(2026, 8, 3), date(2026, 10, 30), [(date(2026, 8, 1), date(2026, 11, 1))]),
    ],
)
def test_three_full_months_in_a_row(first: date, last: date, rolling: list[tuple[date, date]]) -> None:
    assert of(first, last).rolling() == [Window(*days) for days in rolling]


def test_all_of_a_log_is_a_time_only_while_it_is_short() -> None:
    """Beside the months it would be a sum from which one could subtract."""
    short = log([date(2026, 1, 5), date(2026, 2, 20)])
    assert [window for window, _ in parts(short, of(date(2026, 1, 5), date(2026, 2, 20)), UTC_ZONE)] == [
        Window(date(2026, 1, 5), date(2026, 2, 21), whole=True)
    ]
    long = log([date(2026, 1, 1), date(2026, 3, 31)])
    assert [w.whole for w, _ in parts(long, of(date(2026, 1, 1), date(2026, 3, 31)), UTC_ZONE)] == [False]


def test_a_case_belongs_to_the_time_in_which_its_last_event_lies() -> None:
    cases = [
        [date(2026, 1, 1), date(2026, 1, 2)],
        [date(2026, 1, 31), date(2026, 4, 1)],
        [date(2026, 4, 2), date(2026, 4, 30)],
    ]
    found = {
        (window.starts.month, window.ends.month): sorted(set(part.case.tolist()))
        for window, part in parts(log(*cases), of(date(2026, 1, 1), date(2026, 4, 30)), UTC_ZONE)
    }
    assert found == {(1, 4): [0], (2, 5): [1, 2]}


@pytest.mark.parametrize("far_off", [date(1, 2, 1), date(1900, 1, 1), date(9998, 12, 31)])
def test_a_date_that_is_far_off_moves_no_other_case(far_off: date) -> None:
    cases = [[date(2026, month, 1), date(2026, month, 28)] for month in range(1, 7)]
    first, last = min(far_off, date(2026, 1, 1)), max(far_off, date(2026, 6, 28))
    found = [
        (window.ends, sorted(set(part.case.tolist())))
        for window, part in parts(log(*cases, [far_off]), of(first, last), UTC_ZONE)
        if date(2026, 4, 1) <= window.ends <= date(2026, 7, 1)
    ]
    assert found == [(date(2026, month + 1, 1), [month - 3, month - 2, month - 1]) for month in range(3, 7)]


@given(st.lists(st.integers(0, 400), min_size=1, max_size=40))
def test_every_case_is_in_as_many_times_as_cover_its_end(ends: list[int]) -> None:
    first, last = date(2025, 1, 1), date(2026, 3, 31)
    cases = [[first, first + timedelta(days=end)] for end in ends]
    windows = of(first, last)
    found = list(parts(log(*cases), windows, UTC_ZONE))
    for number, (_, end) in enumerate(cases):
        inside = [window for window, part in found if number in part.case]
        assert inside == [window for window in windows.rolling() if window.starts <= end < window.ends]


@given(st.integers(0, 2_500_000_000).map(lambda second: datetime.fromtimestamp(second, UTC)))
def test_a_moment_lies_on_the_day_of_the_clock_on_the_wall(moment: datetime) -> None:
    assert day_of(micros_of(moment), BERLIN) == moment.astimezone(BERLIN).date()


def test_the_first_days_of_months_cross_the_year() -> None:
    assert month_begins(date(2025, 11, 3), date(2026, 1, 9)) == (
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    )
