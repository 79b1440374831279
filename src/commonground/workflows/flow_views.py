"""Where work waits: the crossings of all workflows, and the whole log by units."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from commonground.access.gate import actor_of, gate
from commonground.analysis.ownership import THRESHOLD
from commonground.programs.middleware import as_of, program_of
from commonground.ui.asked import id_asked
from commonground.ui.csv_response import csv_response
from commonground.workflows.log_page import period_said
from commonground.workflows.log_state import how_current, log_state
from commonground.workflows.measured import Measured
from commonground.workflows.waits import LONGEST, TOTAL, Crossed, crossed, in_order, statement, unit_grid, waits_of

HEADER = (
    "workflow",
    "from_unit",
    "to_unit",
    "steps",
    "median_wait_working_hours",
    "p90_wait_working_hours",
    "median_wait_calendar_hours",
    "cases",
    "times",
    "share_back",
    "total_waiting_working_days",
    "first_day",
    "last_day",
    "computed",
)


@gate("workflows.view")
def waits(request: HttpRequest) -> HttpResponseBase:
    """Between which units does work wait longest, and how much of it comes back?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    found = waits_of(actor, program, day, request.GET.get("period", ""))
    sort = LONGEST if request.GET.get("sort") == LONGEST else TOTAL
    every = in_order(crossed(actor, found), sort)
    workflow = id_asked(request.GET.get("workflow", ""))
    rows = [one for one in every if one.workflow.pk == workflow] if workflow else every
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} where work waits", HEADER, (_plain(one) for one in rows))
    newest = found.rows[0] if found.rows else None
    values = {
        "title": statement(rows, sort),
        "rows": rows,
        "most": max((one.total if sort == TOTAL else one.wait for one in rows), default=0.0),
        "sort": sort,
        "asked_workflow": workflow,
        "workflows": sorted({(one.workflow.name, one.workflow.pk) for one in every}),
        "measured": newest,
        "period": period_said(newest) if newest else "",
        "periods": found.periods,
        "shown_period": newest.last_day if newest else None,
        "sources": _sources(found.rows),
        "withheld": found.withheld,
        "elsewhere": found.elsewhere,
        "few": [one.workflow.name for one in found.rows if one.workflow and one.data.get("few")],
        "behind": how_current(actor, found.rows, timezone.now()),
        "threshold": THRESHOLD,
        "grid": unit_grid(actor, program, day, newest.ends) if newest and not workflow else None,
        "kept": {name: request.GET[name] for name in ("workflow", "sort", "as_of") if name in request.GET},
        "log_state": "" if newest else log_state(actor, program),
        **log_links(request),
    }
    return render(request, "workflows/waits.html", values)


def log_links(request: HttpRequest) -> dict[str, object]:
    """What an empty page leads to, for those who may go there."""
    actor, program = actor_of(request), program_of(request)
    may = actor.may("events.import")
    return {
        "can_import_logs": may,
        "logs_url": reverse("intake:logs", kwargs={"program": program.slug}) if may else "",
        "can_decide": actor.may("proposals.decide"),
    }


def _sources(rows: Iterable[Measured]) -> str:
    """The logs behind some figures, with the systems they come from."""
    logs = {row.log.name: ", ".join(row.data.get("sources", ())) for row in rows}
    return "; ".join(f"event log {name}{f' ({systems})' if systems else ''}" for name, systems in logs.items())


def _plain(one: Crossed) -> tuple[str | float | int | date | None, ...]:
    working, calendar = one.passage.working, one.passage.calendar
    return (
        one.workflow.name,
        one.source,
        one.target,
        one.steps,
        _rounded(working.median),
        _rounded(working.p90),
        _rounded(calendar.median),
        one.passage.cases,
        one.passage.n,
        _rounded(one.back, 4),
        _rounded(one.total, 1),
        one.row.starts,
        one.row.last_day,
        one.row.made_at.date(),
    )


def _rounded(value: float | None, digits: int = 2) -> float | None:
    return None if value is None else round(value, digits)
