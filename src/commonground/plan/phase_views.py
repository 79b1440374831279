"""Phases: where the whole and each unit stand, with which dates; and saying that one has begun."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.analysis.facts.phases import PHASES
from commonground.analysis.plan.phases import stands_in
from commonground.organization.fields import unit_names
from commonground.plan.gate_page import places_of
from commonground.plan.phase_forms import EnterForm, PhaseForm
from commonground.plan.phases import Phase
from commonground.programs import pages
from commonground.programs.middleware import as_of, program_of
from commonground.programs.register import CannotError, removed_lately
from commonground.programs.row_views import Kind
from commonground.ui.csv_response import csv_response
from commonground.ui.words import day as written_day
from commonground.ui.words import spelled

PHASE = Kind(
    Phase,
    PhaseForm,
    "phase",
    "phases",
    "When is it planned, for whom?",
    space="plan",
    above=("Phases", "phases"),
)
HEADER = ("for", "phase", "in words", "planned from", "planned until before", "began on", "state", "note")
WHOLE = "The whole program"


@dataclass(frozen=True)
class Row:
    """A phase of the whole or of a unit on the page."""

    phase: Phase
    part: str
    day: date
    is_over: bool
    next_up: bool

    @property
    def state(self) -> str:
        """now, over, late (its first day has passed and nobody said that it began), ahead, or undated."""
        if self.phase.entered_on is not None and self.phase.entered_on <= self.day:
            return "over" if self.is_over else "now"
        if self.phase.planned_from is None:
            return "undated"
        return "late" if self.phase.planned_from < self.day else "ahead"


def rows_of(phases: list[Phase], names: dict[int, str], day: date) -> list[tuple[str, list[Row]]]:
    """The whole first, then each unit by name, each with its phases in order."""
    parts: dict[int | None, list[Phase]] = {}
    for phase in phases:
        parts.setdefault(phase.unit_id, []).append(phase)
    found = []
    for unit, own in parts.items():
        begun = [one.number for one in own if one.entered_on is not None and one.entered_on <= day]
        last = max(begun, default=0)
        name = WHOLE if unit is None else names.get(unit, "A former unit")
        ahead = min((one.number for one in own if one.number > last), default=0)
        rows = [
            Row(one, name, day, one.number < last, one.number == ahead) for one in sorted(own, key=lambda x: x.number)
        ]
        found.append((unit is not None, name, rows))
    return [(name, rows) for _, name, rows in sorted(found, key=lambda one: one[:2])]


def title(phases: list[Phase], day: date) -> str:
    """What the page says, in a sentence."""
    if not phases:
        return "No phase has a date yet"
    begun: dict[int | None, dict[int, date | None]] = {}
    for one in phases:
        begun.setdefault(one.unit_id, {})[one.number] = one.entered_on
    whole = stands_in([begun.get(None, {})], day)
    units = [stands_in([own, begun.get(None, {})], day) for unit, own in begun.items() if unit is not None]
    if not whole:
        return "Phases are planned; the whole has not entered the first yet"
    ahead, behind = sum(one > whole for one in units), sum(one < whole for one in units)
    said = [f"{_parts(number)} {word}" for number, word in ((ahead, "further"), (behind, "not there yet")) if number]
    tail = f"; {' and '.join(said)}" if said else ""
    return f"The program is in phase {spelled(whole)}, {PHASES[whole]}{tail}"


def _parts(number: int) -> str:
    return f"{spelled(number)} {'unit is' if number == 1 else 'units are'}"


@gate("program.view")
def phases(request: HttpRequest) -> HttpResponseBase:
    """In which phase do the whole and each unit stand, and since when?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    found = list(Phase.objects.visible_to(actor).filter(program=program).select_related("unit"))
    names = unit_names(actor, day, {row.unit_id for row in found if row.unit_id})
    listed = rows_of(found, names, day)
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} phases", HEADER, (_line(row) for _, rows in listed for row in rows))
    may = actor.may("phases.change")
    sees = actor.may("gates.view")
    values: dict[str, Any] = {
        "title": title(found, day),
        "listed": listed,
        "places": places_of(actor, program, day, unit_names(actor, day)) if sees and found else [],
        "count": len(found),
        "phases": [(number, words[0].upper() + words[1:]) for number, words in PHASES.items()],
        "missing": [number for number in PHASES if not any(p.number == number and p.unit_id is None for p in found)],
        "can_change": may,
        "removed": [
            ("plan:put-back-phase", one)
            for one in (removed_lately(Phase, program.pk, actor=actor, now=timezone.now()) if may else ())
        ],
    }
    return render(request, "plan/phases.html", values)


def _line(row: Row) -> tuple[Any, ...]:
    one = row.phase
    return (row.part, one.number, one.words, one.planned_from, one.planned_to, one.entered_on, row.state, one.note)


def _said(row: Phase) -> str:
    """A phase at the beginning of a sentence."""
    words = str(row)
    return words[0].upper() + words[1:]


def _page(request: HttpRequest) -> str:
    return reverse("plan:phases", kwargs={"program": program_of(request).slug})


@gate("phases.change")
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Says on which day a phase began."""
    actor, row = actor_of(request), Phase.objects.get_for(actor_of(request), program=program_of(request), pk=pk)
    today = timezone.localdate()
    form = EnterForm(request.POST or None, initial={"on": row.entered_on or today})

    def save(values: dict[str, Any]) -> str:
        if values["on"] > today:
            raise CannotError("This day has not come yet. Plan the phase for it, and say that it began when it has.")
        row.enter(values["on"], by=actor, at=timezone.now())
        return f"{_said(row)} began on {written_day(values['on'])}."

    return pages.ask(
        request,
        form,
        save,
        title=f"{_said(row)} begins",
        question=f"Since when is it true there: {row.words}?",
        back=_page(request),
        crumbs=[("Phases", _page(request))],
        label="It began",
    )


@gate("phases.change")
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """That a phase has not begun after all."""
    row = Phase.objects.get_for(actor_of(request), program=program_of(request), pk=pk)

    def act() -> str:
        row.take_back(by=actor_of(request), at=timezone.now())
        return f"{_said(row)} has not begun yet."

    return pages.do(request, act, back=_page(request))
