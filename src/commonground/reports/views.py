"""The home page."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.coalition.silence import quiet
from commonground.guidance.context import findings_seen, hidden_for, stands
from commonground.guidance.effects import came_of
from commonground.guidance.embargo import Hidden
from commonground.guidance.inbox import counts_of
from commonground.guidance.models import FindingQuerySet
from commonground.guidance.results import numbers_from, results_for
from commonground.guidance.week import FIRST, steps, this_week
from commonground.organization.models import Person
from commonground.programs.middleware import program_of
from commonground.programs.models import Program
from commonground.reports.asking import waiting_since
from commonground.reports.home import horizon, next_dates, statement
from commonground.reports.missing import who_is_missing
from commonground.reports.pace_strip import strip_of
from commonground.reports.stored import grid_of
from commonground.ui.rail import url_of

LATELY = 4  # findings that were taken up, of which home tells what came


@gate("home.view")
def today(request: HttpRequest) -> HttpResponseBase:
    """The state of the program and what to do this week; those who do not work on it go to what is promised to all,
    if that is what they watch over, and else to what changes for them."""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    if not actor.is_staff:
        watches = actor.person is None and actor.may("privacy.view")
        return redirect(url_of("reports:privacy" if watches else "reports:for-me", program.slug) or "/")
    values: dict[str, Any] = {"standing": stands(request)}
    if not Person.objects.exists():
        bring = url_of("intake:list", program.slug) if actor.may("intake.view") else None
        return render(request, "reports/first.html", {**values, "bring": bring})
    hidden, seen = hidden_for(request), findings_seen(request)
    results = results_for(actor, program, "key_numbers", "ownership_grid", hidden=hidden)
    numbers, table = results.get("key_numbers"), grid_of(actor, results.get("ownership_grid"))
    values |= {
        **_week(seen, actor, program, day, hidden),
        "horizon": horizon(program, actor, day),
        "dates": next_dates(actor, program, day),
        "made": numbers,
        "strip": strip_of(actor, program, day, timezone.now()),
        "sees_benefits": actor.may("benefits.view"),
        "asked": waiting_since(actor, program),
        "quiet": quiet(program, day, person=actor.person) if actor.person is not None else [],
        "missing": who_is_missing(seen, actor, program, day, table.units if table else ()) if numbers else None,
        **_open(seen, actor, day),
    }
    if numbers is not None:
        counted = numbers_from(numbers.data)
        first, rest = statement(counted, table)
        values |= {"numbers": counted, "first": first, "rest": rest, "grid": table}
    return render(request, "reports/today.html", values)


def _week(
    seen: FindingQuerySet, actor: Actor, program: Program, day: date, hidden: Callable[[], Hidden]
) -> dict[str, Any]:
    """What to do this week, and what came of what was done."""
    came = came_of(program, actor, seen=seen, hidden=hidden)
    placed = this_week(seen, program, came, day)
    week = steps([row for row, _ in placed], actor, program, day, {row.pk: one for row, one in placed})
    return {
        "week": week,
        "first_steps": FIRST,
        "more_steps": len(week) - FIRST,
        "came": came[:LATELY],
        "all_came": len(came),
        "may_take_up": actor.may("activities.change"),
    }


def _open(seen: FindingQuerySet, actor: Actor, day: date) -> dict[str, int]:
    found = counts_of(seen, actor, day)
    return {"open": found.by["all"], "act": found.by["act"], "fresh": found.new}
