"""Occasions counted by hand or asked in a survey: a week's numbers in one small grid, corrected, removed and listed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.contrib import messages
from django.db.models import Count as CountOf
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.adoption.behaviour_views import behaviour_of, crumbs_of
from commonground.adoption.models import FROM_LOG, Behaviour, Count, Counted
from commonground.adoption.tasks import ask_observing
from commonground.disclosure.thresholds import PACE, threshold_of
from commonground.journal.models import Entry
from commonground.organization.fields import unit_choices, unit_names
from commonground.organization.models import Assignment, UnitPeriod
from commonground.programs import pages, register
from commonground.programs.middleware import program_of
from commonground.programs.register import CannotError, removed_lately
from commonground.ui.asked import id_asked
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset
from commonground.ui.words import day as written_day

NUMBERS = ("new", "old", "neither", "people")
WHOLE = "all"
MOST_UNITS = 40


class Row(NamedTuple):
    """A line of the grid. values: as typed, or as they stand; few: there is a count of fewer people than the threshold, not shown."""

    key: str
    name: str
    values: Mapping[str, str]
    wrong: str = ""
    few: bool = False

    @property
    def cells(self) -> list[tuple[str, str]]:
        return [(name, self.values.get(name, "")) for name in NUMBERS]


@gate("pace.change")
def counts(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How often was the new way taken this week, and how often the old?"""
    actor, program = actor_of(request), program_of(request)
    behaviour = behaviour_of(request, actor, pk)
    threshold = threshold_of(PACE)
    found = Count.objects.visible_to(actor).filter(behaviour=behaviour)
    if request.GET.get("format") == "csv":
        return _csv(behaviour, list(found.order_by("week", "pk")), actor, threshold)
    week = _monday(request.POST.get("week") or request.GET.get("week", ""))
    rows = _rows(list(found.filter(week=week)), actor, threshold)
    wrong = ""
    if request.method == "POST":
        rows, counted = _typed(request.POST, rows, week)
        wrong = "Some numbers need another look; they are marked." if any(row.wrong for row in rows) else ""
        if not wrong:
            wrong = _kept(request, behaviour, counted, actor)
        if not wrong:
            here = reverse("adoption:counts", kwargs={"program": program.slug, "pk": pk})
            return redirect(f"{here}?week={week}")
    values = {
        "behaviour": behaviour,
        "by_log": behaviour.source == FROM_LOG,
        "week": week,
        "before": week - timedelta(weeks=1),
        "after": week + timedelta(weeks=1) if week < _monday("") + timedelta(weeks=1) else None,
        "rows": rows,
        "wrong": wrong,
        "threshold": threshold,
        "crumbs_before": crumbs_of(behaviour, program),
        **_so_far(request, found, threshold),
    }
    return render(request, "adoption/counts.html", values, status=422 if wrong else 200)


def _so_far(request: HttpRequest, found: QuerySet[Count], threshold: int) -> dict[str, Any]:
    """A page of what was counted, and what was removed lately."""
    actor, day = actor_of(request), timezone.localdate()
    page = Keyset(("-week", "-pk")).page(found, request.GET.get("after", ""))
    few = _few(list(page.rows), threshold)
    names = unit_names(actor, day, {row.unit_id for row in page.rows if row.unit_id})
    gone = removed_lately(Count, program_of(request).pk, actor=actor, now=timezone.now())
    return {
        "page": page,
        "listed": [
            (row, names.get(row.unit_id, "a former unit") if row.unit_id else "", row.pk in few) for row in page.rows
        ],
        "removed": [("adoption:put-back-count", one) for one in gone],
    }


