"""The page on which events are let go from a log while what was observed of them stays."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from commonground.access.gate import actor_of, gate
from commonground.adoption.letting_go import decide
from commonground.adoption.models import LetGo
from commonground.adoption.tasks import take_out_task
from commonground.events.models import Log
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.ui.forms import Form
from commonground.ui.words import day as written_day
from commonground.ui.words import plural


class LetGoForm(Form):
    """before: the first day whose week is still read."""

    before = forms.DateField(
        label="Let go of files that end before the week of",
        help_text="A file with events of that week or later stays whole. The weeks before are kept as they were observed.",
    )
    why = forms.CharField(
        label="Why",
        max_length=300,
        help_text="Such as: the agreement lets us keep events for a year. The journal keeps it.",
    )


@gate("events.import")
def let_go_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Which events need not be kept any longer?"""
    actor, slug = actor_of(request), program_of(request).slug
    log = Log.objects.get_for(actor, pk=pk)
    row = LetGo.objects.filter(log=log).first()

    def save(values: dict[str, Any]) -> str:
        old = decide(log, before=values["before"], why=values["why"], by=actor, at=timezone.now())
        take_out_task.enqueue(log.pk, actor.user)
        return f"{plural(len(old), 'file')} of {log} {'goes' if len(old) == 1 else 'go'} behind the page; what was observed stays."

    held = f" Weeks before {written_day(row.before)} are kept as they were observed." if row else ""
    return pages.ask(
        request,
        LetGoForm(request.POST or None),
        save,
        title=f"Let events of {log} go",
        question=f"Which events need not be kept any longer? A file that was wrong is undone instead, on its own page.{held}",
        back=reverse("intake:log", kwargs={"program": slug, "pk": pk}),
        crumbs=[("Event logs", reverse("intake:logs", kwargs={"program": slug}))],
        label="Let them go for good",
    )
