"""How far the new way is taken six, twelve and twenty-four months after a training.

It is read from the shares that disclosure has let out for units (`analysis/uptake.py`), never from what single people do: whose use it is
cannot be told from who was trained. A unit stands here once as many of its people as the threshold asks for have had the training.
"""

from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from commonground.analysis.facts import Training
from commonground.analysis.intervals import wilson
from commonground.analysis.ownership import THRESHOLD
from commonground.analysis.pace.figures import Series, Week
from commonground.analysis.plan.training import Trainings
from commonground.analysis.uptake import is_vanity

MONTHS: Final = (6, 12, 24)
WEEKS: Final = 4  # of which each share is
TOLD, TO_COME, TOO_LITTLE = "told", "to come", "not enough data yet"


class Point(NamedTuple):
    """The share of the new way in four weeks from a day on. months: after the training; 0: the four weeks before it.

    state: told, to come, or not enough data yet; the share and its 95 % interval (Wilson) stand only where it is told, of n occasions.
    """

    months: int
    start: date
    state: str
    share: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0


class UseAfter(NamedTuple):
    """A unit after its training; None: the whole. day: by which half of those had it who had it by now; trained: how many; heads: people of
    the unit."""

    unit: str | None
    day: date
    trained: int
    heads: int
    points: tuple[Point, ...]


def use_after(trainings: Trainings, module: Training, threshold: int = THRESHOLD) -> list[UseAfter]:
    """The whole, and the units of which enough people had a module, with the share of its behaviour before and after.

    Empty without a behaviour, and for one that only says that a tool is opened.
    """
    register = trainings.register
    behaviour = next((row for row in register.uptake.behaviours if row.id == module.behaviour), None)
    if behaviour is None or is_vanity(behaviour):
        return []
    name, series = register.organization.unit_name, register.uptake.units(behaviour.id)
    found = [
        _after(trainings, unit, days, series.get(unit) if unit else register.uptake.whole(behaviour.id))
        for unit, days in _days_by_unit(trainings, module.id, series.keys()).items()
        if len(days) >= threshold and any(days)
    ]
    return sorted(found, key=lambda one: (one.unit is not None, name(one.unit)))


def _after(trainings: Trainings, unit: str | None, days: Sequence[date | None], series: Series | None) -> UseAfter:
    known = sorted(filter(None, days))
    middle = known[(len(known) - 1) // 2]
    points = tuple(point(series, middle, months, trainings.day) for months in (0, *MONTHS))
    return UseAfter(unit, middle, len(days), trainings.register.organization.heads.get(unit, len(days)), points)


def _days_by_unit(
    trainings: Trainings, module: str, counted: Collection[str]
) -> Mapping[str | None, list[date | None]]:
    """Unit, and None for all of them → the days on which its people had a module. counted: units of which shares are known; each person
    stands with the nearest of them, else with their business unit."""
    found: dict[str | None, list[date | None]] = {None: []}
    had = trainings.days(module)
    for person in sorted(trainings.trained[module]):
        found[None].append(had[person])
        unit = _unit_of(trainings, person, counted)
        if unit:
            found.setdefault(unit, []).append(had[person])
    return found


def _unit_of(trainings: Trainings, person: str, counted: Collection[str]) -> str | None:
    organization = trainings.register.organization
    unit, seen = organization.people[person].unit, set[str]()
    while unit is not None and unit not in seen:
        if unit in counted:
            return unit
        seen.add(unit)
        unit = organization.parent(unit)
    return organization.business_unit_of.get(person)


def point(series: Series | None, day: date, months: int, today: date) -> Point:
    """The share in the four whole weeks that begin so many months after a day; for 0 months, in the four before it."""
    start = _monday_from(later(day, months)) if months else day - timedelta(days=day.weekday(), weeks=WEEKS)
    if start + timedelta(weeks=WEEKS) > today:
        return Point(months, start, TO_COME)
    weeks = [week for week in _weeks(series, start) if week.new is not None] if series else []
    new = sum(week.new or 0 for week in weeks)
    n = new + sum((week.old or 0) + (week.neither or 0) for week in weeks)
    if len(weeks) < WEEKS or not n:
        return Point(months, start, TOO_LITTLE)
    worth = min(n, max(week.people or 0 for week in weeks) or n)
    low, high = wilson(new / n * worth, worth)
    return Point(months, start, TOLD, new / n, float(low), float(high), n)


def _weeks(series: Series, start: date) -> list[Week]:
    wanted = {(start + timedelta(weeks=at)).isoformat() for at in range(WEEKS)}
    return [week for week in series.weeks if week.week in wanted]


def _monday_from(day: date) -> date:
    """The first Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)


def later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, monthrange(day.year + years, month + 1)[1]))
