"""Hiccup plans: which cut-over has one, what stands in each, whether it is ready, and what the front office says by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.analysis.communication.expected import ACT
from commonground.communication.hiccup_forms import PlanForm, TrialForm, name_of
from commonground.communication.hiccups import NO, NOTICED, UNKNOWN, HiccupPlan
from commonground.communication.live import Watched, looked_at
from commonground.communication.messages import Message
from commonground.communication.models import Brought, Promise, Signal
from commonground.communication.script_sheet import write_script
from commonground.communication.tabs import CUSTOMERS, tabs_of
from commonground.organization.fields import unit_names
from commonground.programs import pages
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Milestone, Program
from commonground.programs.register import removed_lately
from commonground.programs.row_views import Kind, register_urls
from commonground.ui.csv_response import csv_response
from commonground.ui.words import day as day_words
from commonground.ui.words import plural, spelled

VERB = "hiccups.change"
PLAN = Kind(
    HiccupPlan,
    PlanForm,
    "hiccup plan",
    "hiccups",
    "What may customers notice, and what do we do then?",
    space="communication",
    above=("Hiccups", "hiccups"),
    shown="hiccup-plan",
)
HEADER = ("cut-over", "day", "customers notice", "promises", "ready since", "played through on", "still missing")
SOON = timedelta(days=60)
ORDER = {"live": 0, "ahead": 1, "undated": 2, "over": 3}


@dataclass(frozen=True)
class Row:
    """One cut-over on the board. plan: none while nobody has begun one."""

    name: str
    day: date | None
    milestone: Milestone | None
    plan: HiccupPlan | None
    promises: int
    when: str
    act: int

    @property
    def state(self) -> str:
        if self.plan is not None and (self.plan.noticed == NO or self.plan.ready_on):
            return "good"
        return "none" if self.when == "over" else "act" if self.when in ("live", "soon") else "watch"

    @property
    def noticed(self) -> str:
        return NOTICED[self.plan.noticed if self.plan else UNKNOWN]


@gate("hiccups.view")
def hiccups(request: HttpRequest) -> HttpResponseBase:
    """The board: every cut-over with its hiccup plan."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    rows = _rows(actor, program, day)
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} hiccup plans", HEADER, map(_line, rows))
    values = {
        "title": _title(rows, day),
        "rows": rows,
        "watched": next((row for row in rows if row.when == "live" and row.plan), None),
        "tabs": tabs_of(CUSTOMERS, actor, program),
        "can_change": actor.may(VERB),
        "can_add_cut_over": actor.may("program.change"),
        "removed": _removed(actor, program),
    }
    return render(request, "communication/hiccups.html", values)


def _rows(actor: Actor, program: Program, day: date) -> list[Row]:
    names = unit_names(actor, day)
    plans = list(
        HiccupPlan.objects.visible_to(actor)
        .filter(program=program)
        .select_related("cut_over__unit", "speaks")
        .prefetch_related("promises", "signals__promise")
    )
    by_milestone = {plan.cut_over_id: plan for plan in plans if plan.cut_over_id}
    milestones = Milestone.objects.visible_to(actor).filter(program=program, kind="cut_over").select_related("unit")
    rows = [_row(name_of(one, names), one, by_milestone.get(one.pk), day) for one in milestones]
    rows += [_row(str(plan), None, plan, day) for plan in plans if plan.cut_over_id is None]
    return sorted(rows, key=lambda row: (ORDER.get(row.when, 1), _nearness(row, day), row.name))


def _nearness(row: Row, day: date) -> int:
    return abs((row.day - day).days) if row.day else 10**6


def _row(name: str, milestone: Milestone | None, plan: HiccupPlan | None, day: date) -> Row:
    on = (milestone.actual or milestone.planned) if milestone else None
    live = plan is not None and plan.is_live(day)
    when = (
        "live" if live else "undated" if on is None else "over" if on < day else "soon" if on <= day + SOON else "ahead"
    )
    act = 0
    if plan is not None and live:
        act = sum(one.verdict.state == ACT for one in looked_at(_signals(plan), local_now(), day))
    return Row(name, on, milestone, plan, len(plan.promises.all()) if plan else 0, when, act)


def _signals(plan: HiccupPlan) -> list[Signal]:
    """Its signals, each with this very plan, so that what was read of it is not read again."""
    rows = list(plan.signals.all())
    for row in rows:
        row.plan = plan
    return rows


def local_now() -> datetime:
    """The clock of the place, without a zone. For views only."""
    return timezone.localtime().replace(tzinfo=None)


def _title(rows: Sequence[Row], day: date) -> str:
    act = next((row for row in rows if row.act), None)
    live = next((row for row in rows if row.when == "live"), None)
    soon = [row for row in rows if row.when == "soon"]
    if act is not None:
        return f"{act.name}: it is time to act"
    if live is not None:
        return f"{live.name} is being watched; nothing asks to act now"
    if not rows:
        return "No cut-over is planned yet"
    open_ = [row for row in soon if row.state != "good"]
    if not soon:
        return f"No cut-over within {SOON.days} days"
    ahead = f"{spelled(len(soon)).capitalize()} {'cut-over' if len(soon) == 1 else 'cut-overs'} within {SOON.days} days"
    return f"{ahead}; {_without(len(open_), len(soon))}"


