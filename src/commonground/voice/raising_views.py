"""Raising a voice when signed in, and handing one over for somebody."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from commonground.access.gate import actor_of, gate
from commonground.access.unlogged import unlogged
from commonground.organization.fields import ask_all
from commonground.programs.middleware import program_of
from commonground.programs.pages import ask
from commonground.voice.figures import board, pledge
from commonground.voice.forms import ME, HandOverForm, RaiseForm
from commonground.voice.keys import new_code
from commonground.voice.models import Voice
from commonground.voice.open_views import instead, raise_once, thanks
from commonground.voice.states import KINDS
from commonground.voice.where import places_on
from commonground.workflows.models import Workflow


@gate("voices.raise")
@never_cache
@unlogged(instead)
def raise_voice(request: HttpRequest) -> HttpResponse:
    """Ask, suggest, or say what worries you. Without a name nothing of who is signed in is kept: no session, no message, no journal."""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    form = RaiseForm(
        request.POST or None,
        program=program,
        places=places_on(day),
        name=actor.name,
        workflows=Workflow.objects.visible_to(actor),
        initial={"code": new_code(), "kind": request.GET.get("kind", ""), "workflow": request.GET.get("workflow", "")},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        said = {name: given[name] for name in ("kind", "words", "unit", "workflow")}
        if given["sender"] != ME:
            code = raise_once(program, given["code"], day, said)
            return thanks(request, code, again=reverse("voice:raise", kwargs={"program": program.slug}))
        row = Voice.objects.raise_signed(
            program, by=actor, at=timezone.now(), wants_credit=given["wants_credit"], **said
        )
        messages.success(request, f"Thank you. It is with those who work on it: {KINDS[row.kind]} with your name.")
        return redirect("voice:voice", program=program.slug, pk=row.pk)
    values = {"form": form, "pledge": pledge(board(program, day).whole), "may_hand_over": actor.may("voices.work")}
    return render(request, "voice/raise.html", values, status=422 if form.is_bound else 200)


@gate("voices.work")
def hand_over(request: HttpRequest) -> HttpResponse:
    """Writes down what somebody said or wrote on paper."""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    form = HandOverForm(request.POST or None, program=program, workflows=Workflow.objects.visible_to(actor))
    ask_all(form.fields, actor, day)

    def save(given: dict[str, Any]) -> str:
        row = Voice.objects.hand_over(program, by=actor, at=timezone.now(), **given)
        unit = places_on(day).name(row.unit_id)
        told = f" It is told as from {unit}." if unit and row.unit_id != getattr(given["unit"], "pk", None) else ""
        return f"Written down: {KINDS[row.kind]}.{told} You find it under “Mine”."

    return ask(
        request,
        form,
        save,
        title="Hand over what somebody said",
        question="What did somebody tell you, or write on a paper form? It says that you handed it over, not for whom.",
        back=reverse("voice:list", kwargs={"program": program.slug}),
        crumbs=[("Voices", reverse("voice:list", kwargs={"program": program.slug}))],
        label="Hand it over",
        to=lambda: reverse("voice:hand-over", kwargs={"program": program.slug}),
    )
