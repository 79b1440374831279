"""Triage: the next voice that nobody has read, all that is decided about it in one form, and the next one after saving."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.analysis.alike import like
from commonground.programs.middleware import program_of
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.ui.asked import id_asked
from commonground.ui.words import plural
from commonground.voice import working
from commonground.voice.forms import TriageForm
from commonground.voice.listing import ORDER
from commonground.voice.models import Topic, Voice
from commonground.voice.naming import may_name
from commonground.voice.states import WAITING
from commonground.voice.views import line_of
from commonground.voice.voices import VoiceQuerySet
from commonground.voice.where import places_on

MOST_COMPARED, MOST_SHOWN = 200, 5  # 200 texts take some 50 ms; what was said before that has its topic


def unread(program: Program, actor: Actor) -> VoiceQuerySet:
    """What waits and was not triaged, the oldest first."""
    rows = Voice.objects.of(program).visible_to(actor).filter(state__in=WAITING, triaged_on=None)
    return rows.order_by("raised_on", "pk")


def alike(row: Voice) -> list[Voice]:
    """The latest voices of the program that say nearly the same, the likest first."""
    others = list(
        Voice.objects.of(row.program)
        .exclude(pk=row.pk)
        .exclude(words="")
        .select_related("topic")
        .order_by("-raised_on", "pk")[:MOST_COMPARED]
    )
    return [others[found.at] for found in like(row.words, [one.words for one in others])[:MOST_SHOWN]]


@gate("voices.triage")
def triage(request: HttpRequest) -> HttpResponse:
    """What is this, who takes it on, and who may read it? `?voice=` names one; `?after=` skips to the next."""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    waiting = unread(program, actor)
    row = _asked(request, program, actor, waiting)
    if row is None:
        return render(request, "voice/triaged.html", {"any": Voice.objects.of(program).visible_to(actor).exists()})
    near = alike(row)
    form = TriageForm(request.POST or None, voice=row, alike=near, initial=_initial(row, day))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _save(row, form.cleaned_data, {"by": actor, "at": timezone.now()}, near)
        except CannotError as refused:
            form.add_error(None, str(refused))
        else:
            served = (
                f" The answer to “{row.topic}” serves it." if row.topic is not None and row.topic.answered_on else ""
            )
            messages.success(request, f"Saved: {row}.{served}")
            return redirect("voice:triage", program=program.slug)
    values = {
        "form": form,
        "voice": row,
        "line": line_of(row, day, places_on(day), own=True),
        "near": near,
        "names": may_name(row.words),
        "heading": _heading(row, waiting.count()),
        "skip": _skip(row, waiting, program),
    }
    return render(request, "voice/triage.html", values, status=422 if form.is_bound else 200)


def _heading(row: Voice, left: int) -> str:
    if row.triaged_on is not None:
        return "This voice was read before"
    return f"{plural(left, 'voice')} to read" if left > 1 else "One voice to read"


def _asked(request: HttpRequest, program: Program, actor: Actor, waiting: VoiceQuerySet) -> Voice | None:
    wanted = request.GET.get("voice", "")
    if wanted:
        pk = id_asked(wanted)
        return Voice.objects.of(program).filter(withdrawn=False).get_for(actor, pk=pk if pk is not None else 0)
    return waiting.select_related("author", "raised_by", "workflow", "topic").first()


def _skip(row: Voice, waiting: VoiceQuerySet, program: Program) -> str:
    """The address of the one after this; empty for the last."""
    later = ORDER._beyond((row.raised_on, row.pk))
    following = waiting.filter(later).first()
    return f"{reverse('voice:triage', kwargs={'program': program.slug})}?voice={following.pk}" if following else ""


def _initial(row: Voice, day: Any) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "owner": row.owner_id,
        "due": row.due or working.due_for(row, day),
        "topic": row.topic_id,  # what is alike is only proposed: an answered topic would answer it at once
        "publish": row.published,
        "public_words": row.public_words or row.words,
    }


def _save(row: Voice, given: dict[str, Any], who: dict[str, Any], near: list[Voice]) -> None:
    working.triage(row, kind=given["kind"], **who)
    if given["publish"]:
        working.publish(row, words=given["public_words"], **who)
    elif row.published:
        working.unpublish(row, **who)
    if given["owner"] is not None and (given["owner"].pk, given["due"]) != (row.owner_id, row.due):
        working.give(row, owner=given["owner"], due=given["due"], **who)
    topic = given["topic"]
    if name := given["new_topic"].strip():
        topic = Topic.objects.open(row.program, name=name, **who)
    if topic != row.topic:
        working.join(row, topic, **who)
    chosen = set(given.get("alike") or ())
    if topic is not None:
        working.serve_many([one for one in near if one.pk in chosen and one.topic_id != topic.pk], topic, **who)
