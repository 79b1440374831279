"""Working time: the hours in which an organization is open, counted so that the time between two moments is a difference."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

MINUTE, HOUR, DAY = 60_000_000, 3_600_000_000, 86_400_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST = -719_161 * DAY  # 2 January of the year 1 and 30 December 9999: what a calendar can name in every zone
LAST = 2_932_895 * DAY
WEEKDAYS = frozenset(range(5))
MOST_CELLS = 1 << 23
STEP = 7 * DAY  # no clock has been changed and changed back within a week


class _Calendar(NamedTuple):
    """Where working time starts and stops between two moments. After turn i - 1, up to turn i, it is base[i] + (t & open[i])."""

    start: int
    end: int
    turns: Ints
    base: Ints
    open: Ints
    shift: int
    cells: NDArray[np.int32] | None


@dataclass
class WorkingWeek:
    """The days and hours, by the clock of a place, in which work is done.

    days: of the week, Monday is 0. opens, closes: of a working day, in minutes from midnight (1440: the end of the day).
    closed_on: days without work. zone: a name of the time zone database. An hour that the clock skips is not counted, one that it
    repeats is counted twice, as people live it.
    Raises ValueError when a day would end before it begins or a weekday is no weekday, and ZoneInfoNotFoundError.
    """

    days: Iterable[int] = WEEKDAYS
    opens: int = 8 * 60
    closes: int = 16 * 60
    closed_on: frozenset[date] = frozenset()
    zone: str = "UTC"
    _kept: _Calendar | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.days = frozenset(self.days)
        if not self.days <= frozenset(range(7)):
            raise ValueError(f"Days of the week are 0 (Monday) to 6 (Sunday), not {sorted(self.days)}.")
        if not 0 <= self.opens < self.closes <= 24 * 60:
            raise ValueError(
                f"A working day cannot open at minute {self.opens} and close at minute {self.closes}: give a later hour, 1440 at most."
            )
        ZoneInfo(self.zone)

    @property
    def hours_a_day(self) -> float:
        """How many hours a working day has."""
        return (self.closes - self.opens) / 60

    def hours_since_epoch(self, time_us: Ints) -> Ints:
        """Working microseconds from 1970-01-01 UTC to each moment, shape (n,): negative before. It never falls as time goes on.

        time_us: microseconds since then. The working time between two moments is the difference of theirs.
        Raises ValueError for moments outside of the years 1 to 9999.
        """
        if not len(time_us):
            return np.empty(0, dtype=np.int64)
        low, high = int(time_us.min()), int(time_us.max())
        if low < FIRST or high > LAST:
            raise ValueError("Working hours are known for the years 1 to 9999: correct the time of the event.")
        return _count(self._calendar(low, high), time_us)

    def _calendar(self, low: int, high: int) -> _Calendar:
        """A calendar that spans the epoch and both moments. Kept; made anew, and longer, when it does not reach."""
        old = self._kept
        if old is not None and old.start <= low and high < old.end:
            return old
        start, end = min(low // DAY - 400, 0) * DAY, max(high // DAY + 400, 1) * DAY
        if old is not None:
            start, end = min(start, old.start), max(end, old.end)
        made = self._kept = _made(self._opened(start, end), start, end)
        return made

    def _opened(self, start: int, end: int) -> tuple[Ints, Ints]:
        """When work begins and ends, in order, from one moment to another."""
        closed = np.array([(day - date(1970, 1, 1)).days for day in self.closed_on], dtype=np.int64)
        working = np.isin(np.arange(7), list(self.days))
        spans: list[tuple[Ints, Ints]] = []
        for since, until, offset in offsets(ZoneInfo(self.zone), start, end):
            day = np.arange((since + offset) // DAY, (until + offset) // DAY + 1, dtype=np.int64)
            day = day[working[(day + 3) % 7] & ~np.isin(day, closed)]  # the epoch was a Thursday
            opens = np.maximum(day * DAY + (self.opens * MINUTE - offset), since)
            closes = np.minimum(day * DAY + (self.closes * MINUTE - offset), until)
            spans.append((opens[opens < closes], closes[opens < closes]))
        return np.concatenate([opens for opens, _ in spans]), np.concatenate([closes for _, closes in spans])


def offsets(zone: ZoneInfo, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The spans (since, until, microseconds ahead of UTC) in which the clocks of a zone ran evenly, between two moments."""
    since, ahead = start, _ahead(zone, start)
    for early in range(start, end, STEP):
        late = min(early + STEP, end)
        if _ahead(zone, late) != ahead:
            turn = _turn(zone, early, late)
            yield since, turn, ahead
            since, ahead = turn, _ahead(zone, late)
    yield since, end, ahead


def _turn(zone: ZoneInfo, low: int, high: int) -> int:
    """The second in which the clocks of a zone change, between two moments with different clocks."""
    second = 1_000_000
    before = _ahead(zone, low)
    while high - low > second:
        middle = (low + high) // 2 // second * second
        low, high = (middle, high) if _ahead(zone, middle) == before else (low, middle)
    return high


def _ahead(zone: ZoneInfo, moment: int) -> int:
    day = EPOCH + timedelta(microseconds=min(max(moment, FIRST), LAST))
    return int((day.astimezone(zone).utcoffset() or timedelta()).total_seconds()) * 1_000_000


def _made(opened: tuple[Ints, Ints], start: int, end: int) -> _Calendar:
    opens, closes = opened
    apart = opens[1:] != closes[:-1]  # spans that touch are one: no turn lies between
    opens, closes = opens[np.append(True, apart)[: len(opens)]], closes[np.append(apart, True)[: len(closes)]]
    turns = np.stack((opens, closes), axis=1).reshape(-1)
    worked = np.append(0, np.cumsum(closes - opens))
    base, is_open = np.zeros(len(turns) + 1, dtype=np.int64), np.zeros(len(turns) + 1, dtype=np.int64)
    base[0::2] = worked
    base[1::2] = worked[:-1] - opens
    is_open[1::2] = -1
    least = int(np.diff(turns).min()) if len(turns) > 1 else end - start
    shift = least.bit_length() - 1
    cells = None
    if (end - start) >> shift < MOST_CELLS:
        begins = np.arange(start, end + (1 << shift), 1 << shift, dtype=np.int64)
        cells = np.searchsorted(turns, begins, side="right").astype(np.int32)
    made = _Calendar(start, end, np.append(turns, np.iinfo(np.int64).max), base, is_open, shift, cells)
    return made._replace(base=base - _count(made, np.zeros(1, dtype=np.int64)))


def _count(calendar: _Calendar, moments: Ints) -> Ints:
    if calendar.cells is None:
        place = np.searchsorted(calendar.turns, moments, side="right")
    else:  # a cell is no longer than the least time between two turns: at most one turn lies between its begin and the moment
        cell = moments - calendar.start
        cell >>= calendar.shift
        place = calendar.cells[cell].astype(np.int64)
        place += moments >= calendar.turns[place]
    return calendar.base[place] + (moments & calendar.open[place])
