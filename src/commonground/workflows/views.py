"""Workflows, one workflow as a map, the register of processes, one process."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.analysis.facts import PROCESS_FATES
from commonground.analysis.routes import Hop, Step, crossings, to_be
from commonground.journal.models import Entry
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Program
from commonground.programs.register import removed_lately
from commonground.ui.asked import id_asked
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset
from commonground.ui.words import plural
from commonground.workflows import outlook
from commonground.workflows.flow_views import log_links
from commonground.workflows.lanes import lanes_on
from commonground.workflows.log_csv import handoffs_csv, times_csv
from commonground.workflows.log_page import Seen, WorkflowLog, cut_overs, log_values
from commonground.workflows.log_state import how_current, log_state, unit_names
from commonground.workflows.models import AnswersFor, Does, Handoff, Process, Workflow
from commonground.workflows.reading import Row, counted, hops_of, rows_for, steps_of
from commonground.workflows.seen import waiting
from commonground.workflows.sheet import Crossing, map_values


@gate("workflows.view")
def workflows(request: HttpRequest) -> HttpResponseBase:
    """Which workflows are there, which part of the strategy do they serve, and where do they cross from unit to unit?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    listed = [{"workflow": row, **numbers} for row, numbers in _counted_workflows(actor, program, day)]
    if request.GET.get("format") == "csv":
        header = (
            "id",
            "name",
            "customer_need",
            "serves_strategy",
            "processes",
            "in_question",
            "crossings",
            "crossings_to_be",
        )
        rows = (
            (
                one["workflow"].key,
                one["workflow"].name,
                one["workflow"].customer_need,
                str(one["workflow"].serves or ""),
                one["processes"],
                one["in_question"],
                one["as_is"],
                one["to_be"],
            )
            for one in listed
        )
        return csv_response(f"{program.slug} workflows", header, rows)
    crossed = sum(one["as_is"] for one in listed)
    loose = Process.objects.visible_to(actor).filter(program=program, workflow=None)
    values = {
        "listed": listed,
        "title": f"{plural(len(listed), 'workflow').capitalize()}, {plural(crossed, 'crossing')} today"
        if listed
        else "Workflows",
        "loose": loose[:10],
        "loose_count": loose.count(),
        **_of_register(actor, program, "workflow", Workflow),
    }
    return render(request, "workflows/list.html", values)


def _counted_workflows(actor: Actor, program: Program, day: date) -> list[tuple[Workflow, dict[str, Any]]]:
    rows = list(Workflow.objects.visible_to(actor).filter(program=program).select_related("serves"))
    steps_known = Process.objects.visible_to(actor).filter(program=program, workflow__isnull=False)
    processes = rows_for(actor, steps_known, day, people=False)
    whole, questioned = counted(processes)
    of_workflow: dict[int | None, list[Row]] = defaultdict(list)
    for one in processes:
        of_workflow[one.process.workflow_id].append(one)
    hops: dict[tuple[int, str], list[Handoff]] = defaultdict(list)
    for handoff in Handoff.objects.visible_to(actor).filter(program=program):
        hops[handoff.workflow_id, handoff.when].append(handoff)
    found = []
    for row in rows:
        steps = steps_of(of_workflow[row.pk])
        now, planned = hops_of(hops[row.pk, "as_is"]), hops_of(hops[row.pk, "to_be"])
        numbers = {
            "processes": whole[row.pk],
            "in_question": questioned[row.pk],
            "as_is": crossings(_today(of_workflow[row.pk]), now),
            "to_be": _crossings_to_be(steps, now, planned),
        }
        found.append((row, numbers))
    return found


def _today(rows: list[Row]) -> list[Step]:
    return steps_of([row for row in rows if not row.process.planned_only])


def _crossings_to_be(steps: list[Step], now: list[Hop], planned: list[Hop]) -> int | None:
    """None where nothing is planned that the asker may know."""
    if not planned and not any(step.fate and step.fate != "keep" for step in steps):
        return None
    route = to_be(steps, now, planned)
    return crossings(route.steps, route.hops)


