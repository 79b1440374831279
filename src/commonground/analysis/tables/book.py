"""The sheets of common practice (communication plan, training plan, RAID, roadmap, KPI, RACI) as they are read.

They are no tables of facts: what they say goes into activities, training, processes and behaviours.
"""

import datetime
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from commonground.analysis.plan import book
from commonground.analysis.tables.columns import Column, Table


class Message(NamedTuple):
    """A row of a communication plan. timing: a day, or words such as “weekly”."""

    id: str | None = None
    message: str = ""
    audience: str | None = None
    channel: str | None = None
    sender: str | None = None
    owner: str | None = None
    timing: str | None = None
    status: str | None = None
    notes: str | None = None


class Lesson(NamedTuple):
    """A row of a training plan: what is counted in it (headcount, trained, completion) is known and not read."""

    id: str | None = None
    training_module: str = ""
    target_role: str | None = None
    format: str | None = None
    duration: str | None = None
    trainer: str | None = None
    target_headcount: str | None = None
    trained: str | None = None
    completion: str | None = None
    date: datetime.date | None = None
    status: str | None = None


class RaidRow(NamedTuple):
    """A row of a RAID log."""

    id: str | None = None
    type: str | None = None
    statement: str = ""
    owner: str | None = None
    response: str | None = None
    due: datetime.date | None = None
    status: str | None = None
    escalation: str | None = None


class Step(NamedTuple):
    """A row of a roadmap. end_date: the last day."""

    id: str | None = None
    activity: str = ""
    phase: str | None = None
    owner: str | None = None
    audience: str | None = None
    status: str | None = None
    start_date: datetime.date | None = None
    end_date: datetime.date | None = None
    notes: str | None = None


class Measure(NamedTuple):
    """A row of a sheet of measures."""

    id: str | None = None
    kpi: str = ""
    definition: str | None = None
    current: str | None = None
    target: str | None = None
    status: str | None = None
    trend: str | None = None


class Parts(NamedTuple):
    """A row of a RACI matrix; several names are separated by a semicolon."""

    id: str | None = None
    activity: str = ""
    responsible: str | None = None
    accountable: str | None = None
    consulted: str | None = None
    informed: str | None = None


DAYS: Final = frozenset({"date", "due", "start_date", "end_date"})


def _table(name: str, row: Any, needed: str) -> Table:
    columns = tuple(
        Column(one, "id" if one == "id" else "day" if one in DAYS else "text", needed=one == needed)
        for one in row._fields
    )
    return Table(name, row, columns, ("id",) if "id" in row._fields else (needed,))


BOOK: Final[Mapping[str, Table]] = {
    table.name: table
    for table in (
        _table(book.COMMUNICATION, Message, "message"),
        _table(book.TRAINING, Lesson, "training_module"),
        _table(book.RAID, RaidRow, "statement"),
        _table(book.ROADMAP, Step, "activity"),
        _table(book.KPI, Measure, "kpi"),
        _table(book.RACI, Parts, "activity"),
    )
}
