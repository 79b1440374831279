"""Geometry of the small pictures that stand on many pages. Pure: numbers in, coordinates out, in px of the viewBox.

The templates in `ui/charts/` only draw what is computed here. Earth, hatched, is old, lost or waiting; water, solid, is new or gained.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commonground.ui.words import MONTHS

LETTER = 6.7  # mean width in px of a letter at 13 px of the sans; labels are kept apart by it
LEAST = 2.0  # what is there is seen: nothing above zero is drawn narrower


@dataclass(frozen=True)
class Segment:
    """One stretch of a strip."""

    label: str
    value: float
    kind: str
    x: float
    width: float
    share: float


@dataclass(frozen=True)
class Strip:
    """Parts of a whole, side by side."""

    width: float
    height: float
    whole: float
    segments: tuple[Segment, ...]


def strip(parts: Sequence[tuple[str, float, str]], width: float = 240, height: float = 14, whole: float = 0) -> Strip:
    """Stretches of (label, value, kind) in the order given, together as wide as their share of `whole`.

    whole: what the full width stands for; 0 takes the sum of the values. kind: new, old, act, watch, good, rest. Values of zero are
    left out. Raises ValueError for a negative value or a whole that is less than the sum.
    """
    total = sum(value for _, value, _ in parts)
    if any(value < 0 for _, value, _ in parts):
        raise ValueError("a part of a strip is negative")
    if whole and whole < total:
        raise ValueError("the parts of a strip are more than its whole")
    full = whole or total
    segments, x = [], 0.0
    for label, value, kind in parts:
        if value > 0:
            wide = width * value / full
            segments.append(Segment(label, value, kind, round(x, 2), round(wide, 2), value / full))
            x += wide
    return Strip(width, height, full, tuple(segments))


@dataclass(frozen=True)
class Bar:
    """One bar on a track that stands for `most`."""

    width: float
    track: float
    height: float


def bar(value: float, most: float, track: float = 84, height: float = 9) -> Bar:
    """A bar for `value` where `most` fills the track; more than `most` is cut there, above zero is never narrower than 2 px."""
    if value <= 0 or most <= 0:
        return Bar(0, track, height)
    return Bar(round(max(LEAST, track * min(value / most, 1)), 2), track, height)


@dataclass(frozen=True)
class Diverging:
    """Lost to the left and gained to the right of one axis."""

    axis: float
    width: float
    height: float
    lost_x: float
    lost_width: float
    gained_width: float


def diverging(lost: float, gained: float, most: float, width: float = 88, height: float = 10) -> Diverging:
    """Two bars from the axis in the middle, both on the scale where `most` fills one half."""
    half = width / 2
    left, right = bar(abs(lost), most, half).width, bar(gained, most, half).width
    return Diverging(half, width, height, round(half - left, 2), left, right)


@dataclass(frozen=True)
class Sparkline:
    """A line of a few values. `lines` are point lists, cut where a value is missing; `dots` are values between two gaps."""

    width: float
    height: float
    lines: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    end: tuple[float, float] | None


def sparkline(
    values: Sequence[float | None],
    low: float | None = None,
    high: float | None = None,
    width: float = 120,
    height: float = 28,
) -> Sparkline:
    """Values from left to right at equal steps; None is a gap, never bridged. Without `low` and `high` the scale is the values' own."""
    known = [value for value in values if value is not None]
    if not known:
        return Sparkline(width, height, (), (), None)
    bottom, top = (min(known) if low is None else low), (max(known) if high is None else high)
    points = [
        None if v is None else _spark_point(i, v, len(values), bottom, top, width, height) for i, v in enumerate(values)
    ]
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return Sparkline(
        width,
        height,
        lines=tuple(" ".join(f"{x:g},{y:g}" for x, y in run) for run in runs if len(run) > 1),
        dots=tuple(run[0] for run in runs if len(run) == 1),
        end=next(point for point in reversed(points) if point is not None),
    )


def _spark_point(
    place: int, value: float, count: int, bottom: float, top: float, width: float, height: float
) -> tuple[float, float]:
    edge = 3.0
    x = width / 2 if count == 1 else edge + (width - 2 * edge) * place / (count - 1)
    share = 0.5 if top == bottom else (min(max(value, bottom), top) - bottom) / (top - bottom)
    return round(x, 2), round(height - edge - (height - 2 * edge) * share, 2)


