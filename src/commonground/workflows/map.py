"""The workflow map: lanes by unit, boxes, hand-offs and waiting, as shapes in px. Pure: the template only draws them.

Time runs to the right. Where every wait is known the picture is true to time: a box stands where its step begins, and the hatched bar
before it is as long as the wait. Otherwise the steps stand at even distances, and the map says so.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from commonground.analysis.routes import Hop, Step, begins, crosses, parted

BOX, TALL, HEAD, GAP = 124.0, 46.0, 24.0, 14.0  # px: a box, what stands above it, what is left below it
PITCH = HEAD + TALL + GAP
LETTER = 6.9  # mean width in px of a strong letter at 13 px
DAY = 8.0  # working hours of a working day
SHOWN_HOURS = 0.1  # less than that is said in minutes
TOP, AXIS, EDGE = 10.0, 26.0, 8.0
BACK_SHOWN, BACK_MUCH = 0.05, 0.1  # share of cases that come back: from which on it is marked, and marked strongly
NO_BACK: Mapping[tuple[int, int], float] = {}


@dataclass(frozen=True, slots=True)
class Box:
    """A step drawn. words: its name in one or two lines. linked: it has a hand-off, so its place says when it begins."""

    step: Step
    x: float
    y: float
    words: tuple[str, ...]
    fate: str
    linked: bool = True

    @property
    def middle(self) -> float:
        return self.y + TALL / 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """A hand-off drawn. path and head: SVG paths; crosses: what it crosses; back: it leads to an earlier step."""

    hop: Hop
    path: str
    head: str
    crosses: tuple[str, ...]
    back: bool
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Wait:
    """Waiting, as long as it is: width is the wait times `Map.scale`."""

    hop: Hop
    x: float
    y: float
    width: float
    height: float
    worst: bool
    text: str
    text_x: float
    text_y: float

    @property
    def said(self) -> str:
        return duration(self.hop.wait or 0.0)


@dataclass(frozen=True, slots=True)
class Back:
    """That work comes back on a hand-off: a mark beside its bar, or its arrow. share: of cases; much: so many that it stands out."""

    hop: Hop
    x: float
    y: float
    share: float
    much: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """A unit's stretch of the picture."""

    name: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Map:
    """The whole picture. scale: px of a working hour, None where steps stand at even distances."""

    width: float
    height: float
    left: float
    bottom: float
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    waits: tuple[Wait, ...]
    ticks: tuple[tuple[float, str], ...]
    scale: float | None
    backs: tuple[Back, ...] = ()


def workflow_map(
    steps: Sequence[Step],
    hops: Sequence[Hop],
    width: float = 1080,
    left: float = 132,
    horizon: float = 0,
    back: Mapping[tuple[int, int], float] = NO_BACK,
) -> Map:
    """Draws a workflow. horizon: working hours that the axis reaches at least, so that two maps can share one scale.

    back: source and target → share of cases that come back, to be marked.
    """
    on, ways_back = parted(steps, hops)
    timed = bool(on) and all(hop.wait is not None for hop in on) and any(hop.wait for hop in on)
    at = begins(steps, on, by_time=timed)
    reach = max([*at.values(), horizon if timed else 0.0, 1e-9])
    room = width - left - BOX - EDGE - 4
    scale = room / reach if any(at.values()) else 0.0
    x_of = {one: left + EDGE + when * scale for one, when in at.items()}
    linked = {end for hop in (*on, *ways_back) for end in (hop.source, hop.target)}
    if timed:
        _beside(steps, linked, x_of, width - BOX - EDGE)
    lanes, boxes = _stacked(steps, on, x_of, linked)
    by_id = {box.step.id: box for box in boxes}
    waits = _waits(on, by_id, scale) if timed else ()
    arrows = _arrows(on, ways_back, by_id, timed=timed)
    bottom = lanes[-1].y + lanes[-1].height if lanes else TOP
    return Map(
        width=width,
        height=bottom + (AXIS if timed else 8),
        left=left,
        bottom=bottom,
        lanes=lanes,
        boxes=boxes,
        arrows=arrows,
        waits=waits,
        ticks=_ticks(reach, scale, left + EDGE) if timed else (),
        scale=scale if timed else None,
        backs=_backs(back, waits, arrows),
    )


