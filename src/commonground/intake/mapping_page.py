"""What the page asks about columns, and what its answers mean."""

from collections.abc import Mapping
from dataclasses import dataclass

from commonground.intake.asked_column import ATTITUDE, AskedColumn
from commonground.intake.headers import ROLE_NAME, UNIT_NAME, match
from commonground.intake.models import Import
from commonground.intake.reading import RawTable
from commonground.intake.uploads import mapping_of, tables_with_guesses
from commonground.intake.words_of_book import READABLE

SAMPLES = 3


@dataclass(frozen=True)
class AskedSheet:
    """One sheet of an import. table: what it is read as, or empty."""

    name: str
    file: str
    table: str
    columns: tuple[AskedColumn, ...]
    ours: tuple[str, ...]


def to_map(row: Import) -> list[AskedSheet]:
    """Every sheet of an import with its columns, as they are read now."""
    return [_asked(row, at, table, raw) for at, (table, raw) in enumerate(tables_with_guesses(row))]


def _asked(row: Import, at: int, table: str, raw: RawTable) -> AskedSheet:
    if not table:
        return AskedSheet(f"sheet.{at}", raw.file, "", (), ())
    mapped = match(READABLE[table], raw.headers, raw.rows, mapping_of(row, table, raw))
    read_as = mapped.saved(raw.headers)
    columns = tuple(
        AskedColumn(
            name=f"column.{table}.{header}",
            header=header,
            read_as=read_as.get(header, ""),
            samples=() if header in mapped.refused else _samples(raw, position),
            withheld=ATTITUDE if header in mapped.refused else "",
        )
        for position, header in enumerate(raw.headers)
        if header
    )
    beside = (UNIT_NAME, ROLE_NAME) if table == "people" else ()
    return AskedSheet(
        f"sheet.{at}", raw.file, table, columns, (*(one.header for one in READABLE[table].columns), *beside)
    )


def _samples(raw: RawTable, position: int) -> tuple[str, ...]:
    found = dict.fromkeys(row[position][:40] for row in raw.rows[:200] if row[position])
    return tuple(found)[:SAMPLES]


def mapping_from(given: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """table → header → our column, out of the answers of the page."""
    found: dict[str, dict[str, str]] = {}
    for name, value in given.items():
        if name.startswith("column."):
            _, table, header = name.split(".", 2)
            if table in READABLE:
                found.setdefault(table, {})[header] = value
    return found


def tables_from(given: Mapping[str, str]) -> dict[str, str]:
    """File → table, out of the answers of the page."""
    found = {}
    for name, table in given.items():
        if name.startswith("sheet.") and (file := given.get(f"file.{name}")):
            found[file] = table if table in READABLE else ""
    return found
