"""Workbooks (XLSX, XLS, ODS) as rows of text cells, one list for each sheet that can be seen."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.sax.saxutils import unescape

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from commonground.intake.problems import BadInput

MOST_BYTES = 1_500_000_000
MOST_CELLS = 40_000_000  # of a sheet, empty ones among them: the reader makes room for all up to the last
_FAR_RIGHT, _FAR_DOWN = re.compile(rb'\br="([A-Z]{2,})\d'), re.compile(rb'\br="[A-Z]+(\d{6,})"')
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*>\s*<f\b[^>]*?(?:/>|>([^<]*)</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>')
_SHEET = re.compile(r'<sheet\b[^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')
_LINK = re.compile(r"<Relationship\b[^>]*>")
_OF_LINK = re.compile(r'\b(Id|Target)="([^"]*)"')


def is_workbook(data: bytes) -> bool:
    """Whether the first bytes are those of a workbook (or of another archive, which `sheets` then refuses)."""
    return data.startswith((ZIP, OLE))


def sheets(data: bytes, file: str) -> list[tuple[str, list[list[str]]]]:
    """Name and rows of each visible worksheet. Numbers that are whole lose their ".0", days become ISO.

    A formula without a stored result is kept as its text, with "=" before it. Raises BadInput for what is no workbook.
    """
    _refuse_other_archives(data, file)
    _refuse_far_cells(data, file)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            seen = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
            ]
            found = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in seen]
    except PasswordError:
        raise BadInput(f"{file} is locked with a password. Save it without one and give it again.") from None
    except CalamineError:
        raise BadInput(
            f"{file} cannot be opened as a workbook. Save it anew as XLSX or CSV and give that file."
        ) from None
    except BaseException as error:  # the reader is compiled: a damaged file can end in a panic, which is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise BadInput(f"{file} is damaged as a workbook. Save it anew as XLSX or CSV and give that file.") from None
    formulas = _formulas_without_result(data)
    return [(name, _with_formulas(_texts(rows), formulas.get(name, {}))) for name, rows in found]


def _refuse_other_archives(data: bytes, file: str) -> None:
    if not data.startswith(ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise BadInput(f"{file} is damaged as a workbook. Save it anew as XLSX or CSV and give that file.") from None
    if any(name.startswith("word/") for name in names) or any(name.startswith("ppt/") for name in names):
        raise BadInput(f"{file} is a document, not a table. Copy its table into a workbook and give that file.")
    if not any(name.startswith("xl/") or name == "content.xml" for name in names):
        raise BadInput(f"{file} is an archive, not a table. Unpack it and give the sheet inside.")
    if size > MOST_BYTES:
        raise BadInput(f"{file} unpacks to {size // 1_000_000:,} MB, more than is read. Save its sheets as CSV files.")


def _refuse_far_cells(data: bytes, file: str) -> None:
    """A stray cell in the far corner makes the reader ask for more memory than there is, which ends the whole process."""
    if not data.startswith(ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = [
                name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")
            ]
            found = [_corner(archive.read(name)) for name in inside]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise BadInput(f"{file} is damaged as a workbook. Save it anew as XLSX or CSV and give that file.") from None
    for right, down in found:
        if right * down > MOST_CELLS:
            raise BadInput(
                f"{file} has a cell far from all others, in column {right:,} or row {down:,}. "
                "Copy the table alone into a new workbook, or save it as CSV."
            )


def _corner(sheet: bytes) -> tuple[int, int]:
    """The last column and row that a sheet names; 26 and 100,000 where all are nearer."""
    right = max((_column(letters) for letters in set(_FAR_RIGHT.findall(sheet))), default=26)
    return right, max(map(int, set(_FAR_DOWN.findall(sheet))), default=100_000)


def _column(letters: bytes) -> int:
    """The number of a column: 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _texts(rows: list[list[Any]]) -> list[list[str]]:
    made: dict[float, str] = {}
    return [[cell.strip() if type(cell) is str else _text(cell, made) for cell in row] for row in rows]


def _text(cell: object, made: dict[float, str]) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float | int):
        if cell not in made:
            whole = abs(cell) < 1e15 and float(cell).is_integer()
            made[cell] = str(int(cell)) if whole else repr(cell)
        return made[cell]
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell).strip()


def _with_formulas(rows: list[list[str]], formulas: Mapping[tuple[int, int], str]) -> list[list[str]]:
    for (row, column), formula in formulas.items():
        if row < len(rows) and column < len(rows[row]) and not rows[row][column]:
            rows[row][column] = formula
    return rows


def _formulas_without_result(data: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Sheet → (row, column) → formula, where the workbook holds a formula that was never worked out (XLSX only)."""
    if not data.startswith(ZIP):
        return {}
    found: dict[str, dict[tuple[int, int], str]] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name, member in _members(archive):
                xml = archive.read(member)
                if b"<f>" in xml or b"<f " in xml:
                    found[name] = dict(_formula(match) for match in _CELL.finditer(xml))
    except (KeyError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return {}
    return found


def _members(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    links: dict[str, str] = {}
    for link in _LINK.findall(archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")):
        parts = dict(_OF_LINK.findall(link))
        links[parts.get("Id", "")] = parts.get("Target", "")
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    entities = {"&quot;": '"', "&apos;": "'"}
    return [
        (unescape(name, entities), target.lstrip("/") if target.startswith("/") else f"xl/{target}")
        for name, link in _SHEET.findall(book)
        if (target := links.get(link, ""))
    ]


def _formula(match: re.Match[bytes]) -> tuple[tuple[int, int], str]:
    letters, number, text = match.groups()
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    formula = unescape((text or b"").decode("utf-8", "replace"))
    return (int(number) - 1, column - 1), f"={formula}"
