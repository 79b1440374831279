"""The program line: from the first mention of CRM to the last cut-over, in lanes, for the whole and for each unit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.analysis.facts.phases import PHASES
from commonground.analysis.plan.line import LANES, Thing, late, standings
from commonground.analysis.plan.phases import stands_in
from commonground.organization.fields import unit_names
from commonground.plan.line_picture import Span, picture
from commonground.plan.line_things import Placed, things
from commonground.plan.line_words import has, how_long, points_of, statement
from commonground.plan.models import Phase
from commonground.programs.line import breaks
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import MILESTONE_LABELS, Activity, Engagement, Milestone, Program, Strategy
from commonground.programs.register import removed_lately
from commonground.ui.csv_response import csv_response
from commonground.workflows.lanes import Lanes

HEADER = ("lane", "what", "for", "planned", "actual", "state", "until", "days late")
LATE_SHOWN = 8
NO_END = timedelta(days=180)  # how far a phase without an end is drawn beyond its beginning


@dataclass(frozen=True)
class UnitRow:
    """A business unit on the line. own: how many things are its own."""

    unit: int
    name: str
    phase: int
    cut_over: Thing | None
    late: int
    own: int
    next: Thing | None
    day: date

    @property
    def cut_over_state(self) -> str:
        return self.cut_over.state(self.day) if self.cut_over else ""


@gate("program.view")
def line(request: HttpRequest) -> HttpResponseBase:
    """Where are we between the first mention of CRM and the last cut-over, and is the order right?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    milestones = list(Milestone.objects.visible_to(actor).filter(program=program))
    names = unit_names(actor, day, {row.unit_id for row in milestones if row.unit_id})
    points = points_of(milestones, names)
    broken = breaks(points, day)
    placed, lanes = things(actor, program, day)
    phases = list(Phase.objects.visible_to(actor).filter(program=program))
    units = _units(placed, lanes, phases, day)
    unit = _chosen(request, units)
    shown = [one.thing for one in placed if unit is None or one.unit is None or one.business == unit.unit]
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} program line", HEADER, _lines(shown, day))
    listed = sorted(
        zip(milestones, points, strict=True), key=lambda one: (one[1].actual or one[1].planned or date.max, one[1].row)
    )
    values = {
        "statement": statement(program, points, broken, day),
        "broken": broken,
        "labels": MILESTONE_LABELS,
        "listed": [(row, point, point.state(day)) for row, point in listed],
        "missing": [(kind, label) for kind, label in MILESTONE_LABELS.items() if not has(points, kind)],
        "units": units,
        "unit": unit,
        "phase": _phase_now(phases, unit, day),
        "strategy": Strategy.objects.visible_to(actor).filter(program=program).prefetch_related("workflows"),
        "can_change": actor.may("program.change"),
        "can_phase": actor.may("phases.change"),
        **_drawn(shown, program, day, _spans(phases, unit, day), is_broken=bool(broken)),
        **_engaged(actor, program),
        **_busy(actor, program),
        **_lately(actor, program),
    }
    return render(request, "plan/line.html", values)


def _drawn(
    shown: Sequence[Thing], program: Program, day: date, phases: Sequence[Span], *, is_broken: bool
) -> Mapping[str, Any]:
    """The lanes, their picture, and what is late."""
    stands, late_now = standings(shown, day), late(shown, day)
    broken = frozenset({"technology"} if is_broken else set())
    return {
        "picture": picture(stands, day, program.started, program.planned_end, phases=phases, broken=broken),
        "lanes": stands,
        "count": len(shown),
        "late": [(one, how_long(days)) for one, days in late_now[:LATE_SHOWN]],
        "all_late": len(late_now),
        "more_late": max(len(late_now) - LATE_SHOWN, 0),
    }


def _chosen(request: HttpRequest, units: Sequence[UnitRow]) -> UnitRow | None:
    """The business unit that the address names, if it stands on the line."""
    return next((one for one in units if str(one.unit) == request.GET.get("unit", "")), None)


