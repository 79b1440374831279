"""Gates of a register as of its day: which are behind, what nothing says to be real, and to which phase a day belongs. Pure."""

from datetime import date
from functools import cached_property

from commonground.analysis.facts.gates import Evidence, Gate
from commonground.analysis.facts.phases import PHASES
from commonground.analysis.organization import rows_of
from commonground.analysis.plan.criteria import FILED, Criterion, Filed, uncovered
from commonground.analysis.plan.gates import BEHIND
from commonground.analysis.plan.phases import Phases
from commonground.analysis.register import Register


class Gates:
    """The gates of one register. A unit without a gate of its own goes with the unit above, and at last with the whole."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.day = register.facts.as_of
        self.phases = Phases(register)

    @cached_property
    def rows(self) -> dict[tuple[str | None, int], Gate]:
        return {(row.unit, row.number): row for row in rows_of(self.register.facts, "gates", Gate)}

    @cached_property
    def written(self) -> dict[tuple[str | None, int], list[Filed]]:
        """What is written at each gate by the day, as `criteria` takes it."""
        found: dict[tuple[str | None, int], list[Filed]] = {}
        for row in rows_of(self.register.facts, "evidence", Evidence):
            if row.on is None or row.on <= self.day:
                one = Filed(row.criterion, row.answer, row.on, row.by or "", due=row.due, how=row.how or FILED)
                found.setdefault((row.unit, row.number), []).append(one)
        return found

    def nearest(self, unit: str | None, number: int) -> Gate | None:
        """The gate that holds for a unit or the whole."""
        places = self.phases.upwards(unit)
        return next((self.rows[place, number] for place in places if (place, number) in self.rows), None)

    def is_behind(self, unit: str | None, number: int) -> bool:
        """Whether a unit or the whole has gone through a gate by the day."""
        row = self.nearest(unit, number)
        return row is not None and row.state in BEHIND and (row.decided is None or row.decided <= self.day)

    def passed(self) -> list[Gate]:
        """Gates that somebody went through, in the order of number and unit."""
        rows = (row for row in self.rows.values() if self.is_behind(row.unit, row.number))
        return sorted(rows, key=lambda row: (row.number, row.unit or ""))

    def without_evidence(self, row: Gate) -> list[Criterion]:
        """What a gate asks of reality and nothing answers with yes, nor does a condition that is not overdue cover."""
        return uncovered(row.number, self.written.get((row.unit, row.number), []), self.day)

    def phase_of(self, unit: str | None, day: date) -> int:
        """The phase in whose planned days a day falls, for a unit or the whole: the last one, where they overlap; 0 in none."""
        found = 0
        for number in PHASES:
            start, end = self.phases.dates(unit, number)
            if start is not None and start <= day and (end is None or day < end):
                found = number
        return found
