"""Naming colleagues, taking them off again, and not wishing to be named. Made for a phone.

What is looked for and who is named is sent in the body of a POST and stands in no address, no message and no log.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.access.unlogged import unlogged
from commonground.coalition import naming
from commonground.coalition.ballots import MOST, NoKeyError
from commonground.coalition.champions import Champion
from commonground.coalition.nominations import KEPT_DAYS, Nomination
from commonground.disclosure.clearing import days_under
from commonground.programs.middleware import program_of
from commonground.programs.register import CannotError

LONGEST = 80  # letters of a name that is looked for
SAID = {
    "yes": "Thank you. You are a champion: your page shows whom you carry.",
    "no": "Thank you for saying so. Nothing more comes of it, and nobody but the change lead knows that you were asked.",
    "talk": "Noted: the change lead comes to you to talk first. Your answer stays open.",
}


def instead(status: int) -> HttpResponse:
    """What stands in the place of a page that is not there, or has failed."""
    return HttpResponse(render_to_string(f"{status}.html", {}), status=status)


@gate("nominations.name")
@never_cache
@unlogged(instead)
def name(request: HttpRequest) -> HttpResponse:
    """Who, besides your manager, explains new ways of working so that people try them? Nothing of it is journaled or logged."""
    actor, day = actor_of(request), timezone.localdate()
    row = naming.asking(actor, program_of(request), day)
    if request.method == "POST" and "find" not in request.POST and actor.person is not None:
        return _written(request, row, actor.person)
    looked = " ".join(request.POST.get("find", "").split())[:LONGEST]
    values: dict[str, Any] = {
        "row": row,
        "most": MOST,
        "looked": looked,
        "out": naming.has_opted_out(actor),
        "kept_days": days_under("coalition.namings", KEPT_DAYS),
        "has_person": actor.person is not None,
    }
    if row is not None and actor.person is not None:
        values |= _asked(row, actor.person, looked)
    return render(request, "coalition/name.html", values)


def _asked(row: Nomination, person: int, looked: str) -> dict[str, Any]:
    day = timezone.localdate()
    try:
        mine = naming.named_by(row, person)
    except NoKeyError:
        return {"keyless": True}
    found, more = naming.found(person, looked, day, named=sorted(mine)) if len(mine) < MOST else ([], False)
    too_short = bool(looked) and sum(map(len, looked.split())) < naming.LETTERS
    return {
        "mine": naming.shown(sorted(mine), day),
        "found": found,
        "more": more,
        "too_short": too_short,
        "full": len(mine) >= MOST,
    }


def _written(request: HttpRequest, row: Nomination | None, person: int) -> HttpResponse:
    """Writes what was pressed, then the page anew. What it says names nobody: a message is kept until it is shown."""
    post = request.POST
    try:
        if "out" in post:
            said = _opt(person, out=post["out"] == "yes")
        elif row is None:
            raise CannotError("No round asks you now, so nobody can be named. What was named before stays as it was.")
        elif "add" in post:
            said = _add(row, person, _number(request, "add"))
        else:
            said = _off(row, person, _number(request, "off") if "off" in post else None)
        messages.success(request, said)
    except CannotError as refused:
        messages.error(request, str(refused))
    return redirect("coalition:name", program=program_of(request).slug)


def _number(request: HttpRequest, field: str) -> int:
    text = request.POST.get(field, "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _add(row: Nomination, person: int, colleague: int) -> str:
    naming.name(row, person, colleague, timezone.localdate())
    return "Kept. You can name more, or change it, as long as the round is open."


def _off(row: Nomination, person: int, colleague: int | None) -> str:
    naming.withdraw(row, person, colleague, timezone.localdate())
    return "Taken off." if colleague is not None else "All taken off: it is as if you had not been here."


def _opt(person: int, *, out: bool) -> str:
    naming.set_opt_out(person, out=out)
    if out:
        return "Nobody can name you any more, and what was named of you is deleted. Nobody is told."
    return "Colleagues can name you again."


@gate("nominations.name")
@require_POST
def champion_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Would you be a champion? Yes, no, or let us talk first."""
    actor, said = actor_of(request), request.POST.get("said", "")
    row = Champion.objects.filter(program=program_of(request), person=actor.person, pk=pk).first()
    if row is None or actor.person is None or said not in SAID:
        raise Http404
    try:
        row.answer(said, by=actor, at=timezone.now())
        messages.success(request, SAID[said])
    except CannotError as refused:
        messages.error(request, str(refused))
    return redirect("reports:for-me", program=program_of(request).slug)
