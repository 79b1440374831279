"""One champion, for the change lead: what was agreed, how their weeks are, and what can be done. Never what they talked about."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from commonground.access.gate import actor_of, gate
from commonground.coalition.champion_action_views import champion_of
from commonground.coalition.champions import Champion
from commonground.coalition.meetings import HoursUsed, Meeting
from commonground.coalition.weeks import is_over, used_by
from commonground.organization.models import Assignment, UnitPeriod
from commonground.programs.middleware import as_of, program_of
from commonground.ui.words import number, plural

SHOWN_WEEKS = 12


@gate("champions.change")
def champion(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was agreed with this champion, and is it too much?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    row = champion_of(request, pk)
    used = used_by([row], day).get(row.pk)
    place = Assignment.objects.visible_to(actor).on(day).filter(person=row.person).order_by("-start").first()
    group = group_words([row], day)[row.pk]
    values = {
        "row": row,
        "title": title_of(row, day),
        "group": group,
        "unit": unit_names([place.unit_id] if place else [], day).get(place.unit_id or 0, "") if place else "",
        "used": used,
        "over": is_over(row.hours_per_week, used),
        "weeks": HoursUsed.objects.visible_to(actor).filter(champion=row, week__lte=day)[:SHOWN_WEEKS],
        "met": Meeting.objects.visible_to(actor).of(program).held(day).filter(people=row.person)[:5],
        "serving": row.holds(day),
        "load": _load(row, used.hours if used else None),
    }
    return render(request, "coalition/champion.html", values)


def title_of(row: Champion, day: date) -> str:
    """The page's statement."""
    if not row.holds(day):
        return f"{row.person} was a champion" if row.consent else f"{row.person} was asked"
    if row.consent is None:
        return f"{row.person} would rather talk first" if row.wants_talk else f"{row.person} has not answered yet"
    if not row.consent:
        return f"{row.person} said no"
    if row.too_much_on:
        return f"{row.person} says that it is too much"
    return f"{row.person} is a champion" if row.hours_per_week else f"{row.person} is a champion, without hours yet"


def _load(row: Champion, used: float | None) -> str:
    if used is None:
        return "no week noted lately"
    given = f" of {plural_hours(row.hours_per_week)} given" if row.hours_per_week else ""
    return f"{number(used)}{given}, on the average of the last weeks noted"


def plural_hours(hours: float) -> str:
    """“2 hours”, “1.5 hours”."""
    return plural(int(hours), "hour") if hours == int(hours) else f"{number(hours, 1)} hours"


def unit_names(units: Iterable[int | None], day: date) -> dict[int, str]:
    """Unit → what it is called on the day."""
    rows = UnitPeriod.objects.on(day).filter(unit__in={unit for unit in units if unit})
    return dict(rows.values_list("unit_id", "name"))


def group_words(rows: Iterable[Champion], day: date) -> dict[int, str]:
    """Champion → the group they carry in words; empty where it is their own."""
    rows = list(rows)
    keys = {row.cell["unit"] for row in rows if row.cell.get("unit")}
    names = dict(UnitPeriod.objects.on(day).filter(unit__key__in=keys).values_list("unit__key", "name")) if keys else {}
    return {
        row.pk: ", ".join(names.get(value, value) if name == "unit" else value for name, value in row.cell.items())
        for row in rows
    }
