"""Points: the open addresses, their posters with a QR code, and the paper forms."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.organization.fields import ask_all
from commonground.programs.middleware import program_of
from commonground.programs.pages import ask, do
from commonground.ui.qr import qr
from commonground.ui.words import plural
from commonground.voice.forms import PointForm
from commonground.voice.keys import new_code
from commonground.voice.models import Point
from commonground.voice.open_views import on_paper
from commonground.voice.states import KIND_HINTS, KINDS
from commonground.voice.tabs import tabs_of
from commonground.voice.where import places_on

MOST_FORMS = 20


def _list(request: HttpRequest) -> str:
    return reverse("voice:points", kwargs={"program": program_of(request).slug})


def say_at(point: Point) -> str:
    """The whole address that stands on the poster and in its QR code."""
    return on_paper("voice_open:say", code=point.code)


@gate("voices.work")
def points(request: HttpRequest) -> HttpResponseBase:
    """Where can people say something without a sign-in, and what is told of where it came from?"""
    actor, program, places = actor_of(request), program_of(request), places_on(timezone.localdate())
    rows = list(Point.objects.visible_to(actor).filter(program=program).order_by("closed_on", "name", "pk"))
    found = [{"point": row, "address": say_at(row), "told": places.name(row.unit_id)} for row in rows]
    open_ = sum(1 for row in rows if row.closed_on is None)
    title = f"{plural(open_, 'point is open,points are open')} to say something without signing in"
    values = {
        "found": found,
        "title": title[0].upper() + title[1:],
        "may_change": actor.may("voices.triage"),
        "tabs": tabs_of(actor, program),
    }
    return render(request, "voice/points.html", values)


@gate("voices.triage")
def open_point(request: HttpRequest) -> HttpResponse:
    """Opens an address for a unit or a crew."""
    actor, program = actor_of(request), program_of(request)
    form = PointForm(request.POST or None)
    ask_all(form.fields, actor, timezone.localdate())

    def save(given: dict[str, Any]) -> str:
        row = Point.objects.open(program, by=actor, at=timezone.now(), **given)
        told = places_on(timezone.localdate()).name(row.unit_id)
        return f"“{row}” is open. What is said there is told {f'as from {told}' if told else 'without a unit'}. Print its poster next."

    return ask(
        request,
        form,
        save,
        title="Open a point",
        question="Where will the poster hang, and whose people pass by?",
        back=_list(request),
        crumbs=[
            ("Voices", reverse("voice:list", kwargs={"program": program.slug})),
            ("Points and posters", _list(request)),
        ],
        label="Open it",
    )


@gate("voices.work")
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """A poster to print: the QR code, the address to type, and what is kept of what is said."""
    point = Point.objects.get_for(actor_of(request), program=program_of(request), pk=pk)
    address = say_at(point)
    told = places_on(timezone.localdate()).name(point.unit_id)
    follow = on_paper("voice_open:follow")
    values = {"point": point, "address": address, "qr": qr(address), "told": told, "follow": follow}
    return render(request, "voice/poster.html", values)


@gate("voices.work")
@never_cache
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Paper forms to write on, each with a code of its own on a stub to tear off. A code is kept once its form is written down."""
    point = Point.objects.get_for(actor_of(request), program=program_of(request), pk=pk)
    asked = request.GET.get("n", "")
    count = min(max(int(asked), 1), MOST_FORMS) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else 2
    values = {
        "point": point,
        "codes": [new_code() for _ in range(count)],
        "kinds": [(label, KIND_HINTS[kind]) for kind, label in KINDS.items()],
        "follow": on_paper("voice_open:follow"),
        "lines": range(7),
        "counts": (2, 10, 20),
    }
    return render(request, "voice/paper.html", values)


@gate("voices.triage")
@require_POST
def switch_point(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes a point, or opens it again."""
    point = Point.objects.get_for(actor_of(request), program=program_of(request), pk=pk)
    who: dict[str, Any] = {"by": actor_of(request), "at": timezone.now()}

    def act() -> str:
        if point.closed_on is None:
            point.close(**who)
            return f"“{point}” takes nothing more. Its address says so, and how else to be heard."
        point.open_again(**who)
        return f"“{point}” is open again, under the same address."

    return do(request, act, back=_list(request))
