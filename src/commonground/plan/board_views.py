"""The board and the table of activities: what is late, what is mine, how far each is."""

from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from commonground.access.gate import actor_of, gate
from commonground.analysis.plan.audience import text_of
from commonground.plan.chosen import Line, about, chosen, lines_of, removed_activities, rows_asked
from commonground.programs.middleware import as_of, program_of
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import whole

IN_A_COLUMN = 12
COLUMNS = (
    ("planned", "Planned"),
    ("running", "Running"),
    ("waiting", "Waits for a word"),
    ("done", "Delivered"),
    ("dropped", "Dropped"),
)
SORTS = {
    "start": F("start").asc(nulls_last=True),
    "-start": F("start").desc(nulls_last=True),
    "kind": F("kind").asc(),
    "-kind": F("kind").desc(),
    "state": F("state").asc(),
    "-state": F("state").desc(),
    "hours": F("hours_per_person").asc(nulls_last=True),
    "-hours": F("hours_per_person").desc(nulls_last=True),
    "unit": F("unit__key").asc(nulls_first=True),
    "-unit": F("unit__key").desc(nulls_last=True),
    "owner": F("owner__name").asc(nulls_first=True),
    "-owner": F("owner__name").desc(nulls_last=True),
}
HEADER = (
    *("id", "kind", "words", "unit", "practice", "owner", "from", "to", "hours", "state", "deliverer", "delivered"),
    *("hours_per_person", "audience", "technique"),
)


def column_of(line: Line) -> str:
    """Where it stands on the board."""
    if line.row.delivered_on is None and line.waits and line.row.state != "planned":
        return "waiting"
    return line.row.state


@gate("plan.view")
def board(request: HttpRequest) -> HttpResponseBase:
    """Monday's question: what is late, and what is mine?"""
    shown = chosen(request)
    columns: dict[str, list[Line]] = {name: [] for name, _ in COLUMNS}
    for line in shown.lines:
        columns[column_of(line)].append(line)
    columns["done"].sort(key=lambda line: line.row.delivered_on or line.row.last_day or shown.day, reverse=True)
    values = {
        **about(request, "board"),
        "title": shown.statement(),
        "late": shown.late,
        "mine": shown.mine,
        "columns": [
            (name, label, columns[name][:IN_A_COLUMN], len(columns[name]), len(columns[name]) - IN_A_COLUMN)
            for name, label in COLUMNS
            if name != "dropped" or columns[name]
        ],
        "any": bool(shown.lines),
        "removed": removed_activities(request, timezone.now()),
    }
    return render(request, "plan/board.html", values)


@gate("plan.view")
def table(request: HttpRequest) -> HttpResponseBase:
    """Every activity, to sort, to filter and to take along."""
    program, day = program_of(request), as_of(request)
    rows = rows_asked(request)
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} activities", HEADER, map(_csv, rows.select_related("unit").iterator(500)))
    order = SORTS.get(request.GET.get("sort", ""), SORTS["start"])
    page = whole(lines_of(rows.order_by(order, "pk")[:600], actor_of(request), day))
    values = {
        **about(request, "table"),
        "page": page,
        "lines": page.rows,
        "title": _title(page.rows),
        "removed": removed_activities(request, timezone.now()),
        "asked": any(request.GET.get(name) for name in ("state", "kind", "unit", "mine", "late")),
    }
    return render(request, "plan/table.html", values)


def _title(lines: Any) -> str:
    each = sum(line.row.hours or 0 for line in lines)
    if not lines:
        return "No activity yet"
    noun = "activity" if len(lines) == 1 else "activities"
    return f"{len(lines)} {noun}" + (f", {each:,.0f} hours to prepare and hold them" if each else "")


def _csv(row: Any) -> tuple[Any, ...]:
    return (
        row.key,
        row.kind,
        row.words,
        row.unit.key if row.unit else "",
        row.practice,
        row.owner.key if row.owner else "",
        row.start,
        row.end,
        row.hours,
        row.state,
        row.deliverer.key if row.deliverer else "",
        row.delivered_on,
        row.hours_per_person,
        text_of(row.audience or {}),
        row.technique,
    )
