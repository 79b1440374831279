"""What the page of a workflow says of its log: how long the work takes, what comes back, over time, before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.http import QueryDict

from commonground.access.actor import Actor
from commonground.analysis.flow.figures import Flow
from commonground.analysis.ownership import THRESHOLD
from commonground.programs.models import Milestone, Program
from commonground.ui.words import day as day_said
from commonground.ui.words import percent
from commonground.workflows.log_state import withheld_name
from commonground.workflows.map import DAY, duration
from commonground.workflows.measured import Between, Measured, handoff_figures
from commonground.workflows.models import Workflow
from commonground.workflows.over_time import Point, over_time
from commonground.workflows.sheet import Crossing, LogTold, calendar_said

LEAD = "lead"
KEPT = ("view", "as_of")  # what a form of the part leaves as it is
Changes = list[tuple[date, str]]
SHORT = 0.05  # working hours that would be written as none
FEW_CASES = 20  # below so many a median says little; it is said beside it


@dataclass(frozen=True, slots=True)
class Line:
    """A row of before and after: texts, and which way it went (“less”, “more”, “same” or empty where one side tells nothing)."""

    name: str
    before: str
    after: str
    difference: str


class WorkflowLog:
    """The stored figures of one workflow that may be shown on a day: of one log, the one with most to tell, oldest time first."""

    def __init__(self, actor: Actor, program: Program, workflow: Workflow, day: date) -> None:
        rows = Measured.objects.visible_to(actor).of_program(program).filter(workflow=workflow).over_by(day)
        found = list(rows.select_related("log").order_by("ends", "cases", "pk"))
        self.rows = [row for row in found if found and row.log_id == found[-1].log_id]
        self.newest = self.rows[-1] if self.rows else None
        self.figures: Mapping[Between, Any] = handoff_figures(program, day, [self.newest] if self.newest else [])
        self.flow: Flow | None = self.newest.flow if self.newest else None

    @property
    def sources(self) -> str:
        """The log and the systems it comes from."""
        if self.newest is None:
            return ""
        systems = ", ".join(self.newest.data.get("sources", ()))
        return f"event log {self.newest.log.name}{f' ({systems})' if systems else ''}"

    @property
    def told(self) -> LogTold:
        """What the map and the table of crossings need of it."""
        if self.flow is None:
            return LogTold({})
        return LogTold(self.figures, self.flow.lead_working.median, self.flow.cases)


class Seen(NamedTuple):
    """What a page brings to the part about the log: names of steps by id, of units by key, and the days on which the way changed."""

    steps: Mapping[int, str]
    units: Mapping[str, str]
    changes: Changes


def log_values(log: WorkflowLog, asked: QueryDict, crossings: Sequence[Crossing], seen: Seen) -> dict[str, Any]:
    """Everything the part “What the log says” shows. asked: `over` (lead or two steps), `before` and `after` (last days)."""
    if log.newest is None or log.flow is None:
        return {}
    row, flow = log.newest, log.flow
    choices = _choices(crossings)
    over = asked.get("over", LEAD) if asked.get("over", LEAD) in dict(choices) else LEAD
    points = [_point(one, over) for one in log.rows]
    before, after = _compared(log.rows, asked, seen.changes)
    return {
        "measured": row,
        "flow": flow,
        "few": row.data.get("few", False),
        "period": period_said(row),
        "threshold": THRESHOLD,
        "few_cases": flow.cases < FEW_CASES,
        "lead": _days(flow.lead_working.median),
        "lead_title": _lead_title(flow),
        "lead_slow": _days(flow.lead_working.p90),
        "lead_clock": _clock(flow.lead_calendar.median),
        "share_back": _share(flow.ping_pong_cases, flow.cases) if goes_back(row, flow) else None,
        "share_loops": None if flow.withheld else _share(flow.loops, flow.cases),
        "crossings_a_case": _share(flow.crossings, flow.cases) if between_units(flow) else None,
        "usual": _usual(flow, seen.steps),
        "left_out": left_out_said(row, seen.units),
        "choices": choices,
        "over": over,
        "line": over_time(points, seen.changes, width=640),
        "line_title": _line_title(points, over, dict(choices)),
        "windows": list(reversed(log.rows)) if len(log.rows) > 1 else [],
        "before": before,
        "after": after,
        "changes_between": [
            one
            for one in seen.changes
            if before and after and min(before.ends, after.ends) <= one[0] < max(before.ends, after.ends)
        ],
        "kept": {name: asked[name] for name in (*KEPT, "before", "after") if name in asked},
        "kept_base": {name: asked[name] for name in KEPT if name in asked},
        "lines": compared(before, after, crossings) if before and after and before.pk != after.pk else [],
    }


def _lead_title(flow: Flow) -> str:
    """How long a case takes; by the clock where most of it lies outside of working hours."""
    working, calendar = flow.lead_working, flow.lead_calendar
    if working.median is None or working.p90 is None:
        return "What the log says"
    if working.median < SHORT and calendar.median and calendar.p90:
        within = calendar_said(calendar.p90)
        return f"A case takes {calendar_said(calendar.median)} by the clock at the median, nine in ten are done within {within}"
    return f"A case takes {duration(working.median)} at the median, nine in ten are done within {duration(working.p90)}"


def left_out_said(row: Measured, names: Mapping[str, str]) -> list[str]:
    """The units, and the crossings between others, that too few people stand for, as they are called."""
    pairs = [f"{names.get(one, 'a unit')} to {names.get(two, 'a unit')}" for one, two in sorted(row.apart)]
    return [*dict.fromkeys(withheld_name(unit, names) for unit in row.withheld), *pairs]


def cut_overs(actor: Actor, program: Program, day: date) -> Changes:
    """The days on which a new way began, up to a day, and for whom."""
    rows = Milestone.objects.visible_to(actor).filter(program=program, kind="cut_over", actual__lte=day)
    found = rows.select_related("unit").prefetch_related("unit__periods").order_by("actual", "pk")
    return [(row.actual, _change_said(row)) for row in found if row.actual]


def _change_said(row: Milestone) -> str:
    periods = list(row.unit.periods.all()) if row.unit else []
    return f"cut-over, {periods[-1].name}" if periods else "cut-over"


def period_said(row: Measured) -> str:
    """“1 Aug to 31 Oct 2026”."""
    first = day_said(row.starts)
    year = f" {row.starts.year}"
    if row.starts.year == row.last_day.year:
        first = first.removesuffix(year)
    return f"{first} to {day_said(row.last_day)}"


def _days(hours: float | None) -> str:
    return "" if hours is None else duration(hours)


def _clock(hours: float | None) -> str:
    return "" if hours is None else calendar_said(hours)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def goes_back(row: Measured, flow: Flow) -> bool:
    """Whether it can be said how many cases went back and forth."""
    return between_units(flow) and not row.data.get("partial")


def _all_between(row: Measured) -> tuple[object, object]:
    """What is left out of the crossings: two times are compared only where it is the same."""
    return row.data.get("withheld"), row.data.get("apart")


def between_units(flow: Flow) -> bool:
    """Whether it can be said how often work crossed units: not where all that it could cross to is withheld."""
    return bool(flow.between_units) or not flow.withheld


def _usual(flow: Flow, names: Mapping[int, str]) -> list[tuple[list[str], int, float]]:
    """The orders of steps that many cases took: names of steps, cases, share of all; only those whose steps the asker may know."""
    found = []
    for one in flow.top_variants[:5]:
        steps = [names.get(int(step), "") for step in one.activities if step.isdecimal()]
        if flow.cases and all(steps):
            found.append((steps, one.cases, one.cases / flow.cases))
    return found


def _choices(crossings: Sequence[Crossing]) -> list[tuple[str, str]]:
    """What the line can show: the whole way, or the wait at one crossing."""
    found = [(LEAD, "Lead time of a case")]
    for one in crossings:
        if one.crosses and one.pair and one.told.source == "log":
            found.append((f"{one.pair[0]}-{one.pair[1]}", f"Wait: {one.source} to {one.target}"))
    return found


def _point(row: Measured, over: str) -> Point:
    flow = row.flow
    spread = flow.lead_working
    if over != LEAD:
        source, _, target = over.partition("-")
        passages = (one for one in flow.between_steps if (one.source, one.target) == (source, target))
        passage = next(passages, None)
        if passage is None:
            return Point(row.ends, None)
        spread = passage.working
    scale = 1 / DAY
    value = None if spread.median is None else spread.median * scale
    return Point(row.ends, value, None if spread.p90 is None else spread.p90 * scale)


def _line_title(points: Sequence[Point], over: str, names: Mapping[str, str]) -> str:
    known = [point for point in points if point.value is not None]
    what = names[over].replace("Lead time of a case", "A case takes").replace("Wait: ", "")
    if len(known) < 2:
        return f"{names[over]} over time: not enough data yet"
    first, last = known[0].value or 0.0, known[-1].value or 0.0
    waits = what if over == LEAD else f"{what} waits"
    begin = day_said(known[0].ends - timedelta(days=1))
    return f"{waits} {duration(last * DAY)} at the median; {duration(first * DAY)} in the three months to {begin}"


def _compared(rows: Sequence[Measured], asked: QueryDict, changes: Changes) -> tuple[Measured | None, Measured | None]:
    """The two times asked for; unasked, the last one over before the last change, and the newest."""
    by_day = {row.last_day.isoformat(): row for row in rows}
    if len(rows) < 2:
        return None, None
    earlier = [row for row in rows if changes and row.ends <= changes[-1][0]]
    before = by_day.get(asked.get("before", ""), earlier[-1] if earlier else rows[0])
    return before, by_day.get(asked.get("after", ""), rows[-1])


def compared(before: Measured, after: Measured, crossings: Sequence[Crossing]) -> list[Line]:
    """Figures of two times side by side, and the plain difference. What one of them does not show is said to be so."""
    one, two = before.flow, after.flow
    lines = [
        _hours("Lead time, median", one.lead_working.median, two.lead_working.median),
        _hours("Lead time, nine in ten within", one.lead_working.p90, two.lead_working.p90),
    ]
    if not one.withheld and not two.withheld:
        lines.append(_shares("Cases in which a step came again", one.loops, one.cases, two.loops, two.cases))
    if one.withheld == two.withheld and goes_back(before, one) and goes_back(after, two):
        back = (one.ping_pong_cases, one.cases, two.ping_pong_cases, two.cases)
        lines.append(_shares("Cases that went back and forth", *back))
    if _all_between(before) == _all_between(after) and between_units(one) and between_units(two):
        lines.append(_rates("Crossings a case", one, two))
    waits = [{(way.source, way.target): way.working.median for way in flow.between_steps} for flow in (one, two)]
    for row in crossings:
        if row.crosses and row.pair:
            pair = (str(row.pair[0]), str(row.pair[1]))
            if pair in waits[0] or pair in waits[1]:
                lines.append(_hours(f"Wait, {row.source} to {row.target}", waits[0].get(pair), waits[1].get(pair)))
    return lines


def _hours(name: str, one: float | None, two: float | None) -> Line:
    texts = ("not shown" if one is None else duration(one), "not shown" if two is None else duration(two))
    if one is None or two is None:
        return Line(name, *texts, "")
    return Line(name, *texts, _change(two - one, duration(abs(two - one))))


def _shares(name: str, part: int, whole: int, part_two: int, whole_two: int) -> Line:
    one, two = _share(part, whole), _share(part_two, whole_two)
    if one is None or two is None:
        return Line(name, percent(one), percent(two), "")
    points = f"{abs(two - one) * 100:.0f} points"
    return Line(name, percent(one), percent(two), _change(two - one, points, least=0.005))


def _rates(name: str, one: Flow, two: Flow) -> Line:
    first, last = _share(one.crossings, one.cases), _share(two.crossings, two.cases)
    if first is None or last is None:
        return Line(name, "–", "–", "")
    return Line(name, f"{first:.1f}", f"{last:.1f}", _change(last - first, f"{abs(last - first):.1f}", least=0.05))


def _change(difference: float, said: str, least: float = 0.05) -> str:
    if abs(difference) < least:
        return "the same"
    return f"{said} {'more' if difference > 0 else 'less'}"
