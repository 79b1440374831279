"""The communication plan: who hears what, from whom and when; what is late, waits for approval, or is missing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.communication.message_lanes import picture
from commonground.communication.messages import (
    APPROVED,
    CUSTOMERS,
    DROPPED,
    IN_REVIEW,
    INSIDE,
    OUT,
    SENDER_KINDS,
    SIDES,
    STATES,
    Message,
)
from commonground.communication.preferred import PreferredChannel
from commonground.communication.previews import is_overdue, sender_of
from commonground.communication.tabs import MESSAGES, tabs_of
from commonground.communication.words_of_audience import whom
from commonground.organization.fields import unit_names
from commonground.organization.models import UnitPeriod, below
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Program
from commonground.programs.register import removed_lately
from commonground.ui.csv_response import csv_response
from commonground.ui.words import spelled

AHEAD, MOST = timedelta(weeks=8), 300
HEADER = (
    *("title", "side", "for", "from", "sender", "channels", "from day", "until before", "state", "about their own job"),
    *("answers", "next word on"),
)
ORDERS = {
    "start": (F("start").asc(nulls_last=True), "pk"),
    "title": ("title", "pk"),
    "state": ("state", F("start").asc(nulls_last=True), "pk"),
}


@dataclass(frozen=True)
class Line:
    """A message on a page, with what is to be said of it on the day."""

    row: Message
    whom: str
    sender: str
    late: bool
    overdue: bool


def asked(request: HttpRequest) -> Any:
    """The messages that the address asks for: `side`, `state`, `unit`, `late`."""
    actor, program, got = actor_of(request), program_of(request), request.GET
    rows = Message.objects.visible_to(actor).of(program)
    if got.get("side") in SIDES:
        rows = rows.filter(side=got["side"])
    if got.get("unit", "").isdecimal():
        rows = rows.filter(Q(unit__in=below(frozenset({int(got["unit"])}))) | Q(unit=None))
    state = got.get("state", "")
    if state == "late":
        rows = rows.late(timezone.localdate())
    elif state in STATES:
        rows = rows.filter(state=state)
    elif state != "all":
        rows = rows.exclude(state=DROPPED)
    return rows


def lines_of(rows: Iterable[Message], actor: Actor, day: date) -> list[Line]:
    names = unit_names(actor, day)
    return [
        Line(
            row,
            whom(row, actor, day, names),
            sender_of(row),
            row.is_late(day),
            row.state == OUT and is_overdue(row, day),
        )
        for row in rows
    ]


@gate("messages.view")
def listed(request: HttpRequest) -> HttpResponseBase:
    """Who hears what, from whom and when, and where does nobody hear anything?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    sort = request.GET.get("sort", "start")
    order = ORDERS.get(sort.lstrip("-"), ORDERS["start"])
    rows = asked(request).select_related("unit", "sender", "cut_over").prefetch_related("segments", "texts", "topics")
    rows = rows.order_by(*order)
    found = lines_of(rows.reverse() if sort.startswith("-") else rows, actor, day)
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} messages", HEADER, _csv(found))
    everything = _counted(actor, program, day)
    gaps = gaps_of(actor, program, day)
    values: dict[str, Any] = {
        "tabs": tabs_of(MESSAGES, actor, program),
        "title": statement(everything, gaps, day),
        "lines": found[:MOST],
        "more": max(0, len(found) - MOST),
        "number": len(found),
        "any": bool(everything or found),
        "dropped": Message.objects.visible_to(actor).of(program).filter(state=DROPPED).exists(),
        "picture": picture(found, day),
        "gaps": gaps,
        "states": _states(everything, day),
        "sides": SIDES.items(),
        "inside": INSIDE,
        "customers": CUSTOMERS,
        "can_change": actor.may("messages.change"),
    }
    return render(request, "communication/messages.html", values)


def _counted(actor: Actor, program: Program, day: date) -> list[Message]:
    """All messages as far as counts of them need."""
    rows = Message.objects.visible_to(actor).of(program).exclude(state=DROPPED)
    return list(rows.only("state", "start", "end", "side", "next_on", "title", "program"))


