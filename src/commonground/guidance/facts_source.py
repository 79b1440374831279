"""The facts of a program out of the database: the same rows as the sheets, as of a day, in one of the views of `embargo.py`.

A table without a row is absent, as a sheet that was never given (GLOSSARY), unless it is kept here together with another one that
holds something. Ids are the keys of the sheets. Each table is read by one query or two and kept per process until the version
counter of what it is made of moves on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from commonground.analysis.facts import ROWS, Facts, Row
from commonground.guidance import (
    assessment_rows,
    coalition_rows,
    experiment_rows,
    gate_rows,
    hiccup_rows,
    message_rows,
    organization_rows,
    pace_rows,
    perception_rows,
    plan_budget_rows,
    plan_load_rows,
    plan_phase_rows,
    plan_training_rows,
    reach_rows,
    realignment_rows,
    reinforcement_rows,
    sending_rows,
    step_rows,
    team_rows,
    voice_rows,
    work_rows,
)
from commonground.guidance.embargo import COUNTED, STAGED, Present, shallowest, stages_present
from commonground.guidance.guidelines import CATALOGUE
from commonground.guidance.reading import Reading
from commonground.journal.models import Version
from commonground.programs.models import Program
from commonground.realignment.models import HolderPath, ProcessFate, RoleFate


@dataclass(frozen=True)
class Table:
    """How a table is read and when it is stale. rests_on: counters beside its own; staged: kinds of planned rows in it."""

    read: Callable[[Reading], Sequence[Row]]
    rests_on: tuple[str, ...] = ()
    staged: tuple[type[Any], ...] = ()
    dated: bool = False
    mark: Callable[[Reading], Any] | None = (
        None  # while it and the table's own counter stand, what it rests on has not mattered
    )
    whole: bool = False  # of the whole instance, whatever the program
    kept_with: str = (
        ""  # the table with which it is kept here: once that holds anything, an empty one says that there is none
    )


TABLES: Mapping[str, Table] = {
    "people": Table(organization_rows.people, ("units", "roles"), whole=True),
    "units": Table(organization_rows.units, whole=True),
    "roles": Table(organization_rows.roles, ("stages",), (RoleFate,), dated=True),
    "processes": Table(work_rows.processes, ("stages",), (ProcessFate,), dated=True),
    "does": Table(work_rows.does, ("processes",), dated=True, mark=work_rows.does_mark),
    "workflows": Table(work_rows.workflows, dated=True),
    "handoffs": Table(work_rows.handoffs, ("processes", "stages"), (ProcessFate,), dated=True),
    "log_activities": Table(work_rows.log_activities),
    "role_changes": Table(realignment_rows.role_changes, ("stages",), (RoleFate,)),
    "paths": Table(realignment_rows.paths, ("stages",), (HolderPath,)),
    "acknowledgements": Table(realignment_rows.acknowledgements, ("role_changes", "stages"), (RoleFate,)),
    "stages": Table(realignment_rows.stages, (), STAGED),
    "conversations": Table(realignment_rows.conversations, ("role_changes", "stages"), (RoleFate,)),
    "milestones": Table(work_rows.milestones),
    "solutions": Table(realignment_rows.solutions),
    "seats": Table(realignment_rows.seats, ("solutions",)),
    "takes_part": Table(realignment_rows.takes_part, ("solutions",)),
    "engagements": Table(work_rows.engagements),
    "activities": Table(work_rows.activities, ("people", "units", "roles"), dated=True),
    "behaviours": Table(pace_rows.behaviours),
    "pace": Table(pace_rows.pace),
    "forecasts": Table(pace_rows.forecasts, ("behaviours",)),
    "sources": Table(pace_rows.sources),
    "voices": Table(voice_rows.voices, ("people", "units"), dated=True),
    "rounds": Table(assessment_rows.rounds),
    "response": Table(assessment_rows.response, ("rounds",)),
    "amount_of_change": Table(assessment_rows.amount_of_change),
    "impacts": Table(assessment_rows.impacts),
    "perceptions": Table(perception_rows.perceptions, ("people", "units"), dated=True),
    "reassignments": Table(perception_rows.reassignments, ("paths", "people"), (HolderPath,), dated=True),
    "team": Table(team_rows.team),
    "sponsors": Table(coalition_rows.sponsors, ("acts",), dated=True, kept_with="milestones"),
    "acts": Table(coalition_rows.acts, kept_with="sponsors"),
    "champions": Table(coalition_rows.champions, dated=True),
    "champion_meetings": Table(coalition_rows.champion_meetings, kept_with="champions"),
    "budget": Table(plan_budget_rows.budget, dated=True),
    "phases": Table(plan_phase_rows.phases),
    "gates": Table(gate_rows.gates),
    "evidence": Table(gate_rows.evidence, kept_with="gates"),
    "panels": Table(plan_phase_rows.panels),
    "improvements": Table(plan_phase_rows.improvements),
    "training": Table(plan_training_rows.training, ("stages",), (RoleFate,)),
    "sessions": Table(plan_training_rows.sessions, ("training", "stages"), (RoleFate,), kept_with="training"),
    "attendance": Table(plan_training_rows.attendance, ("training", "stages"), (RoleFate,), kept_with="training"),
    "steps": Table(step_rows.steps, ("messages", "stages"), (RoleFate, ProcessFate)),
    "experiments": Table(experiment_rows.experiments, ("behaviours", "units", "people")),
    "capacity": Table(plan_load_rows.capacity),
    "blackouts": Table(plan_load_rows.blackouts),
    "segments": Table(reach_rows.segments),
    "reachable": Table(reach_rows.reachable, ("segments",), kept_with="segments"),
    "hiccups": Table(hiccup_rows.hiccups, ("milestones",)),
    "messages": Table(message_rows.messages, ("stages", "milestones", "segments"), (RoleFate, ProcessFate)),
    "reinforcements": Table(reinforcement_rows.reinforcements, ("behaviours",)),
    "sunsets": Table(reinforcement_rows.sunsets, ("behaviours",)),
    "corrective_steps": Table(reinforcement_rows.corrective_steps, ("behaviours",)),
    "sendings": Table(sending_rows.sendings, ("messages", "stages"), (RoleFate, ProcessFate)),
}
assert TABLES.keys() == ROWS.keys()  # noqa: S101 - a new table of facts must be read here too

Signature = tuple[Any, ...]
Counters = Mapping[str, tuple[int, int]]


def counters() -> Counters:
    """Facts table → identity and number of its version counter; a table that never changed is not in it."""
    return {table: (pk, number) for table, pk, number in Version.objects.values_list("table", "pk", "number")}


def seen_at(at: Counters) -> dict[str, Any]:
    """What a run that begins now takes into account: the counters of the tables, and which guidelines there are."""
    return {"guidelines": sorted(CATALOGUE), **{table: list(numbers) for table, numbers in at.items()}}


def counters_of(table: str) -> tuple[str, ...]:
    """The counters that say whether what a table says has changed: one that is kept with another also says that it is there."""
    kept_with = TABLES[table].kept_with
    return (*_read_from(table), *(_read_from(kept_with) if kept_with else ()))


def _read_from(table: str) -> tuple[str, ...]:
    """The counters of what a table's rows are made of."""
    return (table, *TABLES[table].rests_on)


