"""A message: where it stands, whom it reaches on which channel, how it looks there; and the same for those who receive it."""

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.analysis.plan.audience import TOUCHED
from commonground.communication.audiences import PLACES, people_of
from commonground.communication.cascade_views import by_talks
from commonground.communication.mailing import Mailed, known_lines
from commonground.communication.message_action_views import row_of
from commonground.communication.messages import (
    APPROVED,
    DONE,
    DRAFT,
    DROPPED,
    IN_REVIEW,
    INSIDE_CHANNELS,
    OUT,
    SENDER_KINDS,
    Message,
)
from commonground.communication.messages_for import messages_for
from commonground.communication.notices import notice
from commonground.communication.preferred import over_channels, split_of
from commonground.communication.previews import is_overdue, previews, sender_of
from commonground.communication.tabs import MESSAGES, tabs_of
from commonground.communication.words_of_audience import unit_of, whom
from commonground.communication.writing import looked_at
from commonground.disclosure.thresholds import OWNERSHIP, threshold_of
from commonground.organization.fields import unit_names
from commonground.organization.models import Role, Unit
from commonground.programs.middleware import as_of, program_of
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset
from commonground.voice.models import Topic

PEOPLE = Keyset(("person__name", "pk"))
PEOPLE_HEADER = ("number", "name", "unit", "hears it by", "language", "location", "shift")


