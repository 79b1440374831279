"""Takes the events of workflows, and of a whole log, out of blocks, with business units and lines in the place of what the log says."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.events import MISSING, Blocks, Events, Names
from commonground.workflows.places import Places

ALIEN = "a:"  # before the words of an activity that is no process of the register
KEPT = ("case", "time", "activity", "person", "unit", "product_line")


class Owner(NamedTuple):
    """Whose events: a workflow of a program; of neither: the whole log."""

    program: int | None = None
    workflow: int | None = None


class Link(NamedTuple):
    """An activity is a step: the process it is, and whose."""

    owner: Owner
    process: int


Links = Mapping[str, Sequence[Link]]
"""Activity → the steps that it is, at most one of each program."""


@dataclass
class _Columns:
    """The columns of some events, as they come."""

    pieces: dict[str, list[NDArray[Any]]] = field(default_factory=lambda: {name: [] for name in KEPT})

    def add(self, columns: Mapping[str, NDArray[Any]]) -> None:
        for name, piece in columns.items():
            self.pieces[name].append(piece)

    def events(self, names: Names) -> Events:
        """All of them, as one block; the pieces are let go of one by one."""
        columns = {name: np.concatenate(self.pieces.pop(name)) for name in KEPT}
        channel = np.broadcast_to(np.int32(MISSING), len(columns["case"]))  # takes no memory
        return Events(**columns, channel=channel, names=names)


def of_workflows(blocks: Blocks, links: Links, places: Places) -> Iterator[tuple[Owner, Events]]:
    """The events of each workflow: those whose activity is one of its steps. Activities are ids of processes, as text."""
    found: dict[Owner, _Columns] = defaultdict(_Columns)
    steps = tuple(sorted({str(link.process) for rows in links.values() for link in rows}))
    step = {name: code for code, name in enumerate(steps)}
    tables: dict[Owner, NDArray[np.int32]] = {}
    people: tuple[str, ...] = ()
    for block in blocks:
        if not tables:
            tables, people = _tables(block.names, links, step), block.names.person
        unit, line = places.of(block)
        for owner, table in tables.items():
            code = table[block.activity]
            inside = code != MISSING
            if inside.any():
                found[owner].add(_taken(block, inside, code, unit, line))
    names = Names(steps, people, places.units, places.lines)
    for owner in sorted(found, key=lambda one: (one.program or 0, one.workflow or 0)):
        yield owner, found.pop(owner).events(names)


def _tables(names: Names, links: Links, step: Mapping[str, int]) -> dict[Owner, NDArray[np.int32]]:
    """Workflow → code of an activity → code of its step."""
    found: dict[Owner, NDArray[np.int32]] = {}
    for code, activity in enumerate(names.activity):
        for link in links.get(activity, ()):
            table = found.setdefault(link.owner, np.full(len(names.activity), MISSING, dtype=np.int32))
            table[code] = step[str(link.process)]
    return found


def _taken(
    block: Events, inside: NDArray[np.bool_], code: NDArray[np.int32], unit: NDArray[np.int32], line: NDArray[np.int32]
) -> dict[str, NDArray[Any]]:
    columns: dict[str, NDArray[Any]] = {"case": block.case, "time": block.time, "activity": code}
    columns |= {"person": block.person, "unit": unit, "product_line": line}
    return {name: column[inside] for name, column in columns.items()}


def of_whole(blocks: Blocks, places: Places) -> Events | None:
    """All events, with units and lines; None where there are none."""
    columns = _Columns()
    names = None
    for block in blocks:
        unit, line = places.of(block)
        given: dict[str, NDArray[Any]] = {"case": block.case, "time": block.time, "activity": block.activity}
        columns.add({**given, "person": block.person, "unit": unit, "product_line": line})
        names = names or Names(
            tuple(ALIEN + text for text in block.names.activity), block.names.person, places.units, places.lines
        )
    return columns.events(names) if names else None
