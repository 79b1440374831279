"""Lanes below the axis: what happened and what is planned, true to the day, words on as many rows as keep them apart. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from commonground.ui.axes import Days, wide

ROW, PAD, MOST_ROWS = 18.0, 8.0, 12
MOST_LINES = 6  # marks of a lane with a dotted line up to the curve; with more of them the lines would be a thicket
LONGEST, SHORTER = (
    28,
    18,
)  # letters of one thing beside its mark, the second where the picture is narrow; the whole is its title
ABOVE = 34.0  # px from the axis to the first lane: a dotted line without a curve to start at begins at the axis
NAME = 74.0  # px that the name of a lane takes at its left


class Dated(NamedTuple):
    """Something with a day; done: it has happened; more: further words, for its title."""

    day: date
    label: str
    done: bool
    more: str = ""

    @property
    def said(self) -> str:
        return f"{self.label}: {self.more}" if self.more else self.label


@dataclass(frozen=True, slots=True)
class Mark:
    """A dated thing placed. text: empty where no room was left.

    up_y: where the dotted line to the curve ends, None for none; curve_y: a dot on it.
    """

    x: float
    y: float
    text: str
    text_x: float
    anchor: str
    done: bool
    title: Dated
    up_y: float | None
    curve_y: float | None


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of dated things. y: of its upper rule."""

    name: str
    y: float
    end: float
    marks: tuple[Mark, ...]


class Lanes(NamedTuple):
    lanes: tuple[Lane, ...]
    height: float


def lanes_below(
    wanted: Sequence[tuple[str, Sequence[Dated]]],
    days: Days,
    top: float,
    width: float,
    height_of: Callable[[float], float | None],
) -> Lanes:
    """Places every lane that has something within the days. top: where the first begins. height_of: the curve at an x, for its dot.

    On a narrow picture the name of a lane stands above it. Things of one day share one mark.
    """
    found, y = [], top
    for name, many in wanted:
        events = _together(sorted(one for one in many if days.holds(one.day)), SHORTER if width <= 480 else LONGEST)
        if not events:
            continue
        narrow = width <= 480
        y += 20 if narrow else 0
        spots, used = _rows(events, days, width, 0.0 if narrow else NAME)
        lined = len(spots) <= MOST_LINES
        marks = tuple(
            Mark(
                x=x,
                y=y + PAD + 10 + row * ROW,
                text=text,
                text_x=text_x,
                anchor=anchor,
                done=one.done,
                title=one,
                up_y=(height_of(x) or top - ABOVE) if lined else None,
                curve_y=height_of(x) if lined else None,
            )
            for one, x, row, text, text_x, anchor in spots
        )
        end = y + PAD + used * ROW + PAD - 4
        found.append(Lane(name, y - (20 if narrow else 0), end, marks))
        y = end
    return Lanes(tuple(found), round(y + 2, 1))


def _together(events: Sequence[Dated], longest: int) -> list[tuple[Dated, str]]:
    """Things of the same day as one, with the words that stand beside their mark."""
    found: dict[tuple[date, bool], dict[str, str]] = {}
    for one in events:
        found.setdefault((one.day, one.done), {})[one.label] = one.said
    return [
        (Dated(day, "; ".join(said.values()), done), _some(list(said), longest)) for (day, done), said in found.items()
    ]


def _some(labels: Sequence[str], longest: int) -> str:
    short = [label if len(label) <= longest else f"{label[: longest - 1].rsplit(' ', 1)[0]}…" for label in labels]
    together = ", ".join(short)
    return together if len(together) <= longest + 8 else f"{short[0]} and {len(short) - 1} more"


def _rows(
    events: Sequence[tuple[Dated, str]], days: Days, width: float, left: float
) -> tuple[list[tuple[Dated, float, int, str, float, str]], int]:
    """Each event with its x, its row, and its words on the side that has room; without room for words, the first row that its mark has."""
    taken: list[list[tuple[float, float]]] = [[] for _ in range(MOST_ROWS)]
    found = []
    for one, label in events:
        x = days.x(one.day)
        sides = [("", x - 5, x + 9 + wide(label)), ("end", x - 9 - wide(label), x + 5)]
        free = (
            (row, anchor, (start, end))
            for row, spans in enumerate(taken)
            for anchor, start, end in sides
            if start >= (left if start < x - 5 else 0) and end <= width and _apart(start - 6, end + 6, spans)
        )
        place = next(free, None)
        bare = next((row for row, spans in enumerate(taken) if _apart(x - 8, x + 8, spans)), len(taken))
        row, anchor, span = place or (bare, "", (x - 5, x + 5))
        if row == len(taken):
            taken.append([])
        taken[row].append(span)
        found.append((one, x, row, label if place else "", x - 9 if anchor == "end" else x + 9, anchor))
    return found, max(row for _, _, row, *_ in found) + 1


def _apart(start: float, end: float, spans: Sequence[tuple[float, float]]) -> bool:
    return all(end <= first or start >= last for first, last in spans)
