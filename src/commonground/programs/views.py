"""The program line, engagements and activities."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.organization.fields import unit_names
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import (
    STATES,
    Activity,
    Engagement,
    Program,
)
from commonground.programs.register import removed_lately
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset


@gate("engagements.view")
def engagements(request: HttpRequest) -> HttpResponseBase:
    """Who was engaged, when, and were they from outside IT?"""
    actor, program = actor_of(request), program_of(request)
    rows: QuerySet[Engagement] = Engagement.objects.visible_to(actor).filter(program=program)
    kind = request.GET.get("kind", "")
    rows = rows.filter(kind=kind) if kind else rows
    if request.GET.get("format") == "csv":
        lines = rows.values_list("on", "who", "kind", "outside_it", "what").iterator()
        return csv_response(f"{program.slug} engagements", ("on", "with", "kind", "outside_it", "what"), lines)
    values = {
        "page": Keyset(("-on", "-pk")).page(rows, request.GET.get("after", "")),
        "kinds": [name for name, _ in Engagement._meta.get_field("kind").choices or ()],
        "can_change": actor.may("engagements.change"),
        "removed": _removed(Engagement, actor, program, "engagements.change"),
    }
    return render(request, "programs/engagements.html", values)


@gate("activities.view")
def activities(request: HttpRequest) -> HttpResponseBase:
    """What is being done for people, by whom, and how far is it?"""
    actor, program = actor_of(request), program_of(request)
    rows = Activity.objects.visible_to(actor).filter(program=program).select_related("owner")
    state = request.GET.get("state", "")
    rows = rows.filter(state=state) if state else rows
    if request.GET.get("format") == "csv":
        columns = ("key", "kind", "unit__key", "practice", "owner__key", "start", "end", "hours", "state")
        header = ("id", "kind", "unit", "practice", "owner", "from", "to", "hours", "state")
        return csv_response(f"{program.slug} activities", header, rows.values_list(*columns).iterator())
    page = Keyset(("pk",)).page(rows, request.GET.get("after", ""))
    names = unit_names(actor, as_of(request), {row.unit_id for row in page.rows if row.unit_id})
    values = {
        "page": page,
        "listed": [(row, names.get(row.unit_id, "")) for row in page.rows],
        "states": STATES,
        "can_change": actor.may("activities.change"),
        "removed": _removed(Activity, actor, program, "activities.change"),
    }
    return render(request, "programs/activities.html", values)


def _removed(model: type[Activity | Engagement], actor: Actor, program: Program, verb: str) -> list[Any]:
    """What can be put back on a list page, each with the name of its address."""
    if not actor.may(verb):
        return []
    name = f"programs:put-back-{model._meta.model_name}"
    return [(name, one) for one in removed_lately(model, program.pk, actor=actor, now=timezone.now())]
