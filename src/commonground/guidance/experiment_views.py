"""Experiments: what is tried, what it could see before it is run, how it runs, and what came of it."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.adoption.models import Behaviour
from commonground.analysis.experiments.result import Result
from commonground.guidance.experiment_data import (
    Plan,
    difference_so_far,
    foreseen,
    kept,
    levels_before,
    pace_of,
    plan_of_experiment,
    result_of,
    shown_units,
    written,
)
from commonground.guidance.experiment_forms import EndForm, ExperimentForm, PlanForm
from commonground.guidance.experiment_words import (
    STATUS,
    ended_said,
    helps_said,
    how_said,
    points,
    power_said,
    power_title,
    result_said,
)
from commonground.guidance.experiments import DRAFT, ENDED, READY, RUNNING, STOPPED, TOGETHER, Experiment
from commonground.organization.fields import unit_names
from commonground.programs import pages
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Program
from commonground.programs.register import removed_lately
from commonground.programs.row_views import Kind, crumbs_to
from commonground.ui import effects
from commonground.ui.csv_response import csv_response
from commonground.ui.words import day as day_words
from commonground.ui.words import plural, spelled

VERB = "experiments.change"
EXPERIMENT = Kind(
    Experiment,
    ExperimentForm,
    "experiment",
    "experiments",
    "What do we try, and how will we know whether it worked?",
    space="guidance",
    above=("Pace", "experiments"),
    shown="experiment",
)
SIZES = {"large": 796.0, "middle": 620.0, "small": 340.0}
HEADER = (
    "experiment", "state", "measured on", "hoped for in points", "units", "from", "to", "difference in points", "low 95", "high 95",
    "seed",
)  # fmt: skip
UNIT_HEADER = ("unit", "begins", "drawn with", "share before", "share since")


@gate("experiments.view")
def experiments(request: HttpRequest) -> HttpResponseBase:
    """All experiments, those that run first, and the roll-outs whose effect can be asked for."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    rows = _own(actor, program)
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} experiments", HEADER, (_line(row) for row in rows))
    order = {RUNNING: 0, READY: 1, DRAFT: 2, ENDED: 3, STOPPED: 3}
    rows.sort(key=lambda row: (order[row.state], -(row.starts_on or date.max).toordinal(), row.pk))
    ended = [row for row in rows if row.state in (ENDED, STOPPED)]
    values = {
        "title": _title(rows),
        "rows": [(row, _came(row, day)) for row in rows],
        "behaviours": Behaviour.objects.visible_to(actor).filter(program=program, vanity=False, paced__isnull=False),
        "ended_said": ended_said(len(ended)),
        "can_change": actor.may(VERB),
        "removed": removed_of(actor, program),
    }
    return render(request, "guidance/experiments.html", values)


def _own(actor: Actor, program: Program) -> list[Experiment]:
    return list(Experiment.objects.visible_to(actor).filter(program=program).select_related("behaviour", "decides"))


def removed_of(actor: Actor, program: Program) -> list[tuple[str, Any]]:
    if not actor.may(VERB):
        return []
    rows = removed_lately(Experiment, program.pk, actor=actor, now=timezone.now())
    return [("guidance:put-back-experiment", one) for one in rows]


def _title(rows: list[Experiment]) -> str:
    running = sum(row.state == RUNNING for row in rows)
    ended = sum(row.state in (ENDED, STOPPED) for row in rows)
    if not rows:
        return "Nothing is tried out yet"
    told = f"{spelled(running)} running, {spelled(ended)} ended" if running else f"none running, {spelled(ended)} ended"
    return f"{plural(len(rows), 'experiment')}: {told}"


def _came(row: Experiment, day: date) -> tuple[str, str]:
    """Status and words of what came of it, or of where it stands."""
    found = kept(row)
    if found is not None:
        return STATUS[found.said(row.hoped_share)], result_said(found, row.hoped_share)[0]
    if row.state == RUNNING and row.last_day and row.last_day < day:
        return "watch", "its weeks are over: say what you conclude"
    if row.state == RUNNING and row.last_day:
        return "none", f"until {day_words(row.last_day)}"
    if row.missing and row.state == DRAFT:
        return "watch", f"still missing: {row.missing[0]}" + (
            f", and {len(row.missing) - 1} more" if row.missing[1:] else ""
        )
    return "none", ""


