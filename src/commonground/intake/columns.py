"""Reads one column of a sheet at a time. Equal cells are read once: sheets are long, their different values few."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from commonground.analysis.tables import Column
from commonground.intake import dates, values
from commonground.intake.problems import Severity
from commonground.intake.references import Index, fold, seems_to_be
from commonground.intake.sheet import Sheet

Value = TypeVar("Value")
NUMBERED_WEEK = re.compile(r"(\d{4})[-\s]?(?:W|KW|CW)[-\s]?(\d{1,2})", re.IGNORECASE)
SIZES = (-3, -2, -1, 1, 2, 3)
SEPARATORS = (";", "|", "\n")
MOST_SUGGESTIONS = 20
# What a sheet does not hold is taken to be there all the same: sheets of these are often about a few of them only.
MADE_AS_NEEDED = frozenset({"units", "roles", "workflows"})
Wrong = dict[str, tuple[str, str, Severity]]


def need(sheet: Sheet, column: Column, cells: list[str]) -> None:
    """A needed value that is missing."""
    for at, cell in enumerate(cells):
        if not cell:
            sheet.report(
                at, column.header, None, f"{column.header} is empty.", f"Fill in {column.header}, or remove the row."
            )


def texts(sheet: Sheet, column: Column, cells: list[str]) -> list[Any]:
    """Texts as they are; several in a cell (`column.many`) as a tuple."""
    if column.many:
        return [tuple(_parts(cell, Index(open=True))) if cell else () for cell in cells]
    return [cell or None for cell in cells]


def flags(sheet: Sheet, column: Column, cells: list[str]) -> list[bool | None]:
    def read(cell: str) -> bool | None:
        return values.flag(cell)

    return _each(
        sheet, column, cells, read, lambda cell: (f"“{cell}” is neither yes nor no.", "Write yes, no, or nothing.")
    )


def choices(sheet: Sheet, column: Column, cells: list[str]) -> list[str | None]:
    def read(cell: str) -> str:
        return values.choice(cell, column.choices)

    allowed = ", ".join(column.choices)
    return _each(
        sheet,
        column,
        cells,
        read,
        lambda cell: (f"“{cell}” is none of the words known here.", f"Write one of: {allowed}."),
    )


def numbers(sheet: Sheet, column: Column, cells: list[str]) -> list[float | None]:
    comma = values.decimal_comma(cell for cell in set(cells) if cell)

    def read(cell: str) -> float:
        return values.number(cell, comma)

    return _each(sheet, column, cells, read, lambda cell: _no_number(cell, comma))


def wholes(sheet: Sheet, column: Column, cells: list[str]) -> list[int | None]:
    comma = values.decimal_comma(cell for cell in set(cells) if cell)

    def read(cell: str) -> int:
        found = values.number(cell, comma)
        if not found.is_integer() or (column.header == "size" and found not in SIZES):
            raise ValueError(cell)
        return int(found)

    def why(cell: str) -> tuple[str, str]:
        if column.header == "size":
            return (
                f"“{cell}” is no size: nothing is lost or gained by it, or more than 3.",
                "Write −3 to −1 for what is lost, 1 to 3 for what is gained.",
            )
        reason, remedy = _no_number(cell, comma)
        return (
            (reason, remedy) if "two ways" in reason else (f"“{cell}” is not a whole number.", "Write a whole number.")
        )

    return _each(sheet, column, cells, read, why)


def counts(sheet: Sheet, column: Column, cells: list[str]) -> list[int | None]:
    """Whole numbers of what was counted, so none below zero."""
    found = wholes(sheet, column, cells)
    for at, number in enumerate(found):
        if number is not None and number < 0:
            sheet.report(
                at, column.header, cells[at], f"“{cells[at]}” is below zero.", "Write 0 where nothing was counted."
            )
    return found


def shares(sheet: Sheet, column: Column, cells: list[str]) -> list[float | None]:
    """Shares of a whole as 0 to 1, written so or in percent (“80 %”)."""
    comma = values.decimal_comma(cell.replace("%", "") for cell in set(cells) if cell)

    def read(cell: str) -> float:
        bare, sign, rest = cell.partition("%")
        found = values.number(bare, comma) / (100 if sign else 1)
        if rest.strip() or not 0 <= found <= 1:
            raise ValueError(cell)
        return round(found, 6)

    said = "Write a share from 0 to 1, such as 0.8, or in percent with its sign, such as 80 %."
    return _each(sheet, column, cells, read, lambda cell: (f"“{cell}” is no share of a whole.", said))


def _no_number(cell: str, comma: bool | None) -> tuple[str, str]:
    try:
        values.number(cell, comma)
    except values.TwoReadings:
        plain = cell.replace(",", "")
        return f"“{cell}” can be read in two ways.", f"Write {plain}, or {cell.replace(',', '.')} with a decimal point."
    except ValueError:
        pass
    return f"“{cell}” is not a number.", "Write digits only, such as 12.5, without a unit."


def _each(
    sheet: Sheet,
    column: Column,
    cells: list[str],
    read: Callable[[str], Value],
    why: Callable[[str], tuple[str, str]],
) -> list[Value | None]:
    """Reads each different cell once; a ValueError of `read` is a problem of every row that has that cell."""
    made: dict[str, Value | None] = {}
    wrong: set[str] = set()
    for cell in set(cells):
        made[cell] = None
        if fold(cell) not in values.MISSING:
            try:
                made[cell] = read(cell)
            except ValueError:
                wrong.add(cell)
    if wrong:
        for at, cell in enumerate(cells):
            if cell in wrong:
                sheet.report(at, column.header, cell, *why(cell))
    return [made[cell] for cell in cells]


def _without_missing(cells: list[str]) -> list[str]:
    missing = {cell for cell in set(cells) if fold(cell) in values.MISSING}
    return ["" if cell in missing else cell for cell in cells] if missing - {""} else cells


def days(sheet: Sheet, column: Column, cells: list[str]) -> list[date | None]:
    cells = _without_missing(cells)
    found = dates.read_days(cells, sheet.prefer)
    if found.layout:
        sheet.layouts[column.header] = found.layout
    for unread in found.unread:
        sheet.report(unread.at, column.header, cells[unread.at], unread.why, unread.remedy, unread.severity)
    if found.undecided:
        _ask(sheet, column, cells, found.undecided)
    if column.header == "to":  # 9999-12-31 is how many systems write "no end"
        return [None if day and day.year >= dates.FAR_AWAY else day for day in found.days]
    return found.days


def weeks(sheet: Sheet, column: Column, cells: list[str]) -> list[date | None]:
    """Weeks as their Monday: any day of a week means it, and so does its number as calendars write it (2026-W09)."""
    return [
        day and day - timedelta(days=day.weekday()) for day in days(sheet, column, [_first_day(cell) for cell in cells])
    ]


def _first_day(cell: str) -> str:
    """The Monday of a numbered week; anything else as it stands."""
    found = NUMBERED_WEEK.fullmatch(cell.strip())
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1).isoformat() if found else cell
    except ValueError:
        return cell


def _ask(sheet: Sheet, column: Column, cells: list[str], undecided: tuple[int, ...]) -> None:
    """One question for the column, at its first value that can be read in two ways; the rows wait for the answer."""
    first = undecided[0]
    one, other = (dates.read_days([cells[first]], prefer).days[0] for prefer in (dates.DAY_FIRST, dates.MONTH_FIRST))
    if one is None or other is None:
        raise AssertionError("a value with two readings has both")
    rows = f" Its {len(undecided):,} rows wait for the answer." if len(undecided) > 1 else ""
    why = f"“{cells[first]}” can be {one.isoformat()} or {other.isoformat()}, and no value of the column tells which.{rows}"
    remedy = "Say whether its days are written day first or month first, or write them as year-month-day."
    sheet.report(first, column.header, cells[first], why, remedy)
    sheet.bad.update(undecided)


def references(
    sheet: Sheet, column: Column, cells: list[str], known: Mapping[str, Index]
) -> list[str | None] | list[tuple[str, ...]]:
    """References as ids: of one thing, or of several (`column.many`) as a tuple."""
    made: dict[str, tuple[str, ...]] = {}
    wrong: Wrong = {}
    index = known[column.refers]
    for cell in dict.fromkeys(cells):
        parts = _parts(cell, index) if column.many else [cell]
        made[cell] = tuple(id_ for part in parts if (id_ := _resolve(sheet, column, part, known, (cell, wrong))))
    if wrong:
        for at, cell in enumerate(cells):
            if cell in wrong:
                sheet.report(at, column.header, cell, *wrong[cell])
    if column.many:
        return [made[cell] for cell in cells]
    return [made[cell][0] if made[cell] else None for cell in cells]


def _parts(cell: str, index: Index) -> list[str]:
    for separator in SEPARATORS:
        if separator in cell:
            return [part.strip() for part in cell.split(separator) if part.strip()]
    if "," in cell and (index.open or index.resolve(cell).id is None):
        parts = [part.strip() for part in cell.split(",") if part.strip()]
        if index.open or all(index.resolve(part).id for part in parts):
            return parts
    return [cell]


def _resolve(
    sheet: Sheet,
    column: Column,
    value: str,
    known: Mapping[str, Index],
    note: tuple[str, Wrong],
) -> str | None:
    """The id that one reference means; None, noting why in `note`, when it means nothing."""
    index = known[column.refers]
    missing = fold(value) in values.MISSING
    if not value or (missing and value not in index.ids):
        return None
    found = index.resolve(value)
    if found.id is None:
        cell, wrong = note
        why, remedy = _why_not(sheet, column, value, known, found.several, few=len(wrong) < MOST_SUGGESTIONS)
        if column.refers in MADE_AS_NEEDED and not found.several:
            index.imply(value)
            wrong[cell] = (why, f"It was taken to be one of that name. {remedy}", "warning")
            return value
        wrong[cell] = (why, remedy, "error")
    return found.id


def _why_not(
    sheet: Sheet, column: Column, value: str, known: Mapping[str, Index], several: tuple[str, ...], *, few: bool
) -> tuple[str, str]:
    what = {"people": "person", "processes": "process"}.get(column.refers, column.refers.removesuffix("s"))
    if several:
        return (
            f"“{value}” is the name of {len(several)} {column.refers}: {', '.join(several[:5])}.",
            "Write the id of the one meant.",
        )
    own = set(sheet.mapping.columns.get(column.header, ()))
    others = {header: sheet.cells_of(at) for at, header in enumerate(sheet.raw.headers) if header and at not in own}
    remedy = (
        f"Write the id, e-mail or name of a {what}"
        if column.refers == "people"
        else f"Write the id or name of a {what}"
    )
    if header := seems_to_be(value, others):
        why = f"“{value}” is no {what} here: it seems to be a value of the column {header}."
        return why, f"{remedy}, or say which column holds the {column.header}."
    for table, index in known.items():
        if table != column.refers and not index.open and value in index.ids:
            return f"“{value}” is no {what}: it is the id of one of the {table}.", f"{remedy}, or leave it empty."
    near = known[column.refers].near(value) if few else None
    meant = f" {near} looks like it." if near else ""
    return f"“{value}” matches no {what}.{meant}", f"{remedy}, add a row for it, or leave it empty."


def staged(sheet: Sheet, column: Column, cells: list[str], known: dict[str, Index]) -> list[str | None]:
    """The id of what a stage is about: of a process or role; for a path, of its person."""
    tables = {"process": "processes", "role": "roles", "path": "people"}
    found: list[str | None] = [cell or None for cell in cells]
    for kind, table in tables.items():
        known.setdefault(table, Index(open=True))
        wrong: Wrong = {}
        pointing = Column(column.header, "ref", refers=table)
        for at, cell in enumerate(cells):
            if sheet.values["kind"][at] == kind and cell:
                found[at] = _resolve(sheet, pointing, cell, known, (cell, wrong))
                if cell in wrong:
                    sheet.report(at, column.header, cell, *wrong[cell])
    return found


Reader = Callable[[Sheet, Column, list[str]], list[Any]]
READERS: Mapping[str, Reader] = {
    "id": texts,
    "text": texts,
    "day": days,
    "number": numbers,
    "week": weeks,
    "whole": wholes,
    "count": counts,
    "share": shares,
    "flag": flags,
    "choice": choices,
}
