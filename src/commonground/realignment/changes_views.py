"""Everything that is planned, by stage, and what is next for each. People’s paths may be thousands: they are counted, and listed apart."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Program
from commonground.realignment.models import HolderPath
from commonground.realignment.names import role_words
from commonground.realignment.plans import KINDS, kind_of, page_of
from commonground.realignment.stages import LABELS, NOT_YET, ORDER
from commonground.ui.csv_response import csv_response
from commonground.ui.words import plural

LISTED = {"process": "Processes", "role": "Roles"}


@gate("balance.view")
def changes(request: HttpRequest) -> HttpResponseBase:
    """Everything that is planned for people and yours to see, by stage, and what is next for each."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    lines = [line for kind in LISTED for line in _lines(kind, actor, program)]
    paths = _paths(actor, program)
    counts = {stage: sum(line["row"].stage == stage for line in lines) for stage in ORDER}
    wanted, kind = request.GET.get("stage", ""), request.GET.get("kind", "")
    shown = [
        line for line in lines if (not wanted or line["row"].stage == wanted) and (not kind or line["kind"] == kind)
    ]
    shown.sort(key=lambda line: (ORDER.index(line["row"].stage), line["row"].effective or day.max, line["name"]))
    if request.GET.get("format") == "csv":
        header = ["kind", "what", "fate", "stage", "consulted", "line spoke", "told", "in force", "effective", "next"]
        return csv_response("what is planned", header, (_change_csv(line) for line in shown))
    untold = sum(counts[stage] + paths.get(stage, 0) for stage in NOT_YET)
    total = len(lines) + sum(paths.values())
    values = {
        "title": _changes_title(total, untold),
        "lines": shown,
        "stages": [(stage, LABELS[stage].capitalize(), counts[stage]) for stage in ORDER],
        "kinds": [(key, label, sum(line["kind"] == key for line in lines)) for key, label in LISTED.items()],
        "listed": len(lines),
        "total": total,
        "paths": [(stage, LABELS[stage], paths[stage]) for stage in ORDER if stage in paths],
        "withdrawn": _withdrawn(actor, program) if actor.may("realignment.change") else [],
    }
    return render(request, "realignment/changes.html", values)


def _paths(actor: Actor, program: Program) -> dict[str, int]:
    """Stage → how many people’s paths stand at it."""
    seen = HolderPath.objects.visible_to(actor).filter(program=program).order_by()
    return dict(seen.values_list("stage").annotate(Count("pk")))


def _changes_title(total: int, untold: int) -> str:
    if not total:
        return "Nothing is planned for people yet, as far as you may see"
    if not untold:
        return f"{plural(total, 'change has,changes have').capitalize()} been told to those concerned"
    return f"{plural(untold, 'change is,changes are').capitalize()} not yet told to those concerned"


def _lines(kind: str, actor: Any, program: Program) -> list[dict[str, Any]]:
    rows = list(KINDS[kind].objects.visible_to(actor).filter(program=program).select_related(*_related(kind)))
    names = role_words({row.role_id for row in rows if kind != "process"}, timezone.localdate())
    return [_line(row, kind, names, program.slug) for row in rows]


def _related(kind: str) -> list[str]:
    return {"process": ["process", "to_unit"], "role": ["role"], "path": ["person"]}[kind]


def _line(row: Any, kind: str, names: Any, program: str) -> dict[str, Any]:
    if kind == "process":
        name, beside = row.process.name, ""
    else:
        called = names[row.role_id].name if row.role_id in names else ""
        name, beside = (called, "") if kind == "role" else (row.person.name, called)
    return {
        "row": row,
        "kind": kind,
        "word": {"process": "Process", "role": "Role", "path": "Path"}[kind],
        "name": name,
        "beside": beside,
        "url": page_of(row, program),
        "next": next_of(row),
    }


def next_of(row: Any) -> str:
    """What is to be done next with a plan, in words."""
    if row.stage == "draft":
        return "Show it to leads and sponsors"
    if row.stage == "consulted":
        return "Show it to those concerned" if row.line_spoke_on else "The line speaks with those concerned"
    if row.stage == "told":
        return "Put it in force" if row.effective is None else "Put it in force on its day"
    return "Nothing: it is in force"


def _change_csv(line: dict[str, Any]) -> list[Any]:
    row = line["row"]
    days = [row.consulted_on, row.line_spoke_on, row.told_on, row.in_force_on, row.effective]
    return [line["word"], line["name"], row.fate, LABELS[row.stage], *days, line["next"]]


def _withdrawn(actor: Any, program: Program) -> list[dict[str, Any]]:
    found = []
    for kind, model in KINDS.items():
        rows = model.everything.withdrawn().visible_to(actor).filter(program=program).select_related(*_related(kind))
        rows = list(rows.order_by("-withdrawn_on")[:20])
        names = role_words({row.role_id for row in rows if kind != "process"}, timezone.localdate())
        found += [_line(row, kind_of(row), names, program.slug) for row in rows]
    return found
