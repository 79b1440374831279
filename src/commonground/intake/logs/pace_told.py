"""The pace of a behaviour as a command answers it: one JSON object, or a page of text."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from commonground.analysis.pace.figures import Forecast, Group, Pace, Series, Week, written
from commonground.intake.logs.pace import Measured

BLOCKS = "▁▂▃▄▅▆▇█"
LAST = 26  # weeks of a line of blocks
SHOWN_WEEKS = 8


class Sum(NamedTuple):
    """Of the weeks that are shown."""

    new: int
    old: int
    occasions: int


def total(series: Series) -> Sum:
    told = [week for week in series.weeks if week.new is not None]
    new, old, neither = (sum(getattr(week, way) or 0 for week in told) for way in ("new", "old", "neither"))
    return Sum(new, old, new + old + neither)


def as_mapping(measured: Measured) -> dict[str, Any]:
    """The keys of FORMATS `pace` and further ones; every group under the same threshold. Missing values are None."""
    pace = measured.pace
    left_out = dict(pace.left_out)
    return {
        "behaviour": measured.rule.name,
        **_of(pace.whole),
        "forecast": written(pace)["whole"]["forecast"],
        "units": _groups(pace, "unit") | {name: {"suppressed": True} for name in measured.absent},
        "cohorts": _groups(pace, "cohort"),
        "left_out": left_out.get("unit", 0) + len(measured.absent),
        "untold": pace.untold,
        "outside": pace.outside,
        "first": pace.first,
        "last": pace.last,
        "threshold": measured.threshold,
        "columns": dict(measured.columns),
    }


def _groups(pace: Pace, kind: str) -> dict[str, Any]:
    return {group.key: _of(group) for group in pace.groups if group.kind == kind}


def _of(group: Group) -> dict[str, Any]:
    """One group. A suppressed one says nothing else; whole and units have the same keys."""
    if group.series.suppressed and group.kind != "whole":
        return {"suppressed": True}
    counted = total(group.series)
    told = written(Pace(group, (), (), None, None))["whole"]
    sustained = told["sustained"]
    return {
        "weeks": told["series"]["weeks"],
        "people": group.series.people,
        "occasions": counted.occasions if counted.occasions else None,
        "share_new": counted.new / counted.occasions if counted.occasions else None,
        "share_old": counted.old / counted.occasions if counted.occasions else None,
        "now": told["now"],
        "sustained": sustained or {"people": None, "events": None, "left": None, "median": None, "curve": []},
        "relapsed": group.relapse.relapsed if group.relapse else None,
        "relapse": told["relapse"],
        "lasting": told["lasting"],
        "steady": told["steady"],
        "alarms": told["watch"]["alarms"] if told["watch"] else [],
        "watch": told["watch"]["why"] if told["watch"] else "",
        "dip": told["dip"],
        "flat_weeks": group.flat,
    } | ({"suppressed": True} if group.series.suppressed else {})


def print_pace(measured: Measured, file: str) -> None:
    """The answer for people: what it comes to in a sentence, the weeks, the units, how it was read."""
    pace, console = measured.pace, Console(highlight=False)
    console.print(Text(_finding(measured), style="bold"))
    if pace.whole.series.suppressed:
        return
    console.print()
    for line in _sentences(pace):
        console.print(line, markup=False)
    console.print()
    console.print(_weeks(pace.whole.series.weeks[-SHOWN_WEEKS:]))
    if any(group.kind == "unit" for group in pace.groups):
        console.print(_units(measured))
    console.print(_left_out(measured), markup=False)
    period = f"Weeks from {pace.first} to {pace.last}, each named by its Monday."
    source = f"Source: {file}" + (f", units from {measured.units}" if measured.units else "") + "."
    console.print(f"{period} {source}", markup=False, style="dim")


def _finding(measured: Measured) -> str:
    name, whole = measured.rule.name or "The new way", measured.pace.whole
    if whole.series.suppressed:
        return f"{name}: fewer than {measured.threshold} people had an occasion, so nothing can be shown."
    if whole.now is None:
        return f"{name}: not enough data yet to say where it stands now (four weeks with {measured.threshold} people are needed)."
    now = whole.now
    change = "" if now.change is None else f", {_points(now.change)} against the four weeks before"
    return (
        f"{name}: {_percent(now.new)} of occasions go the new way now ({_percent(now.low)} to {_percent(now.high)}){change}; "
        f"the old way is taken in {_percent(now.old)}. Four weeks to {now.until}, n = {now.n:,} occasions of {now.people:,} people."
    )


def _sentences(pace: Pace) -> list[str]:
    whole, found = pace.whole, []
    if whole.sustained:
        one = whole.sustained
        half = "fewer than half have" if one.median is None else f"half have after {one.median:g} weeks"
        found.append(
            f"Sustained use: {one.events:,} of {one.people:,} people have come to it, {half}; {one.left:,} left before."
        )
    else:
        found.append("Sustained use: not enough data yet.")
    if whole.relapse:
        fewer = whole.sustained is not None and whole.relapse.people < whole.sustained.events
        but = " (without units in which only few did)" if fewer else ""
        found.append(f"Relapse: {whole.relapse.relapsed:,} of the {whole.relapse.people:,} people who came to it{but}.")
    for last in whole.lasting:
        if last.share is not None and last.low is not None and last.high is not None:
            share = f"{_percent(last.share)} ({_percent(last.low)} to {_percent(last.high)})"
            found.append(f"Still at it after {last.months} months: {share}, n = {last.n:,}.")
    if whole.steady:
        one_level = f"{_percent(whole.steady.level)} ({_percent(whole.steady.low)} to {_percent(whole.steady.high)})"
        found.append(f"If it goes on as it does, people at the new way settle at {one_level}.")
    found += [
        f"The old way {'rose' if alarm.side == 'up' else 'fell'} from {_percent(alarm.before)} to {_percent(alarm.after)}: "
        f"since the week of {alarm.since}, seen in that of {alarm.week}."
        for alarm in (whole.watch.alarms if whole.watch else ())[-3:]
    ]
    found += _forecast(whole.forecast, pace.last or "")
    return found


def _forecast(forecast: Forecast | None, last: str) -> list[str]:
    """When shares are reached; last: the last week that was observed."""
    if forecast is None or not forecast.enough:
        return [forecast.why] if forecast and forecast.why else []
    found = []
    for reach in forecast.reaches:
        if reach.mid is not None and reach.mid <= last:
            found.append(f"{_percent(reach.share)} new: reached by {reach.mid}.")
        else:
            within = f"80 %: {reach.low or 'later'} to {reach.high or 'later'}"
            found.append(
                f"{_percent(reach.share)} new: expected {f'on {reach.mid}' if reach.mid else 'later than two years from now'} ({within})."
            )
    return found


def _weeks(weeks: Sequence[Week]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title="The last weeks", title_justify="left")
    table.add_column("week")
    for header in ("new", "old", "neither", "people", "share new"):
        table.add_column(header, justify="right", no_wrap=True)
    for week in weeks:
        numbers = (week.new, week.old, week.neither, week.people)
        share = "–" if week.new is None else _percent(week.new / (week.new + (week.old or 0) + (week.neither or 0)))
        table.add_row(week.week, *("–" if one is None else f"{one:,}" for one in numbers), share)
    return table


def _units(measured: Measured) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title="By unit", title_justify="left")
    table.add_column("unit")
    for header in ("people", "new now", "old now", "sustained"):
        table.add_column(header, justify="right", no_wrap=True)
    table.add_column("share new, week by week")
    for group in measured.pace.groups:
        if group.kind != "unit" or group.series.suppressed:
            continue
        now, came = group.now, group.sustained
        table.add_row(
            Text(group.key), f"{group.series.people:,}",
            _percent(now.new) if now else "–", _percent(now.old) if now else "–",
            f"{came.events:,} of {came.people:,}" if came else "–", _blocks(group.series),
        )  # fmt: skip
    few = [group.key for group in measured.pace.groups if group.kind == "unit" and group.series.suppressed]
    for name in sorted((*few, *measured.absent)):
        table.add_row(Text(name), "–", "–", "–", "–", "hidden: too few people")
    return table


def _blocks(series: Series) -> str:
    """One block a week, the last half year; a week that is hidden is blank."""
    found = []
    for week in series.weeks[-LAST:]:
        occasions = (week.new or 0) + (week.old or 0) + (week.neither or 0)
        found.append(BLOCKS[min(7, int(8 * (week.new or 0) / occasions))] if occasions else " ")
    return "".join(found)


def _left_out(measured: Measured) -> str:
    hidden = dict(measured.pace.left_out).get("unit", 0) + len(measured.absent)
    some = "1 unit is" if hidden == 1 else f"{hidden} units are"
    said = (
        f"{some} hidden, of fewer than {measured.threshold} people, and left out of the whole."
        if hidden
        else "No unit is hidden."
    )
    if measured.pace.untold:
        said += f" {measured.pace.untold:,} occasions tell nobody and are left out."
    return said


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def _points(change: float) -> str:
    return f"{change * 100:+.1f} points"