@dataclass(frozen=True)
class GridCell:
    """The waterline of a cell: how much of its width is reached."""

    width: float
    reached: float
    state: str


def grid_cell(have: int, of: int, width: float = 100, threshold: int = 0) -> GridCell:
    """State of a cell and its waterline: “nobody” (of is 0), “withheld” (fewer than the threshold), “gap” (none),
    “part”, “held”."""
    if of <= 0:
        return GridCell(width, 0, "nobody")
    if of < threshold:
        return GridCell(width, 0, "withheld")
    state = "gap" if have <= 0 else "held" if have >= of else "part"
    return GridCell(width, bar(have, of, width).width, state)


@dataclass(frozen=True)
class Event:
    """Something with a day. kind: done, planned, late or today's own look; url leads to it."""

    day: date
    label: str
    kind: str = "planned"
    url: str = ""


@dataclass(frozen=True)
class Placed:
    """An event on the axis. row: 0 above, 1 below it; None where no room was left and only the mark is drawn."""

    event: Event
    x: float
    row: int | None
    anchor: str
    text_x: float


@dataclass(frozen=True)
class Tick:
    """A month written under the axis."""

    x: float
    label: str


@dataclass(frozen=True)
class Timeline:
    """Events on one axis that is true to the day."""

    width: float
    left: float
    right: float
    today: float | None
    placed: tuple[Placed, ...]
    ticks: tuple[Tick, ...]

    @property
    def unlabelled(self) -> tuple[Event, ...]:
        """Events that found no room for their words; write them in the list below."""
        return tuple(one.event for one in self.placed if one.row is None)


def timeline(
    events: Sequence[Event], start: date, end: date, today: date | None = None, width: float = 1080
) -> Timeline:
    """Places events between two days, their labels in two rows that never overlap and never leave the picture.

    Events outside the days are left out. The same events give the same picture; what comes first gets its words first.
    Raises ValueError unless `end` comes after `start`.
    """
    if end <= start:
        raise ValueError("a timeline ends after it starts")
    left, right = 32.0, width - 32.0

    def x_of(day: date) -> float:
        return round(left + (right - left) * (day - start).days / (end - start).days, 2)

    taken: tuple[Spans, Spans] = ([], [])
    shown = sorted((one for one in events if start <= one.day <= end), key=lambda one: (one.day, one.label))
    nexts = [*(x_of(one.day) for one in shown[1:]), width][: len(shown)]
    now = x_of(today) if today is not None and start <= today <= end else None
    placed = [_place(one, x_of(one.day), after, taken, (width, now)) for one, after in zip(shown, nexts, strict=True)]
    return Timeline(
        width=width,
        left=left,
        right=right,
        today=now,
        placed=tuple(placed),
        ticks=tuple(Tick(x_of(day), label) for day, label in _months(start, end, width)),
    )


Spans = list[tuple[float, float]]


def _place(
    event: Event, x: float, after: float, taken: tuple[Spans, Spans], bounds: tuple[float, float | None]
) -> Placed:
    """Words go to the right of their day, or to the left when the next event stands where they would run; across the line of
    today only where nothing else is free. bounds: width of the picture, and where today is."""
    width, today = bounds
    wide = len(event.label) * LETTER
    sides = [("start", x - 4), ("end", x + 4 - wide)]
    if after - x <= wide:
        sides.reverse()
    free = [
        (anchor, first, row)
        for anchor, first in sides
        for row, spans in enumerate(taken)
        if first >= 0 and first + wide <= width and all(first + wide + 10 <= a or first >= b + 10 for a, b in spans)
    ]
    if not free:
        return Placed(event, x, None, "start", x)
    clear = (one for one in free if today is None or not one[1] < today < one[1] + wide)
    anchor, first, row = next(clear, free[0])
    taken[row].append((first, first + wide))
    return Placed(event, x, row, anchor, round(x - 4 if anchor == "start" else x + 4, 2))


def _months(start: date, end: date, width: float) -> list[tuple[date, str]]:
    """Firsts of months to write under the axis, at least 80 px apart, whole steps of a year."""
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    step = next((one for one in (1, 2, 3, 6, 12, 24) if months / one * 80 <= width), 60)
    first = start.year * 12 + start.month - 1 + (start.day > 1)
    first += -first % step
    found = []
    for count in range(first, end.year * 12 + end.month, step):
        year, month = divmod(count, 12)
        found.append((date(year, month + 1, 1), f"{MONTHS[month]} {year}"))
    return found
