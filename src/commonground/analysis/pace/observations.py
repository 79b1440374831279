"""What was observed of one behaviour: for each person and week, how often the new way, the old way or neither was taken."""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Self

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]
MONDAY = date(1970, 1, 5)  # week 0 begins on it


def week_of(day: date) -> int:
    """The number of the week (Monday to Sunday) that a day lies in, counted from that of 5 January 1970."""
    return (day - MONDAY).days // 7


def monday(week: int) -> date:
    """The first day of a week."""
    return MONDAY + timedelta(weeks=int(week))


@dataclass(frozen=True, slots=True, eq=False)
class Observations:
    """n rows, sorted by person, week and unit; one for each person, week and unit in which the person had an occasion.

    person, unit: codes into `persons` and `units`; a unit that nothing tells is MISSING (-1), a person is always told. week: as in
    `week_of`. new, old, neither: occasions, each counted once; their sum is at least 1.
    """

    person: Codes
    week: Codes
    unit: Codes
    new: Codes
    old: Codes
    neither: Codes
    persons: tuple[str, ...]
    units: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.person)

    @property
    def occasions(self) -> Codes:
        return self.new + self.old + self.neither

    def only(self, mask: NDArray[np.bool_]) -> Self:
        """The rows where the mask holds."""
        return replace(self, **{name: getattr(self, name)[mask] for name in OBSERVED})


OBSERVED = tuple(field.name for field in fields(Observations) if field.name not in ("persons", "units"))


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """The people behind observations, one place for each of `Observations.persons`.

    start: the week in which the clock starts: the later of the unit's cut-over and the joining. left: the week from which the person is
    no longer here, NEVER while they are. until: the last week that was observed whole, for all.
    """

    start: Codes
    left: Codes
    until: int


NEVER = np.int32(2**31 - 1)
