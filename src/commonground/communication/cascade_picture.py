"""The tree of a cascade as a picture: a row for each level, a box for each talk, as wide as the people it and those below it reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from commonground.communication.cascade_overview import WORDS, Names, Node, UnitSpread
from commonground.ui.words import day as written_day

ROW, GAP, LEAST, MOST_LEVELS = 62, 10, 3.0, 7
LETTER: Final = 6.6  # how wide a letter of a box is at most, in the units of the picture


@dataclass(frozen=True)
class Box:
    """A talk in the picture. lines: what fits in it; title: all of it, for whoever points at it."""

    pk: int
    x: float
    y: float
    width: float
    state: str
    lines: Sequence[str]
    title: str
    link: str = ""

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Picture:
    """left_out: talks that are too narrow to be drawn at this width, or lie too deep."""

    width: int
    height: int
    boxes: Sequence[Box]
    left_out: int
    levels: int


def drawn(roots: Sequence[Node], names: Names, width: int) -> Picture:
    """Boxes of talks below each other. width: of the picture, in its own units."""
    boxes: list[Box] = []
    total = sum(_weight(root) for root in roots) or 1
    missing = _row(roots, 0.0, float(width), total, 0, None, names, boxes)
    levels = 1 + max((round(box.y / (ROW + GAP)) for box in boxes), default=0)
    return Picture(width, levels * (ROW + GAP) - GAP, boxes, missing, levels)


def _weight(node: Node) -> int:
    """How much room a talk takes: those whom it and the talks below reach, and one for itself."""
    return node.reach + max(node.talks, 1)


def _row(
    nodes: Sequence[Node],
    left: float,
    room: float,
    total: int,
    level: int,
    above: Box | None,
    names: Names,
    boxes: list[Box],
) -> int:
    missing, x = 0, left
    for node in nodes:
        wide = room * _weight(node) / total
        if wide < LEAST or level >= MOST_LEVELS:
            missing += node.talks
            x += wide
            continue
        box = _box(node, x, wide, level, above, names)
        boxes.append(box)
        if node.below:
            below = sum(_weight(one) for one in node.below)
            missing += _row(node.below, x, wide, below, level + 1, box, names, boxes)
        x += wide
    return missing


def _box(node: Node, x: float, wide: float, level: int, above: Box | None, names: Names) -> Box:
    y = float(level * (ROW + GAP))
    width = round(max(wide - 4, LEAST - 1), 1)
    link = f"M{above.middle} {above.y + ROW}V{y - GAP / 2}H{round(x + 2 + width / 2, 1)}V{y}" if above else ""
    who, unit = names.speaker(node), names.unit(node)
    said = _said(node)
    lines = [text for text in (_cut(unit, width), _cut(who or "nobody yet", width), _cut(said, width)) if text]
    title = f"{unit}: {who or 'nobody yet'}, for {node.people + node.carriers}; {said}"
    return Box(node.pk, round(x + 2, 1), y, width, node.state, lines if width >= 56 else [], title, link)


def _said(node: Node) -> str:
    if node.delivered_on is not None:
        return f"held {_short(node.delivered_on)}"
    if node.last_day is not None:
        return f"until {_short(node.last_day)}" + (", late" if node.state == "late" else "")
    return WORDS[node.state]


def _short(day: date) -> str:
    return written_day(day).rsplit(" ", 1)[0]


def _cut(text: str, width: float) -> str:
    most = int((width - 12) / LETTER)
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rstrip()}…" if most > 3 else ""


STRIP: Final = 260


@dataclass(frozen=True)
class Strip:
    """A line of the picture of dates. x1, x2: where its first and last unit had heard, mid: the middle one; None where none has."""

    line: UnitSpread
    x1: float | None
    mid: float | None
    x2: float | None


@dataclass(frozen=True)
class Strips:
    """width: of the picture; ticks: days along it with their place and how the word is set; today: where it stands."""

    rows: Sequence[Strip]
    ticks: Sequence[tuple[float, str, str]]
    today: float
    first: date
    width: int = STRIP


def strips(lines: Sequence[UnitSpread], begin: date, today: date) -> Strips | None:
    """The days on which units heard, a line for each business unit. None while no unit has heard."""
    known = [day for line in lines for day in (line.spread.first, line.spread.last) if day is not None]
    if not known:
        return None
    first, last = min(begin, *known), max(today, *known)
    days = max((last - first).days, 1)

    def at(day: date | None) -> float | None:
        return None if day is None else round(6 + (STRIP - 12) * (day - first).days / days, 1)

    rows = [Strip(line, at(line.spread.first), at(line.spread.median), at(line.spread.last)) for line in lines]
    ticks = [(6.0, _short(first), "start"), (STRIP - 6.0, _short(last), "end")]
    return Strips(rows, ticks, at(today) or 0.0, first)
