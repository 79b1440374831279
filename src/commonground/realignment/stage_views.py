"""The stage control: steps, the talk of the line, named readers, withdrawal. One POST each; the verb says whether it may be."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.programs.middleware import program_of
from commonground.programs.pages import do
from commonground.realignment.forms import ReaderForm
from commonground.realignment.plans import KINDS, page_of
from commonground.realignment.stages import STEPS

FORWARD = {step.name: step.end for step in STEPS if step.name in {"consult", "tell", "put_in_force"}}
SAID = {
    "consult": "Change leads and sponsors see it now; those whom it concerns do not.",
    "tell": "Those whom it concerns see it on their own page now.",
    "put_in_force": "It is in force, and everybody may see it.",
    "take_back": "It is a draft again, for its named readers.",
    "revise": "It is off the screens and a draft again. The line speaks anew before it is told.",
    "line_spoke": "The day of the talk is noted. It may be told now.",
    "withdraw": "It is withdrawn and on no page. Below “What is planned” it can be taken up again.",
    "take_up": "It is taken up again as it was.",
}


@gate("realignment.change")
@require_POST
def step(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """Takes one step with one plan. Fields: `step`, and `on` or `why` where the step needs them."""
    actor, program, at = actor_of(request), program_of(request), timezone.now()
    if kind not in KINDS:
        raise Http404
    row = KINDS[kind].everything.get_for(actor, program=program, pk=pk)
    name = request.POST.get("step", "")
    if name not in SAID:
        raise Http404
    on = _day(request.POST.get("on", ""), timezone.localdate())
    verbs = _verbs(row, name, on, request.POST.get("why", "")[:300], actor, at)

    def act() -> str:
        verbs[name]()
        return SAID[name]

    seen = KINDS[kind].objects.visible_to(actor).filter(pk=pk)
    answer = do(request, act, back=page_of(row, program.slug))
    return answer if seen.exists() else redirect("realignment:changes", program=program.slug)


def _verbs(row: Any, name: str, on: date, why: str, by: Actor, at: datetime) -> dict[str, Callable[[], None]]:
    forward = {key: lambda: row.advance(FORWARD[name], on=on, by=by, at=at) for key in FORWARD}
    back = {key: lambda: row.take_back(why=why, by=by, at=at) for key in ("take_back", "revise")}
    return {
        **forward,
        **back,
        "line_spoke": lambda: row.line_spoke(on=on, by=by, at=at),
        "withdraw": lambda: row.withdraw(on=on, why=why, by=by, at=at),
        "take_up": lambda: row.take_up(by=by, at=at),
    }


def _day(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today


@gate("realignment.change")
@require_POST
def readers(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """Names one more reader of a draft."""
    actor, program, at = actor_of(request), program_of(request), timezone.now()
    if kind not in KINDS:
        raise Http404
    row = KINDS[kind].objects.get_for(actor, program=program, pk=pk)
    form, back = ReaderForm(request.POST), page_of(row, program.slug)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors.get("reader", [])))
        return redirect(back)
    user = form.cleaned_data["reader"]

    def act() -> str:
        row.name_readers([user.pk], by=actor, at=at)
        return f"{user} may see it now."

    return do(request, act, back=back)
