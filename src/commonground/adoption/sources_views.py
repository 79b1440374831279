"""How long the systems keep what the logs are fed from, and what is lost when nobody brings it in time."""

from datetime import date
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from commonground.access.gate import actor_of, gate
from commonground.adoption.forms import KeepsForm
from commonground.adoption.models import Source
from commonground.adoption.retention import DEFAULTS, Kept, sources_of
from commonground.analysis.months import DAYS_A_MONTH
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.ui.csv_response import csv_response
from commonground.ui.words import day as written_day
from commonground.ui.words import number, plural

NAMELESS = "-"  # in an address, for a system that nobody has named
SOON = 45  # days before something is lost that it is pointed out


class Told(NamedTuple):
    """A source and what there is to say of it. mark: of the list."""

    kept: Kept
    mark: str
    word: str
    sentence: str


def long(days: int) -> str:
    """“183 days, about 6 months”."""
    said = plural(days, "day")
    if days < 60:
        return said
    months = round(days / DAYS_A_MONTH)
    return (
        f"{said}, about {plural(months, 'month')}"
        if months < 24
        else f"{said}, about {number(round(months / 12, 1), 1)} years"
    )


def told_of(kept: Kept, day: date) -> Told:
    """What a system keeps, what was brought of it, and from when on something would be lost, in sentences."""
    brought = (
        f"What was brought reaches up to {written_day(kept.last_event)}."
        if kept.last_event
        else "Nothing is brought yet."
    )
    if kept.known and kept.keeps_days is None:
        return Told(kept, "good", "Keeps for good", f"{brought} Nothing is forgotten there.")
    if kept.days is None:
        return Told(
            kept,
            "watch",
            "Not known yet",
            f"{brought} Nobody has said how long it keeps. Ask before the first comparison is needed.",
        )
    keeps = f"It keeps {long(kept.days)}" + (
        "." if kept.known else f", as is common there: {kept.default.what if kept.default else ''}."
    )
    if kept.forgets_on is None:
        return Told(kept, "none", "Nothing brought", f"{keeps} {brought}")
    if kept.forgets_on <= day:
        return Told(
            kept,
            "act",
            "Something is lost",
            f"{keeps} {brought} What came after it is being forgotten there since {written_day(kept.forgets_on)}. "
            "Bring the next file today; what lies between is gone.",
        )
    near = (kept.forgets_on - day).days <= SOON
    return Told(
        kept,
        "watch" if near or not kept.known else "good",
        "Bring it soon" if near else "In time" if kept.known else "Taken as common",
        f"{keeps} {brought} What came after it is forgotten there from {written_day(kept.forgets_on)} on: bring the next file before.",
    )


@gate("pace.view")
def sources(request: HttpRequest) -> HttpResponseBase:
    """Which system forgets what, and when must the next file be brought?"""
    actor, program = actor_of(request), program_of(request)
    told = [told_of(one, timezone.localdate()) for one in sources_of(program)]
    if request.GET.get("format") == "csv":
        rows = (
            (
                one.kept.log.name,
                one.kept.system,
                one.kept.days,
                one.kept.known,
                one.kept.last_event,
                one.kept.forgets_on,
            )
            for one in told
        )
        return csv_response(
            f"{program.slug} sources", ("log", "system", "keeps_days", "said", "brought_until", "forgets_on"), rows
        )
    values = {
        "told": told,
        "title": title_of(told),
        "defaults": DEFAULTS,
        "can_change": actor.may("pace.change"),
        "can_import_logs": actor.may("events.import"),
    }
    return render(request, "adoption/sources.html", values)


def title_of(told: list[Told]) -> str:
    """The nearest thing to do: what is being lost, what would be before the program ends, what nobody knows."""
    if not told:
        return "No system feeds a behaviour yet"
    lost = [one for one in told if one.mark == "act"]
    if lost:
        return f"“{lost[0].kept.system}” has begun to forget what was not brought"
    silent = next((one.kept.system for one in told if one.kept.days is None and not one.kept.known), None)
    ahead = sorted(one.kept.forgets_on for one in told if one.kept.forgets_on and one.kept.outlived is not False)
    if ahead:
        return f"Bring the next file before {written_day(ahead[0])}"
    if silent:
        return f"Nobody has said yet how long “{silent}” keeps its events"
    return "Nothing is forgotten before the program ends"


@gate("pace.change")
def keeps(request: HttpRequest, pk: int, system: str) -> HttpResponse:
    """How long does this system keep what happened in it? pk: of the log that it feeds."""
    actor, program = actor_of(request), program_of(request)
    named = system if system != NAMELESS else ""
    found = next((one for one in sources_of(program) if one.log.pk == pk and one.system == named), None)
    if found is None:
        raise Http404
    log, system = found.log, named
    row = Source.objects.visible_to(actor).filter(program=program, log=log, system=system).first()
    begin: dict[str, Any] = {"keeps_days": found.default.keeps_days} if found.default and row is None else {}
    form = KeepsForm(
        request.POST or None, instance=row or Source(program=program, log=log, system=system), initial=begin
    )
    back = reverse("adoption:sources", kwargs={"program": program.slug})

    def save(values: dict[str, Any]) -> str:
        Source.objects.say(program, log, system, keeps_days=values["keeps_days"], by=actor, at=timezone.now())
        return f"Kept: how long “{system}” remembers."

    return pages.ask(
        request,
        form,
        save,
        title=f"How long does “{system or log}” remember?",
        question="What was never brought before it is forgotten there cannot be measured any more.",
        back=back,
        crumbs=[("Pace", reverse("adoption:pace", kwargs={"program": program.slug})), ("Sources", back)],
        label="Keep it",
    )
