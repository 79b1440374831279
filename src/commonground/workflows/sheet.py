"""What the page of a workflow says and draws: its map as is or to be, the sentence above it, its crossings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from commonground.analysis.routes import Hop, Step, crosses, crossings, in_order, lead_hours, parted, to_be
from commonground.ui.words import number, plural, spelled
from commonground.workflows.map import DAY, duration, workflow_map
from commonground.workflows.models import Handoff, Workflow
from commonground.workflows.reading import Row, hops_of, steps_of


@dataclass(frozen=True, slots=True)
class Crossing:
    """A hand-off as the table shows it. crosses: nothing where it stays within its unit. back: share of cases that came back."""

    id: int | None
    source: str
    target: str
    carries: str
    crosses: tuple[str, ...]
    wait: str
    hours: float
    cases: int | None
    back: float | None


def crossing_rows(steps: Sequence[Step], hops: Sequence[Hop], handoffs: Sequence[Handoff]) -> list[Crossing]:
    """The hand-offs shown, what crosses first and of these the longest wait first; unmeasured ones last.

    handoffs: the rows behind them; a hop that was worked out from the fates has none.
    """
    by_id = {step.id: step for step in steps}
    behind = {(row.from_process_id, row.to_process_id): row for row in handoffs}
    found = []
    for hop in hops:
        if hop.source not in by_id or hop.target not in by_id:
            continue
        row = behind.get((hop.source, hop.target))
        back = row.ping_pong_cases / row.cases if row and row.cases and row.ping_pong_cases is not None else None
        source, target = by_id[hop.source], by_id[hop.target]
        between = crosses(hop, by_id)
        names = (source.lane, target.lane) if "unit" in between else (source.line, target.line)
        found.append(
            Crossing(
                row.pk if row else None,
                *(names if between else (source.name, target.name)),
                carries=hop.carries,
                crosses=between,
                wait="" if hop.wait is None else duration(hop.wait),
                hours=hop.wait or 0.0,
                cases=row.cases if row else None,
                back=back,
            )
        )
    return sorted(found, key=lambda one: (not one.crosses, not one.wait, -one.hours, one.source))


def map_values(workflow: Workflow, rows: Sequence[Row], handoffs: Sequence[Handoff], view: str) -> dict[str, Any]:
    """The map in the asked view, for wide and narrow screens, with its finding in a sentence."""
    now_steps = steps_of([row for row in rows if not row.process.planned_only])
    now_hops = hops_of(one for one in handoffs if one.when == "as_is")
    planned = hops_of(one for one in handoffs if one.when == "to_be")
    route = to_be(steps_of(rows), now_hops, planned)
    has_plan = bool(planned) or any(row.plan and row.plan.fate != "keep" for row in rows)
    hours, hours_to_be = lead_hours(now_steps, now_hops), lead_hours(route.steps, route.hops)
    horizon = max(hours or 0.0, hours_to_be or 0.0) if hours and hours_to_be else 0.0
    shown: tuple[Sequence[Step], Sequence[Hop]] = (now_steps, now_hops)
    finding = _as_is(workflow, now_steps, now_hops, hours)
    if view == "to_be":
        shown = (route.steps, route.hops)
        finding = (
            _to_be(route.steps, route.hops, hours_to_be, crossings(now_steps, now_hops))
            if has_plan
            else ("To be: nothing is planned yet that could be shown here")
        )
    return {
        "map": (drawn := workflow_map(*shown, width=1152, horizon=horizon)) if shown[0] else None,
        "narrow": workflow_map(*shown, width=960, horizon=horizon) if shown[0] else None,
        "unlinked": bool(shown[0] and drawn.scale and not all(box.linked for box in drawn.boxes)),
        "stops": [(stop, _waits_said(stop.waits)) for stop in in_order(*shown)],
        "hops": (
            listed := crossing_rows(
                *shown, [one for one in handoffs if one.when == ("as_is" if route.derived else view)]
            )
        ),
        "most": max((one.hours for one in listed), default=0.0),
        "finding": finding,
        "gone": route.gone if view == "to_be" else (),
        "derived": view == "to_be" and route.derived,
        "has_plan": has_plan,
        "saved": _saved(hours, hours_to_be) if view == "to_be" else "",
        "cases": _cases(handoffs, view),
        "back_ways": len(parted(*shown)[1]),
    }


def _as_is(workflow: Workflow, steps: Sequence[Step], hops: Sequence[Hop], hours: float | None) -> str:
    count = crossings(steps, hops)
    at = f"at {spelled(count)} crossing{'' if count == 1 else 's'}" if count else "without a crossing"
    lead = workflow.median_lead_working_hours
    if hours and lead and lead >= hours:
        whole = number(lead / DAY, 1) if lead >= DAY else f"{number(lead, 1)} h"
        return f"{duration(hours)} of {whole} {'days ' if lead >= DAY else ''}are waiting, {at}"
    if hours:
        return f"The work waits {duration(hours)} on its way, {at}"
    if not hops:
        return "No hand-off is recorded yet: the steps stand side by side"
    said = plural(count, "crossing").capitalize()
    return f"{said} of unit or product line; how long the work waits there is not measured yet"


def _to_be(steps: Sequence[Step], hops: Sequence[Hop], hours: float | None, before: int) -> str:
    count = crossings(steps, hops)
    waits = f"{duration(hours)} of waiting and " if hours else ""
    change = f", today {spelled(before)}" if before != count else ", as today"
    return f"To be: {waits}{spelled(count)} crossing{'' if count == 1 else 's'}{change}"


def _saved(hours: float | None, later: float | None) -> str:
    return duration(hours - later) if hours and later is not None and hours > later else ""


def _cases(handoffs: Sequence[Handoff], view: str) -> str:
    """How many cases the medians stand on, as a span over the hand-offs shown."""
    found = [one.cases for one in handoffs if one.when == view and one.cases]
    if not found:
        return ""
    low, high = min(found), max(found)
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def _waits_said(hops: Sequence[Hop]) -> str:
    """“waits 2.1 days” for the longest of the waits before a step; empty where none is measured."""
    known = [hop.wait for hop in hops if hop.wait is not None]
    return f"waits {duration(max(known))}" if known else ""
