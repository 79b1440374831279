"""Impacts rated from two sides: the list, where the sides differ first, and giving a rating."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.assessments.amount_forms import ImpactForm, RatingForm
from commonground.assessments.ratings import GROUP, PROGRAM, SIDES, Impact, ImpactRating, TwoSided, two_sided
from commonground.organization.fields import unit_names
from commonground.organization.models import RolePeriod
from commonground.programs import pages
from commonground.programs.middleware import as_of, program_of
from commonground.programs.register import removed_lately
from commonground.programs.row_views import Kind
from commonground.ui.csv_response import csv_response
from commonground.ui.words import plural, spelled

IMPACT = Kind(
    Impact,
    ImpactForm,
    "impact",
    "impacts",
    "What changes, and for which unit or role?",
    space="assessments",
    above=("Impacts", "impacts"),
)
RATING = replace(IMPACT, model=ImpactRating, name="rating of an impact")
CSV_HEAD = (
    "impact",
    "for",
    "by the program",
    "by the group",
    "apart",
    "program's words",
    "group's words",
    "people asked",
)


@gate("impacts.rate")
def impacts(request: HttpRequest) -> HttpResponseBase:
    """How large is the change for each group: in the program's eyes, and in its own?"""
    actor, program = actor_of(request), program_of(request)
    found = two_sided(actor, program)
    whom = whom_of(actor, found, request)
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} impacts", CSV_HEAD, _lines(found, whom))
    wanted = request.GET.get("show", "")
    shown = [one for one in found if _shown(one, wanted)]
    values: dict[str, Any] = {
        "title": title_of(found),
        "rows": [(one, whom[one.impact.pk]) for one in shown],
        "count": plural(len(shown), "impact"),
        "all": len(found),
        "apart": sum(one.differs for one in found),
        "one_side": sum(one.apart is None for one in found),
        "may_add": actor.has(roles.LEAD, roles.MEMBER),
        "may_plan": actor.may("activities.change"),
        "both_sides": actor.has(roles.LEAD, roles.MEMBER),
        "removed": [
            (f"assessments:put-back-{name}", one)
            for model, name in ((Impact, "impact"), (ImpactRating, "impactrating"))
            for one in removed_lately(model, program.pk, actor=actor, now=timezone.now())
        ],
    }
    return render(request, "assessments/impacts.html", values)


def _shown(one: TwoSided, wanted: str) -> bool:
    return {"apart": one.differs, "one": one.apart is None}.get(wanted, True)


def title_of(found: list[TwoSided]) -> str:
    """What the two sides say, in a sentence."""
    if not found:
        return "No impact is written down yet"
    differ = [one for one in found if one.differs]
    if not differ:
        both = sum(one.apart is not None for one in found)
        return "Program and groups see it alike so far" if both else "One side is still to be asked"
    more = sum((one.apart or 0) > 0 for one in differ)
    if more == len(differ):
        return f"{spelled(more).capitalize()} {'group sees' if more == 1 else 'groups see'} more change than the program does"
    return f"Program and group differ on {plural(len(differ), 'impact')}"


def whom_of(actor: Actor, found: list[TwoSided], request: HttpRequest) -> dict[int, str]:
    """Impact → for whom it is, in words."""
    day = as_of(request)
    units = unit_names(actor, day, {one.impact.unit_id for one in found if one.impact.unit_id})
    roles_on = RolePeriod.objects.visible_to(actor).on(day)
    named = dict(roles_on.filter(role__in={one.impact.role_id for one in found}).values_list("role", "name"))
    said = {}
    for one in found:
        role = named.get(one.impact.role_id or 0, str(one.impact.role or ""))
        unit = units.get(one.impact.unit_id or 0, str(one.impact.unit or ""))
        said[one.impact.pk] = ", ".join(part for part in (role, unit) if part)
    return said


def _lines(found: list[TwoSided], whom: Mapping[int, str]) -> Iterator[tuple[Any, ...]]:
    for one in found:
        ours, theirs = one.program, one.group
        yield (
            one.impact.what,
            whom[one.impact.pk],
            ours.value if ours else "",
            theirs.value if theirs else "",
            "" if one.apart is None else one.apart,
            ours.words if ours else "",
            theirs.words if theirs else "",
            (theirs.people if theirs else None) or "",
        )


@gate("impacts.rate")
def rate(request: HttpRequest, pk: int, side: str) -> HttpResponseBase:
    """A rating of one side; the other side's is not shown here, so that each is its own. A unit manager speaks for the group."""
    actor, program = actor_of(request), program_of(request)
    impact: Impact = Impact.objects.get_for(actor, program=program, pk=pk)
    if side not in dict(SIDES) or (side == PROGRAM and not actor.has(roles.LEAD, roles.MEMBER)):
        raise Http404
    own = side == PROGRAM or (actor.has(roles.MANAGER) and not actor.has(roles.LEAD, roles.MEMBER))
    speaker = actor.name if own else ""
    form = RatingForm(request.POST or None, group=side == GROUP, day=timezone.localdate(), speaker=speaker)

    def save(values: dict[str, Any]) -> str:
        impact.rate(values, side=side, by=actor, at=timezone.now())
        return f"Rated: {impact}. A rating before this one stays beside it."

    who = "the program" if side == PROGRAM else "the group"
    return pages.ask(
        request,
        form,
        save,
        title=impact.what,
        question=f"How large is it in the eyes of {who}? Answer before you look at what the other side said.",
        back=reverse("assessments:impacts", kwargs={"program": program.slug}),
        crumbs=[("Impacts", reverse("assessments:impacts", kwargs={"program": program.slug}))],
        label="Rate it",
    )


@gate("impacts.rate")
@require_POST
def remove_rating(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Takes a rating away that was a mistake: the team any, a unit manager one of the group's side."""
    actor, program = actor_of(request), program_of(request)
    row: ImpactRating = ImpactRating.objects.get_for(actor, program=program, pk=pk)
    if row.side == PROGRAM and not actor.has(roles.LEAD, roles.MEMBER):
        raise Http404

    def act() -> str:
        row.remove(by=actor, at=timezone.now())
        return f"Removed: {row}. It can be put back at the foot of this page."

    return pages.do(request, act, back=reverse("assessments:impacts", kwargs={"program": program.slug}))
