"""The amount of change: what stands against it side by side, what was decided on it, and the rows it rests on."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from commonground.access.gate import actor_of, gate
from commonground.assessments.amount import AmountDecision, ConcurrentChange, DivergenceRating, Hours
from commonground.assessments.amount_forms import ConcurrentForm, DecisionForm, DivergenceForm, HoursForm, TakeBackForm
from commonground.assessments.culture import gap_of
from commonground.assessments.standing import Side, side_of
from commonground.programs import pages
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Program
from commonground.programs.register import removed_lately
from commonground.programs.row_views import Kind
from commonground.ui.csv_response import csv_response
from commonground.ui.words import number

QUESTION = "How much change is asked for at the outset, and can this house take it?"
ABOVE = ("Amount of change", "amount")
DIVERGENCE = Kind(
    DivergenceRating,
    DivergenceForm,
    "rating of the divergence",
    "amount",
    "How far does the change depart from how this house works, in the eyes of somebody outside the program?",
    space="assessments",
    above=ABOVE,
)
HOURS = Kind(
    Hours,
    HoursForm,
    "line of free hours",
    "amount",
    "How many hours a week are free there, and how many are asked?",
    space="assessments",
    above=ABOVE,
)
CONCURRENT = Kind(
    ConcurrentChange,
    ConcurrentForm,
    "change beside this one",
    "amount",
    "What else asks for the same people, and when?",
    space="assessments",
    above=ABOVE,
)
REMOVABLE = ((DivergenceRating, "divergencerating"), (Hours, "hours"), (ConcurrentChange, "concurrentchange"))


@gate("amount_of_change.view")
def amount(request: HttpRequest) -> HttpResponseBase:
    """Everything side by side, the decisions under it."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    side = side_of(actor, program, day, gap_of(actor, program))
    decisions = list(AmountDecision.objects.visible_to(actor).filter(program=program))
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} amount of change", CSV_HEAD, _lines(side, decisions))
    may = actor.may("amount_of_change.decide")
    values: dict[str, Any] = {
        "side": side,
        "title": title_of(side, decisions),
        "question": QUESTION,
        "decisions": decisions,
        "day": day,
        "may_decide": may,
        "lacking": side.lacking(),
        "decided": any(one.taken_back_on is None for one in decisions),
        "removed": _removed(request, program) if may else [],
    }
    return render(request, "assessments/amount.html", values)


def title_of(side: Side, decisions: list[AmountDecision]) -> str:
    """How it stands, in a sentence."""
    standing = [one for one in decisions if one.taken_back_on is None]
    if standing:
        said = {
            "whole": "as planned",
            "less": "less than planned",
            "staged": "in stages",
            "protected": "with units left alone",
        }
        why = ", above the free hours" if standing[0].above_capacity else ""
        return f"Decided: the change is made {said[standing[0].decision]}{why}"
    if side.above:
        return f"More is asked than is free: {number(side.asked)} hours a week of {number(side.free)}"
    if side.lacking():
        return "The amount of change is not decided yet, and not all is known"
    return "All is known to decide the amount of change"


CSV_HEAD = ("what", "of", "value", "low", "high", "who", "on", "words")


def _lines(side: Side, decisions: list[AmountDecision]) -> Iterator[tuple[Any, ...]]:
    if side.gap:
        gap = side.gap
        yield (
            "culture gap (Aitchison distance)",
            gap.name,
            gap.distance,
            gap.low,
            gap.high,
            f"{gap.answered} of {gap.invited}",
            gap.on,
            "",
        )
    for one in side.ratings:
        yield "divergence", one.role, one.value, "", "", one.rater, one.on, one.reason
    for row, name in side.hours:
        yield "free hours a week", name, row.free, "", "", "", row.on, row.source
        yield "asked hours a week, beside seats", name, row.asked, "", "", "", row.on, row.source
    yield "asked hours a week, seats", f"{side.seats} seats", side.seat_hours, "", "", "", "", ""
    for other, units in side.others:
        yield "other change", units, "", other.start, other.end, "", "", other.name
    for made in decisions:
        words = f"{made.words} {made.reasons}".strip()
        yield (
            "decision",
            made.get_decision_display(),
            "",
            "",
            made.taken_back_on,
            made.decided_by,
            made.decided_on,
            words,
        )


def _removed(request: HttpRequest, program: Program) -> list[tuple[str, object]]:
    actor, now = actor_of(request), timezone.now()
    return [
        (f"assessments:put-back-{name}", one)
        for model, name in REMOVABLE
        for one in removed_lately(model, program.pk, actor=actor, now=now)
    ]


@gate("amount_of_change.decide")
def decide(request: HttpRequest) -> HttpResponseBase:
    """Writing a decision down, with the figures as they stand today."""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    side = side_of(actor, program, day, gap_of(actor, program))
    form = DecisionForm(request.POST or None, lacking=side.lacking(), day=day)

    def save(values: dict[str, Any]) -> str:
        AmountDecision.objects.decide(program, **values, figures=side.figures(), by=actor, at=timezone.now())
        return "Written down, with the figures as they stand today. The milestone on the program line is reached."

    return pages.ask(
        request,
        form,
        save,
        title="Decide the amount of change",
        question="How much is changed now, how much later, and why? Earlier decisions stay beside it.",
        back=reverse("assessments:amount", kwargs={"program": program.slug}),
        crumbs=_crumbs(program),
        label="Write the decision down",
    )


@gate("amount_of_change.decide")
def take_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A decision that holds no longer, or was written down by mistake."""
    actor, program = actor_of(request), program_of(request)
    row: AmountDecision = AmountDecision.objects.get_for(actor, program=program, pk=pk)

    def save(values: dict[str, Any]) -> str:
        row.take_back(why=values["why"], on=timezone.localdate(), by=actor, at=timezone.now())
        return f"Taken back: {row}. It stays readable."

    return pages.ask(
        request,
        TakeBackForm(request.POST or None),
        save,
        title=f"Take back {row}",
        question="Why does it hold no longer?",
        back=reverse("assessments:amount", kwargs={"program": program.slug}),
        crumbs=_crumbs(program),
        label="Take it back",
    )


def _crumbs(program: Program) -> list[tuple[str, str]]:
    return [(ABOVE[0], reverse("assessments:amount", kwargs={"program": program.slug}))]
