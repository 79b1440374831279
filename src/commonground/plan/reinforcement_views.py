"""What keeps the new way going, and what still pays the old one: all behaviours, and one of them."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commonground.access.gate import actor_of, gate
from commonground.adoption.models import Behaviour
from commonground.adoption.paced import Paced
from commonground.analysis.pace.before_after import SPAN, Compared, before_and_after, shown_weeks
from commonground.analysis.reinforcement.silence import QUIET
from commonground.plan.reinforcement_forms import PaidScheduleForm
from commonground.plan.reinforcement_page import OnBehaviour, Reinforcing, ladder, series_for
from commonground.programs.middleware import as_of, program_of
from commonground.programs.register import removed_lately
from commonground.programs.row_views import Kind, adding, editing
from commonground.reinforcement.given import AROUND
from commonground.reinforcement.models import Reinforcement, Schedule, Sunset
from commonground.ui.csv_response import csv_response

CHANGE = "reinforcement.change"
SCHEDULE = Kind(
    Schedule,
    PaidScheduleForm,
    "plan",
    "overview",
    "What is done again, how often, by whom, and until when?",
    space="reinforcement",
    above=("Reinforcement", "overview"),
    shown="planned",
)
SHOWN = 50  # of what was done, on the page; all of it is in its CSV
HEAD = ("behaviour", "last heard", "weeks silent", "next due", "old way ends on", "announced on", "what still pays it", *(
    f"share new {when} {what}" for when in ("before", "after") for what in ("", "n")
))  # fmt: skip
DONE = ("day", "kind", "unit", "what", "by", "pace of", "share new before", "n before", "share new after", "n after", "difference",
    "from", "to")  # fmt: skip

add_schedule = adding(SCHEDULE, CHANGE)
edit_schedule = editing(SCHEDULE, CHANGE)


@gate("reinforcement.view")
@require_safe
def overview(request: HttpRequest) -> HttpResponseBase:
    """What is due, which behaviour falls silent where, and which old way still pays."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    found = Reinforcing(actor, program, day)
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} reinforcement", HEAD, map(_line, found.rows))
    may_change = actor.may(CHANGE)
    values: dict[str, Any] = {
        "found": found,
        "title": found.title,
        "due": [(one, found.names.get(one.row.unit_id or 0, "")) for one in found.heard.due],
        "rows": found.rows,
        "lines": found.lines,
        "currency": found.budget.currency if found.budget else "",
        "may_change": may_change,
        "may_add_behaviour": actor.may("pace.change"),
        "sees_steps": actor.may("corrective.view"),
        "quiet_from": QUIET,
        "weeks": SPAN,
        "removed": [
            (f"reinforcement:put-back-{name}", one)
            for name, model in (("reinforcement", Reinforcement), ("schedule", Schedule), ("sunset", Sunset))
            for one in (removed_lately(model, program.pk, actor=actor, now=timezone.now()) if may_change else [])
        ],
    }
    return render(request, "plan/reinforcement.html", values)


def _line(one: OnBehaviour) -> tuple[Any, ...]:
    announced = one.sunset.announced_on if one.sunset else None
    pays = "; ".join(one.still_pays)
    return (one.row.name, one.last, one.weeks, one.next, one.row.old_sunset_on, announced, pays, *_shares(one.effect))


def _shares(effect: Compared) -> tuple[Any, ...]:
    sides = (effect.before, effect.after)
    return tuple(value for side in sides for value in ((round(side.share, 4), side.n) if side else ("", "")))


@gate("reinforcement.view")
@require_safe
def behaviour(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One behaviour: what is planned, what was done and what the pace did, who heard nothing, and how the old way ends."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    row = Behaviour.objects.get_for(actor, program=program, pk=pk)
    found = Reinforcing(actor, program, day)
    paced = Paced.objects.visible_to(actor).filter(behaviour=row).first()
    done = Reinforcement.objects.visible_to(actor).filter(program=program, behaviour=row, on__lte=day)
    rows = _with_effects(done.select_related("given_by"), found, paced)
    if request.GET.get("format") == "csv":
        return csv_response(f"{row.key} reinforcement", DONE, _csv(rows))
    one = found.of(pk)
    units = _units_told(paced) if paced else []
    values: dict[str, Any] = {
        "row": row,
        "one": one,
        "title": _title(row, one),
        "planned": [(plan, found.names.get(plan.row.unit_id or 0, "")) for plan in (one.planned if one else ())],
        "quiet": sorted(found.quiet(row, units, row.starts_on), key=lambda quiet: (-quiet.weeks, quiet.name)),
        "sunset": Sunset.objects.visible_to(actor).filter(behaviour=row).select_related("announced_by", "who").first(),
        "ladder": ladder(found.heard, pk),
        "done": [*_first(rows, SHOWN)],
        "shown_at_most": SHOWN,
        "many": done.count(),
        "around": tuple(AROUND),
        "currency": found.budget.currency if found.budget else "",
        "may_change": actor.may(CHANGE),
        "may_say": actor.may("pace.change"),
        "sees_steps": actor.may("corrective.view"),
        "quiet_from": QUIET,
        "weeks": SPAN,
    }
    return render(request, "plan/reinforcement_behaviour.html", values)


def _title(row: Behaviour, one: OnBehaviour | None) -> str:
    if one is None or one.weeks is None:
        return f"{row}: it has not begun yet"
    pays = f"; the old way: {', '.join(one.still_pays)}" if one.still_pays else ""
    if one.last is None:
        return f"{row}: nobody has heard anything yet{pays}"
    if one.weeks == 0:
        return f"{row}: heard of this week{pays}"
    return f"{row}: last heard of {one.weeks} {'week' if one.weeks == 1 else 'weeks'} ago{pays}"


def _units_told(paced: Paced) -> list[int]:
    """The units of which the pace is told, large enough to be shown."""
    groups = paced.pace.groups
    return [int(one.key) for one in groups if one.kind == "unit" and one.key.isdecimal() and not one.series.suppressed]


def _with_effects(rows: Any, found: Reinforcing, paced: Paced | None) -> Iterator[dict[str, Any]]:
    pace, above = (paced.pace if paced else None), found.heard.above
    for one in rows.iterator(chunk_size=500):
        told = series_for(pace, one.unit_id, above.get(one.unit_id, ()), found.names)
        unit = found.names.get(one.unit_id, str(one.unit)) if one.unit_id else ""
        yield {
            "row": one,
            "unit": unit,
            "of": told.name,
            "effect": before_and_after(shown_weeks(told.series), start=one.on, delivered=one.on),
        }


def _first(rows: Iterator[dict[str, Any]], number: int) -> Iterator[dict[str, Any]]:
    for _, one in zip(range(number), rows, strict=False):
        yield one


def _csv(rows: Iterator[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    for one in rows:
        row, effect = one["row"], one["effect"]
        who = row.given_by.name if row.given_by else ""
        rest = [round(value, 4) for value in (effect.change, effect.low, effect.high)] if effect.enough else [""] * 3
        yield (row.on, row.get_kind_display(), one["unit"], row.words, who, one["of"], *_shares(effect), *rest)
