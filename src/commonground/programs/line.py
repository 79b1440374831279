"""The program line: milestones planned and reached on one axis, and whether the order is right. Pure: plain values in, shapes out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from commonground.ui.charts import LETTER, Tick
from commonground.ui.words import MONTHS

BEFORE_TECHNOLOGY = ("strategy_agreed", "workflows_agreed")
TOP, LEVEL, AXIS = 26.0, 18.0, 24.0  # px: above the rows, per level of labels, below for the months


@dataclass(frozen=True, slots=True)
class Point:
    """A milestone as the picture needs it. `row`: the unit's name, empty for the whole."""

    kind: str
    label: str
    row: str = ""
    planned: date | None = None
    actual: date | None = None

    def state(self, today: date) -> str:
        """reached, late (its day has passed), planned, or undated."""
        if self.actual is not None and self.actual <= today:
            return "reached"
        if self.planned is None:
            return "undated"
        return "late" if self.planned < today else "planned"


@dataclass(frozen=True, slots=True)
class Break:
    """Technology came, or is to come, before something that should lead it."""

    first: str
    on: date
    before: str
    happened: bool


def breaks(points: Iterable[Point], today: date) -> tuple[Break, ...]:
    """What breaks “strategy, then workflows, then technology”, for the program as a whole.

    Days are the actual ones, else the planned ones. Technology that was chosen while strategy or workflows are not agreed breaks the
    order whatever is planned; a plan breaks it when the planned day of technology comes first, or the other has no day at all.
    """
    whole = {point.kind: point for point in points if not point.row}
    technology = whole.get("technology_chosen")
    on = _day(technology)
    if technology is None or on is None:
        return ()
    happened = technology.actual is not None and technology.actual <= today
    found = []
    for kind in BEFORE_TECHNOLOGY:
        other = whole.get(kind)
        day = (other.actual if other else None) if happened else _day(other)
        if day is None or day > on:
            found.append(Break(technology.label, on, kind, happened))
    return tuple(found)


def _day(point: Point | None) -> date | None:
    return (point.actual or point.planned) if point else None


@dataclass(frozen=True, slots=True)
class Mark:
    """One milestone drawn. x: where it is reached, else planned; planned_x: where it was planned, when that is another day."""

    point: Point
    state: str
    x: float
    planned_x: float | None
    late_to: float | None
    anchor: str
    text_x: float
    text_y: float
    text: str
    broken: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the picture. y: its line."""

    label: str
    y: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """The whole picture, in px."""

    width: float
    height: float
    left: float
    right: float
    bottom: float
    today: float | None
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]


def program_line(
    points: Sequence[Point], today: date, start: date, end: date | None, width: float = 1080, left: float = 132
) -> Line | None:
    """Places the milestones that have a day, the whole first and then each unit in the order given; None without any.

    start, end: of the program; the axis goes as far as the milestones and today need. Labels of a row stand on as many levels as keep
    them apart, and none leaves the picture.
    """
    dated = [point for point in points if _day(point)]
    if not dated:
        return None
    days = [day for point in dated for day in (point.planned, point.actual) if day] + [start, today, end or start]
    first, last = min(days) - timedelta(days=10), max(days) + timedelta(days=10)
    right = width - 12

    def x_of(day: date) -> float:
        return round(left + (right - left) * (day - first).days / (last - first).days, 1)

    broken = {"technology_chosen"} if breaks(points, today) else set()
    rows, y = [], TOP
    for name in dict.fromkeys(["", *(point.row for point in dated)]):
        mine = sorted((point for point in dated if point.row == name), key=lambda one: (_day(one), one.label))
        if not mine:
            continue
        levels, placed = _labelled([(point, x_of(_day(point) or today)) for point in mine], width)
        y += levels * LEVEL + 10
        marks = tuple(
            _mark(point, x, spot, y - level * LEVEL - 14, today, x_of, point.kind in broken and not name)
            for point, x, level, spot in placed
        )
        rows.append(Row(name or "The whole", y, marks))
        y += 14
    ticks = tuple(Tick(x_of(day), f"{MONTHS[day.month - 1]} {day.year}") for day in _months(first, last, right - left))
    return Line(width, y + AXIS, left, right, y, x_of(today), tuple(rows), ticks)


def _months(first: date, last: date, width: float) -> list[date]:
    """Firsts of months between two days, in whole steps of a year and at least 96 px apart."""
    span = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((months for months in (1, 2, 3, 6, 12, 24) if span / months * 96 <= width), 60)
    begins = first.year * 12 + first.month
    begins += -begins % step
    return [date(month // 12, month % 12 + 1, 1) for month in range(begins, last.year * 12 + last.month, step)]


def _labelled(
    points: Sequence[tuple[Point, float]], width: float
) -> tuple[int, list[tuple[Point, float, int, tuple[str, float]]]]:
    """Each point with the level of its label and where its text is anchored, the lowest level that has room.

    From the right to the left, so that the stem of a later point never runs through the words of an earlier one.
    """
    taken: list[list[tuple[float, float]]] = []
    stems: list[tuple[float, int]] = []
    placed = []
    for point, x in reversed(points):
        wide = len(point.label) * LETTER
        anchor = "start" if x - 5 + wide <= width else "end"
        span = (x - 5, x - 5 + wide) if anchor == "start" else (x + 5 - wide, x + 5)
        above = max((level + 1 for stem, level in stems if span[0] <= stem <= span[1]), default=0)
        level = next((i for i, spans in enumerate(taken) if i >= above and _apart(span, spans)), max(len(taken), above))
        while level >= len(taken):
            taken.append([])
        taken[level].append(span)
        stems.append((x, level))
        placed.append((point, x, level, (anchor, x - 5 if anchor == "start" else x + 5)))
    return max(1, len(taken)), placed[::-1]


def _apart(span: tuple[float, float], spans: Sequence[tuple[float, float]]) -> bool:
    return all(span[1] + 10 <= start or span[0] >= end + 10 for start, end in spans)


def _mark(
    point: Point,
    x: float,
    spot: tuple[str, float],
    text_y: float,
    today: date,
    x_of: Callable[[date], float],
    broken: bool,
) -> Mark:
    state = point.state(today)
    planned_x = x_of(point.planned) if point.planned and point.planned != _day(point) else None
    late_to = None
    if state == "late":
        late_to = x_of(today)
    elif state == "reached" and point.planned and point.actual and point.actual > point.planned:
        late_to = x
    return Mark(
        point=point,
        state=state,
        x=x,
        planned_x=planned_x,
        late_to=late_to,
        anchor=spot[0],
        text_x=round(spot[1], 1),
        text_y=text_y,
        text=point.label,
        broken=broken,
    )
