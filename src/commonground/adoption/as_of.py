"""Figures as a page shows them when it is asked about an earlier day."""

from datetime import date, timedelta
from typing import NamedTuple

from django.utils.timezone import localdate

from commonground.adoption.models import Behaviour, ForecastMade, Paced
from commonground.adoption.paced import WHOLE
from commonground.adoption.scoring import group_key
from commonground.analysis.intervals import wilson
from commonground.analysis.pace.figures import Forecast, Group, Now, Pace, Series, Week, read, read_forecast

RECENT = 4


class PacedOn(NamedTuple):
    """Figures for a day. made_on: when they were made; earlier: they were cut at a day before that. note: what a reader should know."""

    pace: Pace
    made_on: date
    earlier: bool
    note: str


def paced_on(paced: Paced, day: date, *, groups: bool = True) -> PacedOn:
    """The figures of one behaviour as they are shown on a page of a day.

    From the day on which they were made they stand as they are. For an earlier day the series are cut at the last week that was over by
    then, and the forecast is the newest that had been made; curves of people and the watch know what came later, so they are left out,
    and the note says so. Nothing is shown that the figures themselves do not show.
    groups: unset where the whole is enough, as in a list of behaviours; it is then all that is read.
    """
    made_on = localdate(paced.made_at)
    pace = paced.pace if groups else read({**paced.data, "groups": []})
    if day >= made_on:
        return PacedOn(pace, made_on, False, paced.note)
    forecasts = _forecasts(paced.behaviour_id, day, groups=groups)
    cut_groups = tuple(_cut(group, day, forecasts) for group in pace.groups if _began(group, day))
    whole = _cut(pace.whole, day, forecasts)
    weeks = [week.week for week in whole.series.weeks]
    note = (
        f"As of {day:%-d %b %Y}, by what is known since {made_on:%-d %b %Y}. Curves of people and alarms are of the later day, so they are "
        "left out; the forecast is the one that had been made by then."
    )
    cut = pace._replace(whole=whole, groups=cut_groups, last=weeks[-1] if weeks else None, untold=0, outside=0)
    return PacedOn(cut, made_on, True, " ".join(words for words in (note, paced.note) if words))


def paced_of(behaviour: Behaviour, rows: "list[Paced]", day: date) -> PacedOn | None:
    """The same out of rows that were read for many behaviours; None where it has none."""
    row = next((one for one in rows if one.behaviour_id == behaviour.pk), None)
    return None if row is None else paced_on(row, day)


def _forecasts(behaviour: int, day: date, *, groups: bool) -> dict[str, Forecast]:
    """Group → the newest forecast that had been made by a day. groups: unset for the whole alone."""
    rows = ForecastMade.objects.filter(behaviour=behaviour, made_on__lte=day).order_by("made_on")
    if not groups:
        rows = rows.filter(group=WHOLE)
    newest = dict(rows.values_list("group", "pk"))
    return {row.group: read_forecast(row.data) for row in ForecastMade.objects.filter(pk__in=newest.values())}


def _began(group: Group, day: date) -> bool:
    return any(_over(week, day) for week in group.series.weeks) or group.series.suppressed


def _over(week: Week, day: date) -> bool:
    return date.fromisoformat(week.week) + timedelta(days=6) <= day


def _cut(group: Group, day: date, forecasts: dict[str, Forecast]) -> Group:
    weeks = tuple(week for week in group.series.weeks if _over(week, day))
    cut_over = group.cut_over if group.cut_over is not None and group.cut_over <= day.isoformat() else None
    return Group(
        kind=group.kind,
        key=group.key,
        series=Series(group.series.name, weeks, None, group.series.suppressed),
        now=_now(weeks),
        forecast=None if group.series.suppressed else forecasts.get(group_key(group)),
        cut_over=cut_over,
    )


def _now(weeks: tuple[Week, ...]) -> Now | None:
    """The last four weeks that can be shown. The interval is as if each person had one occasion, so it is never too narrow."""
    told = [week for week in weeks if week.new is not None]
    recent, before = told[-RECENT:], told[-2 * RECENT : -RECENT]
    if len(recent) < RECENT:
        return None
    new, old, n = _sums(recent)
    people = max(week.people or 0 for week in recent)
    low, high = wilson(new / n * people, people)
    earlier = _sums(before)
    change = new / n - earlier[0] / earlier[2] if len(before) == RECENT and earlier[2] else None
    until = date.fromisoformat(recent[-1].week) + timedelta(days=6)
    return Now(new / n, old / n, float(low), float(high), n, people, until.isoformat(), change)


def _sums(weeks: list[Week]) -> tuple[int, int, int]:
    new, old = sum(week.new or 0 for week in weeks), sum(week.old or 0 for week in weeks)
    return new, old, new + old + sum(week.neither or 0 for week in weeks)
