"""What a team is composed on: the touched cells, the processes in question, and everybody in kinds of people who are alike for it.

Two people who stand in the same cell, answer for and do the same processes in question and have the same hours are one kind: so a
hundred thousand people are some thousand kinds, and an exact answer stays within reach. The ground is plain data and can be stored.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from commonground.analysis.balance import balance
from commonground.analysis.facts import Seat
from commonground.analysis.register import Cell, Register
from commonground.analysis.work import purpose_in_question

BUSY = 3  # seats from which on somebody carries much already


@dataclass(frozen=True)
class TouchedCell:
    """A business unit and a level with touched people, and how many they are."""

    unit: str
    level: str | None
    touched: int


@dataclass(frozen=True)
class Question:
    """A process in question. unit: its business unit. purpose: whether its purpose is in question (GLOSSARY)."""

    id: str
    name: str
    unit: str | None
    purpose: bool


class Kind(NamedTuple):
    """People who are alike for composing a team. answers, does: places in the list of processes in question.

    gives_up: their role, where it loses something with no gain and no offer that was accepted. people: their ids, in order.
    """

    unit: str | None
    level: str | None
    front: bool
    answers: tuple[int, ...] = ()
    does: tuple[int, ...] = ()
    gives_up: str | None = None
    touched: bool = False
    hours: bool = False
    busy: bool = False
    not_now: bool = False
    people: tuple[str, ...] = ()

    @property
    def cell(self) -> Cell:
        return self.unit, self.level

    @property
    def covers(self) -> frozenset[int]:
        """Processes in question of which they are an owner, by answering or by doing."""
        return frozenset((*self.answers, *self.does))


@dataclass(frozen=True)
class Ground:
    """levels: in order from the top. names: unit → name. above: unit → business unit above it. several: more than one business unit.

    front_known: whether it was recorded who meets customers.
    """

    cells: tuple[TouchedCell, ...]
    processes: tuple[Question, ...]
    kinds: tuple[Kind, ...]
    levels: tuple[str, ...]
    names: Mapping[str, str]
    above: Mapping[str, str]
    several: bool
    front_known: bool

    def owns_purpose(self, kind: Kind) -> bool:
        """Whether they answer for a process whose purpose is in question."""
        return any(self.processes[place].purpose for place in kind.answers)

    def unit_name(self, unit: str | None) -> str:
        return self.names.get(unit, unit) if unit else "no unit"


def ground_of(register: Register, people: Iterable[str] | None = None) -> Ground:
    """The ground of a register, with everybody in it or with these people alone. Linear in its rows."""
    organization, work = register.organization, register.work
    places = {process.id: place for place, process in enumerate(work.in_question)}
    order = {level: place for place, level in enumerate(organization.levels)}
    cells = tuple(
        TouchedCell(unit, level, len(people)) for (unit, level), people in register.touched_cells.items() if unit
    )
    return Ground(
        cells=tuple(
            sorted(cells, key=lambda c: (organization.unit_name(c.unit), order.get(c.level or "", len(order))))
        ),
        processes=tuple(
            Question(one.id, one.name, organization.business_unit(one.unit), purpose_in_question(one))
            for one in work.in_question
        ),
        kinds=_kinds(register, places, register.organization.people if people is None else people),
        levels=organization.levels,
        names={unit: organization.unit_name(unit) for unit in set(organization.business_unit_of.values()) if unit},
        above=_above(register),
        several=len({unit for unit in organization.business_unit_of.values() if unit}) > 1,
        front_known=organization.front_is_known,
    )


def _kinds(register: Register, places: Mapping[str, int], people: Iterable[str]) -> tuple[Kind, ...]:
    organization = register.organization
    answers, does = _held(register, places)
    losing = {role for role, one in balance(register).items() if one.unbalanced}
    hours, seats, not_now = _seats(register.participation.seats)
    for member in register.participation.members:
        if member.hours_per_week:
            hours.add(member.person)
        if member.manager_agreed is False:
            not_now.add(member.person)
    found: dict[Kind, list[str]] = {}
    for person in people:
        role = organization.people[person].role
        kind = Kind(
            *register.cell(person),
            bool(organization.front_office(person)),
            tuple(answers.get(person, ())),
            tuple(does.get(person, ())),
            organization.role_name(role) if role and role in losing else None,
            person in register.touched,
            person in hours,
            seats[person] >= BUSY,
            person in not_now,
        )
        found.setdefault(kind, []).append(person)
    return tuple(kind._replace(people=tuple(sorted(alike))) for kind, alike in found.items())


def _held(register: Register, places: Mapping[str, int]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Person → places of the processes in question that they answer for, and that they do."""
    answers, does = dict[str, list[int]](), dict[str, list[int]]()
    for process in register.work.in_question:
        for person in register.work.owners(process):
            answers.setdefault(person, []).append(places[process.id])
        for person in register.work.doers.get(process.id, ()):
            does.setdefault(person, []).append(places[process.id])
    return answers, does


def _seats(rows: Iterable[Seat]) -> tuple[set[str], Counter[str], set[str]]:
    """Who has agreed hours for a seat, how many seats each has, and of whom a manager said that it is not now."""
    rows = list(rows)
    return (
        {seat.person for seat in rows if seat.hours_per_week and seat.consent is not False},
        Counter(seat.person for seat in rows),
        {seat.person for seat in rows if seat.manager_agreed is False},
    )


def _above(register: Register) -> dict[str, str]:
    organization = register.organization
    found = {}
    for unit in {unit for unit in organization.business_unit_of.values() if unit}:
        parent = organization.parent(unit)
        if parent is not None and (business := organization.business_unit(parent)) and business != unit:
            found[unit] = business
    return found


def written(ground: Ground) -> dict[str, Any]:
    """A ground in a form that JSON keeps."""
    return {
        "levels": list(ground.levels),
        "names": dict(ground.names),
        "above": dict(ground.above),
        "several": ground.several,
        "front_known": ground.front_known,
        "cells": [[one.unit, one.level, one.touched] for one in ground.cells],
        "processes": [[one.id, one.name, one.unit, one.purpose] for one in ground.processes],
        "kinds": [list(kind) for kind in ground.kinds],
    }


def read(data: Mapping[str, Any]) -> Ground:
    """The ground that was written."""
    return Ground(
        cells=tuple(TouchedCell(*one) for one in data["cells"]),
        processes=tuple(Question(*one) for one in data["processes"]),
        kinds=tuple(Kind(*(_fixed(value) for value in one)) for one in data["kinds"]),
        levels=tuple(data["levels"]),
        names=data["names"],
        above=data["above"],
        several=data["several"],
        front_known=data["front_known"],
    )


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def places_of(ground: Ground, people: Sequence[str]) -> dict[str, int]:
    """Person → the place of their kind; those who are not in the ground are left out."""
    wanted = set(people)
    return {person: place for place, kind in enumerate(ground.kinds) for person in kind.people if person in wanted}
