"""PACE: new behaviour takes two years or more to replace the old; the pace is measured to shorten the wait."""

from collections.abc import Iterator
from datetime import date, timedelta

from commonground.analysis.facts import Behaviour, Forecast, Source
from commonground.analysis.organization import rows_of
from commonground.analysis.pace.figures import Alarm, Series
from commonground.analysis.register import Register
from commonground.analysis.uptake import Uptake, is_vanity, lately, return_of_the_old, still
from commonground.guidance.guidelines.catalogue import Found, NotEnoughDataError, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import pace as remedies
from commonground.guidance.guidelines.wording import counted, do_or_does, listed, spelled

SOURCE = (
    "Practice PACE: new behaviour takes two years or more to replace the old, and benefits wait; measure the pace to "
    "shorten it. "
)
ALL = "all units"
SERIES = ("people", "units")  # who stands behind a count that does not say, and what units are called
OLD_WAY = "Take the old way away or stop rewarding it, and let leaders be seen taking the new one; a repeated course helps little here."
OBSTACLE = "Ask those who do the work what stands in the way, and take one obstacle away within two weeks."


@guideline(
    "PACE-01",
    "Behaviour changes as fast as it was planned to.",
    severity="error",
    why="What the new way brings begins when it is taken; a delay that is seen early is the cheapest to shorten.",
    source=SOURCE
    + "Forecasts: Bass (1969) and the organization's clock, METHODS 4.1 and 4.3; intervals are of 80 %. Without a forecast: the "
    "share of the last four weeks with its 95 % interval (Wilson, 1927) against the straight line to the target.",
    do=OBSTACLE,
    needs=("behaviours",),
    also_reads=("pace", "forecasts", "milestones", *SERIES),
    parameters={"weeks": 8, "part": 0.5},
    remedy=remedies.reach_it_in_time,
)
def behind_plan(register: Register, parameters: Parameters) -> Iterator[Found]:
    uptake = register.uptake
    wanted = [row for row in uptake.behaviours if row.target_share and row.target_on and not is_vanity(row)]
    if not wanted:
        raise NotEnoughDataError("behaviours.target_share")
    if not any(uptake.forecast(row) or lately(uptake.whole(row.id)) for row in wanted):
        raise NotEnoughDataError("pace.new")
    for row in wanted:
        forecast = uptake.forecast(row)
        found = _forecast_late(row, forecast) if forecast else _below_the_line(uptake, row, parameters)
        now = lately(uptake.whole(row.id))
        if found and not (now and row.target_share and now.new_high >= row.target_share):
            yield found


def _forecast_late(row: Behaviour, forecast: Forecast) -> Found | None:
    """Behind where even the early end of the interval lies after the planned day."""
    if row.target_on is None:
        return None
    beyond = forecast.low is None and forecast.looks_to is not None and row.target_on <= forecast.looks_to
    if not beyond and (forecast.low is None or forecast.low <= row.target_on):
        return None
    share, far = (
        _percent(forecast.share),
        f"later than {spelled(forecast.looks_to)}" if forecast.looks_to else "later than it looks",
    )
    when = f"about {spelled(forecast.mid)}" if forecast.mid else far
    low, high = (spelled(day) if day else far for day in (forecast.low, forecast.high))
    made = f" made on {spelled(forecast.made_on)}" if forecast.made_on else ""
    return Found(
        _subject(row),
        f"{_name(row)} is expected to reach {share} {when}; the plan says {_percent(row.target_share)} by {spelled(row.target_on)}",
        f"{row.name} · {ALL}",
        f"forecasts{made}: {share} in an 80 % interval from {low} to {high}; the planned day lies before it",
        _remedy(row),
    )


