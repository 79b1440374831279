"""In which phase the whole and each unit stand on a day, and which dates are theirs. Pure: a register in, answers out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from commonground.analysis.facts.phases import LAST_PHASE, PHASES, Phase
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register

Dates = tuple[date | None, date | None]
NOBODY_SAYS = object()


@dataclass(frozen=True, slots=True)
class Behind:
    """A unit that stands in an earlier phase than what it belongs to. same: whether it has no date of its own for what comes next."""

    unit: str
    stands: int
    others: int
    following: int
    dates: Dates
    same: bool


class Phases:
    """The phases of one register as of its day. A unit without a row of its own goes with the unit above, and at last with the whole."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.day = register.facts.as_of

    @cached_property
    def rows(self) -> dict[tuple[str | None, int], Phase]:
        return {(row.unit, row.number): row for row in rows_of(self.register.facts, "phases", Phase)}

    @cached_property
    def own(self) -> dict[str | None, dict[int, Phase]]:
        """Unit (None: the whole) → number → its own row."""
        found: dict[str | None, dict[int, Phase]] = {}
        for (unit, number), row in self.rows.items():
            found.setdefault(unit, {})[number] = row
        return found

    def upwards(self, unit: str | None) -> Iterator[str | None]:
        """A unit, the units above it, and the whole."""
        seen = set[str]()
        while unit is not None and unit not in seen:
            seen.add(unit)
            yield unit
            unit = self.register.organization.parent(unit)
        yield None

    def at(self, unit: str | None) -> int:
        """The phase in which a unit or the whole stands: the last that it has entered; 0 before the first."""
        chain = [
            {number: row.entered for number, row in self.own.get(place, {}).items()} for place in self.upwards(unit)
        ]
        return stands_in(chain, self.day)

    def dates(self, unit: str | None, number: int) -> Dates:
        """When a phase is planned for a unit: its own dates, else those of the nearest above that has some."""
        for place in self.upwards(unit):
            row = self.own.get(place, {}).get(number)
            if row is not None and (row.start or row.end):
                return row.start, row.end
        return None, None

    def behind(self) -> list[Behind]:
        """Units with rows of their own that stand in an earlier phase than what is above them, in the order of their keys."""
        found = []
        for unit in sorted(one for one in self.own if one is not None):
            above = next(place for place in list(self.upwards(unit))[1:] if place in self.own or place is None)
            stands, others = self.at(unit), self.at(above)
            if stands >= others:
                continue
            following = stands + 1
            ahead = range(following, LAST_PHASE + 1)
            same = all(self.dates(unit, number) == self.dates(above, number) for number in ahead)
            found.append(Behind(unit, stands, others, following, self.dates(unit, following), same))
        return found


def stands_in(chain: Sequence[Mapping[int, date | None]], day: date) -> int:
    """The phase on a day, from the days on which phases began: of a unit, of the unit above it, …, of the whole.

    Of each phase the nearest that has it says whether it has begun; behind one that has not, no later one counts. 0 before the first.
    """
    now = 0
    for number in PHASES:
        nearest = next((place[number] for place in chain if number in place), NOBODY_SAYS)
        if isinstance(nearest, date) and nearest <= day:
            now = number
        elif nearest is not NOBODY_SAYS:
            break
    return now