def _units(placed: Sequence[Placed], lanes: Lanes, phases: Sequence[Phase], day: date) -> list[UnitRow]:
    own: dict[int, list[Thing]] = {}
    for one in placed:
        if one.business is not None:
            own.setdefault(one.business, []).append(one.thing)
    for phase in phases:
        if phase.unit_id is not None:
            own.setdefault(lanes.business.get(phase.unit_id, phase.unit_id), [])
    found = []
    for unit, mine in own.items():
        cut_overs = sorted((t for t in mine if t.lane == "cut_over"), key=lambda t: t.first or date.max)
        ahead = sorted((t for t in mine if t.state(day) == "planned"), key=lambda t: (t.first or date.max, t.label))
        found.append(
            UnitRow(
                unit,
                lanes.names.get(unit, "A former unit"),
                _number(phases, unit, day),
                cut_overs[0] if cut_overs else None,
                sum(t.state(day) == "late" for t in mine),
                len(mine),
                ahead[0] if ahead else None,
                day,
            )
        )
    return sorted(found, key=lambda row: row.name.casefold())


def _of(phases: Sequence[Phase], unit: int | None) -> list[Phase]:
    """The phases of a unit: of each its own, else that of the whole."""
    found = {one.number: one for one in phases if one.unit_id is None}
    found |= {one.number: one for one in phases if one.unit_id == unit}
    return [found[number] for number in sorted(found)]


def _number(phases: Sequence[Phase], unit: int | None, day: date) -> int:
    return stands_in([{one.number: one.entered_on for one in _of(phases, unit)}], day)


def _phase_now(phases: Sequence[Phase], unit: UnitRow | None, day: date) -> tuple[int, str] | None:
    number = _number(phases, unit.unit if unit else None, day)
    return (number, PHASES[number]) if number else None


def _spans(phases: Sequence[Phase], unit: UnitRow | None, day: date) -> list[Span]:
    """The phases as they are drawn: each until the next begins; where one has no beginning yet it is left out."""
    rows = [
        (one, start)
        for one in _of(phases, unit.unit if unit else None)
        if (start := one.entered_on or one.planned_from) is not None
    ]
    found = []
    for place, (one, start) in enumerate(rows):
        following = rows[place + 1][1] if place + 1 < len(rows) else one.planned_to
        end = following if following is not None and following > start else start + NO_END
        begun = one.entered_on is not None and one.entered_on <= day
        found.append(Span(one.number, PHASES[one.number], start, end, begun))
    return found


def _lines(shown: Sequence[Thing], day: date) -> Iterator[tuple[Any, ...]]:
    order = {lane: place for place, lane in enumerate(LANES)}
    for one in sorted(shown, key=lambda t: (order[t.lane], t.first or date.max, t.label, t.part)):
        actual = one.actual if one.actual is not None and one.actual <= day else None
        state, days = one.state(day), one.days_late(day)
        yield (LANES[one.lane], one.label, one.part or "the whole", one.planned, actual, state, one.until, days or "")


def _engaged(actor: Actor, program: Program) -> Mapping[str, Any]:
    if not actor.may("engagements.view"):
        return {"sees_engagements": False}
    rows = Engagement.objects.visible_to(actor).filter(program=program)
    return {"sees_engagements": True, "engagements": rows[:5], "can_engage": actor.may("engagements.change")}


def _busy(actor: Actor, program: Program) -> Mapping[str, Any]:
    if not actor.may("activities.view"):
        return {"sees_activities": False}
    rows = Activity.objects.visible_to(actor).filter(program=program, state__in=("planned", "running"))
    return {"sees_activities": True, "activities": rows.select_related("owner")[:5]}


def _lately(actor: Actor, program: Program) -> Mapping[str, Any]:
    if not actor.may("program.change"):
        return {}
    now = timezone.now()
    models = (("strategy", Strategy), ("milestone", Milestone))
    return {
        "removed": [
            (f"programs:put-back-{name}", one)
            for name, model in models
            for one in removed_lately(model, program.pk, actor=actor, now=now)
        ]
    }
