"""Talks of three: who gets another manager, and which of the three has noted that they talked."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.programs.middleware import as_of, program_of
from commonground.programs.pages import do
from commonground.realignment.models import HolderPath, Talk
from commonground.realignment.talks import PERSON, SIDES, TalkRow, paths_of, talk_rows
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset
from commonground.ui.words import plural

OPEN, DONE = "open", "done"
CSV_HEAD = ["person", "from", *(f"{side}{more}" for side in SIDES.values() for more in ("", " talked on"))]


@gate("for_me.view")
def talks(request: HttpRequest) -> HttpResponseBase:
    """The re-assignments in which the actor has a side, the change lead all: whose note is still missing."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    seen: Any = paths_of(actor).filter(program=program)
    done = {f"talk__{side}__isnull": False for side in SIDES}
    which = request.GET.get("talks", "")
    listed = seen.filter(**done) if which == DONE else seen.exclude(**done) if which == OPEN else seen
    listed = listed.select_related("talk__from_manager", "person", "to_manager")
    if request.GET.get("format") == "csv":
        return csv_response(
            "talks of three", CSV_HEAD, _csv(talk_rows(list(listed.order_by("person__name", "pk")), actor, day))
        )
    page = Keyset(("person__name", "pk")).page(listed, request.GET.get("after", ""))
    rows = talk_rows(page.rows, actor, day)
    total, finished = seen.count(), seen.filter(**done).count()
    values = {
        "title": _title(total, finished, rows),
        "page": page,
        "rows": rows,
        "total": total,
        "counts": [(OPEN, "Still to come", total - finished), (DONE, "All three have talked", finished)],
        "sides": SIDES,
    }
    return render(request, "realignment/talks.html", values)


def _csv(rows: list[TalkRow]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            row.path.person.name,
            row.path.effective,
            *(said for side in row.sides for said in (side.person, side.on)),
        ]


def _title(total: int, finished: int, rows: list[TalkRow]) -> str:
    if not total:
        return "Nobody who concerns you gets another manager"
    if finished == total:
        return "All three have talked about each new manager"
    left = plural(total - finished, "talk of three is,talks of three are")
    return f"{left} still to come"


@gate("for_me.view")
@require_POST
def talk_note(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One's own note that the talk was had, or the way back from it. pk: of the path. Fields: `side`, `on`, `undo`."""
    actor, program, at = actor_of(request), program_of(request), timezone.now()
    path: HolderPath | None = paths_of(actor).filter(program=program, pk=pk).first()
    side = request.POST.get("side", PERSON)
    if path is None or side not in SIDES:
        raise Http404
    found = path
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        on = timezone.localdate()

    def note() -> str:
        Talk.objects.note(found, side, on=on, by=actor, at=at)
        return "Noted: you have talked. Nothing of what was said."

    def undo() -> str:
        Talk.objects.take_back(found, side, by=actor, at=at)
        return "Taken back: the talk is still to come."

    act: Callable[[], str] = undo if request.POST.get("undo") else note
    return do(request, act, back=reverse("realignment:talks", kwargs={"program": program.slug}))
