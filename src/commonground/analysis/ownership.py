"""Who owns something, by business unit and level, the front office apart; small groups are withheld (OWN)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from commonground.analysis.register import Cell, Register
from commonground.analysis.suppression import Sum, withheld

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


@lru_cache(maxsize=4)
def ownership_grid(register: Register, threshold: int = THRESHOLD) -> Grid:
    """How many of the touched people of each business unit and level own something.

    threshold: the fewest people that a shown number may stand for; smaller groups, and whatever would give them away by
    subtraction, carry `withheld` and no numbers. Only touched people count. The grids of the last few registers are kept.
    """
    organization = register.organization
    groups = _groups(register)
    units = tuple(
        sorted({u for kind, u, _ in groups if kind == "unit"}, key=lambda u: organization.unit_name(u) if u else "~")
    )
    found = {level for kind, _, level in groups if kind == "level"}
    levels = tuple(level for level in (*organization.levels, None) if level in found)
    sizes = {name: len(people) for name, people in groups.items()}
    closed = withheld(sizes, _sums(units, levels), threshold)

    def count(name: Name) -> Count:
        people = groups[name]
        if name in closed:
            return Count(None, None, None, withheld=True)
        owning = len(people & register.owning)
        return Count(len(people), owning, owning / len(people) if people else None)

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


def _groups(register: Register) -> Mapping[Name, frozenset[str]]:
    """Every group that a number of the grid stands for, and what is left of it beside the front office."""
    cells, front = register.touched_cells, register.organization.front
    by_unit, by_level = _gather(cells, 0), _gather(cells, 1)
    groups: dict[Name, frozenset[str]] = {
        ("cell", unit, level): cells.get((unit, level), frozenset()) for unit in by_unit for level in by_level
    }
    for unit, inside in by_unit.items():
        groups["unit", unit, None] = inside
        groups["front", unit, None], groups["back", unit, None] = inside & front, inside - front
    for level, inside in by_level.items():
        groups["level", None, level] = inside
    groups["total", None, None] = register.touched
    groups["front total", None, None] = register.touched & front
    groups["back total", None, None] = register.touched - front
    return groups


def _gather(cells: Mapping[Cell, frozenset[str]], side: int) -> Mapping[str | None, frozenset[str]]:
    """The people of cells by one side of the cell: 0 the unit, 1 the level."""
    found: dict[str | None, set[str]] = {}
    for cell, people in cells.items():
        found.setdefault(cell[side], set()).update(people)
    return {key: frozenset(people) for key, people in found.items()}


def _sums(units: tuple[str | None, ...], levels: tuple[str | None, ...]) -> list[Sum[Name]]:
    """Every equation by which one number of the grid could be had from others."""
    total: Name = ("total", None, None)
    front: Name = ("front total", None, None)
    back: Name = ("back total", None, None)
    sums: list[Sum[Name]] = [Sum(("unit", u, None), tuple(("cell", u, level) for level in levels)) for u in units]
    sums += [Sum(("level", None, level), tuple(("cell", u, level) for u in units)) for level in levels]
    sums += [Sum(("unit", u, None), (("front", u, None), ("back", u, None))) for u in units]
    return [
        *sums,
        Sum(total, tuple(("unit", u, None) for u in units)),
        Sum(total, tuple(("level", None, level) for level in levels)),
        Sum(total, (front, back)),
        Sum(front, tuple(("front", u, None) for u in units)),
        Sum(back, tuple(("back", u, None) for u in units)),
    ]


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
