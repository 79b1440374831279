"""The picture of the live page: the band of what is usual as steps, what was counted as a line, what is above it as dots. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from commonground.analysis.communication.expected import Counted, Expected, above
from commonground.ui.words import MONTHS

TOP, BELOW, LEFT = 16.0, 24.0, 40.0
NICE = (4, 8, 10, 20, 40, 50, 80, 100, 200, 400, 500, 800, 1000, 2000, 4000, 5000, 10_000, 20_000, 50_000, 100_000)


class Mark(NamedTuple):
    """Words at a place of an axis."""

    at: float
    label: str


class Dot(NamedTuple):
    """A count: where it stands, whether it is above the band, and what it says when one points at it."""

    x: float
    y: float
    above: bool
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """In px. band: `d` of the band, mean and line: `d` of lines; now: where time stands, None when that is elsewhere."""

    width: float
    height: float
    left: float
    right: float
    bottom: float
    rows: tuple[Mark, ...]
    ticks: tuple[Mark, ...]
    band: str
    mean: str
    line: str
    dots: tuple[Dot, ...]
    now: float | None
    end: float  # the words at the line of now: where they would leave the picture they stand left of it


def picture(
    band: Sequence[Expected],
    counts: Sequence[Counted],
    *,
    step: timedelta,
    now: datetime | None = None,
    width: float = 720,
    height: float = 220,
) -> Picture | None:
    """The counts of some time against what is usual then; None without a moment to draw.

    band: one row a moment, in order, `step` apart. Hours at either end in which nothing is usual and nothing came are left out.
    """
    by_moment = {one.at: one for one in counts}
    shown = _awake(band, by_moment, step)
    if not shown or not (by_moment or any(row.high is not None for row in shown)):
        return None
    most = max(
        [4, *(row.high or 0 for row in shown), *(by_moment[row.at].number for row in shown if row.at in by_moment)]
    )
    top = next((one for one in NICE if one >= most), most)
    right, bottom = width - 8, height - BELOW
    wide = (right - LEFT) / len(shown)

    def x(place: float) -> float:
        return round(LEFT + place * wide, 1)

    def y(count: float) -> float:
        return round(bottom - (bottom - TOP) * count / top, 1)

    dots = _dots(shown, by_moment, x, y)
    here = now is not None and shown[0].at <= now < shown[-1].at + step
    stands = x((now - shown[0].at) / step) if now is not None and here else None
    return Picture(
        width,
        height,
        LEFT,
        right,
        bottom,
        tuple(Mark(y(top * part / 2), f"{top * part // 2:,}") for part in range(3)),
        _ticks(shown, step, x, wide),
        _area(
            [(x(n), x(n + 1), y(row.high or 0), y(row.low or 0)) for n, row in enumerate(shown) if row.high is not None]
        ),
        "".join(f"M{x(n)} {y(row.mean)}H{x(n + 1)}" for n, row in enumerate(shown) if row.mean is not None),
        _line(dots),
        tuple(dots),
        stands,
        stands if stands is not None else right,
    )


def _dots(
    shown: Sequence[Expected], counts: dict[datetime, Counted], x: Callable[[float], float], y: Callable[[float], float]
) -> list[Dot]:
    there = [(place, row, counts[row.at]) for place, row in enumerate(shown) if row.at in counts]
    return [Dot(x(place + 0.5), y(one.number), above(one, row), _said(one, row)) for place, row, one in there]


def _awake(band: Sequence[Expected], counts: dict[datetime, Counted], step: timedelta) -> Sequence[Expected]:
    """Without the quiet hours at either end; days are all shown."""
    if step >= timedelta(days=1):
        return band
    busy = [
        place
        for place, row in enumerate(band)
        if (row.mean or 0) >= 1 or (row.at in counts and counts[row.at].number > 0)
    ]
    if not busy:
        return band
    hour = int(timedelta(hours=1) / step)
    first = max(0, (busy[0] // hour) * hour)
    return band[first : min(len(band), -(-(busy[-1] + 1) // hour) * hour)]


def _said(one: Counted, row: Expected) -> str:
    usual = f", usual {row.low} to {row.high}" if row.high is not None else ""
    return f"{one.at.day} {MONTHS[one.at.month - 1]} {one.at:%H:%M}: {one.number:,}{usual}"


def _ticks(shown: Sequence[Expected], step: timedelta, x: Callable[[float], float], wide: float) -> tuple[Mark, ...]:
    if step >= timedelta(days=1):
        every = max(1, round(64 / wide + 0.49))
        return tuple(
            Mark(x(n + 0.5), f"{row.at.day} {MONTHS[row.at.month - 1]}")
            for n, row in enumerate(shown)
            if n % every == 0
        )
    hour = int(timedelta(hours=1) / step)
    every = next((one for one in (1, 2, 3, 4, 6, 12) if one * hour * wide >= 52), 12)
    return tuple(
        Mark(x(n), f"{row.at:%H:%M}") for n, row in enumerate(shown) if row.at.minute == 0 and row.at.hour % every == 0
    )


def _area(steps: Sequence[tuple[float, float, float, float]]) -> str:
    """Rectangles side by side."""
    return "".join(f"M{left} {high}H{right}V{low}H{left}Z" for left, right, high, low in steps)


def _line(dots: Sequence[Dot]) -> str:
    return "M" + "L".join(f"{dot.x} {dot.y}" for dot in dots) if dots else ""
