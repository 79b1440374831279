"""Rounds of nominations for the change lead: preparing, opening, closing and cancelling one; what is told of it; choosing champions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from commonground.access.gate import actor_of, gate
from commonground.assessments.in_days import CLOSED, DRAFT, OPEN
from commonground.assessments.tokens import key_path
from commonground.coalition.ballots import Ballot
from commonground.coalition.closing_nominations import cancel, close
from commonground.coalition.networks import NetworkFile
from commonground.coalition.nomination_forms import CancelForm, NominationForm, usual_days
from commonground.coalition.nominations import FOLDER, KEPT_DAYS, STATES, Candidate, Nomination
from commonground.coalition.selections import Selection
from commonground.disclosure.clearing import days_under
from commonground.organization.fields import unit_names
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.models import Program
from commonground.programs.register import removed_lately
from commonground.programs.row_views import Kind
from commonground.ui.csv_response import csv_response
from commonground.ui.words import day as written_day
from commonground.ui.words import plural

MARKS = {"draft": "part", "open": "note", "closed": "watch", "selected": "good", "cancelled": "none"}
NOMINATION = Kind(
    Nomination,
    NominationForm,
    "round of nominations",
    "nominations",
    "Who is asked whom they look to, and until when?",
    space="coalition",
    above=("Nominations", "nominations"),
    shown="nomination",
)


@gate("nominations.view")
@require_safe
def nominations(request: HttpRequest) -> HttpResponseBase:
    """Who was asked whom they look to, and what came of it?"""
    actor, program = actor_of(request), program_of(request)
    seen = Nomination.objects.visible_to(actor).filter(program=program)
    state = request.GET.get("state", "")
    rows = list(seen.filter(state=state) if state in STATES else seen)
    if request.GET.get("format") == "csv":
        header = ("state", "question", "opens", "closes", "asked")
        return csv_response(
            f"{program.slug} nominations",
            header,
            ((r.state, r.question, r.opens_on, r.closes_on, r.asked) for r in rows),
        )
    values = {
        "title": _title(list(seen)),
        "rows": [(row, MARKS[row.state], STATES[row.state]) for row in rows],
        "any": seen.exists(),
        "states": [(key, words) for key, words in STATES.items() if seen.filter(state=key).exists()],
        "networks": NetworkFile.objects.visible_to(actor).filter(program=program).lying().count(),
        "can_change": actor.may("nominations.change"),
        "removed": [
            ("coalition:put-back-nomination", one)
            for one in removed_lately(Nomination, program.pk, actor=actor, now=timezone.now())
        ],
    }
    return render(request, "coalition/nominations.html", values)


def _title(rows: list[Nomination]) -> str:
    running = next((row for row in rows if row.state == OPEN), None)
    if running is not None:
        return f"A round of nominations is open until {written_day(running.closes_on)}"
    if any(row.state == CLOSED for row in rows):
        return "A round is closed: choose whom to ask"
    return "Ask people whom they look to" if not rows else f"{plural(len(rows), 'round')} of nominations, none open"


@gate("nominations.change")
def add_nomination(request: HttpRequest) -> HttpResponse:
    """The page that prepares a round."""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    form = NominationForm(request.POST or None, program=program, actor=actor, day=day, initial=usual_days(day))
    made: list[int] = []

    def save(values: dict[str, Any]) -> str:
        made.append(program.add(form.save(commit=False), by=actor, at=timezone.now()).pk)
        return "Prepared. Look it over, then open it."

    return pages.ask(
        request, form, save, title="Prepare a round of nominations", question=NOMINATION.question, back=_list(program),
        crumbs=[("Nominations", _list(program))], label="Prepare it", to=lambda: page_of(program, made[0]),
    )  # fmt: skip


@gate("nominations.view")
@require_safe
def nomination(request: HttpRequest, pk: int) -> HttpResponse:
    """What does this round ask, of whom, and who was named by several?"""
    actor, day = actor_of(request), timezone.localdate()
    row = own(request, pk)
    taken = Ballot.objects.filter(nomination=row).count() if row.state == OPEN else 0
    candidates = candidates_of(request, row)
    values: dict[str, Any] = {
        "row": row,
        "mark": MARKS[row.state],
        "state": STATES[row.state],
        "title": _state_title(row, len(candidates)),
        "units": sorted(unit_names(actor, day, row.units).values()) if row.units else [],
        "people": row.people_asked(max(day, row.opens_on)).values("person").distinct().count()
        if row.is_draft
        else row.asked,
        "share": row.share_told(day, taken) if row.state != DRAFT else None,
        "over": row.state == OPEN and row.closes_on < day,
        "keyless": row.state in (OPEN, CLOSED) and not key_path(row.pk, FOLDER).exists(),
        "bands": banded(candidates),
        "candidates": len(candidates),
        "selections": list(Selection.objects.visible_to(actor).filter(nomination=row)),
        "kept_days": days_under("coalition.namings", KEPT_DAYS),
        "can_change": actor.may("nominations.change"),
    }
    return render(request, "coalition/nomination.html", values)


def _state_title(row: Nomination, candidates: int) -> str:
    if row.state == OPEN:
        return f"Open until {written_day(row.closes_on)}"
    if row.state == CLOSED:
        return (
            f"{plural(candidates, 'person was,people were')} named by several"
            if candidates
            else "Nothing can be told of this round"
        )
    return str(row)


def candidates_of(request: HttpRequest, row: Nomination) -> list[Candidate]:
    """Those of whom something is told, by name: their order says nothing."""
    rows = Candidate.objects.visible_to(actor_of(request)).filter(nomination=row).select_related("person")
    return list(rows.order_by("person__name", "person_id"))


def banded(rows: list[Candidate]) -> list[tuple[str, list[str]]]:
    """Each band with the names in it, the highest first."""
    found: dict[tuple[int, str], list[str]] = {}
    for row in rows:
        found.setdefault((-row.least, row.band), []).append(row.person.name)
    return [(words, names) for (_, words), names in sorted(found.items())]


@gate("nominations.change")
@require_POST
def open_nomination(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)

    def act() -> str:
        row.open(by=actor_of(request), at=timezone.now())
        return f"Open: {plural(row.asked, 'person is,people are')} asked, on their page “For me”."

    return pages.do(request, act, back=page_of(program_of(request), pk))


@gate("nominations.change")
@require_POST
def close_nomination(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)

    def act() -> str:
        close(row, by=actor_of(request), at=timezone.now())
        return "Closed. Who was named by several stands below, for you alone."

    return pages.do(request, act, back=page_of(program_of(request), pk))


@gate("nominations.change")
def cancel_nomination(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a round from which nobody is chosen."""
    row, program = own(request, pk), program_of(request)
    back = page_of(program, pk)

    def save(values: dict[str, Any]) -> str:
        cancel(row, why=values["why"], by=actor_of(request), at=timezone.now())
        return "Cancelled. Who named whom is deleted; it cannot be brought back."

    return pages.ask(
        request, CancelForm(request.POST or None), save, title="Cancel the round",
        question="Why is nobody chosen from it? Who named whom is deleted at once; there is no way back.", back=back,
        crumbs=[("Nominations", _list(program)), (str(row), back)], label="Cancel the round",
    )  # fmt: skip


def own(request: HttpRequest, pk: int) -> Nomination:
    return Nomination.objects.get_for(actor_of(request), program=program_of(request), pk=pk)


def _list(program: Program) -> str:
    return reverse("coalition:nominations", kwargs={"program": program.slug})


def page_of(program: Program, pk: int) -> str:
    return reverse("coalition:nomination", kwargs={"program": program.slug, "pk": pk})
