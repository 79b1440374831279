"""A figure over the times of a log as a line, with the days on which the way of working changed. Pure: values in, shapes in px out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from commonground.ui.words import MONTHS

LEFT, RIGHT, TOP, BOTTOM = 46.0, 96.0, 40.0, 26.0
LETTER = 6.9  # mean width in px of a letter at 13 px
STEPS = (1, 2, 5)
Place = Callable[[date], float]
Scale = Callable[[float], float]


class Point(NamedTuple):
    """A value of the time that ended before a day; low or high is another line at the same place. None: nothing is shown."""

    ends: date
    value: float | None
    slow: float | None = None


class Mark(NamedTuple):
    """A day on which something changed, placed. text_x, anchor: where its words stand."""

    day: date
    label: str
    x: float
    text_x: float
    anchor: str
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """The picture. values, slow: runs of “x,y”, cut at a gap. ends: the last value of each with its place and name."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    values: tuple[str, ...]
    slow: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    names: tuple[tuple[float, float, str], ...]
    rows: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[Mark, ...]


def over_time(
    points: Sequence[Point], changes: Sequence[tuple[date, str]], width: float = 720, height: float = 244
) -> Line | None:
    """A line through each point at the end of its time, on a scale from zero. None with fewer than two points.

    changes: days and words; those outside of the picture are left out.
    """
    if len([point for point in points if point.value is not None]) < 2:
        return None
    first, last = points[0].ends, points[-1].ends
    most = max(max(point.value or 0.0, point.slow or 0.0) for point in points) or 1.0
    step = _step(most)
    top = step * -(-most // step)
    left, right, bottom = LEFT, width - RIGHT, height - BOTTOM

    def x_of(day: date) -> float:
        return round(left + (right - left) * (day - first).days / max((last - first).days, 1), 1)

    def y_of(value: float) -> float:
        return round(bottom - (bottom - TOP) * value / top, 1)

    placed = [(x_of(point.ends), point) for point in points]
    return Line(
        width=width,
        height=height,
        left=left,
        right=right,
        top=TOP,
        bottom=bottom,
        values=_runs([(x, None if point.value is None else y_of(point.value)) for x, point in placed]),
        slow=_runs([(x, None if point.slow is None else y_of(point.slow)) for x, point in placed]),
        dots=tuple((x, y_of(point.value)) for x, point in placed if point.value is not None),
        names=_names(placed, y_of),
        rows=tuple((y_of(step * row), f"{step * row:g}") for row in range(round(top / step) + 1)),
        ticks=_ticks([point.ends for point in points], x_of),
        marks=_marks([one for one in changes if first <= one[0] <= last], x_of, right),
    )


def _step(most: float) -> float:
    """The distance of the lines behind: 1, 2 or 5 times a power of ten, so that there are at most five."""
    size = 0.1
    while True:
        for times in STEPS:
            if most / (size * times) <= 5:
                return round(size * times, 10)
        size *= 10


def _runs(points: Sequence[tuple[float, float | None]]) -> tuple[str, ...]:
    runs: list[list[str]] = [[]]
    for x, y in points:
        if y is None:
            runs.append([])
        else:
            runs[-1].append(f"{x:g},{y:g}")
    return tuple(" ".join(run) for run in runs if len(run) > 1)


def _names(placed: Sequence[tuple[float, Point]], y_of: Scale) -> tuple[tuple[float, float, str], ...]:
    """The words at the end of each line, apart from one another."""
    x, end = placed[-1]
    middle = [] if end.value is None else [(y_of(end.value), "median")]
    slow = [] if end.slow is None else [(y_of(end.slow), "nine in ten")]
    if middle and slow and middle[0][0] - slow[0][0] < 16:
        slow = [(middle[0][0] - 16, slow[0][1])]
    return tuple((x + 8, y + 4, word) for y, word in (*middle, *slow))


def _ticks(ends: Sequence[date], x_of: Place) -> tuple[tuple[float, str], ...]:
    """The last month of each time, as many as find room; the year where it changes."""
    every = -(-len(ends) * 56 // 560) or 1
    found, year = [], 0
    for place, day in enumerate(ends):
        if place % every == (len(ends) - 1) % every:
            month = MONTHS[(day.month - 2) % 12]
            of = day.year - (day.month == 1)
            found.append((x_of(day), f"{month} {of}" if of != year else month))
            year = of
    return tuple(found)


def _marks(changes: Sequence[tuple[date, str]], x_of: Place, right: float) -> tuple[Mark, ...]:
    found: list[Mark] = []
    for day, label in sorted(changes):
        x, wide = x_of(day), len(label) * LETTER
        to_left = x + 6 + wide > right + RIGHT
        near = any(abs(one.x - x) < wide + 12 for one in found if one.y == 8)
        found.append(Mark(day, label, x, x - 5 if to_left else x + 5, "end" if to_left else "start", 24 if near else 8))
    return tuple(found)
