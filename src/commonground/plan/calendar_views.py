"""The plan by days: a month as a calendar, and bars per unit on a time line; and as a file that calendar programs read."""

import calendar as calendars
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from commonground.access.gate import actor_of, gate, open_to_all
from commonground.accounts.models import actor_for
from commonground.organization.fields import unit_names
from commonground.plan.chosen import Line, about, chosen
from commonground.plan.ical import Event, calendar
from commonground.plan.models import Blackout, Feed
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Activity, Milestone
from commonground.ui.charts import LETTER
from commonground.ui.words import MONTHS

DAY = timedelta(days=1)
SHORT = timedelta(days=10)  # what takes longer stands above the calendar, not on each of its days
WIDE, LEFT, ROW, HEAD = 1080.0, 210.0, 26.0, 34.0
FAR = timedelta(days=400)
NAMED = 44  # letters of a name on the time line


@dataclass(frozen=True)
class Box:
    """A day of the calendar. closed: why a unit cannot on it."""

    day: date
    inside: bool
    lines: Sequence[Line]
    closed: Sequence[str]


def month_asked(request: HttpRequest) -> date:
    """The month of the address, else that of the day that is asked about."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return as_of(request).replace(day=1)


def _spans(line: Line) -> tuple[date, date] | None:
    start, last = line.row.start, line.row.last_day
    return (start, last) if start is not None and last is not None else None


@gate("plan.view")
def month(request: HttpRequest) -> HttpResponseBase:
    """What takes place on which day of a month?"""
    first = month_asked(request)
    last = first.replace(day=calendars.monthrange(first.year, first.month)[1])
    lines = [line for line in chosen(request).lines if line.row.state != "dropped" and _spans(line)]
    here = [line for line in lines if (span := _spans(line)) and span[0] <= last and span[1] >= first]
    long = [line for line in here if (span := _spans(line)) and span[1] - span[0] >= SHORT]
    short = [line for line in here if line not in long]
    weeks = calendars.Calendar().monthdatescalendar(first.year, first.month)
    closed = _closed(request, weeks[0][0], weeks[-1][-1])
    values = {
        **about(request, "calendar"),
        "first": first,
        "name": f"{first:%B %Y}",
        "before": f"{first - DAY:%Y-%m}",
        "after": f"{last + DAY:%Y-%m}",
        "weeks": [[_box(day, first.month, short, closed) for day in week] for week in weeks],
        "long": long,
        "days": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        "number": len(here),
    }
    return render(request, "plan/calendar.html", values)


def _box(day: date, month: int, lines: Sequence[Line], closed: Sequence[tuple[Blackout, str]]) -> Box:
    on = [line for line in lines if (span := _spans(line)) and span[0] <= day <= span[1]]
    return Box(day, day.month == month, on, [words for row, words in closed if row.holds(day)])


def _closed(request: HttpRequest, first: date, last: date) -> list[tuple[Blackout, str]]:
    """Days on which a unit cannot, with the unit and why."""
    actor = actor_of(request)
    rows = Blackout.objects.visible_to(actor).filter(program=program_of(request), start__lte=last, end__gt=first)
    found = list(rows)
    names = unit_names(actor, as_of(request), {row.unit_id for row in found if row.unit_id})
    return [(row, f"{names.get(row.unit_id, 'every unit')}: {row.why or 'cannot'}") for row in found]


@dataclass(frozen=True)
class Bar:
    """An activity drawn. y: of the bar's top; wide: at least some px, so that one day is seen."""

    line: Line
    x: float
    y: float
    wide: float
    text_x: float
    anchor: str
    css: str


@dataclass(frozen=True)
class Lane:
    """A unit with its bars. y: where its name stands."""

    name: str
    y: float
    top: float
    bars: Sequence[Bar]


@gate("plan.view")
def timeline(request: HttpRequest) -> HttpResponseBase:
    """What runs beside what, in which unit?"""
    shown = chosen(request)
    lines = [line for line in shown.lines if line.row.state != "dropped" and _spans(line)]
    day = shown.day
    near = [line for line in lines if (span := _spans(line)) and span[1] > day - FAR and span[0] < day + FAR]
    days = [one for line in near if (span := _spans(line)) for one in span]
    values = {**about(request, "timeline"), "lanes": [], "number": len(near), "more": len(lines) - len(near)}
    if days:
        first = max(min([*days, day]), day - FAR).replace(day=1)
        last = min(max([*days, day]), day + FAR) + timedelta(days=14)
        values |= _picture(request, near, first, last, day)
    return render(request, "plan/timeline.html", values)


