"""Training: how far each module has come, who is left, and how far the new way is taken months later. Out of the stored result."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.analysis.plan.training import Coverage, Group
from commonground.guidance.context import stands
from commonground.guidance.results import results_for
from commonground.guidance.training_results import TRAINING
from commonground.organization.models import Role
from commonground.plan.models import Module, Need, Session
from commonground.programs.middleware import program_of
from commonground.programs.models import Program
from commonground.programs.register import removed_lately
from commonground.ui.csv_response import csv_response
from commonground.ui.words import number, plural

# as training plans are kept elsewhere, in the words of their columns
PLAN = (
    "training module",
    "target role",
    "format",
    "duration (hours)",
    "target headcount",
    "trained",
    "completion %",
    "booked",
    "left",
)
GROUPS = ("training module", "by", "group", "people", "trained", "left")
ATTRIBUTES = (("unit", "By business unit"), ("shift", "By shift"), ("language", "By language"))


@dataclass(frozen=True)
class Line:
    """A module on the page. counts: None where nothing is counted of it yet, or its people are too few to be told of."""

    row: Module
    whom: Sequence[str]
    counts: Coverage | None
    next: Session | None


@gate("training.view")
def training(request: HttpRequest) -> HttpResponseBase:
    """All modules: for whom, how many have had each, and who is meant by none."""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    state = stands(request)
    stored = results_for(actor, program, TRAINING).get(TRAINING)
    data = stored.data if stored is not None else {}
    lines = _lines(actor, program, data, day)
    if request.GET.get("format") == "csv":
        return _csv(request, actor, program, lines, data)
    may_change = actor.may("training.change")
    whole = Coverage(*data["whole"]) if data else None
    small = may_change or (whole is not None and whole.needed >= data["threshold"])
    values = {
        "standing": state,
        "stored": stored,
        "title": title(lines, whole if small else None),
        "lines": lines,
        "whole": whole if small else None,
        "people": data.get("people"),
        "threshold": data.get("threshold"),
        "lacking": _lacking(data, may_change=may_change),
        "proposed": _proposed(actor, data) if may_change else [],
        "next": _next(actor, program, day),
        "today": day,
        "may_change": may_change,
        "may_import": actor.may("intake.commit"),
        "removed": _removed(actor, program) if may_change else [],
    }
    return render(request, "reports/training.html", values)


def title(lines: Sequence[Line], whole: Coverage | None) -> str:
    """What the page says, in a sentence."""
    if not lines:
        return "Nobody is to learn anything yet"
    if whole is None or not whole.needed:
        return f"{plural(len(lines), 'module')} of training"
    if not whole.left:
        return f"All {plural(whole.needed, 'person,people')} have had the training that is meant for them"
    had = f"{number(whole.trained)} of {plural(whole.needed, 'person has,people have')} had all their training"
    return f"{had}; {number(whole.left)} {'is' if whole.left == 1 else 'are'} left"


def _counts(actor: Actor, data: Mapping[str, Any], key: str) -> Coverage | None:
    """How far a module has come: for whoever knows its people, else only where they are enough."""
    known = data.get("modules", {}).get(key)
    if known is None:
        return None
    counts = Coverage(*known["coverage"])
    return counts if actor.may("training.change") or counts.needed >= data["threshold"] else None


def _lines(actor: Actor, program: Program, data: Mapping[str, Any], day: date) -> list[Line]:
    rows = list(Module.objects.visible_to(actor).filter(program=program).order_by("name", "pk"))
    whom = _whom(actor, program)
    coming: dict[int, Session] = {}
    for session in Session.objects.visible_to(actor).filter(program=program, on__gte=day).order_by("-on", "-pk"):
        coming[session.module_id] = session
    found = [Line(row, whom.get(row.pk, ()), _counts(actor, data, row.key), coming.get(row.pk)) for row in rows]
    return sorted(found, key=lambda line: (-(line.counts.left if line.counts else 0), line.row.name))


def _whom(actor: Actor, program: Program) -> dict[int, list[str]]:
    rows = Need.objects.visible_to(actor).filter(program=program).select_related("level", "unit").order_by("pk")
    found: dict[int, list[str]] = {}
    for need in rows:
        found.setdefault(need.module_id, []).append(need.whom)
    return found


def _lacking(data: Mapping[str, Any], *, may_change: bool) -> list[dict[str, Any]]:
    """Units with people for whom nothing is meant. How many is told where they are enough, or to who plans training."""
    if not data.get("modules"):
        return []
    least = data["threshold"]
    return [{**one, "told": may_change or one["people"] >= least} for one in data["lacking"]]


def _proposed(actor: Actor, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Changed roles of which no module speaks, out of the view that the actor sees."""
    rows = data.get("proposed", ())
    ids = dict(Role.objects.visible_to(actor).filter(key__in=[one["role"] for one in rows]).values_list("key", "pk"))
    return [
        {**one, "pk": ids[one["role"]], "on": date.fromisoformat(one["effective"]) if one["effective"] else None}
        for one in rows
        if one["role"] in ids
    ]


