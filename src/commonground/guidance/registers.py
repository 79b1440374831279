"""Registers that take over what earlier ones have looked up, where the tables below it are the very same.

Building every lookup over 100,000 people takes longer than a small change is worth; the three views differ in few tables.
"""

from collections.abc import Mapping
from typing import Any, Final

from commonground.analysis.facts import Facts
from commonground.analysis.register import Register

_PEOPLE: Final = ("people",)
_WORK: Final = ("people", "processes", "does")
_TOUCHED: Final = (*_WORK, "roles", "role_changes", "paths")
PLACED: Final = (*_TOUCHED, "units")

# part of a register → lookup → every table that it rests on; a test holds this against what the lookups read
LOOKUPS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "organization": {
        "people": _PEOPLE,
        "_names": _PEOPLE,
        "reports": _PEOPLE,
        "members": _PEOPLE,
        "holders": _PEOPLE,
        "holder_units": ("people", "units"),
        "business_unit_of": ("people", "units"),
        "heads": ("people", "units"),
        "levels": ("people", "roles"),
        "front": ("people", "roles"),
        "front_is_known": ("people", "roles"),
    },
    "work": {"doers": ("people", "does"), "doing": ("people", "does"), "answered_by": ("people", "processes")},
    "": {
        "re_placed": ("people", "paths"),
        "touched": _TOUCHED,
        "cells": ("people", "units", "roles"),
        "touched_cells": PLACED,
        "touched_units": PLACED,
        "owning": (*_WORK, "solutions", "seats", "takes_part", "activities", "sessions", "voices"),
    },
}
MOST: Final = 4
_KEPT: list[Register] = []


def register_of(facts: Facts) -> Register:
    """A register over these facts, with the lookups that one of the last few has made over the same tables and day."""
    register = Register(facts)
    for earlier in _KEPT:
        if earlier.facts.as_of == facts.as_of:
            _take_over(register, earlier)
    _KEPT.insert(0, register)
    del _KEPT[MOST:]
    return register


def clear() -> None:
    _KEPT.clear()


def _take_over(register: Register, earlier: Register) -> None:
    same = {table for table in earlier.facts if register.facts.rows(table) is earlier.facts.rows(table)}
    same |= {table for table in _named() if not register.facts.has(table) and not earlier.facts.has(table)}
    for part, lookups in LOOKUPS.items():
        ours, theirs = _kept(register, part), _kept(earlier, part)
        for name, tables in lookups.items():
            if name in theirs and name not in ours and same.issuperset(tables):
                ours[name] = theirs[name]


def _named() -> set[str]:
    return {table for lookups in LOOKUPS.values() for tables in lookups.values() for table in tables}


def _kept(register: Register, part: str) -> dict[str, Any]:
    """Where `cached_property` keeps its answers."""
    return vars(getattr(register, part) if part else register)
