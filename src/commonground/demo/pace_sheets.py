"""The sheets of the pace, measured from the made log without a database: `behaviours`, `pace`, `forecasts` and `sources`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from commonground.analysis import facts
from commonground.analysis.events import MISSING, Codes, Events
from commonground.analysis.facts import Row
from commonground.analysis.forecast.weekly import forecast
from commonground.analysis.pace.figures import Forecast, Group, Pace
from commonground.analysis.pace.measure import measure
from commonground.analysis.pace.observations import NEVER, Followed, week_of
from commonground.analysis.pace.observe import observe
from commonground.analysis.pace.plan import reach_of
from commonground.analysis.pace.rule import Rule
from commonground.demo.behaviour_rules import Words
from commonground.demo.behaviours import KEEPS, LOG, Counted, Wanted, counted
from commonground.demo.events import EVENTS, one_log
from commonground.demo.events_made import SOURCES, make
from commonground.demo.plots import Plot
from commonground.demo.tree import business_unit
from commonground.demo.world import World
from commonground.events.coding import code_rows

ZONE = "UTC"
YESTERDAY = timedelta(days=1)


def pace_sheets(world: World, *, events: int = EVENTS, seed: int = 1) -> dict[str, Sequence[Row]]:
    """Table → rows of the large program, as the demo of that day and size would give them out. Takes some seconds."""
    plot, rows = world.programs[0]
    today, measuring = world.days.today, _Measuring(world, events=events, seed=seed)
    counts: dict[str, list[Counted]] = {}
    for one in counted(plot.sheets, world.days):
        counts.setdefault(one.behaviour, []).append(one)
    found: dict[str, list[Row]] = {"behaviours": [], "pace": [], "forecasts": []}
    for wanted, told in zip(plot.wanted, rows["behaviours"], strict=True):
        assert isinstance(told, facts.Behaviour), "the rows of one table are of one kind"  # noqa: S101
        if wanted.source == LOG:
            pace = measuring.of(wanted)
            series = [*_weeks(wanted.key, pace)]
            ahead = [(None, pace.whole.forecast), *((group.key, group.forecast) for group in _units(pace))]
        else:
            series = [*_counted_weeks(counts[wanted.key])]
            ahead = [(None, _ahead([row for row in series if row.unit is None], today, _starts(wanted, world)))]
        found["behaviours"].append(told._replace(observed_from=min(row.week for row in series)))
        found["pace"] += series
        found["forecasts"] += [row for unit, made in ahead for row in _reaches(wanted, unit, made)]
    return {**found, "sources": _sources(plot, world)}


def measured(world: World, slug: str, *, events: int = EVENTS, seed: int = 1) -> dict[str, Sequence[Row]]:
    """All tables of a program, those of the pace as they are measured."""
    sheets = world.sheets(slug)
    return sheets | pace_sheets(world, events=events, seed=seed) if slug == world.programs[0][0].slug else sheets


class _Measuring:
    """The made log, coded once, and what the organization says of its units."""

    def __init__(self, world: World, *, events: int, seed: int) -> None:
        self._log: Events = code_rows(one_log(make(world, events=events, seed=seed, zone=ZONE)))
        self._words, self._world = Words(world), world
        home = {row.name: business_unit(row.id) for row in world.organization["units"] if isinstance(row, facts.Unit)}
        self._homes = tuple(dict.fromkeys(home.values()))
        self._code = np.array([*(self._homes.index(home[name]) for name in self._log.names.unit), MISSING], np.int32)

    def of(self, wanted: Wanted) -> Pace:
        today, days = self._world.days.today, self._world.days
        rule = Rule.read(self._words.rule(wanted, units=wanted.units))
        seen = observe([self._log], rule, zone=ZONE, units=self._unit, unit_names=lambda: self._homes).observations
        points = self._world.programs[0][0].points
        cuts = {
            one.unit: week_of(days.on(one.actual))
            for one in points
            if one.kind == "cut_over" and one.unit and one.actual
        }
        cuts[""] = _starts(wanted, self._world)
        everybody = np.full(
            len(seen.persons), cuts[""], np.int32
        )  # shares and forecasts alone are told: nobody's clock counts
        followed = Followed(everybody, np.full_like(everybody, NEVER), week_of(today) - 1)
        return measure(seen, followed, cut_overs=cuts, target=wanted.share)

    def _unit(self, events: Events) -> Codes:
        return np.asarray(self._code[events.unit])


def _starts(wanted: Wanted, world: World) -> int:
    begins = world.days.maybe(wanted.starts)
    assert begins is not None, "each behaviour of the demo begins on a day"  # noqa: S101
    return week_of(begins)


def _units(pace: Pace) -> list[Group]:
    return [group for group in pace.groups if group.kind == "unit" and not group.series.suppressed]


def _weeks(key: str, pace: Pace) -> Iterator[facts.Pace]:
    for unit, group in [(None, pace.whole), *((group.key, group) for group in _units(pace))]:
        for week in group.series.weeks:
            if week.new is not None:
                day = date.fromisoformat(week.week)
                yield facts.Pace(key, day, week.new, week.old or 0, week.neither or 0, unit, week.people)


def _counted_weeks(rows: Iterable[Counted]) -> Iterator[facts.Pace]:
    """The whole of each week, then each team's; all of them are teams of some thirty people."""
    rows = list(rows)
    sums: dict[date, tuple[int, int]] = {}
    for row in rows:
        new, old = sums.get(row.week, (0, 0))
        sums[row.week] = (new + row.new, old + row.old)
    for week, (new, old) in sums.items():
        yield facts.Pace(rows[0].behaviour, week, new, old, 0)
    for row in rows:
        yield facts.Pace(row.behaviour, row.week, row.new, row.old, 0, row.unit)


def _ahead(weeks: Sequence[facts.Pace], today: date, starts: int) -> Forecast:
    numbers, new = [week_of(row.week) for row in weeks], [row.new for row in weeks]
    return forecast(numbers, new, [row.new + row.old for row in weeks], as_of=today, cut_over=starts)


def _reaches(wanted: Wanted, unit: str | None, made: Forecast | None) -> Iterator[facts.Forecast]:
    if made is None or not made.enough:
        return
    told = {reach.share: reach for reach in made.reaches}
    aim = reach_of(made, wanted.share) if wanted.share is not None else None
    if aim is not None:
        told.setdefault(aim.share, aim)
    looks_to = date.fromisoformat(made.path[-1].week) + timedelta(days=6)
    for share, reach in sorted(told.items()):
        low, mid, high = (
            None if day is None else date.fromisoformat(day) for day in (reach.low, reach.mid, reach.high)
        )
        made_on = date.fromisoformat(made.made_on)
        yield facts.Forecast(wanted.key, share, made_on, low, mid, high, unit, looks_to)


def _sources(plot: Plot, world: World) -> list[facts.Source]:
    keeps = {one.system: one.days for one in KEEPS}
    read = tuple(one.key for one in plot.wanted if one.source == LOG)
    until, end = world.days.today - YESTERDAY, world.days.planned_end
    return [facts.Source(name, read, keeps.get(name), name in keeps, until, end) for name in SOURCES]