def _states(rows: Sequence[Message], day: date) -> list[tuple[str, str, int]]:
    late = sum(row.is_late(day) for row in rows)
    counts = [(state, label.capitalize(), sum(row.state == state for row in rows)) for state, label in STATES.items()]
    return [*([("late", "Late", late)] if late else []), *(one for one in counts if one[2])]


def statement(rows: Sequence[Message], gaps: Sequence[str], day: date) -> str:
    """What the page says, in a sentence."""
    if not rows:
        return "No message is planned yet"
    waiting, late = sum(row.state == IN_REVIEW for row in rows), sum(row.is_late(day) for row in rows)
    said = [f"{spelled(late)} {'message is' if late == 1 else 'messages are'} late"] if late else []
    said += [f"{spelled(waiting)} {'waits' if waiting == 1 else 'wait'} for approval"] if waiting else []
    if gaps:
        said.append(
            f"{spelled(len(gaps))} {'unit hears' if len(gaps) == 1 else 'units hear'} nothing in the next eight weeks"
        )
    if not said:
        ready = sum(row.state == APPROVED for row in rows)
        return (
            f"Nothing is late; {spelled(ready)} approved and ready to go out" if ready else "Nothing is late or waits"
        )
    text = "; ".join(said)
    return text[0].upper() + text[1:]


def gaps_of(actor: Actor, program: Program, day: date) -> list[str]:
    """Business units of which nobody hears anything in the next eight weeks, by name."""
    units = list(UnitPeriod.objects.visible_to(actor).on(day).order_by("name").values_list("unit", "name", "path"))
    depth = 3 if any(path.count("/") > 2 for _, _, path in units) else 2
    rows = Message.objects.visible_to(actor).of(program).inside().exclude(state=DROPPED)
    near = rows.filter(Q(start__lt=day + AHEAD), Q(end__gt=day) | Q(end=None, start__gte=day))
    narrow = ("role", "level")
    told = near.values_list("unit", "audience")
    spoken = {
        unit for unit, audience in told if unit is not None or not any((audience or {}).get(one) for one in narrow)
    }
    if None in spoken or not units:
        return []
    paths = {unit: path for unit, _, path in units}
    return [
        name
        for unit, name, path in units
        if path.count("/") == depth and not _hears(unit, path, [paths[one] for one in spoken if one in paths])
    ]


def _hears(unit: int, path: str, spoken: Sequence[str]) -> bool:
    """Whether one of these places is the unit, above it or within it."""
    return any(path.startswith(one) or one.startswith(path) for one in spoken)


def _csv(lines: Sequence[Line]) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        row = line.row
        yield (
            *(row.title, SIDES[row.side], line.whom, SENDER_KINDS[row.sender_kind], line.sender),
            *("; ".join(row.channel_names), row.start, row.end, STATES[row.state], row.about_my_work),
            *("; ".join(str(one) for one in row.topics.all()), row.next_on),
        )


@gate("messages.view")
def preferred(request: HttpRequest) -> HttpResponseBase:
    """On which channel is somebody, or a whole group, best reached?"""
    actor, program = actor_of(request), program_of(request)
    rows = PreferredChannel.objects.visible_to(actor).filter(program=program).select_related("person", "unit")
    found = sorted(rows, key=lambda one: (one.person is not None, one.whom))
    if request.GET.get("format") == "csv":
        lines: Iterator[tuple[Any, ...]] = ((one.whom, one.get_channel_display(), one.note) for one in found)
        return csv_response(f"{program.slug} preferred channels", ("who", "best reached by", "why"), lines)
    can_change = actor.may("messages.change")
    removed = removed_lately(PreferredChannel, program.pk, actor=actor, now=timezone.now()) if can_change else []
    values: Mapping[str, Any] = {
        "rows": found,
        "can_change": can_change,
        "removed": [("communication:put-back-preferredchannel", one) for one in removed],
    }
    return render(request, "communication/preferred.html", dict(values))
