"""Who is where on one day: people, the tree of units, levels, roles and their holders, built once from the facts."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TypeVar, cast

from commonground.analysis.facts import Facts, Person, Role, Row, Unit, in_force

LEVELS = ("board and executive", "senior manager", "manager", "team leader", "staff")

R = TypeVar("R", bound=Row)


def rows_of(facts: Facts, table: str, row: type[R]) -> Sequence[R]:
    """The rows of a table under their own type; `row` is the row class of that table. Empty when the table was never given."""
    return cast("Sequence[R]", facts.rows(table))


class Organization:
    """People, units, levels and roles as of `facts.as_of`.

    business_unit_depth: how far below the root a business unit stands. A unit that is flagged as one wins over the depth, and where
    several units have no parent these stand for the first depth themselves. Every lookup is built once, in time linear in the rows.
    """

    def __init__(self, facts: Facts, business_unit_depth: int = 1) -> None:
        self.facts = facts
        self._depth = business_unit_depth

    # people

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Who is here on the day, by id. Of overlapping periods the one that began last stands."""
        day, here = self.facts.as_of, dict[str, Person]()
        for row in rows_of(self.facts, "people", Person):
            if in_force(row.start, row.end, day):
                other = here.get(row.id)
                if other is None or (row.start or date.min) >= (other.start or date.min):
                    here[row.id] = row
        return here

    @cached_property
    def _names(self) -> Mapping[str, str]:
        names = {row.id: row.name for row in rows_of(self.facts, "people", Person)}
        names.update((person.id, person.name) for person in self.people.values())
        return names

    def is_here(self, person: str) -> bool:
        """Whether somebody works here on the day. True for everybody while no people are known at all."""
        return person in self.people or not self.facts.has("people")

    def name(self, person: str) -> str:
        """A person's name, also of one who has left; the id where no name is known."""
        return self._names.get(person) or person

    @cached_property
    def reports(self) -> Mapping[str, tuple[str, ...]]:
        """Manager → the people who report to them directly on the day."""
        found: dict[str, list[str]] = {}
        for person in self.people.values():
            if person.manager and person.manager != person.id:
                found.setdefault(person.manager, []).append(person.id)
        return {manager: tuple(ids) for manager, ids in found.items()}

    # roles and levels

    @cached_property
    def roles(self) -> Mapping[str, Role]:
        return {role.id: role for role in rows_of(self.facts, "roles", Role)}

    def role_name(self, role: str) -> str:
        known = self.roles.get(role)
        return known.name if known else role

    @cached_property
    def holders(self) -> Mapping[str, tuple[str, ...]]:
        """Role → the people who hold it on the day."""
        found: dict[str, list[str]] = {}
        for person in self.people.values():
            if person.role:
                found.setdefault(person.role, []).append(person.id)
        return {role: tuple(ids) for role, ids in found.items()}

    @cached_property
    def holder_units(self) -> Mapping[str, frozenset[str | None]]:
        """Role → the business units of those who hold it on the day; None for people without one."""
        found: dict[str, set[str | None]] = {}
        for person in self.people.values():
            if person.role:
                found.setdefault(person.role, set()).add(person.unit)
        return {role: frozenset(map(self.business_unit, units)) for role, units in found.items()}

    def level(self, person: str) -> str | None:
        """A person's level: what the role says wins over what the person's row says."""
        row = self.people.get(person)
        if row is None:
            return None
        role = self.roles.get(row.role) if row.role else None
        return role.level if role is not None and role.level else row.level

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """The levels that occur: in the customary order where all are customary, else in order of appearance, as rosters
        begin at the top. Sorting the known ones before the unknown would put “Manager” above “Executives”."""
        seen = dict.fromkeys(level for person in self.people if (level := self.level(person)))
        rank = {name: place for place, name in enumerate(LEVELS)}
        if all(level.casefold() in rank for level in seen):
            return tuple(sorted(seen, key=lambda level: rank[level.casefold()]))
        return tuple(seen)

    def front_office(self, person: str) -> bool | None:
        """Whether a person meets customers daily: what the role says wins. None where nobody said."""
        row = self.people.get(person)
        if row is None:
            return None
        role = self.roles.get(row.role) if row.role else None
        return role.front_office if role is not None and role.front_office is not None else row.front_office

    @cached_property
    def front(self) -> frozenset[str]:
        """Everybody in the front office on the day."""
        return frozenset(person for person in self.people if self.front_office(person))

    @cached_property
    def front_is_known(self) -> bool:
        """Whether anybody's front office was recorded at all."""
        return any(self.front_office(person) is not None for person in self.people)

    # units

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """Units on the day, by id. Where no sheet of units was given, the units that people stand in, without a tree."""
        if not self.facts.has("units"):
            named = dict.fromkeys(person.unit for person in self.people.values() if person.unit)
            return {name: Unit(name, name) for name in named}
        day = self.facts.as_of
        return {unit.id: unit for unit in rows_of(self.facts, "units", Unit) if in_force(unit.start, unit.end, day)}

    @cached_property
    def _unit_names(self) -> Mapping[str, str]:
        names = {unit.id: unit.name for unit in rows_of(self.facts, "units", Unit)}
        names.update((unit.id, unit.name) for unit in self.units.values())
        return names

    def unit_name(self, unit: str | None) -> str:
        """A unit's name; the id where none is known, and a plain word where there is no unit."""
        return self._unit_names.get(unit, unit) if unit else "no unit recorded"

    def parent(self, unit: str) -> str | None:
        """The unit above, when it exists on the day."""
        known = self.units.get(unit)
        return known.parent if known and known.parent in self.units and known.parent != unit else None

    @cached_property
    def _business_units(self) -> Mapping[str, str]:
        """Unit → business unit, each unit visited once; a ring of parents is cut where it closes."""
        roots = sum(1 for unit in self.units if self.parent(unit) is None)
        deepest = self._depth if roots == 1 else self._depth - 1
        place: dict[str, tuple[int, str, bool]] = {}
        for start in self.units:
            path: list[str] = []
            unit: str | None = start
            climbed: set[str] = set()
            while unit is not None and unit not in place and unit not in climbed:
                path.append(unit)
                climbed.add(unit)
                unit = self.parent(unit)
            above = place.get(unit) if unit is not None else None
            for lower in reversed(path):
                above = place[lower] = self._below(lower, above, deepest)
        return {unit: business for unit, (_, business, _) in place.items()}

    def _below(self, unit: str, above: tuple[int, str, bool] | None, deepest: int) -> tuple[int, str, bool]:
        """A unit's depth, its business unit and whether that one is flagged, from those of the unit above."""
        depth = 0 if above is None else above[0] + 1
        if self.units[unit].business_unit:
            return depth, unit, True
        if above is None or (depth <= deepest and not above[2]):
            return depth, unit, False
        return depth, above[1], above[2]

    def business_unit(self, unit: str | None) -> str | None:
        """The business unit that a unit belongs to; a unit that the tree does not know stands for itself."""
        return self._business_units.get(unit, unit) if unit else None

    @cached_property
    def business_unit_of(self) -> Mapping[str, str | None]:
        """Person → business unit on the day."""
        return {person.id: self.business_unit(person.unit) for person in self.people.values()}

    @cached_property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """Unit → the people who stand in it directly on the day."""
        found: dict[str, list[str]] = {}
        for person in self.people.values():
            if person.unit:
                found.setdefault(person.unit, []).append(person.id)
        return {unit: tuple(ids) for unit, ids in found.items()}

    @cached_property
    def heads(self) -> Mapping[str | None, int]:
        """Unit → the people in it and below; None: everybody."""
        found: dict[str | None, int] = {None: len(self.people)}
        for unit, members in self.members.items():
            above, seen = unit, set[str]()
            while above and above not in seen:
                seen.add(above)
                found[above] = found.get(above, 0) + len(members)
                above = self.parent(above) or ""
        return found

    def unit_manager(self, unit: str | None) -> str | None:
        """Who leads a unit, read off the reporting line: the one member whom nobody inside leads, or the one whom all such report to.

        None where the line does not say it plainly.
        """
        inside = self.members.get(unit, ()) if unit else ()
        own = set(inside)
        tops = [person for person in inside if self.people[person].manager not in own]
        if len(tops) == 1 and (len(inside) == 1 or self.reports.get(tops[0])):
            return tops[0]
        above = {self.people[person].manager for person in tops}
        leader = above.pop() if len(above) == 1 else None
        return leader if leader in self.people else None
