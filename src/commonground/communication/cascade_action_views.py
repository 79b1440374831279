"""Beginning a cascade, changing it, and its one-click steps, each with a way back."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.communication import cascade_building as building
from commonground.communication import cascade_steps as steps
from commonground.communication.cascade_forms import BeginForm, CascadeForm, UnderWayForm
from commonground.communication.cascade_views import cascade_at, cascade_of, crumbs
from commonground.communication.cascades import Cascade
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.ui.asked import id_asked
from commonground.ui.words import plural

CHANGE = "cascade.change"
Act = Callable[[Cascade, date, Actor, datetime], str]


@gate(CHANGE)
def add(request: HttpRequest) -> HttpResponse:
    """Proposes the talks of a message."""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    message = id_asked(request.GET.get("message", ""))
    form = BeginForm(
        request.POST or None, program=program, actor=actor, day=day, initial={"message": message} if message else None
    )
    made: list[Cascade] = []

    def save(values: dict[str, Any]) -> str:
        row = building.begin(values.pop("message"), day=day, by=actor, at=timezone.now(), **values)
        made.append(row)
        return f"Proposed: {plural(row.steps.count(), 'talk')}. Look at who tells whom, then start it."

    return pages.ask(
        request,
        form,
        save,
        title="Begin a cascade",
        question="Which news goes from team to team, who begins, and how long does each talk have?",
        back=reverse("communication:cascades", kwargs={"program": program.slug}),
        crumbs=crumbs(program),
        label="Propose the talks",
        to=lambda: cascade_at(made[0]),
    )


@gate(CHANGE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes how it goes; while it is only proposed, the talks are proposed anew where who begins is another."""
    actor, row, day = actor_of(request), cascade_of(request, pk), timezone.localdate()
    initial = {name: getattr(row, name) for name in ("opens", "days", "rule", "questions")}
    if row.is_proposed:
        initial["first"] = row.first_id
        form: CascadeForm | UnderWayForm = CascadeForm(request.POST or None, actor=actor, day=day, initial=initial)
    else:
        form = UnderWayForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> str:
        before = row.first_id
        if not row.put("changed a cascade", by=actor, at=timezone.now(), **values):
            return "Nothing was different, so nothing was changed."
        if row.first_id != before:
            building.build_again(row, day=day, by=actor, at=timezone.now())
        return f"Changed: the {row}."

    return pages.ask(
        request,
        form,
        save,
        title=f"Change the {row}",
        question="Who begins, and how long does each talk have?",
        back=cascade_at(row),
        crumbs=[*crumbs(row.program), (row.message.title, cascade_at(row))],
    )


def acting(act: Act) -> Callable[..., HttpResponseBase]:
    """One click on a cascade."""

    @gate(CHANGE)
    @require_POST
    def do(request: HttpRequest, pk: int) -> HttpResponse:
        row, actor = cascade_of(request, pk), actor_of(request)
        return pages.do(request, lambda: act(row, timezone.localdate(), actor, timezone.now()), back=cascade_at(row))

    return do


def _start(row: Cascade, day: date, by: Actor, at: datetime) -> str:
    opened = steps.start(row, by=by, at=at)
    return f"It has begun: {plural(opened, 'talk')} can be held now. Their deliverers find them under “My talks”."


def _take_back_start(row: Cascade, day: date, by: Actor, at: datetime) -> str:
    steps.take_back_start(row, by=by, at=at)
    return "Taken back: it is proposed again, and no talk is open."


def _end(row: Cascade, day: date, by: Actor, at: datetime) -> str:
    row.end(by=by, at=at)
    return "It is ended. Whoever has not heard stands below; it can be taken up again."


def _run_again(row: Cascade, day: date, by: Actor, at: datetime) -> str:
    row.run_again(by=by, at=at)
    return "It is under way again."


def _build_again(row: Cascade, day: date, by: Actor, at: datetime) -> str:
    talks = building.build_again(row, day=day, by=by, at=at)
    return f"Proposed anew from the reporting line of today: {plural(talks, 'talk')}. Deputies stayed."


def _catch_up(row: Cascade, day: date, by: Actor, at: datetime) -> str:
    new = building.catch_up(row, day=day, by=by, at=at)
    return f"{plural(new, 'person has,people have')} a talk now." if new else "Everybody of the audience has a talk."


def _ask(row: Cascade, day: date, by: Actor, at: datetime) -> str:
    sent, without = steps.ask_late(row, by=by, at=at)
    if not sent and not without:
        return "Nobody is to be asked: no window is over, or all were asked today."
    rest = f" Of {plural(without, 'talk')} nobody has an address: ring them, or print the kit." if without else ""
    return f"{plural(sent, 'person')} will be written to.{rest}"


start, take_back_start, end, run_again = acting(_start), acting(_take_back_start), acting(_end), acting(_run_again)
build_again, catch_up, ask_late = acting(_build_again), acting(_catch_up), acting(_ask)


@gate(CHANGE)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a proposal away. It can be proposed again with the same few words."""
    row, actor = cascade_of(request, pk), actor_of(request)

    def act() -> str:
        building.drop(row, by=actor, at=timezone.now())
        return f"The {row} is no longer proposed. It can be begun again at any time."

    back = reverse("communication:cascades", kwargs={"program": row.program.slug})
    return pages.do(request, act, back=back)
