"""The days of a cut-over: the live page of whoever watches, and the phone page of the front office."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.analysis.communication.expected import ACT, FEW, WATCH
from commonground.communication.bands import picture
from commonground.communication.bringing_counts import grain_of, stored
from commonground.communication.hiccup_views import local_now
from commonground.communication.hiccups import HiccupPlan
from commonground.communication.live import Watched, looked_at
from commonground.communication.models import Signal
from commonground.communication.watching import DAY, GRAINS, HAND
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.ui.csv_response import csv_response
from commonground.ui.words import spelled

HEADER = ("what", "from", "counted", "usual", "usual from", "usual to", "weeks before")
ONE_DAY = timedelta(days=1)


@gate("hiccups.view")
def live(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How it goes now, what is usual, and whether to act."""
    actor, program, now = actor_of(request), program_of(request), local_now()
    plan = _plan(request, pk)
    shown = _shown(request, plan, now.date())
    watched = looked_at(_signals(plan), now, shown)
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} {plan}", HEADER, _lines(watched))
    days = plan.days
    values = {
        "title": _title(plan, watched, now.date()),
        "plan": plan,
        "watched": [_drawn(one) for one in watched],
        "shown": shown,
        "now": now,
        "earlier": shown - ONE_DAY if days and shown > days[0] else None,
        "later": shown + ONE_DAY if days and shown + ONE_DAY < min(days[1], now.date() + ONE_DAY) else None,
        "is_live": plan.is_live(now.date()) and shown == now.date(),
        "over": days is not None and days[1] <= now.date(),
        "can_change": actor.may("hiccups.change"),
    }
    return render(request, "communication/live.html", values)


def _plan(request: HttpRequest, pk: int) -> HiccupPlan:
    return HiccupPlan.objects.get_for(actor_of(request), program=program_of(request), pk=pk)


def _signals(plan: HiccupPlan) -> list[Signal]:
    list(plan.promises.all())
    rows = list(plan.signals.select_related("promise"))
    for row in rows:
        row.plan = plan
    return rows


def _shown(request: HttpRequest, plan: HiccupPlan, today: date) -> date:
    """The day that is looked at: the one asked for, kept within the plan's days and not after today."""
    days = plan.days
    try:
        asked = parse_date(request.GET.get("day", "")) or today
    except ValueError:
        asked = today
    if days is None:
        return min(asked, today)
    return max(days[0], min(asked, today, days[1] - ONE_DAY))


def _title(plan: HiccupPlan, watched: list[Watched], today: date) -> str:
    if not watched:
        return f"{plan}: nothing is counted yet"
    act = [one for one in watched if one.verdict.state == ACT]
    if plan.days is not None and plan.days[1] <= today:
        return f"{plan}: how it went"
    if act:
        return f"Act now. {act[0].words}"
    worried = next((one for one in watched if one.verdict.state in (WATCH, FEW)), None)
    if worried is not None:
        return worried.words
    if all(one.verdict.state == "usual" for one in watched):
        return f"{plan}: all is as usual"
    return f"{plan}: nothing says to act"


def _drawn(one: Watched) -> dict[str, Any]:
    daily = one.signal.minutes == DAY
    band = [row for row in one.band.rows if daily or row.at.date() == one.shown]
    counts = [count for count in one.counts if daily or count.at.date() == one.shown]
    known = [count for count in counts if one.until is None or count.at < one.until]
    drawn = {
        size: picture(band, known, step=one.step, now=one.now, width=width, height=height)
        for size, width, height in (("draw-large", 760, 230), ("draw-small", 350, 210))
    }
    return {"one": one, "pictures": drawn, "grain": GRAINS[one.signal.minutes], "said": one.words}


def _lines(watched: list[Watched]) -> Any:
    for one in watched:
        band = one.band.by_moment()
        for count in one.counts:
            row = band.get(count.at)
            usual = (round(row.mean, 1) if row and row.mean is not None else None,) if row else (None,)
            ends = (row.low, row.high, row.weeks) if row else (None, None, None)
            yield (str(one.signal), f"{count.at:%Y-%m-%d %H:%M}", count.number, *usual, *ends)


@gate("hiccups.count")
def front_office(request: HttpRequest, pk: int) -> HttpResponse:
    """What we say, what we promise and give, and the buttons that count, for a phone."""
    plan, now = _plan(request, pk), local_now()
    signals = [one for one in _signals(plan) if one.source == HAND]
    rows = []
    for signal in signals:
        starts = stored(grain_of(now, signal.minutes))
        count = signal.counts.filter(starts=starts).values_list("count", flat=True).first() or 0
        rows.append({"signal": signal, "count": count, "grain": GRAINS[signal.minutes]})
    act: list[Watched] = []
    if plan.is_live(now.date()):
        act = [one for one in looked_at(_signals(plan), now, now.date()) if one.verdict.state == ACT]
    values = {
        "title": _front_title(act),
        "plan": plan,
        "notices": [line.strip() for line in plan.notice.splitlines() if line.strip()],
        "promises": list(plan.promises.select_related("speaks", "plan__speaks")),
        "rows": rows if plan.is_live(now.date()) else [],
        "act": act,
        "can_see_plan": actor_of(request).may("hiccups.view"),
    }
    return render(request, "communication/front_office.html", values)


def _front_title(act: list[Watched]) -> str:
    if not act:
        return "What we say today"
    things = "one thing goes" if len(act) == 1 else f"{spelled(len(act))} things go"
    return f"What we say today: {things} beyond what is usual"


@gate("hiccups.count")
@require_POST
def count_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One more, or one less where a tap was a mistake."""
    signal: Signal = Signal.objects.get_for(actor_of(request), program=program_of(request), pk=pk)
    number = -1 if request.POST.get("number") == "-1" else 1

    def act() -> str:
        if not signal.plan.is_live(timezone.localdate()):
            return "Nothing is counted today: the days of this cut-over are over, or have not come yet."
        starts = stored(grain_of(local_now(), signal.minutes))
        count = signal.count_by_hand(number, starts=starts, by=actor_of(request), at=timezone.now())
        return f"{signal}: {count} in this {GRAINS[signal.minutes]}."

    kwargs = {"program": program_of(request).slug, "pk": signal.plan_id}
    return pages.do(request, act, back=reverse("communication:front-office", kwargs=kwargs))


patterns: list[URLPattern] = [
    path("customers/hiccups/<int:pk>/live/", live, name="live"),
    path("customers/hiccups/<int:pk>/what-we-say/", front_office, name="front-office"),
    path("customers/hiccups/signal/<int:pk>/count/", count_one, name="count-one"),
]