@gate("messages.view")
def message(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Where does it stand, whom does it reach, and how does it look on each channel?"""
    actor, row = actor_of(request), row_of(request, pk)
    text = row.text_in(request.GET.get("language", ""))
    shown = previews(row, text)
    chosen = next((one for one in shown if one.channel == request.GET.get("as")), shown[0] if shown else None)
    remarks, long = looked_at(text.subject, text.body, text.language) if text else ([], [])
    values: dict[str, Any] = {
        "row": row,
        "whom": whom(row, actor, as_of(request)),
        "unit": unit_of(row, actor, as_of(request)),
        "sender": sender_of(row),
        "sender_kind": SENDER_KINDS[row.sender_kind],
        "texts": list(row.texts.all()),
        "text": text,
        "previews": shown,
        "preview": chosen,
        "remarks": remarks,
        "long": long,
        "topics": Topic.objects.visible_to(actor).filter(pk__in=row.topics.values("pk")),
        "known": known_lines(row),
        "late": row.is_late(timezone.localdate()),
        "overdue": row.state in (OUT, DONE) and is_overdue(row, timezone.localdate()),
        "about": _about(row),
        "tabs": tabs_of(MESSAGES, actor, program_of(request)),
        **_steps(request, row),
        **(_heard(request, row) if row.is_inside else _to_customers(request, row)),
    }
    return render(request, "communication/message.html", values)


def _about(row: Message) -> str:
    """The planned change that it tells of, while those concerned have not been told."""
    planned = [one for one in (row.role_fate, row.process_fate) if one is not None and not one.settled]
    return ", ".join(str(one) for one in planned)


def _steps(request: HttpRequest, row: Message) -> dict[str, Any]:
    """Which buttons stand on the page."""
    actor = actor_of(request)
    writes, approves = actor.may("messages.change"), actor.may("messages.approve")
    own = row.written_by_id is not None and row.written_by_id == actor.user
    return {
        "can_change": writes and row.state in (DRAFT, IN_REVIEW, APPROVED),
        "can_write": writes,
        "to_review": writes and row.state == DRAFT,
        "to_approve": approves and row.state == IN_REVIEW and not own,
        "own_review": row.state == IN_REVIEW and own,
        "to_send": writes and row.is_inside and row.state in (APPROVED, OUT) and "email" in row.channels,
        "to_out": writes and row.state == APPROVED,
        "to_done": writes and row.state == OUT,
        "not_out": writes and row.state == OUT and not row.mailed.exists(),
        "to_drop": writes and row.state in (DRAFT, IN_REVIEW, APPROVED),
        "take_up": writes and row.state == DROPPED,
    }


def _heard(request: HttpRequest, row: Message) -> dict[str, Any]:
    """Whom it reaches inside. few: fewer touched people than may be told as a group."""
    actor, day = actor_of(request), as_of(request)
    written = {one.language.casefold() for one in row.texts.all()}
    told = _split(actor, row, day)
    spoken = told["split"].languages.items()
    return {
        **told,
        "untold": [(name, n) for name, n in spoken if name and name.casefold() not in written],
        "mailed": Mailed.objects.filter(message=row).count(),
        "sees_people": actor.may("people.view"),
        "cascade": by_talks(row, actor),
    }


def _split(actor: Actor, row: Message, day: date) -> dict[str, Any]:
    """The audience over the channels. few: fewer touched people than may be told as a group."""
    found, least = split_of(row, day, actor), threshold_of(OWNERSHIP)
    return {
        "split": found,
        "few": bool((row.audience or {}).get(TOUCHED)) and 0 < found.people < least,
        "least": least,
        "by": [(INSIDE_CHANNELS[name], number) for name, number in found.by.items()],
        "no_mail": found.people - found.with_mail,
    }


def _to_customers(request: HttpRequest, row: Message) -> dict[str, Any]:
    reach = _address("communication:reach", request) if actor_of(request).may("reach.view") else ""
    return {"segments": list(row.segments.all()), "reach": reach, "sendings": _sendings(request, row)}


def _address(name: str, request: HttpRequest, **kwargs: object) -> str:
    try:
        return reverse(name, kwargs={"program": program_of(request).slug, **kwargs})
    except NoReverseMatch:
        return ""


def _sendings(request: HttpRequest, row: Message) -> str:
    return _address("communication:outgoing", request, pk=row.pk) if actor_of(request).may("reach.view") else ""


@gate("messages.view")
def people(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who is in the audience now, as far as one may see people, and on which channel each hears it."""
    actor, row, day = actor_of(request), row_of(request, pk), as_of(request)
    there = people_of(row, day, actor)
    mine = there.model._default_manager.visible_to(actor).on(day).filter(pk__in=there.values("pk"))
    rows = over_channels(mine, row, day).select_related("person")
    channel = request.GET.get("channel", "")
    if channel in INSIDE_CHANNELS or channel == "none":
        rows = rows.filter(channel="" if channel == "none" else channel)
    names = unit_names(actor, day)
    if request.GET.get("format") == "csv":
        return csv_response(f"{row} audience", PEOPLE_HEADER, (_person_line(one, names) for one in rows.iterator()))
    page = PEOPLE.page(rows, request.GET.get("after", ""))
    values = {
        "row": row,
        "page": page,
        "lines": [(one, names.get(one.unit_id, ""), INSIDE_CHANNELS.get(one.channel, "")) for one in page.rows],
        "channels": [(name, label) for name, label in INSIDE_CHANNELS.items() if name in row.channels],
        "whom": whom(row, actor, day),
    }
    return render(request, "communication/message_people.html", values)


@gate("messages.view")
def audience(request: HttpRequest) -> HttpResponseBase:
    """How many people the audience is that a form names, as it is filled in."""
    actor, program, got = actor_of(request), program_of(request), request.GET
    wanted = {name: got[name] for name in ("level", *PLACES) if got.get(name)}
    if got.get("role", "").isdecimal():
        role = Role.objects.visible_to(actor).filter(pk=int(got["role"])).first()
        wanted |= {"role": role.key} if role is not None else {}
    if got.get("touched"):
        wanted[TOUCHED] = "yes"
    unit = got.get("unit", "")
    there = Unit.objects.visible_to(actor).filter(pk=int(unit)).first() if unit.isdecimal() else None
    row = Message(program=program, unit=there, audience=wanted, channels=got.getlist("channels"))
    return render(request, "communication/message_counted.html", {"row": row, **_split(actor, row, as_of(request))})


def _person_line(one: Any, names: dict[int, str]) -> tuple[Any, ...]:
    by = INSIDE_CHANNELS.get(one.channel, "")
    return (one.person.key, one.person.name, names.get(one.unit_id, ""), by, one.language, one.location, one.shift)


@gate("messages.view")
def notice_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The message as a sheet for a board, in one language."""
    row = row_of(request, pk)
    file = notice(row, row.text_in(request.GET.get("language", "")), program_of(request))
    return FileResponse(file, filename=f"notice-{row.pk}.pdf", content_type="application/pdf")


@gate("for_me.view")
def read(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A message that is out and meant for the person who reads it, in their language."""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    found = next((one for one in messages_for(actor, program, day, most=None) if one.row.pk == pk), None)
    if found is None:
        raise Http404
    values: dict[str, Any] = {
        "row": found.row,
        "text": found.text,
        "known": known_lines(found.row),
        "sender": sender_of(found.row),
    }
    values["title"] = (found.text.subject if found.text is not None else "") or found.row.title
    return render(request, "communication/read.html", values)
