"""Who owns something, by business unit and level, the front office apart; small groups are withheld (OWN)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from commonground.analysis.disclosure import Atom, protect
from commonground.analysis.register import Register

THRESHOLD = 8


@dataclass(frozen=True)
class Count:
    """Touched people of a group and how many of them own something. All None where the group is withheld; share None where it is empty."""

    people: int | None
    owning: int | None
    share: float | None
    withheld: bool = False


@dataclass(frozen=True)
class Grid:
    """Ownership of touched people: a count for each business unit × level, for each line, and for the front office of each unit.

    units, levels: the keys of the lines, in order; None stands for people without one. names: unit → name.
    """

    as_of: date
    threshold: int
    units: tuple[str | None, ...]
    levels: tuple[str | None, ...]
    names: Mapping[str | None, str]
    cells: Mapping[tuple[str | None, str | None], Count]
    by_unit: Mapping[str | None, Count]
    by_level: Mapping[str | None, Count]
    front: Mapping[str | None, Count]
    front_total: Count
    total: Count


@dataclass(frozen=True)
class FrontOffice:
    """The front office of one business unit: everybody in it, touched or not, and those who own something."""

    unit: str
    people: int
    owning: int


Name = tuple[str, str | None, str | None]
WORTH = {
    "unit": 4.0,
    "level": 4.0,
    "front": 2.0,
    "cell": 1.0,
}  # where one of several numbers has to give way, a line stays before a cell


@lru_cache(maxsize=4)
def ownership_grid(register: Register, threshold: int = THRESHOLD) -> Grid:
    """How many of the touched people of each business unit and level own something.

    threshold: the fewest people that a shown number may stand for; smaller groups, and whatever would give them away by
    sums and differences, carry `withheld` and no numbers. Only touched people count. The grids of the last few registers are kept.
    """
    organization = register.organization
    parts = _parts(register)
    groups = _groups(parts)
    units = tuple(
        sorted({u for kind, u, _ in groups if kind == "unit"}, key=lambda u: organization.unit_name(u) if u else "~")
    )
    found = {level for kind, _, level in groups if kind == "level"}
    levels = tuple(level for level in (*organization.levels, None) if level in found)
    closed = _withheld(parts, groups, threshold)

    def count(name: Name) -> Count:
        if name in closed:
            return Count(None, None, None, withheld=True)
        people, owning = sum(one.people for one in groups[name]), sum(one.owning for one in groups[name])
        return Count(people, owning, owning / people if people else None)

    return Grid(
        as_of=register.facts.as_of,
        threshold=threshold,
        units=units,
        levels=levels,
        names={unit: organization.unit_name(unit) for unit in units},
        cells={(u, level): count(("cell", u, level)) for u in units for level in levels},
        by_unit={unit: count(("unit", unit, None)) for unit in units},
        by_level={level: count(("level", None, level)) for level in levels},
        front={unit: count(("front", unit, None)) for unit in units},
        front_total=count(("front total", None, None)),
        total=count(("total", None, None)),
    )


class _Part(NamedTuple):
    """The front office of a touched cell, or the rest of it: every number of the grid is a sum of such parts. place: of the cell."""

    place: int
    unit: str | None
    level: str | None
    front: bool
    people: int
    owning: int


def _parts(register: Register) -> list[_Part]:
    front, owning, found = register.organization.front, register.owning, list[_Part]()
    for place, ((unit, level), people) in enumerate(register.touched_cells.items()):
        for is_front, inside in ((True, people & front), (False, people - front)):
            found.append(_Part(place, unit, level, is_front, len(inside), len(inside & owning)))
    return found


def _groups(parts: Sequence[_Part]) -> Mapping[Name, list[_Part]]:
    """Every group that a number of the grid stands for."""
    units, levels = dict.fromkeys(one.unit for one in parts), dict.fromkeys(one.level for one in parts)
    groups: dict[Name, list[_Part]] = {
        ("total", None, None): list(parts),
        ("front total", None, None): [one for one in parts if one.front],
        **{("unit", unit, None): [one for one in parts if one.unit == unit] for unit in units},
        **{("level", None, level): [one for one in parts if one.level == level] for level in levels},
        **{("front", unit, None): [one for one in parts if one.front and one.unit == unit] for unit in units},
        **{("cell", unit, level): [] for unit in units for level in levels},
    }
    for one in parts:
        groups["cell", one.unit, one.level].append(one)
    return groups


def _withheld(parts: Sequence[_Part], groups: Mapping[Name, list[_Part]], threshold: int) -> frozenset[Name]:
    """The groups that must stay unsaid, so that nothing follows from the others about fewer people than the threshold."""
    atoms = {_called(one): Atom(one.people, one.people) for one in parts}
    named = {str(name): name for name in groups}
    sets = {str(name): [_called(one) for one in inside if one.people] for name, inside in groups.items()}
    worth = {key: WORTH.get(name[0], 1.0) for key, name in named.items()}
    first = [key for key, name in named.items() if name[0] == "total"]
    told = protect(sets, atoms, threshold=threshold, must=first, worth=worth)
    return frozenset(named[key] for key in told.hidden)


def _called(one: _Part) -> str:
    return f"{'front' if one.front else 'back'} {one.place}"


def front_offices(register: Register) -> tuple[FrontOffice, ...]:
    """The front office of each touched business unit that has one, by unit name. Plain counts: whoever shows them minds the threshold."""
    found: dict[str, frozenset[str]] = {}
    for (unit, _), people in register.cells.items():
        inside = people & register.organization.front
        if unit is not None and unit in register.touched_units and inside:
            found[unit] = found.get(unit, frozenset()) | inside
    return tuple(
        FrontOffice(unit, len(people), len(register.owning & people))
        for unit, people in sorted(found.items(), key=lambda item: register.organization.unit_name(item[0]))
    )
