"""A folder, or one workbook, of sheets as facts: which file is which table, and what they say about one another."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeGuard

from commonground.analysis.facts import Facts, Person, Role, Row, Unit, Workflow
from commonground.analysis.tables import TABLES
from commonground.intake import words, words_of_book
from commonground.intake.checking import Checked
from commonground.intake.columns import MADE_AS_NEEDED
from commonground.intake.headers import plain
from commonground.intake.problems import BadInput, Problem
from commonground.intake.reading import RawTable, read_tables
from commonground.intake.together import check_together, whole_file

ENDINGS = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
_NOISE = frozenset("export sheet list table final copy data draft new the of our all csv v file".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class FolderRead:
    """What a folder of sheets says: facts of the sheets that are there, every problem in them, and each sheet by its table."""

    facts: Facts
    problems: list[Problem]
    sheets: Mapping[str, Checked] = field(default_factory=dict)


def read_folder(path: Path, as_of: date, *, prefer: str | None = None) -> FolderRead:
    """Reads every sheet of a folder (CSV, XLSX, …), or of one workbook, and resolves what they say about one another.

    A table without a sheet is absent from the facts, except units that come as paths (ORG LEVEL 1, 2, …) of a sheet of people. A file that
    cannot be read is a problem of its own and does not stop the others. prefer: "day first" or "month first", for columns of days that
    do not tell. Raises BadInput when nothing there is a sheet.
    """
    problems: list[Problem] = []
    raws = _choose(_read_files(path, problems), problems)
    if not raws and not problems:
        raise BadInput(
            f"{path} holds no sheet that is known by its name. Put people.csv and processes.csv there, or a workbook with such sheets."
        )
    checked, found, _ = check_together(raws, prefer=prefer)
    problems += found
    return FolderRead(Facts(_tables(checked), as_of), problems, checked)


def table_of(name: str) -> tuple[str, int] | None:
    """The table that a file's or sheet's name means, and how far from the table's own name that is (0: the same).

    Numbers, punctuation and words like "export" or "final" do not count: "01_processes", "People 2025-03", "Role Changes".
    """
    return _named(name, words.SHEETS)


def book_of(name: str) -> str:
    """The sheet of common practice (communication plan, RAID, …) that a file's or sheet's name means; empty for none."""
    found = _named(name, words_of_book.SHEETS)
    return found[0] if found else ""


def _named(name: str, called: Mapping[str, tuple[str, ...]]) -> tuple[str, int] | None:
    parts = re.findall(r"[^\W\d_]+", name)
    tries = (plain("".join(parts)), plain("".join(part for part in parts if part.casefold() not in _NOISE)))
    for table, synonyms in called.items():
        names = [plain(table), *map(plain, synonyms)]
        for attempt in tries:
            if attempt in names:
                return table, names.index(attempt)
    return None


def _read_files(path: Path, problems: list[Problem]) -> list[RawTable]:
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if _is_sheet(file))
    elif path.is_file():
        files = [path]
    else:
        raise BadInput(f"{path} is not there. Give a folder of sheets, or a workbook.")
    found: list[RawTable] = []
    for file in files:
        if not _worth_reading(file):
            problems.append(_left_out(file.name, "Its name is not one of a sheet that is known."))
            continue
        try:
            found += read_tables(file)
        except BadInput as error:
            problems.append(whole_file(file.name, error))
    return found


def _is_sheet(file: Path) -> bool:
    return file.is_file() and file.suffix.lower() in ENDINGS and not file.name.startswith((".", "~$"))


def _worth_reading(file: Path) -> bool:
    return file.suffix.lower() not in {".csv", ".tsv", ".txt"} or table_of(file.stem) is not None


def _choose(raws: Iterable[RawTable], problems: list[Problem]) -> dict[str, RawTable]:
    """The one raw table for each table: where several would do, the one that is named most like it."""
    best: dict[str, tuple[int, RawTable]] = {}
    for raw in raws:
        found = table_of(raw.name)
        if found is None:
            problems.append(_left_out(raw.file, "Its name is not one of a sheet that is known."))
            continue
        table, distance = found
        other = best.get(table)
        if other is None or distance < other[0]:
            best[table] = (distance, raw)
        if other is not None:
            lost = raw if best[table] is other else other[1]
            problems.append(_left_out(lost.file, f"{best[table][1].file} is read for {table}."))
    return {table: raw for table, (_, raw) in best.items()}


def _left_out(file: str, why: str) -> Problem:
    remedy = f"It was left out. Sheets are named {', '.join(TABLES)}."
    return Problem(file, None, None, None, why, remedy, "warning")


def _tables(checked: Mapping[str, Checked]) -> dict[str, list[Row]]:
    """The rows of each sheet, with what other sheets name beside it, and units that came as paths of a sheet of people."""
    tables = {table: list(one.rows) for table, one in checked.items()}
    people = checked.get("people")
    if people is not None and len(people.mapping.columns.get("unit", ())) > 1:
        tables.setdefault("units", [])
    for table in ("people", *sorted(MADE_AS_NEEDED)):
        if table in tables:
            named = {row.id: row for one in checked.values() for row in one.implied.get(table, ()) if has_id(row)}
            there = {row.id for row in tables[table] if has_id(row)}
            tables[table] += [row for id_, row in named.items() if id_ not in there]
    return tables


def has_id(row: Row) -> TypeGuard[Person | Unit | Role | Workflow]:
    return isinstance(row, Person | Unit | Role | Workflow)
