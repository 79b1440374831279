"""The page of a gate: may we go on, and what says so? Asking, deciding, filing evidence, conditions and wanted values."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.analysis.facts.phases import PHASES
from commonground.analysis.plan.criteria import MEASURED
from commonground.analysis.plan.gates import BY_KEY, DECISIONS, STATES, leads_to, moves_from, question
from commonground.organization.models import Unit
from commonground.plan.gate_evidence import Condition, Evidence, file_evidence, want, wanted_of, write_down
from commonground.plan.gate_forms import ConditionForm, DecideForm, EvidenceForm, MetForm, TakeBackForm, WantedForm
from commonground.plan.gate_page import STATE_MARKS, Row, rows_of, verdicts_of, without_evidence
from commonground.plan.gates import Gate, GateMove
from commonground.programs import pages
from commonground.programs.middleware import as_of, program_of
from commonground.programs.register import CannotError, removed_lately
from commonground.programs.row_views import Kind, bringing_back, editing, row_of, taking_away
from commonground.ui.csv_response import csv_response
from commonground.ui.words import day as written_day

HEADER = ("gate", "for", "kind", "criterion", "state", "answered by", "value", "wanted", "n", "of", "from", "to", "about",
    "source", "filed by", "filed on", "evidence", "condition until")  # fmt: skip
CONDITION = Kind(
    Condition, ConditionForm, "condition", "phases", "What has to be done, by whom and until when?", space="plan",
    above=("Phases", "phases"),
)  # fmt: skip


def gate_at(request: HttpRequest, number: int, part: int) -> Gate:
    """The gate of an address. part: id of a unit, 0 for the whole. Raises Http404 for one that cannot be."""
    actor, program = actor_of(request), program_of(request)
    if number not in PHASES:
        raise Http404
    unit = Unit.objects.get_for(actor, pk=part) if part else None
    return Gate.objects.visible_to(actor).at(program, number, unit)


def page_of(row: Gate) -> str:
    return reverse("plan:gate", kwargs={"program": row.program.slug, "number": row.number, "part": row.unit_id or 0})


def named(row: Gate) -> str:
    """A gate at the beginning of a sentence."""
    return f"Gate {row.number} of {row.part}"


def title(row: Gate) -> str:
    """What the page says, in a sentence."""
    since = row.asked_on if row.state == "review" else row.decided_on
    tail = {"review": "since", "open": ""}.get(row.state, "on")
    words = {"refused": "not yet, it was decided"}.get(row.state, STATES[row.state])
    return f"{named(row)}: {words}{f' {tail} {written_day(since)}' if since and tail else ''}"


@gate("gates.view")
def one(request: HttpRequest, number: int, part: int) -> HttpResponseBase:
    """May we go on to the next phase, and what says so?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    row = gate_at(request, number, part)
    verdicts = verdicts_of(actor, row, day)
    halves = rows_of(actor, row, verdicts)
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} gate {number}", HEADER, _lines(row, halves))
    can_change, can_file = actor.may("gates.change"), actor.may("gates.file")
    removed = [
        (f"plan:put-back-{kind._meta.model_name}", gone)
        for kind in (Evidence, Condition)
        for gone in (removed_lately(kind, program.pk, actor=actor, now=timezone.now()) if can_file else ())
    ]
    conditions = list(Condition.objects.visible_to(actor).filter(gate=row).select_related("owner")) if row.pk else []
    moves = list(GateMove.objects.visible_to(actor).filter(gate=row).select_related("person")) if row.pk else []
    values: dict[str, Any] = {
        "title": title(row),
        "question": question(number),
        "gate": row,
        "part": part,
        "halves": halves,
        "leads_to": leads_to(number),
        "mark": STATE_MARKS.get(row.state, "none"),
        "without": without_evidence(row, verdicts, day),
        "conditions": conditions,
        "moves": [(move, _numbers_of(row, move)) for move in moves],
        "buttons": [one for one in moves_from(row.state) if one.key in ("ask", "withdraw") and actor.may(one.verb)],
        "can_decide": row.state == "review" and actor.may("gates.decide"),
        "can_take_back": row.is_passed and actor.may("gates.decide"),
        "can_change": can_change,
        "can_file": can_file,
        "waits_for": row.state == "review" and not actor.may("gates.decide"),
        "day": day,
        "removed": removed,
    }
    return render(request, "plan/gate.html", values)


def _numbers_of(row: Gate, move: GateMove) -> list[Evidence]:
    """The numbers that were written down with a decision."""
    if move.move not in DECISIONS:
        return []
    return list(Evidence.objects.filter(gate=row, how=MEASURED, on=move.on))


