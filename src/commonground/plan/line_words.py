"""What the program line says in words: its state in a sentence, and the milestones as the picture of the order needs them."""

from collections.abc import Mapping, Sequence
from datetime import date

from commonground.programs.line import Break, Point
from commonground.programs.models import Milestone, Program
from commonground.ui.words import day as written_day

NAMES = {"strategy_agreed": "the strategy", "workflows_agreed": "the workflows"}
BEFORE_WEEKS, BEFORE_MONTHS = 14, 70  # days up to which a lateness is told in days, and in weeks


def points_of(milestones: Sequence[Milestone], names: Mapping[int, str]) -> list[Point]:
    """Milestones with the name of their unit; one that is gone today is called a former unit."""
    return [
        Point(
            row.kind, str(row), names.get(row.unit_id, "a former unit") if row.unit_id else "", row.planned, row.actual
        )
        for row in milestones
    ]


def has(points: Sequence[Point], kind: str) -> bool:
    """Whether a milestone stands on the line of the whole; a cut-over of a unit counts."""
    return any(point.kind == kind and (kind == "cut_over" or not point.row) for point in points)


def statement(program: Program, points: Sequence[Point], broken: Sequence[Break], day: date) -> str:
    """The state of the line in a sentence."""
    if broken:
        missing = " and ".join(NAMES[one.before] for one in broken)
        one_thing = len(broken) == 1 and broken[0].before == "strategy_agreed"
        verb, past = ("was chosen", "was") if broken[0].happened else ("is planned", "is")
        plural = {"was": "were", "is": "are"}[past]
        return f"Technology {verb} before {missing} {past if one_thing else plural} agreed"
    ahead = sorted(
        ((p.planned, p) for p in points if p.planned and p.state(day) in {"planned", "late"}), key=lambda one: one[0]
    )
    if not points:
        stated = "The goal is stated; the line is still empty"
        return stated if program.goal else "The line is still empty: begin with the goal"
    reached = sum(1 for point in points if point.state(day) == "reached")
    if not ahead:
        return f"{reached} of {len(points)} milestones are reached, and none is planned ahead"
    when, following = ahead[0]
    of = f" of {following.row}" if following.row else ""
    tail = f"was planned for {written_day(when)}" if when < day else f"is next, on {written_day(when)}"
    label = following.label.lower().replace("crm", "CRM")
    return f"{reached} of {len(points)} milestones are reached; {label}{of} {tail}"


def how_long(days: int) -> str:
    """“9 days”, “4 weeks”, “5 months”: how late something is, no finer than it matters."""
    if days <= BEFORE_WEEKS:
        return f"{days} day{'' if days == 1 else 's'}"
    if days <= BEFORE_MONTHS:
        return f"{round(days / 7)} weeks"
    return f"{round(days / 30.4)} months"
