"""Experiments and roll-outs over the measured pace: weeks of units as an array, what a plan could see, what came of it.

Only weeks and units that the pages of the pace show too; what is withheld there is not a number here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from commonground.access.actor import Actor
from commonground.adoption.following import cut_over_days
from commonground.adoption.models import Behaviour
from commonground.adoption.paced import Paced
from commonground.analysis.experiments.power import Noise, Power, assumed, noise_of, plan_of, power_of
from commonground.analysis.experiments.result import Result, Unit, compare, so_far
from commonground.analysis.experiments.roll_out import RollOut, roll_out
from commonground.analysis.intervals import Numbers
from commonground.analysis.pace.figures import Group, Pace, Week
from commonground.disclosure.thresholds import PACE, threshold_of
from commonground.guidance.experiments import STEPPED, TOGETHER, Experiment
from commonground.organization.models import UnitPeriod

HISTORY = 26  # weeks before the beginning, out of which the noise is told
USUAL = assumed(
    0.3, 40, 0.05, 0.5
)  # where nothing was measured: 40 occasions a week, units as alike as in most studies
PERIOD, MOST_ODD = 4, 0.2


class Shown(NamedTuple):
    """A unit that the pace of a behaviour shows: its id, its people, occasions in a usual week."""

    unit: int
    name: str
    people: int
    occasions: float


def pace_of(actor: Actor, behaviour: Behaviour | None) -> Pace | None:
    """The figures of a behaviour as far as the actor may see them."""
    row = Paced.objects.visible_to(actor).filter(behaviour=behaviour).first() if behaviour else None
    return row.pace if row else None


def shown_units(pace: Pace | None) -> list[Shown]:
    """The units of the organization that are shown, by name."""
    found = []
    for group in _units(pace):
        many = [one.new + (one.old or 0) + (one.neither or 0) for one in group.series.weeks if one.new is not None]
        if many:
            found.append(Shown(int(group.key), group.series.name, group.series.people or 0, sum(many) / len(many)))
    return sorted(found, key=lambda one: one.name)


def _units(pace: Pace | None) -> list[Group]:
    groups = pace.groups if pace else ()
    return [one for one in groups if one.kind == "unit" and one.key.isdecimal() and not one.series.suppressed]


def shares_of(pace: Pace | None, units: Sequence[int], first: date, weeks: int) -> Numbers:
    """Units × weeks from the week of `first` on: the share new, NaN where it is not shown or there was no occasion."""
    new, every = counts_of(pace, units, first, weeks)
    shares: Numbers = np.where(every > 0, new / np.where(every > 0, every, 1), np.nan)
    return shares


def counts_of(pace: Pace | None, units: Sequence[int], first: date, weeks: int) -> tuple[Numbers, Numbers]:
    """Units × weeks: occasions of the new way, and all of them; 0 where they are not shown."""
    new, every = np.zeros((len(units), weeks)), np.zeros((len(units), weeks))
    place = {unit: at for at, unit in enumerate(units)}
    for group in _units(pace):
        row = place.get(int(group.key))
        if row is None:
            continue
        for week in group.series.weeks:
            column = (date.fromisoformat(week.week) - first).days // 7
            if week.new is not None and 0 <= column < weeks:
                new[row, column], every[row, column] = week.new, _all(week)
    return new, every


def _all(week: Week) -> int:
    return (week.new or 0) + (week.old or 0) + (week.neither or 0)


@dataclass(frozen=True, slots=True)
class Plan:
    """How an experiment is laid out, as far as power goes."""

    units: tuple[int, ...]
    design: str
    steps: int
    weeks: int
    weeks_before: int
    hoped: float

    def starts(self) -> list[int | None]:
        """Beginnings as they could be drawn, in weeks from the first week before."""
        many, before = len(self.units), self.weeks_before
        if self.design == TOGETHER:
            return [before if at < many // 2 else None for at in range(many)]
        gap = max(self.weeks // max(self.steps, 1), 1)
        return [before + at % self.steps * gap for at in range(many)]


class Foreseen(NamedTuple):
    """What a plan could see. measured: whether the noise is that of these units, or assumed. helps: other plans and what they could see."""

    power: Power
    measured: bool
    people: float
    helps: tuple[tuple[str, Power], ...]


def plan_of_experiment(row: Experiment) -> Plan:
    return Plan(tuple(row.units), row.design, row.steps, row.weeks, row.weeks_before, row.hoped_share)


def foreseen(pace: Pace | None, plan: Plan, begins: date | None) -> Foreseen | None:
    """What a plan could see, and what would help; None with fewer than two units."""
    if len(plan.units) < 2 or plan.weeks < 1 or plan.weeks_before < 1 or plan.steps < 1:
        return None
    every = shown_units(pace)
    noise = _noise(pace, plan.units, begins)
    people = [one.people for one in every if one.unit in plan.units]
    known = noise or USUAL
    power = _power(plan, known)
    return Foreseen(
        power, noise is not None, sum(people) / len(people) if people else 0.0, tuple(_helps(plan, known, every))
    )


def _power(plan: Plan, noise: Noise) -> Power:
    weeks = plan.weeks_before + plan.weeks
    return power_of(plan_of(plan.starts(), weeks), noise, plan.hoped)


def _noise(pace: Pace | None, units: Sequence[int], begins: date | None) -> Noise | None:
    last = _last_week(pace)
    if pace is None or last is None:
        return None
    end = min(last, begins - timedelta(days=begins.weekday())) if begins else last
    shares = shares_of(pace, units, end - timedelta(weeks=HISTORY), HISTORY)
    return noise_of(shares)


def _last_week(pace: Pace | None) -> date | None:
    """The Monday after the last week that is measured."""
    return date.fromisoformat(pace.last) + timedelta(weeks=1) if pace and pace.last else None


def _helps(plan: Plan, noise: Noise, every: Sequence[Shown]) -> list[tuple[str, Power]]:
    others = [one.unit for one in every if one.unit not in plan.units]
    tried = [("twice as many weeks", _with(plan, weeks=plan.weeks * 2))]
    if plan.weeks_before < HISTORY // 2:
        tried.append(("twice as many weeks before", _with(plan, weeks_before=plan.weeks_before * 2)))
    if others:
        more = plan.units + tuple(others)
        tried.append((f"all {len(more)} units that are measured", _with(plan, units=more)))
    if plan.design == TOGETHER and len(plan.units) >= 3:
        tried.append(("beginning in three steps instead", _with(plan, design=STEPPED, steps=3)))
    if plan.design == STEPPED and len(plan.units) >= 4:
        tried.append(("half of the units at once instead", _with(plan, design=TOGETHER)))
    found = [(words, _power(other, noise)) for words, other in tried]
    return sorted(found, key=lambda one: one[1].detectable if one[1].detectable is not None else 9.0)


def _with(plan: Plan, **values: Any) -> Plan:
    return Plan(**{name: values.get(name, getattr(plan, name)) for name in Plan.__dataclass_fields__})


def levels_before(pace: Pace | None, row: Experiment) -> dict[int, float]:
    """Unit → its share in the weeks before, so that lots are drawn among similar ones."""
    begins = row.first_week
    if begins is None:
        return {}
    weeks = row.weeks_before
    end = min(begins, _last_week(pace) or begins)
    new, every = counts_of(pace, row.units, end - timedelta(weeks=weeks), weeks)
    sums = zip(row.units, new.sum(axis=1).tolist(), every.sum(axis=1).tolist(), strict=True)
    return {unit: taken / many for unit, taken, many in sums if many}


def result_of(pace: Pace | None, row: Experiment, until: date) -> Result:
    """What an experiment showed in the weeks that were over by a day."""
    shares, starts = _laid_out(pace, row, until)
    return compare(shares, starts, [group for _, group, _ in row.drawn], seed=row.seed)


def difference_so_far(pace: Pace | None, row: Experiment, until: date) -> float | None:
    """The difference while it runs, without an interval: for the stop rule."""
    return so_far(*_laid_out(pace, row, until))


def _laid_out(pace: Pace | None, row: Experiment, until: date) -> tuple[Numbers, list[int | None]]:
    begins = row.first_week or until
    over = max(min(row.weeks, (until - begins).days // 7), 0)
    units = [unit for unit, _, _ in row.drawn]
    shares = shares_of(pace, units, begins - timedelta(weeks=row.weeks_before), row.weeks_before + over)
    return shares, [None if one is None else one + row.weeks_before for one in row.beginnings()]


def written(result: Result) -> dict[str, Any]:
    """A result as it is kept, with the threshold under which it was made."""
    units = [list(one) for one in result.units]
    return {**result._asdict(), "units": units, "threshold": threshold_of(PACE)}


def kept(row: Experiment) -> Result | None:
    """The result that was kept, if it was made under the threshold that holds now or a higher one."""
    data = dict(row.result)
    if not data or data.pop("threshold") < threshold_of(PACE):
        return None
    return Result(**{**data, "units": tuple(Unit(*one) for one in data["units"])})


class Panel(NamedTuple):
    """Units × periods of four weeks, with the period in which each began. left_out: units with too few weeks to be compared."""

    units: tuple[int, ...]
    names: tuple[str, ...]
    shares: Numbers
    starts: tuple[int | None, ...]
    days: tuple[date | None, ...]
    first: date
    left_out: tuple[str, ...]


def panel_of(pace: Pace, behaviour: Behaviour, day: date) -> Panel | None:
    """The units of a behaviour over all that was measured, each with the day on which it, or a unit above it, went over."""
    every, first, end = shown_units(pace), pace.first, _last_week(pace)
    if first is None or end is None or not every:
        return None
    began = date.fromisoformat(first)
    periods = (min(end, day) - began).days // 7 // PERIOD
    if periods < 2:
        return None
    new, all_ = counts_of(pace, [one.unit for one in every], began, periods * PERIOD)
    sums = [one.reshape(len(every), periods, PERIOD).sum(axis=2) for one in (new, all_)]
    shares = np.where(sums[1] > 0, sums[0] / np.where(sums[1] > 0, sums[1], 1), np.nan)
    good, begin, stop = _full(np.isfinite(shares))
    days = _went_over(cut_over_days(behaviour, day), [one.unit for one in every])
    origin = began + timedelta(weeks=PERIOD * begin)
    starts = [None if one is None else (one - origin).days // (7 * PERIOD) for one in days]
    inside = stop - begin
    return Panel(
        tuple(every[at].unit for at in good),
        tuple(every[at].name for at in good),
        shares[good][:, begin:stop],
        tuple(None if (one := starts[at]) is None or one >= inside else max(one, 0) for at in good),
        tuple(days[at] for at in good),
        origin,
        tuple(one.name for at, one in enumerate(every) if at not in good),
    )


def _full(known: Any) -> tuple[list[int], int, int]:
    """Units, first and last period between which nothing is missing: units with many gaps go, then periods at the ends, then units."""
    good = np.flatnonzero(known.mean(axis=1) >= 1 - MOST_ODD)
    begin, stop = 0, known.shape[1]
    while begin < stop - 2 and not known[good, begin].all():
        begin += 1
    while stop > begin + 2 and not known[good, stop - 1].all():
        stop -= 1
    return [int(at) for at in good if known[at, begin:stop].all()], begin, stop


def _went_over(days: Mapping[int | None, date], units: Sequence[int]) -> list[date | None]:
    """The day of each unit, or else of the nearest one above it."""
    paths = dict(UnitPeriod.objects.filter(unit__in=units).in_order().values_list("unit_id", "path"))
    found = []
    for unit in units:
        way = [int(part) for part in str(paths.get(unit, "")).split("/") if part] + [unit]
        found.append(next((days[one] for one in reversed(way) if one in days), days.get(None)))
    return found


@lru_cache(maxsize=32)
def _rolled_out(shares: tuple[tuple[float, ...], ...], starts: tuple[int | None, ...]) -> RollOut:
    return roll_out(np.array(shares), list(starts))


def rolled_out(panel: Panel) -> RollOut:
    """The effect of a roll-out, kept by its numbers: dealing out anew takes longer than a page may."""
    return _rolled_out(tuple(tuple(row) for row in panel.shares.tolist()), panel.starts)
