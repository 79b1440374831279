"""Mail: what waits, what went out, what did not, and what nobody knows."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Case, IntegerField, Q, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from commonground.access.gate import actor_of, gate
from commonground.outbox import states
from commonground.outbox.forms import TestMailForm
from commonground.outbox.models import Message, MessageQuerySet, OutboxError
from commonground.outbox.overview import overview, words_of
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset

URGENCY = Case(
    *(When(state=state, then=Value(place)) for place, state in enumerate(states.LABELS)), output_field=IntegerField()
)
# what is private stands there one by one only where somebody has to decide, and without its recipient; else it is counted
ONE_BY_ONE = Q(private=False) | Q(state__in=states.NEEDS_SOMEBODY)
ORDER = Keyset(("urgency", "-pk"))
HEADER = ("number", "kind", "to", "state", "asked for", "tries", "next try", "ended", "the mail server's words")


@gate("outbox.view")
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Which mail waits, which went out, and which needs somebody?"""
    return _page(request)


def _page(request: HttpRequest, form: TestMailForm | None = None) -> HttpResponseBase:
    actor = actor_of(request)
    seen = Message.objects.visible_to(actor)
    rows = wanted(seen, request).filter(ONE_BY_ONE)
    if request.GET.get("format") == "csv":
        return csv_response("mail", HEADER, _lines(rows))
    state, found = request.GET.get("state", ""), overview(seen)
    page = ORDER.page(rows.annotate(urgency=URGENCY), request.GET.get("after", ""))
    context: dict[str, Any] = {
        "page": page,
        "listed": [(row, _about(row, subject=actor.sees_content)) for row in page.rows],
        "seen": found,
        "choices": [(key, label, found.counts[key]) for key, label in states.LABELS.items() if found.counts[key]],
        "filtered": bool(state or request.GET.get("kind")),
        "in_all": sum(found.counts.values()),
        "form": form or TestMailForm(),
        "may_change": actor.may("outbox.change"),
        "needs": states.NEEDS_SOMEBODY,
        "acted_on": {*states.NEEDS_SOMEBODY, states.KEPT, states.WAITING},
    }
    return render(request, "outbox/list.html", context, status=422 if form is not None else 200)


def _about(row: Message, *, subject: bool) -> str:
    """What a message is about: its subject for those who see content, else its kind."""
    return row.subject if subject and row.subject and not row.private else f"{words_of(row.kind)}, number {row.pk}"


def wanted(rows: MessageQuerySet, request: HttpRequest) -> MessageQuerySet:
    """The messages that the address asks for: of a state, of a kind."""
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    rows = rows.filter(state=state) if state in states.LABELS else rows
    return rows.filter(kind=kind[:40]) if kind else rows


def _lines(rows: MessageQuerySet) -> Iterator[tuple[Any, ...]]:
    for row in rows.annotate(urgency=URGENCY).order_by("urgency", "-pk").iterator(chunk_size=500):
        waits = row.state == states.WAITING
        yield (
            row.pk, words_of(row.kind), row.shown_to(), states.LABELS[row.state], row.queued_at.isoformat(), row.tries,
            row.next_try.isoformat() if waits else "", row.ended_at, "" if row.private else row.answer,
        )  # fmt: skip


def _one(request: HttpRequest, pk: int, verb: str, words: str) -> HttpResponse:
    """Does one thing with one message, and says so."""
    actor = actor_of(request)
    row = Message.objects.get_for(actor, pk=pk)
    verbs = {"send_again": row.send_again, "arrived": row.arrived, "keep_back": row.keep_back}
    try:
        verbs[verb](by=actor, at=timezone.now())
    except OutboxError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return redirect("outbox:list")


@gate("outbox.change")
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a message back into the queue."""
    return _one(request, pk, "send_again", "The message is in the queue again.")


@gate("outbox.change")
@require_POST
def arrived(request: HttpRequest, pk: int) -> HttpResponse:
    """Says of an uncertain message that it arrived."""
    return _one(request, pk, "arrived", "The message counts as sent.")


@gate("outbox.change")
@require_POST
def keep_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a message out of the queue."""
    return _one(request, pk, "keep_back", "The message is kept back. It can be sent again at any time.")


@gate("outbox.change")
@require_POST
def all_of(request: HttpRequest, what: str) -> HttpResponse:
    """Keeps back all that waits, or sends again all that failed."""
    rows, actor, at = Message.objects.visible_to(actor_of(request)), actor_of(request), timezone.now()
    if what == "keep-back":
        count = rows.keep_back_waiting(by=actor, at=at)
        words = "kept back. Each can be sent again."
    elif what == "send-again":
        count = rows.send_failed_again(by=actor, at=at)
        words = "put into the queue again."
    else:
        raise Http404
    messages.success(request, f"{count} message{'' if count == 1 else 's'} {words}")
    return redirect("outbox:list")


@gate("outbox.change")
@require_POST
def test(request: HttpRequest) -> HttpResponseBase:
    """Sends a test mail."""
    form = TestMailForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    Message.objects.queue_test(form.cleaned_data["to"], by=actor_of(request), at=timezone.now())
    messages.success(request, "The test mail is in the queue. Look here again in a moment.")
    return redirect("outbox:list")
