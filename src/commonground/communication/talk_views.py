"""Talks: one's own on a phone, one with whom it is for, and what is done with it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.communication import cascade_steps as steps
from commonground.communication.cascade_asking import hand_on, only_topic
from commonground.communication.cascade_forms import AskedForm, DeputyForm, HeldForm
from commonground.communication.cascade_views import BY_NAME, cascade_at
from commonground.communication.cascades import Cascade, CascadeStep, Hearer
from commonground.communication.mailing import known_lines
from commonground.organization.fields import unit_names
from commonground.programs import pages
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Program
from commonground.ui.words import day as written_day
from commonground.ui.words import plural
from commonground.voice.where import places_on

LATELY, MOST = timedelta(weeks=4), 40


def talk_of(request: HttpRequest, pk: int) -> CascadeStep:
    rows = CascadeStep.objects.select_related("cascade__message", "cascade__program", "above", "deliverer", "deputy")
    return rows.get_for(actor_of(request), cascade__program=program_of(request), pk=pk)


def talk_at(step: CascadeStep) -> str:
    return reverse("communication:talk", kwargs={"program": step.cascade.program.slug, "pk": step.pk})


def mine_at(program: Program) -> str:
    return reverse("communication:my-talks", kwargs={"program": program.slug})


def talks_of(actor: Actor, program: Program, day: date) -> list[CascadeStep]:
    """The talks that somebody is to hold, and those they held lately; what can be held now stands first."""
    rows = CascadeStep.objects.mine(actor).filter(cascade__program=program)
    rows = rows.select_related("cascade__message", "cascade__program", "above", "unit", "deliverer", "deputy")
    wanted = [row for row in rows[: MOST * 3] if not row.is_held or (row.delivered_on or day) >= day - LATELY]
    return sorted(wanted, key=lambda row: (row.is_held, not row.is_open(day), row.closes or date.max, row.pk))[:MOST]


def open_talks(actor: Actor, program: Program, day: date) -> list[CascadeStep]:
    """The talks that somebody can hold now, for their own page."""
    return [row for row in talks_of(actor, program, day) if row.is_open(day) and row.cascade.is_running]


@gate("cascade.confirm")
def my_talks(request: HttpRequest) -> HttpResponseBase:
    """Which talks are mine, what do I say, and have I said that I held them?"""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    rows, names = talks_of(actor, program, day), unit_names(actor, day)
    waiting = [row for row in rows if row.is_open(day)]
    values = {
        "lines": [_mine(row, names, day) for row in rows],
        "title": _mine_title(len(waiting), len(rows)),
        "days": (("Today", day), ("Yesterday", day - timedelta(days=1))),
    }
    return render(request, "communication/my_talks.html", values)


def _mine(row: CascadeStep, names: Any, day: date) -> dict[str, Any]:
    above = steps.holder(row.above) if row.above is not None else None
    return {
        "row": row,
        "unit": names.get(row.unit_id or 0, "your people"),
        "open": row.is_open(day),
        "late": row.is_late(day) and row.cascade.is_running,
        "hears_first": above is not None and not above.is_held and not row.is_open(day),
        "all": row.people + row.carriers,
    }


def _mine_title(waiting: int, rows: int) -> str:
    if waiting:
        return f"{plural(waiting, 'talk is,talks are')} yours to hold now".replace("1 talk", "One talk")
    return "Nothing is waiting for you" if rows else "No talk is yours"


@gate("cascade.confirm")
@never_cache
def talk(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is said in this talk, to whom, and was it held?"""
    actor, day, step = actor_of(request), as_of(request), talk_of(request, pk)
    row, names = step.cascade, unit_names(actor, as_of(request))
    people = Hearer.objects.visible_to(actor).filter(step=step).select_related("person")
    seen = Cascade.objects.visible_to(actor).filter(pk=row.pk).exists()
    runs = actor.may("cascade.change") and seen
    ready = seen or step.is_open(day) or step.is_held
    values = {
        "step": step,
        "row": row,
        "unit": names.get(step.unit_id or 0, ""),
        "crumbs_before": _crumbs(row, seen=seen),
        "title": _title(step, names.get(step.unit_id or 0, ""), day),
        "above": step.above,
        "holder": steps.holder(step),
        "ready": ready,
        "texts": list(row.message.texts.all()) if ready else [],
        "known": known_lines(row.message) if ready else [],
        "page": BY_NAME.page(people, request.GET.get("after", "")),
        "named": people.count(),
        "all": step.people + step.carriers,
        "below": steps.below(step).count() if seen else 0,
        "runs": runs,
        "may_confirm": step.may_confirm(actor) and row.is_running and not step.left_out,
        "may_ask": step.may_confirm(actor) and not row.is_proposed,
        "open": step.is_open(day),
        "late": step.is_late(day) and row.is_running,
        "day": day,
    }
    return render(request, "communication/talk.html", values)


