"""What is done about the team: people fixed or left off, asked, their answer and hours noted, a place freed; and the way back from each."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.coalition.models import Composition, Member
from commonground.coalition.team_forms import DivergenceForm, SomebodyForm, WishForm
from commonground.organization.models import Person
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.realignment.solution_forms import FreeForm, HoursForm
from commonground.realignment.solution_views import may_agree_for
from commonground.ui.words import day as written_day
from commonground.ui.words import plural

ANSWERS = {"yes": True, "no": False, "open": None}
WISHES = ("fix", "leave", "let-go")


def _address(request: HttpRequest, name: str) -> str:
    return reverse(f"coalition:{name}", kwargs={"program": program_of(request).slug})


def _back(request: HttpRequest, name: str) -> str:
    """Where the button stood: an address of this program, or the page of that name."""
    asked = request.POST.get("back", "")
    own = asked.startswith(f"/{program_of(request).slug}/") and url_has_allowed_host_and_scheme(asked, None)
    if own:
        return asked
    return _address(request, name) if actor_of(request).may("team.view") else f"/{program_of(request).slug}/"


def _crumbs(request: HttpRequest, *names: tuple[str, str]) -> list[tuple[str, str]]:
    return [(label, _address(request, name)) for label, name in names]


def _choice(request: HttpRequest) -> Composition:
    return Composition.objects.of(program_of(request))


@gate("team.change")
@require_POST
def wish(request: HttpRequest, person: int, wish: str) -> HttpResponse:
    """One click beside somebody: fixed, left off, or neither. Fields: `reason`, `back`."""
    actor, at = actor_of(request), timezone.now()
    row, who = _choice(request), Person.objects.get_for(actor, pk=person)

    def act() -> str:
        if wish == "let-go":
            row.let_go(who, by=actor, at=at)
            return f"{who} may be on the team or not, as it fits."
        row.wish(who, on=wish == "fix", reason=request.POST.get("reason", ""), by=actor, at=at)
        if wish == "fix":
            return f"{who} is on every proposal now."
        return f"{who} is on no proposal now. Who could stand for the same is below."

    return pages.do(request, act, back=_back(request, "compose"))


@gate("team.change")
def wish_somebody(request: HttpRequest) -> HttpResponse:
    """Fixes or leaves off somebody who is named in a form."""
    actor, row = actor_of(request), _choice(request)

    def save(values: dict[str, Any]) -> str:
        on = values["on"] == "fix"
        reason = values["reason"] or ("other" if values["words"] else "")
        row.wish(values["person"], on=on, reason=reason, words=values["words"], by=actor, at=timezone.now())
        return f"{values['person']} is on {'every' if on else 'no'} proposal now."

    return pages.ask(
        request,
        WishForm(request.POST or None, actor=actor),
        save,
        title="Fix or leave off somebody",
        question="Who must be on the team, or cannot be?",
        back=_address(request, "compose"),
        crumbs=_crumbs(request, ("Team", "team"), ("Compose", "compose")),
    )


@gate("team.change")
def divergence(request: HttpRequest) -> HttpResponse:
    """The question how far the change departs from how things are done."""
    row = _choice(request)

    def save(values: dict[str, Any]) -> str:
        row.say_divergence(values["divergence"], by=actor_of(request), at=timezone.now())
        return "Noted. What is advised stands below."

    return pages.ask(
        request,
        DivergenceForm(request.POST or None, initial={"divergence": str(row.divergence or "")}),
        save,
        title="How far the change departs",
        question="What is advised about whom to seat and whom to win first depends on it.",
        back=f"{_address(request, 'compose')}#advice",
        crumbs=_crumbs(request, ("Team", "team"), ("Compose", "compose")),
    )


@gate("team.change")
@require_POST
def unseat(request: HttpRequest) -> HttpResponse:
    """Takes the last asking back."""
    row = _choice(request)

    def act() -> str:
        if row.pk is None:
            return "Nobody has been asked."
        members, seats = row.unseat(by=actor_of(request), at=timezone.now())
        kept = " Who has answered meanwhile stays." if members or seats else ""
        return (
            f"Taken back: {plural(members, 'place,places')} on the team and {plural(seats, 'seat')} in searches.{kept}"
        )

    return pages.do(request, act, back=_address(request, "compose"))


@gate("team.change")
def ask_member(request: HttpRequest) -> HttpResponse:
    """Asks somebody who is named in a form."""
    actor = actor_of(request)

    def save(values: dict[str, Any]) -> str:
        Member.objects.ask(program_of(request), values["person"], by=actor, at=timezone.now())
        return f"{values['person']} is asked to join the team, and answers on their own page."

    return pages.ask(
        request,
        SomebodyForm(request.POST or None, actor=actor),
        save,
        title="Ask somebody to join the team",
        question="Who is missing at the table?",
        back=_address(request, "team"),
        crumbs=_crumbs(request, ("Team", "team")),
        label="Ask them",
    )


def _member(request: HttpRequest, pk: int) -> Member:
    return Member.objects.get_for(actor_of(request), program=program_of(request), pk=pk)


def _time_of(request: HttpRequest, pk: int) -> Member:
    """A member for whose time the actor may speak; 404 otherwise."""
    row = _member(request, pk)
    if row.person_id not in may_agree_for(actor_of(request), [row.person_id], timezone.localdate()):
        raise Http404
    return row


@gate("solutions.take_part")
@require_POST
def member_consent(request: HttpRequest, pk: int, answer: str) -> HttpResponse:
    """One's own answer, or one noted by whoever composes the team."""
    row, actor = _member(request, pk), actor_of(request)
    own = row.person_id == actor.person
    if not own and not actor.may("team.change"):
        raise Http404

    def act() -> str:
        row.record_consent(ANSWERS[answer], by=actor, at=timezone.now())
        if answer == "yes":
            return "Thank you. You are on the team." if own else f"Noted: {row.person} is on the team."
        return "Noted: no. That is all right." if answer == "no" else "Noted: no answer yet."

    return pages.do(request, act, back=_back(request, "team"))


