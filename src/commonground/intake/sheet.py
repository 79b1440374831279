"""A sheet while it is being read: its cells by column, the values made of them, the problems found so far."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from commonground.analysis.facts import Unit
from commonground.analysis.tables import Table
from commonground.intake.headers import Mapped
from commonground.intake.problems import Problem, Severity
from commonground.intake.reading import RawTable

FEW = 5


@dataclass
class Sheet:
    """What the steps of checking share. Positions count the rows from 0; `raw.numbers` turns them into row numbers."""

    raw: RawTable
    table: Table
    mapping: Mapped
    prefer: str | None = None
    cells: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, list[Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    layouts: dict[str, str] = field(default_factory=dict)
    path_units: list[Unit] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)
    names_are_ids: bool = False
    _sets: dict[int, set[str]] = field(default_factory=dict)

    @property
    def length(self) -> int:
        return len(self.raw.rows)

    def header(self, column: str) -> str:
        """The header in the file that a column of ours is read from."""
        positions = self.mapping.columns.get(column, ())
        return " + ".join(self.raw.headers[at] for at in positions) if positions else column

    def column(self, at: int) -> list[str]:
        """The cells of one column of the file."""
        return [row[at] for row in self.raw.rows]

    def cells_of(self, at: int) -> set[str]:
        """The different cells of one column of the file, kept for the next question."""
        if at not in self._sets:
            self._sets[at] = set(self.column(at))
        return self._sets[at]

    def report(
        self, at: int, column: str, value: str | None, why: str, remedy: str, severity: Severity = "error"
    ) -> None:
        """A problem with one value; an error keeps its row out."""
        number = self.raw.numbers[at]
        self.problems.append(Problem(self.raw.file, number, self.header(column), value, why, remedy, severity))
        if severity == "error":
            self.bad.add(at)

    def report_column(self, column: str | None, why: str, remedy: str, severity: Severity = "warning") -> None:
        """A problem with a whole column, at the row of headers."""
        header = self.header(column) if column else None
        self.problems.append(Problem(self.raw.file, self.raw.header_row, header, None, why, remedy, severity))

    def bad_rows(self) -> set[int]:
        """Positions of all rows that are kept out, those that could not even be split among them."""
        broken = {problem.row for problem in self.raw.problems if problem.severity == "error"}
        if broken:
            self.bad |= {at for at, number in enumerate(self.raw.numbers) if number in broken}
        return self.bad

    def names_beside(self, column: str, base: str) -> Mapping[str, str]:
        """Id → name, where a column of names stands beside one of ids."""
        positions = self.mapping.columns.get(column, ())
        if not positions or base not in self.values:
            return {}
        pairs = zip(self.values[base], self.column(positions[0]), strict=True)
        return {id_: name for id_, name in pairs if id_ and name}


def listed(names: Iterable[str], total: int | None = None) -> str:
    """A few names for a sentence: “a, b and 12 more”."""
    every: Sequence[str] = list(names)
    total = len(every) if total is None else total
    shown = ", ".join(every[:FEW])
    return shown if total <= FEW else f"{shown} and {total - FEW:,} more"
