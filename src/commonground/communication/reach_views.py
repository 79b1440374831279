"""Reach: whom a message reaches on channels that customers really have, whom it misses, and the cheapest way to reach the rest."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.analysis.communication.reach import CHANNELS, LABELS, most
from commonground.communication import reach_words
from commonground.communication.contact_files import TAKEN, ContactFile
from commonground.communication.messages import CUSTOMERS as TO_CUSTOMERS
from commonground.communication.messages import SAID, Message
from commonground.communication.prices import set_terms, terms_of
from commonground.communication.reach_forms import HUNDRED, SegmentForm, TermsForm
from commonground.communication.reach_picture import picture
from commonground.communication.reached import Reached, reached
from commonground.communication.segments import Segment
from commonground.communication.tabs import CUSTOMERS, tabs_of
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.models import Program
from commonground.programs.register import CannotError, removed_lately
from commonground.programs.row_views import Kind, register_urls
from commonground.ui.csv_response import csv_response

HEADER = ("segment", "customers", *(LABELS[one] for one in CHANNELS), "reached by plan", "missed", "nobody reaches")
REST = ("segment", "missed by the plan", *(LABELS[one] for one in CHANNELS), "reached by nothing")
STEPS = ("channel", "planned", "customers counted on it", "cost", "currency")
SEGMENT = Kind(
    Segment,
    SegmentForm,
    "segment",
    "reach",
    "Which customers are alike in what they need and in how they can be reached?",
    space="communication",
    above=("Customers", "reach"),
)


@gate("reach.view")
def reach(request: HttpRequest) -> HttpResponseBase:
    """Who would hear this, on a channel they really have, and what is the cheapest way to reach the rest?"""
    actor, program = actor_of(request), program_of(request)
    message = _message(request, actor, program)
    asked = [one for one in request.GET.getlist("by") if one in CHANNELS]
    planned = asked if "by" in request.GET else (message.channels if message else [])
    found = reached(program, _segments(actor, program, message), planned)
    if request.GET.get("format") == "csv":
        return _csv(request, program, found)
    messages = Message.objects.visible_to(actor).filter(program=program).to_customers().exclude(state="dropped")
    usual = [one for one in CHANNELS if message and one in message.channels]
    tries = bool(asked) and message is not None and list(found.planned) != usual
    can_plan = message is not None and actor.may("messages.change") and message.state not in SAID
    values: dict[str, Any] = {
        "found": found,
        "message": message,
        "choices": messages.order_by("start", "pk")[:200] if actor.may("messages.view") else [],
        "title": reach_words.headline(found, message.title if message else "", tries=tries),
        **_told(found),
        "next_out": _next_out(messages, actor) if message is None and not asked else None,
        "tries": tries,
        "can_plan": can_plan,
        "before": _before(request),
        "data_of": _data_of(program),
        "whole_list": _whole_list(program, found, message),
        "tabs": tabs_of(CUSTOMERS, actor, program),
        "sees_contacts": actor.may("contacts.view"),
        "can_change": actor.may("contacts.import"),
        "removed": _removed(actor, program),
    }
    return render(request, "communication/reach.html", values)


def _told(found: Reached) -> dict[str, Any]:
    """What the page says of the counts, in words and as a picture."""
    return {
        "subtitle": reach_words.fall_through(found),
        "picture": picture(found),
        "labels": LABELS,
        "rest": found.rest,
        "rest_count": found.missed if found.planned else found.nobody,
        "cost_title": reach_words.cost_title(found),
        "cheaper": reach_words.cheaper(found),
        "prices_said": reach_words.prices_said(found),
        "want": f"{(found.terms.want * HUNDRED).normalize():f}",
        "most": most(found.whole, found.prices),
    }


def _next_out(messages: Any, actor: Actor) -> Message | None:
    """The first message to customers that is planned and not out yet: the one whose reach is asked for most."""
    if not actor.may("messages.view"):
        return None
    return cast(
        "Message | None", messages.exclude(state__in=SAID).filter(start__isnull=False).order_by("start", "pk").first()
    )


def _message(request: HttpRequest, actor: Actor, program: Program) -> Message | None:
    asked = request.GET.get("message", "")
    if not asked.isdecimal() or not actor.may("messages.view"):
        return None
    return Message.objects.get_for(actor, program=program, pk=int(asked), side=TO_CUSTOMERS)


def _segments(actor: Actor, program: Program, message: Message | None) -> Sequence[Segment]:
    """The segments that a message is for; without any, all of them."""
    rows = Segment.objects.visible_to(actor).filter(program=program)
    mine = list(rows.filter(messages=message)) if message else []
    return mine or list(rows)


def _before(request: HttpRequest) -> tuple[str, str] | None:
    """The channels that were planned before the last click, to be put back: as an address names them, and in words."""
    chosen = [one for one in request.GET.get("before", "").split(",") if one in CHANNELS]
    return (",".join(chosen), ", ".join(LABELS[one] for one in chosen)) if chosen else None


def _whole_list(program: Program, found: Reached, message: Message | None) -> str:
    """The list of those who are not reached, one by one."""
    if not (found.missed if found.planned else found.nobody):
        return ""
    asked = [("without", one) for one in (found.planned or CHANNELS)]
    if message is not None and len(found.rows) == 1:
        asked.append(("segment", str(found.rows[0].segment.pk)))
    return f"{reverse('communication:contacts', kwargs={'program': program.slug})}?{urlencode(asked)}"


def _data_of(program: Program) -> Any:
    """The day on which contacts were last brought."""
    rows = ContactFile.objects.filter(program=program, state=TAKEN).order_by("-ended_at")
    return rows.values_list("ended_at", flat=True).first()


def _removed(actor: Actor, program: Program) -> list[tuple[str, Any]]:
    if not actor.may("contacts.import"):
        return []
    lately = removed_lately(Segment, program.pk, actor=actor, now=timezone.now())
    return [("communication:put-back-segment", one) for one in lately]


def _csv(request: HttpRequest, program: Program, found: Reached) -> HttpResponseBase:
    table = request.GET.get("table")
    if table == "missed":
        return csv_response(f"{program.slug} customers not reached", REST, _rest(found))
    if table == "steps":
        return csv_response(f"{program.slug} cheapest set of channels", STEPS, _steps(found))
    return csv_response(f"{program.slug} reach by segment", HEADER, _lines(found))


def _lines(found: Reached) -> Iterator[tuple[Any, ...]]:
    for row in found.rows:
        have = {cell.channel: cell.have for cell in row.cells}
        yield (row.segment.name, row.contacts, *(have[one] for one in CHANNELS), row.planned, row.missed, row.nobody)


def _rest(found: Reached) -> Iterator[tuple[Any, ...]]:
    for row in found.rows:
        yield (row.segment.name, row.missed, *(row.rest.get(one, 0) for one in CHANNELS), row.nobody)


def _steps(found: Reached) -> Iterator[tuple[Any, ...]]:
    for step in found.steps:
        cost = "" if step.cost is None else f"{step.cost:f}"
        yield (LABELS[step.channel], step.channel in found.planned, step.adds, cost, found.terms.currency)


@gate("messages.change")
@require_POST
def plan_channels(request: HttpRequest, pk: int) -> HttpResponse:
    """Plans other channels for a message: the cheapest set, or those that were planned before."""
    actor, program = actor_of(request), program_of(request)
    message = Message.objects.get_for(actor, program=program, pk=pk, side=TO_CUSTOMERS)
    wanted = set(request.POST.get("channels", "").split(","))
    chosen = [one for one in CHANNELS if one in wanted]
    before = [one for one in CHANNELS if one in message.channels]
    back = reverse("communication:reach", kwargs={"program": program.slug})
    query = {"message": pk}

    def act() -> str:
        if not chosen:
            raise CannotError(f"No channel was named for “{message}”. Choose at least one.")
        if not message.change({"channels": chosen}, by=actor, at=timezone.now()):
            return f"“{message}” goes out by these channels already."
        return (
            f"“{message}” is planned by {', '.join(LABELS[one] for one in chosen)}. It is to be approved as it is now."
        )

    if set(before) != set(chosen) and before and not request.POST.get("back"):
        query["before"] = ",".join(before)  # type: ignore[assignment]  # a query holds both
    return pages.do(request, act, back=f"{back}?{urlencode(query)}")


@gate("contacts.import")
def terms(request: HttpRequest) -> HttpResponse:
    """What does it cost to reach one customer on each channel, and which share shall be reached?"""
    actor, program = actor_of(request), program_of(request)
    form = TermsForm(request.POST or None, terms=terms_of(program))
    back = reverse("communication:reach", kwargs={"program": program.slug})

    def save(values: dict[str, Any]) -> str:
        want = values["want"] / HUNDRED
        said = {"currency": values["currency"], "prices": form.prices(), "want": want}
        differed = set_terms(program, **said, by=actor, at=timezone.now())
        return "The prices stand." if differed else "Nothing was different, so nothing was changed."

    return pages.ask(
        request,
        form,
        save,
        title="Prices of channels",
        question="What does it cost to reach one customer on each channel, and which share shall be reached?",
        back=back,
        crumbs=[("Customers", back)],
        label="Save the prices",
    )


patterns: list[URLPattern] = [
    path("customers/reach/", reach, name="reach"),
    path("customers/reach/prices/", terms, name="reach-terms"),
    path("customers/reach/<int:pk>/channels/", plan_channels, name="plan-channels"),
    *register_urls(SEGMENT, "contacts.import", "customers"),
]
