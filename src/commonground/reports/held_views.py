"""“What is held on me”: to read, to take away, to ask about; and the requests that a change lead answers."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from commonground.access.gate import actor_of, gate
from commonground.accounts.models import User
from commonground.organization.models import Person
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.reports.asking import ANSWERS, KINDS, OPEN, DataRequest
from commonground.reports.held import as_archive, as_json, held_of, shown, statement
from commonground.ui.forms import Form
from commonground.ui.words import plural

ON_A_PAGE = 20  # rows of one kind; the files hold all


@gate("held.view")
@require_safe
def held(request: HttpRequest) -> HttpResponseBase:
    """What is held on the person who asks? With `?format=json` or `zip` to take away."""
    actor, today = actor_of(request), timezone.localdate()
    user = User.objects.get_for(actor, pk=actor.user)
    person = Person.objects.visible_to(actor).filter(pk=actor.person).first() if actor.person is not None else None
    found = held_of(user, person)
    asked, name = request.GET.get("format", ""), f"held-on-{user.username}-{today:%Y-%m-%d}"
    if asked == "json":
        return _file(as_json(found, name=user.name, day=today), f"{name}.json", "application/json")
    if asked == "zip":
        return _file(as_archive(found, name=user.name, day=today), f"{name}.zip", "application/zip")
    kinds = shown(found, ON_A_PAGE)
    values = {
        "statement": statement(found),
        "kinds": [one for one in kinds if one.held.rows],
        "empty": [one for one in kinds if not one.held.rows],
        "nothing": [one for one in kinds if not one.held.rows and not one.held.hidden],
        "person": person,
        "requests": DataRequest.objects.visible_to(actor).filter(user=actor.user, program=program_of(request)),
    }
    return _private(render(request, "reports/held.html", values))


def _file(content: str | bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    """Kept by no browser and no proxy: the next person at a shared machine must not find it."""
    response["Cache-Control"] = "no-store"
    return response


class AskForm(Form):
    """kind: what somebody wants; words: of what."""

    kind = forms.ChoiceField(label="What do you ask for?", choices=list(KINDS.items()), widget=forms.RadioSelect)
    words = forms.CharField(
        label="What is it about?",
        max_length=4000,
        widget=forms.Textarea,
        help_text="Such as: my level is wrong since March. The change lead reads it; the journal keeps only that you asked.",
    )


@gate("held.view")
def ask(request: HttpRequest) -> HttpResponse:
    """What is wrong with what is held on you, or what should go?"""
    actor, program = actor_of(request), program_of(request)
    back = reverse("reports:held", kwargs={"program": program.slug})

    def save(values: dict[str, Any]) -> str:
        row = DataRequest.objects.ask(program, kind=values["kind"], words=values["words"], by=actor, at=timezone.now())
        return f"The change lead has your request and answers by {row.due:%-d %B %Y}. The answer stands here; you can withdraw it."

    return pages.ask(
        request,
        AskForm(request.POST or None),
        save,
        title="Ask about what is held on you",
        question="What is wrong, should go, or needs explaining? You can also ask the change lead in person.",
        back=f"{back}#requests",
        crumbs=[("What is held on you", back)],
        label="Send it to the change lead",
    )


@gate("held.view")
@require_POST
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraws one's own request, or asks again: what the field `step` says."""
    actor, slug, at = actor_of(request), program_of(request).slug, timezone.now()
    row = DataRequest.objects.get_for(actor, program=program_of(request), pk=pk)
    steps: dict[str, Callable[[], None]] = {
        "withdraw": lambda: row.withdraw(by=actor, at=at),
        "again": lambda: row.ask_again(by=actor, at=at),
    }
    step = request.POST.get("step", "")
    if step not in steps or (row.user_id != actor.user and step == "withdraw"):
        raise Http404

    def act() -> str:
        steps[step]()
        return "Withdrawn. You can ask again." if step == "withdraw" else "It is open again."

    own = row.user_id == actor.user
    back = reverse("reports:held" if own else "reports:requests", kwargs={"program": slug})
    return pages.do(request, act, back=f"{back}#requests" if own else back)


@gate(ANSWERS)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Who asks about the data on them, and until when is it to be answered?"""
    rows = DataRequest.objects.visible_to(actor_of(request)).filter(program=program_of(request)).select_related("user")
    waiting = [row for row in rows if row.state == OPEN]
    values = {
        "statement": f"{plural(len(waiting), 'request')} about data {'waits' if len(waiting) == 1 else 'wait'} for an answer",
        "waiting": waiting,
        "ended": [row for row in rows if row.state != OPEN][-50:],
    }
    return render(request, "reports/requests.html", values)


class AnswerForm(Form):
    """words: what the person reads."""

    words = forms.CharField(label="Your answer", max_length=4000, widget=forms.Textarea)


@gate(ANSWERS)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done about a request, or why not?"""
    actor, program = actor_of(request), program_of(request)
    row = DataRequest.objects.get_for(actor, program=program, pk=pk)
    back = reverse("reports:requests", kwargs={"program": program.slug})

    def save(values: dict[str, Any]) -> str:
        row.reply(values["words"], by=actor, at=timezone.now())
        return "Answered. The person reads it on their own page."

    return pages.ask(
        request,
        AnswerForm(request.POST or None),
        save,
        title=f"{row.user}: {row.get_kind_display().lower()}",
        question=f"“{row.words}” Asked on {timezone.localdate(row.asked_at):%-d %B %Y}; to be answered by {row.due:%-d %B %Y}. Entries of "
        "the register are put right on their pages. Names and reasons in the journal are erased with `commonground journal erase`.",
        back=back,
        crumbs=[("Privacy", reverse("reports:privacy", kwargs={"program": program.slug})), ("Requests", back)],
        label="Answer",
    )
