"""Noting what a sponsor or a manager visibly did, planning it, and taking it back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.coalition.models import Act
from commonground.coalition.sponsor_forms import ActForm, DoneForm
from commonground.coalition.sponsor_views import crumbs, page
from commonground.journal.models import Entry
from commonground.organization.models import Person
from commonground.programs import pages, register
from commonground.programs.middleware import program_of
from commonground.programs.register import CannotError
from commonground.ui.words import day as written_day

ASKED = ("kind", "unit", "on", "words", "person")  # what an address may begin a new act with


def _back(request: HttpRequest) -> str:
    """Where one came from, an address of this program, or the page of sponsors; for whoever may not open that, their own page."""
    asked = request.POST.get("back", "") or request.GET.get("back", "")
    if asked.startswith(f"/{program_of(request).slug}/") and url_has_allowed_host_and_scheme(asked, None):
        return asked
    return page(request)


def _row(request: HttpRequest, pk: int) -> Act:
    """An act that the actor may change, which is fewer than they see."""
    rows = Act.objects.open_to(actor_of(request)).filter(program=program_of(request))
    return Act.objects.get_for(actor_of(request), pk__in=rows.filter(pk=pk).values("pk"))


def _for_others(actor: Actor) -> bool:
    return actor.has(roles.LEAD)


@gate("acts.log")
def add_act(request: HttpRequest) -> HttpResponse:
    """One short form: a day to come plans it."""
    actor, program, today = actor_of(request), program_of(request), timezone.localdate()
    initial: dict[str, Any] = {"on": today, **{name: request.GET[name] for name in ASKED if name in request.GET}}
    initial.setdefault("person", actor.person or "")
    initial.setdefault("unit", min(actor.units, default=""))
    if str(initial["person"]).isdecimal():
        initial["person"] = int(initial["person"])
    others = _for_others(actor)
    form = ActForm(request.POST or None, program=program, actor=actor, day=today, initial=initial, for_others=others)

    def save(values: dict[str, Any]) -> str:
        person = values.pop("person", None) or Person.objects.visible_to(actor).filter(pk=actor.person or 0).first()
        if person is None:
            raise CannotError(
                "You are not in the register of people, so no act of yours can be noted. Ask the change lead."
            )
        row = Act(program=program, person=person, planned=values["on"] > today, **values)
        Act.objects.log(row, today=today, by=actor, at=timezone.now())
        return f"{'Planned' if row.planned else 'Noted'}: {row.says}, {written_day(row.on)}."

    return pages.ask(
        request,
        form,
        save,
        title="Note a visible act",
        question="What was done, or will be, where people see it?",
        back=_back(request),
        crumbs=crumbs(request),
        label="Note it",
    )


@gate("acts.log")
def edit_act(request: HttpRequest, pk: int) -> HttpResponse:
    actor, program, today, row = actor_of(request), program_of(request), timezone.localdate(), _row(request, pk)
    others = _for_others(actor)
    form = ActForm(request.POST or None, instance=row, program=program, actor=actor, day=today, for_others=others)

    def save(values: dict[str, Any]) -> str:
        values["planned"] = row.planned or values["on"] > today
        return f"Changed: {row}." if row.change(values, by=actor, at=timezone.now()) else "Nothing was different."

    return pages.ask(
        request,
        form,
        save,
        title=str(row),
        question="What was it, where and when?",
        back=_back(request),
        crumbs=crumbs(request),
        remove=reverse("coalition:remove-act", kwargs={"program": program.slug, "pk": pk}),
    )


@gate("acts.log")
def act_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Says that a planned act was done: on its day, or another that has come."""
    actor, program, today, row = actor_of(request), program_of(request), timezone.localdate(), _row(request, pk)
    initial = {"on": min(row.on, today)}
    form = DoneForm(request.POST or None, instance=row, program=program, actor=actor, day=today, initial=initial)

    def save(values: dict[str, Any]) -> str:
        row.mark_done(on=values["on"], words=values["words"], today=today, by=actor, at=timezone.now())
        return f"Noted as done: {row.says}, {written_day(row.on)}."

    return pages.ask(
        request,
        form,
        save,
        title=f"Done: {row.says}",
        question="When was it done?",
        back=_back(request),
        crumbs=crumbs(request),
        label="It was done",
    )


@gate("acts.log")
@require_POST
def act_again(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)

    def act() -> str:
        row.plan_again(by=actor_of(request), at=timezone.now())
        return f"Still to come: {row.says}."

    return pages.do(request, act, back=_back(request))


@gate("acts.log")
@require_POST
def remove_act(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)

    def act() -> str:
        row.remove(by=actor_of(request), at=timezone.now())
        return f"Removed: {row}. It can be put back at the foot of the page of sponsors."

    return pages.do(request, act, back=_back(request))


@gate("acts.log")
@require_POST
def put_back_act(request: HttpRequest, entry: int) -> HttpResponse:
    actor = actor_of(request)
    kept = Entry.objects.get_for(actor, pk=entry, program=program_of(request).pk)

    def act() -> str:
        row = register.put_back(kept, Act, facts=Act.facts, by=actor, at=timezone.now())
        return f"Put back: {row}."

    return pages.do(request, act, back=_back(request))
