"""Times over which a log is measured: each three full months in a row that it covers; all of it, where it is shorter.

A case belongs to the time in which its last event lies, so every finished case is counted in three windows in a row and in no other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.events import Events

MONTHS = 3
SLACK = timedelta(
    days=3
)  # a log that begins on Monday the 3rd, or ends on Friday the 28th, misses nothing of its month
SECOND = 1_000_000  # microseconds


class Window(NamedTuple):
    """Half-open days [starts, ends). whole: all of the log, whatever it covers."""

    starts: date
    ends: date
    whole: bool = False


def micros(day: date, zone: ZoneInfo) -> int:
    """The microsecond, counted from 1970 UTC, at which a day begins in a time zone."""
    begin = datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
    return int((begin - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * SECOND


def micros_of(moment: datetime) -> int:
    """A moment in microseconds, counted from 1970 UTC."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def day_of(moment: int, zone: ZoneInfo) -> date:
    """The day in a time zone on which a moment lies."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=moment)).astimezone(zone).date()


def month_begins(first: date, last: date) -> tuple[date, ...]:
    """The first days of all months from that of `first` to the one after that of `last`, as far as the calendar goes."""
    count = (last.year - first.year) * 12 + last.month - first.month + 2
    left = (date.max.year - first.year) * 12 + 13 - first.month
    return tuple(_month(first.year, first.month - 1 + step) for step in range(min(count, left)))


def _month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Windows:
    """The times of a log whose first and last events lie on these days. begins: first days of its months, one more at the end."""

    first: date
    last: date
    begins: tuple[date, ...]

    @property
    def whole(self) -> Window:
        return Window(self.first, self.last + timedelta(days=1), whole=True)

    def rolling(self) -> list[Window]:
        """Each three full months in a row. A month is full when the log reaches from its first days to its last."""
        full = [
            (start, end)
            for start, end in zip(self.begins, self.begins[1:], strict=False)
            if self.first <= start + SLACK and end - timedelta(days=1) - SLACK <= self.last
        ]
        return [Window(full[place][0], full[place + MONTHS - 1][1]) for place in range(len(full) - MONTHS + 1)]


def windows_of(first: int, last: int, zone: ZoneInfo) -> Windows:
    """first, last: moments of the log's first and last event, microseconds."""
    one, two = day_of(first, zone), day_of(last, zone)
    return Windows(one, two, month_begins(one, two))


def parts(events: Events, windows: Windows, zone: ZoneInfo) -> Iterator[tuple[Window, Events]]:
    """The events of each window in which a case ended: those of these cases.

    All of the log is a window only where no three full months are: beside these it would let anyone subtract what is withheld in one.
    """
    rolling = windows.rolling()
    if not rolling:
        yield windows.whole, events
        return
    edges = np.array([micros(day, zone) for day in windows.begins], dtype=np.int64)
    month = (np.searchsorted(edges, _last_of_case(events), side="right") - 1).astype(np.int32)
    place = {day: number for number, day in enumerate(windows.begins)}
    told = np.unique(month)  # one date that is far off makes thousands of windows, and all but a few hold nothing
    for window in rolling:
        begin, end = place[window.starts], place[window.ends]
        if np.searchsorted(told, begin) < np.searchsorted(told, end):
            yield window, events.only((month >= begin) & (month < end))


def _last_of_case(events: Events) -> NDArray[np.int64]:
    """Shape (n,): for each event the moment of the last one of its case."""
    begins = np.flatnonzero(events.first_of_case())
    lengths = np.diff(begins, append=len(events))
    return np.repeat(events.time[begins + lengths - 1], lengths)
