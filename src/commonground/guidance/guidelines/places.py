"""Which unit a finding belongs to, by the facts alone: for values of its own, and for looking at one unit with those below it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from commonground.analysis.facts import Activity, Message
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Subject

OFFICES: Final = frozenset({"owner", "manager", "person", "path", "sponsor", "champion"})
BEHIND_A_STROKE: Final = frozenset({"milestone", "hiccup", "phase"})  # written as what/unit


class Places:
    """The units that subjects of one register belong to."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.organization = register.organization
        self._ways: Mapping[str, Callable[[str], str | None]] = {
            "unit": self._unit,
            "cell": self._unit,
            "process": self._process,
            "handoff": lambda key: self._process(key.rpartition("/")[2]),
            "role": self._role,
            "seat": lambda key: self._person(key.partition("/")[2]),
            "activity": lambda key: self._of_rows("activities").get(key),
            "message": lambda key: self._of_rows("messages").get(key),
            "sending": lambda key: self._of_rows("messages").get(key.rpartition("/")[0]),
            "talk": lambda key: key.rpartition("/")[2] or None,
            "behaviour_unit": lambda key: key.partition("/")[2] or None,
            "voice": self._voice,
            **dict.fromkeys(OFFICES, self._person),
            **dict.fromkeys(BEHIND_A_STROKE, lambda key: key.partition("/")[2] or None),
        }

    def unit_of(self, subject: Subject) -> str | None:
        """The unit, None where a subject is of several or of the whole program."""
        way = self._ways.get(subject.kind)
        return way(subject.id) if way else None

    def upwards(self, subject: Subject) -> Iterator[str]:
        """The unit of a subject and those above it, the nearest first."""
        unit, seen = self.unit_of(subject), set[str]()
        while unit is not None and unit not in seen:
            seen.add(unit)
            yield unit
            unit = self.organization.parent(unit)

    def unit_called(self, word: str) -> str:
        """The unit with this id, or this name whatever the case. Raises ValueError for a word that fits none, or several."""
        units = self.organization.units
        if word in units:
            return word
        found = [unit for unit in units if self.organization.unit_name(unit).casefold() == word.strip().casefold()]
        if len(found) == 1:
            return found[0]
        why = (
            "is the name of several units: give its id"
            if found
            else "is no unit here: give an id or name of the sheet units"
        )
        raise ValueError(f"“{word}” {why}.")

    def _unit(self, key: str) -> str | None:
        """A unit; or a cell, written as unit/level."""
        parts = key.split("/")
        ways = ("/".join(parts[:at]) for at in range(len(parts), 0, -1))
        return next((way for way in ways if way in self.organization.units), parts[0] or None)

    def _process(self, key: str) -> str | None:
        row = self.register.work.processes.get(key)
        return row.unit if row else None

    def _person(self, key: str) -> str | None:
        row = self.organization.people.get(key)
        return row.unit if row else None

    def _role(self, key: str) -> str | None:
        """A role belongs to a unit when all who hold it work in that one."""
        units = {self._person(person) for person in self.organization.holders.get(key, ())}
        return units.pop() if len(units) == 1 else None

    def _voice(self, key: str) -> str | None:
        row = next((row for row in self.register.voices.raised if row.id == key), None)
        return self.register.voices.told_by(row.unit) if row else None

    def _of_rows(self, table: str) -> Mapping[str, str | None]:
        if table == "activities":
            return {row.id: row.unit for row in rows_of(self.register.facts, table, Activity)}
        return {row.id: row.unit for row in rows_of(self.register.facts, table, Message)}
