"""What is done in a search: opened, seats offered and answered, sessions and contributions recorded, decided."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.journal.models import Entry
from commonground.organization.models import Person
from commonground.programs import pages, register
from commonground.programs.middleware import program_of
from commonground.realignment.solution_forms import (
    ContributionForm,
    DecisionForm,
    FreeForm,
    HoursForm,
    InviteForm,
    OpenForm,
    OutcomeForm,
    QuestionForm,
    SessionForm,
)
from commonground.realignment.solution_views import may_agree_for
from commonground.realignment.solutions import Contribution, Seat, Session, Solution
from commonground.ui.words import day as written_day

ANSWERS = {"yes": True, "no": False, "open": None}


def _list(request: HttpRequest) -> str:
    return reverse("realignment:solutions", kwargs={"program": program_of(request).slug})


def _page(request: HttpRequest, pk: int) -> str:
    return reverse("realignment:solution", kwargs={"program": program_of(request).slug, "pk": pk})


def _solution(request: HttpRequest, pk: int) -> Solution:
    return Solution.objects.get_for(actor_of(request), program=program_of(request), pk=pk)


def _crumbs(request: HttpRequest, row: Solution) -> list[tuple[str, str]]:
    return [("Solutions", _list(request)), (str(row)[:60], _page(request, row.pk))]


def _of(request: HttpRequest, model: Any, pk: int) -> Any:
    return model.objects.get_for(actor_of(request), solution__program=program_of(request), pk=pk)


@gate("solutions.change")
def open_solution(request: HttpRequest) -> HttpResponse:
    actor, program = actor_of(request), program_of(request)
    form = OpenForm(
        request.POST or None, program=program, actor=actor, initial={"workflow": request.GET.get("workflow", "")}
    )
    made: list[int] = []

    def save(values: dict[str, Any]) -> str:
        row = Solution.objects.open(
            values["workflow"], question=values["question"], options=values["options"], by=actor, at=timezone.now()
        )
        made.append(row.pk)
        return "The search is open. Offer seats to those whose work it concerns."

    return pages.ask(
        request,
        form,
        save,
        title="Open a search",
        question="What must be found out, and for which workflow?",
        back=_list(request),
        crumbs=[("Solutions", _list(request))],
        label="Open it",
        to=lambda: _page(request, made[0]),
    )


@gate("solutions.change")
def change_solution(request: HttpRequest, pk: int) -> HttpResponse:
    row = _solution(request, pk)
    form = QuestionForm(request.POST or None, initial={"question": row.question, "options": row.options})

    def save(values: dict[str, Any]) -> str:
        changed = row.change(values, by=actor_of(request), at=timezone.now())
        return "Changed." if changed else "Nothing was different, so nothing was changed."

    return pages.ask(
        request,
        form,
        save,
        title="Question and options",
        question="What must be found out, and which ways are open?",
        back=_page(request, pk),
        crumbs=_crumbs(request, row),
    )


@gate("solutions.change")
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Offers a seat to somebody named in a form."""
    row, actor = _solution(request, pk), actor_of(request)

    def save(values: dict[str, Any]) -> str:
        row.offer_seat(values["person"], by=actor, at=timezone.now())
        return f"A seat is offered to {values['person']}. It counts as taking part once they have been in a session."

    return pages.ask(
        request,
        InviteForm(request.POST or None, actor=actor),
        save,
        title="Offer a seat",
        question="Whose work does it concern, and who is missing?",
        back=_page(request, pk),
        crumbs=_crumbs(request, row),
        label="Offer it",
    )


