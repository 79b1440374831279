"""A file of any kind as raw tables: headers and rows of text, as they stand in it, with what was odd about them."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from commonground.intake import encodings, separated, workbooks
from commonground.intake.headers import known_headers
from commonground.intake.problems import BadInput, Problem

HEAD = 30
ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
WOULD_RUN = rf"[=+\-@\t\r]|(?:{'|'.join(map(re.escape, sorted(ERRORS)))})$"
_GUARDED = re.compile(rf"'+(?:{WOULD_RUN})")
_FORMULA = re.compile(r"=\S|[+\-@](?=[A-Za-z.]+\(|\$?[A-Z]{1,3}\$?\d+\s*(?:[-+*/:,)]|$)|\(|.*\|.*!)")
_INVISIBLE = dict.fromkeys(map(ord, "\x00\u200b\u200e\u200f\ufeff\u2060"))


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table as it stands in a file.

    file: what it is called in problems. name: the sheet's or file's name without ending. rows: as wide as headers, blank ones left out.
    numbers: the number of each row as a spreadsheet shows it. encoding: None for a workbook.
    """

    file: str
    name: str
    headers: tuple[str, ...]
    rows: list[list[str]]
    numbers: Sequence[int]
    header_row: int = 1
    encoding: str | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def first_row(self) -> int:
        """The number of the first row below the headers that holds anything."""
        return self.numbers[0] if self.numbers else self.header_row + 1


def bytes_of(source: Path | bytes, name: str) -> tuple[bytes, str]:
    """What a file holds, and its name. Raises BadInput where it cannot be opened."""
    if isinstance(source, bytes):
        return source, name
    name = name or source.name
    try:
        return source.read_bytes(), name
    except OSError:
        raise BadInput(f"{name} cannot be opened. Check that the file is there and may be read.") from None


def read_tables(source: Path | bytes, name: str = "") -> list[RawTable]:
    """Every table of a file: one of a CSV, one for each visible sheet with content of a workbook.

    source: a path, or the bytes of a file whose name is then given. Raises BadInput when it is missing or holds no table.
    """
    source, name = bytes_of(source, name)
    name = name or "The file"
    encodings.refuse_other_things(source, name)
    tables = _of_workbook(source, name) if workbooks.is_workbook(source) else [_of_text(source, name)]
    if not tables:
        raise BadInput(f"{name} is empty. Give a sheet with a row of headers and rows below it.")
    return tables


def choose(tables: Sequence[RawTable], fit: Callable[[RawTable], float], names: Sequence[str] = ()) -> RawTable:
    """The one table of a workbook that is meant: the one with one of these names, else the one that fits best."""
    for table in tables:
        if _plain(table.name) in map(_plain, names):
            return table
    return max(tables, key=fit)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def _of_text(data: bytes, file: str) -> RawTable:
    decoded = encodings.decode(data, file)
    text, problems = decoded.text, []
    if "\x00" in text:
        text = text.replace("\x00", "")
        why, remedy = (
            "The file holds NUL bytes, as a broken export leaves them.",
            "They were left out: look over the rows.",
        )
        problems.append(Problem(file, None, None, None, why, remedy, "warning"))
    if decoded.guessed:
        why = f"The letters were read as {decoded.encoding}, which is a guess."
        problems.append(Problem(file, None, None, None, why, "If a name looks wrong, save as CSV UTF-8.", "warning"))
    rows = separated.split(text, file, known_headers)
    table = _table(rows, file, Path(file).stem, problems, encoding=decoded.encoding)
    if table is None:
        raise BadInput(f"{file} is empty. Give a sheet with a row of headers and rows below it.")
    return table


def _of_workbook(data: bytes, file: str) -> list[RawTable]:
    sheets = workbooks.sheets(data, file)
    several = sum(1 for _, rows in sheets if rows) > 1
    made = (
        _table(rows, f"{file} ({name})" if several else file, name if several else Path(file).stem, [])
        for name, rows in sheets
    )
    return [table for table in made if table is not None]


