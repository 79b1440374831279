"""What the rows of `pace` say of each behaviour, as the series that the figures know; only what enough people stand behind."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import NamedTuple

from commonground.analysis.facts import VANITY, Behaviour, Facts, Forecast, Milestone, Pace
from commonground.analysis.intervals import wilson
from commonground.analysis.organization import Organization, rows_of
from commonground.analysis.pace.figures import Alarm, Series, Watch, Week
from commonground.analysis.pace.flat import flat
from commonground.analysis.pace.observations import monday, week_of
from commonground.analysis.pace.plan import share_before
from commonground.analysis.pace.watch import UP, watch

RECENT = 4  # weeks that say how it is now
THRESHOLD = 8
KEPT = 1024  # series of which it is kept what they say
Weeks = tuple[int, ...]


class Lately(NamedTuple):
    """The last four weeks that can be shown: shares of n occasions with 95 % intervals. until: the last day of the last week.

    The intervals are Wilson's with as many independent occasions as there are people in the busiest of the weeks: people do what they
    do again and again, and a row of counts does not tell how much they differ.
    """

    new: float
    new_high: float
    old: float
    old_low: float
    n: int
    until: date


def is_vanity(row: Behaviour) -> bool:
    """Whether it says that a tool is opened or a course passed, not that work is done another way."""
    return bool(row.vanity) or row.source in VANITY


class Uptake:
    """Behaviours with their weeks up to `facts.as_of`. A row that fewer people than the threshold stand behind counts as not there.

    Who stand behind a row are its `people`; where it does not say, the people of its unit and of those below it; nobody where neither is
    known.
    """

    def __init__(self, facts: Facts, organization: Organization, threshold: int = THRESHOLD) -> None:
        self.facts = facts
        self.organization = organization
        self.threshold = threshold

    @cached_property
    def behaviours(self) -> tuple[Behaviour, ...]:
        return tuple(rows_of(self.facts, "behaviours", Behaviour))

    def whole(self, behaviour: str) -> Series | None:
        """The weeks of all units together: as the rows without a unit say, else the sum of what the units' rows show. None without any."""
        return self._series.get((behaviour, None)) or self._sums.get(behaviour)

    def units(self, behaviour: str) -> Mapping[str, Series]:
        """Unit → its weeks."""
        return self._by_unit.get(behaviour, {})

    @cached_property
    def _by_unit(self) -> Mapping[str, Mapping[str, Series]]:
        found: dict[str, dict[str, Series]] = {}
        for (behaviour, unit), series in self._series.items():
            if unit is not None:
                found.setdefault(behaviour, {})[unit] = series
        return found

    @cached_property
    def _series(self) -> Mapping[tuple[str, str | None], Series]:
        rows: dict[tuple[str, str | None], list[Pace]] = {}
        for row in rows_of(self.facts, "pace", Pace):
            if row.week <= self.facts.as_of and self._enough(row):
                rows.setdefault((row.behaviour, row.unit), []).append(row)
        return {key: _series(key[1] or "", some) for key, some in rows.items()}

    @cached_property
    def _sums(self) -> Mapping[str, Series]:
        rows: dict[str, list[Pace]] = {}
        for behaviour, units in self._by_unit.items():
            for series in units.values():
                rows.setdefault(behaviour, []).extend(
                    _row(behaviour, week) for week in series.weeks if week.new is not None
                )
        return {behaviour: _series("", some) for behaviour, some in rows.items()}

    def _enough(self, row: Pace) -> bool:
        people = row.people if row.people is not None else self.organization.heads.get(row.unit, 0)
        return people >= self.threshold

    def start(self, row: Behaviour, unit: str | None = None) -> date | None:
        """When the new way begins: at the unit's own cut-over, else on its own day, else at the program's cut-over. None: not known."""
        own = self._cut_overs.get(unit) if unit is not None else None
        return own or row.starts or self._cut_overs.get(None)

    @cached_property
    def _cut_overs(self) -> Mapping[str | None, date]:
        rows = rows_of(self.facts, "milestones", Milestone)
        return {row.unit: on for row in rows if row.kind == "cut_over" and (on := row.actual or row.planned)}

    def first_week(self, row: Behaviour) -> date | None:
        """The Monday of the first week of which anything is known, shown or not."""
        series = self.whole(row.id)
        shown = date.fromisoformat(series.weeks[0].week) if series else None
        return min(filter(None, (shown, row.observed_from)), default=None)

    def forecast(self, row: Behaviour) -> Forecast | None:
        """The newest forecast of the whole for the share that is wanted, else for the largest share below it."""
        made = self._forecasts.get(row.id, ())
        if row.target_share is None or not made:
            return None
        newest = max((one.made_on for one in made if one.made_on), default=None)
        below = [one for one in made if one.made_on == newest and one.share <= row.target_share + 1e-6]
        return max(below, key=lambda one: one.share, default=None)

    @cached_property
    def _forecasts(self) -> Mapping[str, list[Forecast]]:
        found: dict[str, list[Forecast]] = {}
        for row in rows_of(self.facts, "forecasts", Forecast):
            if row.unit is None and (row.made_on is None or row.made_on <= self.facts.as_of):
                found.setdefault(row.behaviour, []).append(row)
        return found

    def planned_share(self, row: Behaviour, day: date) -> float | None:
        """The share that was to be reached by a day: on the straight line from the start to the target. None without both, or before it."""
        start, series = self.start(row), self.whole(row.id)
        if (
            start is None
            or row.target_on is None
            or row.target_share is None
            or not start < row.target_on
            or day < start
        ):
            return None
        before = share_before(series, start) if series else 0.0
        gone = min((day - start).days / (row.target_on - start).days, 1.0)
        return before + gone * (row.target_share - before)


