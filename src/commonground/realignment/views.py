"""The lists of the realignment: gains and losses, everything that is planned by stage, and who goes where."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from commonground.access.gate import actor_of, gate
from commonground.organization.models import Assignment
from commonground.programs.middleware import as_of, program_of
from commonground.realignment import balance as weighing
from commonground.realignment.models import HolderPath, RoleFate
from commonground.realignment.names import role_words, unit_words
from commonground.realignment.stages import LABELS
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
def paths(request: HttpRequest) -> HttpResponseBase:
    """Where each holder of a role that changes goes; those without a path first."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    fates = RoleFate.objects.visible_to(actor).filter(program=program, fate__in=("change", "merge", "end"))
    seen = HolderPath.objects.visible_to(actor).filter(program=program).select_related("to_manager")
    without = Assignment.objects.visible_to(actor).on(day).filter(role__in=fates.values("role"))
    without = without.exclude(person__in=seen.values("person"))
    fate, stage, after = (request.GET.get(name, "") for name in ("fate", "stage", "after"))
    if request.GET.get("format") == "csv":
        return csv_response(
            "paths",
            ["person", "role", "fate", "new role", "new unit", "new manager", "stage", "effective"],
            _path_csv(seen, day),
        )
    listed = seen.filter(fate=fate) if fate in LABELLED else seen
    listed = listed.filter(stage=stage) if stage in LABELS else listed
    page = Keyset(("person__name", "pk")).page(listed.select_related("person"), after)
    roles = {row.role_id for row in page.rows} | {row.to_role_id for row in page.rows}
    missing, total = without.count(), seen.count()
    first: list[Any] = []
    if not after and not fate and not stage:
        first = list(without.select_related("person").order_by(_by_name(missing))[:FIRST])
    words = role_words({role for role in roles if role} | {row.role_id for row in first}, day)
    units = unit_words([row.to_unit_id for row in page.rows] + [row.unit_id for row in first], day)
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


QUICK = 2_000  # rows that are sorted by name within a page's time
FIRST = 20  # of those without a path; the rest stands on the pages of their roles
LABELLED = {"same": "Same role", "new_role": "New role", "open": "Open", "leaving": "Leaving"}


def _by_name(rows: int) -> str:
    """By name where that is quick; sorting 50,000 people for the first twenty is not."""
    return "person__name" if rows <= QUICK else "pk"


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
