"""The lists of the realignment: gains and losses, everything that is planned by stage, and who goes where."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from commonground.access.gate import actor_of, gate
from commonground.organization.models import Assignment
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Program
from commonground.realignment import balance as weighing
from commonground.realignment.models import HolderPath, RoleFate
from commonground.realignment.names import role_words, unit_words
from commonground.realignment.plans import KINDS, NAMES, kind_of, page_of
from commonground.realignment.stages import LABELS, NOT_YET, ORDER
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset
from commonground.ui.words import day as day_words
from commonground.ui.words import plural

FILTERS = {
    "": None,
    "unbalanced": ("unbalanced",),
    "open": ("open",),
    "fine": ("balanced", "gains"),
    "unknown": ("unknown",),
}


@gate("balance.view")
def balance(request: HttpRequest) -> HttpResponseBase:
    """What the realignment takes from each role, what it gives, and whether what is offered in return is enough."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    rows = weighing.balance_rows(actor, program, day)
    wanted = FILTERS.get(request.GET.get("state", ""))
    shown = [row for row in rows if wanted is None or row.state in wanted]
    if request.GET.get("format") == "csv":
        return csv_response("gains and losses", *_balance_csv(shown))
    kinds = weighing.columns(rows)
    open_role = request.GET.get("open", "")
    opened = next((row for row in shown if str(row.fate.role_id) == open_role), shown[0] if shown else None)
    values = {
        "title": weighing.statement(rows),
        "rows": [(row, weighing.cells(row, kinds)) for row in shown],
        "kinds": kinds,
        "most": weighing.most(rows),
        **{
            f"{name or 'all'}_count": sum(states is None or row.state in states for row in rows)
            for name, states in FILTERS.items()
        },
        "opened_title": f"{opened.words.name}: what the role is, and what it becomes" if opened else "",
        "foot": f"{len(shown)} of {plural(len(rows), 'role')}, unbalanced first. Sizes as recorded up to {day_words(day)}; "
        "“balanced” is agreed with the holders, never computed.",
        "opened": opened,
        "may_change": actor.may("realignment.change"),
        "day": day,
    }
    return render(request, "realignment/balance.html", values)


def _balance_csv(rows: list[weighing.BalanceRow]) -> tuple[list[str], list[list[Any]]]:
    header = ["role", "holders", "kind", "lost", "gained", "offered", "accepted", "state"]
    lines: list[list[Any]] = []
    for row in rows:
        kinds = row.balance.kinds or (None,)
        for kind in kinds:
            said = [kind.label, kind.lost, kind.gained, "; ".join(kind.offered), kind.accepted] if kind else [None] * 5
            lines.append([row.words.name, row.held.people, *said, row.label])
    return header, lines


@gate("balance.view")
def changes(request: HttpRequest) -> HttpResponseBase:
    """Everything that is planned for people and yours to see, by stage, and what is next for each."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    lines = [line for kind in KINDS for line in _lines(kind, actor, program)]
    counts = {stage: sum(line["row"].stage == stage for line in lines) for stage in ORDER}
    wanted, kind = request.GET.get("stage", ""), request.GET.get("kind", "")
    shown = [
        line for line in lines if (not wanted or line["row"].stage == wanted) and (not kind or line["kind"] == kind)
    ]
    shown.sort(key=lambda line: (ORDER.index(line["row"].stage), line["row"].effective or day.max, line["name"]))
    if request.GET.get("format") == "csv":
        header = ["kind", "what", "fate", "stage", "consulted", "line spoke", "told", "in force", "effective", "next"]
        return csv_response("what is planned", header, (_change_csv(line) for line in shown))
    untold = sum(counts[stage] for stage in NOT_YET)
    values = {
        "title": _changes_title(len(lines), untold),
        "lines": shown,
        "stages": [(stage, LABELS[stage].capitalize(), counts[stage]) for stage in ORDER],
        "kinds": [(key, NAMES[key], sum(line["kind"] == key for line in lines)) for key in KINDS],
        "total": len(lines),
        "withdrawn": _withdrawn(actor, program) if actor.may("realignment.change") else [],
    }
    return render(request, "realignment/changes.html", values)


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


@gate("balance.view")
def paths(request: HttpRequest) -> HttpResponseBase:
    """Where each holder of a role that changes goes; those without a path first."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    fates = RoleFate.objects.visible_to(actor).filter(program=program, fate__in=("change", "merge", "end"))
    seen = HolderPath.objects.visible_to(actor).filter(program=program).select_related("to_manager")
    without = Assignment.objects.visible_to(actor).on(day).filter(role__in=fates.values("role"))
    without = without.exclude(person__in=seen.values("person"))
    fate, after = request.GET.get("fate", ""), request.GET.get("after", "")
    if request.GET.get("format") == "csv":
        return csv_response(
            "paths",
            ["person", "role", "fate", "new role", "new unit", "new manager", "stage", "effective"],
            _path_csv(seen, day),
        )
    listed = seen.filter(fate=fate) if fate in LABELLED else seen
    page = Keyset(("person__name", "pk")).page(listed.select_related("person"), after)
    roles = {row.role_id for row in page.rows} | {row.to_role_id for row in page.rows}
    first: list[Any] = []
    if not after and not fate:
        first = list(without.select_related("person").order_by("person__name")[:FIRST])
    words = role_words({role for role in roles if role} | {row.role_id for row in first}, day)
    units = unit_words([row.to_unit_id for row in page.rows] + [row.unit_id for row in first], day)
    missing, total = without.count(), seen.count()
    counts = dict(seen.order_by().values_list("fate").annotate(Count("pk")))
    values = {
        "title": _paths_title(missing, total),
        "missing": missing,
        "missing_note": f"the first {FIRST} of {missing:,}" if missing > FIRST else plural(missing, "person,people"),
        "may_change": actor.may("realignment.change"),
        "first": [(row, words.get(row.role_id), units.get(row.unit_id, "")) for row in first],
        "page": page,
        "rows": [
            (row, words.get(row.role_id), words.get(row.to_role_id), units.get(row.to_unit_id, "")) for row in page.rows
        ],
        "fates": [(key, label, counts.get(key, 0)) for key, label in LABELLED.items()],
        "total": total,
    }
    return render(request, "realignment/paths.html", values)


FIRST = 20  # of those without a path; the rest stands on the pages of their roles
LABELLED = {"same": "Same role", "new_role": "New role", "open": "Open", "leaving": "Leaving"}


def _paths_title(missing: int, known: int) -> str:
    if missing:
        return f"{plural(missing, 'person whose role changes has,people whose roles change have')} no path yet"
    return "Everybody whose role changes has a path" if known else "No paths yet, as far as you may see"


def _path_csv(rows: Any, day: Any) -> list[list[Any]]:
    rows = list(rows.select_related("person"))
    words = role_words({row.role_id for row in rows} | {row.to_role_id for row in rows if row.to_role_id}, day)
    units = unit_words([row.to_unit_id for row in rows], day)

    def called(role: int | None) -> str | None:
        return words[role].name if role is not None and role in words else None

    return [
        [
            row.person.name,
            called(row.role_id),
            row.fate,
            called(row.to_role_id),
            units.get(row.to_unit_id),
            row.to_manager.name if row.to_manager else None,
            LABELS[row.stage],
            row.effective,
        ]
        for row in rows
    ]