def _crumbs(row: Cascade, *, seen: bool) -> list[tuple[str, str]]:
    """Who sees the cascade comes from it, a deliverer from their own talks."""
    program = row.program
    if not seen:
        return [("My talks", mine_at(program))]
    return [
        ("Cascades", reverse("communication:cascades", kwargs={"program": program.slug})),
        (row.message.title, cascade_at(row)),
    ]


def _title(step: CascadeStep, unit: str, day: date) -> str:
    who, where = (step.speaker.name if step.speaker else "Nobody yet"), f" in {unit}" if unit else ""
    if step.is_held:
        return f"{who} held the talk{where} on {written_day(step.delivered_on)}"
    if step.left_out:
        return f"The talk{where} is left out: its people hear in the one above"
    if step.is_late(day):
        return f"The talk{where} is waited for since {written_day(step.closes)}"
    return f"{who} tells {plural(step.people + step.carriers, 'person,people')}{where}"


def _back(request: HttpRequest, step: CascadeStep) -> str:
    return mine_at(step.cascade.program) if request.POST.get("back") == "mine" else talk_at(step)


@gate("cascade.confirm")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """That it was held: with one tap on one's own page, or with day and number here."""
    actor, step, day = actor_of(request), talk_of(request, pk), timezone.localdate()
    form = HeldForm(request.POST or None, initial={"on": day})

    def save(values: dict[str, Any]) -> str:
        opened = steps.confirm(step, by=actor, at=timezone.now(), **values)
        rest = f" {plural(opened, 'talk')} below can be held now." if opened else ""
        return f"Thank you. Noted: held on {written_day(values['on'])}.{rest}"

    return pages.ask(
        request,
        form,
        save,
        title="It was held",
        question="When was it, and how many were there? A number is enough, no names.",
        back=_back(request, step),
        crumbs=[("My talks", mine_at(step.cascade.program))],
        label="Note it",
    )


def acting(act: Callable[[CascadeStep, Actor, datetime, str], str], verb: str) -> Callable[..., HttpResponseBase]:
    """One click on a talk, perhaps with a reason (`why`)."""

    @gate(verb)
    @require_POST
    def do(request: HttpRequest, pk: int) -> HttpResponse:
        step, actor, why = talk_of(request, pk), actor_of(request), request.POST.get("why", "").strip()[:200]
        return pages.do(request, lambda: act(step, actor, timezone.now(), why), back=_back(request, step))

    return do


def _take_back(step: CascadeStep, by: Actor, at: datetime, why: str) -> str:
    steps.take_back(step, by=by, at=at)
    return "Taken back: it is still to be held."


def _leave_out(step: CascadeStep, by: Actor, at: datetime, why: str) -> str:
    steps.leave_out(step, why=why, by=by, at=at)
    return "Left out: its people hear in the talk above."


def _take_in(step: CascadeStep, by: Actor, at: datetime, why: str) -> str:
    steps.take_in(step, by=by, at=at)
    return "Taken in again: it is held on its own."


take_back = acting(_take_back, "cascade.confirm")
leave_out, take_in = acting(_leave_out, "cascade.change"), acting(_take_in, "cascade.change")


@gate("cascade.change")
def deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else holds it while the line is away, or for good."""
    actor, step, day = actor_of(request), talk_of(request, pk), timezone.localdate()
    form = DeputyForm(request.POST or None, actor=actor, day=day, initial={"deputy": step.deputy_id})

    def save(values: dict[str, Any]) -> str:
        if not steps.name_deputy(step, values["deputy"], why=values["why"], by=actor, at=timezone.now()):
            return "Nothing was different, so nothing was changed."
        return f"{step.speaker or 'Nobody'} holds it now."

    return pages.ask(
        request,
        form,
        save,
        title="Who holds this talk",
        question=f"{step.deliverer or 'Nobody'} holds it by the line. Who does it instead?",
        back=talk_at(step),
        crumbs=[*_crumbs(step.cascade, seen=True), ("Talk", talk_at(step))],
    )


@gate("cascade.confirm")
@never_cache
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody asked in the talk goes to those who answer voices, without a name."""
    actor, step, day = actor_of(request), talk_of(request, pk), timezone.localdate()
    form = AskedForm(request.POST or None, step=step, actor=actor)

    def save(values: dict[str, Any]) -> str:
        topic = values["topic"] if "topic" in values else only_topic(step)
        hand_on(step, kind=values["kind"], words=values["words"], topic=topic, by=actor, at=timezone.now())
        unit = places_on(day).name(step.unit_id)
        told = f"as from {unit}" if unit else "without a unit, since yours is too small to be told apart"
        return f"Handed on, {told}. The answer stands under “Voices”, where you find it under “Mine”."

    return pages.ask(
        request,
        form,
        save,
        title="Hand on a question",
        question="What did somebody ask or say in your talk? It says that you handed it on, not for whom.",
        back=talk_at(step),
        crumbs=[
            *_crumbs(step.cascade, seen=not CascadeStep.objects.mine(actor).filter(pk=pk).exists()),
            ("Talk", talk_at(step)),
        ],
        label="Hand it on",
    )
