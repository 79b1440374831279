"""Noting what was done, planning what is done again, ending an old way, and formal steps."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commonground.access.gate import actor_of, gate
from commonground.adoption.models import Behaviour
from commonground.analysis.reinforcement.ladder import RUNGS
from commonground.organization.fields import unit_names
from commonground.programs import pages
from commonground.programs.middleware import as_of, program_of
from commonground.programs.register import removed_lately
from commonground.programs.row_views import Kind, row_of
from commonground.reinforcement.forms import AroundForm, CorrectiveForm, GivenForm, SunsetForm
from commonground.reinforcement.models import CorrectiveStep, Reinforcement, Schedule, Sunset
from commonground.ui.csv_response import csv_response
from commonground.ui.words import day as day_words

CHANGE = "reinforcement.change"
ABOVE = ("Reinforcement", "overview")
GIVEN = Kind(
    Reinforcement, GivenForm, "thing that was done", "overview", "What was done so that the new way keeps going?",
    space="reinforcement", above=ABOVE, shown="given",
)  # fmt: skip
AROUND = Kind(
    Reinforcement, AroundForm, "change around the old way", "overview", "What is different now, so that the old way pays less?",
    space="reinforcement", above=ABOVE, shown="given",
)  # fmt: skip
STEP = Kind(
    CorrectiveStep, CorrectiveForm, "formal step", "steps", "Was everything before it tried, and is it fair?",
    space="reinforcement", above=ABOVE,
)  # fmt: skip
HEADER = ("day", "behaviour", "unit", "about", "tried before", "private word", "beside it", "decided by", "appeal to")


@gate("reinforcement.view")
@require_safe
def given(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was done stands on the page of its behaviour."""
    row = row_of(Reinforcement, request, pk)
    there = reverse("reinforcement:behaviour", kwargs={"program": program_of(request).slug, "pk": row.behaviour_id})
    return redirect(f"{there}#done")


@gate("reinforcement.view")
@require_safe
def planned(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A plan stands on the page of its behaviour."""
    row = row_of(Schedule, request, pk)
    there = reverse("reinforcement:behaviour", kwargs={"program": program_of(request).slug, "pk": row.behaviour_id})
    return redirect(f"{there}#plans")


@gate(CHANGE)
def say_sunset(request: HttpRequest, pk: int) -> HttpResponse:
    """When does the old way end, who said so, and what takes it away?"""
    actor, program = actor_of(request), program_of(request)
    behaviour = row_of(Behaviour, request, pk)
    row = Sunset.objects.visible_to(actor).filter(behaviour=behaviour).first()
    names = ("removes", "who", "announced_on", "announced_by", "announced_how", "removed_on")
    known = (
        {name: getattr(row, f"{name}_id" if name in ("who", "announced_by") else name) for name in names} if row else {}
    )
    form = SunsetForm(request.POST or None, initial={"on": behaviour.old_sunset_on, **known})
    for name in ("who", "announced_by"):
        form.fields[name].actor = actor  # type: ignore[attr-defined]  # a PersonField
    there = reverse("reinforcement:behaviour", kwargs={"program": program.slug, "pk": pk})

    def save(values: dict[str, Any]) -> str:
        on = values.pop("on")
        Sunset.objects.say(behaviour, on, values, by=actor, at=timezone.now())
        old = behaviour.old_words or "The old way"
        return f"“{old}” ends on {day_words(on)}." if on else f"“{old}” has no day on which it ends."

    gone = {"program": program.slug, "pk": row.pk} if row else {}
    return pages.ask(
        request,
        form,
        save,
        title=f"The end of “{behaviour.old_words or 'the old way'}”",
        question="On which day does the old way end, who said so, and what takes it away?",
        back=there,
        crumbs=[
            (ABOVE[0], reverse("reinforcement:overview", kwargs={"program": program.slug})),
            (str(behaviour), there),
        ],
        label="Say it",
        remove=reverse("reinforcement:remove-sunset", kwargs=gone) if row else "",
    )


def page_of_sunset(request: HttpRequest, row: Any) -> str:
    kwargs = {"program": program_of(request).slug, "pk": row.behaviour_id}
    return reverse("reinforcement:behaviour", kwargs=kwargs)


def overview_of(request: HttpRequest) -> str:
    return reverse("reinforcement:overview", kwargs={"program": program_of(request).slug})


@gate("corrective.view")
@require_safe
def steps(request: HttpRequest) -> HttpResponseBase:
    """The ladder, and the formal steps with what was tried before each. No order but that of days: units are not compared."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    found = CorrectiveStep.objects.visible_to(actor).filter(program=program, on__lte=day)
    rows = list(found.select_related("behaviour", "unit", "beside", "decided_by", "appeal_to"))
    names = unit_names(actor, day, {row.unit_id for row in rows})
    for row in rows:
        row.place = names.get(row.unit_id, str(row.unit))  # type: ignore[attr-defined]  # for the template alone
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} formal steps", HEADER, map(_line, rows))
    may_change = actor.may("corrective.change")
    values = {
        "rows": rows,
        "rungs": RUNGS,
        "may_change": may_change,
        "removed": [
            ("reinforcement:put-back-correctivestep", one)
            for one in (
                removed_lately(CorrectiveStep, program.pk, actor=actor, now=timezone.now()) if may_change else []
            )
        ],
    }
    return render(request, "reinforcement/steps.html", values)


def _line(row: Any) -> tuple[Any, ...]:
    tried = "; ".join(f"{one.get_kind_display()}, {one.on}" for one in row.tried)
    word = "yes" if row.private_word else "no"
    return (row.on, row.behaviour, row.place, row.about, tried, word, row.beside, row.decided_by, row.appeal_to)


@gate("corrective.change")
def add_step(request: HttpRequest) -> HttpResponse:
    """Writes a formal step down, where nothing is missing; else says what is, and writes nothing."""
    actor, program = actor_of(request), program_of(request)
    initial = {name: request.GET[name] for name in ("behaviour", "unit") if name in request.GET}
    form = CorrectiveForm(request.POST or None, program=program, actor=actor, day=timezone.localdate(), initial=initial)

    def save(values: dict[str, Any]) -> str:
        row = CorrectiveStep.objects.decide(program, values, by=actor, at=timezone.now())
        return f"Written down: a formal step about “{row}”."

    overview = reverse("reinforcement:overview", kwargs={"program": program.slug})
    there = reverse("reinforcement:steps", kwargs={"program": program.slug})
    return pages.ask(
        request,
        form,
        save,
        title="Write a formal step down",
        question=STEP.question,
        back=there,
        crumbs=[(ABOVE[0], overview), ("Formal steps", there)],
        label="Write it down",
    )
