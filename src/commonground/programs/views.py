"""The program line, engagements and activities."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.organization.fields import unit_names
from commonground.programs.line import Break, Point, breaks, program_line
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import (
    MILESTONE_LABELS,
    STATES,
    Activity,
    Engagement,
    Milestone,
    Program,
    Strategy,
)
from commonground.programs.register import removed_lately
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset
from commonground.ui.words import day as written_day


@gate("program.view")
def line(request: HttpRequest) -> HttpResponseBase:
    """Where are we between the first mention of CRM and the last cut-over, and is the order right?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    milestones = list(Milestone.objects.visible_to(actor).filter(program=program))
    names = unit_names(actor, day, {row.unit_id for row in milestones if row.unit_id})
    points = points_of(milestones, names)
    if request.GET.get("format") == "csv":
        rows = ((p.label, p.row or "the whole", p.planned, p.actual, p.state(day)) for p in points)
        return csv_response(f"{program.slug} program line", ("milestone", "for", "planned", "actual", "state"), rows)
    broken = breaks(points, day)
    listed = sorted(
        zip(milestones, points, strict=True), key=lambda one: (one[1].actual or one[1].planned or date.max, one[1].row)
    )
    strategy = Strategy.objects.visible_to(actor).filter(program=program).prefetch_related("workflows")
    values = {
        "statement": statement(program, points, broken, day),
        "broken": broken,
        "labels": MILESTONE_LABELS,
        "listed": [(row, point, point.state(day)) for row, point in listed],
        "missing": [(kind, label) for kind, label in MILESTONE_LABELS.items() if not _has(points, kind)],
        "line": program_line(points, day, program.started, program.planned_end),
        "strategy": strategy,
        "can_change": actor.may("program.change"),
        **_engaged(actor, program),
        **_busy(actor, program, day),
        **_lately(actor, program),
    }
    return render(request, "programs/line.html", values)


def points_of(milestones: list[Milestone], names: dict[int, str]) -> list[Point]:
    """Milestones as the picture needs them; a unit that is gone today keeps its key."""
    return [
        Point(
            row.kind, str(row), names.get(row.unit_id, "a former unit") if row.unit_id else "", row.planned, row.actual
        )
        for row in milestones
    ]


def _has(points: list[Point], kind: str) -> bool:
    return any(point.kind == kind and (kind == "cut_over" or not point.row) for point in points)


def statement(program: Program, points: list[Point], broken: tuple[Break, ...], day: date) -> str:
    """The state of the line in a sentence."""
    if broken:
        names = {"strategy_agreed": "the strategy", "workflows_agreed": "the workflows"}
        missing = " and ".join(names[one.before] for one in broken)
        one_thing = len(broken) == 1 and broken[0].before == "strategy_agreed"
        verb, past = ("was chosen", "was") if broken[0].happened else ("is planned", "is")
        plural = {"was": "were", "is": "are"}[past]
        return f"Technology {verb} before {missing} {past if one_thing else plural} agreed"
    ahead = sorted(
        ((p.planned, p) for p in points if p.planned and p.state(day) in {"planned", "late"}), key=lambda one: one[0]
    )
    if not points:
        return (
            "The line is still empty: begin with the goal"
            if not program.goal
            else "The goal is stated; the line is still empty"
        )
    reached = sum(1 for point in points if point.state(day) == "reached")
    if not ahead:
        return f"{reached} of {len(points)} milestones are reached, and none is planned ahead"
    when, following = ahead[0]
    of = f" of {following.row}" if following.row else ""
    tail = f"was planned for {written_day(when)}" if when < day else f"is next, on {written_day(when)}"
    return (
        f"{reached} of {len(points)} milestones are reached; {following.label.lower().replace('crm', 'CRM')}{of} {tail}"
    )


def _engaged(actor: Actor, program: Program) -> dict[str, Any]:
    if not actor.may("engagements.view"):
        return {"sees_engagements": False}
    rows = Engagement.objects.visible_to(actor).filter(program=program)
    return {"sees_engagements": True, "engagements": rows[:5], "can_engage": actor.may("engagements.change")}


def _busy(actor: Actor, program: Program, day: date) -> dict[str, Any]:
    if not actor.may("activities.view"):
        return {"sees_activities": False}
    rows = Activity.objects.visible_to(actor).filter(program=program, state__in=("planned", "running"))
    return {"sees_activities": True, "activities": rows.select_related("owner")[:5]}


def _lately(actor: Actor, program: Program) -> dict[str, Any]:
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


@gate("engagements.view")
def engagements(request: HttpRequest) -> HttpResponseBase:
    """Who was engaged, when, and were they from outside IT?"""
    actor, program = actor_of(request), program_of(request)
    rows: QuerySet[Engagement] = Engagement.objects.visible_to(actor).filter(program=program)
    kind = request.GET.get("kind", "")
    rows = rows.filter(kind=kind) if kind else rows
    if request.GET.get("format") == "csv":
        lines = rows.values_list("on", "who", "kind", "outside_it", "what").iterator()
        return csv_response(f"{program.slug} engagements", ("on", "with", "kind", "outside_it", "what"), lines)
    values = {
        "page": Keyset(("-on", "-pk")).page(rows, request.GET.get("after", "")),
        "kinds": [name for name, _ in Engagement._meta.get_field("kind").choices or ()],
        "can_change": actor.may("engagements.change"),
        "removed": _removed(Engagement, actor, program, "engagements.change"),
    }
    return render(request, "programs/engagements.html", values)


@gate("activities.view")
def activities(request: HttpRequest) -> HttpResponseBase:
    """What is being done for people, by whom, and how far is it?"""
    actor, program = actor_of(request), program_of(request)
    rows = Activity.objects.visible_to(actor).filter(program=program).select_related("owner")
    state = request.GET.get("state", "")
    rows = rows.filter(state=state) if state else rows
    if request.GET.get("format") == "csv":
        columns = ("key", "kind", "unit__key", "practice", "owner__key", "start", "end", "hours", "state")
        header = ("id", "kind", "unit", "practice", "owner", "from", "to", "hours", "state")
        return csv_response(f"{program.slug} activities", header, rows.values_list(*columns).iterator())
    page = Keyset(("pk",)).page(rows, request.GET.get("after", ""))
    names = unit_names(actor, as_of(request), {row.unit_id for row in page.rows if row.unit_id})
    values = {
        "page": page,
        "listed": [(row, names.get(row.unit_id, "")) for row in page.rows],
        "states": STATES,
        "can_change": actor.may("activities.change"),
        "removed": _removed(Activity, actor, program, "activities.change"),
    }
    return render(request, "programs/activities.html", values)


def _removed(model: type[Activity | Engagement], actor: Actor, program: Program, verb: str) -> list[Any]:
    """What can be put back on a list page, each with the name of its address."""
    if not actor.may(verb):
        return []
    name = f"programs:put-back-{model._meta.model_name}"
    return [(name, one) for one in removed_lately(model, program.pk, actor=actor, now=timezone.now())]
