"""Pictures of effects: one interval against nothing and what was hoped for, and effects by time since a beginning. Pure.

Numbers in points, coordinates out in px of the viewBox; `ui/charts/effect.svg` and `event_study.svg` draw them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import NamedTuple

from commonground.ui.charts import Tick

PAD = 14.0


@dataclass(frozen=True, slots=True)
class Effect:
    """One interval on a scale of points. low_x, high_x: where it ends, None where it has no end on that side."""

    width: float
    height: float
    y: float
    left: float
    right: float
    ticks: tuple[Tick, ...]
    zero: float
    hoped: float | None
    at: float | None
    low_x: float | None
    high_x: float | None


def steps_of(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers from below `low` to above `high`, at most so many steps apart, 0 among them where it lies between."""
    span = max(high - low, 1e-9)
    unit: float = 10 ** floor(log10(span / most))
    step = next(one for one in (unit, 2 * unit, 5 * unit, 10 * unit, 20 * unit) if span / one <= most)
    return [round(count * step, 9) for count in range(floor(low / step), ceil(high / step) + 1)]


def points(value: float) -> str:
    """A number of points with its sign, as text of a picture: “+6”, “−2.5”."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{abs(value):g}"


def effect(
    difference: float | None, low: float | None, high: float | None, hoped: float | None, width: float = 620
) -> Effect:
    """The picture of one interval, all in points."""
    known = [one for one in (difference, low, high, hoped, 0.0) if one is not None]
    scale = steps_of(min(known) - 1, max(known) + 1)
    left, right = PAD, width - PAD

    def x(value: float) -> float:
        return round(left + (right - left) * (value - scale[0]) / (scale[-1] - scale[0]), 1)

    ends = [None if one is None else x(one) for one in (difference, low, high)]
    ticks = tuple(Tick(x(one), points(one)) for one in scale)
    return Effect(width, 92.0, 40.0, left, right, ticks, x(0), None if hoped is None else x(hoped), *ends)


class Since(NamedTuple):
    """An effect so many periods after a beginning (below 0: before it), in points, with its interval and the one for all together."""

    since: int
    estimate: float
    low: float | None = None
    high: float | None = None
    low_all: float | None = None
    high_all: float | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One period: where its point and the ends of its intervals stand; None where there is none."""

    x: float
    y: float
    near: tuple[float, float] | None
    wide: tuple[float, float] | None
    before: bool


@dataclass(frozen=True, slots=True)
class EventStudy:
    """Effects by time since the beginning."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    zero: float
    begins: float
    rows: tuple[tuple[float, str], ...]
    ticks: tuple[Tick, ...]
    columns: tuple[Column, ...]


def event_study(effects: Sequence[Since], width: float = 796) -> EventStudy | None:
    """The picture of effects; None with fewer than two. The period before the beginning, against which all are compared, is left free."""
    if len(effects) < 2:
        return None
    known = [one for row in effects for one in row[1:] if one is not None]
    scale = steps_of(min(*known, 0.0), max(*known, 0.0))
    left, right, top, bottom = (52.0 if width > 480 else 40.0), width - 6, 22.0, 286.0
    first, last = min(row.since for row in effects), max(row.since for row in effects)

    def x(since: float) -> float:
        return round(left + (right - left) * (since - first + 0.5) / (last - first + 1), 1)

    def y(value: float) -> float:
        return round(bottom - (bottom - top) * (value - scale[0]) / (scale[-1] - scale[0]), 1)

    def pair(low: float | None, high: float | None) -> tuple[float, float] | None:
        return None if low is None or high is None else (y(high), y(low))

    columns = tuple(
        Column(x(one.since), y(one.estimate), pair(one.low, one.high), pair(one.low_all, one.high_all), one.since < 0)
        for one in effects
    )
    apart = max(1, ceil((last - first + 1) * 42 / (right - left)))
    ticks = tuple(Tick(x(one), points(one)) for one in range(first, last + 1) if one % apart == 0)
    rows = tuple((y(one), points(one)) for one in scale)
    return EventStudy(width, bottom + 46, left, right, top, bottom, y(0), x(-0.5), rows, ticks, columns)
