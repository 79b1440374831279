"""Rows as sheets in exactly the layout that is read back; and the rows that were kept out, with what to do about each."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from commonground.analysis.facts import Row
from commonground.analysis.tables import Table
from commonground.intake.checking import Checked
from commonground.intake.problems import Problem
from commonground.intake.reading import WOULD_RUN
from commonground.ui.workbooks import workbook

ABOUT = ("row", "column", "value", "why", "remedy")
LONGEST_CELL = 32_767
_WOULD_RUN = re.compile(rf"'*(?:{WOULD_RUN})")
_FIRST_DAY = date(1900, 3, 1)

Cell = str | int | float | bool | date | None


def headers_of(table: Table) -> list[str]:
    """The headers of a table's sheet, in order."""
    return [column.header for column in table.columns]


def cells_of(row: Row) -> list[Cell]:
    """A row of facts as the cells of its sheet; several values of one cell are separated by “; ”."""
    values: tuple[Any, ...] = tuple(row)
    return ["; ".join(value) if isinstance(value, tuple) else value for value in values]


def write_csv(
    headers: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    encoding: str = "utf-8-sig",
    separator: str = ",",
) -> bytes:
    """A sheet as CSV. The byte order mark lets a spreadsheet see that it is UTF-8.

    A text that a spreadsheet would run as a formula gets an apostrophe before it, which reading takes off again.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow([guarded(header) for header in headers])
    for row in rows:
        cells = [guarded(cell) if isinstance(cell, str) else _plain(cell) for cell in row]
        writer.writerow(cells)
    return out.getvalue().encode(encoding)


def guarded(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _WOULD_RUN.match(text) else text


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def write_xlsx(
    sheets: Sequence[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]],
    widths: Mapping[str, Sequence[int]] | None = None,
) -> bytes:
    """A workbook of sheets (name, headers, rows): texts stay texts, days are days. widths: of the columns of a sheet, in letters.

    Raises ValueError when a text is longer than a cell of a workbook can hold (32,767 letters).
    """
    out = io.BytesIO()
    with workbook(out, in_memory=True) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        top = {"valign": "top"} if widths else {}
        day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", **top})
        wrap = book.add_format({"text_wrap": True, **top})
        for name, headers, rows in sheets:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, headers, bold)
            sheet.set_column(0, max(len(headers) - 1, 0), 18)
            for column, width in enumerate((widths or {}).get(name, ())):
                sheet.set_column(column, column, width, wrap)
            for number, row in enumerate(rows, 1):
                for column, cell in enumerate(row):
                    _write_cell(sheet, number, column, cell, day)
    return out.getvalue()


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, day: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_string(row, column, _plain(cell))
    elif isinstance(cell, date) and cell >= _FIRST_DAY:
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001 - a day has no zone
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    else:
        text = _plain(cell) if isinstance(cell, date) else cell
        if len(text) > LONGEST_CELL:
            raise ValueError(
                f"A text of {len(text):,} letters is longer than a cell of a workbook holds. Write CSV instead."
            )
        sheet.write_string(row, column, text)


def rows_kept_out(checked: Checked, problems: Iterable[Problem] | None = None) -> tuple[list[str], list[list[Cell]]]:
    """The rows with an error, once for each of their errors: headers and cells, as they came, and row, column, value, why, remedy.

    problems: those of the sheet unless others are given, of which those of its file count.
    Only columns that are read are given back: what was left out or refused is not kept anywhere.
    """
    raw = checked.raw
    positions = sorted({at for places in checked.mapping.columns.values() for at in places})
    headers = [raw.headers[at] for at in positions]
    by_number = dict(zip(raw.numbers, raw.rows, strict=True))
    found: list[list[Cell]] = []
    for problem in checked.problems if problems is None else problems:
        if problem.severity == "error" and problem.file == raw.file:
            row = by_number.get(problem.row or 0)
            cells: list[Cell] = [row[at] for at in positions] if row else [""] * len(positions)
            found.append([*cells, problem.row, problem.column, problem.value, problem.why, problem.remedy])
    return [*headers, *ABOUT], found