@gate("workflows.view")
def workflow(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Where does this work cross from unit to unit, where does it wait, and who owns each step that changes?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    row = Workflow.objects.get_for(actor, program=program, pk=pk)
    rows = rows_for(actor, Process.objects.visible_to(actor).filter(workflow=row), day)
    handoffs = list(Handoff.objects.visible_to(actor).filter(workflow=row).select_related("from_process", "to_process"))
    view = "to_be" if request.GET.get("view") == "to_be" else "as_is"
    log = WorkflowLog(actor, program, row, day)
    drawn = map_values(row, rows, handoffs, view, log.told)
    if request.GET.get("format") == "csv":
        if request.GET.get("of") == "handoffs":
            return handoffs_csv(f"{row.name} hand-offs", log, [*drawn["hops"], *drawn["unknown"]])
        if request.GET.get("of") == "times":
            return times_csv(f"{row.name} over time", log)
        return _processes_csv(f"{row.name} processes", rows)
    missing = sorted({owner.name for one in rows for owner in one.missing_owners})
    searches = outlook.searches(actor, [row.pk], day)
    values = {
        "workflow": row,
        "rows": [one for one in rows if not one.process.planned_only or view == "to_be"],
        "view": view,
        "missing": missing,
        "searches": searches,
        "can_change": actor.may("workflows.change"),
        "sees_people": actor.is_staff,
        "can_search": actor.may("solutions.change"),
        "removed": _removed(actor, program, "handoff", Handoff),
        "has_log": log.newest is not None,
        "log_sources": log.sources,
        "log_state": log_state(actor, program) if log.newest is None else "",
        "behind": how_current(actor, [log.newest] if log.newest else [], timezone.now()),
        **log_links(request),
        **_log_values(request, log, rows, drawn["hops"]),
        **drawn,
    }
    return render(request, "workflows/workflow.html", values)


def _log_values(request: HttpRequest, log: WorkflowLog, rows: list[Row], hops: list[Crossing]) -> dict[str, Any]:
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    if log.newest is None:
        return {}
    names = {row.process.pk: row.process.name for row in rows}
    seen = Seen(names, unit_names(actor, day, log.newest.left_out), cut_overs(actor, program, day))
    return log_values(log, request.GET, hops, seen)


@gate("workflows.view")
def processes(request: HttpRequest) -> HttpResponseBase:
    """Which processes are there, who answers for each, and what becomes of it?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    every = Process.objects.visible_to(actor).filter(program=program)
    units = list(every.exclude(unit=None).values_list("unit_id", flat=True).distinct())
    lanes = lanes_on(actor, day, units)
    businesses = sorted({(lanes.lane(unit), lanes.business.get(unit, unit)) for unit in units})
    plans = outlook.plans(actor, every.values_list("pk", flat=True), day)
    rows = every
    fate, unit, open_only = (request.GET.get(name, "") for name in ("fate", "unit", "owner"))
    if fate:
        rows = rows.filter(pk__in=[one for one, plan in plans.items() if plan.fate == fate])
    if unit.isdecimal():
        rows = rows.filter(unit__in=[one for one in units if lanes.business.get(one, one) == id_asked(unit)])
    if open_only and actor.is_staff:
        owned = AnswersFor.objects.visible_to(actor).on(day).filter(process=OuterRef("pk"))
        rows = rows.filter(~Exists(owned), planned_only=False)
    if request.GET.get("format") == "csv":
        return _processes_csv(f"{program.slug} processes", rows_for(actor, rows, day))
    page = Keyset(("pk",)).page(rows.select_related("workflow"), request.GET.get("after", ""))
    found = {plan.fate for plan in plans.values()}
    values = {
        "page": page,
        "rows": rows_for(actor, page.rows, day),
        "count": rows.count(),
        "fates": [one for one in PROCESS_FATES if one in found],
        "businesses": businesses,
        "filtered": bool(fate or unit or open_only),
        "sees_people": actor.is_staff,
        **_of_register(actor, program, "process", Process),
    }
    return render(request, "workflows/processes.html", values)


def _processes_csv(name: str, rows: list[Row]) -> HttpResponseBase:
    header = ("id", "name", "unit", "answers_for", "does", "fate", "effective", "product_line")
    return csv_response(
        name,
        header,
        (
            (
                row.process.key,
                row.process.name,
                row.unit,
                "; ".join(owner.name for owner in row.owners or ()),
                row.doers,
                row.plan.fate if row.plan else "",
                row.plan.effective if row.plan else None,
                row.line,
            )
            for row in rows
        ),
    )


@gate("workflows.view")
def process(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who answers for this process, who does it, what becomes of it, and what was done about it?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    row = Process.objects.get_for(actor, program=program, pk=pk)
    seen = rows_for(actor, [row], day)[0]
    handoffs = Handoff.objects.visible_to(actor).select_related("from_process", "to_process", "workflow")
    doers = Does.objects.visible_to(actor).filter(process=row)
    values = {
        "process": row,
        "row": seen,
        "statement": _statement(seen),
        "owners": AnswersFor.objects.visible_to(actor)
        .filter(process=row)
        .select_related("person")
        .order_by(F("end").asc(nulls_last=True), F("start").asc(nulls_first=True), "pk"),
        "doers": doers.on(day).select_related("person").order_by("person__name")[:50],
        "doers_count": doers.on(day).aggregate(people=Count("person", distinct=True))["people"],
        "receives": handoffs.filter(to_process=row),
        "hands_on": handoffs.filter(from_process=row),
        "entries": Entry.objects.visible_to(actor).about(row).select_related("values").order_by("-pk")[:20],
        "day": day,
        "can_change": actor.may("workflows.change"),
        "sees_people": actor.is_staff,
    }
    return render(request, "workflows/process.html", values)


def _statement(row: Row) -> str:
    """The name of the process and the one thing to know about it."""
    name = row.process.name
    if row.owners is not None and not row.owners and not row.process.planned_only:
        return f"{name}: nobody answers for it"
    missing = row.missing_owners
    if missing:
        return f"{name}: {plural(len(missing), 'owner')} not yet part of finding its new way"
    return name


def _of_register(actor: Actor, program: Program, name: str, model: type[Workflow | Process]) -> dict[str, Any]:
    """What stands around a list of the register: whether it may be changed, what was removed lately, what logs show beyond it."""
    return {
        "can_change": actor.may("workflows.change"),
        "removed": _removed(actor, program, name, model),
        "proposed": waiting(actor, program),
    }


def _removed(actor: Actor, program: Program, name: str, model: type[Workflow | Process | Handoff]) -> list[Any]:
    if not actor.may("workflows.change"):
        return []
    return [
        (f"workflows:put-back-{name}", one)
        for one in removed_lately(model, program.pk, actor=actor, now=timezone.now())
    ]
