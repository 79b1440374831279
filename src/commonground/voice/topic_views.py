"""A topic: what several voices have in common, answered once for all of them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.programs.middleware import program_of
from commonground.programs.pages import ask, do
from commonground.ui.words import plural
from commonground.voice import working
from commonground.voice.forms import TopicForm, WordsForm
from commonground.voice.models import Topic, Voice
from commonground.voice.views import line_of, public_line
from commonground.voice.where import places_on


def _topic(request: HttpRequest, pk: int) -> Topic:
    return Topic.objects.get_for(actor_of(request), program=program_of(request), pk=pk)


def _page(request: HttpRequest, pk: int) -> str:
    return reverse("voice:topic", kwargs={"program": program_of(request).slug, "pk": pk})


@gate("voices.view")
def topic(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What do these voices have in common, and what is the answer to all of them?"""
    actor, day = actor_of(request), timezone.localdate()
    row, places = _topic(request, pk), places_on(day)
    seen = Voice.objects.visible_to(actor).filter(topic=row).select_related("owner", "topic", "author", "raised_by")
    own = set(Voice.objects.in_confidence(actor).filter(topic=row).values_list("pk", flat=True))
    rows = list(seen.order_by("raised_on", "pk")[:200])
    values = {
        "topic": row,
        "count": row.voices.filter(withdrawn=False).count(),
        "lines": [line_of(one, day, places, own=one.pk in own) for one in rows] if actor.may("voices.work") else [],
        "public": [public_line(one, places) for one in rows if one.published] if not actor.may("voices.work") else [],
        "may_triage": actor.may("voices.triage"),
        "answer_form": WordsForm(
            initial={"words": row.answer},
            label="The answer to all of them",
            hint="All read it; authors without a name with their code.",
        ),
    }
    return render(request, "voice/topic.html", values)


@gate("voices.triage")
def answer_topic(request: HttpRequest, pk: int) -> HttpResponse:
    row = _topic(request, pk)
    form = WordsForm(
        request.POST or None, initial={"words": row.answer}, label="The answer to all of them", hint="All read it."
    )

    def save(given: dict[str, Any]) -> str:
        count = working.answer_topic(row, words=given["words"], by=actor_of(request), at=timezone.now())
        return f"Answered. It serves {plural(count, 'more voice')}." if count else "The answer is put right."

    return _ask(request, form, save, row, "Answer the topic", "What is the answer to all of them?", "Answer all")


@gate("voices.triage")
def rename_topic(request: HttpRequest, pk: int) -> HttpResponse:
    row = _topic(request, pk)
    form = TopicForm(request.POST or None, initial={"name": row.name})

    def save(given: dict[str, Any]) -> str:
        return (
            "Renamed."
            if row.rename(given["name"], by=actor_of(request), at=timezone.now())
            else "Nothing was different."
        )

    return _ask(request, form, save, row, "Name of the topic", "What do these voices have in common?", "Save")


@gate("voices.triage")
def topic_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    row = _topic(request, pk)
    form = WordsForm(
        request.POST or None, initial={"words": row.came_of_it}, label="What came of it", hint="All read it."
    )

    def save(given: dict[str, Any]) -> str:
        row.say_what_came_of_it(given["words"], by=actor_of(request), at=timezone.now())
        return "All can read what came of it."

    return _ask(request, form, save, row, "What came of it", "What is different since it was said?", "Say it")


@gate("voices.triage")
@require_POST
def reopen_topic(request: HttpRequest, pk: int) -> HttpResponse:
    row = _topic(request, pk)
    if row.answered_on is None:
        raise Http404

    def act() -> str:
        working.reopen_topic(row, by=actor_of(request), at=timezone.now())
        return "Its voices wait again. The words of the answer stay to be put right."

    return do(request, act, back=_page(request, pk))


def _ask(request: HttpRequest, form: Any, save: Any, row: Topic, title: str, question: str, label: str) -> HttpResponse:
    back = _page(request, row.pk)
    crumbs = [("Voices", reverse("voice:list", kwargs={"program": program_of(request).slug})), (str(row)[:60], back)]
    return ask(request, form, save, title=title, question=question, back=back, crumbs=crumbs, label=label)
