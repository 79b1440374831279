"""Who is reached by whom, in a form that JSON keeps: the groups with their gaps for the page, and each carrier's peers for themselves."""

from typing import Any, Final

from django.db.models.fields.json import KeyTransform

from commonground.access.actor import Actor
from commonground.analysis.coalition.how_many import Needed
from commonground.analysis.coalition.reach import CellReach, Load, Reach, reach
from commonground.analysis.register import Register
from commonground.coalition.models import Reaching
from commonground.guidance.merging import VIEWS
from commonground.guidance.models import Result
from commonground.organization.models import Person
from commonground.programs.models import Program

REACH, PEERS = "reach", "peer_lists"
TABLES: Final = (
    "people",
    "units",
    "roles",
    "processes",
    "does",
    "role_changes",
    "paths",
    "solutions",
    "seats",
    "team",
    "champions",
)


def chosen(program: Program) -> dict[str, Any]:
    """What a program's groups are told by, and what its talks take."""
    row = Reaching.objects.of(program)
    return {"attributes": list(row.attributes), "minutes": row.minutes, "hours": row.hours}


def reach_data(register: Register, *, attributes: list[str], minutes: float, hours: float) -> dict[str, Any]:
    """Groups, loads and how many are needed, without a name but the ids of those who carry."""
    found = reach(register, tuple(attributes), minutes, hours)
    return {
        "attributes": list(found.attributes),
        "minutes": minutes,
        "hours": hours,
        "cells": [list(one) for one in found.cells],
        "loads": [list(one) for one in found.loads],
        "needed": list(found.needed),
        "levels": list(register.organization.levels),
    }


def peers_data(register: Register, *, attributes: list[str], minutes: float, hours: float) -> dict[str, Any]:
    """Carrier → peers, by their keys."""
    return {"lists": reach(register, tuple(attributes), minutes, hours).lists}


def reach_from(data: dict[str, Any]) -> Reach:
    """What was stored; without the lists, which are nobody's but their carrier's."""
    return Reach(
        tuple(data["attributes"]),
        data["minutes"],
        data["hours"],
        tuple(CellReach(tuple(cell), *rest) for cell, *rest in data["cells"]),
        tuple(Load(*one) for one in data["loads"]),
        {},
        Needed(*data["needed"]),
    )


def reach_for(actor: Actor, program: Program) -> Result | None:
    """Who is reached, in the deepest view that the actor may see; None where it was not made yet or is not theirs."""
    rows = Result.objects.visible_to(actor).filter(program=program, function=REACH)
    return max(rows, key=lambda row: VIEWS.index(row.view), default=None)


def peers_of(actor: Actor, program: Program) -> list[str] | None:
    """The keys of the actor's own peers, counted from what has been told; None where they carry nobody, or nothing was made yet.

    Nobody's list but one's own is ever read, and only this one leaves the database.
    """
    key = Person.objects.filter(pk=actor.person).values_list("key", flat=True).first() if actor.person else None
    if key is None:
        return None
    rows = Result.objects.visible_to(actor).filter(program=program, function=PEERS, view=VIEWS[0])
    own = KeyTransform(key, KeyTransform("lists", "data"))
    found: list[str] | None = rows.annotate(own=own).values_list("own", flat=True).first()
    return found