def _below_the_line(uptake: Uptake, row: Behaviour, parameters: Parameters) -> Found | None:
    """Behind where even the upper end of the share now lies below the plan; not asked of a beginning, which is slow where all goes well."""
    now, start = lately(uptake.whole(row.id)), uptake.start(row)
    if now is None or start is None or row.target_on is None or row.target_on <= start:
        return None
    planned, gone = uptake.planned_share(row, now.until), now.until - start
    early = gone < timedelta(weeks=parameters["weeks"]) or gone < (row.target_on - start) * parameters["part"]
    if planned is None or early or now.new_high >= planned:
        return None
    return Found(
        _subject(row),
        f"{_name(row)} is at {_percent(now.new)}; the plan says {_percent(planned)} by now",
        f"{row.name} · {ALL}",
        f"pace, four weeks to {spelled(now.until)}: {_percent(now.new)} of {counted(now.n, 'occasion')}, at most "
        f"{_percent(now.new_high)} (95 %); planned: {_percent(row.target_share)} by {spelled(row.target_on)}, from {spelled(start)} on",
        _remedy(row),
    )


def _remedy(row: Behaviour) -> str:
    return OLD_WAY if row.old_possible or row.old_rewarded else OBSTACLE


@guideline(
    "PACE-02",
    "The old way does not come back.",
    severity="error",
    why="A way back has a cause that can still be seen in the weeks in which it begins; later everybody has got used to it.",
    source=SOURCE
    + "Alarms are those of a two-sided CUSUM (Page, 1954; METHODS 4.4) on the weekly share of the old way. Used, then relapse: "
    "METHODS 6.2.",
    do="Find out what changed in those weeks, help people to remember at the moment itself, and take away what stands in the way.",
    needs=("behaviours", "pace"),
    also_reads=("milestones", *SERIES),
    remedy=remedies.take_the_old_way_away,
)
def old_way_returns(register: Register, parameters: Parameters) -> Iterator[Found]:
    uptake, name = register.uptake, register.organization.unit_name
    for row in uptake.behaviours:
        if is_vanity(row):
            continue
        whole = _returns(uptake, row, uptake.whole(row.id))
        units = [
            (name(unit), alarm)
            for unit, one in uptake.units(row.id).items()
            if (alarm := _returns(uptake, row, one, unit))
        ]
        units.sort()
        first = whole or (units[0][1] if units else None)
        if first is None:
            continue
        told = ([(ALL, whole)] if whole else []) + units
        inside = f" in {listed(unit for unit, _ in units)}" if units else ""
        yield Found(
            _subject(row),
            f"The old way of {_name(row)} comes back{inside}: {_rise(first)}",
            f"{row.name} · {ALL if whole else listed(unit for unit, _ in units)}",
            "pace, share of the old way: "
            + "; ".join(
                f"{place} {_rise(alarm)}, seen in the week of {_week(alarm.week)}" for place, alarm in told[:6]
            ),
        )


def _returns(uptake: Uptake, row: Behaviour, series: Series | None, unit: str | None = None) -> Alarm | None:
    return return_of_the_old(series, uptake.start(row, unit)) if series else None


def _rise(alarm: Alarm) -> str:
    return f"{_percent(alarm.before)} before, {_percent(alarm.after)} since the week of {_week(alarm.since)}"


def _week(monday: str) -> str:
    return spelled(date.fromisoformat(monday))


@guideline(
    "PACE-03",
    "No unit stands still for long below what is wanted.",
    severity="warn",
    why="Where nothing moves, people mostly have a reason that nobody has asked for.",
    source=SOURCE
    + "No rise beyond the 95 % interval of its slope. Silent units: listen first; frustration: take an obstacle away (METHODS "
    "6.2).",
    do="Go and listen in the unit: ask what makes the new way hard there, and take one obstacle away within two weeks.",
    needs=("behaviours", "pace"),
    also_reads=("milestones", *SERIES),
    parameters={"weeks": 8},
    remedy=remedies.rise_in_the_unit,
)
def stands_still(register: Register, parameters: Parameters) -> Iterator[Found]:
    uptake, name = register.uptake, register.organization.unit_name
    wanted = [(row, row.target_share) for row in uptake.behaviours if row.target_share and not is_vanity(row)]
    if not wanted:
        raise NotEnoughDataError("behaviours.target_share")
    for row, target in wanted:
        for unit, series in uptake.units(row.id).items():
            now, rest = lately(series), still(series, uptake.start(row, unit), target)
            if now is None or rest is None or rest < parameters["weeks"] or now.new_high >= target:
                continue
            if _returns(uptake, row, series, unit):
                continue  # PACE-02 says more
            yield Found(
                Subject("behaviour_unit", f"{row.id}/{unit}"),
                f"{_name(row)} is at {_percent(now.new)} in {name(unit)} and has not risen for {counted(rest, 'week')}",
                f"{name(unit)} · {row.name}",
                f"pace: {_percent(now.new)} of {counted(now.n, 'occasion')} in the four weeks to {spelled(now.until)}; no rise for "
                f"{counted(rest, 'week')}; wanted: {_percent(target)}",
            )