@gate("seats.agree")
@require_POST
def member_manager(request: HttpRequest, pk: int, answer: str) -> HttpResponse:
    row = _time_of(request, pk)

    def act() -> str:
        row.manager_agrees(ANSWERS[answer], by=actor_of(request), at=timezone.now())
        return f"Noted for {row.person}."

    return pages.do(request, act, back=_back(request, "team"))


@gate("seats.agree")
def member_hours(request: HttpRequest, pk: int) -> HttpResponse:
    row = _time_of(request, pk)

    def save(values: dict[str, Any]) -> str:
        row.agree_hours(values["hours"], by=actor_of(request), at=timezone.now())
        return f"Hours noted for {row.person}."

    form = HoursForm(request.POST or None, initial={"hours": row.hours_per_week})
    return _about(request, row, form, save, f"Hours of {row.person}", "How much time a week is given for the team?")


@gate("team.change")
def free_member(request: HttpRequest, pk: int) -> HttpResponse:
    row = _member(request, pk)

    def save(values: dict[str, Any]) -> str:
        row.free(on=values["on"], by=actor_of(request), at=timezone.now())
        return f"The place of {row.person} is free from {written_day(values['on'])}."

    form = FreeForm(request.POST or None, initial={"on": timezone.localdate()})
    return _about(request, row, form, save, f"Free the place of {row.person}", "From which day on is it free?")


def _about(
    request: HttpRequest, row: Member, form: Any, save: Callable[[dict[str, Any]], str], title: str, question: str
) -> HttpResponse:
    return pages.ask(
        request,
        form,
        save,
        title=title,
        question=question,
        back=_address(request, "team"),
        crumbs=_crumbs(request, ("Team", "team")),
    )


@gate("team.change")
@require_POST
def member_again(request: HttpRequest, pk: int) -> HttpResponse:
    row = _member(request, pk)

    def act() -> str:
        row.take_again(by=actor_of(request), at=timezone.now())
        return f"{row.person} has the place on."

    return pages.do(request, act, back=_address(request, "team"))
