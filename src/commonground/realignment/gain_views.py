"""What one role gains and loses, and what is offered in return: add, change, remove, offer, answer."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.programs.middleware import as_of, program_of
from commonground.programs.pages import ask, do
from commonground.realignment.forms import GainForm, OfferForm
from commonground.realignment.models import RoleChange, RoleFate
from commonground.realignment.names import role_name
from commonground.realignment.role_views import again, role_url

QUESTION = "What does the role give up or win? Of the role, never of a person; each kind stands for itself."
ANSWERS = {"yes": True, "no": False, "open": None}


@gate("realignment.change")
def gain_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Records one gain or loss of a role. The address may fill in the form: the way back from a removal."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    fate = RoleFate.objects.get_for(actor, program=program, role=pk)
    initial = {name: request.GET[name] for name in ("kind", "size", "words", "unit") if name in request.GET}
    form = GainForm(request.POST or None, actor=actor, day=day, initial=initial)

    def save(values: dict[str, Any]) -> str:
        row = RoleChange.objects.add(fate, by=actor, at=timezone.now(), **values)
        return f"Recorded. {row}."

    return ask(
        request,
        form,
        save,
        title=f"What {role_name(pk)} gains or loses",
        question=QUESTION,
        back=role_url(program, pk),
        label="Record it",
    )


@gate("realignment.change")
def gain_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Changes one gain or loss."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    row: Any = RoleChange.objects.get_for(actor, role_fate__program=program, pk=pk)
    role = row.role_fate.role_id
    initial = {"kind": row.kind, "size": row.size, "words": row.words, "unit": row.unit_id}
    form = GainForm(request.POST or None, actor=actor, day=day, initial=initial)

    def save(values: dict[str, Any]) -> str:
        row.change(by=actor, at=timezone.now(), **values)
        return f"Changed. {row}."

    remove = reverse("realignment:gain-remove", kwargs={"program": program.slug, "pk": pk})
    return ask(
        request,
        form,
        save,
        title=f"{role_name(role)}: {row}",
        question=QUESTION,
        back=role_url(program, role),
        label="Save",
        remove=remove if not row.role_fate.settled else "",
    )


@gate("realignment.change")
@require_POST
def gain_remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Takes a gain or loss out and leads to its form, filled in: the way back."""
    actor, program = actor_of(request), program_of(request)
    row: Any = RoleChange.objects.get_for(actor, role_fate__program=program, pk=pk)
    role = row.role_fate.role_id
    values = {"kind": row.kind, "size": row.size, "words": row.words, "unit": row.unit_id or ""}
    gone: list[bool] = []

    def act() -> str:
        row.remove(by=actor, at=timezone.now())
        gone.append(True)
        return "Removed. It stands below once more, should you want it back: “Record it”, or leave the page."

    answer = do(request, act, back=role_url(program, role))
    return redirect(again(program, role, values)) if gone else answer


@gate("realignment.change")
def offer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Writes what is offered in return for a loss."""
    actor, program = actor_of(request), program_of(request)
    row: Any = RoleChange.objects.get_for(actor, role_fate__program=program, pk=pk)
    role = row.role_fate.role_id
    initial = {"words": row.offered, "on": row.offered_on or timezone.localdate()}
    form = OfferForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> str:
        row.offer(by=actor, at=timezone.now(), **values)
        return (
            "The offer is recorded. It balances the loss once the holders accept it."
            if values["words"]
            else "The offer is taken back."
        )

    return ask(
        request,
        form,
        save,
        title=f"{role_name(role)}: what is offered in return",
        question=f"They give up: {row.words or row.get_kind_display().lower()}. What can they hold you to in return?",
        back=role_url(program, role),
        label="Record the offer",
    )


@gate("realignment.change")
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Records whether the holders accepted the offer; “open” takes the answer back."""
    actor, program = actor_of(request), program_of(request)
    row: Any = RoleChange.objects.get_for(actor, role_fate__program=program, pk=pk)
    accepted = ANSWERS.get(request.POST.get("accepted", ""))

    def act() -> str:
        row.answer(accepted=accepted, on=timezone.localdate(), by=actor, at=timezone.now())
        return {
            True: "The holders accepted it.",
            False: "The holders declined it.",
            None: "Their answer is open again.",
        }[accepted]

    return do(request, act, back=role_url(program, row.role_fate.role_id))