@guideline(
    "PACE-04",
    "What people do is measured before the new way begins.",
    severity="error",
    why="Without the weeks before, nobody can say later what the change has brought, nor thank anybody for it.",
    source=SOURCE + "A dip after go-live and its end are read against the weeks before (McAfee 2002; METHODS 4.4).",
    do="Begin to measure now: bring an export that goes back before the cut-over, or count for a few weeks by hand.",
    needs=("behaviours",),
    empty_means_none=("pace",),
    also_reads=("milestones", *SERIES),
    parameters={"weeks": 8},
    remedy=remedies.observe_before,
)
def no_baseline(register: Register, parameters: Parameters) -> Iterator[Found]:
    uptake, day = register.uptake, register.facts.as_of
    rows = [row for row in uptake.behaviours if not is_vanity(row)]
    starts = {row.id: start for row in rows if (start := uptake.start(row))}
    if rows and not starts:
        raise NotEnoughDataError("behaviours.starts")
    for row in rows:
        start, first = starts.get(row.id), uptake.first_week(row)
        if start is None or start > day + timedelta(weeks=parameters["weeks"]):
            continue
        if first is not None and first + timedelta(days=6) < start:
            continue
        yield Found(
            _subject(row),
            f"{_name(row)} {'begins' if start > day else 'began'} on {spelled(start)}, and no week before that is measured",
            f"{row.name} · {ALL}",
            f"pace: {f'measured from {spelled(first)} on' if first else 'no week is measured yet'}; behaviours and milestones: starts "
            f"{spelled(start)}",
            ""
            if start > day
            else "Bring an older export while the system still holds it, or say plainly that there is nothing to compare with.",
        )


@guideline(
    "PACE-05",
    "The old way ends when it was said to end.",
    severity="warn",
    why="As long as the old way can be taken or pays, whoever takes it is doing what the house makes easy.",
    source=SOURCE
    + "Trained, not using: look at occasion and incentive first, then let the old path end (METHODS 6.2).",
    do="Take the old way away and stop rewarding it; where it is still needed, say for whom and give it a new end.",
    needs=("behaviours",),
    also_reads=("pace", *SERIES),
    parameters={"share": 0.1, "weeks": 8},
    remedy=remedies.end_the_old_way,
)
def after_its_sunset(register: Register, parameters: Parameters) -> Iterator[Found]:
    uptake, day = register.uptake, register.facts.as_of
    ending = [row for row in uptake.behaviours if row.old_sunset]
    if not ending:
        raise NotEnoughDataError("behaviours.old_sunset")
    for row in ending:
        if row.old_sunset is None or row.old_sunset > day:
            continue
        said = [
            words for yes, words in ((row.old_possible, "still possible"), (row.old_rewarded, "still rewarded")) if yes
        ]
        now = lately(uptake.whole(row.id))
        told = ""
        if (
            now
            and now.until >= row.old_sunset + timedelta(weeks=parameters["weeks"])
            and now.old_low > parameters["share"]
        ):
            told = f"taken in {_percent(now.old)} of occasions"
        if not said and not told:
            continue
        evidence = [f"behaviours: old way ends {spelled(row.old_sunset)}{''.join(f', {words}' for words in said)}"]
        if now:
            evidence.append(
                f"pace, four weeks to {spelled(now.until)}: old way {_percent(now.old)} of {counted(now.n, 'occasion')}, at least "
                f"{_percent(now.old_low)} (95 %)"
            )
        old = f"“{row.old_way}”" if row.old_way else f"The old way of {_name(row)}"
        yield Found(
            _subject(row),
            f"{old} was to end on {spelled(row.old_sunset)} and is {listed([*said, *filter(None, [told])])}",
            f"{row.name} · {ALL}",
            "; ".join(evidence),
        )


