"""Closing a round: answers are taken no longer, its tables are computed once and published, and what could link anybody is destroyed.

Three steps, each a short transaction of its own, so that nobody who writes elsewhere waits for the computing: closed, published, sealed.
What breaks off in between is taken up again by `finish`, at the next start, the next day or the next look at the page; a table that
stands is never computed again.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from commonground.access.actor import OPERATOR, Actor
from commonground.analysis.assessment.cells import UNIT, Before, Cell, Gated, above, cells_of, gate, people_of
from commonground.analysis.assessment.sheet import Sheet, questions_of
from commonground.analysis.assessment.tables import figures_of
from commonground.assessments.answering import Answer
from commonground.assessments.comparing import against, beside
from commonground.assessments.in_days import CLOSED, OPEN
from commonground.assessments.published import BEHIND, PublishedTable
from commonground.assessments.rounds import Combination, Invited, Round
from commonground.assessments.sealing import seal
from commonground.disclosure.kinds import SCORES
from commonground.disclosure.releasing import release
from commonground.journal.recording import record
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of

WHOLE = "whole"


def close(row: Round, *, by: Actor, at: datetime) -> None:
    """Closes an open round for good. Its tables are computed by `finish`, which whoever calls this asks for (`tasks.ask_finishing`)."""
    with transaction.atomic():
        held = Round.objects.select_for_update().get(pk=row.pk)
        held.refuse_unless(OPEN, "closed")
        Round.objects.filter(pk=row.pk).update(state=CLOSED, closed_at=at)
        row.state, row.closed_at = CLOSED, at
        record("closed a round", row, by=by, at=at, values={"name": row.name}, facts=("rounds", "response"))


def unfinished() -> Sequence[Round]:
    """Closed rounds whose tables are not published yet, or whose tokens and key are not destroyed yet."""
    told = PublishedTable.objects.filter(round=OuterRef("pk"))
    return list(Round.objects.filter(state=CLOSED).filter(~Exists(told) | Q(sealed=False)).order_by("pk"))


def finish(row: Round, *, at: datetime) -> None:
    """Publishes the tables of a closed round if none stand yet, then seals it if it is not sealed. Called again it does what is left."""
    if row.state != CLOSED:
        raise CannotError(f"“{row}” is not closed, so it has no tables yet. Close it first.")
    while not PublishedTable.objects.filter(round=row).exists():
        _publish(row, at=at)
    row.refresh_from_db()
    if not row.sealed:
        seal(row, by=OPERATOR, at=at)


def _publish(row: Round, *, at: datetime) -> None:
    """Computes the tables and writes all of them, or none where another round of the same instrument was published meanwhile."""
    sheet = sheet_of(row)
    earlier = earlier_rounds(row)
    cells = cells_of(row.tables or [[]], sheet.combinations, parents_of(row))
    gated = gate(
        cells,
        sheet.invited,
        sheet.answered,
        questions_of(sheet),
        threshold=row.threshold,
        before=[before_of(one) for one in earlier],
        crossing=crossing_of(row, earlier) if earlier else None,
    )
    tables = _tables(row, sheet, cells, gated)
    with transaction.atomic():
        if PublishedTable.objects.select_for_update().filter(round=row).exists() or earlier_rounds(row) != earlier:
            return
        on = day_of(at)
        rows = [PublishedTable(round=row, key=key, data=data, made_on=on) for key, data in tables.items()]
        rows.append(PublishedTable(round=row, key=BEHIND, data=_behind(row, sheet, cells, gated), made_on=on))
        PublishedTable.objects.bulk_create(rows)
        for key, data in tables.items():
            _into_ledger(row, key, data, at=at)
        values = {
            "tables": list(tables),
            "cells": sum(one["shown"] for data in tables.values() for one in data["cells"]),
        }
        record("published the tables of a round", row, by=OPERATOR, at=at, values=values, facts=("rounds", "response"))


def sheet_of(row: Round) -> Sheet:
    """The answers of a round as plain values, for the pure functions alone."""
    combinations = {str(one.pk): one for one in Combination.objects.filter(round=row)}
    answers = [
        (str(combination), dict(values))
        for combination, values in Answer.objects.filter(round=row).values_list("combination_id", "values")
    ]
    answers.sort(key=repr)  # so that the tables do not hang on the order of the rows
    return Sheet(
        asked=row.items,
        combinations={key: one.values for key, one in combinations.items()},
        invited={key: one.invited for key, one in combinations.items()},
        answers=answers,
    )


def parents_of(row: Round) -> dict[str, str | None]:
    """Unit → the unit above it, as it was when the round opened."""
    return {key: one.get("parent") for key, one in row.names.get("unit", {}).items()}


def earlier_rounds(row: Round) -> list[Round]:
    """Closed rounds in which the same was asked of some of the same people: their tables and these are decided together."""
    return list(
        Round.objects.filter(state=CLOSED, instrument=row.instrument, published__key=BEHIND)
        .exclude(pk=row.pk)
        .order_by("closed_at", "pk")
        .distinct()
    )


def before_of(row: Round) -> Before:
    """What an earlier round told, as `_behind` has kept it."""
    data = PublishedTable.objects.get(round=row, key=BEHIND).data
    return Before(tuple(frozenset(one) for one in data["told"]), data["silent"])


def crossing_of(row: Round, earlier: Sequence[Round]) -> dict[tuple[str | None, tuple[str | None, ...]], int]:
    """(combination of this round, of each earlier one) → how many people; people of none of them are left out."""
    where: list[dict[int, str]] = []
    for one in (row, *earlier):
        pairs = Invited.objects.filter(round=one).values_list("person_id", "combination_id")
        where.append({person: str(combination) for person, combination in pairs})
    people = set().union(*where)
    return dict(Counter((where[0].get(one), tuple(held.get(one) for held in where[1:])) for one in people))


def _behind(row: Round, sheet: Sheet, cells: Sequence[Cell], gated: Gated) -> dict[str, Any]:
    shown = set(gated.shown)
    return {
        "told": [sorted(cell.atoms) for cell in cells if cell.name in shown],
        "silent": {
            key: min(people - sheet.answered.get(key, 0), row.threshold) for key, people in sheet.invited.items()
        },
    }


def _tables(row: Round, sheet: Sheet, cells: Sequence[Cell], gated: Gated) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    shown = set(gated.shown)
    figures = figures_of(sheet, [cell for cell in cells if cell.name in shown], gated)
    parents = parents_of(row)
    for cell in in_order(row, cells):
        key = "×".join(cell.cut) or WHOLE
        table = found.setdefault(key, {"cut": list(cell.cut), "threshold": row.threshold, "cells": []})
        told: dict[str, Any] = {
            "values": dict(zip(cell.cut, cell.values, strict=True)),
            "label": label_of(row, cell),
            "depth": depth_of(row, cell, parents),
            "shown": cell.name in shown,
        }
        if told["shown"]:
            told["invited"] = people_of(cell.atoms, sheet.invited)
            told["answered"] = people_of(cell.atoms, sheet.answered)
            told["figures"] = figures[cell.name]
        table["cells"].append(told)
    for key, table in found.items():
        against(row, key, table)
    whole = found.get(WHOLE)
    for table in found.values():
        beside(table, whole["cells"][0] if whole else None)
    return found


def in_order(row: Round, cells: Sequence[Cell]) -> list[Cell]:
    """Table after table as they were fixed; in each, units in the order of the tree, all else by name."""
    cuts, parents = list(dict.fromkeys(cell.cut for cell in cells)), parents_of(row)
    return sorted(
        cells, key=lambda cell: (cuts.index(cell.cut), _place(row, cell, parents), label_of(row, cell).casefold())
    )


def depth_of(row: Round, cell: Cell, parents: Mapping[str, str | None]) -> int:
    """How far below the root its unit stands, counted from the units right below it; 0 without a unit."""
    return max(0, len(_place(row, cell, parents)) - 2)


def _place(row: Round, cell: Cell, parents: Mapping[str, str | None]) -> list[str]:
    """Where the unit of a cell stands in the tree: names from the root down."""
    if UNIT not in cell.cut:
        return []
    unit = cell.values[cell.cut.index(UNIT)]
    return [name_of(row, UNIT, one).casefold() for one in [*above(unit, parents)][::-1]] + [
        name_of(row, UNIT, unit).casefold()
    ]


def label_of(row: Round, cell: Cell) -> str:
    """What a cell is called, in the words of the day on which the round opened."""
    if not cell.cut:
        return "Everybody"
    return ", ".join(name_of(row, attribute, key) for attribute, key in zip(cell.cut, cell.values, strict=True))


def name_of(row: Round, attribute: str, key: str) -> str:
    said = row.names.get(attribute, {}).get(key, key)
    return str(said.get("name", key)) if isinstance(said, dict) else str(said)


def _into_ledger(row: Round, key: str, data: dict[str, Any], *, at: datetime) -> None:
    shown = [one for one in data["cells"] if one["shown"]]
    withheld = len(data["cells"]) - len(shown) + sum(one["figures"]["withheld"] for one in shown)
    release(
        kind=SCORES,
        subject=f"{row.name}: {key.replace('×', ' × ').replace('_', ' ')}",
        subject_key=f"round:{row.pk}:{key}",
        program=row.program.slug,
        threshold=row.threshold,
        cells=len(shown),
        withheld=withheld,
        content=data,
        at=at,
        first=row.opens_on,
        last=row.last_day,
    )
