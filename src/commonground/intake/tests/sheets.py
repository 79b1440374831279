"""Small sheets for tests: text as a file, read as one table."""

from collections.abc import Iterable

from commonground.analysis.tables import TABLES
from commonground.intake.checking import Checked, check
from commonground.intake.headers import match
from commonground.intake.problems import Problem
from commonground.intake.reading import read_tables


def read(table: str, text: str | bytes, name: str = "", **options: object) -> Checked:
    """A file's content read as a table."""
    data = text if isinstance(text, bytes) else text.encode()
    raw = read_tables(data, name or f"{table}.csv")[0]
    saved = options.pop("saved", None)
    return check(raw, TABLES[table], match(TABLES[table], raw.headers, raw.rows, saved), **options)


def said(problems: Iterable[Problem], severity: str | None = None) -> list[tuple[int | None, str | None, str | None]]:
    """(row, column, value) of each problem."""
    return [(one.row, one.column, one.value) for one in problems if severity in (None, one.severity)]
