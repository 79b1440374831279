"""Hand-made figures of a pace: whole, with few weeks, with weeks that are not shown, with too little for anything. For tests of pages."""

import math
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from commonground.adoption.models import Behaviour, Paced
from commonground.adoption.summary import summary
from commonground.analysis.pace.figures import (
    Ahead,
    Alarm,
    Dip,
    Forecast,
    Group,
    Lasting,
    Now,
    Pace,
    Point,
    Reach,
    Relapse,
    Series,
    Steady,
    Sustained,
    Watch,
    Week,
    written,
)

FIRST, UNTIL, CUT_OVER = date(2025, 3, 3), date(2026, 9, 7), date(2025, 11, 3)
HIDDEN = Week("", None, None, None, None)


def share_on(
    day: date, *, cut_over: date = CUT_OVER, before: float = 0.05, most: float = 0.9, months: float = 9
) -> float:
    """A share new that is flat before the cut-over and rises as an S after it."""
    gone = (day - cut_over).days / 30.4
    return before if gone < 0 else before + (most - before) * (1 - math.exp(-((gone / months) ** 1.3) * math.log(2)))


def series(
    name: str, *, people: int = 160, each: int = 300, hidden: Collection[str] = (), until: date = UNTIL, **shape: Any
) -> Series:
    """Weeks from FIRST to `until`; those in `hidden` (ISO Mondays) are not shown."""
    weeks, day = [], FIRST
    while day <= until:
        wave = 0.012 * math.sin(day.toordinal() / 9) + 0.008 * math.sin(day.toordinal() / 3.1)
        new = round(each * min(max(share_on(day, **shape) + wave, 0), 1))
        neither = round(each * 0.06 * (1 - new / each))
        told = Week(day.isoformat(), new, each - new - neither, neither, round(people * 0.7))
        weeks.append(HIDDEN._replace(week=day.isoformat()) if day.isoformat() in hidden else told)
        day += timedelta(weeks=1)
    return Series(name, tuple(weeks), people)


def now_of(told: Series) -> Now | None:
    """The last four weeks that are shown, with a plain binomial interval: good enough for a picture."""
    shown = [week for week in told.weeks if week.new is not None]
    if len(shown) < 8:
        return None
    parts = [
        (sum(w.new or 0 for w in some), sum(w.old or 0 for w in some), sum(w.neither or 0 for w in some))
        for some in (shown[-4:], shown[-8:-4])
    ]
    n, was = sum(parts[0]), sum(parts[1])
    new = parts[0][0] / n
    half = 1.96 * math.sqrt(new * (1 - new) / n)
    until = date.fromisoformat(shown[-1].week) + timedelta(days=6)
    return Now(
        new,
        parts[0][1] / n,
        max(new - half, 0),
        min(new + half, 1),
        n,
        told.people or 0,
        until.isoformat(),
        new - parts[1][0] / was,
    )


def forecast_of(told: Series, weeks: int = 150, **shape: Any) -> Forecast:
    """A fan around the same S, wider with every week."""
    last = date.fromisoformat(told.weeks[-1].week)
    path = []
    for count in range(1, weeks + 1):
        day = last + timedelta(weeks=count)
        spread = 0.0045 * count * (1 - count / (2.6 * weeks))
        mid = share_on(day, **shape)
        parts = {"p025": -1.96, "p10": -1.28, "p25": -0.67, "p50": 0, "p75": 0.67, "p90": 1.28, "p975": 1.96}
        sides = {name: round(min(max(mid + spread * part, 0), 0.99), 4) for name, part in parts.items()}
        path.append(Ahead(week=day.isoformat(), **sides))

    def first(share: float, side: str) -> str | None:
        return next((one.week for one in path if getattr(one, side) >= share), None)

    reaches = tuple(
        Reach(share, first(share, "p90"), first(share, "p50"), first(share, "p10")) for share in (0.5, 0.8, 0.9)
    )
    return Forecast(
        True, "", (last + timedelta(days=7)).isoformat(), tuple(path), reaches, (("bass", 0.6), ("logistic", 0.4))
    )


def sustained(people: int = 420) -> Sustained:
    times = range(6, 44)
    points = []
    for time in times:
        share = 0.72 * (1 - math.exp(-(time - 5) / 16))
        half = 1.96 * math.sqrt(share * (1 - share) / people)
        points.append(
            Point(float(time), share, max(share - half, 0), min(share + half, 1), round(people * (1 - share)))
        )
    return Sustained(people, round(people * points[-1].share), 23, 24.0, tuple(points))


LASTING = (
    Lasting(6, 212, 0.78, 0.72, 0.83),
    Lasting(
        12, 0, None, None, None, "Nobody has been at it for twelve months yet; the first will be in November 2026."
    ),
    Lasting(24, 0, None, None, None, "Nobody has been at it for twenty-four months yet."),
)
ALARM = Alarm("up", "2026-08-31", "2026-08-10", 0.65, 0.71, 3.4)
WATCH = Watch((), ((0.5, 38.0), (1.0, 10.4), (2.0, 4.0)), 465.0)
DIP = Dip("2025-11-03", 7.2, 0.81, "2025-12-01", -3.4, 1.9, "2026-02-16", "2026-05-03", True)
STEADY = Steady(0.041, 0.012, 0.77, 0.70, 0.83, 420)
MISSING = Forecast(False, "A forecast takes 12 weeks since the cut-over that can be shown; there are 5.")


