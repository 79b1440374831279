"""Taking findings up with one click, and what came of all that was done."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.adoption.priors import expected_of
from commonground.guidance.context import findings_seen, hidden_for, stands
from commonground.guidance.effects import TOGETHER, Came, all_effects, came_of
from commonground.guidance.models import Finding, Planned
from commonground.guidance.states import NotNowError
from commonground.guidance.taking_up import chosen_technique, take_back, take_up
from commonground.guidance.week import steps
from commonground.programs.middleware import program_of
from commonground.ui.csv_response import csv_response
from commonground.ui.words import day as said_day
from commonground.ui.words import plural, spelled

HEADER = (
    *("technique", "activity", "state", "delivered_on", "unit", "finding", "came_of_it", "behaviour", "measured_in"),
    *("share_before", "share_after", "change", "low_95", "high_95", "earlier_change", "occasions_before"),
    *("occasions_after", "people_before", "people_after", "note"),
)
MOST = 60  # lines on the page; the CSV has all


def _back(request: HttpRequest) -> HttpResponse:
    """To the page of this program from which the click came; else home."""
    program, came = program_of(request), request.POST.get("back", "")
    home = f"/{program.slug}/"
    inside = came.startswith(f"/{program.slug}/") and url_has_allowed_host_and_scheme(came, allowed_hosts=None)
    return redirect(came if inside else home)


@require_POST
@gate("activities.change")
def take_up_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: makes a finding the activity that is proposed for it."""
    actor, program, now, today = actor_of(request), program_of(request), timezone.now(), timezone.localdate()
    finding = Finding.objects.all().get_for(actor, pk=pk, program=program)
    [step] = steps([finding], actor, program, today)
    asked = request.POST.get("technique", "")
    technique = chosen_technique(finding.code, asked) if asked else step.technique
    try:
        made = take_up(step, technique, start=today, by=actor, at=now).activity
    except NotNowError as error:
        messages.error(request, str(error))
    else:
        who = f"in the hands of {made.owner}" if made.owner else "in nobody’s hands yet"
        until = said_day(made.last_day) if made.last_day else "no day yet"
        messages.success(request, f"Planned: “{made}”, {who}, until {until}. It stands under “What came of it”.")
    return _back(request)


@require_POST
@gate("activities.change")
def take_back_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The way back from that click."""
    actor = actor_of(request)
    rows = Planned.objects.filter(finding__program=program_of(request)).select_related("finding", "activity")
    planned = rows.get_for(actor, pk=pk)
    try:
        take_back(planned, by=actor, at=timezone.now())
    except NotNowError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Taken back: the activity is gone, and the finding stands on the list again.")
    return _back(request)


@gate("findings.view")
def effects_page(request: HttpRequest) -> HttpResponseBase:
    """What did what we did do?"""
    actor, program = actor_of(request), program_of(request)
    stands(request)
    came = came_of(program, actor, seen=findings_seen(request), hidden=hidden_for(request))
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} what came of it", HEADER, _lines(came))
    expected = expected_of(program.pk)
    techniques = [(one, one.likely(expected)) for one in all_effects(came)]
    values: dict[str, Any] = {
        "techniques": techniques,
        "came": came[:MOST],
        "many": len(came),
        "title": title(came),
        "together": TOGETHER,
        "may_change": actor.may("activities.change"),
        "expected": expected,
    }
    return render(request, "guidance/effects.html", values)


def title(came: Iterable[Came]) -> str:
    """The statement of the page."""
    rows = [one for one in came if one.activity.delivered_on]
    if not rows:
        return "Nothing that answers a finding was delivered yet"
    ended = sum(one.what == "ended" for one in rows)
    said = (
        f"{spelled(ended)} of their findings {'has' if ended == 1 else 'have'} ended"
        if ended
        else "no finding has ended yet"
    )
    many = len({one.activity.pk for one in rows})
    return f"{plural(many, 'activity,activities')} delivered; {said}"


def _lines(came: Iterable[Came]) -> Iterator[tuple[Any, ...]]:
    for one in came:
        activity, finding = one.activity, one.finding
        known = one.technique
        begin = (
            known.name if known else activity.technique,
            str(activity),
            activity.get_state_display(),
            activity.delivered_on,
            finding.unit.key if finding.unit else "",
            f"{finding.code} {finding.what}",
            one.said,
        )
        if not one.compared:
            yield (*begin, *("",) * 12, one.why_not)
        for row in one.compared:
            yield (*begin, row.name, row.unit or "the whole", *_numbers(row.told), row.told.why)


def _numbers(told: Any) -> tuple[Any, ...]:
    before, after = told.before, told.after
    values = (before and before.share, after and after.share, told.change, told.low, told.high, told.earlier)
    shares = tuple("" if value is None else round(value, 4) for value in values)
    return (*shares, *(side[name] if side else "" for name in (1, 2) for side in (before, after)))