def _stacked(
    steps: Sequence[Step], on: Sequence[Hop], x_of: Mapping[int, float], linked: Set[int]
) -> tuple[tuple[Lane, ...], tuple[Box, ...]]:
    """Lanes in the order in which the work first reaches them; in a lane as many rows as keep boxes and their waiting apart."""
    into: dict[int, float] = {}
    for hop in on:
        into[hop.target] = min(into.get(hop.target, x_of[hop.source]), x_of[hop.source])
    reached = sorted(steps, key=lambda step: (x_of[step.id], step.order, step.id))
    lanes, boxes, y = [], [], TOP
    for name in dict.fromkeys(step.lane for step in reached):
        rows: list[list[tuple[float, float]]] = []
        for step in (one for one in reached if one.lane == name):
            label = _shortened(f"{step.fate}, {step.note}" if step.note else step.fate, 24)
            x = x_of[step.id]
            span = (min(into.get(step.id, x), x) - 4, x + max(BOX, 26 + len(label) * LETTER) + 6)
            row = next((i for i, taken in enumerate(rows) if _free(span, taken)), len(rows))
            if row == len(rows):
                rows.append([])
            rows[row].append(span)
            boxes.append(
                Box(step, round(x, 1), y + HEAD + row * PITCH, _two_lines(step.name), label, step.id in linked)
            )
        height = max(1, len(rows)) * PITCH
        lanes.append(Lane(name or "No unit yet", y, height))
        y += height
    return tuple(lanes), tuple(boxes)


def _beside(steps: Sequence[Step], linked: Set[int], x_of: dict[int, float], most: float) -> None:
    """Moves steps without a hand-off beside the step before them, where no arrow that is none of theirs leads behind them."""
    before = None
    for step in sorted(steps, key=lambda one: one.order):
        if step.id not in linked and before is not None:
            x_of[step.id] = min(x_of[before] + BOX + GAP, most)
        before = step.id


def _free(span: tuple[float, float], taken: Sequence[tuple[float, float]]) -> bool:
    return all(span[1] <= start or span[0] >= end for start, end in taken)


def _arrows(on: Sequence[Hop], back: Sequence[Hop], boxes: Mapping[int, Box], *, timed: bool) -> tuple[Arrow, ...]:
    """Every hand-off: down or up from the sender, then to the receiver. Arrows of one sender stand side by side."""
    leaving: dict[int, int] = {}
    steps = {one: box.step for one, box in boxes.items()}
    drawn = []
    for hop in (*on, *back):
        one, two = boxes[hop.source], boxes[hop.target]
        number = leaving[hop.source] = leaving.get(hop.source, -1) + 1
        x = one.x + 5 + min(number * 11, BOX - 16)
        is_back = hop not in on
        path, head = _backward(one, two, x) if is_back else _onward(one, two, x, timed=timed)
        drawn.append(Arrow(hop, path, head, crosses(hop, steps), is_back, x, (one.middle + two.middle) / 2))
    return tuple(drawn)


def _onward(one: Box, two: Box, x: float, *, timed: bool) -> tuple[str, str]:
    down = two.y >= one.y
    start = one.y + TALL if down else one.y
    way = 1 if down else -1
    if x >= two.x - 4:  # no room before the box: straight onto its edge
        end = two.y if down else two.y + TALL
        return f"M{x:.1f} {start:.1f}V{end:.1f}", _head_vertical(x, end, way)
    if timed:
        end = two.middle - way * 8
        return f"M{x:.1f} {start:.1f}V{end:.1f}", _head_vertical(x, end, way)
    return f"M{x:.1f} {start:.1f}V{two.middle:.1f}H{two.x:.1f}", _head_right(two.x, two.middle)


def _backward(one: Box, two: Box, x: float) -> tuple[str, str]:
    x, into = one.x + BOX - 10, two.x + BOX - 18
    if two.y > one.y:
        return f"M{x:.1f} {one.y + TALL:.1f}V{two.y - 7:.1f}H{into:.1f}V{two.y:.1f}", _head_vertical(into, two.y, 1)
    end, turn = two.y + TALL, two.y + TALL + 9
    start = one.y + TALL if two.y == one.y else one.y
    return f"M{x:.1f} {start:.1f}V{turn:.1f}H{into:.1f}V{end:.1f}", _head_vertical(into, end, -1)


def _head_vertical(x: float, y: float, way: int) -> str:
    return f"M{x - 4.5:.1f} {y - way * 7:.1f}L{x:.1f} {y:.1f}L{x + 4.5:.1f} {y - way * 7:.1f}z"


