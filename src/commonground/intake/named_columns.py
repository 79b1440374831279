"""Columns of a sheet that are named, by an option or by an instrument: where they stand, and what each of their cells says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from commonground.intake.headers import plain
from commonground.intake.problems import BadInput
from commonground.intake.reading import RawTable
from commonground.intake.sheet import listed

T = TypeVar("T")


def find(table: RawTable, header: str) -> int | None:
    """The place of a header, as it is written, else without regard to case and marks; None where it is not there."""
    if header in table.headers:
        return table.headers.index(header)
    same = [at for at, one in enumerate(table.headers) if one and plain(one) == plain(header)]
    return same[0] if len(same) == 1 and plain(header) else None


def column(table: RawTable, ours: str, header: str) -> int:
    """The place of the column that an option names. Raises BadInput with the columns that there are."""
    found = find(table, header)
    if found is None:
        there = listed(f"“{one}”" for one in table.headers if one)
        raise BadInput(
            f"{table.file}, row {table.header_row}: there is no column “{header}”. Its columns are {there}: name one of them with --{ours}."
        )
    return found


def bad(table: RawTable, row: int, header: str | None, value: str | None, why: str, remedy: str) -> BadInput:
    """What is wrong with one cell, as one sentence: the file, row and column, the value, why, the remedy."""
    where = f"{table.file}, row {row:,}" + (f", column {header}" if header else "")
    return BadInput(
        f"{where}: {why} {remedy}" if value is None or value in why else f"{where}: {why} ({value}) {remedy}"
    )


class CellError(ValueError):
    """Why a cell cannot be counted, and the remedy."""

    def __init__(self, why: str, remedy: str) -> None:
        super().__init__(why)
        self.why, self.remedy = why, remedy


@dataclass(frozen=True, slots=True)
class Cells:
    """The columns of one table. headers: what is read → its header."""

    table: RawTable
    headers: dict[str, str]

    def each(self, ours: str, cells: list[str], read: Callable[[str], T]) -> list[T]:
        """What each cell of a column says, every different text read once; refuses the first that cannot be read."""
        known: dict[str, T] = {}
        values = []
        for at, cell in enumerate(cells):
            if cell not in known:
                try:
                    known[cell] = read(cell)
                except CellError as refused:
                    raise self.refuse(at, ours, cell, refused) from refused
            values.append(known[cell])
        return values

    def refuse(self, at: int, ours: str, cell: str, refused: CellError) -> BadInput:
        return bad(self.table, self.table.numbers[at], self.headers[ours], cell, refused.why, refused.remedy)