def _picture(request: HttpRequest, lines: Sequence[Line], first: date, last: date, day: date) -> dict[str, object]:
    """Lanes in order of their names, the whole first; each activity on a line of its own."""

    def x_of(one: date) -> float:
        share = (min(max(one, first), last) - first).days / (last - first).days
        return round(LEFT + (WIDE - LEFT - 8) * share, 1)

    lanes, y = [], HEAD
    for name in sorted({line.unit for line in lines}, key=lambda one: (one != "the whole", one)):
        inside = [line for line in lines if line.unit == name]
        top, bars = y, []
        for line in inside:
            if span := _spans(line):
                bars.append(_bar(line, span, y, x_of))
                y += ROW
        lanes.append(Lane(name.capitalize() if name == "the whole" else name, top + 16, top, bars))
        y += 10
    cuts = Milestone.objects.visible_to(actor_of(request)).filter(program=program_of(request), kind="cut_over")
    marks = [x_of(on) for row in cuts if (on := row.actual or row.planned) and first <= on <= last]
    return {
        "lanes": lanes,
        "wide": WIDE,
        "high": y + 4,
        "left": LEFT,
        "now": x_of(day),
        "cuts": sorted(set(marks)),
        "ticks": [(x_of(one), f"{MONTHS[one.month - 1]} {one.year}") for one in _months(first, last)],
    }


def _bar(line: Line, span: tuple[date, date], y: float, x_of: Callable[[date], float]) -> Bar:
    left, right = x_of(span[0]), x_of(span[1] + DAY)
    wide = max(right - left, 5.0)
    css = "is-late" if line.late else line.row.state
    long = min(len(str(line.row)) + (7 if line.late else 0), NAMED) * LETTER
    if left + wide + 6 + long < WIDE:
        return Bar(line, left, y + 4, wide, left + wide + 6, "start", css)
    if left - 6 - long > LEFT:
        return Bar(line, left, y + 4, wide, left - 6, "end", css)
    return Bar(line, left, y + 4, wide, left + 6, "start", f"{css} inside")


def _months(first: date, last: date) -> list[date]:
    """Firsts of months, at most about nine of them."""
    number = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next(step for step in (1, 2, 3, 4, 6, 12) if number / step <= 9 or step == 12)
    begins = first.year * 12 + first.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(begins, begins + number, step)]


@gate("activities.confirm")
def feed(request: HttpRequest) -> HttpResponse:
    """One's own address for a calendar program: whether there is one, and making, renewing or taking it away."""
    actor, program = actor_of(request), program_of(request)
    made = ""
    if request.method == "POST":
        if "stop" in request.POST:
            Feed.objects.stop(program, by=actor, at=timezone.now())
        else:
            token = Feed.objects.renew(program, by=actor, at=timezone.now())
            where = reverse("plan:ics", kwargs={"program": program.slug, "token": token})
            made = request.build_absolute_uri(where)
    row = Feed.objects.visible_to(actor).filter(program=program).first()
    values = {"made": made, "row": row, "sees_all": actor.may("plan.view"), "can_confirm": True}
    return render(request, "plan/feed.html", values)


@open_to_all
@never_cache
def ics(request: HttpRequest, token: str, program: str = "") -> HttpResponse:
    """The calendar under an address that only its owner has: what they lead and deliver; with `?all=1` all that they may see."""
    row = Feed.objects.by_token(token)
    if row is None:
        raise Http404
    person = getattr(row.user, "person", None)
    actor = actor_for(row.user, person=person.pk if person is not None else None)
    if not actor.may("activities.confirm"):
        raise Http404
    rows = Activity.objects.visible_to(actor).filter(program=row.program, start__isnull=False).exclude(state="dropped")
    if not (request.GET.get("all") and actor.may("plan.view")):
        rows = rows.of_person(actor.person or 0)
    names = unit_names(actor, timezone.localdate())
    slug, host = row.program.slug, request.get_host()
    events = [
        Event(
            uid=f"activity-{one.pk}-{slug}@{host}",
            start=one.start,
            end=one.end,
            summary=str(one),
            description=f"{one.kind_label}, for {names.get(one.unit_id or 0, 'the whole')}",
            state=one.state,
            url=request.build_absolute_uri(reverse("plan:activity", kwargs={"program": slug, "pk": one.pk})),
        )
        for one in rows
        if one.start is not None
    ]
    text = calendar(row.program.name, events, stamp=timezone.now())
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