def _line(row: Experiment) -> tuple[object, ...]:
    found = kept(row)
    told = (found.difference, found.low, found.high) if found else (None, None, None)
    return (
        row.name, row.get_state_display(), row.behaviour, row.hoped, len(row.units), row.first_week, row.last_day,
        *(None if one is None else round(one * 100, 2) for one in told), row.seed,
    )  # fmt: skip


def row_of(request: HttpRequest, pk: int) -> Experiment:
    rows = Experiment.objects.select_related("behaviour", "decides", "program")
    return rows.get_for(actor_of(request), program=program_of(request), pk=pk)


@gate("experiments.view")
def experiment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One experiment: its plan and what it could see; while it runs, what its stop rule asks; in the end, what came of it."""
    actor, day, row = actor_of(request), as_of(request), row_of(request, pk)
    pace = pace_of(actor, row.behaviour)
    result = kept(row) or (result_of(pace, row, _until(row, day)) if row.state in (ENDED, STOPPED) else None)
    units = _units(row, result, unit_names(actor, day, row.units))
    if request.GET.get("format") == "csv":
        return csv_response(f"{row.key} units", UNIT_HEADER, (line[:5] for line in units))
    values: dict[str, Any] = {
        "row": row,
        "units": units,
        "can_change": actor.may(VERB),
        "amended": [(date.fromisoformat(one["on"]), one["what"], one["before"], one["after"]) for one in row.amended],
        **(_result_values(row, result) if result else {}),
    }
    if row.state in (DRAFT, READY):
        values |= _power_values(foreseen(pace, plan_of_experiment(row), row.first_week), plan_of_experiment(row))
    if row.state == RUNNING:
        values |= _running(row, difference_so_far(pace, row, day), day)
    return render(request, "guidance/experiment.html", values | {"title": values.get("result_title") or row.name})


def _until(row: Experiment, day: date) -> date:
    return min(row.ended_on or day, day)


def _units(row: Experiment, result: Result | None, names: dict[int, str]) -> list[tuple[Any, ...]]:
    """unit, its first day or none, group, share before, share since; those who begin first on top."""
    first, found = row.first_week, []
    measured = result.units if result and len(result.units) == len(row.drawn) else ()
    for place, ((unit, group, _), begins) in enumerate(zip(row.drawn, row.beginnings(), strict=True)):
        on = first + timedelta(weeks=begins) if first and begins is not None else None
        shares = measured[place][:2] if measured else (None, None)
        found.append((names.get(unit, "a former unit"), on, group + 1, *shares))
    return sorted(found, key=lambda one: (one[1] or date.max, one[0]))


def _result_values(row: Experiment, result: Result) -> dict[str, Any]:
    title, said = result_said(result, row.hoped_share)
    middle, low, high = (None if one is None else one * 100 for one in (result.difference, result.low, result.high))
    pictures = {size: effects.effect(middle, low, high, row.hoped, width) for size, width in SIZES.items()}
    return {
        "result": result,
        "result_title": title,
        "result_said": said,
        "how_said": how_said(result),
        "pictures": pictures if result.difference is not None else {},
        "picture_said": f"{title}. {said}",
    }


def _power_values(seen: Any, plan: Plan) -> dict[str, Any]:
    if seen is None:
        return {"power": None}
    return {
        "power": seen.power,
        "power_title": power_title(seen, plan),
        "power_said": power_said(seen, plan),
        "tells": seen.power.sees(plan.hoped) if plan.hoped else None,
        "measured": seen.measured,
        "helps": helps_said(seen.helps, seen.power) if not (plan.hoped and seen.power.sees(plan.hoped)) else [],
    }


def _running(row: Experiment, difference: float | None, day: date) -> dict[str, Any]:
    over = row.last_day is not None and row.last_day < day
    harmed = difference is not None and row.harm is not None and difference * 100 <= -abs(row.harm)
    weeks = max((day - row.first_week).days // 7, 0) if row.first_week else 0
    return {
        "over": over,
        "harmed": harmed,
        "so_far": points(difference, sign=True),
        "weeks_over": min(weeks, row.weeks),
    }


@gate(VERB)
def plan_experiment(request: HttpRequest, pk: int) -> HttpResponse:
    """Where and how long, with what it could see worked out while it is written."""
    actor, row = actor_of(request), row_of(request, pk)
    form = PlanForm(request.POST or None, row=row, every=shown_units(pace_of(actor, row.behaviour)))

    def save(values: dict[str, Any]) -> str:
        changed = row.change(values, by=actor, at=timezone.now())
        return f"Changed: {row}." if changed else "Nothing was different, so nothing was changed."

    return pages.ask(
        request,
        form,
        save,
        title="Where, and for how long",
        question="Which units take part, who begins when, and could that see the difference you hope for?",
        back=page_of(request, pk),
        crumbs=crumbs_to(EXPERIMENT, program_of(request), row),
    )


@gate("experiments.view")
def power(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the plan that is being written could see: a part of its form."""
    actor, row = actor_of(request), row_of(request, pk)
    pace = pace_of(actor, row.behaviour)
    form = PlanForm(request.GET or None, row=row, every=shown_units(pace))
    if form.is_bound and not form.is_valid():
        return render(request, "guidance/experiment_power.html", {"power": None})
    values = form.cleaned_data if form.is_bound else {}
    usual = plan_of_experiment(row)
    plan = Plan(
        tuple(values.get("units", usual.units)),
        values.get("design", usual.design),
        values.get("steps", usual.steps),
        values.get("weeks", usual.weeks),
        values.get("weeks_before", usual.weeks_before),
        usual.hoped,
    )
    seen = foreseen(pace, plan, values.get("starts_on") or row.first_week)
    return render(request, "guidance/experiment_power.html", _power_values(seen, plan))


