"""Planned and realised of one benefit, month by month, as a picture. Pure: values in, shapes in px out."""

from dataclasses import dataclass
from datetime import date

from commonground.adoption.benefits import Line
from commonground.ui.axes import Days, line, runs
from commonground.ui.charts import Tick

LEFT, RIGHT, TOP, BOTTOM = 52.0, 96.0, 14.0, 26.0
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Picture:
    """planned, realised: runs of “x,y”. rows: y and figure of the lines behind. ends: x, y and word at the end of each line."""

    width: float
    height: float
    left: float
    right: float
    bottom: float
    zero: float
    planned: tuple[str, ...]
    realised: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    ends: tuple[tuple[float, float, str], ...]
    rows: tuple[tuple[float, float], ...]
    ticks: tuple[Tick, ...]


def picture_of(of: Line, width: float = 760, height: float = 200) -> Picture | None:
    """None where fewer than two months are known."""
    known = [value for month in of.months for value in (month.planned, month.realised) if value is not None]
    if len(of.months) < 2 or not known:
        return None
    low, high = min(0.0, *known), max(0.0, *known)
    step = _step(max(high - low, 1e-9))
    first, last = step * (low // step), step * -(-high // step)
    top, bottom = TOP, height - BOTTOM
    days = Days(_day(of.months[0].month), _day(of.months[-1].month), LEFT, width - RIGHT)

    def y_of(value: float) -> float:
        return round(bottom - (bottom - top) * (value - first) / (last - first), 1)

    def spots(name: str) -> list[tuple[float, float] | None]:
        values = [(days.x(_day(month.month)), getattr(month, name)) for month in of.months]
        return [None if value is None else (x, y_of(value)) for x, value in values]

    planned, realised = spots("planned"), spots("realised")
    return Picture(
        width=width,
        height=height,
        left=LEFT,
        right=width - RIGHT,
        bottom=bottom,
        zero=y_of(0.0),
        planned=tuple(line(run) for run in runs(planned) if len(run) > 1),
        realised=tuple(line(run) for run in runs(realised) if len(run) > 1),
        dots=tuple(run[0] for run in runs(realised) if len(run) == 1),
        ends=_ends(planned, realised),
        rows=tuple((y_of(first + step * row), first + step * row) for row in range(round((last - first) / step) + 1)),
        ticks=days.months(),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _step(span: float) -> float:
    """The distance of the lines behind: 1, 2 or 5 times a power of ten, so that there are at most five."""
    size = 1e-6
    while True:
        for times in STEPS:
            if span / (size * times) <= 4:
                return size * times
        size *= 10


def _ends(
    planned: list[tuple[float, float] | None], realised: list[tuple[float, float] | None]
) -> tuple[tuple[float, float, str], ...]:
    """The words at the end of each line, kept apart."""
    found = []
    for spots, word in ((planned, "planned"), (realised, "realised")):
        known = [spot for spot in spots if spot is not None]
        if known:
            found.append((known[-1][0] + 8, known[-1][1] + 4, word))
    if len(found) == 2 and abs(found[0][1] - found[1][1]) < 16:
        above, below = sorted(found, key=lambda one: one[1])
        found = [above, (below[0], above[1] + 16, below[2])]
    return tuple(found)
