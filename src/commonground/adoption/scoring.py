"""Forecasts are kept as they were made, and scored once the weeks they spoke of have come."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from commonground.adoption.models import Behaviour, ForecastMade, Record
from commonground.adoption.paced import WHOLE
from commonground.analysis.forecast.outlook import score_quantiles
from commonground.analysis.forecast.weekly import HORIZON
from commonground.analysis.intervals import wilson
from commonground.analysis.pace.figures import Ahead, Group, Pace, Week

LONGEST = timedelta(weeks=HORIZON + 1)  # a forecast older than that speaks of no week to come
AHEAD = timedelta(weeks=4)  # a forecast of tomorrow is easily right
COVERED = ((0.5, 2), (0.8, 3), (0.95, 4))  # nominal share and its place in a row of `weeks`


def group_key(group: Group) -> str:
    """Under which a group's forecasts are kept: “whole”, “unit:12”."""
    return WHOLE if group.kind == WHOLE else f"{group.kind}:{group.key}"


def keep(behaviour: Behaviour, pace: Pace, data: Mapping[str, Any], *, day: date) -> int:
    """Keeps the forecasts of figures made on a day, in the place of those made earlier in that week: what they rest on is whole weeks.

    One that says the same as the newest before it is not kept again. data: the figures as they are written (`figures.written`).
    Returns how many were kept.
    """
    monday = day - timedelta(days=day.weekday())
    held = ForecastMade.objects.filter(behaviour=behaviour)
    held.filter(made_on__gte=monday, made_on__lte=day).delete()
    newest = dict(held.order_by("made_on").values_list("group", "data"))
    rows = []
    for group, told in zip((pace.whole, *pace.groups), (data["whole"], *data["groups"]), strict=True):
        key = group_key(group)
        if group.forecast is not None and group.forecast.enough and newest.get(key) != told["forecast"]:
            rows.append(ForecastMade(behaviour=behaviour, group=key, made_on=day, data=told["forecast"]))
    ForecastMade.objects.bulk_create(rows, batch_size=200)
    return len(rows)


def score_earlier(behaviour: Behaviour, pace: Pace, *, day: date, at: datetime) -> int:
    """Scores the forecasts made before a day against the weeks that can be shown now. Returns how many scores changed."""
    groups = {group_key(group): group for group in (pace.whole, *pace.groups)}
    changed = []
    rows = ForecastMade.objects.filter(
        behaviour=behaviour, made_on__lt=day, made_on__gte=day - LONGEST, group__in=groups
    )
    for row in rows.iterator(200):
        score = scored(row.data.get("path", ()), groups[row.group].series.weeks, row.score)
        if score and score != row.score:
            row.score, row.scored_at = score, at
            changed.append(row)
    ForecastMade.objects.bulk_update(changed, ["score", "scored_at"], batch_size=200)
    return len(changed)


def scored(
    path: Iterable[Mapping[str, Any]], weeks: Iterable[Week], before: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What came of a forecast: `n` weeks that came, mean `crps` in points of share, the shares of weeks inside its 50, 80 and 95 %
    intervals, and each week as [week, crps, inside 50 %, inside 80 %, inside 95 %, share]. Empty before any of them came.

    before: the score as it was, of which weeks that came as they did are taken over.
    """
    came = {week.week: share for week in weeks if (share := _share(week)) is not None}
    known = {row[0]: row for row in (before or {}).get("weeks", ())}
    rows = []
    for ahead in path:
        week = ahead["week"]
        if week in came:
            row = known.get(week)
            rows.append(row if row is not None and row[-1] == came[week] else _row(ahead, came[week]))
    if not rows:
        return {}
    n = len(rows)
    shares = {f"coverage{round(level * 100)}": sum(row[place] for row in rows) / n for level, place in COVERED}
    return {"n": n, "crps": round(sum(row[1] for row in rows) / n, 6), **shares, "weeks": rows}


def _row(ahead: Mapping[str, Any], share: float) -> list[Any]:
    quantiles = np.array([[float(ahead[name]) for name in Ahead._fields if name != "week"]])
    one = score_quantiles(quantiles, np.array([share]))
    inside = [bool(value) for value in (one.coverage50, one.coverage80, one.coverage95)]
    return [ahead["week"], round(one.crps, 6), *inside, share]


def record_of(behaviour: Behaviour, group: str = WHOLE) -> Record | None:
    """How the forecasts of a group did so far: to stand beside the next one. None before any week of one has come.

    Forecasts made day after day speak of the same weeks, so each week counts once: with the newest forecast that was made at least four
    weeks before it, else with the oldest that was made before it.
    """
    rows = ForecastMade.objects.filter(behaviour=behaviour, group=group).exclude(score={})
    best: dict[str, tuple[bool, int, list[Any]]] = {}
    forecasts = 0
    for made_on, score in rows.order_by("made_on").values_list("made_on", "score"):
        forecasts += 1
        for row in score.get("weeks", ()):
            early = made_on + AHEAD <= date.fromisoformat(row[0])
            before = best.get(row[0])
            if before is None or (early and (not before[0] or before[1] <= made_on.toordinal())):
                best[row[0]] = (early, made_on.toordinal(), row)
    if not best:
        return None
    weeks = [row for _, _, row in best.values()]
    n = len(weeks)
    coverage = []
    for level, place in COVERED:
        inside = sum(bool(row[place]) for row in weeks)
        low, high = wilson(inside, n)
        coverage.append((level, inside / n, float(low), float(high)))
    return Record(forecasts, n, sum(row[1] for row in weeks) / n, tuple(coverage), max(best))


def _share(week: Week) -> float | None:
    """The share new of a week; None where it is not shown."""
    if week.new is None or week.old is None or week.neither is None:
        return None
    every = week.new + week.old + week.neither
    return round(week.new / every, 6) if every else None
