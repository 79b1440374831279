"""A sheet of answers to an instrument: one row a person, a column for each item, and perhaps one of groups."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.assessment.instrument import Instrument, InstrumentError
from commonground.intake.named_columns import CellError, Cells, bad, column, find
from commonground.intake.problems import BadInput, Problem
from commonground.intake.reading import RawTable, choose, read_tables
from commonground.intake.sheet import listed
from commonground.intake.values import MISSING
from commonground.intake.written import read_toml

SHOWN_MISSING = 5


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """answers: item → one a person, NaN where there is none. group: codes into `groups`, which stand in the order of the file; −1 for a
    person without a group; None where no column of groups was asked for. header: that column's."""

    file: str
    rows: int
    answers: dict[str, NDArray[np.float64]]
    group: NDArray[np.int64] | None
    groups: tuple[str, ...]
    header: str
    warnings: tuple[Problem, ...]


def read_instrument(path: Path) -> Instrument:
    """The instrument of a TOML file; its name is the file's where it gives none. Raises BadInput with a sentence."""
    return read_toml(path, lambda said: Instrument.read({"name": path.stem, **said}), InstrumentError)


def read_answers(path: Path, instrument: Instrument, group: str = "") -> AnswerSheet:
    """The answers of a CSV or a workbook. group: the header of the column of groups, where there is one.

    An empty answer, or one written as missing (n/a, -, ?), is none. Raises BadInput, a sentence, for items that have no column and for the
    first answer that is none of the instrument's.
    """
    items = instrument.items
    table = choose(read_tables(path), lambda one: sum(find(one, item) is not None for item in items))
    at = {item: place for item in items if (place := find(table, item)) is not None}
    _all_there(table, instrument, at)
    groups_at = column(table, "group", group) if group else None
    if not table.rows:
        raise BadInput(f"{table.file} has headers and no rows below them. Give one row for each person who answered.")
    broken = [problem for problem in table.problems if problem.severity == "error"]
    if broken:
        raise bad(table, broken[0].row or 0, broken[0].column, broken[0].value, broken[0].why, broken[0].remedy)
    cells = Cells(table, {item: table.headers[place] for item, place in at.items()})

    def answer(cell: str) -> float:
        return _answer(cell, instrument.options)

    answers = {
        item: np.asarray(cells.each(item, [row[place] for row in table.rows], answer), float)
        for item, place in at.items()
    }
    codes, names = (None, ()) if groups_at is None else _groups([row[groups_at] for row in table.rows])
    warnings = tuple(problem for problem in table.problems if problem.severity == "warning")
    header = "" if groups_at is None else table.headers[groups_at]
    return AnswerSheet(table.file, len(table.rows), answers, codes, names, header, warnings)


def _all_there(table: RawTable, instrument: Instrument, at: dict[str, int]) -> None:
    absent = [item for item in instrument.items if item not in at]
    if absent:
        more = len(absent) - SHOWN_MISSING
        named = listed(f"“{item}”" for item in absent[:SHOWN_MISSING]) + (f" and {more} more" if more > 0 else "")
        there = listed(f"“{one}”" for one in table.headers if one)
        raise BadInput(
            f"{table.file}, row {table.header_row}: there is no column {named}, which the instrument “{instrument.name}” asks for. "
            f"Its columns are {there}: name the items as one of both does."
        )
    for item, place in at.items():
        twins = [other for other, where in at.items() if where == place and other != item]
        if twins:
            raise BadInput(
                f"{table.file}, row {table.header_row}: the column “{table.headers[place]}” would be both “{item}” and “{twins[0]}”. "
                "Give each item its own column."
            )


def _answer(cell: str, options: int) -> float:
    text = cell.strip()
    if text.casefold() in MISSING:
        return float("nan")
    remedy = f"Write one of 1 to {options}, or leave it empty where there is no answer."
    try:
        value = float(text.replace(",", ".")) if "_" not in text else float("nan")
    except ValueError as error:
        raise CellError(f"“{cell}” is no answer.", remedy) from error
    if not (value == int(value) if np.isfinite(value) else False) or not 1 <= value <= options:
        raise CellError(f"“{cell}” is no answer on 1 to {options}.", remedy)
    return value


def _groups(cells: list[str]) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    codes: dict[str, int] = {}
    found = [codes.setdefault(name, len(codes)) if (name := cell.strip()) else -1 for cell in cells]
    return np.asarray(found, np.int64), tuple(codes)
