"""The hours of the made event log: when work is done at Northlight, and which moment an hour of work is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from commonground.demo.days import SATURDAY, Days

Hours = NDArray[np.float64]
Whole = NDArray[np.int64]
MONTHS = 18
OPENS, LENGTH, WHOLE_DAY = 8, 8.0, 24.0
HOLIDAYS = ((1, 1), (5, 1), (12, 25), (12, 26))
HOUR, DAY, MICRO = 3_600, 86_400, 1_000_000
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Clock:
    """Hours from the log's first moment on: hours of work (08:00-16:00, Monday to Friday), or every hour where `round` the clock.

    first: the first day. today: the first day that is not in the log any more. zone: in which the hours are told.
    """

    first: date
    today: date
    zone: str
    round: bool = False

    @cached_property
    def days(self) -> Whole:
        """The days on which there is work, counted from 1970."""
        every = range((self.today - self.first).days)
        days = (self.first + timedelta(days=number) for number in every)
        return np.array([(day - EPOCH).days for day in days if self.round or _is_open(day)], dtype=np.int64)

    @property
    def length(self) -> float:
        """Hours of a day."""
        return WHOLE_DAY if self.round else LENGTH

    @property
    def end(self) -> float:
        """The hour at which the log ends."""
        return self.length * len(self.days)

    def day(self, hours: Hours) -> Whole:
        """The day of each hour, counted from today: yesterday is −1."""
        return self.days[(hours / self.length).astype(np.int64)] - (self.today - EPOCH).days

    def moment(self, hours: Hours) -> Whole:
        """Microseconds since 1970 UTC, on whole seconds."""
        day = (hours / self.length).astype(np.int64)
        opens = 0 if self.round else OPENS
        second = ((hours - day * self.length + opens) * HOUR).astype(np.int64)
        return (self.days[day] * DAY + second - self._ahead[day]) * MICRO

    @cached_property
    def _ahead(self) -> Whole:
        """Seconds by which the zone is ahead of UTC on each day, by its noon: no event of the log tells of the hour of a change."""
        zone = ZoneInfo(self.zone)
        noons = (datetime.combine(EPOCH + timedelta(days=int(day)), datetime.min.time()) for day in self.days)
        offsets = (noon.replace(hour=12, tzinfo=zone).utcoffset() or timedelta() for noon in noons)
        return np.array([int(offset.total_seconds()) for offset in offsets], dtype=np.int64)


def _is_open(day: date) -> bool:
    return day.weekday() < SATURDAY and (day.month, day.day) not in HOLIDAYS


def clocks(days: Days, zone: str) -> tuple[Clock, Clock]:
    """The clock of office hours and the one that goes round, over the eighteen full months behind and this month so far."""
    first = days.month(-MONTHS)
    return Clock(first, days.today, zone), Clock(first, days.today, zone, round=True)


def closed_on(days: Days) -> list[date]:
    """The holidays of the log's time that fall on a working day."""
    first = days.month(-MONTHS)
    every = (first + timedelta(days=number) for number in range((days.today - first).days + 366))
    return [day for day in every if day.weekday() < SATURDAY and not _is_open(day)]


def begin_of(day: date, zone: str) -> int:
    """The first moment of a day, in microseconds since 1970 UTC."""
    at = datetime.combine(day, datetime.min.time(), tzinfo=ZoneInfo(zone))
    return round((at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * MICRO
