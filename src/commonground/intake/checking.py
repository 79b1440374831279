"""A raw table as rows of facts: every value read as what its column holds, with a problem for each that cannot be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from commonground.analysis.facts import Row
from commonground.analysis.tables import Column, Table
from commonground.intake import columns as read
from commonground.intake.headers import ROLE_NAME, UNIT_NAME, Mapped
from commonground.intake.identity import identify
from commonground.intake.people import check_people
from commonground.intake.periods import check_repeats
from commonground.intake.problems import BadInput, Problem
from commonground.intake.reading import RawTable
from commonground.intake.references import Index
from commonground.intake.sheet import Sheet
from commonground.intake.words_of_book import READABLE


@dataclass(frozen=True, slots=True)
class Checked:
    """A sheet that has been read.

    rows: those that can be taken over, as rows of facts. numbers: the number of each in the file. total: how many rows the file has.
    implied: table → rows of it that only references name (units by name, say). layouts: column → the layout of its days.
    values: header → value of every row of the file, kept out or not; for summaries.
    """

    table: Table
    raw: RawTable
    mapping: Mapped
    rows: list[Row]
    numbers: list[int]
    problems: list[Problem]
    total: int
    implied: Mapping[str, list[Row]] = field(default_factory=dict)
    layouts: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, list[Any]] = field(default_factory=dict)


def check(
    raw: RawTable,
    table: Table,
    mapping: Mapped,
    *,
    references: Mapping[str, Index] | None = None,
    prefer: str | None = None,
) -> Checked:
    """Reads every value of a sheet and says what is wrong with which.

    references: what references may mean, by table; a table that is not in it is open: any value stands for a thing of that id. The
    sheet's own rows are added to what is known of its table. prefer: "day first" or "month first", for columns of days that do not
    tell. Raises BadInput when a column that is needed is absent.
    """
    sheet = prepare(raw, table, mapping, prefer=prefer)
    known = dict(references or {})
    known[table.name] = index_of(sheet, known.get(table.name))
    return finish(sheet, known)


def prepare(raw: RawTable, table: Table, mapping: Mapped, *, prefer: str | None = None) -> Sheet:
    """The first half of `check`: which thing each row is about. Raises BadInput when a column that is needed is absent."""
    sheet = Sheet(raw, table, mapping, prefer)
    identify(sheet)
    _need_columns(sheet)
    return sheet


def finish(sheet: Sheet, known: dict[str, Index]) -> Checked:
    """The second half of `check`, when all sheets are known that this one may refer to. Tables absent from `known` are added, open."""
    own = known[sheet.table.name]
    own.open = sheet.names_are_ids and sheet.table.name == "people"  # a manager may have no row of their own
    for column in sheet.table.columns:
        sheet.values[column.header] = _read(sheet, column, known)
    own.open = False
    if sheet.table.name == "people":
        check_people(sheet, own)
    check_repeats(sheet)
    for table, base, beside in (("units", "unit", UNIT_NAME), ("roles", "role", ROLE_NAME)):
        if (names := sheet.names_beside(beside, base)) and known[table].open:
            known[table].add(list(names), list(names.values()))
    return _checked(sheet, known)


def _need_columns(sheet: Sheet) -> None:
    missing = [column.header for column in sheet.table.columns if column.needed and column.header not in sheet.cells]
    if missing:
        there = ", ".join(header for header in sheet.raw.headers if header) or "none"
        raise BadInput(
            f"{sheet.raw.file} has no column for {' or '.join(missing)} of {sheet.table.name} in row {sheet.raw.header_row}; its "
            f"headers are {there}. Name the column {missing[0]}, or say which header means it."
        )


def index_of(sheet: Sheet, before: Index | None = None) -> Index:
    """What references into the sheet's own table may mean: its rows, and what was known before."""
    index = Index()
    if before is not None:
        index.ids |= before.ids
        index.labels += before.labels
    if "id" in sheet.cells and sheet.table.name != "stages":
        labels = [sheet.cells[header] for header in ("name", "email") if header in sheet.cells]
        index.add(sheet.cells["id"], *labels)
    return index


def _read(sheet: Sheet, column: Column, known: dict[str, Index]) -> list[Any]:
    """One column as values of its kind; None where a cell is empty or cannot be read."""
    cells = sheet.cells.get(column.header)
    if cells is None:
        return [() if column.many else None] * sheet.length
    if column.needed:
        read.need(sheet, column, cells)
    if column.kind == "ref":
        known.setdefault(column.refers, Index(open=True))
        if column.header == "unit" and sheet.path_units:
            known["units"].add([unit.id for unit in sheet.path_units], [unit.name for unit in sheet.path_units])
            return read.texts(sheet, column, cells)
        return read.references(sheet, column, cells, known)
    if sheet.table.name == "stages" and column.header == "id":
        return read.staged(sheet, column, cells, known)
    return read.READERS[column.kind](sheet, column, cells)


def _checked(sheet: Sheet, known: Mapping[str, Index]) -> Checked:
    raw, table = sheet.raw, sheet.table
    bad = sheet.bad_rows()
    ordered = [sheet.values[column.header] for column in table.columns]
    make: Any = table.row
    good = [at for at in range(sheet.length) if at not in bad]
    if bad:
        ordered = [[values[at] for at in good] for values in ordered]
    rows: list[Row] = list(map(make, *ordered)) if good else []
    problems = sorted([*raw.problems, *sheet.problems], key=lambda problem: problem.row or 0)
    numbers = [raw.numbers[at] for at in good]
    implied = _implied(sheet, known)
    return Checked(
        table, raw, sheet.mapping, rows, numbers, problems, len(raw.rows), implied, sheet.layouts, sheet.values
    )


def _implied(sheet: Sheet, known: Mapping[str, Index]) -> dict[str, list[Row]]:
    """Rows of other tables that this sheet names and no sheet holds."""
    implied: dict[str, list[Row]] = {}
    if sheet.path_units:
        implied["units"] = list(sheet.path_units)
    names = {"units": sheet.names_beside(UNIT_NAME, "unit"), "roles": sheet.names_beside(ROLE_NAME, "role")}
    for name, index in known.items():
        make: Any = READABLE[name].row
        if index.implied and "name" in make._fields and name not in implied:
            better = names.get(name, {})
            implied[name] = [make(id_, better.get(id_, label)) for id_, label in index.implied.items()]
    return implied
