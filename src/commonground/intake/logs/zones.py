"""Local times without a zone as UTC, a whole column at once."""

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from commonground.intake.problems import BadInput

Micros = NDArray[np.int64]
SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
DAY: Final = 86_400 * SECOND
FIRST_YEAR, LAST_YEAR = 2, 9998  # a year less than a calendar can name on either side: every zone and month has room
_FIRST: Final = (datetime(FIRST_YEAR, 1, 1, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
_LAST: Final = (datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
    microseconds=1
)
_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - local times have no zone yet
_ALWAYS_UTC: Final = frozenset({"UTC", "Etc/UTC", "GMT", "Etc/GMT", "Z"})


def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises BadInput when there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise BadInput(f"“{name}” is no time zone. Name one such as Europe/Berlin or UTC.") from None


def to_utc(local: Micros, name: str) -> Micros:
    """Shape (n,): microseconds since 1970 of local clocks as those of UTC.

    An hour that a clock shows twice is the first one; one that it skips is read as if it had not been skipped (`datetime`, fold=0).
    """
    if name in _ALWAYS_UTC or not len(local):
        return local
    zone = zone_of(name)
    days, at = np.unique(local // DAY, return_inverse=True)
    begins = [_offset(int(day) * DAY, zone) for day in days]
    ends = [_offset((int(day) + 1) * DAY - MINUTE, zone) for day in days]
    first, last = np.array(begins, np.int64), np.array(ends, np.int64)
    offsets = first[at]
    turning = (first != last)[at]
    if turning.any():
        minutes, within = np.unique(local[turning] // MINUTE, return_inverse=True)
        exact = np.array([_offset(int(minute) * MINUTE, zone) for minute in minutes], np.int64)
        offsets[turning] = exact[within]
    return np.asarray(local - offsets, np.int64)


def _offset(local: int, zone: ZoneInfo) -> int:
    """How far the zone is ahead of UTC at a local time, both in microseconds."""
    try:
        ahead = (_EPOCH + timedelta(microseconds=local)).replace(tzinfo=zone).utcoffset()
    except OverflowError:
        ahead = None
    return (ahead or timedelta()) // timedelta(microseconds=1)


def in_range(micros: Micros) -> NDArray[np.bool_]:
    """Shape (n,): which times a calendar can name. 0001-01-01 and 9999-12-31, by which systems mean none, are not among them."""
    return np.asarray((micros >= _FIRST) & (micros < _LAST))


def text_of(micros: int) -> str:
    """A time of UTC as ISO 8601, to the second."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)).isoformat(sep=" ", timespec="seconds")
