"""A sheet of people who were followed until something happened, or for as long as they could be: one row each."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from commonground.intake.named_columns import CellError, Cells, bad, column, find
from commonground.intake.problems import BadInput, Problem
from commonground.intake.reading import choose, read_tables
from commonground.intake.values import TwoReadings, decimal_comma, flag, number


@dataclass(frozen=True, slots=True)
class FollowedSheet:
    """One value a row. cause: 0 nothing yet, 1 the event, 2 the competing one. group: codes into `groups`, which stand in the order of
    the file; without a column of groups there is one, called “all”. columns: what was read → its header."""

    file: str
    duration: NDArray[np.float64]
    cause: NDArray[np.int64]
    group: NDArray[np.int64]
    groups: tuple[str, ...]
    columns: dict[str, str]
    warnings: tuple[Problem, ...]


def read_followed(path: Path, duration: str, event: str, group: str = "", competing: str = "") -> FollowedSheet:
    """The rows of a CSV or a workbook. duration, event, group, competing: headers; the last two may be left out.

    Raises BadInput, a sentence, for a column that is not there and for the first row that cannot be counted: a duration that is missing,
    negative or no number, an event that is neither yes nor no, a missing group, a row that ended in both ways.
    """
    named = {"duration": duration, "event": event, "group": group, "competing": competing}
    named = {ours: header for ours, header in named.items() if header}
    table = choose(read_tables(path), lambda one: sum(find(one, header) is not None for header in named.values()))
    at = {ours: column(table, ours, header) for ours, header in named.items()}
    if not table.rows:
        raise BadInput(f"{table.file} has headers and no rows below them. Give one row for each person followed.")
    broken = [problem for problem in table.problems if problem.severity == "error"]
    if broken:
        raise bad(table, broken[0].row or 0, broken[0].column, broken[0].value, broken[0].why, broken[0].remedy)
    cells = {ours: [row[place] for row in table.rows] for ours, place in at.items()}
    headers = {ours: table.headers[place] for ours, place in at.items()}
    read = Cells(table, headers)
    times = read.each("duration", cells["duration"], _time(cells["duration"]))
    happened = read.each("event", cells["event"], _flag)
    cause = np.asarray(happened, np.int64)
    if "competing" in cells:
        cause = _with_competing(read, cause, read.each("competing", cells["competing"], _flag))
    codes, names = _groups(read, cells.get("group"))
    warnings = tuple(problem for problem in table.problems if problem.severity == "warning")
    return FollowedSheet(table.file, np.asarray(times, float), cause, codes, names, headers, warnings)


def _time(cells: list[str]) -> Callable[[str], float]:
    comma = decimal_comma(cells)

    def read(cell: str) -> float:
        if not cell:
            raise CellError("there is no duration.", "Write for how long this row was followed, or take the row out.")
        try:
            time = number(cell, comma) if comma else _float(cell, comma)
        except TwoReadings as error:
            why = f"“{cell}” may be a thousand times more or less."
            raise CellError(why, "Write durations without marks for thousands.") from error
        except ValueError as error:
            raise CellError(
                f"“{cell}” is not a number.", "Write the duration as a number, such as 12 or 4.5."
            ) from error
        if time < 0:
            raise CellError(f"“{cell}” is negative.", "Write the time from the start to the event, 0 or more.")
        return time

    return read


def _float(cell: str, comma: bool | None) -> float:
    try:
        time = float(cell) if "_" not in cell else math.nan
    except ValueError:
        return number(cell, comma)
    if not math.isfinite(time):
        raise ValueError(cell)
    return time


def _flag(cell: str) -> bool:
    try:
        said = flag(cell) if cell else None
    except ValueError:
        said = None
    if said is None:
        raise CellError(f"“{cell}” is neither yes nor no.", "Write 1 where it happened and 0 where it had not yet.")
    return said


def _with_competing(read: Cells, cause: NDArray[np.int64], other: list[bool]) -> NDArray[np.int64]:
    ended = np.asarray(other, bool)
    both = np.flatnonzero((cause == 1) & ended)
    if both.size:
        why = f"the row ended by the event and by “{read.headers['competing']}” too."
        raise read.refuse(int(both[0]), "event", "", CellError(why, "Say which came first: one of both is 0."))
    return np.where(ended, 2, cause)


def _groups(read: Cells, cells: list[str] | None) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    if cells is None:
        return np.zeros(len(read.table.rows), np.int64), ("all",)
    codes: dict[str, int] = {}
    found = np.empty(len(cells), np.int64)
    for at, cell in enumerate(cells):
        if not cell:
            remedy = "Name the group of this row, or take the row out."
            raise read.refuse(at, "group", cell, CellError("there is no group.", remedy))
        found[at] = codes.setdefault(cell, len(codes))
    return found, tuple(codes)
