"""Network files: what each is for, on whose agreement and until when; and deleting one. Bringing one is intake's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from commonground.access.gate import actor_of, gate
from commonground.coalition.networks import DELETED, KEPT, LONGEST, STATES, NetworkFile
from commonground.coalition.selections import Selection
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.models import Program
from commonground.ui.csv_response import csv_response
from commonground.ui.words import plural

MARKS = {"looked": "watch", "kept": "note", "selected": "good", "expired": "none", "deleted": "none"}
COLUMNS = (
    "name",
    "state",
    "what_for",
    "agreement",
    "agreed_with",
    "agreed_on",
    "expires_on",
    "people",
    "ties",
    "ended_on",
)


@gate("networks.view")
@require_safe
def networks(request: HttpRequest) -> HttpResponseBase:
    """Which network files are there, what for, on whose agreement, and until when?"""
    actor, program = actor_of(request), program_of(request)
    rows = list(NetworkFile.objects.visible_to(actor).filter(program=program))
    if request.GET.get("format") == "csv":
        return csv_response(
            f"{program.slug} network files", COLUMNS, ([getattr(row, name) for name in COLUMNS] for row in rows)
        )
    lying = [row for row in rows if row.is_lying]
    title = f"{plural(len(lying), 'network file')} in use" if lying else "No ties of people are held in a network file"
    values: dict[str, Any] = {
        "rows": [(row, MARKS[row.state], STATES[row.state]) for row in rows],
        "title": title,
        "may_import": actor.may("networks.import"),
        "may_see_nominations": actor.may("nominations.view"),
        "longest": LONGEST,
    }
    return render(request, "coalition/networks.html", values)


@gate("networks.view")
@require_safe
def network(request: HttpRequest, pk: int) -> HttpResponse:
    """What is this network file for, on whose agreement, and until when?"""
    actor, row = actor_of(request), _own(request, pk)
    values: dict[str, Any] = {
        "row": row,
        "mark": MARKS[row.state],
        "state": STATES[row.state],
        "may_import": actor.may("networks.import"),
        "may_select": row.state == KEPT and actor.may("nominations.change"),
        "selections": list(Selection.objects.visible_to(actor).filter(network=row)),
    }
    return render(request, "coalition/network.html", values)


@gate("networks.import")
@require_POST
def take_network(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)

    def act() -> str:
        row.take_over(by=actor_of(request), at=timezone.now())
        return (
            f"Taken over: {plural(row.ties, 'tie')} of {plural(row.people, 'person,people')}. Choose champions from it."
        )

    return pages.do(request, act, back=_page(program_of(request), pk))


@gate("networks.import")
@require_POST
def delete_network(request: HttpRequest, pk: int) -> HttpResponse:
    """Deletes its ties at once. What it was for and on whose agreement stays on record."""
    row = _own(request, pk)

    def act() -> str:
        row.end(DELETED, by=actor_of(request), at=timezone.now())
        return f"The ties of “{row}” are deleted. What it was for, and on whose agreement, stays on record."

    return pages.do(request, act, back=reverse("coalition:networks", kwargs={"program": program_of(request).slug}))


def _own(request: HttpRequest, pk: int) -> NetworkFile:
    return NetworkFile.objects.get_for(actor_of(request), program=program_of(request), pk=pk)


def _page(program: Program, pk: int) -> str:
    return reverse("coalition:network", kwargs={"program": program.slug, "pk": pk})