@guideline(
    "PACE-06",
    "What a system will forget is observed before it does.",
    severity="error",
    why="A week that nobody observed while the system still held it can never be measured again.",
    source=SOURCE
    + "Observations are kept after the system forgets; what it forgets unobserved is lost to both clocks (METHODS 4.3).",
    do="Bring an export each month, or agree that it keeps its events until the program ends.",
    needs=("sources",),
    also_reads=("behaviours", "milestones"),
    parameters={"days": 30},
    remedy=remedies.keep_what_it_holds,
)
def forgets_too_early(register: Register, parameters: Parameters) -> Iterator[Found]:
    day, rows = register.facts.as_of, {row.id: row for row in register.uptake.behaviours}
    for source in rows_of(register.facts, "sources", Source):
        read = [rows[key] for key in source.behaviours if key in rows]
        end = source.needed_until or max(filter(None, (row.target_on for row in read)), default=None)
        if not read or (end is not None and source.observed_until is not None and source.observed_until >= end):
            continue
        what = _forgetting(source, day, end, parameters["days"])
        if what:
            until = f"until {spelled(source.observed_until)}" if source.observed_until else "not yet"
            keeps = (
                f"keeps {source.keeps_days:,} days"
                if source.keeps_days is not None
                else "nobody has said how long it keeps"
            )
            keeps += (
                ", as is common; nobody has said" if source.keeps_days is not None and source.known is False else ""
            )
            needed = f"; needed until {spelled(end)}" if end else ""
            names, verb = listed(row.name for row in read), do_or_does(source.behaviours, "is", "are")
            yield Found(
                Subject("source", source.id),
                what,
                f"{source.id} · {names}",
                f"sources: {keeps}; observed {until}{needed}; {counted(len(read), 'behaviour')} {verb} read from it",
                ""
                if source.keeps_days is not None
                else "Ask whoever runs it how long it keeps its events, and note it under Sources.",
            )


def _forgetting(source: Source, day: date, end: date | None, notice: float) -> str:
    """What is to be said of a source; empty where nothing is lost before the next export is due."""
    if source.keeps_days is None:
        return "" if source.known else f"Nobody has said yet how long {source.id} keeps its events"
    keeps = timedelta(days=source.keeps_days)
    if source.observed_until is None:
        held = f"{source.id} keeps its events for {source.keeps_days:,} days, and nothing of it has been observed yet"
        return "" if end is not None and day - keeps > end else held
    lost_on = source.observed_until + keeps
    if lost_on <= day:
        return f"{source.id} has begun to forget days after {spelled(source.observed_until)} that nobody has observed"
    if lost_on - day <= min(timedelta(days=notice), keeps / 2):
        return f"{source.id} forgets from {spelled(lost_on)} on what has not been observed yet"
    return ""


@guideline(
    "PACE-07",
    "Adoption is judged by what people do, not by log-ins or training scores alone.",
    severity="warn",
    why="Somebody may sign in each morning and still have no reason to work another way; only the work itself shows it.",
    source=SOURCE + "Report persistent use, not the first log-in (METHODS 4.2).",
    do="Choose one occasion of the work itself, and say what its new way is and what the old one was.",
    needs=("behaviours",),
    remedy=remedies.look_at_the_work,
)
def only_log_ins(register: Register, parameters: Parameters) -> Iterator[Found]:
    rows = register.uptake.behaviours
    if rows and all(map(is_vanity, rows)):
        names = listed(_name(row) for row in rows)
        yield Found(
            Subject("behaviours", "all"),
            f"Whether work is done another way is judged by {names} alone",
            "the whole program",
            f"behaviours: {counted(len(rows), 'behaviour')}, each by log-ins or training scores",
        )


def _subject(row: Behaviour) -> Subject:
    return Subject("behaviour", row.id)


def _name(row: Behaviour) -> str:
    return f"“{row.name}”"


def _percent(share: float | None) -> str:
    return f"{100 * (share or 0):.0f} %"