def _lines(row: Gate, halves: list[tuple[str, str, list[Row]]]) -> Iterator[tuple[Any, ...]]:
    for kind, _, rows in halves:
        for one in rows:
            found, number = one.verdict, one.verdict.number
            filed = found.filed[-1] if found.filed else None
            yield (
                row.number, row.part, kind, one.question, one.said, found.by, one.value, one.wanted,
                *((number.n, number.of, number.first, number.last, number.what, number.source) if number else [None] * 6),
                *((filed.by, filed.on, filed.words) if filed else [None] * 3),
                found.promised.due if found.promised else None,
            )  # fmt: skip


@gate("gates.change")
@require_POST
def move(request: HttpRequest, number: int, part: int) -> HttpResponse:
    """Asks for a decision, or withdraws the question."""
    row = gate_at(request, number, part)

    def act() -> str:
        verbs: dict[str, Callable[..., None]] = {"ask": row.ask, "withdraw": row.withdraw}
        wanted = request.POST.get("move", "")
        if wanted not in verbs:
            raise CannotError("Choose what is to be done with the gate.")
        verbs[wanted](by=actor_of(request), at=timezone.now())
        return f"{named(row)}: {BY_KEY[wanted].words}."

    return pages.do(request, act, back=page_of(row))


@gate("gates.decide")
def decide(request: HttpRequest, number: int, part: int) -> HttpResponse:
    """The decision of who stands for the program: not yet, go on, or go on with conditions."""
    actor, today = actor_of(request), timezone.localdate()
    row = gate_at(request, number, part)
    verdicts = verdicts_of(actor, row, today)
    form = DecideForm(request.POST or None, initial={"on": today})

    def save(values: dict[str, Any]) -> str:
        now = timezone.now()
        row.decide(values["move"], on=values["on"], words=values["words"], body=values["body"], by=actor, at=now)
        if values["on"] == today:
            write_down(row, verdicts, today, by=actor, at=now)
        return f"{named(row)}: {BY_KEY[values['move']].words}."

    return _ask(
        request,
        row,
        form,
        save,
        "Decide",
        f"{question(number)} {_what_is_missing(without_evidence(row, verdicts, today))}",
    )


def _what_is_missing(questions: list[str]) -> str:
    """A sentence on what nothing says to be real."""
    if not questions:
        return "Something says so for each question of what is real, or a condition covers it."
    asked = " ".join(questions)
    ends = "a finding then stays until there is evidence or a condition."
    return f"Nothing says yet: {asked} You may go on all the same; {ends}"


@gate("gates.decide")
def take_back(request: HttpRequest, number: int, part: int) -> HttpResponse:
    """The decision no longer holds."""
    row, form = gate_at(request, number, part), TakeBackForm(request.POST or None)

    def save(values: dict[str, Any]) -> str:
        began = row.began
        row.take_back(words=values["words"], by=actor_of(request), at=timezone.now())
        return f"{named(row)} is taken back." + (f" Phase {row.number + 1} has not begun there." if began else "")

    return _ask(request, row, form, save, "Take it back", "Why does the decision no longer hold?")


@gate("gates.file")
def file(request: HttpRequest, number: int, part: int) -> HttpResponse:
    """Evidence for a criterion: what shows it, where it can be looked up."""
    row, today = gate_at(request, number, part), timezone.localdate()
    initial = {"on": today, "criterion": request.GET.get("criterion", "")}
    form = EvidenceForm(request.POST or None, number=number, day=today, initial=initial)

    def save(values: dict[str, Any]) -> str:
        found = file_evidence(row, values, by=actor_of(request), at=timezone.now())
        return f"Filed: {found}."

    return _ask(request, row, form, save, "File it", "What shows it, and where can that be looked up?")


@gate("gates.change")
def add_condition(request: HttpRequest, number: int, part: int) -> HttpResponse:
    """Something that has to be done though the gate is passed."""
    actor, today, row = actor_of(request), timezone.localdate(), gate_at(request, number, part)
    initial = {"criterion": request.GET.get("criterion", "")}
    form = ConditionForm(
        request.POST or None, program=program_of(request), actor=actor, day=today, number=number, initial=initial
    )

    def save(values: dict[str, Any]) -> str:
        found = row.add_condition(values, by=actor, at=timezone.now())
        return f"Added: {found}."

    return _ask(request, row, form, save, "Add it", "What has to be done, by whom and until when?")


