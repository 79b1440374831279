"""What an import would do, worked out before anything is written; committing is writing it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import models

from commonground.access.actor import Actor
from commonground.analysis.facts import Row
from commonground.analysis.tables import Column
from commonground.intake.batch import Batch
from commonground.intake.checking import Checked
from commonground.intake.problems import Problem
from commonground.intake.references import Index
from commonground.intake.words_of_book import READABLE
from commonground.organization.timeline import Line
from commonground.organization.units import Stand
from commonground.programs.models import Program

NEW, CHANGED, SAME, KEPT_OUT, NOT_BROUGHT = "new", "changed", "unchanged", "kept_out", "not_brought"


@dataclass(frozen=True, slots=True)
class Options:
    """What the importer decides. day: from which on a difference holds. missing: what becomes of people who are not in the sheet."""

    day: date
    missing: str = "list"
    prefer: str | None = None


@dataclass
class Plan:
    """The rows to be written and what to tell about them. counts: table → how many are new, changed, unchanged, kept out, not brought
    (`not_brought`: rows that belong on another page)."""

    program: Program
    by: Actor
    at: datetime
    options: Options
    sheets: Mapping[str, Checked]
    indexes: Mapping[str, Index]
    batch: Batch = field(default_factory=Batch)
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    not_brought: list[Problem] = field(default_factory=list)
    facts: set[str] = field(default_factory=set)
    ids: dict[str, dict[str, int]] = field(default_factory=dict)
    missing: list[tuple[str, str]] = field(default_factory=list)
    unsealed: list[models.Model] = field(default_factory=list)
    stands: dict[int, Line[Stand]] = field(default_factory=dict)
    planned: dict[str, dict[Any, list[Any]]] = field(default_factory=dict)
    seen: set[tuple[type[models.Model], int]] = field(default_factory=set)
    _rows: dict[str, list[Any]] = field(default_factory=dict)

    def count(self, table: str, how: str, facts: Iterable[str] | None = None) -> None:
        """Counts one row of a sheet; what is new or changed moves the facts on."""
        self.counts.setdefault(table, Counter())[how] += 1
        if how in (NEW, CHANGED):
            self.facts.update((table,) if facts is None else facts)

    def sees(self, row: models.Model) -> bool:
        """Whether the importer may see a planned row."""
        return (type(row), row.pk) in self.seen

    def position(self, table: str, row: Any) -> int:
        """Where a row stands among those that the check let through."""
        return next(at for at, one in enumerate(self.sheets[table].rows) if one is row)

    def refuse(self, table: str, at: int, column: str, value: object, why: str, remedy: str) -> None:
        """Keeps a row out that fits its sheet and not what is known. at: position among the rows that the check let through."""
        self.problems.append(self._problem(table, at, column, value, why, remedy))
        self.count(table, KEPT_OUT)

    def warn(self, table: str, at: int, column: str, value: object, why: str, remedy: str) -> None:
        """Tells of a value that is read otherwise than written; the row is taken over."""
        self.problems.append(replace(self._problem(table, at, column, value, why, remedy), severity="warning"))

    def leave(self, table: str, at: int, column: str, value: object, why: str, remedy: str) -> None:
        """Leaves a row where it belongs: it is told, given back as a file, and stops nothing."""
        problem = self._problem(table, at, column, value, why, remedy)
        self.not_brought.append(problem)
        self.problems.append(replace(problem, severity="warning"))
        self.count(table, NOT_BROUGHT)

    def _problem(self, table: str, at: int, column: str, value: object, why: str, remedy: str) -> Problem:
        checked = self.sheets[table]
        positions = checked.mapping.columns.get(column, ())
        header = " + ".join(checked.raw.headers[at] for at in positions) if positions else column
        return Problem(
            checked.raw.file, checked.numbers[at], header, None if value is None else str(value), why, remedy
        )

    def rows(self, table: str) -> "list[Any]":
        """The rows of a sheet that can be written: what they speak of is there, and not itself kept out."""
        if table not in self._rows:
            checked = self.sheets.get(table)
            self._rows[table] = self._resolvable(table, list(checked.rows)) if checked else []
        return self._rows[table]

    def _resolvable(self, table: str, rows: "list[Any]") -> "list[Any]":
        references = [column for column in READABLE[table].columns if column.refers and self.has(table, column.header)]
        own = any(column.refers == table for column in references)
        good = list(enumerate(rows))
        while True:
            there = {row.id for _, row in good} if own else set()
            kept = [(at, row) for at, row in good if not self._refused(table, at, row, references, there)]
            if len(kept) == len(good) or not own:
                return [row for _, row in kept]
            good = kept

    def _refused(self, table: str, at: int, row: Any, references: "list[Column]", there: set[str]) -> bool:
        for column in references:
            value = getattr(row, column.name)
            known = self.ids.get(column.refers, {})
            for one in value if column.many else (value,):
                if one is not None and one not in known and (column.refers != table or one not in there):
                    why = f"The row of {one} among the {column.refers} is itself kept out."
                    self.refuse(table, at, column.header, one, why, "Mend that row first.")
                    return True
        return False

    def named_only(self, table: str) -> "list[Any]":
        """Rows of a table that the sheets only name."""
        found: dict[str, Row] = {}
        for checked in self.sheets.values():
            for row in checked.implied.get(table, ()):
                found[row.id] = row  # type: ignore[union-attr]  # only tables with an id are implied
        return list(found.values())

    def has(self, table: str, column: str) -> bool:
        """Whether a sheet has a column; where it has none, what is known stays."""
        return table in self.sheets and column in self.sheets[table].mapping.columns

    def fields(self, table: str, read: Mapping[str, tuple[str, Callable[[Any], Any]]]) -> "Fields":
        """Those of the columns that the sheet has. read: our header → column of the database and how its value is told from a row."""
        return Fields([target for header, target in read.items() if self.has(table, header)])

    def id_of(self, table: str, key: str | None) -> int | None:
        """The id in the database of a thing by its key; None for none."""
        return self.ids[table][key] if key is not None else None


@dataclass(frozen=True, slots=True)
class Fields:
    """How rows of one sheet become values of columns."""

    read: list[tuple[str, Callable[[Any], Any]]]

    def of(self, row: Any) -> dict[str, Any]:
        return {column: value(row) for column, value in self.read}


def text(name: str) -> Callable[[Any], str]:
    """A text of a row as the database holds it: empty where the sheet has none."""
    return lambda row: getattr(row, name) or ""


def just(name: str) -> Callable[[Any], Any]:
    """A value of a row as it is."""
    return lambda row: getattr(row, name)
