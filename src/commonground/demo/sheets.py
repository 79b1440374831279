"""Writes rows of facts as the plain sheets that `commonground check` reads."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from io import StringIO
from pathlib import Path

from commonground.analysis.facts import Row
from commonground.analysis.tables import TABLES


def sheet(table: str, rows: Sequence[Row]) -> str:
    """One sheet as CSV with its header. Columns in which no row has a value are left out, unless they are needed."""
    columns = [
        column
        for column in TABLES[table].columns
        if column.needed or any(getattr(row, column.name) not in (None, ()) for row in rows)
    ]
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.header for column in columns)
    writer.writerows([_text(getattr(row, column.name)) for column in columns] for row in rows)
    return out.getvalue()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, float):
        return f"{value:g}"
    return value.isoformat() if isinstance(value, date) else str(value)


def write_sheets(folder: Path, tables: Mapping[str, Sequence[Row]]) -> int:
    """Writes a sheet for each table that has rows into the folder, made when it is missing. Returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    given = {table: rows for table, rows in tables.items() if rows}
    for table, rows in given.items():
        (folder / f"{table}.csv").write_text(sheet(table, rows), encoding="utf-8")
    return len(given)