def _without(number: int, of: int) -> str:
    if not number:
        return "its hiccup plan is ready" if of == 1 else "each has a hiccup plan that is ready"
    return "its hiccup plan is not ready" if of == 1 else f"{spelled(number)} without a plan that is ready"


def _line(row: Row) -> tuple[Any, ...]:
    plan = row.plan
    missing = "; ".join(plan.missing) if plan else "a plan"
    ready, tried = (plan.ready_on, plan.tried_on) if plan else (None, None)
    return (row.name, row.day, row.noticed, row.promises, ready, tried, missing)


def _removed(actor: Actor, program: Program) -> list[tuple[str, Any]]:
    if not actor.may(VERB):
        return []
    now = timezone.now()
    kinds = (("put-back-hiccupplan", HiccupPlan), ("put-back-promise", Promise), ("put-back-signal", Signal))
    return [
        (f"communication:{name}", one)
        for name, model in kinds
        for one in removed_lately(model, program.pk, actor=actor, now=now)
    ]


@gate("hiccups.view")
def hiccup_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: what is prepared, what is missing, and what is counted."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    plan = HiccupPlan.objects.get_for(actor, program=program, pk=pk)
    message = Message.objects.visible_to(actor).filter(pk=plan.message_id).first() if plan.message_id else None
    brought = Brought.objects.visible_to(actor).standing().filter(signal__plan=plan).select_related("signal")
    values = {
        "title": _plan_title(plan),
        "plan": plan,
        "promises": list(plan.promises.select_related("speaks")),
        "message": message,
        "watched": [Watched(one, local_now(), day) for one in _signals(plan)],
        "brought": list(brought[:8]),
        "newest": _newest(brought),
        "is_live": plan.is_live(day),
        "can_change": actor.may(VERB),
        "can_import": actor.may(VERB),
        "told": plan.told.count() if actor.may("collaboration.view") else 0,
    }
    return render(request, "communication/hiccup_plan.html", values)


def _newest(brought: Any) -> set[int]:
    """Of each signal what was brought last: that alone can be taken back."""
    return {max(pks) for pks in _by_signal(brought).values()}


def _by_signal(brought: Any) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for pk, signal in brought.order_by().values_list("pk", "signal"):
        found.setdefault(signal, []).append(pk)
    return found


def _plan_title(plan: HiccupPlan) -> str:
    on = f", {day_words(plan.day)}" if plan.day else ""
    if plan.noticed == NO:
        return f"{plan}{on}: customers notice nothing"
    if plan.ready_on:
        return f"{plan}{on}: ready since {day_words(plan.ready_on)}"
    missing = plan.missing
    return (
        f"{plan}{on}: {plural(len(missing), 'thing')} still missing"
        if missing
        else f"{plan}{on}: ready to be called ready"
    )


def _own(request: HttpRequest, pk: int) -> HiccupPlan:
    return HiccupPlan.objects.get_for(actor_of(request), program=program_of(request), pk=pk)


def page_of_plan(request: HttpRequest, pk: int) -> str:
    return reverse("communication:hiccup-plan", kwargs={"program": program_of(request).slug, "pk": pk})


@gate(VERB)
@require_POST
def set_ready(request: HttpRequest, pk: int) -> HttpResponse:
    """It stands, or is worked on again."""
    plan = _own(request, pk)

    def act() -> str:
        if plan.ready_on:
            plan.take_back(by=actor_of(request), at=timezone.now())
            return f"“{plan}” is being worked on again; the front office does not see it meanwhile."
        plan.say_ready(by=actor_of(request), at=timezone.now())
        return f"“{plan}” is ready. The front office can read what to say."

    return pages.do(request, act, back=page_of_plan(request, pk))


@gate(VERB)
def note_trial(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _own(request, pk)
    initial = {"tried_on": plan.tried_on or timezone.localdate(), "tried_words": plan.tried_words}
    form = TrialForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> str:
        plan.note_trial(values["tried_on"], values["tried_words"], by=actor_of(request), at=timezone.now())
        return f"“{plan}” was played through on {day_words(values['tried_on'])}."

    return pages.ask(
        request,
        form,
        save,
        title="Played through",
        question="What came of trying it with the front office before the day?",
        back=page_of_plan(request, pk),
        crumbs=[("Hiccups", reverse("communication:hiccups", kwargs={"program": program_of(request).slug}))],
    )


@gate("hiccups.count")
def script_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet of the front office, to be printed."""
    plan = _own(request, pk)
    file = BytesIO()
    write_script(file, plan)
    response = HttpResponse(file.getvalue(), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="what-we-say.pdf"'
    return response


patterns: list[URLPattern] = [
    path("customers/hiccups/", hiccups, name="hiccups"),
    path("customers/hiccups/<int:pk>/", hiccup_plan, name="hiccup-plan"),
    path("customers/hiccups/<int:pk>/ready/", set_ready, name="hiccup-ready"),
    path("customers/hiccups/<int:pk>/played-through/", note_trial, name="hiccup-trial"),
    path("customers/hiccups/<int:pk>/what-we-say.pdf", script_pdf, name="hiccup-script"),
    *register_urls(PLAN, VERB, "customers"),
]
