"""“What changes for me”: one's own page, and the steps from reading to having seen it. Nobody opens anybody else's."""

from collections.abc import Callable

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.assessments.asking_me import rounds_asking
from commonground.coalition.asked_of_me import asked_of
from commonground.coalition.leading_me import leading_me
from commonground.coalition.models import Member
from commonground.communication.messages_for import messages_for
from commonground.communication.said_for_me import to_say
from commonground.communication.talk_views import open_talks
from commonground.organization.models import Person
from commonground.plan.delivering import to_deliver
from commonground.programs.middleware import as_of, program_of
from commonground.programs.pages import do
from commonground.realignment.models import Acknowledgement, RoleFate
from commonground.reports.for_me import first_name, for_me, statement

STEPS = {
    "read": "Noted: you have read it. Next, talk it over with your manager.",
    "discussed_holder": "Noted: you have talked it over.",
    "acknowledged": "Thank you. It says that you have seen it, and nothing more.",
}


@gate("for_me.view")
def page(request: HttpRequest) -> HttpResponseBase:
    """What has been told to the person who asks, and what is theirs to do about it."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    found = for_me(actor, program, day)
    if found is None:
        return render(request, "reports/for_me_nobody.html", {})
    values = {
        "me": found,
        "title": f"{greeting(timezone.localtime().hour)}, {first_name(found.person.name)}. {statement(found)}",
        "ask": found.manager or "the change lead of this program",
        "may_print": actor.may("team_sheet.view"),
        "may_raise": actor.may("voices.raise"),
        "leading": leading_me(actor, program, timezone.localdate()),
        "told_to_me": messages_for(actor, program, timezone.localdate()),
        "to_say": to_say(actor, program, timezone.localdate()),
        "talks": open_talks(actor, program, timezone.localdate()),
        "delivers": to_deliver(actor, program, timezone.localdate()),
        "coalition": asked_of(actor, program, timezone.localdate()),
        "answers": (("yes", "Yes, I join"), ("no", "No")),
        "memberships": Member.objects.of(actor, program, timezone.localdate()),
        "to_agree": Member.objects.to_agree(actor, program, timezone.localdate()),
        "asked": rounds_asking(actor, program, timezone.localdate()) if actor.may("assessments.answer") else [],
    }
    return render(request, "reports/for_me.html", values)


def greeting(hour: int) -> str:
    """The greeting of an hour of the day; crews of the night shift are awake as well."""
    if 5 <= hour < 12:
        return "Good morning"
    return "Good afternoon" if 12 <= hour < 18 else "Good evening"


@gate("for_me.view")
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One's own step on a role's new words, or the way back from it. Fields: `step`, `undo`."""
    actor, program, at = actor_of(request), program_of(request), timezone.now()
    name = request.POST.get("step", "")
    if actor.person is None or name not in STEPS:
        raise Http404
    person = Person.objects.get_for(actor, pk=actor.person)
    told = RoleFate.objects.visible_to(actor).told().filter(program=program, role__assignments__person=person, pk=pk)
    fate = told.first()
    if fate is None:
        raise Http404

    def note() -> str:
        Acknowledgement.objects.note(fate, person=person, step=name, on=timezone.localdate(), by=actor, at=at)
        return STEPS[name]

    def undo() -> str:
        row = Acknowledgement.objects.get_for(actor, role_fate=fate, person=person)
        row.take_back(name, by=actor, at=at)
        return "Taken back."

    act: Callable[[], str] = undo if request.POST.get("undo") else note
    return do(request, act, back=f"{reverse('reports:for-me', kwargs={'program': program.slug})}#role")
