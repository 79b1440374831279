"""Messages by days, and what we know: two ways to look at the same messages."""

import calendar as calendars
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from commonground.access.gate import actor_of, gate
from commonground.communication.message_list_views import Line, asked, lines_of
from commonground.communication.messages import DONE, OUT, Message
from commonground.communication.messages_for import messages_for
from commonground.communication.previews import sender_of
from commonground.communication.tabs import MESSAGES, tabs_of
from commonground.programs.middleware import as_of, program_of
from commonground.ui.csv_response import csv_response

DAY = timedelta(days=1)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
KNOWN_HEADER = ("message", "for", "what we know", "what we do not know yet", "what comes next", "next word on")


@dataclass(frozen=True)
class Box:
    """A day of the calendar. lines: messages that begin on it; promised: those whose next word is due on it."""

    day: date
    inside: bool
    lines: Sequence[Line]
    promised: Sequence[Message]


@gate("messages.view")
def month(request: HttpRequest) -> HttpResponseBase:
    """What goes out on which day, and when is the next word due?"""
    try:
        first = date.fromisoformat(f"{request.GET.get('month', '')}-01")
        _ = (first - 366 * DAY, first + 366 * DAY)
    except (
        ValueError,
        OverflowError,
    ):  # also the first and the last year that there is: nothing stands before or after it
        first = as_of(request).replace(day=1)
    last = first.replace(day=calendars.monthrange(first.year, first.month)[1])
    weeks = calendars.Calendar().monthdatescalendar(first.year, first.month)
    begins, ends = weeks[0][0], weeks[-1][-1]
    rows = asked(request).select_related("unit", "sender").prefetch_related("segments")
    here = rows.filter(Q(start__lte=ends), Q(end__gt=begins) | Q(end=None, start__gte=begins))
    lines = lines_of(here.order_by("start", "pk"), actor_of(request), as_of(request))
    promised = list(rows.filter(next_on__range=(begins, ends)).order_by("next_on", "pk"))
    values = {
        "tabs": tabs_of(MESSAGES, actor_of(request), program_of(request)),
        "first": first,
        "name": f"{first:%B %Y}",
        "before": f"{first - DAY:%Y-%m}",
        "after": f"{last + DAY:%Y-%m}",
        "weeks": [[_box(day, first.month, lines, promised) for day in week] for week in weeks],
        "long": [one for one in lines if one.row.start and one.row.start < begins],
        "days": DAYS,
        "number": sum(1 for one in lines if _falls(one.row, first, last)),
        "can_change": actor_of(request).may("messages.change"),
    }
    return render(request, "communication/message_calendar.html", values)


def _falls(row: Message, first: date, last: date) -> bool:
    """Whether a message goes out on a day between these two."""
    ends = row.last_day
    return row.start is not None and row.start <= last and ends is not None and ends >= first


def _box(day: date, month: int, lines: Sequence[Line], promised: Sequence[Message]) -> Box:
    begun = [one for one in lines if one.row.start == day]
    return Box(day, day.month == month, begun, [one for one in promised if one.next_on == day])


@dataclass(frozen=True)
class Said:
    """What one message says is known, not known, and when the next word comes."""

    row: Message
    whom: str
    sender: str
    overdue: bool


@gate("for_me.view")
def known(request: HttpRequest) -> HttpResponseBase:
    """What do we know, what do we not know, and when does the next word come?"""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    found = _of_all(request, day) if actor.may("messages.view") else _of_mine(request, day)
    if request.GET.get("format") == "csv":
        lines = ((one.row.title, one.whom, *_known(one.row), one.row.next_on) for one in found)
        return csv_response(f"{program.slug} what we know", KNOWN_HEADER, lines)
    values: dict[str, Any] = {
        "tabs": tabs_of(MESSAGES, actor, program),
        "rows": found,
        "overdue": sum(one.overdue for one in found),
        "staff": actor.may("messages.view"),
        "can_change": actor.may("messages.change"),
        "title": title(found, day),
    }
    return render(request, "communication/known.html", values)


def _known(row: Message) -> tuple[str, str, str]:
    return (row.known, row.unknown, row.next_word)


def title(found: Sequence[Said], day: date) -> str:
    """What the page says, in a sentence."""
    late = sum(one.overdue for one in found)
    if not found:
        return "Nothing is written down yet of what we know"
    if late:
        return (
            f"{late} promised {'word is' if late == 1 else 'words are'} overdue"
            if late > 1
            else "A promised word is overdue"
        )
    ahead = min((one.row.next_on for one in found if one.row.next_on and one.row.next_on >= day), default=None)
    return f"The next word comes on {ahead:%-d %B}" if ahead else "What we know, and what we do not know yet"


def _of_all(request: HttpRequest, day: date) -> list[Said]:
    filled = ~Q(known="") | ~Q(unknown="") | ~Q(next_word="") | Q(next_on__isnull=False)
    seen = Message.objects.visible_to(actor_of(request)).of(program_of(request)).filter(filled, state__in=(OUT, DONE))
    rows = seen.select_related("unit", "sender").prefetch_related("segments")
    lines = lines_of(rows.order_by(F("start").desc(nulls_last=True), "-pk")[:60], actor_of(request), day)
    return [Said(one.row, one.whom, one.sender, one.overdue) for one in lines]


def _of_mine(request: HttpRequest, day: date) -> list[Said]:
    rows = [one.row for one in messages_for(actor_of(request), program_of(request), day, most=None)]
    return [Said(one, "", sender_of(one), False) for one in rows if any(_known(one)) or one.next_on]
