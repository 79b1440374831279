"""Rows of a log that cannot be read: counted, the first of them kept to be shown, none of them silently lost."""

import csv
from collections import Counter
from pathlib import Path

from commonground.intake.problems import BadInput, Problem

HEADERS = ("row", "column", "value", "why", "remedy", "severity")
WOULD_RUN = ("=", "+", "-", "@", "\t", "\r")


class BrokenRow(BadInput):
    """One row cannot be read, and nobody said that such rows may be left out."""


class KeptOut:
    """Takes the problems of a log while it is read.

    keep: how many problems are kept to be shown. strict: the first row that would be kept out raises BadInput instead, with the problem
    as its sentence; warnings do not.
    """

    def __init__(self, keep: int = 1000, *, strict: bool = False) -> None:
        self.keep, self.strict = keep, strict
        self.rows = 0
        self.columns: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def __bool__(self) -> bool:
        return self.rows > 0

    @property
    def room(self) -> int:
        """For how many further problems there is a place; none is kept beyond."""
        return max(self.keep - len(self.problems), 0)

    def add(self, problem: Problem) -> None:
        """One row that is kept out. Raises BadInput when strict."""
        if self.strict:
            raise BrokenRow(sentence(problem))
        self.rows += 1
        self.columns[problem.column or ""] += 1
        if self.room:
            self.problems.append(problem)

    def add_uncounted(self, rows: int, column: str | None) -> None:
        """Rows that are kept out beyond those there is room for."""
        self.rows += rows
        self.columns[column or ""] += rows

    def warn(self, problem: Problem) -> None:
        """Something odd that keeps no row out; told once."""
        if problem not in self.warnings and len(self.warnings) < self.keep:
            self.warnings.append(problem)

    def write(self, path: Path) -> None:
        """The kept problems as CSV (UTF-8 with a mark, so that spreadsheets read it)."""
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            out = csv.writer(file)
            out.writerow(HEADERS)
            for problem in (*self.warnings, *self.problems):
                out.writerow(_harmless(value) for value in problem.as_dict().values())


def sentence(problem: Problem) -> str:
    """A problem as one sentence: the file, row and column, why, the remedy."""
    where = [problem.file]
    if problem.row is not None:
        where.append(f"row {problem.row:,}")
    if problem.column:
        where.append(f"column {problem.column}")
    return f"{', '.join(where)}: {problem.why} {problem.remedy}"


def _harmless(value: str | int | None) -> str | int:
    """A value that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(WOULD_RUN):
        return f"'{value}"
    return "" if value is None else value
