"""The page of guidelines: what is checked, why, with which values, and what is not checked for want of data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from commonground.access.gate import actor_of, gate
from commonground.guidance.guidelines import CATALOGUE, Guideline
from commonground.guidance.guidelines.meanings import meaning
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
    means: str = ""

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
    shown = shown_of(program, dict(open_now), sorted(CATALOGUE.values(), key=lambda one: one.code))
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


def shown_of(program: Program, open_now: Mapping[str, int], guidelines: Iterable[Guideline]) -> list[Shown]:
    """Guidelines with their state in a program. open_now: code → how many findings the actor sees."""
    own = Parameter.objects.values_of(program)
    cursors = dict(Cursor.objects.filter(program=program, view="told").values_list("code", "missing"))
    return [
        Shown(
            one,
            open_now.get(one.code, 0),
            tuple(_sheet(table) for table in cursors.get(one.code, ())),
            tuple(
                Value(name, default, own.get(one.code, {}).get(name), meaning(one, name))
                for name, default in one.parameters.items()
            ),
            one.code in cursors,
        )
        for one in guidelines
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
