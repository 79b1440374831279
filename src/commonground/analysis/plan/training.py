"""Who is meant by which training, who has had it and who is left; and how far the new way is taken months after it.

Everything is counted among people who are here on the day, so that no coverage is above its population. What is told of groups goes
through `analysis.pace.showing`: groups of fewer people than the threshold are not told, nor what would give them away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from commonground.analysis.coalition.cells import Place, places
from commonground.analysis.facts import Attendance, Path, Training
from commonground.analysis.organization import rows_of
from commonground.analysis.ownership import THRESHOLD
from commonground.analysis.pace.showing import Parts, of_a_fixed_whole
from commonground.analysis.register import CHANGING_ROLES, Register

GROUPED_BY: Final = ("unit", "shift", "language")
TABLES: Final = ("people", "units", "roles", "paths", "training", "attendance")
ATTENDED, BOOKED = "attended", "booked"
NEW_WORDS: Final = frozenset({"change", "merge", "create"})  # fates of roles that leave something to learn


class Coverage(NamedTuple):
    """Of the people for whom a module is meant: how many have had it, have a place in it, and are left without either or with a place only.

    left = needed - trained; booked are among those who are left.
    """

    needed: int
    trained: int
    booked: int

    @property
    def left(self) -> int:
        return self.needed - self.trained


class Group(NamedTuple):
    """A group of those for whom a module is meant. told: it is large enough to be told of, and gives away no smaller one."""

    attribute: str
    value: str | None
    needed: int
    trained: int
    told: bool

    @property
    def left(self) -> int:
        return self.needed - self.trained


@dataclass(frozen=True)
class Lacking:
    """People for whom no training is meant, by business unit. roles: the roles they hold, by how many hold them."""

    unit: str | None
    people: frozenset[str]
    roles: tuple[str, ...]


class Trainings:
    """Modules with those for whom they are meant, on the day of a register."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.day = register.facts.as_of

    @cached_property
    def modules(self) -> Mapping[str, Training]:
        return {row.id: row for row in rows_of(self.register.facts, "training", Training)}

    @cached_property
    def _by_module(self) -> Mapping[str, list[Attendance]]:
        found: dict[str, list[Attendance]] = {}
        for row in rows_of(self.register.facts, "attendance", Attendance):
            found.setdefault(row.training, []).append(row)
        return found

    @cached_property
    def _to_come(self) -> Mapping[str, frozenset[str]]:
        """Role → people here who are to go to it."""
        found: dict[str, set[str]] = {}
        here = self.register.organization.people
        for path in rows_of(self.register.facts, "paths", Path):
            if path.to_role and path.person in here:
                found.setdefault(path.to_role, set()).add(path.person)
        return {role: frozenset(people) for role, people in found.items()}

    @cached_property
    def _of_units(self) -> Mapping[str, frozenset[str]]:
        """Unit that a module names → people in it and below."""
        organization = self.register.organization
        named = {unit for module in self.modules.values() for unit in module.units}
        found: dict[str, set[str]] = {unit: set() for unit in named}
        for unit, members in organization.members.items():
            above: str | None = unit
            seen: set[str] = set()
            while above is not None and above not in seen:
                seen.add(above)
                if above in found:
                    found[above].update(members)
                above = organization.parent(above)
        return {unit: frozenset(people) for unit, people in found.items()}

    @cached_property
    def _at_levels(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for person in self.register.organization.people:
            level = self.register.organization.level(person)
            if level:
                found.setdefault(level.casefold(), set()).add(person)
        return {level: frozenset(people) for level, people in found.items()}

    def of_role(self, role: str) -> frozenset[str]:
        """Who holds a role, or is to go to it."""
        holders = frozenset(self.register.organization.holders.get(role, ()))
        return holders | self._to_come.get(role, frozenset())

    @cached_property
    def meant(self) -> Mapping[str, frozenset[str]]:
        """Module → the people here for whom it is meant."""
        everybody = frozenset(self.register.organization.people)
        return {module.id: everybody if module.everyone else self._named(module) for module in self.modules.values()}

    def _named(self, module: Training) -> frozenset[str]:
        found = frozenset[str]()
        for role in module.roles:
            found |= self.of_role(role)
        for unit in module.units:
            found |= self._of_units.get(unit, frozenset())
        for level in module.levels:
            found |= self._at_levels.get(level.casefold(), frozenset())
        return found

    def days(self, module: str) -> Mapping[str, date | None]:
        """Person → the first day on which they had a module, of everybody who had it by the day; None where the day is not known."""
        found: dict[str, date | None] = {}
        for row in self._by_module.get(module, ()):
            if row.state == ATTENDED and (row.on is None or row.on <= self.day):
                before = found.get(row.person, row.on)
                found[row.person] = min(filter(None, (before, row.on)), default=None)
        return found

    @cached_property
    def trained(self) -> Mapping[str, frozenset[str]]:
        """Module → those for whom it is meant and who had it."""
        return {module: self.meant[module] & self.days(module).keys() for module in self.modules}

    @cached_property
    def booked(self) -> Mapping[str, frozenset[str]]:
        """Module → those for whom it is meant, who have a place in it to come and have not had it yet."""
        found = {}
        for module in self.modules:
            rows = self._by_module.get(module, ())
            have = {row.person for row in rows if row.state == BOOKED and (row.on is None or row.on >= self.day)}
            found[module] = (self.meant[module] & have) - self.trained[module]
        return found

    def coverage(self, module: str) -> Coverage:
        """How far a module has come. Raises KeyError for one that is not there."""
        return Coverage(len(self.meant[module]), len(self.trained[module]), len(self.booked[module]))

    def left(self, module: str) -> frozenset[str]:
        """Who has not had a module that is meant for them."""
        return self.meant[module] - self.trained[module]

    @cached_property
    def whole(self) -> Coverage:
        """Of everybody for whom anything is meant: how many have had all of it, and how many have a place in all that they lack."""
        needed = frozenset[str]().union(*self.meant.values())
        lacking = {module: self.left(module) for module in self.modules}
        left = frozenset[str]().union(*lacking.values())
        waiting = frozenset[str]().union(*(people - self.booked[module] for module, people in lacking.items()))
        return Coverage(len(needed), len(needed - left), len(left - waiting))

    def groups(self, module: str, threshold: int = THRESHOLD) -> list[Group]:
        """Those for whom a module is meant, by business unit, by shift and by language; an attribute that nobody has is left out."""
        everybody = places(self.register, sorted(self.meant[module]))
        return groups_of(everybody, self.trained[module], threshold)

    @cached_property
    def lacking(self) -> list[Lacking]:
        """Everybody here for whom no module is meant, by business unit."""
        organization = self.register.organization
        reached = frozenset[str]().union(*self.meant.values())
        found: dict[str | None, set[str]] = {}
        for person in organization.people.keys() - reached:
            found.setdefault(organization.business_unit_of.get(person), set()).add(person)
        return [
            Lacking(unit, frozenset(people), self._roles_of(people))
            for unit, people in sorted(found.items(), key=lambda pair: organization.unit_name(pair[0]))
        ]

    def _roles_of(self, people: Iterable[str]) -> tuple[str, ...]:
        counted: dict[str, int] = {}
        for person in people:
            role = self.register.organization.people[person].role
            if role:
                counted[role] = counted.get(role, 0) + 1
        return tuple(sorted(counted, key=lambda role: (-counted[role], role)))

    @cached_property
    def proposed(self) -> list[str]:
        """Roles that change and of which no module speaks, the next to change first."""
        named = {role for module in self.modules.values() for role in module.roles}
        roles = self.register.organization.roles
        open_ = [role for role in self.register.changing_roles if role not in named and role in roles]
        wanted = [role for role in open_ if roles[role].fate in NEW_WORDS or roles[role].fate not in CHANGING_ROLES]
        return sorted(wanted, key=lambda role: (roles[role].effective or date.max, role))


def groups_of(everybody: Mapping[str, Place], trained: frozenset[str], threshold: int) -> list[Group]:
    """Counts of people by each attribute, and which of them may be told of, all attributes taken together."""
    names = list(everybody)
    found: list[Group] = []
    beside: list[tuple[Parts, np.ndarray]] = []
    enough = len(names) >= threshold
    for attribute in GROUPED_BY:
        values = [getattr(everybody[name], attribute) for name in names]
        if all(value is None for value in values):
            continue
        codes = {
            value: code for code, value in enumerate(sorted(set(values), key=lambda one: (one is None, one or "")))
        }
        part = np.array([codes[value] for value in values], np.int32)
        zeros, people = np.zeros(len(names), np.int32), np.arange(len(names), dtype=np.int32)
        parts = Parts(zeros, people, part, 1, len(codes))
        hidden = of_a_fixed_whole(parts, threshold, beside=tuple(beside))
        beside.append((parts, hidden))
        had = np.array([name in trained for name in names], np.int64)
        needed, done = np.bincount(part, minlength=len(codes)), np.bincount(part, had, minlength=len(codes))
        found += [
            Group(attribute, value, int(needed[code]), int(done[code]), enough and not bool(hidden[code, 0]))
            for value, code in codes.items()
        ]
    return found


def told_only(groups: Sequence[Group]) -> list[Group]:
    """The groups that may be told of to those who do not know who is in them."""
    return [group for group in groups if group.told]