def page_of(request: HttpRequest, pk: int) -> str:
    return reverse("guidance:experiment", kwargs={"program": program_of(request).slug, "pk": pk})


@gate(VERB)
@require_POST
def turn(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Registers it, takes the registration back, or starts it."""
    actor, row = actor_of(request), row_of(request, pk)
    if verb not in ("register", "rewrite", "start"):
        raise Http404

    def act() -> str:
        now = timezone.now()
        if verb == "register":
            row.register(levels_before(pace_of(actor, row.behaviour), row), by=actor, at=now)
            many = sum(step is not None for _, _, step in row.drawn)
            drawn = (
                f"{plural(many, 'unit')} of {len(row.drawn)} drawn" if row.design == TOGETHER else "the order is drawn"
            )
            return f"“{row}” is registered, and {drawn} with seed {row.seed}. What is changed from now on is listed."
        if verb == "rewrite":
            row.rewrite(by=actor, at=now)
            return f"“{row}” is being written again. The same units and seed draw the same."
        row.start(by=actor, at=now)
        return f"“{row}” runs."

    return pages.do(request, act, back=page_of(request, pk))


@gate(VERB)
def finish(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Asks for the conclusion, and keeps the result as it is measured now."""
    actor, row = actor_of(request), row_of(request, pk)
    if verb not in ("stop", "end"):
        raise Http404
    form = EndForm(request.POST or None)

    def save(values: dict[str, Any]) -> str:
        today = timezone.localdate()
        result = result_of(pace_of(actor, row.behaviour), row, today)
        row.finish(verb, values["conclusion"], written(result), by=actor, at=timezone.now())
        return (
            f"“{row}” has {'been stopped' if verb == 'stop' else 'ended'}. {result_said(result, row.hoped_share)[0]}."
        )

    return pages.ask(
        request,
        form,
        save,
        title="Stop it early" if verb == "stop" else "End it",
        question="What do you conclude from it, and what is done now?",
        back=page_of(request, pk),
        crumbs=crumbs_to(EXPERIMENT, program_of(request), row),
        label="Stop it" if verb == "stop" else "End it",
    )
