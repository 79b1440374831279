"""What forecasts begin with, and how good those were that have come due."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.adoption.models import Behaviour, Record
from commonground.adoption.priors import KNOWN, Prior
from commonground.adoption.scoring import record_of
from commonground.adoption.tasks import ask_observing
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.models import Program
from commonground.ui.csv_response import csv_response
from commonground.ui.forms import Form

HEADER = ("behaviour", "forecasts", "weeks", "crps_points", "nominal", "held", "low_95", "high_95", "scored_until")


@dataclass(frozen=True, slots=True)
class Scored:
    """How the forecasts of one behaviour did; record: None before any of them came due."""

    behaviour: Behaviour
    record: Record | None

    @property
    def error(self) -> float | None:
        """The mean score of forecasts (CRPS), in points of share."""
        return self.record.crps * 100 if self.record else None


class PriorsForm(Form):
    """A number for each thing that is expected beforehand; an empty one goes back to the default."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in KNOWN.values():
            self.fields[one.name] = forms.FloatField(
                label=f"{one.words}{', ' + one.unit if one.unit else ''}",
                required=False,
                help_text=f"Usual: {one.default:g}. {one.source}",
            )


def scores_of(program: Program, actor: Actor) -> list[Scored]:
    """The record of each behaviour's forecasts, in the order of the pages."""
    rows = Behaviour.objects.visible_to(actor).filter(program=program)
    return [Scored(row, record_of(row)) for row in rows]


@gate("pace.view")
def priors(request: HttpRequest) -> HttpResponseBase:
    """What do forecasts begin with, and how good were they?"""
    actor, program = actor_of(request), program_of(request)
    scores = scores_of(program, actor)
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} forecasts scored", HEADER, _lines(scores))
    values = Prior.objects.values_of(program.pk)
    rows = [(one, values[one.name], values[one.name] != one.default) for one in KNOWN.values()]
    due = [one for one in scores if one.record]
    return render(
        request,
        "adoption/priors.html",
        {"rows": rows, "scores": scores, "due": due, "can_change": actor.may("pace.change")},
    )


def _lines(scores: list[Scored]) -> list[tuple[Any, ...]]:
    return [
        (
            one.behaviour.name,
            one.record.forecasts,
            one.record.n,
            round(one.record.crps * 100, 3),
            nominal,
            round(share, 4),
            round(low, 4),
            round(high, 4),
            one.record.scored_until,
        )
        for one in scores
        if one.record
        for nominal, share, low, high in one.record.coverage
    ]


@gate("pace.change")
def change_priors(request: HttpRequest) -> HttpResponseBase:
    """Sets what a program expects; forecasts are made anew with it."""
    actor, program, now = actor_of(request), program_of(request), timezone.now()
    form = PriorsForm(request.POST or None, initial=Prior.objects.values_of(program.pk))
    back = f"/{program.slug}/pace/expected/"

    def save(values: dict[str, Any]) -> str:
        wanted = {name: one.default if values[name] is None else values[name] for name, one in KNOWN.items()}
        if not Prior.objects.all().put(program, wanted, by=actor, at=now):
            return "Nothing was different, so nothing was changed."
        for row in Behaviour.objects.filter(program=program):
            ask_observing(row, at=now)
        return "Kept. Forecasts are made anew with it; earlier ones stay as they were made."

    return pages.ask(
        request,
        form,
        save,
        title="Change what is expected",
        question="How long does such a change take, and what can one thing that is done move?",
        back=back,
        crumbs=[("Pace", f"/{program.slug}/pace/"), ("What forecasts begin with", back)],
    )