def _monday(text: str) -> date:
    """The Monday of the week that a day names; of last week for none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = timezone.localdate() - timedelta(weeks=1)
    day = min(max(day, date(1990, 1, 1)), timezone.localdate())
    return day - timedelta(days=day.weekday())


def _rows(known: list[Count], actor: Actor, threshold: int) -> list[Row]:
    """The whole, business units, and units that have a count that week already."""
    held = {row.unit_id: row for row in known}
    few = _few(known, threshold)
    day = timezone.localdate()
    business = set(
        UnitPeriod.objects.visible_to(actor).on(day).filter(business_unit=True).values_list("unit", flat=True)
    )
    wanted = business | {unit for unit in held if unit is not None}
    named = [(unit, name.strip()) for unit, name in unit_choices(day, actor)]
    units = [one for one in named if one[0] in wanted] if wanted else named[:MOST_UNITS]
    found = [_row(WHOLE, "Everybody together", held.get(None), few)]
    return found + [_row(str(unit), name, held.get(unit), few) for unit, name in units]


def _row(key: str, name: str, count: Count | None, few: set[int]) -> Row:
    if count is None:
        return Row(key, name, {})
    if count.pk in few:
        return Row(key, name, {}, few=True)
    return Row(key, name, {field: "" if (n := getattr(count, field)) is None else str(n) for field in NUMBERS})


def _few(rows: list[Count], threshold: int) -> set[int]:
    """Those of fewer people than the threshold; where nobody has said how many, those of units that have fewer."""
    unsaid = {row.unit_id for row in rows if row.people is None and row.unit_id is not None}
    heads = _headcount(unsaid) if unsaid else {}
    return {
        row.pk
        for row in rows
        if (heads.get(row.unit_id, 0) if row.people is None and row.unit_id is not None else row.people or threshold)
        < threshold
    }


def _headcount(units: set[int]) -> dict[int | None, int]:
    """Unit → how many people work in it or below it today."""
    day = timezone.localdate()
    above = {
        unit: [one for part in path.strip("/").split("/") if (one := int(part)) in units]
        for unit, path in UnitPeriod.objects.on(day).values_list("unit", "path")
    }
    below = [unit for unit, found in above.items() if found]
    rows = Assignment.objects.on(day).filter(unit__in=below).values_list("unit")
    heads: dict[int | None, int] = {}
    for unit, people in rows.annotate(n=CountOf("person", distinct=True)):
        for one in above[unit]:
            heads[one] = heads.get(one, 0) + people
    return heads


def _typed(post: QueryDict, rows: list[Row], week: date) -> tuple[list[Row], list[Counted]]:
    """The grid as it was typed, and what it counts. A line without any number says nothing."""
    found, counted = [], []
    for row in rows:
        values = {field: post.get(f"{row.key}.{field}", "").strip() for field in NUMBERS}
        wrong = ""
        if any(values.values()):
            wrong = _wrong(values)
            if not wrong:
                numbers = {field: int(values[field] or 0) for field in ("new", "old", "neither")}
                people = int(values["people"]) if values["people"] else None
                counted.append(Counted(None if row.key == WHOLE else id_asked(row.key), week, **numbers, people=people))
        found.append(row._replace(values=values, wrong=wrong))
    return found, counted


def _wrong(values: Mapping[str, str]) -> str:
    for field, text in values.items():
        if text and not (text.isascii() and text.isdecimal() and len(text) < 9):
            return f"“{text}” is no whole number."
        if field == "people" and text and int(text) == 0:
            return "Somebody must have had an occasion: give the number of people, or leave it empty."
    if not values["new"] and not values["old"]:
        return "Give how many went the new way and how many the old; 0 is an answer."
    if sum(int(values[field] or 0) for field in ("new", "old", "neither")) == 0:
        return "A week without any occasion needs no line: leave it empty."
    return ""


def _kept(request: HttpRequest, behaviour: Behaviour, counted: list[Counted], actor: Actor) -> str:
    """Writes what was counted. Returns what stands against it, empty when it is kept."""
    if not counted:
        return "No number was given yet."
    now = timezone.now()
    try:
        brought = Count.objects.set_many(behaviour, counted, by=actor, at=now)
    except CannotError as refused:
        return str(refused)
    if brought.added or brought.changed:
        ask_observing(behaviour, at=now)
    messages.success(request, f"Kept: {brought.added} added, {brought.changed} changed, {brought.same} as before.")
    return ""


@gate("pace.change")
@require_POST
def remove_count(request: HttpRequest, pk: int) -> HttpResponse:
    """One click that takes a count away."""
    actor, program = actor_of(request), program_of(request)
    row = Count.objects.select_related("behaviour", "unit").get_for(actor, program=program, pk=pk)
    behaviour = row.behaviour

    def act() -> str:
        row.remove(by=actor, at=timezone.now())
        ask_observing(behaviour, at=timezone.now())
        return f"Removed the count of the week of {written_day(row.week)}. It can be put back at the foot of this page."

    return pages.do(request, act, back=reverse("adoption:counts", kwargs={"program": program.slug, "pk": behaviour.pk}))


@gate("pace.change")
@require_POST
def put_back_count(request: HttpRequest, entry: int) -> HttpResponse:
    """One click that puts a removed count back."""
    actor, program = actor_of(request), program_of(request)
    entries = Entry.objects.visible_to(actor).select_related("values")
    kept = get_object_or_404(entries, pk=entry, program=program.pk, kind=Count._meta.label_lower)
    back = reverse("adoption:pace", kwargs={"program": program.slug})
    now = timezone.now()
    try:
        row = register.put_back(kept, Count, facts=Count.facts, by=actor, at=now)
    except CannotError as refused:
        messages.error(request, str(refused))
    else:
        ask_observing(row.behaviour, at=now)
        back = reverse("adoption:counts", kwargs={"program": program.slug, "pk": row.behaviour_id})
        messages.success(request, f"Put back: the count of the week of {written_day(row.week)}.")
    return redirect(back)


def _csv(behaviour: Behaviour, rows: list[Count], actor: Actor, threshold: int) -> HttpResponseBase:
    few = _few(rows, threshold)
    names = unit_names(actor, timezone.localdate(), {row.unit_id for row in rows if row.unit_id})
    lines = (
        (
            behaviour.key,
            names.get(row.unit_id, "a former unit") if row.unit_id else "",
            row.week,
            *([None] * 4 if row.pk in few else [getattr(row, field) for field in NUMBERS]),
            "fewer people than are shown" if row.pk in few else "",
        )
        for row in rows
    )
    return csv_response(f"{behaviour.name} counts", ("behaviour", "unit", "week", *NUMBERS, "note"), lines)
