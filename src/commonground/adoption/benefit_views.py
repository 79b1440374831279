"""Benefits and what waiting costs: planned and realised, each in its own unit."""

from typing import NamedTuple

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.adoption.benefit_picture import Picture, picture_of
from commonground.adoption.benefits import Cost, Line, cost_of
from commonground.adoption.forms import BenefitForm
from commonground.adoption.models import Behaviour, Benefit, Paced
from commonground.adoption.templatetags.adoption import amount
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Program
from commonground.programs.register import removed_lately
from commonground.programs.row_views import Kind
from commonground.ui.csv_response import csv_response

BENEFIT = Kind(
    Benefit,
    BenefitForm,
    "benefit",
    "benefits",
    "What does an occasion bring when it goes the new way, in which unit, and who answers for it?",
    space="adoption",
    above=("Benefits", "benefits"),
)


class Shown(NamedTuple):
    """A behaviour with its benefits, each with its picture."""

    behaviour: Behaviour
    cost: Cost
    lines: list[tuple[Line, Picture | None]]


@gate("benefits.view")
def benefits(request: HttpRequest) -> HttpResponseBase:
    """What was to come of it, what has come, and what does waiting cost?"""
    actor, program = actor_of(request), program_of(request)
    shown = _shown(actor, program, request)
    if request.GET.get("format") == "csv":
        return _csv(program, shown)
    values = {
        "shown": shown,
        "title": title_of(shown),
        "without": _without(actor, program, shown),
        "can_change": actor.may("benefits.change"),
        "can_add_behaviour": actor.may("pace.change"),
        "removed": [
            ("adoption:put-back-benefit", one)
            for one in (
                removed_lately(Benefit, program.pk, actor=actor, now=timezone.now())
                if actor.may("benefits.change")
                else []
            )
        ],
    }
    return render(request, "adoption/benefits.html", values)


def _shown(actor: Actor, program: Program, request: HttpRequest) -> list[Shown]:
    held: dict[int, list[Benefit]] = {}
    for row in Benefit.objects.visible_to(actor).filter(program=program).select_related("owner"):
        held.setdefault(row.behaviour_id, []).append(row)
    paced = {one.behaviour_id: one.pace for one in Paced.objects.visible_to(actor).filter(behaviour__in=held)}
    found = []
    for behaviour in Behaviour.objects.visible_to(actor).filter(program=program, pk__in=held):
        cost = cost_of(behaviour, paced.get(behaviour.pk), held[behaviour.pk], as_of(request))
        if cost is not None:
            found.append(Shown(behaviour, cost, [(line, picture_of(line)) for line in cost.lines]))
    return found


def title_of(shown: list[Shown]) -> str:
    """What waiting costs, in a sentence; money and units are never added up over kinds."""
    money: dict[str, float] = {}
    for one in shown:
        for total in one.cost.totals:
            if total.delay is not None:
                money[total.currency] = money.get(total.currency, 0.0) + total.delay.mid
    known = [one.cost.first for one in shown if one.cost.first]
    if money and all(value > 0 for value in money.values()):
        said = " and ".join(amount(known[0]._replace(unit=unit, mid=value)) for unit, value in money.items())
        return f"Each month of waiting costs {said}"
    if known:
        return f"Each month of waiting costs {amount(known[0])}" + (" and more" if len(known) > 1 else "")
    return "What is to come of it, and what has come" if shown else "No benefit is named yet"


def _without(actor: Actor, program: Program, shown: list[Shown]) -> list[Behaviour]:
    """Behaviours for which nobody has said yet what they bring."""
    rows = Behaviour.objects.visible_to(actor).filter(program=program, vanity=False)
    return list(rows.exclude(pk__in=[one.behaviour.pk for one in shown]))


def _csv(program: Program, shown: list[Shown]) -> HttpResponseBase:
    head = ("behaviour", "benefit", "counter", "unit", "owner", "month", "planned", "realised")
    rows = (
        (
            one.behaviour.name,
            line.name,
            line.counter,
            line.unit,
            line.owner,
            month.month[:7],
            month.planned,
            month.realised,
        )
        for one in shown
        for line, _ in one.lines
        for month in line.months
    )
    return csv_response(f"{program.slug} benefits", head, rows)
