"""Who is reached by whom in a register: cell by cell, the gaps, and each carrier's peers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from commonground.analysis.coalition.cells import (
    ATTRIBUTES,
    Cell,
    Place,
    cell_of,
    cell_words,
    checked,
    gathered,
    places,
)
from commonground.analysis.coalition.how_many import Needed, how_many, room
from commonground.analysis.coalition.peers import Carried, Carrier, carry
from commonground.analysis.facts import Champion, in_force
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register

A_MINUTE = 60


class CellReach(NamedTuple):
    """A cell: its touched people, how many of them are reached, how many of these by somebody of another cell, and how many carriers are
    of the cell. needed: champions of the usual hours who would reach the rest."""

    cell: Cell
    words: str
    touched: int
    reached: int
    from_beyond: int
    carriers: int
    needed: int

    @property
    def unreached(self) -> int:
        return self.touched - self.reached

    @property
    def is_gap(self) -> bool:
        return self.reached < self.touched


class Load(NamedTuple):
    """Somebody who carries: in which cell, how many peers, of how many that their minutes allow."""

    person: str
    team: bool
    words: str
    peers: int
    room: int


@dataclass(frozen=True)
class Reach:
    """attributes: what tells cells apart. cells: gaps first, the largest first. lists: carrier → peers."""

    attributes: tuple[str, ...]
    minutes: float
    hours: float
    cells: tuple[CellReach, ...]
    loads: tuple[Load, ...]
    lists: Mapping[str, tuple[str, ...]]
    needed: Needed

    @property
    def touched(self) -> int:
        return sum(one.touched for one in self.cells)

    @property
    def reached(self) -> int:
        return sum(one.reached for one in self.cells)


@lru_cache(maxsize=4)
def reach(register: Register, attributes: tuple[str, ...], minutes: float, hours: float) -> Reach:
    """Who reaches which of the touched people on the day. Linear in the people; the answers of the last few registers are kept.

    minutes: a week that one person takes. hours: that a champion usually gives a week, and that of a member's hours are for peers.
    Raises ValueError for an attribute that tells no cells apart.
    """
    chosen = checked(attributes)
    touched = places(register, register.touched)
    carriers = carriers_of(register, hours)
    carried = carry(touched, carriers, attributes=chosen, minutes=minutes)
    of_carrier = {one.person: cell_of(one.place, chosen) for one in carriers}
    return Reach(
        chosen,
        minutes,
        hours,
        _cells(register, touched, carried, of_carrier, chosen, room(hours * A_MINUTE, minutes)),
        _loads(register, carriers, carried, chosen),
        carried.lists,
        how_many([(len(touched), minutes)], hours * A_MINUTE),
    )


def carriers_of(register: Register, hours: float) -> tuple[Carrier, ...]:
    """Who carries on the day: members of the team and champions, with the minutes a week that they have for peers.

    hours: at most so many of a member's hours are for peers. Who is asked and has not answered, and has no hours, carries nobody.
    """
    champions, day = rows_of(register.facts, "champions", Champion), register.facts.as_of
    serving = [
        one for one in champions if in_force(one.start, one.end, day) and register.organization.is_here(one.person)
    ]
    given = _members(register)
    own = places(register, {*given, *(one.person for one in serving)})
    found = [
        Carrier(person, min(agreed, hours) * A_MINUTE, own[person], team=True)
        for person, agreed in sorted(given.items())
        if person in own
    ]
    found += [
        Carrier(
            one.person,
            (one.hours_per_week or 0.0) * A_MINUTE,
            _carried_place(register, one, own[one.person]),
            named=tuple(name for name in ATTRIBUTES if getattr(one, name)),
        )
        for one in serving
        if one.person in own
    ]
    return tuple(found)


def _members(register: Register) -> dict[str, float]:
    """Members of the team → the hours a week that were agreed, for the team or for a seat; those without are left out."""
    participation, found = register.participation, dict[str, float]()
    agreed = [(one.person, one.consent, one.hours_per_week) for one in participation.members]
    agreed += [(seat.person, seat.consent, seat.hours_per_week) for seat in participation.seats]
    for person, consent, hours in agreed:
        if person in participation.team and consent is not False and hours:
            found[person] = max(found.get(person, 0.0), hours)
    return found


def _carried_place(register: Register, row: Champion, own: Place) -> Place:
    """The place that a champion carries: their own, but for what their row names otherwise. A unit that is named may be any of the tree."""
    names = ("level", "location", "shift", "language")
    named = own._replace(**{name: value for name in names if (value := getattr(row, name))})
    if not row.unit:
        return named
    unit = register.organization.business_unit(row.unit)
    return named._replace(unit=unit, team=row.unit if row.unit != unit else None)


def _cells(
    register: Register,
    touched: Mapping[str, Place],
    carried: Carried,
    of_carrier: Mapping[str, Cell],
    chosen: Sequence[str],
    usual_room: int,
) -> tuple[CellReach, ...]:
    left = Counter(cell_of(touched[person], chosen) for person in carried.unreached)
    beyond = Counter(
        cell
        for carrier, peers in carried.lists.items()
        for person in peers
        if (cell := cell_of(touched[person], chosen)) != of_carrier[carrier]
    )
    of_cell = Counter(of_carrier.values())
    found = [
        CellReach(
            cell,
            cell_words(register, chosen, cell),
            len(people),
            len(people) - left[cell],
            beyond[cell],
            of_cell[cell],
            ceil(left[cell] / usual_room) if usual_room else 0,
        )
        for cell, people in gathered(touched, chosen).items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.unreached, one.words)))


def _loads(
    register: Register, carriers: Sequence[Carrier], carried: Carried, chosen: Sequence[str]
) -> tuple[Load, ...]:
    """Each carrier once, those with the fullest lists first."""
    found = {
        one.person: Load(
            one.person,
            one.team,
            cell_words(register, chosen, cell_of(one.place, chosen)),
            len(carried.lists[one.person]),
            carried.room[one.person],
        )
        for one in carriers
    }
    return tuple(sorted(found.values(), key=lambda one: (-carried.load(one.person), one.person)))
