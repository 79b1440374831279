"""Working a finding: give it to somebody, put it aside, take it up again, make it an activity."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.guidance.forms import ActivityForm, AssignForm, DismissForm
from commonground.guidance.models import Finding
from commonground.guidance.states import NotNowError
from commonground.programs.middleware import program_of
from commonground.programs.models import Activity


def _finding(request: HttpRequest, pk: int) -> Finding:
    actor = actor_of(request)
    return Finding.objects.all().get_for(actor, pk=pk, program=program_of(request))


def _back(request: HttpRequest, finding: Finding) -> HttpResponse:
    """To the list that one came from, with the finding still open."""
    kept = request.POST.get("back", "")
    url = reverse("guidance:inbox", kwargs={"program": finding.program.slug})
    if kept.startswith(url) and url_has_allowed_host_and_scheme(kept, allowed_hosts=None):
        return redirect(kept)
    return redirect(f"{url}?{urlencode({'open': finding.pk})}")


def _do(request: HttpRequest, finding: Finding, work: Callable[[], None], said: str) -> HttpResponse:
    try:
        work()
    except NotNowError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return _back(request, finding)


def _refused(request: HttpRequest, finding: Finding, form: Form) -> HttpResponse:
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
    return _back(request, finding)


@require_POST
@gate("findings.work")
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a finding to somebody, or hands it on."""
    finding, actor = _finding(request, pk), actor_of(request)
    form = AssignForm(request.POST, actor=actor, prefix="assign")
    if not form.is_valid():
        return _refused(request, finding, form)
    to, due = form.cleaned_data["chosen"], form.cleaned_data["due"]
    return _do(
        request, finding, lambda: finding.assign(to=to, due=due, by=actor, at=timezone.now()), f"{to} has it now."
    )


@require_POST
@gate("findings.work")
def hand_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a finding nobody's again."""
    finding, actor = _finding(request, pk), actor_of(request)
    return _do(
        request, finding, lambda: finding.hand_back(by=actor, at=timezone.now()), "It waits for somebody to take it on."
    )


@require_POST
@gate("findings.work")
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a finding aside for a while."""
    finding, actor = _finding(request, pk), actor_of(request)
    form = DismissForm(request.POST, prefix="dismiss")
    if not form.is_valid():
        return _refused(request, finding, form)
    reason, until = form.cleaned_data["reason"], form.cleaned_data["until"]
    return _do(
        request,
        finding,
        lambda: finding.dismiss(reason=reason, until=until, by=actor, at=timezone.now()),
        "Put aside. It comes back by itself.",
    )


@require_POST
@gate("findings.work")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a dismissal back."""
    finding, actor = _finding(request, pk), actor_of(request)
    return _do(request, finding, lambda: finding.reopen(by=actor, at=timezone.now()), "It is open again.")


@require_POST
@gate("activities.change")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a finding an activity of the program."""
    finding, actor, now = _finding(request, pk), actor_of(request), timezone.now()
    form = ActivityForm(request.POST, prefix="plan")
    if not form.is_valid():
        return _refused(request, finding, form)
    given = form.cleaned_data

    def work() -> None:
        finding.refuse_to_plan()
        with transaction.atomic():
            activity = finding.program.add(
                Activity(
                    program=finding.program,
                    key=Activity.new_key(),
                    kind="answer to a finding",
                    words=given["words"],
                    unit=finding.unit,
                    practice=finding.practice,
                    owner=finding.person,
                    start=given["start"],
                    end=given["end"],
                ),
                by=actor,
                at=now,
            )
            finding.plan(activity=activity, by=actor, at=now)

    return _do(request, finding, work, "It is an activity of the program now.")