def lately(series: Series | None) -> Lately | None:
    """How it is now; None while no four weeks can be shown."""
    told = [week for week in series.weeks if week.new is not None][-RECENT:] if series else []
    new, old = sum(week.new or 0 for week in told), sum(week.old or 0 for week in told)
    n = new + old + sum(week.neither or 0 for week in told)
    if len(told) < RECENT or not n:
        return None
    worth = min(n, max(week.people or 0 for week in told) or n)
    high, low = wilson(new / n * worth, worth)[1], wilson(old / n * worth, worth)[0]
    until = date.fromisoformat(told[-1].week) + timedelta(days=6)
    return Lately(new / n, float(high), old / n, float(low), n, until)


def return_of_the_old(series: Series, start: date | None) -> Alarm | None:
    """The alarm that the old way comes back, while it stands: the newest of the watch, and raised since the new way began."""
    found = _watched(*_shown(series, 1)).alarms
    alarm = found[-1] if found else None
    if alarm is None or alarm.side != UP or (start is not None and date.fromisoformat(alarm.week) < start):
        return None
    return alarm


def still(series: Series, start: date | None, target: float | None) -> int | None:
    """For how many weeks the share new has not risen, those before the start not counted; None while it rises or is at its target."""
    week, new, n = _shown(series, 0)
    weeks = _flat(week, new, n, target)
    return weeks if weeks is None or start is None else min(weeks, week[-1] - week_of(start) + 1)


@lru_cache(maxsize=KEPT)
def _watched(week: Weeks, old: Weeks, n: Weeks) -> Watch:
    """The same weeks are looked at again after each change elsewhere, in three views; looking takes some milliseconds a unit."""
    return watch(week, old, n)


@lru_cache(maxsize=KEPT)
def _flat(week: Weeks, new: Weeks, n: Weeks, target: float | None) -> int | None:
    return flat(week, new, n, target=target)


def _shown(series: Series, way: int) -> tuple[Weeks, Weeks, Weeks]:
    """Numbers of the weeks that are shown; the occasions of one way (0: new, 1: old) and all occasions of each."""
    rows = [week for week in series.weeks if week.new is not None]
    ways = [(week.new or 0, week.old or 0, week.neither or 0) for week in rows]
    week = tuple(week_of(date.fromisoformat(one.week)) for one in rows)
    return week, tuple(one[way] for one in ways), tuple(map(sum, ways))


def _row(behaviour: str, week: Week) -> Pace:
    return Pace(behaviour, date.fromisoformat(week.week), week.new or 0, week.old or 0, week.neither, None, week.people)


def _series(name: str, rows: list[Pace]) -> Series:
    """Rows as weeks without a gap; rows of the same week are added up. people: the most in a week, the fewest there can be."""
    counted: dict[int, list[int]] = {}
    for row in rows:
        sums = counted.setdefault(week_of(row.week), [0, 0, 0, 0])
        for at, number in enumerate((row.new, row.old, row.neither or 0, row.people or 0)):
            sums[at] += number
    weeks = tuple(
        Week(monday(at).isoformat(), *counted[at])
        if at in counted
        else Week(monday(at).isoformat(), None, None, None, None)
        for at in range(min(counted), max(counted) + 1)
    )
    return Series(name, weeks, max(people for *_, people in counted.values()) or None)
