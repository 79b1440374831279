"""Figures of a behaviour that no log tells: out of counts by hand or answers asked for, by unit and week.

Counts tell how many people did it, not who: there are no curves of people, and what would need them is None. A unit's counts are shown by
the rules of observations: people are those given with the count, else the unit's head count of that week. A count of all together stands
in weeks in which no unit is counted, since beside units it would tell what is withheld of one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from commonground.adoption.following import Cutting
from commonground.adoption.models import Behaviour, Count, Counted
from commonground.adoption.unit_names import names_of
from commonground.analysis.curves.habit import ORGANIZATION, Clock
from commonground.analysis.events import MISSING
from commonground.analysis.forecast.weekly import Weekly, forecasts
from commonground.analysis.intervals import wilson
from commonground.analysis.pace.figures import Forecast, Group, Now, Pace
from commonground.analysis.pace.flat import flat
from commonground.analysis.pace.now import RECENT
from commonground.analysis.pace.observations import Codes, Observations, monday, week_of
from commonground.analysis.pace.shares import Cells, shared
from commonground.analysis.pace.showing import Counts
from commonground.analysis.pace.watch import watch
from commonground.organization.models import Assignment, UnitPeriod


def counted_pace(behaviour: Behaviour, *, day: date, threshold: int, clock: Clock = ORGANIZATION) -> Pace | None:
    """The figures out of a behaviour's counts of weeks that are over; None where there are none. clock: for forecasts."""
    rows = Count.objects.filter(behaviour=behaviour, week__lte=day - timedelta(days=7)).order_by("week", "pk")
    counts = [Counted(*row) for row in rows.values_list("unit_id", "week", "new", "old", "neither", "people")]
    if not counts:
        return None
    told = _with_people([one for one in counts if one.new + one.old + one.neither])
    if not told:
        return None
    cutting = Cutting(behaviour, day)
    return _pace(told, cutting, day, threshold, target=behaviour.target_share, clock=clock)


def _with_people(counts: Iterable[Counted]) -> list[Counted]:
    """Each with how many people it is of. Of all together only where no unit is counted in that week."""
    rows = list(counts)
    heads = _Heads()
    of_units = {one.week for one in rows if one.unit is not None}
    return [
        one._replace(people=one.people if one.people is not None else heads.of(one.unit, one.week))
        for one in rows
        if one.unit is not None or one.week not in of_units
    ]


class _Heads:
    """How many people work in a unit, those below it among them, on a day."""

    def __init__(self) -> None:
        self._below: dict[int, set[int]] = defaultdict(set)
        for unit, path in UnitPeriod.objects.values_list("unit_id", "path"):
            for above in path.split("/"):
                if above:
                    self._below[int(above)].add(unit)
        self._spans: dict[int | None, list[tuple[date | None, date | None, int]]] = defaultdict(list)
        for person, start, end, unit in Assignment.objects.values_list("person_id", "start", "end", "unit_id"):
            self._spans[unit].append((start, end, person))

    def of(self, unit: int | None, day: date) -> int:
        units = self._spans if unit is None else self._below.get(unit, {unit})
        return len(
            {
                person
                for one in units
                for start, end, person in self._spans.get(one, ())
                if (start is None or start <= day) and (end is None or day < end)
            }
        )


def _as_observations(counts: Sequence[Counted], threshold: int) -> Observations:
    """Counts as observations of people who stand for those counted: up to `threshold` of its unit, the first of them with the occasions.

    More stand-ins than the threshold make no difference to what is shown; who they are is not known, so nothing else is asked of them.
    """
    units = sorted({str(one.unit) for one in counts if one.unit is not None})
    code = {unit: place for place, unit in enumerate(units)}
    columns: list[tuple[int, ...]] = []
    for one in counts:
        unit = code[str(one.unit)] if one.unit is not None else MISSING
        for number in range(max(1, min(one.people or 0, threshold))):
            first = number == 0
            counted = (one.new, one.old, one.neither) if first else (0, 0, 0)
            columns.append(((unit + 1) * threshold + number, week_of(one.week), unit, *counted))
    columns.sort(key=lambda row: row[:3])
    values = np.array(columns, np.int32)
    persons, place = np.unique(values[:, 0], return_inverse=True)
    week, of_unit, new, old, neither = (values[:, column] for column in range(1, 6))
    names = tuple(str(one) for one in persons.tolist())
    return Observations(place.astype(np.int32), week, of_unit, new, old, neither, names, tuple(units))


