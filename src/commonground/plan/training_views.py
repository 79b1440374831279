"""Modules of training: for whom each is, what a changed role asks for, and one's own training."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.journal.models import Entry
from commonground.organization.models import Role
from commonground.plan.models import Attendance, Module, Need, Session
from commonground.plan.training_forms import ModuleForm, NeedForm, SessionForm
from commonground.plan.training_left import modules_for
from commonground.plan.training_sessions import ATTENDED
from commonground.plan.trainings import propose
from commonground.programs import pages, register
from commonground.programs.middleware import program_of
from commonground.programs.row_views import Kind
from commonground.realignment.names import role_name

MODULE = Kind(
    Module,
    ModuleForm,
    "module",
    "training",
    "What is to be learned, how, and on which cases of our own?",
    space="plan",
    above=("Training", "training"),
    shown="module",
)
SESSION = Kind(
    Session,
    SessionForm,
    "session",
    "training",
    "When and where is it taught, and who can come?",
    space="plan",
    above=("Training", "training"),
    shown="session",
)


def to(request: HttpRequest, name: str, **kwargs: Any) -> str:
    return reverse(f"plan:{name}", kwargs={"program": program_of(request).slug, **kwargs})


def module_of(request: HttpRequest, pk: int) -> Module:
    return Module.objects.get_for(actor_of(request), program=program_of(request), pk=pk)


def crumbs(request: HttpRequest, row: Module) -> list[tuple[str, str]]:
    return [("Training", to(request, "training")), (row.name, to(request, "module", pk=row.pk))]


@gate("training.change")
def add_need(request: HttpRequest, pk: int) -> HttpResponse:
    """Says for whom else a module is meant."""
    actor, row = actor_of(request), module_of(request, pk)
    form = NeedForm(request.POST or None, actor=actor, day=timezone.localdate(), initial=request.GET.dict())

    def save(values: dict[str, Any]) -> str:
        need = Need.objects.say(row, **values, by=actor, at=timezone.now())
        if need.role_fate_id:
            return (
                f"“{row}” is for {need.whom}. Only those who may see the plan for this role see that, until it is told."
            )
        return f"“{row}” is for {need.whom}."

    return pages.ask(
        request,
        form,
        save,
        title=f"For whom is “{row}”?",
        question="Who is to learn this, those included who never touch the CRM?",
        back=to(request, "module", pk=pk),
        crumbs=crumbs(request, row),
        label="Add them",
    )


@gate("training.change")
@require_POST
def remove_need(request: HttpRequest, pk: int) -> HttpResponse:
    actor, program = actor_of(request), program_of(request)
    need = Need.objects.get_for(actor, program=program, pk=pk)

    def act() -> str:
        said = f"“{need.module}” is no longer meant for {need.whom}. It can be put back at the foot of this page."
        need.remove(by=actor, at=timezone.now())
        return said

    return pages.do(request, act, back=to(request, "module", pk=need.module_id))


@gate("training.change")
@require_POST
def put_back_need(request: HttpRequest, entry: int) -> HttpResponse:
    actor = actor_of(request)
    kept = Entry.objects.get_for(actor, pk=entry, program=program_of(request).pk)

    def act() -> str:
        return f"Put back: {register.put_back(kept, Need, facts=Need.facts, by=actor, at=timezone.now())}."

    return pages.do(request, act, back=to(request, "training"))


@gate("training.change")
@require_POST
def propose_module(request: HttpRequest, pk: int) -> HttpResponse:
    """A module for a role that changes, ready to be filled in."""
    actor, program = actor_of(request), program_of(request)
    role = get_object_or_404(Role.objects.visible_to(actor), pk=pk)
    row = propose(program, role, name=f"What changes for {role_name(pk)}", by=actor, at=timezone.now())
    return redirect(to(request, "edit-module", pk=row.pk))


@gate("my_training.view")
def my_training(request: HttpRequest) -> HttpResponseBase:
    """What is meant for the person who asks, where and when they have a place, and what they had."""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    modules = modules_for(actor, program.pk, day) if actor.person is not None else []
    places = Attendance.objects.visible_to(actor).filter(program=program, person=actor.person or 0)
    mine: dict[int, list[Attendance]] = {}
    for place in places.select_related("session__trainer", "module").order_by("on", "pk"):
        mine.setdefault(place.module_id, []).append(place)
    others = [rows[0].module for pk, rows in mine.items() if pk not in {row.pk for row in modules}]
    found = [_mine(row, mine.get(row.pk, []), day) for row in [*modules, *others]]
    ahead = [one for one in found if one["had"] is None]
    values = {
        "rows": sorted(found, key=lambda one: (one["had"] is not None, one["next"] is None)),
        "title": my_title(len(found), len(ahead)),
        "hours": sum(one["module"].hours or 0 for one in ahead),
        "known": actor.person is not None,
    }
    return render(request, "plan/my_training.html", values)


def _mine(row: Module, places: list[Attendance], day: Any) -> dict[str, Any]:
    had = next((one for one in places if one.state == ATTENDED), None)
    ahead = next((one for one in places if one.state == "booked" and (one.on is None or one.on >= day)), None)
    return {"module": row, "had": had, "next": ahead}


def my_title(all_: int, ahead: int) -> str:
    """What the page says, in a sentence."""
    if not all_:
        return "No training is meant for you yet"
    if not ahead:
        return "You have had all the training that is meant for you"
    return f"{'One training is' if ahead == 1 else f'{ahead} trainings are'} ahead of you"
