"""Which cells of the published tables somebody reads: everybody the whole, a unit manager their own units too, the rest all of it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.assessments.published import PublishedTable
from commonground.assessments.rounds import Round
from commonground.organization.models import Unit, below

ALL = (roles.LEAD, roles.SPONSOR, roles.MEMBER, roles.AUDITOR)
Cells = dict[str, dict[str, Any]]  # table → {"cut", "cells", …}, the cells cut down to those that may be read


def tables_for(actor: Actor, row: Round) -> Cells:
    """The tables of a round, in the order in which they were fixed, with the cells that the actor may read. Empty while none stand."""
    found = {table.key: dict(table.data) for table in PublishedTable.objects.visible_to(actor).filter(round=row)}
    if actor.has(*ALL):
        return found
    mine = own_units(actor)
    kept: Cells = {}
    for key, data in found.items():
        cells = [cell for cell in data["cells"] if _may_read(data["cut"], cell, mine)]
        if cells:
            kept[key] = data | {"cells": cells}
    return kept


def _may_read(cut: list[str], cell: dict[str, Any], mine: frozenset[str]) -> bool:
    return _is_in(not cut, cell["values"].get("unit"), mine)


def _is_in(everybody: bool, unit: str | None, mine: frozenset[str]) -> bool:
    return everybody or unit in mine


class Piece(NamedTuple):
    """The lines of one cell in a file. everybody: of a table that is cut by nothing; unit: key of its unit, None without one."""

    everybody: bool
    unit: str | None
    text: str


def pieces_of(data: Mapping[str, Any], text_of: Callable[[Mapping[str, Any]], str]) -> Iterator[Piece]:
    """The cells of one table, each with its lines."""
    for cell in data["cells"]:
        yield Piece(not data["cut"], cell["values"].get("unit"), text_of(cell))


def lines_for(actor: Actor, row: Round, made: Callable[[str, str], tuple[Piece, ...]]) -> list[str]:
    """The lines of the cells of a round that the actor may read, as `tables_for` has them. made: key and JSON text of a table → pieces."""
    tables = [made(*one) for one in PublishedTable.objects.visible_to(actor).filter(round=row).written()]
    if actor.has(*ALL):
        return [piece.text for pieces in tables for piece in pieces]
    mine = own_units(actor)
    return [piece.text for pieces in tables for piece in pieces if _is_in(piece.everybody, piece.unit, mine)]


def own_units(actor: Actor) -> frozenset[str]:
    """Keys of the units that a unit manager is trusted with, and of all below; empty for others."""
    if not (actor.has(roles.MANAGER) and actor.units):
        return frozenset()
    return frozenset(Unit.objects.filter(pk__in=below(actor.units)).values_list("key", flat=True))
