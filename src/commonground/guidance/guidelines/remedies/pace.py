"""What ends the findings of PACE."""

from collections.abc import Callable
from datetime import date, timedelta

from commonground.analysis.facts import Behaviour, Facts, Forecast, Pace, Source
from commonground.analysis.organization import rows_of
from commonground.analysis.pace.figures import Series
from commonground.analysis.register import Register
from commonground.analysis.uptake import RECENT
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced, with_rows

BEFORE = timedelta(weeks=8)  # for which it is measured before the new way begins


def reach_it_in_time(facts: Facts, finding: Finding) -> Facts:
    """The obstacle is gone, and a forecast of the day says that the share is reached when it was planned."""
    behaviour = _behaviour(facts, finding.subject.id)
    on, share = behaviour.target_on, behaviour.target_share or 0.0
    kept = replaced(
        facts,
        "forecasts",
        Forecast,
        lambda row: None if (row.behaviour, row.unit) == (behaviour.id, None) else row,
    )
    return with_rows(kept, "forecasts", Forecast(behaviour.id, share, facts.as_of, on, on, on))


def _behaviour(facts: Facts, key: str) -> Behaviour:
    return next(row for row in rows_of(facts, "behaviours", Behaviour) if row.id == key)


def take_the_old_way_away(facts: Facts, finding: Finding) -> Facts:
    """The old way does not come back anywhere: what went that way goes the new one."""
    return _all_new(facts, lambda row: row.behaviour == finding.subject.id)


def _all_new(facts: Facts, is_meant: Callable[[Pace], bool]) -> Facts:
    def new(row: Pace) -> Pace:
        return row._replace(new=row.new + row.old + (row.neither or 0), old=0, neither=0) if is_meant(row) else row

    return replaced(facts, "pace", Pace, new)


def rise_in_the_unit(facts: Facts, finding: Finding) -> Facts:
    """In its last weeks the unit takes the new way throughout."""
    behaviour, _, unit = finding.subject.id.partition("/")
    weeks = _last_weeks(Register(facts).uptake.units(behaviour).get(unit))
    return _all_new(facts, lambda row: (row.behaviour, row.unit) == (behaviour, unit) and row.week >= weeks)


def _last_weeks(series: Series | None) -> date:
    """The Monday from which the last weeks count that say how it is now."""
    told = [date.fromisoformat(week.week) for week in series.weeks if week.new is not None] if series else []
    return told[-RECENT:][0] if told else date.max


def observe_before(facts: Facts, finding: Finding) -> Facts:
    """An export is brought that goes back before the new way began."""
    start = Register(facts).uptake.start(_behaviour(facts, finding.subject.id))
    first = start - BEFORE if start else None
    return _with_behaviour(facts, finding, lambda row: row._replace(observed_from=first))


def _with_behaviour(facts: Facts, finding: Finding, new: Callable[[Behaviour], Behaviour]) -> Facts:
    return replaced(facts, "behaviours", Behaviour, lambda row: new(row) if row.id == finding.subject.id else row)


def end_the_old_way(facts: Facts, finding: Finding) -> Facts:
    """The old way is no longer possible nor rewarded, and in the last weeks nobody took it."""
    ended = _with_behaviour(facts, finding, lambda row: row._replace(old_possible=False, old_rewarded=False))
    weeks = _last_weeks(Register(facts).uptake.whole(finding.subject.id))
    return _all_new(ended, lambda row: row.behaviour == finding.subject.id and row.week >= weeks)


def keep_what_it_holds(facts: Facts, finding: Finding) -> Facts:
    """Whoever runs the system agrees that it keeps its events."""
    return replaced(
        facts,
        "sources",
        Source,
        lambda row: row._replace(keeps_days=None, known=True) if row.id == finding.subject.id else row,
    )


def look_at_the_work(facts: Facts, finding: Finding) -> Facts:
    """One behaviour of the work itself stands beside log-ins and scores."""
    work = Behaviour("work itself", "Note the contact where the customer is seen", source="log", vanity=False)
    return with_rows(facts, "behaviours", work)
