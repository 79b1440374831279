"""The people behind observations: when their clock starts, when they went, at which level they are, and when units went over.

The clock of a person starts with the later of two weeks: that of their unit's cut-over and that of their joining. A unit's cut-over is the
milestone of the unit nearest above it (its own first): the day it took place, else the day it was planned for once that is past. Without
one it is the behaviour's own first day, else the cut-over of the whole, else the first week of the log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from commonground.adoption.models import Behaviour
from commonground.analysis.events import MISSING, Codes
from commonground.analysis.pace.observations import NEVER, Followed, Observations, monday, week_of
from commonground.organization.models import Assignment, Level, RolePeriod, UnitPeriod
from commonground.organization.timeline import EVER, FOREVER
from commonground.programs.models import Milestone

CUT_OVER = "cut_over"


class Cutting:
    """When units went over to a behaviour, as it is known on a day."""

    def __init__(self, behaviour: Behaviour, day: date) -> None:
        self.days = cut_over_days(behaviour, day)
        self.starts_on = behaviour.starts_on
        self._above = _above()

    def of_person(self, unit: int | None) -> date | None:
        """The cut-over that holds for somebody in a unit; None where nothing says when it began."""
        for one in reversed(self._above.get(unit, ())) if unit is not None else ():
            if one in self.days:
                return self.days[one]
        return self.starts_on or self.days.get(None)

    def of_group(self, unit: int) -> date | None:
        """The cut-over of a business unit: its own or one above it, else the earliest of those below it, else as for everybody."""
        own = [self.days[one] for one in reversed(self._above.get(unit, ())) if one in self.days]
        below = [day for one, day in self.days.items() if one is not None and unit in self._above.get(one, ())]
        return own[0] if own else min(below, default=None) or self.of_person(None)

    def weeks(self, units: Sequence[str]) -> Mapping[str, int]:
        """Unit, by its id as text → the week in which it went over; “” → that of the whole. What is not known is left out."""
        days = {key: self.of_group(int(key)) for key in units if key.isdecimal()} | {"": self.of_whole()}
        return {key: week_of(day) for key, day in days.items() if day is not None}

    def of_whole(self) -> date | None:
        """The cut-over of all together: the behaviour's first day, else that of the whole, else the earliest of a unit."""
        units = [day for one, day in self.days.items() if one is not None]
        return self.of_person(None) or min(units, default=None)


def cut_over_days(behaviour: Behaviour, day: date) -> Mapping[int | None, date]:
    """Unit (None: the whole) → the day it went over: the actual one, else the planned one once it is past."""
    rows = Milestone.objects.filter(program=behaviour.program_id, kind=CUT_OVER)
    found: dict[int | None, date] = {}
    for unit, planned, actual in rows.values_list("unit_id", "planned", "actual"):
        held = actual or (planned if planned is not None and planned <= day else None)
        if held is not None and held <= day:
            found[unit] = held
    return found


def _above() -> Mapping[int, tuple[int, ...]]:
    """Unit → the units from the root down to it, as it stood last."""
    rows = UnitPeriod.objects.in_order().values_list("unit_id", "path")
    return {unit: tuple(int(part) for part in path.split("/") if part) for unit, path in rows}


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What the organization knows of the people behind observations. level: codes into `levels` (top down), MISSING where not known."""

    followed: Followed
    level: Codes
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Worked:
    """From when until when somebody has worked here, and where and as what at last."""

    joined: date
    left: date
    unit: int | None
    role: int | None
    level: int | None


def known(rows: Observations, persons: Mapping[str, int], cutting: Cutting, until: int) -> Known:
    """What is known of the people behind observations. persons: pseudonym → person; until: the last week that was observed whole.

    Somebody whom the organization does not know has joined ever since, is here, and has no level; their unit is that of their last
    observation. Who left and came back has never left.
    """
    worked = _worked(frozenset(persons.values()), monday(until) + timedelta(days=6))
    units = _last_units(rows)
    first = int(rows.week.min()) if len(rows) else until
    levels, of_level, of_role = _levels(monday(until) + timedelta(days=6))
    start, left = np.empty(len(rows.persons), np.int32), np.full(len(rows.persons), NEVER, np.int32)
    level = np.full(len(rows.persons), MISSING, np.int32)
    begins: dict[int | None, int] = {}
    for place, name in enumerate(rows.persons):
        one = worked.get(persons.get(name, 0))
        unit = one.unit if one is not None and one.unit is not None else units[place]
        if unit not in begins:
            day = cutting.of_person(unit)
            begins[unit] = week_of(day) if day is not None else first
        start[place] = begins[unit]
        if one is None:
            continue
        if one.joined > EVER:
            start[place] = max(begins[unit], week_of(one.joined))
        if one.left < FOREVER:
            left[place] = week_of(one.left)
        level[place] = of_role.get(one.role, of_level.get(one.level, MISSING))
    return Known(Followed(start, left, until), level, levels)


def _worked(people: frozenset[int], last: date) -> Mapping[int, Worked]:
    """Person → when they worked here; where, is that of the last day of observation, or of their own last day before it."""
    found: dict[int, Worked] = {}
    rows = Assignment.objects.in_order().values_list("person_id", "start", "end", "unit_id", "role_id", "level_id")
    for person, start, end, unit, role, level in rows.iterator(10_000):
        if person not in people:
            continue
        before = found.get(person)
        joined = before.joined if before is not None else start or EVER
        if before is not None and (start or EVER) > last:  # planned for later: here still, where they were
            found[person] = Worked(joined, end or FOREVER, before.unit, before.role, before.level)
        else:
            found[person] = Worked(joined, end or FOREVER, unit, role, level)
    return found


def _last_units(rows: Observations) -> Sequence[int | None]:
    """For each person the unit of the organization in their last observation; None where the organization does not know it."""
    found: list[int | None] = [None] * len(rows.persons)
    ids = [int(key) if key.isdecimal() else None for key in rows.units]
    order = np.lexsort((rows.week, rows.person))
    person, unit = rows.person[order], rows.unit[order]
    ends = np.flatnonzero(np.append(person[1:] != person[:-1], True)) if len(person) else np.empty(0, np.int64)
    for place in ends.tolist():
        found[person[place]] = ids[unit[place]] if unit[place] != MISSING else None
    return found


def _levels(day: date) -> tuple[tuple[str, ...], Mapping[int | None, int], Mapping[int | None, int]]:
    """The levels from the top down; level → its code; role → the code of its level on a day."""
    rows = list(Level.objects.order_by("rank").values_list("pk", "name"))
    codes: dict[int | None, int] = {pk: code for code, (pk, _) in enumerate(rows)}
    of_role = RolePeriod.objects.on(day).filter(level__isnull=False).values_list("role_id", "level_id")
    return tuple(name for _, name in rows), codes, {role: codes[level] for role, level in of_role}
