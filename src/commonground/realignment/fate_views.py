"""What becomes of one process, and where one holder of a role goes: a form, the stage control, whom it concerns."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.organization.models import Assignment, Person, Role
from commonground.programs.middleware import as_of, program_of
from commonground.programs.register import CannotError
from commonground.realignment.fates import Way
from commonground.realignment.forms import PathForm, ProcessFateForm
from commonground.realignment.models import HolderPath, ProcessFate
from commonground.realignment.names import role_words, unit_words
from commonground.realignment.plans import people_of, view_of
from commonground.workflows.models import Process

PROCESS_TITLES = {
    "keep": "{} stays as it is",
    "reshape": "{} is to be done in another way",
    "move": "{} is to move",
    "merge": "{} is to become part of another process",
    "automate": "{} is to be done by a machine",
    "eliminate": "{} is to end",
    "create": "{} is to begin",
}
PATH_TITLES = {
    "same": "{} stays in the role",
    "new_role": "{} goes to a new role",
    "open": "Where {} goes is open",
    "leaving": "{} is leaving",
}


@gate("workflows.view")
def process_fate(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What becomes of a process, whom it concerns and whether they have been told."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    process = Process.objects.get_for(actor, program=program, pk=pk)
    fate = ProcessFate.objects.visible_to(actor).filter(process=process).select_related("process").first()
    may_change = actor.may("realignment.change") and (fate is None or not fate.settled)
    if fate is None and not may_change:
        raise Http404
    owners = list(fate.to_owners.order_by("name")) if fate else []
    initial = _asked(fate, owners) if fate else {}
    form = ProcessFateForm(request.POST or None, actor=actor, day=day, initial=initial)
    if request.method == "POST" and may_change and form.is_valid():
        try:
            if fate is None:
                ProcessFate.objects.draft(process, by=actor, at=timezone.now(), **form.cleaned_data)
                messages.success(
                    request,
                    "A draft is begun. Only you see it until you name readers or show it to leads and sponsors.",
                )
            else:
                fate.change(by=actor, at=timezone.now(), **form.cleaned_data)
                messages.success(request, f"What is planned for {process} is changed.")
            return redirect(request.path)
        except CannotError as refused:
            form.add_error(None, str(refused))
    values = {
        "process": process,
        "save_label": "Save the plan" if fate else "Begin a draft",
        "fate": fate,
        "form": form if may_change else None,
        "title": PROCESS_TITLES[fate.fate].format(process.name) if fate else f"What becomes of {process.name}?",
        "plan": view_of(fate, actor, day, timezone.localdate()) if fate else None,
        "people": _concerned(fate, actor, day) if fate else [],
        "to_unit": unit_words([fate.to_unit_id], day).get(fate.to_unit_id or 0, "") if fate else "",
        "owners": owners,
    }
    return render(request, "realignment/process_fate.html", values, status=422 if form.is_bound else 200)


def _concerned(fate: ProcessFate, actor: Actor, day: date) -> list[Person]:
    """The first thirty of those whom it concerns and whom the actor may see."""
    seen = Person.objects.visible_to(actor).values("pk")
    return list(people_of(fate, day).filter(pk__in=seen).order_by("name")[:30])


def _asked(fate: ProcessFate, owners: list[Person]) -> dict[str, Any]:
    """A plan as its form shows it."""
    return {
        **{name: getattr(fate, name) for name in ("fate", "words", "effective")},
        "to_unit": fate.to_unit_id,
        "to_owners": "\n".join(f"{one.name} ({one.key})" for one in owners),
    }


@gate("balance.view")
def path(request: HttpRequest, pk: int, person: int) -> HttpResponseBase:
    """Where one holder of a role goes, and whether they have been told."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    role = Role.objects.get_for(actor, pk=pk)
    who = Person.objects.get_for(actor, pk=person)
    if not Assignment.objects.visible_to(actor).filter(person=who, role=role).exists():
        raise Http404
    row = HolderPath.objects.visible_to(actor).filter(program=program, role=role, person=who).first()
    may_change = actor.may("realignment.change") and (row is None or not row.settled)
    fields = {name: getattr(row, name) for name in ("fate", "effective")} if row else {}
    fields |= {"to_role": row.to_role_id, "to_unit": row.to_unit_id, "to_manager": row.to_manager_id} if row else {}
    form = PathForm(request.POST or None, actor=actor, day=day, initial=fields)
    if request.method == "POST" and may_change and form.is_valid():
        try:
            if row is None:
                HolderPath.objects.draft(
                    who, role=role, program=program, way=Way(**form.cleaned_data), by=actor, at=timezone.now()
                )
                messages.success(request, f"A draft for {who} is begun. {who} sees nothing of it until it is told.")
            else:
                row.change(by=actor, at=timezone.now(), **form.cleaned_data)
                messages.success(request, f"The path of {who} is changed.")
            return redirect(request.path)
        except CannotError as refused:
            form.add_error(None, str(refused))
    words = role_words([pk, *([row.to_role_id] if row and row.to_role_id else [])], day)
    values = {
        "person": who,
        "save_label": "Save the path" if row else "Begin a draft",
        "role": role,
        "words": words.get(pk),
        "row": row,
        "to_role": words.get(row.to_role_id) if row and row.to_role_id else None,
        "to_unit": unit_words([row.to_unit_id], day).get(row.to_unit_id or 0, "") if row else "",
        "form": form if may_change else None,
        "title": PATH_TITLES[row.fate].format(who.name) if row else f"Where does {who.name} go?",
        "plan": view_of(row, actor, day, timezone.localdate()) if row else None,
    }
    return render(request, "realignment/path.html", values, status=422 if form.is_bound else 200)
