"""The journal as a page: who did what to which thing, when, why."""

from datetime import UTC, date, datetime, time, timedelta

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from commonground.access.gate import actor_of, gate
from commonground.journal.models import Entry, EntryQuerySet
from commonground.journal.reading import in_words, kind_word
from commonground.journal.recording import verify as verify_chain
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset
from commonground.ui.words import number

LATEST = Keyset(("-id",))
MOST_WHO = 300


@gate("journal.view")
@require_safe
def entries(request: HttpRequest) -> HttpResponseBase:
    """Who did what, when and why?"""
    actor = actor_of(request)
    slug: str = request.program.slug  # type: ignore[attr-defined]
    seen = Entry.objects.visible_to(actor).filter(Q(program=request.program.pk) | Q(program=None))  # type: ignore[attr-defined]
    rows = wanted(seen, request).select_related("values")
    if request.GET.get("format") == "csv":
        header = ["number", "when", "who", "what was done", "kind", "thing", "why", "details"]
        lines = (
            (
                x.number,
                x.at.isoformat(),
                x.who,
                x.verb,
                x.kind_word,
                x.what,
                x.why,
                "; ".join(": ".join(d) for d in x.details),
            )
            for entry in rows.order_by("-id").iterator(chunk_size=500)
            for x in in_words([entry], actor, None)
        )
        return csv_response("journal", header, lines)
    page = LATEST.page(rows, request.GET.get("after", ""))
    kinds = seen.order_by("kind").values_list("kind", flat=True).distinct()
    doers = seen.order_by().values("actor_user").distinct()
    context = {
        "page": page,
        "lines": in_words(page.rows, actor, slug),
        "kinds": sorted(((kind, kind_word(kind)) for kind in kinds), key=lambda pair: pair[1]),
        "people": get_user_model().objects.filter(pk__in=doers).order_by("username")[:MOST_WHO],
        "filtered": any(request.GET.get(name) for name in ("kind", "who", "thing", "from", "to", "verb")),
    }
    return render(request, "journal/list.html", context)


def wanted(rows: EntryQuerySet, request: HttpRequest) -> EntryQuerySet:
    """The entries that the address asks for: kind, thing (with its kind), who, from and to (days, both included)."""
    asked = request.GET
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
        if asked.get("thing", "").isdecimal():
            rows = rows.filter(thing=int(asked["thing"][:18]))
    if asked.get("who", "").isdecimal():
        rows = rows.filter(actor_user=int(asked["who"][:18]))
    if first := _midnight(asked.get("from", "")):
        rows = rows.filter(at__gte=first)
    last = _midnight(asked.get("to", ""))
    if last and last.date() < date.max:
        rows = rows.filter(at__lt=last + timedelta(days=1))
    return rows


def _midnight(text: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text), time(), timezone.get_current_timezone()).astimezone(UTC)
    except (ValueError, OverflowError):  # a first or last day of all has no midnight in every zone
        return None


@gate("journal.view")
@require_POST
def verify(request: HttpRequest) -> HttpResponseBase:
    """Is the journal as it was written?"""
    verdict = verify_chain()
    if verdict.sound:
        now = timezone.localtime()
        messages.success(
            request, f"All {number(verdict.entries)} entries are as they were written, checked {now:%-d %b %Y, %H:%M}."
        )
    else:
        messages.error(
            request, f"{verdict.why} Keep a copy of the database as it is now, and ask whoever runs this instance."
        )
    return redirect("journal:list", program=request.program.slug)  # type: ignore[attr-defined]
