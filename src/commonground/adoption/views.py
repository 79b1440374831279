"""The pace home, and the page of one behaviour."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.adoption import lines
from commonground.adoption.as_of import paced_on
from commonground.adoption.behaviour_page import values_of
from commonground.adoption.models import Behaviour, Paced
from commonground.adoption.pace_csv import curve_csv, weeks_csv
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Program
from commonground.programs.register import removed_lately
from commonground.ui.csv_response import csv_response
from commonground.ui.rail import url_of
from commonground.ui.words import plural

PAGES = {
    "sources_url": "adoption:sources",
    "priors_url": "adoption:priors",
    "add_url": "adoption:add-behaviour",
    "library_url": "adoption:library",
    "logs_url": "intake:logs",
    "benefits_url": "adoption:benefits",
}


@gate("pace.view")
def pace(request: HttpRequest) -> HttpResponseBase:
    """Which behaviours are changing, how fast, when will they be there, and what does waiting cost?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    found = lines.lines_of(actor, program, day, today=timezone.localdate(), now=timezone.now())
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} pace", lines.CSV_HEAD, lines.csv_rows(found))
    values: dict[str, Any] = {
        "lines": found,
        "title": lines.statement(found),
        "count": plural(len(found), "behaviour"),
        "can_change": actor.may("pace.change"),
        "sees_benefits": actor.may("benefits.view"),
        "removed": _removed(actor, program),
        "inbox_url": _inbox(program.slug) if actor.may("findings.view") else "",
        "vanity": any(line.behaviour.vanity for line in found),
        **{name: url_of(page, program.slug) for name, page in PAGES.items()},
    }
    return render(request, "adoption/pace.html", values)


@gate("pace.view")
def behaviour(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Is this behaviour changing, how fast, will it last, and what does waiting cost?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    row = Behaviour.objects.get_for(actor, program=program, pk=pk)
    paced = Paced.objects.visible_to(actor).filter(behaviour=row).first()
    if request.GET.get("format") == "csv" and paced is not None:
        return (curve_csv if request.GET.get("of") == "sustained" else weeks_csv)(row.name, paced_on(paced, day).pace)
    order = list(Behaviour.objects.visible_to(actor).filter(program=program).values_list("pk", flat=True))
    values = {
        "behaviour": row,
        "place": order.index(row.pk) + 1,
        "count": len(order),
        "can_change": actor.may("pace.change"),
        "can_plan": actor.may("activities.change"),
        "day": day,
        "plan_url": _plan(program.slug, row),
        "inbox_url": _inbox(program.slug) if actor.may("findings.view") else "",
        **values_of(actor, program, row, paced, day, request.GET.get("by", ""), now=timezone.now()),
        **{
            f"{name}_url": _url(f"adoption:{page}", program.slug, pk)
            for name, page in (("rule", "rule"), ("edit", "edit-behaviour"), ("counts", "counts"))
        },
    }
    return render(request, "adoption/behaviour.html", values)


def _url(name: str, program: str, pk: int) -> str | None:
    """The address of a page about one behaviour, None while there is no such page."""
    try:
        return reverse(name, kwargs={"program": program, "pk": pk})
    except NoReverseMatch:
        return None


def _inbox(program: str) -> str:
    """The open findings of this practice, where there is an inbox."""
    url = url_of("guidance:inbox", program)
    return f"{url}?practice=PACE" if url else ""


def _removed(actor: Actor, program: Program) -> list[tuple[str, object]]:
    """Behaviours that were removed lately, for those who may put them back."""
    if not actor.may("pace.change"):
        return []
    rows = removed_lately(Behaviour, program.pk, actor=actor, now=timezone.now())
    return [("adoption:put-back-behaviour", one) for one in rows]


def _plan(program: str, row: Behaviour) -> str:
    """The form of a new activity, begun for this behaviour."""
    begun = urlencode({"practice": "PACE", "words": f"For “{row}”"})
    return f"{reverse('plan:add-activity', kwargs={'program': program})}?{begun}"
