"""Whom an activity is for: all of its unit, or those of them who have the named attributes. Pure.

As text, in sheets: `level=agent; shift=night; touched`. Nothing written means all of the unit and of the units within.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

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


def reached(
    groups: Iterable[Group], unit: str | None, wanted: Wanted, within: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """Unit → how many of its people an activity is for.

    unit: of the activity, None for everybody; an audience's own unit wins over it. within: unit → itself and all units above it.
    """
    there = wanted.get("unit") or unit
    named = [(name, wanted[name]) for name in ATTRIBUTES[1:] if wanted.get(name)]
    found: dict[str, int] = {}
    for group in groups:
        if there is not None and there not in within.get(group.unit, (group.unit,)):
            continue
        if wanted.get(TOUCHED) and not group.touched:
            continue
        if all(getattr(group, name) == value for name, value in named):
            found[group.unit] = found.get(group.unit, 0) + group.people
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