def _head_right(x: float, y: float) -> str:
    return f"M{x - 7:.1f} {y - 4.5:.1f}L{x:.1f} {y:.1f}L{x - 7:.1f} {y + 4.5:.1f}z"


def _waits(on: Sequence[Hop], boxes: Mapping[int, Box], scale: float) -> tuple[Wait, ...]:
    """A hatched bar for each wait, ending where the receiver begins; several into one step lie one below the other."""
    longest = max((hop.wait or 0.0) for hop in on)
    alone = sum(1 for hop in on if hop.wait == longest) == 1 and len(on) > 1
    count: dict[int, int] = {}
    for hop in on:
        count[hop.target] = count.get(hop.target, 0) + 1
    met: dict[int, int] = {}
    drawn = []
    for hop in sorted(on, key=lambda one: -(one.wait or 0.0)):
        hours = hop.wait or 0.0
        box, source = boxes[hop.target], boxes[hop.source]
        place = met[hop.target] = met.get(hop.target, -1) + 1
        tall = 12.0 if count[hop.target] == 1 else min(12.0, TALL / count[hop.target] - 2)
        y = box.middle - tall / 2 if count[hop.target] == 1 else box.y + place * TALL / count[hop.target]
        wide = hours * scale
        worst = alone and hours == longest
        text = _shown(f"waits {duration(hours)}{', the longest' if worst else ''}", duration(hours), wide)
        text_y = box.y + TALL + 9 if count[hop.target] == 1 else box.y - 3
        drawn.append(
            Wait(hop, source.x, y, round(wide, 2), tall, worst, text if place == 0 else "", source.x + wide / 2, text_y)
        )
    return tuple(drawn)


BACK_WIDE = 50.0  # px that the mark and its figure take


def _backs(back: Mapping[tuple[int, int], float], waits: Sequence[Wait], arrows: Sequence[Arrow]) -> tuple[Back, ...]:
    """Above the bar where it is long enough to carry the mark; else, and where no time is drawn, beside the arrow."""
    bars = {(wait.hop.source, wait.hop.target): wait for wait in waits}
    found = []
    for arrow in arrows:
        key = (arrow.hop.source, arrow.hop.target)
        share = back.get(key, 0.0)
        if share < BACK_SHOWN:
            continue
        bar = bars.get(key)
        x, y = (bar.x + 8, bar.y - 5) if bar and bar.width >= BACK_WIDE else (arrow.x + 6, arrow.y + 4)
        found.append(Back(arrow.hop, x, y, share, share > BACK_MUCH))
    return tuple(found)


def _shown(full: str, short: str, wide: float) -> str:
    """The words that fit under a bar; none where not even the number does (the table has it)."""
    return next((text for text in (full, short) if len(text) * LETTER <= wide - 6), "")


def duration(hours: float) -> str:
    """“5 min” below a tenth of an hour, “3 h” below a working day, else “2.1 days” of eight working hours."""
    if 0 < hours < SHOWN_HOURS:
        return f"{max(round(hours * 60), 1)} min"
    if hours < DAY:
        return f"{hours:.1f} h".replace(".0 h", " h")
    days = hours / DAY
    text = f"{days:.1f}".removesuffix(".0")
    return f"{text} day{'' if text == '1' else 's'}"


def _ticks(reach: float, scale: float, zero: float) -> tuple[tuple[float, str], ...]:
    """Marks of the axis in working days, or in hours where all is over within two days; at least 64 px apart."""
    unit, word = (DAY, "day") if reach > 2 * DAY else (1.0, "hour")
    step = next(
        (size for size in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if size * unit * scale >= 64), reach / unit or 1
    )
    found, value = [], 0.0
    while value * unit <= reach + 1e-6:
        found.append((round(zero + value * unit * scale, 1), f"{word} 0" if not value else f"{value:g}"))
        value += step
    return tuple(found)


def _two_lines(name: str) -> tuple[str, ...]:
    """A name in at most two lines that fit a box; what does not fit ends in an ellipsis."""
    most = int((BOX - 16) / LETTER) + 1
    if len(name) <= most:
        return (name,)
    spaces = [place for place, letter in enumerate(name) if letter == " "]
    cut = max((place for place in spaces if place <= most), default=most)
    first, rest = name[:cut].rstrip(), name[cut:].lstrip()
    return (_shortened(first, most), _shortened(rest, most))


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
