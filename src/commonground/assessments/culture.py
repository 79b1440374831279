"""Culture now and wanted, out of the published tables of a culture round: dimensions of points, and product focus ↔ customer focus."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from commonground.access.actor import Actor
from commonground.analysis.assessment.sheet import PAIR, PROFILE, SCALE
from commonground.assessments.in_days import CLOSED
from commonground.assessments.published import PublishedTable
from commonground.assessments.rounds import Round
from commonground.assessments.standing import Gap
from commonground.programs.models import Program

CULTURE = "culture"
DIMENSIONS: Mapping[str, tuple[str, str]] = {
    "together": ("Together", "people help one another and stay"),
    "new": ("New", "trying what nobody has tried"),
    "results": ("Results", "reaching what was set out"),
    "order": ("Order", "planned, safe, by the rules"),
}


class Change(NamedTuple):
    """One line of the picture: points of 100 (or % of people, for the focus) now and wanted. low, high: of the change, 95 %, None where
    only shares with intervals of their own are known. sure: whether the interval leaves nought out."""

    key: str
    name: str
    words: str
    now: float
    wanted: float
    change: float
    low: float | None
    high: float | None

    @property
    def sure(self) -> bool:
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


class Profile(NamedTuple):
    """A cell's culture. n: people who gave both; distance None where too few did."""

    label: str
    n: int
    invited: int
    answered: int
    lines: tuple[Change, ...]
    moved: float | None
    distance: float | None
    low: float | None
    high: float | None
    focus: "Focus | None"


class Focus(NamedTuple):
    """Product focus ↔ customer focus: shares in the top box now and wanted with their intervals, and how many want it moved."""

    n: int
    now: Mapping[str, Any]
    wanted: Mapping[str, Any]
    ways: Mapping[str, Any] | None


def rounds_of(actor: Actor, program: Program) -> list[Round]:
    """Closed culture rounds with tables, the newest first."""
    told = PublishedTable.objects.visible_to(actor).values("round")
    rows = Round.objects.bare().visible_to(actor).filter(program=program, purpose=CULTURE, state=CLOSED, pk__in=told)
    return list(rows.order_by("-closed_at", "-pk"))


def profile_of(cell: Mapping[str, Any]) -> Profile | None:
    """The culture of a cell that is told; None for one that is withheld or was not asked for points."""
    if not cell["shown"]:
        return None
    questions = cell["figures"]["questions"]
    points = questions.get(PROFILE)
    if points is None:
        return None
    lines = tuple(
        Change(
            one["name"], *DIMENSIONS.get(one["name"], (one["name"].capitalize(), "")), *(one[key] for key in _OF_POINTS)
        )
        for one in points["dimensions"]
    )
    return Profile(
        cell["label"],
        points["n"],
        cell["invited"],
        cell["answered"],
        lines,
        points.get("moved"),
        points.get("distance"),
        points.get("distance_low"),
        points.get("distance_high"),
        focus_of(questions),
    )


_OF_POINTS = ("now", "wanted", "change", "low", "high")


def focus_of(questions: Mapping[str, Any]) -> Focus | None:
    """Where the house looks, now and wanted, if both can be told."""
    now, wanted = questions.get(f"{SCALE}focus_now"), questions.get(f"{SCALE}focus_wanted")
    if not now or not wanted or now["top"] is None or wanted["top"] is None:
        return None
    return Focus(min(now["n"], wanted["n"]), now, wanted, questions.get(f"{PAIR}focus"))


def gap_of(actor: Actor, program: Program) -> Gap | None:
    """The distance of the newest culture round of which it can be told."""
    for row in rounds_of(actor, program):
        table = PublishedTable.objects.visible_to(actor).filter(round=row, key="whole").first()
        profile = profile_of(table.cells[0]) if table and table.cells else None
        if profile is not None and profile.distance is not None:
            widest = max(profile.lines, key=lambda one: abs(one.change))
            return Gap(
                row.pk,
                row.name,
                row.last_day,
                profile.distance,
                profile.low,
                profile.high,
                profile.answered,
                profile.invited,
                widest_said(widest),
            )
    return None


def widest_said(line: Change) -> str:
    """“12 points more for Together”."""
    return f"{abs(line.change):.0f} points {'more' if line.change > 0 else 'less'} for {line.name}"


def title_of(profile: Profile | None, row: Round | None) -> str:
    """What people want, in a sentence."""
    if row is None:
        return "The culture has not been assessed yet"
    if profile is None or profile.distance is None:
        return "Too few answered to tell the culture"
    sure = [one for one in profile.lines if one.sure]
    more = [one.name.lower() for one in sorted(sure, key=lambda one: -one.change) if one.change > 0]
    less = [one.name.lower() for one in sorted(sure, key=lambda one: one.change) if one.change < 0]
    parts = [
        f"{word} “{' and “'.join(f'{name}”' for name in names)}"
        for word, names in (("more", more), ("less", less))
        if names
    ]
    focus = profile.focus
    looks = focus is not None and focus.wanted["low"] is not None and focus.wanted["low"] > (focus.now["high"] or 0)
    if parts:
        return f"People want {' and '.join(parts)}" + (", and to start from the customer" if looks else "")
    return "People want to start from the customer" if looks else "People want the culture much as it is"


class Mark(NamedTuple):
    """A line of the picture in px of its viewBox. left, right: ends of the interval, None without one."""

    line: Change
    y: int
    now: float
    wanted: float
    left: float | None
    right: float | None
    now_text: tuple[float, str, str]
    wanted_text: tuple[float, str, str]


class Picture(NamedTuple):
    width: int
    height: int
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[float, str], ...]
    label: int
    bottom: int


ROW, TOP = 46, 22


def picture(lines: tuple[Change, ...], *, width: int, label: int, unit: str = "", most: float = 0) -> Picture | None:
    """Now and wanted as two dots on one line each. label: px for names at the left; most: the end of the axis, 0 for one that fits."""
    if not lines:
        return None
    ends = [value for one in lines for value in (one.now, one.wanted, one.now + (one.high or 0))]
    top = most or max(40.0, -(-max(ends) // 10) * 10)
    left, right = label, width - 34

    def x(value: float) -> float:
        return round(left + (right - left) * min(max(value, 0), top) / top, 1)

    marks = []
    for place, one in enumerate(lines):
        rising = one.wanted >= one.now
        first, second = (-9, "end"), (9, "start")
        near, far = (first, second) if rising else (second, first)
        marks.append(
            Mark(
                one,
                TOP + place * ROW + 12,
                x(one.now),
                x(one.wanted),
                None if one.low is None else x(one.now + one.low),
                None if one.high is None else x(one.now + one.high),
                (x(one.now) + near[0], near[1], f"{one.now:.0f}{unit}"),
                (x(one.wanted) + far[0], far[1], f"{one.wanted:.0f}{unit}"),
            )
        )
    step = 10 if top <= 60 else 25
    ticks = tuple((x(value), f"{value}{unit}") for value in range(0, int(top) + 1, step))
    bottom = TOP + len(lines) * ROW
    return Picture(width, bottom + 22, tuple(marks), ticks, label, bottom)
