"""The page of guidelines: what is checked, why, with which values, and what is not checked for want of data."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.guidance.guidelines import CATALOGUE, Guideline
from commonground.guidance.models import Cursor, Finding, Parameter
from commonground.guidance.parts import FAILED, PRACTICES, SHEETS
from commonground.programs.middleware import program_of
from commonground.programs.models import Program
from commonground.ui.csv_response import csv_response


@dataclass(frozen=True)
class Value:
    """A parameter of a guideline: its default and, where the program has set one, its own."""

    name: str
    default: float
    own: float | None

    @property
    def words(self) -> str:
        return self.name.replace("_", " ")

    @property
    def now(self) -> str:
        return f"{self.default if self.own is None else self.own:g}"

    @property
    def as_default(self) -> str:
        return f"{self.default:g}"


@dataclass(frozen=True)
class Shown:
    """A guideline as the page shows it. open: how many findings the actor sees; missing: sheets that it waits for, in words."""

    guideline: Guideline
    open: int
    missing: tuple[str, ...]
    values: tuple[Value, ...]
    ran: bool

    @property
    def failed(self) -> bool:
        return any(sheet.startswith("answer: ") for sheet in self.missing)

    @property
    def mark(self) -> str:
        if self.missing or not self.ran:
            return "none"
        return self.guideline.severity if self.open else "good"

    @property
    def says(self) -> str:
        if not self.ran:
            return "Not run yet"
        if self.missing:
            return "Not checked"
        return f"{self.open} open" if self.open else "Found nothing"


@gate("findings.view")
def guidelines(request: HttpRequest) -> HttpResponseBase:
    """Every guideline with its state in this program."""
    actor, program = actor_of(request), program_of(request)
    open_now = (
        Finding.objects.of(program).live().visible_to(actor).order_by().values_list("code").annotate(n=Count("pk"))
    )
    shown = _shown(program, dict(open_now))
    if request.GET.get("format") == "csv":
        rows = (
            (one.guideline.code, one.guideline.severity, one.guideline.statement, one.guideline.source, one.says)
            for one in shown
        )
        return csv_response("guidelines", ("code", "severity", "statement", "source", "state"), rows)
    practices: dict[str, list[Shown]] = {}
    for one in shown:
        practices.setdefault(one.guideline.practice, []).append(one)
    values: dict[str, Any] = {
        "practices": [(code, PRACTICES.get(code, code), inside) for code, inside in practices.items()],
        "count": len(shown),
        "unchecked": sum(1 for one in shown if one.missing and not one.failed),
        "waiting": _waiting(shown),
        "may_change": actor.may("program.change"),
    }
    return render(request, "guidance/guidelines.html", values)


def _shown(program: Program, open_now: dict[str, int]) -> list[Shown]:
    own = Parameter.objects.values_of(program)
    cursors = dict(Cursor.objects.filter(program=program, view="told").values_list("code", "missing"))
    return [
        Shown(
            one,
            open_now.get(one.code, 0),
            tuple(_sheet(table) for table in cursors.get(one.code, ())),
            tuple(Value(name, default, own.get(one.code, {}).get(name)) for name, default in one.parameters.items()),
            one.code in cursors,
        )
        for one in sorted(CATALOGUE.values(), key=lambda one: one.code)
    ]


def _sheet(table: str) -> str:
    if table.startswith(FAILED):
        return f"answer: its check ended with “{table.removeprefix(FAILED)}”"
    name, _, column = table.partition(".")
    if column:
        return f"the column {column.replace('_', ' ')} of “{name}”"
    return f"“{name}”: {SHEETS.get(name, name)}"


def _waiting(shown: list[Shown]) -> list[tuple[str, list[str]]]:
    """Missing sheet → codes that it would let run; the one that opens most first."""
    found: dict[str, list[str]] = {}
    for one in shown:
        for sheet in one.missing if not one.failed else ():
            found.setdefault(sheet, []).append(one.guideline.code)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))


@require_POST
@gate("program.change")
def set_parameters(request: HttpRequest, code: str) -> HttpResponse:
    """Sets the values of one guideline for this program; an empty one goes back to the default."""
    actor, program = actor_of(request), program_of(request)
    guideline = CATALOGUE.get(code)
    if guideline is None:
        raise Http404
    wrong = []
    for name, default in guideline.parameters.items():
        raw = request.POST.get(name, "").strip().replace(",", ".")
        try:
            value = float(raw) if raw else None
        except ValueError:
            value = -1.0
        if value is not None and not 0 <= value <= 1_000_000:
            wrong.append(f"“{raw}” is not a value for {name.replace('_', ' ')}: give a number of 0 or more.")
        elif name == "threshold" and value is not None and value < default:
            wrong.append(f"The threshold protects people: it can be raised above {default:g}, never lowered.")
        else:
            kept = None if value == default else value
            Parameter.objects.all().put(program, code, name, kept, by=actor, at=timezone.now())
    for sentence in wrong:
        messages.error(request, sentence)
    if not wrong:
        messages.success(request, f"{code} has its values. It runs again with the next page.")
    return redirect("guidance:guidelines", program=program.slug)
