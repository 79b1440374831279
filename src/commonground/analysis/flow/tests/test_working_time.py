"""Working time against a count of single minutes by the clock on the wall, and against days worked out by hand."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.flow.tests.slowly import minutes_worked
from commonground.analysis.flow.working_time import EPOCH, WorkingWeek

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia")
AROUND = (
    date(2024, 3, 10),
    date(2024, 3, 31),
    date(2024, 4, 7),
    date(2024, 10, 27),
    date(2024, 11, 3),
    date(2011, 12, 30),
)
HOUR = 3_600_000_000


@st.composite
def weeks(draw: st.DrawFn) -> dict[str, Any]:
    opens = draw(st.integers(0, 1439))
    return {
        "days": draw(st.sets(st.integers(0, 6))),
        "opens": opens,
        "closes": draw(st.integers(opens + 1, 1440)),
        "closed_on": frozenset(draw(st.sets(st.sampled_from(AROUND)))),
        "zone": draw(st.sampled_from(ZONES)),
    }


@given(weeks(), st.sampled_from(AROUND), st.integers(-3000, 3000), st.integers(0, 3000))
@settings(deadline=None, max_examples=40)
def test_it_counts_the_minutes_of_the_clock_on_the_wall(
    told: dict[str, Any], day: date, offset: int, length: int
) -> None:
    week = WorkingWeek(**told)
    since = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) // 60 + offset
    before, after = week.hours_since_epoch(np.array([since, since + length], dtype=np.int64) * 60_000_000)
    assert after - before == minutes_worked(week, since, since + length) * 60_000_000


BERLIN = WorkingWeek(zone="Europe/Berlin", closed_on=frozenset({date(2024, 5, 1)}))
NIGHT = WorkingWeek(days=range(7), opens=0, closes=1440, zone="Europe/Berlin")
TABLE = [
    (BERLIN, "2024-01-08T09:00+01:00", "2024-01-08T11:30+01:00", 2.5),  # a Monday morning
    (BERLIN, "2024-01-08T15:00+01:00", "2024-01-09T09:00+01:00", 2.0),  # over a night
    (BERLIN, "2024-01-12T15:00+01:00", "2024-01-15T09:00+01:00", 2.0),  # over a weekend
    (BERLIN, "2024-01-13T10:00+01:00", "2024-01-14T10:00+01:00", 0.0),  # within it
    (BERLIN, "2024-03-29T15:00+01:00", "2024-04-01T09:00+02:00", 2.0),  # over the weekend on which clocks go on
    (BERLIN, "2024-04-30T15:00+02:00", "2024-05-02T09:00+02:00", 2.0),  # over a day closed
    (BERLIN, "2024-01-08T07:00+01:00", "2024-01-08T20:00+01:00", 8.0),  # a day is eight hours at most
    (NIGHT, "2024-03-31T00:00+01:00", "2024-04-01T00:00+02:00", 23.0),  # the day without an hour
    (NIGHT, "2024-10-27T00:00+02:00", "2024-10-28T00:00+01:00", 25.0),  # the day with one twice
    (WorkingWeek(), "1969-12-29T00:00+00:00", "1970-01-02T00:00+00:00", 32.0),  # Monday to Thursday, across the epoch
]


@pytest.mark.parametrize(("week", "since", "until", "hours"), TABLE)
def test_days_worked_out_by_hand(week: WorkingWeek, since: str, until: str, hours: float) -> None:
    moments = [(datetime.fromisoformat(text) - EPOCH) // timedelta(microseconds=1) for text in (since, until)]
    begins, ends = week.hours_since_epoch(np.array(moments, dtype=np.int64))
    assert (ends - begins) / HOUR == hours


@given(st.lists(st.integers(-(10**16), 10**17), min_size=1), weeks())
@settings(deadline=None, max_examples=25)
def test_it_never_falls_and_does_not_depend_on_what_was_asked_before(moments: list[int], told: dict[str, Any]) -> None:
    times = np.array(sorted(moments), dtype=np.int64)
    asked = WorkingWeek(**told)
    one_by_one = np.array([asked.hours_since_epoch(times[k : k + 1])[0] for k in range(len(times))])
    assert (np.diff(one_by_one) >= 0).all()
    assert one_by_one.tolist() == WorkingWeek(**told).hours_since_epoch(times).tolist()


def test_a_week_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="give a later hour"):
        WorkingWeek(opens=960, closes=480)
    with pytest.raises(ValueError, match="not \\[7\\]"):
        WorkingWeek(days=(7,))
    with pytest.raises(ValueError, match="correct the time"):
        WorkingWeek().hours_since_epoch(np.array([10**18]))


def test_hours_of_a_day() -> None:
    assert WorkingWeek(opens=510, closes=960).hours_a_day == 7.5
