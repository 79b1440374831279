"""Meetings of the champions: noted, planned, put right, removed and put back."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.coalition.champion_forms import MeetingForm
from commonground.coalition.meetings import Meeting
from commonground.journal.models import Entry
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.ui.words import day as written_day


def _list(request: HttpRequest) -> str:
    return f"{reverse('coalition:champions', kwargs={'program': program_of(request).slug})}#meetings"


@gate("champions.change")
def note_meeting(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """Notes a meeting, or puts one right."""
    actor, program = actor_of(request), program_of(request)
    row = Meeting.objects.get_for(actor, program=program, pk=pk) if pk is not None else None
    initial: dict[str, Any] = {"on": timezone.localdate()}
    if row is not None:
        initial = {"on": row.on, "words": row.words, "people": list(row.people.all())}

    def save(values: dict[str, Any]) -> str:
        at = timezone.now()
        if row is None:
            Meeting.objects.note(program, **values, by=actor, at=at)
        else:
            row.put_right(**values, by=actor, at=at)
        ahead = values["on"] > timezone.localdate()
        return f"The meeting of {written_day(values['on'])} is {'planned' if ahead else 'noted'}."

    return pages.ask(
        request,
        MeetingForm(request.POST or None, program=program, day=timezone.localdate(), initial=initial),
        save,
        title="Note a meeting" if row is None else f"Meeting of {written_day(row.on)}",
        question="When do champions meet, and who was there?",
        back=_list(request),
        crumbs=[("Champions", _list(request))],
        remove=reverse("coalition:remove-meeting", kwargs={"program": program.slug, "pk": row.pk}) if row else "",
    )


@gate("champions.change")
@require_POST
def remove_meeting(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = Meeting.objects.get_for(actor_of(request), program=program_of(request), pk=pk)

    def act() -> str:
        row.remove(by=actor_of(request), at=timezone.now())
        return "Removed. It can be put back at the foot of the page."

    return pages.do(request, act, back=_list(request))


@gate("champions.change")
@require_POST
def put_back_meeting(request: HttpRequest, entry: int) -> HttpResponseBase:
    actor, program = actor_of(request), program_of(request)
    kept = get_object_or_404(Entry.objects.visible_to(actor).select_related("values"), pk=entry, program=program.pk)

    def act() -> str:
        Meeting.put_back(kept, by=actor, at=timezone.now())
        return "Put back."

    return pages.do(request, act, back=_list(request))
