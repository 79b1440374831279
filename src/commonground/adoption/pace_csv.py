"""The figures of a behaviour as tables. What is withheld is an empty cell, and a column says that it is."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse

from commonground.analysis.pace.figures import Pace, Week
from commonground.ui.csv_response import csv_response

WEEKS = ("kind", "group", "week", "new", "old", "neither", "people", "share_new", "share_old", "shown")
CURVE = ("kind", "group", "weeks", "share", "low_95", "high_95", "still_followed", "people", "shown")
FEW_IN_WEEK = "no: fewer people than the threshold in this week, or none"
FEW = "no: fewer people than the threshold; left out of the whole as well"
NO_CURVE = "no: too few people, or not enough data yet"
Row = tuple[object, ...]


def weeks_csv(name: str, pace: Pace) -> StreamingHttpResponse:
    """Weeks by group: the whole, units, levels and cohorts."""
    return csv_response(f"{name} weeks", WEEKS, _weeks(pace))


def _weeks(pace: Pace) -> Iterator[Row]:
    for group in (pace.whole, *pace.groups):
        if group.series.suppressed:
            yield group.kind, group.series.name, "", *("",) * 6, FEW
            continue
        for week in group.series.weeks:
            yield group.kind, group.series.name, week.week, *_cells(week)


def _cells(week: Week) -> Row:
    if week.new is None or week.old is None or week.neither is None or week.people is None:
        return *("",) * 6, FEW_IN_WEEK
    n = week.new + week.old + week.neither
    shares = (round(week.new / n, 4), round(week.old / n, 4)) if n else ("", "")
    return week.new, week.old, week.neither, week.people, *shares, "yes"


def curve_csv(name: str, pace: Pace) -> StreamingHttpResponse:
    """The curves of sustained use by group."""
    return csv_response(f"{name} sustained use", CURVE, _curves(pace))


def _curves(pace: Pace) -> Iterator[Row]:
    for group in (pace.whole, *pace.groups):
        told = None if group.series.suppressed else group.sustained
        if told is None:
            yield group.kind, group.series.name, *("",) * 6, FEW if group.series.suppressed else NO_CURVE
            continue
        for point in told.curve:
            shares = (round(one, 4) for one in (point.share, point.low, point.high))
            yield group.kind, group.series.name, point.time, *shares, point.at_risk, told.people, "yes"
