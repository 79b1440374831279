"""How a change is felt: what one has said and to whom, what was said to oneself. Nobody sees anybody else's."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access import policy
from commonground.access.gate import actor_of, gate
from commonground.access.roles import LEAD
from commonground.accounts.models import Grant, User
from commonground.organization.models import Assignment, Person, UnitPeriod
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Program
from commonground.programs.pages import ask, do
from commonground.realignment.models import HolderPath, Perception
from commonground.realignment.perception_forms import OfferForm, RaiseForm, SayForm

MOST = 100
SAID = "It is said to {}, and to nobody else. You can take it back at any time."


def page_url(program: Program) -> str:
    return reverse("realignment:perceptions", kwargs={"program": program.slug})


@gate("perceptions.raise")
def perceptions(request: HttpRequest) -> HttpResponseBase:
    """What was said to the one who asks and waits for a talk, and what they have said themselves."""
    actor, program = actor_of(request), program_of(request)
    rows = Perception.objects.visible_to(actor).filter(program=program).select_related("person", "to")
    to_me = [row for row in rows.to_me(actor).order_by("answered_on", "-raised_on", "-pk")[:MOST] if row.is_open]
    mine = list(rows.mine(actor).order_by("-raised_on", "-pk")[:MOST])
    waiting = sum(row.answered_on is None and not row.is_offer for row in to_me)
    values = {
        "title": _title(waiting, mine),
        "to_me": to_me,
        "mine": mine,
        "has_person": actor.person is not None,
        "may_offer": actor.may("conversations.record"),
        "reads": to_me or actor.may("perceptions.view"),
    }
    return render(request, "realignment/perceptions.html", values)


def _title(waiting: int, mine: list[Perception]) -> str:
    if waiting:
        return "Somebody waits for a talk with you" if waiting == 1 else f"{waiting} people wait for a talk with you"
    if any(row.is_offer and row.is_open for row in mine):
        return "You are offered a talk"
    return "How it feels is yours to say, and to whom"


@gate("perceptions.raise")
def perception_raise(request: HttpRequest) -> HttpResponseBase:
    """Says how a change is felt, to one person of one's choice."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    person = Person.objects.visible_to(actor).filter(pk=actor.person).first() if actor.person is not None else None
    if person is None:
        raise Http404
    form = RaiseForm(request.POST or None, readers=readers_for(person, program, day))

    def save(values: dict[str, Any]) -> str:
        row = Perception.objects.raise_to(program, person=person, by=actor, at=timezone.now(), **values)
        return SAID.format(row.to)

    return ask(
        request,
        form,
        save,
        title="Say how it feels, to one person",
        question="You choose who reads it. Kept are the day and the two of you; words only if you write any.",
        back=page_url(program),
        crumbs=[("How it feels", page_url(program))],
        label="Say it",
    )


def readers_for(person: Person, program: Program, day: date) -> list[tuple[int, str]]:
    """Those who are likely to be chosen and can sign in: one's manager, the one to come, who leads the unit, the change leads."""
    place = Assignment.objects.on(day).filter(person=person).select_related("manager").first()
    found: dict[int, str] = {}
    if place is not None and place.manager is not None:
        _add(found, place.manager.user_id, f"{place.manager}, your manager")
    told: Any = HolderPath.objects.all()
    for path in (
        told.told().filter(program=program, person=person, to_manager__isnull=False).select_related("to_manager")
    ):
        _add(found, path.to_manager.user_id, f"{path.to_manager}, your manager to come")
    around = _units_around(place, day)
    allowed = Q(role=LEAD) | Q(role__in=policy.VERBS["perceptions.view"] - {LEAD}, unit__in=around)
    for grant in Grant.objects.filter(allowed, user__is_active=True).select_related("user").order_by("role", "pk"):
        _add(found, grant.user_id, f"{grant.user}, {grant.get_role_display().lower()}")
    found.pop(person.user_id or 0, None)
    return list(found.items())


def _add(found: dict[int, str], user: int | None, words: str) -> None:
    if user is not None and User.objects.filter(pk=user, is_active=True).exists():
        found.setdefault(user, words)


def _units_around(place: Assignment | None, day: date) -> list[int]:
    """The unit of a person and all above it."""
    if place is None or place.unit_id is None:
        return []
    row = UnitPeriod.objects.on(day).filter(unit=place.unit_id).first()
    return [int(part) for part in row.path.split("/") if part] if row else [place.unit_id]


@gate("conversations.record")
def perception_offer(request: HttpRequest) -> HttpResponseBase:
    """Offers somebody a talk about how a change feels to them."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    form = OfferForm(request.POST or None, actor=actor, day=day)

    def save(values: dict[str, Any]) -> str:
        row = Perception.objects.offer(program, by=actor, at=timezone.now(), **values)
        return f"The talk is offered. {row.person} sees it on their page, and may take it up or let it be."

    return ask(
        request,
        form,
        save,
        title="Offer a talk",
        question="Only the day and the two of you are kept. Offer what has been told: nobody learns of a change from this.",
        back=page_url(program),
        crumbs=[("How it feels", page_url(program))],
        label="Offer the talk",
    )


@gate("perceptions.raise")
def perception_say(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The person writes to their reader, or puts it right; an offer is taken up with it."""
    actor, program = actor_of(request), program_of(request)
    row = Perception.objects.get_for(actor, program=program, pk=pk)
    if not row.is_of(actor):
        raise Http404
    form = SayForm(request.POST or None, initial={"words": row.words})

    def save(values: dict[str, Any]) -> str:
        row.say(by=actor, at=timezone.now(), **values)
        return SAID.format(row.to)

    return ask(
        request,
        form,
        save,
        title=f"You take up the talk with {row.to}" if row.is_offer else f"What {row.to} reads",
        question="Words are not needed: it is enough that you want the talk.",
        back=page_url(program),
        crumbs=[("How it feels", page_url(program))],
        label="Take up the talk" if row.is_offer else "Save",
    )


@gate("perceptions.raise")
@require_POST
def perception_step(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One step of the two: `respond`, `take_back`, `close`, `reopen`, `withdraw`."""
    actor, program, at = actor_of(request), program_of(request), timezone.now()
    row = Perception.objects.get_for(actor, program=program, pk=pk)
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        on = timezone.localdate()
    steps: dict[str, tuple[Callable[[], None], str]] = {
        "respond": (lambda: row.respond(on=on, by=actor, at=at), "Noted: you have talked. Nothing of what was said."),
        "take_back": (lambda: row.take_back_response(by=actor, at=at), "Taken back: it waits for a talk again."),
        "close": (lambda: row.close(by=actor, at=at), "It rests. What you wrote is deleted; the days stay."),
        "reopen": (lambda: row.reopen(by=actor, at=at), "It is open again. What you wrote before is gone."),
        "withdraw": (lambda: row.withdraw(by=actor, at=at), "Taken back, as if it had not been said."),
    }
    step, said = steps.get(request.POST.get("step", ""), (None, ""))
    if step is None:
        raise Http404
    act = step

    def run() -> str:
        act()
        return said

    return do(request, run, back=page_url(program))
