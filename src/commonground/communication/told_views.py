"""What customers told us: noted by hand, and what it became, a voice, a joint improvement, or nothing and why."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.communication.hiccup_forms import BeginForm, CloseForm, ToldForm, VoiceKindForm
from commonground.communication.messages import Message
from commonground.communication.tabs import CUSTOMERS, tabs_of
from commonground.communication.told import Told
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.register import removed_lately
from commonground.programs.row_views import Kind, register_urls
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset
from commonground.ui.words import spelled
from commonground.voice.models import Voice

VERB = "collaboration.change"
TOLD = Kind(
    Told,
    ToldForm,
    "word of customers",
    "told",
    "What did customers tell us, in words that name nobody?",
    space="communication",
    above=("Customers", "told"),
)
PAGE = Keyset(("-on", "-pk"), size=30)
HEADER = ("on", "customers", "how many", "by", "what they told us", "what it became")
STATES = {"open": "waits", "voice": "became a voice", "improvement": "became an improvement", "closed": "closed"}


@gate("collaboration.view")
def told(request: HttpRequest) -> HttpResponseBase:
    """What customers told us, the latest first."""
    actor, program = actor_of(request), program_of(request)
    rows: Any = Told.objects.visible_to(actor).filter(program=program).select_related("segment", "plan", "improvement")
    counts = {name: _in(rows, name).count() for name in STATES}
    state = request.GET.get("state", "")
    chosen = _in(rows, state) if state in STATES else rows
    if request.GET.get("format") == "csv":
        lines = ((one.on, one.who, one.many, one.get_channel_display(), one.words, became(one)) for one in chosen)
        return csv_response(f"{program.slug} what customers told us", HEADER, lines)
    page = PAGE.page(chosen, request.GET.get("after", ""))
    values = {
        "title": _title(counts),
        "page": page,
        "rows": [(one, state_of(one)) for one in page.rows],
        "voices": _voices(actor, page.rows),
        "messages_seen": _messages(actor, page.rows),
        "counts": [(name, label, counts[name]) for name, label in STATES.items()],
        "all": sum(counts.values()),
        "tabs": tabs_of(CUSTOMERS, actor, program),
        "can_change": actor.may(VERB),
        "removed": _removed(actor, program.pk),
    }
    return render(request, "communication/told.html", values)


def _in(rows: Any, state: str) -> Any:
    if state == "voice":
        return rows.exclude(voice=None)
    if state == "improvement":
        return rows.filter(voice=None).exclude(improvement=None)
    return rows.open() if state == "open" else rows.filter(voice=None, improvement=None).exclude(closed_on=None)


def state_of(row: Told) -> str:
    if row.voice_id:
        return "voice"
    return "improvement" if row.improvement_id else "closed" if row.closed_on else "open"


def became(row: Told) -> str:
    """What it became, in words."""
    return f"{STATES[state_of(row)]}{f': {row.why}' if row.closed_on and row.why else ''}"


def _voices(actor: Actor, rows: Any) -> set[int]:
    """Voices that the reader may open."""
    there = [row.voice_id for row in rows if row.voice_id]
    return set(Voice.objects.visible_to(actor).filter(pk__in=there).values_list("pk", flat=True))


def _messages(actor: Actor, rows: Any) -> dict[int, str]:
    there = [row.message_id for row in rows if row.message_id]
    return dict(Message.objects.visible_to(actor).filter(pk__in=there).values_list("pk", "title"))


def _title(counts: dict[str, int]) -> str:
    if not sum(counts.values()):
        return "Nothing that customers told us is noted yet"
    if counts["open"]:
        many = counts["open"]
        what = "thing that customers told us waits" if many == 1 else "things that customers told us wait"
        return f"{spelled(many).capitalize()} {what} for an answer"
    return "All that customers told us became something"


def _removed(actor: Actor, program: int) -> list[tuple[str, Any]]:
    if not actor.may(VERB):
        return []
    rows = removed_lately(Told, program, actor=actor, now=timezone.now())
    return [("communication:put-back-told", one) for one in rows]


def _becoming(
    form_class: type[forms.Form], title: str, question: str, act: Callable[[Told, dict[str, Any], Any], str]
) -> Callable[..., HttpResponseBase]:
    """A page that asks one thing and makes something of what customers told us."""

    @gate(VERB)
    def become(request: HttpRequest, pk: int) -> HttpResponse:
        row: Told = Told.objects.get_for(actor_of(request), program=program_of(request), pk=pk)
        back = reverse("communication:told", kwargs={"program": program_of(request).slug})
        initial = {"name": row.words[:200]} if form_class is BeginForm else None
        form = form_class(request.POST or None, initial=initial)
        return pages.ask(
            request,
            form,
            lambda values: act(row, values, actor_of(request)),
            title=title,
            question=question,
            back=back,
            crumbs=[("What customers told us", back)],
            label=title,
        )

    return become


def _to_voice(row: Told, values: dict[str, Any], by: Actor) -> str:
    row.become_voice(values["kind"], by=by, at=timezone.now())
    return "It is raised as a voice of customers. Whoever triages finds it among the others."


def _to_improvement(row: Told, values: dict[str, Any], by: Actor) -> str:
    made = row.become_improvement(values["name"], by=by, at=timezone.now())
    return f"Begun: {made}. It stands under “With us”; say there who has it in hand."


def _to_nothing(row: Told, values: dict[str, Any], by: Actor) -> str:
    row.close(values["why"], by=by, at=timezone.now())
    return "Closed. It can be opened again."


@gate(VERB)
@require_POST
def open_again(request: HttpRequest, pk: int) -> HttpResponse:
    row: Told = Told.objects.get_for(actor_of(request), program=program_of(request), pk=pk)

    def act() -> str:
        row.open_again(by=actor_of(request), at=timezone.now())
        return "It waits again."

    return pages.do(request, act, back=reverse("communication:told", kwargs={"program": program_of(request).slug}))


patterns: list[URLPattern] = [
    path("customers/told/", told, name="told"),
    path(
        "customers/told/<int:pk>/voice/",
        _becoming(VoiceKindForm, "Raise it as a voice", "As what is it triaged and answered?", _to_voice),
        name="told-voice",
    ),
    path(
        "customers/told/<int:pk>/improvement/",
        _becoming(BeginForm, "Begin an improvement", "What do we make better, with customers?", _to_improvement),
        name="told-improvement",
    ),
    path(
        "customers/told/<int:pk>/close/",
        _becoming(CloseForm, "Close it", "Why does nothing come of it?", _to_nothing),
        name="told-close",
    ),
    path("customers/told/<int:pk>/open-again/", open_again, name="told-open"),
    *register_urls(TOLD, VERB, "customers"),
]
