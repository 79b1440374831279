"""The program line drawn: lanes below one another on one axis, phases above them, today through all of it. Pure: things in, shapes out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from commonground.analysis.plan.line import LANES, Standing, Thing
from commonground.ui.axes import Days
from commonground.ui.charts import LETTER, Tick

LEFT, RIGHT_PAD, TRACK, PAD, HEAD, FOOT = 200.0, 10.0, 15.0, 7.0, 22.0, 24.0
DOT, GAP, LEAST_BAR = 5.0, 8.0, 3.0
MOST_LABELS, LONGEST, BAND = 10, 30, 20.0
MOST_LASTING = 16  # bars of a lane that are told by their words; each has a track of its own
TOGETHER = 3  # so many single days that fall together are one mark


@dataclass(frozen=True, slots=True)
class Shape:
    """One thing placed. bar_to: where its bar ends, None for a point; planned_x: where it was planned, when that is elsewhere."""

    thing: Thing
    state: str
    x: float
    y: float
    bar_to: float | None
    planned_x: float | None
    late_from: float | None
    late_to: float | None
    text: str
    text_x: float
    anchor: str
    broken: bool

    @property
    def width(self) -> float:
        return round((self.bar_to or self.x) - self.x, 1)


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane. y: its upper rule; middle: where its name stands."""

    label: str
    y: float
    end: float
    middle: float
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A phase above the lanes. sure: it has begun; else it is planned."""

    label: str
    x: float
    width: float
    text: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture, in px."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    today: float
    today_anchor: str
    lanes: tuple[Lane, ...]
    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A phase as it is drawn: its number, its words, from and until (None: as far as the picture goes), and whether it has begun."""

    number: int
    words: str
    start: date
    end: date | None
    sure: bool


def picture(
    lanes: Sequence[Standing],
    day: date,
    start: date,
    end: date | None,
    *,
    phases: Sequence[Span] = (),
    broken: frozenset[str] = frozenset(),
    width: float = 1120.0,
) -> Picture | None:
    """Places everything that has a day; None while nothing has one. broken: lanes whose milestone of the whole breaks the order.

    start, end: of the program. Within a lane things stand on as many tracks as keep them and their words apart.
    """
    dated = [one for lane in lanes for one in lane.things if one.first is not None]
    if not dated:
        return None
    first, last = _axis(dated, phases, day, start, end)
    right = width - RIGHT_PAD
    scale = Days(first, last, LEFT, right)
    x_of = scale.x
    top = HEAD + (BAND + 6 if phases else 0)
    drawn, y = [], top
    for lane in lanes:
        drawn.append(_lane(lane, y, day, x_of, right, broken))
        y = drawn[-1].end
    today = x_of(day)
    bands = _bands(phases, x_of, right)
    anchor = "end" if today > right - 60 else "start"
    return Picture(width, y + FOOT, LEFT, right, top, y, today, anchor, tuple(drawn), bands, scale.months())


def _axis(
    things: Sequence[Thing], phases: Sequence[Span], day: date, start: date, end: date | None
) -> tuple[date, date]:
    days = [when for one in things for when in (one.planned, one.actual, one.until) if when is not None]
    days += [when for span in phases for when in (span.start, span.end) if when is not None]
    days += [day, start, end or day]
    return min(days) - timedelta(days=10), max(days) + timedelta(days=14)


def _bands(phases: Sequence[Span], x_of: Callable[[date], float], right: float) -> tuple[Band, ...]:
    found = []
    for span in phases:
        x = x_of(span.start)
        wide = round((x_of(span.end) if span.end else right) - x, 1)
        long = f"{span.number} {span.words}"
        text = long if len(long) * LETTER + 12 <= wide else f"Phase {span.number}"
        found.append(
            Band(f"Phase {span.number}", x, max(wide, 2.0), text if wide > len(text) * LETTER else "", span.sure)
        )
    return tuple(found)


