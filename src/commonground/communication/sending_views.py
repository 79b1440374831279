"""What goes out to customers: all lists, those of one message, and one list with who approved it and what came back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.analysis.communication.reach import CHANNELS, LABELS
from commonground.communication import messages, printing
from commonground.communication.addressing import READY, changed_since, languages_of, reached_by, to_come
from commonground.communication.came_back import STATES as BACK_STATES
from commonground.communication.came_back import CameBack
from commonground.communication.messages import Message
from commonground.communication.printed_words import code_of
from commonground.communication.sending_forms import SentForm
from commonground.communication.sendings import APPROVED, DROPPED, PREPARED, STATES, TAKEN, Addressed, Sending
from commonground.communication.tabs import CUSTOMERS, tabs_of
from commonground.programs.middleware import program_of
from commonground.programs.models import Program
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset
from commonground.ui.words import number, plural, spelled

LISTS: Final = Keyset(("-prepared_on", "-pk"), size=30)
MARKS: Final = {PREPARED: "watch", APPROVED: "note", TAKEN: "good", DROPPED: "none"}
BACK_MARKS: Final = {"looked": "watch", "taken": "good", "aside": "none", "undone": "none"}
HEADER: Final = (
    "message", "channel", "state", "counted", "left out", "sent", "bounced", "refused", "answered",
    "prepared on", "approved on", "out since",
)  # fmt: skip
MANY_BACK: Final = 0.05  # CHAN-03
LANGUAGES: Final = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "nl": "Dutch",
    "it": "Italian",
    "pl": "Polish",
}


@gate("reach.view")
@require_safe
def sendings(request: HttpRequest) -> HttpResponseBase:
    """What goes out to customers, what waits for approval, and what came back?"""
    actor, program = actor_of(request), program_of(request)
    rows = Sending.objects.visible_to(actor).filter(program=program).select_related("message")
    state = request.GET.get("state", "")
    shown = rows.filter(state=state) if state in STATES else rows
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} lists to customers", HEADER, (_line(one) for one in shown))
    counts = dict(rows.order_by().values_list("state").annotate(many=Count("pk")))
    page = LISTS.page(shown, request.GET.get("after", ""))
    ready = Message.objects.visible_to(actor).to_customers().filter(program=program, state__in=READY)
    there = rows.exclude(state=DROPPED).values("message")
    values: dict[str, Any] = {
        "title": _overview_title(counts),
        "tabs": tabs_of(CUSTOMERS, actor, program),
        "page": page,
        "rows": [(one, MARKS[one.state], back_share(one)) for one in page.rows],
        "states": [(one, label, counts.get(one, 0)) for one, label in STATES.items()],
        "all": sum(counts.values()),
        "ready": ready.exclude(pk__in=there)[:10],
        "may_write": actor.may("messages.change"),
    }
    return render(request, "communication/sendings.html", values)


def _overview_title(counts: Mapping[str, int]) -> str:
    waiting, approved = counts.get(PREPARED, 0), counts.get(APPROVED, 0)
    if waiting:
        return f"{spelled(waiting).capitalize()} {'list waits' if waiting == 1 else 'lists wait'} for approval"
    if approved:
        return (
            f"{spelled(approved).capitalize()} {'list is' if approved == 1 else 'lists are'} approved and not taken yet"
        )
    return "Nothing waits for approval" if counts else "Nothing has gone out to customers yet"


def back_share(row: Sending) -> str:
    """The mark of a list by how much of it came back."""
    known = row.sent + row.bounced
    if not row.bounced or not known:
        return "good" if known else ""
    return "watch" if row.bounced > MANY_BACK * known else "good"


def _line(row: Sending) -> tuple[Any, ...]:
    return (
        row.message.title, LABELS[row.channel], STATES[row.state], row.counted, row.left_out, row.sent, row.bounced, row.refused,
        row.answered, row.prepared_on, row.approved_on, row.taken_on,
    )  # fmt: skip


@dataclass(frozen=True)
class ChannelRow:
    """A channel of a message. to_come: contacts who would stand on a list made now; lists: those there are, the latest first."""

    channel: str
    label: str
    to_come: int
    lists: Sequence[Sending]

    @property
    def waiting(self) -> Sending | None:
        """The list that is not out yet."""
        return next((one for one in self.lists if one.state in (PREPARED, APPROVED)), None)

    @property
    def out(self) -> int:
        return sum(one.on_it for one in self.lists if one.state == TAKEN)


@gate("reach.view")
@require_safe
def outgoing(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who gets this message on which channel, each once, and how far is it?"""
    actor, program = actor_of(request), program_of(request)
    message = Message.objects.visible_to(actor).to_customers().get_for(actor, program=program, pk=pk)
    lists = list(Sending.objects.visible_to(actor).live().filter(message=message))
    next_up = to_come(message)
    known = [
        channel for channel in CHANNELS if channel in message.channels or any(one.channel == channel for one in lists)
    ]
    rows = [
        ChannelRow(one, LABELS[one], next_up.get(one, 0), [it for it in lists if it.channel == one]) for one in known
    ]
    if request.GET.get("format") == "csv":
        lines = ((row.label, row.to_come, row.out) for row in rows)
        return csv_response(f"{program.slug} {message.key} channels", ("channel", "not on a list yet", "out"), lines)
    segments = list(message.segments.all())
    reached, everyone = reached_by(message)
    values = {
        "message": message,
        "tabs": tabs_of(CUSTOMERS, actor, program),
        "title": _outgoing_title(message, reached, everyone),
        "rows": rows,
        "segments": segments,
        "everyone": everyone,
        "missed": everyone - reached,
        "state": messages.STATES[message.state],
        "ready": message.state in READY and not message.waits_to_be_told,
        "may_write": actor.may("messages.change"),
        "languages": _languages_written(message),
        "reach_address": f"{reverse('communication:reach', kwargs={'program': program.slug})}?message={message.pk}",
    }
    return render(request, "communication/outgoing.html", values)