def _next(actor: Actor, program: Program, day: date) -> list[Session]:
    rows = Session.objects.visible_to(actor).filter(program=program).exclude(held=True).exclude(on=None)
    found = rows.filter(on__gte=day) if not actor.may("training.record") else rows
    return list(found.select_related("module", "trainer").order_by("on", "pk")[:8])


def _removed(actor: Actor, program: Program) -> list[tuple[str, Any]]:
    now, found = timezone.now(), list[tuple[str, Any]]()
    for model, name in ((Module, "module"), (Session, "session")):
        found += [(f"plan:put-back-{name}", one) for one in removed_lately(model, program.pk, actor=actor, now=now)]
    return found


@gate("training.view")
def module(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One module: for whom, its sessions, who is left in which group, and the new way months later."""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    row = Module.objects.get_for(actor, program=program, pk=pk)
    state = stands(request)
    stored = results_for(actor, program, TRAINING).get(TRAINING)
    data = stored.data if stored is not None else {}
    known = data.get("modules", {}).get(row.key)
    groups = _groups(known, all_=actor.may("training.change"))
    if request.GET.get("format") == "csv":
        return csv_response(f"{row.name} groups", GROUPS, _group_lines(row, groups))
    counts = _counts(actor, data, row.key)
    may_change = actor.may("training.change")
    now = timezone.now()
    values = {
        "standing": state,
        "stored": stored,
        "row": row,
        "counts": counts,
        "title": module_title(row, counts),
        "needs": list(Need.objects.visible_to(actor).filter(module=row).select_related("role_fate", "level", "unit")),
        "sessions": list(Session.objects.visible_to(actor).filter(module=row).select_related("trainer")),
        "groups": groups,
        "use": _use(known),
        "threshold": data.get("threshold"),
        "today": day,
        "may_change": may_change,
        "may_record": actor.may("training.record"),
        "removed": [("plan:put-back-need", one) for one in removed_lately(Need, program.pk, actor=actor, now=now)]
        if may_change
        else [],
    }
    return render(request, "reports/module.html", values)


def module_title(row: Module, counts: Coverage | None) -> str:
    """The name of a module, and how far it has come."""
    if counts is None or not counts.needed:
        return row.name
    if not counts.left:
        return f"{row.name}: all {plural(counts.needed, 'person has,people have')} had it"
    return f"{row.name}: {number(counts.left)} of {plural(counts.needed, 'person is,people are')} left"


def _groups(known: Mapping[str, Any] | None, *, all_: bool) -> list[dict[str, Any]]:
    """Attribute by attribute, its groups: those that may be told of, or all to who knows their people anyhow."""
    found = []
    for attribute, label in ATTRIBUTES:
        rows = [(Group(*one[:5]), one[5]) for one in (known or {}).get("groups", ()) if one[0] == attribute]
        shown = [{"group": group, "name": name} for group, name in rows if group.told or all_]
        if rows:
            shown.sort(key=lambda one: (-one["group"].left, one["name"]))
            found.append({"key": attribute, "label": label, "rows": shown, "hidden": len(rows) - len(shown)})
    return found


def _use(known: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The whole and each unit with the shares before and after."""
    found = []
    for name, day, trained, heads, points in (known or {}).get("use", ()):
        found.append(
            {
                "name": name or "All together",
                "day": date.fromisoformat(day),
                "trained": trained,
                "heads": heads,
                "points": [
                    {
                        "months": months,
                        "on": date.fromisoformat(start),
                        "state": said,
                        "share": share,
                        "low": low,
                        "high": high,
                        "n": n,
                    }
                    for months, start, said, share, low, high, n in points
                ],
            }
        )
    return found


def _csv(
    request: HttpRequest, actor: Actor, program: Program, lines: Sequence[Line], data: Mapping[str, Any]
) -> HttpResponseBase:
    if request.GET.get("table") == "groups":
        every = (
            one
            for line in lines
            for one in _group_lines(
                line.row, _groups(data.get("modules", {}).get(line.row.key), all_=actor.may("training.change"))
            )
        )
        return csv_response(f"{program.slug} training by group", GROUPS, every)
    return csv_response(f"{program.slug} training plan", PLAN, map(_plan_line, lines))


def _plan_line(line: Line) -> tuple[Any, ...]:
    counts = line.counts
    said: tuple[Any, ...] = ("", "", "", "", "")
    if counts is not None:
        share = round(100 * counts.trained / counts.needed, 1) if counts.needed else ""
        said = (counts.needed, counts.trained, share, counts.booked, counts.left)
    form = line.row.get_format_display() if line.row.format else ""
    return (line.row.name, "; ".join(line.whom), form, line.row.hours, *said)


def _group_lines(row: Module, groups: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Any, ...]]:
    for part in groups:
        for one in part["rows"]:
            group = one["group"]
            yield row.name, part["key"], one["name"], group.needed, group.trained, group.left