def _lane(
    lane: Standing, y: float, day: date, x_of: Callable[[date], float], right: float, broken: frozenset[str]
) -> Lane:
    dated = _together([one for one in lane.things if one.first is not None], day)
    wordy = len(dated) <= MOST_LABELS
    few_last = sum(one.lasts for one in dated) <= MOST_LASTING
    tracks: list[list[tuple[float, float]]] = []
    shapes = []
    for one in sorted(dated, key=lambda thing: (not thing.milestone, thing.first or date.max)):
        said = wordy or one.milestone or (one.lasts and few_last) or one.state(day) == "late"
        shape, reach = _place(one, day, x_of, right, said=said)
        at = next((i for i, spans in enumerate(tracks) if _free(reach, spans)), len(tracks))
        if at == len(tracks):
            tracks.append([])
        tracks[at].append(reach)
        is_broken = one.milestone and not one.part and lane.lane in broken
        shapes.append((at, shape, is_broken))
    high = max(len(tracks), 1) * TRACK + 2 * PAD
    placed = tuple(replace(shape, y=y + PAD + at * TRACK + TRACK / 2, broken=it_is) for at, shape, it_is in shapes)
    return Lane(LANES[lane.lane], y, y + high, y + PAD + TRACK / 2, placed)


def _together(things: Sequence[Thing], day: date) -> list[Thing]:
    """Single days that fall together, as one: seven roles that change on a day are one mark with its number."""
    found, alike = list[Thing](), dict[tuple[date | None, str], list[Thing]]()
    for one in things:
        if one.lasts or one.milestone:
            found.append(one)
        else:
            alike.setdefault((one.first, one.state(day)), []).append(one)
    for same in alike.values():
        if len(same) < TOGETHER:
            found += same
        else:
            names = ", ".join(one.label for one in same)
            parts = {one.part for one in same}
            label = f"{len(same)} at once: {names}"
            found.append(replace(same[0], label=label, part=parts.pop() if len(parts) == 1 else ""))
    return found


def _place(
    one: Thing, day: date, x_of: Callable[[date], float], right: float, *, said: bool
) -> tuple[Shape, tuple[float, float]]:
    """The shape of a thing without its height, and what it takes of a track."""
    state, first = one.state(day), one.first or day
    x = x_of(first)
    bar_to = None
    if one.lasts:
        bar_to = max(x_of(one.until) if one.until else right, x + LEAST_BAR)
    planned_x = x_of(one.planned) if one.planned and one.actual and one.planned != one.actual else None
    late_from, late_to = _lateness(one, state, day, x_of)
    marks = [x - DOT, x + DOT, *(edge for edge in (bar_to, planned_x, late_from, late_to) if edge is not None)]
    low, high = min(marks), max(marks)
    label = one.label if not one.part else f"{one.label}, {one.part}" if one.label != one.part else one.part
    text = (label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip()}…") if said else ""
    wide = len(text) * LETTER
    if not text:
        return Shape(one, state, x, 0, bar_to, planned_x, late_from, late_to, "", x, "start", False), (low, high)
    if high + 4 + wide <= right:
        shape = Shape(one, state, x, 0, bar_to, planned_x, late_from, late_to, text, high + 4, "start", False)
        return shape, (low, high + 4 + wide)
    shape = Shape(one, state, x, 0, bar_to, planned_x, late_from, late_to, text, low - 4, "end", False)
    return shape, (low - 4 - wide, high)


def _lateness(one: Thing, state: str, day: date, x_of: Callable[[date], float]) -> tuple[float | None, float | None]:
    """The stretch by which something is late, or came late."""
    if state == "late":
        due = one.until if one.actual is not None and one.actual <= day else one.first
        return (x_of(due), x_of(day)) if due else (None, None)
    if one.came_late(day) and one.planned and one.actual and one.milestone:
        return x_of(one.planned), x_of(one.actual)
    return None, None


def _free(reach: tuple[float, float], spans: Sequence[tuple[float, float]]) -> bool:
    return all(reach[1] + GAP <= start or reach[0] >= end + GAP for start, end in spans)
