"""An activity: whom it is for, what it asks of them, whether it was delivered; and how many people an audience is."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from commonground.access.gate import actor_of, gate
from commonground.analysis.plan.audience import TOUCHED
from commonground.analysis.plan.reckoning import LEAST
from commonground.analysis.plan.reckoning import Planned as PlannedWork
from commonground.assessments.models import Impact
from commonground.guidance.models import Planned
from commonground.guidance.technique_library import offered
from commonground.organization.models import Role, Unit
from commonground.plan.capacity import called
from commonground.programs.audience_form import PLACES
from commonground.programs.middleware import program_of
from commonground.programs.models import Activity
from commonground.reports.plan_reading import stored_crowd

ROLE_WORDS = {
    "level": "at the level “{}”",
    "location": "at {}",
    "shift": "of the shift “{}”",
    "language": "who speak {}",
}


@gate("activities.confirm")
def activity(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is it, for whom, in whose hands, and was it delivered?"""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    row = Activity.objects.select_related("unit", "owner", "deliverer", "delivered_by")
    found = row.get_for(actor, program=program, pk=pk)
    values = {
        "row": found,
        "unit": called(found.unit) if found.unit else "the whole program",
        "only": audience_in_words(found.audience or {}),
        "late": found.is_late(day),
        "waits": found.waits_for_word(day),
        "can_change": actor.may("activities.change"),
        "may_confirm": found.may_confirm(actor),
        "sees_plan": actor.may("plan.view"),
        "technique": dict(offered(program.pk, actor)).get(found.technique, ""),
        "sees_techniques": actor.may("techniques.view"),
        "findings": [
            one.finding for one in Planned.objects.visible_to(actor).filter(activity=found).select_related("finding")
        ],
        "impact": Impact.objects.visible_to(actor).filter(program=program, key=found.answers).first()
        if found.answers
        else None,
        **(_counted(request, found) if actor.may("plan.view") else {}),
    }
    return render(request, "reports/plan_activity.html", values)


def audience_in_words(wanted: dict[str, str]) -> list[str]:
    """An audience as people say it; empty for all of the unit."""
    found = [words.format(wanted[name]) for name, words in ROLE_WORDS.items() if wanted.get(name)]
    if wanted.get("role"):
        name = Role.objects.filter(key=wanted["role"]).values_list("periods__name", flat=True).last()
        found.insert(0, f"in the role “{name or wanted['role']}”")
    return [*found, *(["whom the change touches"] if wanted.get(TOUCHED) else [])]


def _counted(request: HttpRequest, row: Activity) -> dict[str, Any]:
    unit = row.unit.key if row.unit else None
    return counted(request, unit, row.audience or {}, row.hours_per_person)


def counted(request: HttpRequest, unit: str | None, wanted: dict[str, str], hours: float | None) -> dict[str, Any]:
    """How many people, and the hours of all together; few: fewer than may be told as a group."""
    known = stored_crowd(actor_of(request), program_of(request))
    if known is None:
        return {"people": None}
    people = sum(known[1].reached(PlannedWork("", None, None, None, unit, wanted)).values())
    few = 0 < people < LEAST
    return {"people": people, "few": few, "together": people * hours if hours and not few else None, "stored": known[0]}


@gate("plan.view")
def audience(request: HttpRequest) -> HttpResponseBase:
    """The people of the audience that a form names, as it is filled in."""
    got = request.GET
    wanted = {name: got[name] for name in ("level", *PLACES) if got.get(name)}
    if got.get("role", "").isdecimal():
        key = (
            Role.objects.visible_to(actor_of(request)).filter(pk=int(got["role"])).values_list("key", flat=True).first()
        )
        wanted |= {"role": key} if key else {}
    if got.get("touched"):
        wanted[TOUCHED] = "yes"
    unit = None
    if got.get("unit", "").isdecimal():
        units = Unit.objects.visible_to(actor_of(request)).filter(pk=int(got["unit"]))
        unit = units.values_list("key", flat=True).first()
    try:
        hours = float(got.get("hours_per_person", ""))
    except ValueError:
        hours = None
    return render(request, "reports/plan_counted.html", counted(request, unit, wanted, hours))
