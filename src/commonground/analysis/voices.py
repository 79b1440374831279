"""What was raised by one day and what is still owed to it; which unit may be named without pointing at anybody."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from commonground.analysis.facts import Facts, Voice
from commonground.analysis.organization import Organization, rows_of
from commonground.analysis.told_by import tellable, trail

THRESHOLD = 10  # the fewest people of a unit of whose doubts, comments and perceptions anything is said (GLOSSARY)
WAITING = frozenset({"open", "assigned"})


class Voices:
    """Voices that were raised by `facts.as_of`, and the units that may be named with them."""

    def __init__(self, facts: Facts, organization: Organization, threshold: int = THRESHOLD) -> None:
        self.facts = facts
        self.organization = organization
        self.threshold = threshold

    @cached_property
    def raised(self) -> tuple[Voice, ...]:
        return tuple(row for row in rows_of(self.facts, "voices", Voice) if row.raised <= self.facts.as_of)

    @cached_property
    def waiting(self) -> tuple[Voice, ...]:
        """Voices that nobody has answered, taken on or closed."""
        return tuple(row for row in self.raised if is_waiting(row, self.facts))

    @cached_property
    def topics(self) -> Mapping[str, tuple[Voice, ...]]:
        """Topic → the voices that it gathers."""
        found: dict[str, list[Voice]] = {}
        for row in self.raised:
            if row.topic:
                found.setdefault(row.topic, []).append(row)
        return {topic: tuple(rows) for topic, rows in found.items()}

    def told_by(self, unit: str | None) -> str | None:
        """The unit by which a voice of this one may be told: itself or one above it; None where none has people enough."""
        return next((one for one in trail(unit, self._above) if one in self._tellable), None)

    @cached_property
    def _above(self) -> Mapping[str, str | None]:
        return {unit: self.organization.parent(unit) for unit in self.organization.units}

    @cached_property
    def _tellable(self) -> Mapping[str, int]:
        people = Counter(person.unit for person in self.organization.people.values())
        return tellable(self._above, people, self.threshold)

    def within(self, unit: str | None, above: str) -> bool:
        """Whether a unit is another one or lies below it."""
        return above in trail(unit, self._above)


def is_waiting(row: Voice, facts: Facts) -> bool:
    """Whether a voice has no answer by the day of the facts: the days of an answer say so, and where none is given its state."""
    ends = [day for day in (row.answered, row.accepted, row.completed) if day is not None]
    if ends:
        return min(ends) > facts.as_of
    return row.state is None or row.state in WAITING


def is_in_hand(row: Voice) -> bool:
    """Whether somebody works on a voice, or everybody may read its answer: only then is it told of by itself."""
    return bool(row.owner or row.topic or row.public_answer or row.accepted) or row.state not in (None, "open")