class Read(NamedTuple):
    """Rows that were read, at which counters and day, and their table's mark then."""

    signature: Signature
    rows: Sequence[Row]
    mark: Any = None

    @property
    def own(self) -> Signature:
        """The table's own counter, and the day where it is dated."""
        return (self.signature[0], self.signature[-1])


@dataclass
class Kept:
    """Tables read before, in this process."""

    tables: dict[tuple[Any, ...], Read] = field(default_factory=dict)

    def clear(self) -> None:
        self.tables.clear()


KEPT = Kept()


def facts_of(
    program: Program, view: str, day: date, *, at: Counters | None = None, present: Present | None = None
) -> Facts:
    """Every table of a program in a view, as of a day.

    at: the counters, taken before; tables of the same counters are not read again. present: see `embargo.stages_present`.
    """
    at = counters() if at is None else at
    present = stages_present(program) if present is None else present
    found = {name: _rows(name, program, view, day, at, present) for name in TABLES}
    given = {name for name, rows in found.items() if rows or found.get(TABLES[name].kept_with)}
    return Facts({name: found[name] for name in TABLES if name in given}, as_of=day)


def _rows(name: str, program: Program, view: str, day: date, at: Counters, present: Present) -> Sequence[Row]:
    table = TABLES[name]
    view = shallowest(view, frozenset[str]().union(*(present[model] for model in table.staged)))
    reading = Reading(program.pk, COUNTED[view], day)
    # Inside a transaction nothing is kept: it may still be undone. A table without a counter has nothing to be known by.
    if connection.in_atomic_block or name not in at:
        return table.read(reading)
    key = (name,) if table.whole else (name, program.pk, view)
    signature = (*(at.get(counter) for counter in _read_from(name)), day if table.dated else None)
    known = KEPT.tables.get(key)
    if known is None or known.signature != signature:
        known = KEPT.tables[key] = _read(table, reading, signature, known)
    return known.rows


def _read(table: Table, reading: Reading, signature: Signature, known: "Read | None") -> "Read":
    """Reads a table again. Rows that turn out to be the same stay the same object, by which registers know what still holds."""
    mark = table.mark(reading) if table.mark is not None else None
    if known is not None and mark is not None and (known.mark, known.own) == (mark, (signature[0], signature[-1])):
        return Read(signature, known.rows, mark)
    rows = table.read(reading)
    return Read(signature, known.rows if known is not None and known.rows == rows else rows, mark)