@gate("gates.change")
def met(request: HttpRequest, pk: int) -> HttpResponse:
    """That a condition is met; a click on one that is opens it again."""
    actor, today = actor_of(request), timezone.localdate()
    row: Condition = row_of(Condition, request, pk)
    form = MetForm(request.POST or None, initial={"on": row.met_on or today})

    def save(values: dict[str, Any]) -> str:
        row.meet(values["on"], values["words"], by=actor, at=timezone.now())
        return f"Met: {row}."

    return _ask(request, row.gate, form, save, "It is met", f"Since when is it true: {row}?")


@gate("gates.change")
@require_POST
def not_met(request: HttpRequest, pk: int) -> HttpResponse:
    """The way back: a condition is open again."""
    row: Condition = row_of(Condition, request, pk)

    def act() -> str:
        row.open_again(by=actor_of(request), at=timezone.now())
        return f"Open again: {row}."

    return pages.do(request, act, back=page_of(row.gate))


@gate("gates.change")
@require_POST
def keep_numbers(request: HttpRequest, number: int, part: int) -> HttpResponse:
    """Writes down what the numbers say today."""
    actor, row, today = actor_of(request), gate_at(request, number, part), timezone.localdate()

    def act() -> str:
        made = write_down(row, verdicts_of(actor, row, today), today, by=actor, at=timezone.now())
        return f"Written down as evidence: {made} {'number' if made == 1 else 'numbers'} of today."

    return pages.do(request, act, back=page_of(row))


@gate("gates.change")
def wanted(request: HttpRequest, number: int) -> HttpResponse:
    """Which values this program wants at a gate."""
    if number not in PHASES:
        raise Http404
    program = program_of(request)
    form = WantedForm(request.POST or None, number=number, wanted=wanted_of(program, number))
    back = reverse("plan:gate", kwargs={"program": program.slug, "number": number, "part": 0})

    def save(values: dict[str, Any]) -> str:
        changed = want(program, number, form.values, by=actor_of(request), at=timezone.now())
        return (
            f"Wanted at gate {number}: {changed} {'value' if changed == 1 else 'values'} changed."
            if changed
            else "Nothing was different."
        )

    return pages.ask(
        request, form, save, title=f"What is wanted at gate {number}",
        question="From which value on do we say that it is real?", back=back,
        crumbs=[("Phases", _phases(request)), (f"Gate {number} of the whole", back)], label="Save",
    )  # fmt: skip


def _phases(request: HttpRequest) -> str:
    return reverse("plan:phases", kwargs={"program": program_of(request).slug})


def _ask(
    request: HttpRequest, row: Gate, form: Any, save: Callable[[dict[str, Any]], str], label: str, asked: str
) -> HttpResponse:
    crumbs = [("Phases", _phases(request)), (named(row), page_of(row))]
    return pages.ask(
        request, form, save, title=f"{label}: {row}", question=asked, back=page_of(row), crumbs=crumbs, label=label
    )


def _back_to_gate(request: HttpRequest, row: Any) -> str:
    return page_of(row.gate)


PART = "program/gates/<int:number>/<int:part>/"
patterns: list[URLPattern] = [
    path(PART, one, name="gate"),
    path(f"{PART}move/", move, name="move-gate"),
    path(f"{PART}decide/", decide, name="decide-gate"),
    path(f"{PART}take-back/", take_back, name="take-back-gate"),
    path(f"{PART}evidence/add/", file, name="file-evidence"),
    path(f"{PART}conditions/add/", add_condition, name="add-condition"),
    path(f"{PART}numbers/", keep_numbers, name="keep-numbers"),
    path("program/gates/<int:number>/wanted/", wanted, name="gate-wanted"),
    path("program/gates/condition/<int:pk>/change/", editing(CONDITION, "gates.change"), name="edit-condition"),
    path("program/gates/condition/<int:pk>/met/", met, name="condition-met"),
    path("program/gates/condition/<int:pk>/not-met/", not_met, name="condition-not-met"),
    path("program/gates/condition/<int:pk>/remove/", taking_away(Condition, "gates.change", _back_to_gate), name="remove-condition"),
    path("program/gates/condition/put-back/<int:entry>/", bringing_back(Condition, "gates.change", _phases), name="put-back-condition"),
    path("program/gates/evidence/<int:pk>/remove/", taking_away(Evidence, "gates.file", _back_to_gate), name="remove-evidence"),
    path("program/gates/evidence/put-back/<int:entry>/", bringing_back(Evidence, "gates.file", _phases), name="put-back-evidence"),
]  # fmt: skip
