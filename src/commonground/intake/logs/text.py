"""Logs as text with a separator (CSV and its kin), read in blocks so that the file may be larger than memory."""

import csv
import io
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv as arrow_csv

from commonground.intake.logs.kept_out import KeptOut
from commonground.intake.logs.look import Kind
from commonground.intake.logs.meanings import known_headers
from commonground.intake.logs.opening import HEAD, Prefixed, opened, read_fully
from commonground.intake.logs.raw import AT_ONCE, SAMPLE, Raw
from commonground.intake.logs.utf8 import Utf8
from commonground.intake.problems import BadInput, Problem
from commonground.intake.separated import find_separator

BLOCK: Final = 8 << 20
_CODED: Final = pa.dictionary(pa.int32(), pa.string())
PATIENCE: Final = 1.0  # seconds; a reader that failed may have read ahead as far as it does, and asks for no more
MOMENT: Final = 0.1  # seconds in which it lets go of the file, which nothing tells
_TITLES: Final = 25
_LAST: Final = "last"  # the last column of the file, whatever it means
_INVISIBLE: Final = dict.fromkeys(map(ord, "\x00\u200b\u200e\u200f\ufeff\u2060"))


@dataclass(frozen=True)
class TextLog:
    """A log of text, opened once to learn how it is written.

    begins: the byte, in UTF-8, with which the rows below the headers begin; header_row: the number of that row.
    """

    path: Path
    file: str
    headers: tuple[str, ...]
    samples: Mapping[str, tuple[str, ...]]
    separator: str
    header_row: int
    begins: int
    kind: Kind = field(default="csv", init=False)

    def read(self, found: Mapping[str, str], kept_out: KeptOut) -> Iterator[Raw]:
        """See `raw.Table`. Rows of another width than the headers are kept out."""
        with opened(self.path, self.file) as raw:
            stream = Utf8(raw, self.file, lambda why, remedy: kept_out.warn(_of_file(self.file, why, remedy)))
            head = read_fully(stream, self.begins)
            try:
                yield from self._batches(Prefixed(head[self.begins :], stream), found, _Ragged(self, kept_out))
            except pa.ArrowInvalid as error:
                raise BadInput(_told(str(error), self.file)) from None
            odd = stream.quotes % 2
        if odd and _LAST not in found:
            self._refuse_open_quote()

    def _refuse_open_quote(self) -> None:
        """A mark that is never closed makes all that follows one cell: the last of its row, and of the file."""
        for raw in self.read({_LAST: self.headers[-1]}, KeptOut(0)):
            last, row = raw.columns[_LAST][-1].as_py(), int(raw.row[-1])
        if "\n" in last or "\r" in last:
            raise BadInput(_open_quote(self.file, row))

    def _batches(self, stream: Prefixed, found: Mapping[str, str], ragged: "_Ragged") -> Iterator[Raw]:
        names = [f"c{at}" for at in range(len(self.headers))]
        ours = {column: names[self.headers.index(header)] for column, header in found.items() if column != _LAST}
        ours |= {_LAST: names[-1]} if _LAST in found else {}
        kinds = {ours[column]: pa.string() if column in ("time", "id") else _CODED for column in ours}
        try:
            reader = arrow_csv.open_csv(
                stream,
                arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=BLOCK),
                arrow_csv.ParseOptions(
                    delimiter=self.separator,
                    newlines_in_values=True,
                    ignore_empty_lines=False,
                    invalid_row_handler=ragged.take,
                ),
                arrow_csv.ConvertOptions(
                    column_types=kinds, include_columns=list(dict.fromkeys(ours.values())), null_values=[]
                ),
            )
        except pa.ArrowInvalid as error:
            _left((), stream)
            if "Empty CSV" in str(error):
                return
            raise
        try:
            for batch in reader:
                ragged.tell()
                row = ragged.numbers(len(batch))
                for start in range(0, len(batch), AT_ONCE):
                    part = batch.slice(start, AT_ONCE)
                    columns = {column: part.column(name) for column, name in ours.items()}
                    yield Raw(columns, row[start : start + AT_ONCE])
            ragged.tell()
        finally:
            _left(reader, stream)


class _Ragged:
    """Rows that are wider or narrower than the headers: told as problems, and counted so that the rows below keep their numbers."""

    def __init__(self, log: TextLog, kept_out: KeptOut) -> None:
        self._log, self._kept_out = log, kept_out
        self._new: list[tuple[int, int, int, bool]] = []
        self._left_out: list[int] = []
        self._next = 1

    def take(self, row: Any) -> str:
        """What Arrow calls for a row of another width, before it gives the rows around it."""
        self._left_out.append(row.number)
        text = row.text or ""
        self._new.append((row.number, row.actual_columns, text.count("\n") + text.count("\r"), text.count('"') % 2 > 0))
        return "skip"

    def tell(self) -> None:
        """The rows taken since, as problems."""
        width = len(self._log.headers)
        for number, cells, breaks, odd in self._new:
            if breaks and odd:
                raise BadInput(_open_quote(self._log.file, number + self._log.header_row))
            why = f"The row has {cells} {'cell' if cells == 1 else 'cells'} where the headers are {width}."
            remedy = "Give it as many cells as there are headers."
            if breaks:
                why = f"{why} It runs over {breaks + 1} lines, as a quotation mark that is never closed makes it."
                remedy = "Close the quotation mark, or remove it."
            self._kept_out.add(Problem(self._log.file, number + self._log.header_row, None, None, why, remedy))
        self._new.clear()

    def numbers(self, rows: int) -> NDArray[np.int64]:
        """The numbers of the next rows that are not ragged."""
        begin, end = self._next, self._next + rows
        skipped = 0
        for number in self._left_out:
            if number >= end:
                break
            end, skipped = end + 1, skipped + 1
        numbers = np.arange(begin, end, dtype=np.int64)
        if skipped:
            numbers = np.delete(numbers, np.array(self._left_out[:skipped]) - begin)
            del self._left_out[:skipped]
        self._next = end
        return numbers + self._log.header_row