def _table(
    rows: list[list[str]], file: str, name: str, problems: list[Problem], encoding: str | None = None
) -> RawTable | None:
    at = _header_at(rows)
    if at is None:
        return None
    headers = [" ".join(cell.translate(_INVISIBLE).split()) for cell in rows[at]]
    while headers and not headers[-1]:
        headers.pop()
    body, numbers = _body(rows, at + 1)
    _report_ragged(body, numbers, len(headers), file, problems)
    width = len(headers)
    body = [row if len(row) == width else [*row[:width], *[""] * (width - len(row))] for row in body]
    _report_cells(body, numbers, headers, file, problems)
    if encoding:
        _unguard(body)
    unique = _unique(headers, at + 1, file, problems)
    return RawTable(file, name, unique, body, numbers, at + 1, encoding, problems)


def _header_at(rows: Sequence[Sequence[str]]) -> int | None:
    """The row of headers: the first with most known headers (at least two), else the first that is nearly as full as any."""
    head = [(at, row) for at, row in enumerate(rows[: HEAD * 4]) if any(cell.strip() for cell in row)][:HEAD]
    if not head:
        return None
    hits = [known_headers(row) for _, row in head]
    if max(hits) >= 2:
        return head[hits.index(max(hits))][0]
    filled = [sum(1 for cell in row if cell.strip()) for _, row in head]
    return next(at for (at, _), count in zip(head, filled, strict=True) if count >= max(filled) * 0.6)


def _body(rows: list[list[str]], start: int) -> tuple[list[list[str]], Sequence[int]]:
    body = [[cell.strip() for cell in row] for row in rows[start:]]
    if not all(map(any, body)):
        kept = [(row, number) for number, row in enumerate(body, start + 1) if any(row)]
        return [row for row, _ in kept], [number for _, number in kept]
    return body, range(start + 1, start + 1 + len(body))


def _report_ragged(
    body: list[list[str]], numbers: Sequence[int], width: int, file: str, problems: list[Problem]
) -> None:
    if max(map(len, body), default=0) <= width:
        return
    for row, number in zip(body, numbers, strict=True):
        beyond = [cell for cell in row[width:] if cell]
        if beyond:
            why = f"The row has {len(row)} cells, the headers are {width}."
            remedy = "Put a value that holds the separator in quotation marks, or give its column a header."
            problems.append(Problem(file, number, None, beyond[0], why, remedy))


def _report_cells(
    body: list[list[str]], numbers: Sequence[int], headers: Sequence[str], file: str, problems: list[Problem]
) -> None:
    """Formulas and errors of a spreadsheet; what cannot be seen in a cell is taken out of it."""
    for at, row in enumerate(body):
        for column, cell in enumerate(row):
            if not cell:
                continue
            if cell[0] in "=+-@#" and (found := _odd(cell)):
                problems.append(Problem(file, numbers[at], headers[column], cell, *found, "warning"))
                row[column] = "" if cell in ERRORS else cell
            elif not cell.isascii() and not cell.isprintable():
                row[column] = cell.translate(_INVISIBLE).strip()


def _odd(cell: str) -> tuple[str, str] | None:
    if cell in ERRORS:
        return (
            "The cell holds an error of the spreadsheet.",
            "It was read as empty: mend the formula or write the value.",
        )
    if _FORMULA.match(cell):
        return "The cell holds a formula, which is never run.", "It was kept as text: write the value instead."
    return None


def _unique(headers: Sequence[str], number: int, file: str, problems: list[Problem]) -> tuple[str, ...]:
    """The headers, a second one of the same name as “name (2)”, so that each column can be told."""
    count: Counter[str] = Counter()
    unique = []
    for header in headers:
        count[header.casefold()] += 1
        if header and count[header.casefold()] > 1:
            why = f"Two columns have the header {header}."
            problems.append(Problem(file, number, header, None, why, "The first is read: rename the other.", "warning"))
            header = f"{header} ({count[header.casefold()]})"  # noqa: PLW2901 - the name it goes by from here on
        unique.append(header)
    return tuple(unique)


def _unguard(rows: list[list[str]]) -> None:
    """Takes off the mark that a written CSV puts before a text which a spreadsheet would run as a formula."""
    for row in rows:
        for column, cell in enumerate(row):
            if cell[:1] == "'" and _GUARDED.match(cell):
                row[column] = cell[1:]
