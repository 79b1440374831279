"""Engagements; and where the list of activities went."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.programs.middleware import program_of
from commonground.programs.models import Engagement, Program
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
    """The address that the list had before: it stands in the plan now."""
    asked = request.META.get("QUERY_STRING", "")
    return redirect(
        reverse("plan:table", kwargs={"program": program_of(request).slug}) + (f"?{asked}" if asked else "")
    )


def _removed(model: type[Engagement], actor: Actor, program: Program, verb: str) -> list[Any]:
    """What can be put back on a list page, each with the name of its address."""
    if not actor.may(verb):
        return []
    name = f"programs:put-back-{model._meta.model_name}"
    return [(name, one) for one in removed_lately(model, program.pk, actor=actor, now=timezone.now())]
