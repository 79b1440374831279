"""Facts of an example as small sheets, and what its remedy changes in them: for pages, with only the columns that hold something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from commonground.analysis.facts import Facts, Row
from commonground.analysis.tables import TABLES

MOST: Final = 6  # rows of a sheet that are shown


@dataclass(frozen=True)
class Sheet:
    """A sheet of an example. headers: of the columns that hold something; more: rows that are not shown; note: what became of its rows."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int = 0
    note: str = ""


def sheets(facts: Facts) -> list[Sheet]:
    """Every sheet that was given, in the order of the tables."""
    return [_sheet(name, facts.rows(name)) for name in TABLES if facts.has(name)]


def changed(before: Facts, after: Facts) -> list[Sheet]:
    """The rows that are new or read differently after a change; a sheet that only lost some says so."""
    found = []
    for name in TABLES:
        old, new = before.rows(name), after.rows(name)
        rows, gone = [row for row in new if row not in old], sum(row not in new for row in old)
        if rows or gone:
            note = "" if rows else "one row gone" if gone == 1 else f"{gone} rows gone"
            found.append(_sheet(name, rows, note))
    return found


def _sheet(name: str, rows: Sequence[Row], note: str = "") -> Sheet:
    if not rows:
        return Sheet(name, (), (), note=note or "no rows")
    written = [tuple(map(_written, row)) for row in rows]
    filled = [at for at, column in enumerate(zip(*written, strict=True)) if any(column)]
    headers = tuple(TABLES[name].columns[at].header for at in filled)
    shown = tuple(tuple(cells[at] for at in filled) for cells in written[:MOST])
    return Sheet(name, headers, shown, max(len(rows) - MOST, 0), note)


_PLAIN: Final[Mapping[Any, str]] = {None: "", True: "yes", False: "no"}


def _written(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return _PLAIN[value]
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, float):
        return f"{value:g}"
    return value.isoformat() if isinstance(value, date) else str(value)
