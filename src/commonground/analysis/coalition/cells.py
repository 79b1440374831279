"""Cells: touched people by the attributes by which a program tells groups apart (GLOSSARY)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Final, NamedTuple

from commonground.analysis.register import Register

ATTRIBUTES: Final = ("unit", "level", "location", "shift", "language")
USUAL: Final = ("unit", "level")

Cell = tuple[str | None, ...]
"""A value for each chosen attribute, in the order in which they are chosen; None where none is recorded."""


class Place(NamedTuple):
    """Where somebody stands: their business unit, level, site, shift and language, and the unit they work in itself."""

    unit: str | None = None
    level: str | None = None
    location: str | None = None
    shift: str | None = None
    language: str | None = None
    team: str | None = None


def checked(attributes: Sequence[str]) -> tuple[str, ...]:
    """The attributes, each once, in their customary order. Raises ValueError for none, or for one that tells no groups apart."""
    unknown = sorted(set(attributes) - set(ATTRIBUTES))
    if unknown or not attributes:
        raise ValueError(f"Groups are told by {', '.join(ATTRIBUTES)}; not by {', '.join(unknown) or 'nothing'}.")
    return tuple(name for name in ATTRIBUTES if name in attributes)


def places(register: Register, people: Iterable[str]) -> dict[str, Place]:
    """Person → where they stand on the day; those who are not here are left out."""
    organization, found = register.organization, dict[str, Place]()
    for person in people:
        row = organization.people.get(person)
        if row is not None:
            unit = organization.business_unit_of.get(person)
            found[person] = Place(unit, organization.level(person), row.location, row.shift, row.language, row.unit)
    return found


def cell_of(place: Place, attributes: Sequence[str]) -> Cell:
    """The cell of a place under the chosen attributes."""
    return _getter(tuple(attributes))(place)


@cache
def _getter(attributes: tuple[str, ...]) -> Callable[[Place], Cell]:
    """Asked of each of all people, so that the attributes are looked up by position."""
    at = [Place._fields.index(name) for name in attributes]
    if len(at) == 1:
        return lambda place: (place[at[0]],)
    return itemgetter(*at) if at else lambda _: ()


def gathered(people: Mapping[str, Place], attributes: Sequence[str]) -> dict[Cell, frozenset[str]]:
    """Cell → its people."""
    found: dict[Cell, set[str]] = {}
    for person, place in people.items():
        found.setdefault(cell_of(place, attributes), set()).add(person)
    return {cell: frozenset(inside) for cell, inside in found.items()}


def cells(register: Register, attributes: Sequence[str] = USUAL) -> Mapping[Cell, frozenset[str]]:
    """Cell → its touched people, for the chosen attributes in their customary order. The unit of a cell is a business unit.

    Raises ValueError for an attribute that tells no groups apart.
    """
    return gathered(places(register, register.touched), checked(attributes))


def cell_words(register: Register, attributes: Sequence[str], cell: Cell) -> str:
    """What a cell is called: “Billing, staff, night shift”."""
    said = []
    for name, value in zip(attributes, cell, strict=True):
        if name == "unit":
            said.append(register.organization.unit_name(value))
        elif value is not None:
            said.append(f"{value} shift" if name == "shift" and "shift" not in value.casefold() else value)
        else:
            said.append(f"no {name} recorded")
    return ", ".join(said)
