"""What is done about champions: asked, answered for, given hours and groups, ended, rotated; meetings; a champion's own week."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.coalition.champion_forms import (
    AskForm,
    EndForm,
    GroupForm,
    GroupsForm,
    HoursForm,
    RotateForm,
    WeekForm,
)
from commonground.coalition.champions import ANSWERS, ATTRIBUTES, Champion
from commonground.coalition.meetings import HoursUsed
from commonground.coalition.reaching import Reaching
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.models import Program
from commonground.ui.words import day as written_day

SAID = {
    "yes": "Noted: yes. Their page is open to them.",
    "no": "Noted: no. That is all right.",
    "talk": "Noted: they would rather talk first.",
    "open": "Noted: no answer yet.",
}
MANAGER = {"yes": True, "no": False, "open": None}


def _list(request: HttpRequest) -> str:
    return reverse("coalition:champions", kwargs={"program": program_of(request).slug})


def _page(request: HttpRequest, pk: int) -> str:
    return reverse("coalition:champion", kwargs={"program": program_of(request).slug, "pk": pk})


def _mine(request: HttpRequest) -> str:
    return reverse("coalition:my-peers", kwargs={"program": program_of(request).slug})


def _crumbs(request: HttpRequest, row: Champion | None = None) -> list[tuple[str, str]]:
    above = [("Champions", _list(request))]
    return [*above, (str(row.person), _page(request, row.pk))] if row is not None else above


def champion_of(request: HttpRequest, pk: int) -> Champion:
    """The champion of an address, or 404."""
    rows = Champion.objects.select_related("person__user", "program")
    return rows.get_for(actor_of(request), program=program_of(request), pk=pk)


@gate("champions.change")
def ask_champion(request: HttpRequest) -> HttpResponseBase:
    """Asks somebody by hand. `?unit=…&level=…` say which group they are to carry."""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    attributes = list(Reaching.objects.of(program).attributes)
    initial = {name: request.GET.get(name, "") for name in (*ATTRIBUTES, "person")}
    form = AskForm(request.POST or None, actor=actor, attributes=attributes, day=day, initial=initial)

    def save(values: dict[str, Any]) -> str:
        Champion.objects.ask(
            values["person"],
            program=program,
            source=values["source"],
            why=values["why"],
            cell=form.cell(),
            hours=values["hours"],
            by=actor,
            at=timezone.now(),
        )
        return f"{values['person']} finds the question under “For me”. Nobody else sees it until they say yes."

    return pages.ask(
        request,
        form,
        save,
        title="Ask somebody to be a champion",
        question="Who, in this group, explains new ways of working so that others try them?",
        back=_list(request),
        crumbs=_crumbs(request),
        label="Ask them",
    )


@gate("champions.change")
@require_POST
def champion_said(request: HttpRequest, pk: int, answer: str) -> HttpResponseBase:
    """An answer that was given by word of mouth, noted by the change lead."""
    row = champion_of(request, pk)

    def act() -> str:
        row.answer(answer, by=actor_of(request), at=timezone.now())
        return SAID[answer]

    return pages.do(request, act, back=_page(request, pk))


@gate("champions.change")
@require_POST
def champion_manager(request: HttpRequest, pk: int, answer: str) -> HttpResponseBase:
    row = champion_of(request, pk)
    if answer not in MANAGER:
        raise Http404

    def act() -> str:
        row.manager_agrees(MANAGER[answer], by=actor_of(request), at=timezone.now())
        return f"Noted for {row.person}."

    return pages.do(request, act, back=_page(request, pk))


@gate("champions.change")
def champion_hours(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = champion_of(request, pk)

    def save(values: dict[str, Any]) -> str:
        row.agree_hours(values["hours"], by=actor_of(request), at=timezone.now())
        return f"Hours noted for {row.person}."

    return pages.ask(
        request,
        HoursForm(request.POST or None, initial={"hours": row.hours_per_week}),
        save,
        title=f"Hours of {row.person}",
        question="How much time a week is given for talking with peers?",
        back=_page(request, pk),
        crumbs=_crumbs(request, row),
    )


@gate("champions.change")
def champion_group(request: HttpRequest, pk: int) -> HttpResponseBase:
    row, program = champion_of(request, pk), program_of(request)
    attributes = list(dict.fromkeys([*Reaching.objects.of(program).attributes, *row.cell]))
    form = GroupForm(request.POST or None, attributes=attributes, day=timezone.localdate(), initial=row.cell)

    def save(values: dict[str, Any]) -> str:
        row.carry(form.cell(), by=actor_of(request), at=timezone.now())
        return f"Noted whom {row.person} carries."

    return pages.ask(
        request,
        form,
        save,
        title=f"The group of {row.person}",
        question="Whom do they carry, if not the group in which they work?",
        back=_page(request, pk),
        crumbs=_crumbs(request, row),
    )


@gate("champions.change")
def end_champion(request: HttpRequest, pk: int) -> HttpResponseBase:
    row, at = champion_of(request, pk), timezone.now()

    def save(values: dict[str, Any]) -> str:
        row.end_on(values["on"], by=actor_of(request), at=at)
        return f"{row.person} carries nobody from {written_day(values['on'])} on. A word of thanks is due."

    return pages.ask(
        request,
        EndForm(request.POST or None, initial={"on": timezone.localdate()}),
        save,
        title=f"End the time of {row.person}" if row.consent else f"Take the question to {row.person} back",
        question="From which day on do they carry nobody?",
        back=_page(request, pk),
        crumbs=_crumbs(request, row),
        label="End it" if row.consent else "Take it back",
        to=lambda: _list(request),
    )


@gate("champions.change")
@require_POST
def champion_again(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = champion_of(request, pk)

    def act() -> str:
        row.take_again(by=actor_of(request), at=timezone.now())
        return f"{row.person} carries on."

    return pages.do(request, act, back=_page(request, pk))


@gate("champions.change")
def rotate_champion(request: HttpRequest, pk: int) -> HttpResponseBase:
    row, actor = champion_of(request, pk), actor_of(request)

    def save(values: dict[str, Any]) -> str:
        row.rotate(to=values["to"], on=values["on"], by=actor, at=timezone.now())
        return f"{values['to']} is asked to follow {row.person}, who carries on until {written_day(values['on'])}."

    return pages.ask(
        request,
        RotateForm(request.POST or None, actor=actor, initial={"on": timezone.localdate()}),
        save,
        title=f"Somebody follows {row.person}",
        question="Who takes over the same people, and from when?",
        back=_page(request, pk),
        crumbs=_crumbs(request, row),
        label="Ask them",
        to=lambda: _list(request),
    )


@gate("champions.change")
def choose_groups(request: HttpRequest) -> HttpResponseBase:
    """What groups are told by, and what a talk takes."""
    row = Reaching.objects.of(program_of(request))
    initial = {"attributes": row.attributes, "minutes": row.minutes, "hours": row.hours}

    def save(values: dict[str, Any]) -> str:
        row.choose(**values, by=actor_of(request), at=timezone.now())
        return "Groups are counted anew."

    return pages.ask(
        request,
        GroupsForm(request.POST or None, initial=initial),
        save,
        title="How groups are told apart",
        question="By what do groups differ, and how much time does it take to carry one person?",
        back=_list(request),
        crumbs=_crumbs(request),
    )


def own_place(actor: Actor, program: Program) -> Champion | None:
    """The place of whoever asks, where they serve as champion today."""
    if actor.person is None:
        return None
    rows = Champion.objects.visible_to(actor).of(program).serving(timezone.localdate())
    return rows.filter(person=actor.person).select_related("person__user", "program").first()


def _own(request: HttpRequest) -> Champion:
    row = own_place(actor_of(request), program_of(request))
    if row is None:
        raise Http404
    return row


@gate("my_peers.view")
def note_week(request: HttpRequest) -> HttpResponseBase:
    """One's own hours and talks of this week."""
    row, day = _own(request), timezone.localdate()
    known = HoursUsed.objects.filter(champion=row, week__lte=day).first()
    same = known if known is not None and (day - known.week).days < 7 else None
    initial = {"hours": same.hours, "contacts": same.contacts, "words": same.words} if same else {}

    def save(values: dict[str, Any]) -> str:
        values["contacts"] = values["contacts"] or 0
        HoursUsed.objects.note(row, day=day, **values, by=actor_of(request), at=timezone.now())
        return "Noted. Thank you for the time."

    return pages.ask(
        request,
        WeekForm(request.POST or None, initial=initial),
        save,
        title="My week as a champion",
        question="How much time did it take, and with how many people did you talk? Never with whom.",
        back=_mine(request),
        crumbs=[("My peers", _mine(request))],
    )


@gate("my_peers.view")
@require_POST
def undo_week(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Takes one's own noted week back."""
    row = get_object_or_404(HoursUsed.objects.visible_to(actor_of(request)), pk=pk, champion=_own(request))

    def act() -> str:
        row.take_back(by=actor_of(request), at=timezone.now())
        return "Taken back."

    return pages.do(request, act, back=_mine(request))


@gate("my_peers.view")
@require_POST
def too_much(request: HttpRequest) -> HttpResponseBase:
    """Says that it is too much, or that it is fine again. Field: `undo`."""
    row, actor, at = _own(request), actor_of(request), timezone.now()

    def act() -> str:
        if request.POST.get("undo"):
            row.say_it_is_fine(by=actor, at=at)
            return "Good. The change lead sees that it is fine again."
        row.say_too_much(by=actor, at=at)
        return "The change lead sees it, and will talk with you. Thank you for saying so."

    return pages.do(request, act, back=_mine(request))


assert SAID.keys() == ANSWERS.keys()  # noqa: S101  every answer has words
