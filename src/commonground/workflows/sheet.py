"""What the page of a workflow says and draws: its map as is or to be, the sentence above it, its crossings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commonground.analysis.routes import Hop, Step, crosses, crossings, in_order, lead_hours, parted, to_be
from commonground.ui.words import number, percent, plural, spelled
from commonground.workflows.map import BACK_SHOWN, DAY, duration, workflow_map
from commonground.workflows.measured import enough_cases
from commonground.workflows.models import Handoff, Workflow
from commonground.workflows.reading import Row, steps_of
from commonground.workflows.told import LOG, SHEET, Figures, Told, hops_told, told_by, told_of

MOST_UNKNOWN = 8
NOTHING_PLANNED = "To be: nothing is planned yet that could be shown here"


@dataclass(frozen=True, slots=True)
class LogTold:
    """What the newest figures say of a workflow. lead: median working hours; cases: of the time measured."""

    figures: Figures
    lead: float | None = None
    cases: int = 0


@dataclass(frozen=True, slots=True)
class Crossing:
    """A hand-off as the table shows it. id: of its row in the register, if it has one. crosses: nothing where it stays within its unit.
    pair: both processes. waits: the median in words. only_log: the log shows it and the register has it not."""

    id: int | None
    source: str
    target: str
    steps: str
    carries: str
    crosses: tuple[str, ...]
    told: Told
    pair: tuple[int, int] | None = None
    only_log: bool = False

    @property
    def hours(self) -> float:
        return self.told.wait or 0.0

    @property
    def waits(self) -> str:
        return "" if self.told.wait is None else duration(self.told.wait)

    @property
    def slow(self) -> str:
        """How long it takes until nine in ten have gone on."""
        return "" if self.told.p90 is None else duration(self.told.p90)

    @property
    def clock(self) -> str:
        """The median by the calendar, nights and free days included."""
        return "" if self.told.calendar is None else calendar_said(self.told.calendar)


def calendar_said(hours: float) -> str:
    """“3 h” below a day, else “6.9 days” of 24 hours."""
    if hours < 24:
        return f"{hours:.1f} h".replace(".0 h", " h")
    text = f"{hours / 24:.1f}".removesuffix(".0")
    return f"{text} day{'' if text == '1' else 's'}"


def crossing_rows(
    steps: Sequence[Step], hops: Sequence[Hop], handoffs: Sequence[Handoff], figures: Figures
) -> list[Crossing]:
    """The hand-offs shown, what crosses first and of these the longest wait first; unmeasured ones last.

    handoffs: the rows behind them; a hop that was worked out from the fates has none.
    """
    by_id = {step.id: step for step in steps}
    behind = {(row.from_process_id, row.to_process_id): row for row in handoffs}
    found = []
    for hop in hops:
        if hop.source in by_id and hop.target in by_id:
            row = behind.get((hop.source, hop.target))
            told = told_of(row, figures) if row else Told()
            found.append(_crossing(hop, by_id, told, row.pk if row else None, hop.carries))
    return _sorted(found)


def unknown_rows(steps: Sequence[Step], handoffs: Sequence[Handoff], figures: Figures, cases: int) -> list[Crossing]:
    """The ways that the log shows often and the register does not have, what crosses first; ways back are no news."""
    by_id = {step.id: step for step in steps}
    known = {(row.from_process_id, row.to_process_id) for row in handoffs if row.when == "as_is"}
    found = []
    for key, figure in figures.items():
        pair = (key.source, key.target)
        if pair in known or pair[::-1] in known or not by_id.keys() >= set(pair) or figure.withheld:
            continue
        if enough_cases(figure.cases, cases):
            found.append(_crossing(Hop(*pair, figure.wait), by_id, told_by(figure), None, "", only_log=True))
    return sorted(found, key=lambda one: (not one.crosses, -(one.told.cases or 0)))[:MOST_UNKNOWN]


def _crossing(
    hop: Hop, by_id: Mapping[int, Step], told: Told, pk: int | None, carries: str, *, only_log: bool = False
) -> Crossing:
    source, target = by_id[hop.source], by_id[hop.target]
    between = crosses(hop, by_id)
    names = (source.lane, target.lane) if "unit" in between else (source.line, target.line)
    steps = f"{source.name} to {target.name}" if between else ""
    return Crossing(
        pk,
        *(names if between else (source.name, target.name)),
        steps,
        carries,
        between,
        told,
        (hop.source, hop.target),
        only_log,
    )


def _sorted(rows: list[Crossing]) -> list[Crossing]:
    return sorted(rows, key=lambda one: (not one.crosses, one.told.wait is None, -one.hours, one.source))


def map_values(
    workflow: Workflow, rows: Sequence[Row], handoffs: Sequence[Handoff], view: str, log: LogTold
) -> dict[str, Any]:
    """The map in the asked view, for wide and narrow screens, with its finding in a sentence."""
    now_steps = steps_of([row for row in rows if not row.process.planned_only])
    as_is = [one for one in handoffs if one.when == "as_is"]
    now_hops = hops_told(as_is, log.figures)
    planned = hops_told((one for one in handoffs if one.when == "to_be"), log.figures)
    route = to_be(steps_of(rows), now_hops, planned)
    has_plan = bool(planned) or any(row.plan and row.plan.fate != "keep" for row in rows)
    hours, hours_to_be = lead_hours(now_steps, now_hops), lead_hours(route.steps, route.hops)
    horizon = max(hours or 0.0, hours_to_be or 0.0) if hours and hours_to_be else 0.0
    shown: tuple[Sequence[Step], Sequence[Hop]] = (now_steps, now_hops)
    finding = _as_is(workflow.median_lead_working_hours if log.lead is None else log.lead, now_steps, now_hops, hours)
    if view == "to_be":
        shown, finding = (route.steps, route.hops), NOTHING_PLANNED
        if has_plan:
            finding = _to_be(*shown, hours_to_be, crossings(now_steps, now_hops))
    behind = [one for one in handoffs if one.when == ("as_is" if route.derived else view)]
    listed = crossing_rows(*shown, behind, log.figures)
    back = {} if view == "to_be" else _shares_back(as_is, log.figures)
    drawn = workflow_map(*shown, width=1152, horizon=horizon, back=back) if shown[0] else None
    return {
        "map": drawn,
        "narrow": workflow_map(*shown, width=960, horizon=horizon, back=back) if shown[0] else None,
        "unlinked": bool(drawn and drawn.scale and not all(box.linked for box in drawn.boxes)),
        "stops": [(stop, _waits_said(stop.waits), _back_said(stop.waits, back)) for stop in in_order(*shown)],
        "hops": listed,
        "crossings_title": _longest_said(listed),
        "unknown": unknown_rows(now_steps, as_is, log.figures, log.cases) if view == "as_is" else [],
        "most": max((one.hours for one in listed), default=0.0),
        "finding": finding,
        "gone": route.gone if view == "to_be" else (),
        "derived": view == "to_be" and route.derived,
        "has_plan": has_plan,
        "saved": _saved(hours, hours_to_be) if view == "to_be" else "",
        "cases": _cases(listed),
        "told_by_log": any(one.told.source == LOG for one in listed),
        "told_by_sheet": any(one.told.source == SHEET for one in listed),
        "withheld_hops": any(one.told.few for one in listed),
        "back_ways": len(parted(*shown)[1]),
    }


def _longest_said(listed: Sequence[Crossing]) -> str:
    """Where work waits longest of the crossings whose wait is told; the plain title where that is nowhere."""
    waits = [one for one in listed if one.crosses and one.told.wait]
    if len(waits) < 2:
        return "Hand-offs, those that cross first"
    return f"{waits[0].source} to {waits[0].target} waits longest"


def _shares_back(handoffs: Sequence[Handoff], figures: Figures) -> dict[tuple[int, int], float]:
    """Both steps of each hand-off → share of cases that came back, where it is told."""
    told = {(row.from_process_id, row.to_process_id): told_of(row, figures).back for row in handoffs}
    return {pair: share for pair, share in told.items() if share is not None}


def _as_is(lead: float | None, steps: Sequence[Step], hops: Sequence[Hop], hours: float | None) -> str:
    count = crossings(steps, hops)
    at = f"at {spelled(count)} crossing{'' if count == 1 else 's'}" if count else "without a crossing"
    if hours and lead and lead >= hours:
        whole = number(lead / DAY, 1) if lead >= DAY else f"{number(lead, 1)} h"
        return f"{duration(hours)} of {whole} {'days ' if lead >= DAY else ''}are waiting, {at}"
    if hours:
        return f"The work waits {duration(hours)} on its way, {at}"
    if not hops:
        return "No hand-off is recorded yet: the steps stand side by side"
    return f"{_crossings_said(count, steps)}; {_measured_said(hops)}"


def _crossings_said(count: int, steps: Sequence[Step]) -> str:
    unplaced = sum(1 for step in steps if not step.lane)
    if not count and unplaced:
        steps_said = f"{plural(unplaced, 'step').capitalize()} {'has' if unplaced == 1 else 'have'}"
        return f"{steps_said} no unit in the register, so crossings do not show"
    return f"{plural(count, 'crossing').capitalize()} of unit or product line"


def _measured_said(hops: Sequence[Hop]) -> str:
    measured = sum(1 for hop in hops if hop.wait is not None)
    if not measured:
        return "how long the work waits there is not measured yet"
    return f"{measured} of {plural(len(hops), 'hand-off')} {'is' if measured == 1 else 'are'} measured"


def _to_be(steps: Sequence[Step], hops: Sequence[Hop], hours: float | None, before: int) -> str:
    count = crossings(steps, hops)
    waits = f"{duration(hours)} of waiting and " if hours else ""
    change = f", today {spelled(before)}" if before != count else ", as today"
    return f"To be: {waits}{spelled(count)} crossing{'' if count == 1 else 's'}{change}"


def _saved(hours: float | None, later: float | None) -> str:
    return duration(hours - later) if hours and later is not None and hours > later else ""


def _cases(listed: Sequence[Crossing]) -> str:
    """How many cases the medians stand on, as a span over the hand-offs shown."""
    found = [one.told.cases for one in listed if one.told.cases]
    if not found:
        return ""
    low, high = min(found), max(found)
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def _back_said(hops: Sequence[Hop], back: Mapping[tuple[int, int], float]) -> str:
    """“23 % come back” for the way that comes back most before a step."""
    known = [back[hop.source, hop.target] for hop in hops if (hop.source, hop.target) in back]
    return f"{percent(max(known))} come back" if known and max(known) >= BACK_SHOWN else ""


def _waits_said(hops: Sequence[Hop]) -> str:
    """“waits 2.1 days” for the longest of the waits before a step; empty where none is measured."""
    known = [hop.wait for hop in hops if hop.wait is not None]
    return f"waits {duration(max(known))}" if known else ""
