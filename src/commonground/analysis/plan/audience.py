"""Whom an activity is for: all of its unit, or those of them who have the named attributes. Pure.

As text, in sheets: `level=agent; shift=night; touched`. Nothing written means all of the unit and of the units within.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.register import Register

ATTRIBUTES: Final = ("unit", "level", "role", "location", "shift", "language")
TOUCHED: Final = "touched"
Wanted = Mapping[str, str]


class Group(NamedTuple):
    """People who cannot be told apart by an audience, and how many they are."""

    unit: str
    level: str = ""
    role: str = ""
    location: str = ""
    shift: str = ""
    language: str = ""
    touched: bool = False
    people: int = 1


def audience_of(text: str | None) -> dict[str, str]:
    """The attributes that a text names; what is no attribute is left out."""
    found: dict[str, str] = {}
    for part in (text or "").split(";"):
        name, _, value = part.partition("=")
        name, value = name.strip().casefold(), value.strip()
        if name == TOUCHED and value.casefold() not in {"no", "false", "0"}:
            found[TOUCHED] = "yes"
        elif name in ATTRIBUTES and value:
            found[name] = value
    return found


def text_of(wanted: Wanted) -> str:
    """The attributes as a sheet has them; empty for all of the unit."""
    named = [f"{name}={wanted[name]}" for name in ATTRIBUTES if wanted.get(name)]
    return "; ".join([*named, *([TOUCHED] if wanted.get(TOUCHED) else [])])


@dataclass(frozen=True)
class Groups:
    """Groups as columns, so that an audience of 20,000 of them is counted at once.

    values: attribute → what it can be. codes: attribute → for each group the place of its value there. touched, people: of each group.
    within: unit → itself and all units above it.
    """

    values: Mapping[str, Sequence[str]]
    codes: Mapping[str, NDArray[np.int64]]
    touched: NDArray[np.bool_]
    people: NDArray[np.int64]
    within: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, groups: Iterable[Group], within: Mapping[str, Sequence[str]]) -> "Groups":
        """The columns of some groups."""
        rows = list(groups)
        values, codes = dict[str, Sequence[str]](), dict[str, NDArray[np.int64]]()
        for name in ATTRIBUTES:
            place: dict[str, int] = {}
            at = [place.setdefault(getattr(row, name), len(place)) for row in rows]
            values[name], codes[name] = list(place), np.array(at, dtype=np.int64)
        touched = np.array([row.touched for row in rows], dtype=bool)
        return cls(values, codes, touched, np.array([row.people for row in rows], dtype=np.int64), within)

    @cached_property
    def _below(self) -> Mapping[str, NDArray[np.int64]]:
        """Unit → the places of the units within it, itself among them."""
        found: dict[str, list[int]] = {}
        for place, unit in enumerate(self.values["unit"]):
            for above in self.within.get(unit, (unit,)):
                found.setdefault(above, []).append(place)
        return {unit: np.array(places) for unit, places in found.items()}

    def by_unit(self, counted: NDArray[np.int64]) -> dict[str, int]:
        """Unit → people, of a count by the places of units; units without anybody are left out."""
        units = self.values["unit"]
        return {units[place]: int(counted[place]) for place in np.flatnonzero(counted).tolist()}

    def reached(self, unit: str | None, wanted: Wanted) -> NDArray[np.int64]:
        """How many people of each unit an activity is for, by the places of units.

        unit: of the activity, None for everybody; an audience's own unit wins over it.
        """
        chosen = np.ones(len(self.people), dtype=bool)
        there = wanted.get("unit") or unit
        if there is not None:
            inside = np.zeros(len(self.values["unit"]), dtype=bool)
            inside[self._below.get(there, np.zeros(0, dtype=np.int64))] = True
            chosen &= inside[self.codes["unit"]]
        for name in ATTRIBUTES[1:]:
            if wanted.get(name):
                values = self.values[name]
                chosen &= self.codes[name] == (values.index(wanted[name]) if wanted[name] in values else -1)
        if wanted.get(TOUCHED):
            chosen &= self.touched
        return self._summed(self.codes["unit"][chosen], self.people[chosen])

    @cached_property
    def everybody(self) -> dict[str, int]:
        """Unit → the people who stand in it directly."""
        return self.by_unit(self._summed(self.codes["unit"], self.people))

    def _summed(self, units: NDArray[np.int64], people: NDArray[np.int64]) -> NDArray[np.int64]:
        found = np.zeros(len(self.values["unit"]), dtype=np.int64)
        np.add.at(found, units, people)
        return found


def groups_of(register: Register) -> list[Group]:
    """Everybody with a unit, counted by what an audience can name."""
    organization, touched = register.organization, register.touched
    counted: dict[Group, int] = {}
    for person in organization.people.values():
        if person.unit is None:
            continue
        level, role = organization.level(person.id) or "", person.role or ""
        place = (person.location or "", person.shift or "", person.language or "")
        group = Group(person.unit, level, role, *place, touched=person.id in touched)
        counted[group] = counted.get(group, 0) + 1
    return [group._replace(people=people) for group, people in counted.items()]