def _outgoing_title(message: Message, reached: int, everyone: int) -> str:
    if not everyone:
        return f"“{message}” is for customers of whom no contact is known yet"
    if not message.channels:
        return f"“{message}” has no channel yet"
    return f"“{message}” reaches {number(reached)} of {number(everyone)} customers, each once"


def _languages_written(message: Message) -> list[str]:
    return [one.language for one in message.texts.all()]


@gate("reach.view")
@require_safe
@never_cache
def sending(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How many get it, who said so, and what came of it?"""
    actor, program = actor_of(request), program_of(request)
    row: Sending = Sending.objects.select_related("message", "prepared_by", "approved_by", "taken_by").get_for(
        actor, program=program, pk=pk
    )
    more, fewer = changed_since(row) if row.state == PREPARED else (0, 0)
    values = {
        "row": row,
        "title": _title(row),
        "mark": MARKS[row.state],
        "state": STATES[row.state],
        "steps": _steps(row),
        "changed": (more, fewer) if more or fewer else None,
        "segments": _segments(row),
        "languages": _languages(row),
        "backs": [(one, BACK_MARKS[one.state], BACK_STATES[one.state]) for one in _backs(actor, row)],
        "many_back": back_share(row) == "watch",
        "sent_form": SentForm(initial={"on": timezone.localdate()}),
        "is_printed": row.channel in printing.PRINTED,
        "not_printed": row.on_it - row.sheets if row.sheets is not None and not row.sent + row.bounced else 0,
        "own": row.prepared_by_id is not None and row.prepared_by_id == actor.user,
        **_may(actor),
    }
    return render(request, "communication/sending.html", values)


def _may(actor: Actor) -> dict[str, bool]:
    return {
        "may_read": actor.may("messages.view"),
        "may_write": actor.may("messages.change"),
        "may_approve": actor.may("sendings.approve"),
        "may_take": actor.may("contacts.view"),
    }


def _title(row: Sending) -> str:
    by = LABELS[row.channel]
    if row.state == TAKEN:
        return f"“{row.message}” is out by {by} to {plural(row.on_it, 'customer')}"
    if row.state == DROPPED:
        return f"“{row.message}” does not go out by {by} on this list"
    return f"“{row.message}” is to go to {plural(row.counted, 'customer')} by {by}"


def _steps(row: Sending) -> list[tuple[str, str]]:
    """Each step of a list with “done”, “now” or nothing."""
    at = {PREPARED: 1, APPROVED: 2, TAKEN: 3, DROPPED: 0}[row.state]
    if at == 3 and not row.open:
        at = 4
    names = ("Prepared", "Count approved", "List taken", "What came back")
    return [(name, "done" if place < at else "now" if place == at else "") for place, name in enumerate(names)]


def _segments(row: Sending) -> list[tuple[str, int]]:
    rows = Addressed.objects.filter(sending=row).order_by("contact__segment__order", "contact__segment")
    return list(rows.values_list("contact__segment__name").annotate(many=Count("pk")))


def _languages(row: Sending) -> list[tuple[str, int, str]]:
    """Language, contacts, and the language in which they get it where theirs has no words; none of it where all is said in one."""
    found = languages_of(row)
    texts = list(row.message.texts.order_by("pk"))
    if not texts:
        return []
    written = {code_of(one.language) for one in texts}
    first = _named(texts[0].language)
    lines = [
        (_named(spoken) if spoken else "not known", many, "" if code_of(spoken) in written else first)
        for spoken, many in sorted(found.items(), key=lambda one: -one[1])
    ]
    return lines if len(lines) > 1 or any(instead for _, _, instead in lines) else []


def _named(language: str) -> str:
    return LANGUAGES.get(code_of(language), language)


def _backs(actor: Actor, row: Sending) -> list[CameBack]:
    return list(CameBack.objects.visible_to(actor).filter(sending=row).defer("rows", "before", "kept_out"))


def page_of(program: Program, row: Sending) -> str:
    return reverse("communication:sending", kwargs={"program": program.slug, "pk": row.pk})


def crumbs_to(program: Program, row: Sending) -> list[tuple[str, str]]:
    """The way to the page of a list."""
    top = reverse("communication:sendings", kwargs={"program": program.slug})
    of = reverse("communication:outgoing", kwargs={"program": program.slug, "pk": row.message_id})
    return [("Going out", top), (row.message.title, of), (LABELS[row.channel].capitalize(), page_of(program, row))]