def unit(key: str, name: str, people: int, cut_over: date, *, alarm: bool = False, **shape: Any) -> Group:
    told = series(name, people=people, cut_over=cut_over, **shape)
    watch = WATCH._replace(alarms=(ALARM,)) if alarm else WATCH
    return Group("unit", key, told, now_of(told), watch=watch, forecast=MISSING, cut_over=cut_over.isoformat())


def full() -> Pace:
    """A whole and six units, one with an alarm, one of four people that is not shown; levels and cohorts."""
    told = series("Northlight", people=602, each=2370)
    whole = Group(
        "whole",
        "",
        told,
        now_of(told),
        sustained(),
        LASTING,
        Relapse(252, 41),
        STEADY,
        WATCH,
        DIP,
        forecast_of(told),
        CUT_OVER.isoformat(),
    )
    units = (
        unit("1", "Electricity", 71, date(2026, 2, 2), months=13),
        unit("2", "Water", 58, date(2026, 3, 2), months=16),
        unit("3", "Metering crews", 164, date(2026, 5, 4), months=18, alarm=True),
        unit("4", "Billing", 131, date(2026, 2, 2), months=8),
        unit("5", "Contact centre", 178, date(2025, 11, 3), months=9),
        Group("unit", "6", Series("Key accounts", (), None, suppressed=True)),
    )
    levels = tuple(
        Group("level", name, told, now_of(told))
        for name, told in (
            (name, series(name, people=90, months=months))
            for name, months in (("Manager", 7), ("Team leader", 9), ("Staff", 12))
        )
    )
    cohorts = (Group("cohort", "2025-Q4", series("4th quarter of 2025", people=178), None, sustained(178), LASTING),)
    return Pace(whole, (*units, *levels, *cohorts), (("unit", 1),), told.weeks[0].week, told.weeks[-1].week, 112, 48)


def late() -> Pace:
    """Slower than its plan by far."""
    told = series("Northlight", people=602, each=2370, months=17)
    whole = Group(
        "whole",
        "",
        told,
        now_of(told),
        sustained(),
        LASTING,
        Relapse(252, 41),
        STEADY,
        WATCH,
        DIP,
        forecast_of(told, months=17),
    )
    return Pace(whole, full().groups[:6], (("unit", 1),), told.weeks[0].week, told.weeks[-1].week)


def sparse() -> Pace:
    """Five weeks since it began: no forecast, no curve."""
    told = series(
        "Northlight", people=64, each=80, until=FIRST + timedelta(weeks=8), cut_over=FIRST + timedelta(weeks=4)
    )
    why = tuple(
        Lasting(months, 0, None, None, None, f"Nobody has been at it for {months} months yet.")
        for months in (6, 12, 24)
    )
    whole = Group(
        "whole",
        "",
        told,
        now_of(told),
        None,
        why,
        watch=Watch((), (), 465.0, "The watch takes 8 weeks before the cut-over; there are 4."),
        forecast=MISSING,
    )
    return Pace(whole, (), (), told.weeks[0].week, told.weeks[-1].week)


def gappy() -> Pace:
    """A whole with weeks that are not shown, and two units that are not."""
    away = {(date(2025, 12, 15) + timedelta(weeks=count)).isoformat() for count in range(4)} | {"2026-04-06"}
    told = series("Northlight", people=64, each=120, hidden=away)
    whole = Group("whole", "", told, now_of(told), forecast=forecast_of(told))
    few = tuple(
        Group("unit", key, Series(name, (), None, suppressed=True))
        for key, name in (("6", "Key accounts"), ("7", "Legal"))
    )
    return Pace(
        whole,
        (unit("4", "Billing", 41, date(2026, 2, 2)), *few),
        (("unit", 2),),
        told.weeks[0].week,
        told.weeks[-1].week,
    )


def withheld() -> Pace:
    """So few people that nothing at all is shown."""
    nothing = Group("whole", "", Series("Northlight", (), None, suppressed=True))
    few = Group("unit", "6", Series("Key accounts", (), None, suppressed=True))
    return Pace(nothing, (few,), (("unit", 1),), "2026-01-05", "2026-09-07")


def behaviour(program: Any, key: str, name: str, **more: Any) -> Behaviour:
    """A behaviour straight into the table, with a target of 80 % by April 2027."""
    values: dict[str, Any] = {
        "new_words": "with the case",
        "old_words": "by phone or paper",
        "occasion_words": "hand-offs between units",
        "target_share": 0.8,
        "target_on": date(2027, 4, 1),
        "starts_on": CUT_OVER,
        "order": Behaviour.objects.filter(program=program).count(),
    }
    return Behaviour.objects.create(program=program, key=key, name=name, **{**values, **more})


def paced(row: Behaviour, pace: Pace, *, at: datetime, **more: Any) -> Paced:
    """Stores figures for a behaviour as measuring does."""
    values = {"threshold": 8, "sources": ["CRM case log", "phone log"], **more}
    return Paced.objects.create(behaviour=row, data=written(pace), summary=summary(pace), made_at=at, **values)
