"""Messages as bars over the weeks around a day, a lane an audience."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from commonground.ui.charts import LETTER
from commonground.ui.words import MONTHS

DAY = timedelta(days=1)
WEEKS_BACK, WEEKS_AHEAD = 6, 14
WIDE, LEFT, ROW, HEAD, NAMED, MOST = 1080.0, 230.0, 26.0, 34.0, 46, 14
LABEL = 30  # letters of an audience


@dataclass(frozen=True)
class Bar:
    """A message drawn. wide: at least some px, so that one day is seen."""

    line: Any
    x: float
    y: float
    wide: float
    text_x: float
    anchor: str
    css: str
    title: str


@dataclass(frozen=True)
class Lane:
    """An audience with its bars. y: where its name stands."""

    name: str
    whole: str
    y: float
    top: float
    bars: Sequence[Bar]


def picture(lines: Sequence[Any], day: date) -> dict[str, Any]:
    """Lanes in the order of their first message; empty where no message has a day near this one."""
    first, last = day - timedelta(weeks=WEEKS_BACK), day + timedelta(weeks=WEEKS_AHEAD)
    near = [one for one in lines if one.row.start and one.row.start <= last and (one.row.last_day or last) >= first]
    if not near:
        return {}

    def x_of(one: date) -> float:
        return round(LEFT + (WIDE - LEFT - 8) * (min(max(one, first), last) - first).days / (last - first).days, 1)

    named = dict.fromkeys(one.whom for one in sorted(near, key=lambda one: (one.row.side, one.row.start)))
    lanes: list[Lane] = []
    y = HEAD
    for name in list(named)[:MOST]:
        top, bars = y, []
        for one in sorted((one for one in near if one.whom == name), key=lambda one: one.row.start):
            bars.append(_bar(one, x_of(one.row.start), x_of((one.row.last_day or one.row.start) + DAY), y))
            y += ROW
        lanes.append(Lane(_short(name, LABEL), name, top + 16, top, bars))
        y += 8
    ticks = [(x_of(one), f"{MONTHS[one.month - 1]} {one.year}") for one in _months(first, last)]
    return {
        "lanes": lanes,
        "wide": WIDE,
        "high": y + 4,
        "left": LEFT,
        "now": x_of(day),
        "ticks": ticks,
        "number": len(near),
        "more": max(0, len(named) - MOST),
    }


def _short(text: str, most: int) -> str:
    text = text[:1].upper() + text[1:]
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _bar(line: Any, left: float, right: float, y: float) -> Bar:
    wide = max(right - left, 6.0)
    row = line.row
    css = "is-late" if line.late else {"out": "running", "done": "done"}.get(row.state, "planned")
    title = _short(row.title, NAMED)
    long = (len(title) + (7 if line.late else 0)) * LETTER
    if left + wide + 6 + long < WIDE:
        return Bar(line, left, y + 4, wide, left + wide + 6, "start", css, title)
    if left - 6 - long > LEFT:
        return Bar(line, left, y + 4, wide, left - 6, "end", css, title)
    return Bar(line, left, y + 4, wide, left + 6, "start", f"{css} inside", title)


def _months(first: date, last: date) -> list[date]:
    one = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    found = []
    while one <= last:
        found.append(one)
        one = (one + timedelta(days=32)).replace(day=1)
    return found
