"""The pages of people: the list, and one person."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from commonground.access.gate import actor_of, gate
from commonground.organization import beside
from commonground.organization.chart import person_history
from commonground.organization.fields import unit_choices
from commonground.organization.listing import PEOPLE, PLACES, names_on, people_on, people_page, upper
from commonground.organization.models import Assignment, Level, Person
from commonground.organization.people import SEE_EVERYBODY
from commonground.organization.tree import groups_on
from commonground.organization.views import as_of, shown
from commonground.ui.csv_response import csv_response
from commonground.ui.words import plural

AT_ONCE = 1000
MOST_UNITS = 200  # in the choice of a filter; in a bigger organization the lower ones are reached from their own page
HEADER = ["id", "name", "unit", "manager", "role", "level", "email", "location", "shift", "language", "front_office"]


@gate("people.view")
@require_safe
def people(request: HttpRequest) -> HttpResponseBase:
    """Who works here, where and for whom?"""
    actor, day = actor_of(request), as_of(request)
    wanted: dict[str, Any] = {name: request.GET.get(name, "").strip() for name in ("q", *PLACES)}
    unit, level = (_id(request.GET.get(name, "")) for name in ("unit", "level"))
    if request.GET.get("format") == "csv":
        rows = people_on(day, actor, unit=unit, level=level, **wanted)
        return csv_response("people", HEADER, _csv_rows(rows.order_by("person__name", "person_id"), day))
    page = people_page(day, actor, request.GET.get("after", ""), unit=unit, level=level, **wanted)
    names_on(day, list(page.rows))
    filtered = bool(unit or level or any(wanted.values()))
    counted = sum(group.people for group in groups_on(day)) if actor.has(*SEE_EVERYBODY) and not filtered else None
    context = {
        "page": page,
        "wanted": wanted | {"unit": unit, "level": level},
        "filtered": filtered,
        "units": upper(list(unit_choices(day, actor)), MOST_UNITS, keep=unit),
        "levels": Level.objects.visible_to(actor),
        "heading": "People" if counted is None else plural(counted, "person,people"),
        "known": Person.objects.visible_to(actor).exists(),
    }
    return shown(request, "organization/people.html", context)


def _id(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _csv_rows(rows: "Iterable[Assignment]", day: date) -> Iterator[tuple[Any, ...]]:
    """The rows as the sheet `people` has them, some at a time."""
    some: list[Assignment] = []
    for row in rows.iterator(chunk_size=AT_ONCE):  # type: ignore[attr-defined]
        some.append(row)
        if len(some) == AT_ONCE:
            yield from _lines(some, day)
            some = []
    yield from _lines(some, day)


def _lines(rows: list[Assignment], day: date) -> Iterator[tuple[Any, ...]]:
    names_on(day, rows)
    for row in rows:
        yield (
            row.person.key,
            row.person.name,
            row.unit_name,  # type: ignore[attr-defined]
            row.manager.key if row.manager else None,
            row.role_name,  # type: ignore[attr-defined]
            row.level_name,  # type: ignore[attr-defined]
            row.person.email,
            row.location,
            row.shift,
            row.language,
            row.front_office,
        )


def access_url(row: Person) -> str:
    """Where access of this person is looked after, or given."""
    if row.user_id:
        return reverse("access:user", kwargs={"pk": row.user_id})
    return f"{reverse('access:invite')}?{urlencode({'person': row.key})}"


@gate("people.view")
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Where does this person work, for whom, and where did they work before?"""
    actor, day = actor_of(request), as_of(request)
    row = Person.objects.get_for(actor, pk=pk)
    periods = list(
        Assignment.objects.visible_to(actor).filter(person=row).select_related("manager", "level", "person").in_order()
    )
    now = next((period for period in periods if period.holds(day)), None)
    if now is not None:
        names_on(day, [now])
    reports = PEOPLE.page(people_on(day, actor).filter(manager=row), request.GET.get("after", ""))
    names_on(day, list(reports.rows))
    seen = Person.objects.visible_to(actor).filter(pk=now.manager_id).exists() if now and now.manager_id else False
    context = {
        "row": row,
        "now": now,
        "history": person_history(periods),
        "reports": reports,
        "manager_seen": seen,
        "access_url": access_url(row) if actor.may("accounts.manage") else "",
        "sections": beside.sections(request, row),
    }
    return shown(request, "organization/person.html", context)