def _pace(
    counts: Sequence[Counted], cutting: Cutting, day: date, threshold: int, *, target: float | None, clock: Clock
) -> Pace:
    rows = _as_observations(counts, threshold)
    known = shared(rows, threshold=threshold)
    inside = {
        (int(unit), int(week))
        for unit, week in zip(known.rows.unit[known.part].tolist(), known.rows.week[known.part].tolist(), strict=True)
    }
    whole, units = _with_real_people(known.whole, known.units, counts, rows.units, inside)
    cut = {key: cutting.of_group(int(key)) for key in rows.units}
    names = names_of(rows.units, day)
    groups = [("whole", "", whole, 0, cutting.of_whole())]
    groups += [("unit", key, units, place, cut[key]) for place, key in enumerate(rows.units)]
    rows_of = [_weekly(cells, place, began) for _, _, cells, place, began in groups]
    looked = forecasts(rows_of, as_of=day, clock=clock)
    made = [_group(*one, looked[place], target, names.get(one[1], one[1])) for place, one in enumerate(groups)]
    weeks = made[0].series.weeks
    closed = int(units.closed.sum())
    return Pace(
        whole=made[0],
        groups=tuple(made[1:]),
        left_out=(("unit", closed),) if closed else (),
        first=weeks[0].week if weeks else None,
        last=weeks[-1].week if weeks else None,
    )


def _with_real_people(
    whole: Cells, units: Cells, counts: Sequence[Counted], names: tuple[str, ...], inside: set[tuple[int, int]]
) -> tuple[Cells, Cells]:
    """The cells with the people that were counted, in the place of those who stand for them."""
    code = {unit: place for place, unit in enumerate(names)}
    of_units, of_whole = np.zeros_like(units.people), np.zeros_like(whole.people)
    for one in counts:
        unit, week = code[str(one.unit)] if one.unit is not None else MISSING, week_of(one.week)
        column = week - whole.first
        if (unit, week) in inside:
            of_whole[0, column] += one.people or 0
        if unit != MISSING and 0 <= column < units.people.shape[1]:
            of_units[unit, column] = one.people or 0
    most = of_units.max(axis=1, initial=0)
    return (
        replace(whole, people=np.where(whole.shown, of_whole, 0), total=of_whole.max(axis=1, initial=0)),
        replace(units, people=np.where(units.shown, of_units, 0), total=most),
    )


def _weekly(cells: Cells, place: int, began: date | None) -> Weekly:
    shown = cells.shown[place]
    return Weekly(
        cells.weeks[shown],
        cells.new[place][shown],
        cells.occasions[place][shown],
        None if began is None else week_of(began),
    )


def _group(
    kind: str,
    key: str,
    cells: Cells,
    place: int,
    began: date | None,
    ahead: Forecast,
    target: float | None,
    name: str,
) -> Group:
    series = cells.series(place, name)
    if series.suppressed:
        return Group(kind, key, series)
    shown = cells.shown[place]
    week, new, old = cells.weeks[shown], cells.new[place][shown], cells.old[place][shown]
    n = cells.occasions[place][shown]
    return Group(
        kind=kind,
        key=key,
        series=series,
        now=_now(week, new, old, n, cells.people[place][shown]),
        watch=watch(week, old, n),
        forecast=ahead,
        cut_over=None if began is None else began.isoformat(),
        flat=flat(week, new, n, target=target),
    )


def _now(week: Codes, new: Counts, old: Counts, n: Counts, people: Counts) -> Now | None:
    """The last four weeks. Who did how much is not known, so the interval is Wilson's for no more occasions than people."""
    some = n > 0
    week, new, old, n, people = week[some], new[some], old[some], n[some], people[some]
    if len(week) < RECENT:
        return None
    total, share = float(n[-RECENT:].sum()), float(new[-RECENT:].sum() / n[-RECENT:].sum())
    most = int(people[-RECENT:].max())
    low, high = wilson(share * min(most, total), min(most, total))
    before = slice(-2 * RECENT, -RECENT)
    change = share - float(new[before].sum() / n[before].sum()) if len(week) >= 2 * RECENT else None
    until = monday(int(week[-1])) + timedelta(days=6)
    return Now(
        share, float(old[-RECENT:].sum() / total), float(low), float(high), int(total), most, until.isoformat(), change
    )
