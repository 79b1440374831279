"""The demo's days: everything is told from one given day, so that the demo never grows old."""

from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY, SUNDAY = 5, 6
MONTHS_SO_FAR, MONTHS_PLANNED = 17, 30


@dataclass(frozen=True, slots=True)
class Days:
    """Days counted from `today`. What people do falls on a working day."""

    today: date

    def on(self, offset: int) -> date:
        """The working day next to today plus `offset` days: a Saturday gives the Friday before, a Sunday the Monday after.

        Offsets between −2 and 2 may cross today when it is at a weekend; the story uses none of them.
        """
        day = self.today + timedelta(days=offset)
        if day.weekday() == SATURDAY:
            return day - timedelta(days=1)
        if day.weekday() == SUNDAY:
            return day + timedelta(days=1)
        return day

    def maybe(self, offset: int | None) -> date | None:
        return None if offset is None else self.on(offset)

    def month(self, offset: int) -> date:
        """The first of the month `offset` months from this one."""
        months = self.today.year * 12 + self.today.month - 1 + offset
        return date(months // 12, months % 12 + 1, 1)

    @property
    def started(self) -> date:
        """When the program began: the first of the month, so that this month is its eighteenth."""
        return self.month(-MONTHS_SO_FAR)

    @property
    def planned_end(self) -> date:
        return self.month(MONTHS_PLANNED - MONTHS_SO_FAR)