@gate("solutions.change")
@require_POST
def offer_seat(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """One click beside somebody who is missing."""
    row = _solution(request, pk)
    invited = Person.objects.get_for(actor_of(request), pk=person)

    def act() -> str:
        row.offer_seat(invited, by=actor_of(request), at=timezone.now())
        return f"A seat is offered to {invited}. It counts as taking part once they have been in a session."

    return pages.do(request, act, back=_page(request, pk))


@gate("solutions.take_part")
@require_POST
def consent(request: HttpRequest, pk: int, answer: str) -> HttpResponse:
    """One's own answer, or one noted by whoever keeps the search."""
    seat: Seat = _of(request, Seat, pk)
    actor = actor_of(request)
    if seat.person_id != actor.person and not actor.may("solutions.change"):
        raise Http404

    def act() -> str:
        seat.record_consent(ANSWERS[answer], by=actor, at=timezone.now())
        return {
            "yes": "Noted: yes, with a seat.",
            "no": "Noted: no. That is all right.",
            "open": "Noted: no answer yet.",
        }[answer]

    return pages.do(request, act, back=_page(request, seat.solution_id))


@gate("seats.agree")
@require_POST
def manager_agrees(request: HttpRequest, pk: int, answer: str) -> HttpResponse:
    seat = _seat_of_mine(request, pk)

    def act() -> str:
        seat.manager_agrees(ANSWERS[answer], by=actor_of(request), at=timezone.now())
        return f"Noted for {seat.person}."

    return pages.do(request, act, back=_page(request, seat.solution_id))


def _seat_of_mine(request: HttpRequest, pk: int) -> Seat:
    """A seat for whose time the actor may speak; 404 otherwise."""
    seat: Seat = _of(request, Seat, pk)
    if seat.person_id not in may_agree_for(actor_of(request), [seat.person_id], timezone.localdate()):
        raise Http404
    return seat


@gate("seats.agree")
def agree_hours(request: HttpRequest, pk: int) -> HttpResponse:
    seat = _seat_of_mine(request, pk)

    def save(values: dict[str, Any]) -> str:
        seat.agree_hours(values["hours"], by=actor_of(request), at=timezone.now())
        return f"Hours noted for {seat.person}."

    return pages.ask(
        request,
        HoursForm(request.POST or None, initial={"hours": seat.hours_per_week}),
        save,
        title=f"Hours of {seat.person}",
        question="How much time a week is given for this search?",
        back=_page(request, seat.solution_id),
        crumbs=_crumbs(request, seat.solution),
    )


@gate("solutions.change")
def free_seat(request: HttpRequest, pk: int) -> HttpResponse:
    seat: Seat = _of(request, Seat, pk)

    def save(values: dict[str, Any]) -> str:
        seat.free(on=values["on"], by=actor_of(request), at=timezone.now())
        return f"The seat of {seat.person} is free from {written_day(values['on'])}."

    return pages.ask(
        request,
        FreeForm(request.POST or None, initial={"on": timezone.localdate()}),
        save,
        title=f"Free the seat of {seat.person}",
        question="From which day on is the seat free?",
        back=_page(request, seat.solution_id),
        crumbs=_crumbs(request, seat.solution),
        label="Free it",
    )


@gate("solutions.change")
@require_POST
def take_again(request: HttpRequest, pk: int) -> HttpResponse:
    seat: Seat = _of(request, Seat, pk)

    def act() -> str:
        seat.take_again(by=actor_of(request), at=timezone.now())
        return f"{seat.person} has the seat on."

    return pages.do(request, act, back=_page(request, seat.solution_id))


@gate("solutions.change")
def record_session(request: HttpRequest, pk: int, session: int | None = None) -> HttpResponse:
    """Records a session, or puts one right."""
    row = _solution(request, pk)
    known: Session | None = _of(request, Session, session) if session is not None else None
    if known is not None and known.solution_id != row.pk:
        raise Http404
    initial: dict[str, Any] = {"on": timezone.localdate()}
    if known is not None:
        initial = {"on": known.on, "words": known.words, "people": list(known.people.all())}

    def save(values: dict[str, Any]) -> str:
        who: dict[str, Any] = {"by": actor_of(request), "at": timezone.now()}
        if known is None:
            row.record_session(**values, **who)
        else:
            known.change(**values, **who)
        return f"The session of {written_day(values['on'])} is recorded."

    return pages.ask(
        request,
        SessionForm(request.POST or None, solution=row, initial=initial),
        save,
        title="Record a session" if known is None else f"Session of {written_day(known.on)}",
        question="When did you meet, and who was there?",
        back=_page(request, pk),
        crumbs=_crumbs(request, row),
    )


@gate("solutions.take_part")
def contribute(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds a contribution: seat holders their own, who keeps the search that of any seat holder."""
    row, actor = _solution(request, pk), actor_of(request)
    keeps = actor.may("solutions.change")
    seated = row.seats.on(timezone.localdate()).filter(person=actor.person).exists()
    if not keeps and not seated:
        raise Http404
    form = ContributionForm(
        request.POST or None, solution=row, only=None if keeps else actor.person, initial={"on": timezone.localdate()}
    )

    def save(values: dict[str, Any]) -> str:
        person = values.get("person") or Person.objects.get_for(actor, pk=actor.person)
        row.add_contribution(person, words=values["words"], on=values["on"], by=actor, at=timezone.now())
        return f"Written down under the name of {person}."

    return pages.ask(
        request,
        form,
        save,
        title="Add a contribution",
        question="What was brought in, and by whom?",
        back=_page(request, pk),
        crumbs=_crumbs(request, row),
        label="Add it",
    )


@gate("solutions.change")
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    row: Contribution = _of(request, Contribution, pk)

    def save(values: dict[str, Any]) -> str:
        row.record_outcome(values["came_of_it"], by=actor_of(request), at=timezone.now())
        return f"{row.person} can read what came of it."

    return pages.ask(
        request,
        OutcomeForm(request.POST or None, initial={"came_of_it": row.came_of_it}),
        save,
        title="What came of it",
        question="What came of what was brought in?",
        back=_page(request, row.solution_id),
        crumbs=_crumbs(request, row.solution),
        remove=reverse("realignment:remove-contribution", kwargs={"program": program_of(request).slug, "pk": pk}),
    )


@gate("solutions.change")
@require_POST
def remove_contribution(request: HttpRequest, pk: int) -> HttpResponse:
    row: Contribution = _of(request, Contribution, pk)

    def act() -> str:
        register.remove(
            row, verb="removed a contribution", facts=("takes_part",), by=actor_of(request), at=timezone.now()
        )
        return "Removed. It can be put back at the foot of this page."

    return pages.do(request, act, back=_page(request, row.solution_id))


@gate("solutions.change")
@require_POST
def put_back_contribution(request: HttpRequest, entry: int) -> HttpResponse:
    actor, program = actor_of(request), program_of(request)
    kept = get_object_or_404(Entry.objects.visible_to(actor).select_related("values"), pk=entry, program=program.pk)
    solution = ((kept.values.data or {}).get("removed") or {}).get("solution_id")

    def act() -> str:
        register.put_back(kept, Contribution, facts=("takes_part",), by=actor, at=timezone.now())
        return "Put back."

    return pages.do(request, act, back=_page(request, solution) if solution else _list(request))


@gate("solutions.change")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    row = _solution(request, pk)

    def save(values: dict[str, Any]) -> str:
        row.decide(decision=values["decision"], on=values["on"], by=actor_of(request), at=timezone.now())
        return f"Decided on {written_day(values['on'])}. Tell first those who brought something in."

    return pages.ask(
        request,
        DecisionForm(
            request.POST or None, initial={"decision": row.decision, "on": row.decided or timezone.localdate()}
        ),
        save,
        title="Record the decision",
        question="What was decided, and when?",
        back=_page(request, pk),
        crumbs=_crumbs(request, row),
        label="Record it",
    )


@gate("solutions.change")
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    row = _solution(request, pk)

    def act() -> str:
        row.reopen(by=actor_of(request), at=timezone.now())
        return "The search is open again. The words of the decision stay to be read."

    return pages.do(request, act, back=_page(request, pk))