def open_text(path: Path, file: str) -> TextLog:
    """How a log of text is written, from its head. Raises BadInput when it holds no table."""
    with opened(path, file) as raw:
        head = read_fully(Utf8(raw, file, lambda why, remedy: None), HEAD)
    text = head.decode("utf-8", "ignore")
    separator, skipped = _separator(text)
    rows = _rows(text[skipped:], separator, file)
    if not any(cell.strip() for cells, _ in rows[:_TITLES] for cell in cells):
        raise BadInput(f"{file} is empty. Give a log with a row of headers and rows below it.")
    at = _header_at([cells for cells, _ in rows])
    cells = [" ".join(cell.translate(_INVISIBLE).split()) for cell in rows[at][0]]
    below = [cells for cells, _ in rows[at + 1 :]]
    headers = _as_wide(cells, below if len(head) < HEAD else below[:-1])
    if len(headers) < 3:
        raise BadInput(
            f"{file} has {len(headers)} {'column' if len(headers) == 1 else 'columns'}, and a log needs three at least: "
            "case, activity and time. Give the whole log, with a separator between its columns."
        )
    samples = {
        header: tuple(row[place] if place < len(row) else "" for row in below[:SAMPLE] if any(row))
        for place, header in reversed(list(enumerate(headers)))
    }
    begins = len(text[: skipped + rows[at][1]].encode())
    return TextLog(path, file, headers, samples, separator, at + 1 + (1 if skipped else 0), begins)


def _separator(text: str) -> tuple[str, int]:
    """The separator, and how many letters name it in a line of their own."""
    if text[:4].lower() == "sep=" and text[5:6] in ("\r", "\n"):
        return text[4], 7 if text[5:7] == "\r\n" else 6
    return find_separator(text, known_headers), 0


def _rows(text: str, separator: str, file: str) -> list[tuple[list[str], int]]:
    """The first rows, blank ones included, each with the number of letters up to its end."""
    lines = io.StringIO(text, newline="")
    read: list[int] = []

    def counted() -> Iterator[str]:
        for line in lines:
            read.append(len(line))
            yield line

    try:
        found = []
        for row in islice(csv.reader(counted(), delimiter=separator), SAMPLE + _TITLES):
            found.append((row, sum(read)))
    except csv.Error:
        raise BadInput(
            f"{file} cannot be read as text with a separator. Save the log as CSV (UTF-8) and give that file."
        ) from None
    return found


def _header_at(rows: list[list[str]]) -> int:
    """The place of the row of headers: the first with any cell, unless one below knows words of a log and it does not."""
    told = [at for at, row in enumerate(rows[:_TITLES]) if any(cell.strip() for cell in row)]
    first = told[0]
    if known_headers(rows[first]) and len(rows[first]) > 2:
        return first
    best = max(told, key=lambda at: known_headers(rows[at]))
    return best if known_headers(rows[best]) > 1 else first


def _as_wide(headers: list[str], below: list[list[str]]) -> tuple[str, ...]:
    """The headers made as wide as the rows: some tools end each row with a separator, others begin it with a number without a header."""
    widths = Counter(len(row) for row in below if any(row))
    width = widths.most_common(1)[0][0] if widths else len(headers)
    lacking = width - len(headers)
    if lacking == 1 and all(row[-1] for row in below if len(row) == width):
        return ("", *headers)
    return (*headers, *[""] * max(lacking, 0))


def _left(reader: Iterable[Any], stream: Prefixed) -> None:
    """Waits until Arrow's own thread is done: it reads ahead, and one that still does when Python ends hangs or aborts it."""
    if stream.over.is_set():
        return
    stream.end()
    with suppress(pa.ArrowInvalid):
        for _ in reader:
            pass
    stream.over.wait(PATIENCE)
    time.sleep(MOMENT)


def _of_file(file: str, why: str, remedy: str) -> Problem:
    return Problem(file, None, None, None, why, remedy, "warning")


def _open_quote(file: str, row: int) -> str:
    return (
        f"{file} has a quotation mark in row {row:,} that is never closed, so that everything after it is one cell. "
        "Close it, or remove it, and give the file again."
    )


def _told(error: str, file: str) -> str:
    if "straddl" in error or "out of sync" in error:
        return (
            f"{file} has a cell of millions of letters, as a quotation mark that is never closed makes it. "
            "Close the quotation mark and give the file again."
        )
    return f"{file} cannot be read as text with a separator. Save the log as CSV (UTF-8) and give that file."
