"""Reads an export of customers' contacts: who can be reached on which channel, what they refuse, and the rows that cannot be read.

One reader for the command and for the pages; a million contacts are read as columns. The rules of addresses and of consent are those of
`analysis.communication.addresses`; here they are asked of whole columns at once.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import csv as arrow_csv

from commonground.analysis.communication.addresses import DAY, DIGITS, EMAIL, NO, NOTHING, NUMBER, NUMBERS, YES, refuses
from commonground.analysis.communication.reach import BITS, CHANNELS, LABELS, MASKS
from commonground.intake import encodings, separated, workbooks
from commonground.intake.contact_words import PARTS, REFUSALS, found_columns, further_refusals, known
from commonground.intake.problems import BadInput, Problem
from commonground.intake.reading import RawTable, bytes_of, choose, read_tables

Bits = NDArray[np.uint8]
TOLD: Final = 1000  # problems of which it is told


@dataclass(frozen=True)
class ContactTable:
    """What an export holds. columns: our column → its header; left_out: headers that are not read. numbers: the row of each contact.

    further: headers of further columns that can refuse.

    cells: our column → its texts. addresses, refused, bounced: bits of each contact. doubtful: channel → cells that are no address.
    problems: rows that are kept out, and consent that cannot be read and therefore counts as a refusal.
    """

    file: str
    headers: tuple[str, ...]
    columns: Mapping[str, str]
    numbers: Sequence[int] = ()
    cells: Mapping[str, pa.Array] = field(default_factory=dict)
    addresses: Bits = field(default_factory=lambda: np.zeros(0, np.uint8))
    refused: Bits = field(default_factory=lambda: np.zeros(0, np.uint8))
    bounced: Bits = field(default_factory=lambda: np.zeros(0, np.uint8))
    doubtful: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    further: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.addresses)

    @property
    def masks(self) -> Bits:
        """Which channels reach each contact."""
        found: Bits = self.addresses & ~self.refused & ~self.bounced & np.uint8(MASKS - 1)
        return found

    @property
    def left_out(self) -> list[str]:
        read = {*self.columns.values(), *self.further}
        return [header for header in self.headers if header and header not in read]

    def counts(self) -> dict[str, dict[int, int]]:
        """Segment → mask → contacts; segments in the order in which they first stand."""
        if not len(self):
            return {}
        coded = self.cells["segment"].dictionary_encode()
        places = np.asarray(coded.indices).astype(np.int64)
        names = coded.dictionary.to_pylist()
        tally = np.bincount(places * MASKS + self.masks, minlength=len(names) * MASKS).reshape(len(names), MASKS)
        return {
            name: {int(mask): int(row[mask]) for mask in np.flatnonzero(row)}
            for name, row in zip(names, tally, strict=True)
        }


@dataclass(frozen=True)
class _Raw:
    """Columns of text as they stand in the file."""

    file: str
    headers: tuple[str, ...]
    columns: Mapping[str, pa.Array]  # header → its cells
    numbers: Sequence[int]
    problems: tuple[Problem, ...] = ()


def read_contacts(
    source: Path | bytes, name: str = "", columns: Mapping[str, str] | None = None, *, strict: bool = False
) -> ContactTable:
    """The contacts of a file (CSV in any encoding and separator, or a workbook).

    columns: our column → header, as somebody named them; None: found by their words. strict: the first row that cannot be read raises
    BadInput; otherwise it is kept out and told. Raises BadInput for what is no table. Without a column of ids it has no contacts.
    """
    data, name = bytes_of(source, name)
    raw = _quickly(data, name)
    found = _made(raw or _slowly(data, name), columns)
    if raw is not None and found.problems:  # the rows' numbers are only sure when blank lines are counted
        found = _made(_slowly(data, name), columns)
    if strict and found.problems:
        raise BadInput(_sentence(found.problems[0]))
    return found


def _sentence(one: Problem) -> str:
    where = [one.file, *([f"row {one.row:,}"] if one.row else []), *([f"column {one.column}"] if one.column else [])]
    said = f" “{one.value}”:" if one.value else ""
    return f"{', '.join(where)}:{said} {one.why} {one.remedy}"


def _quickly(data: bytes, name: str) -> _Raw | None:
    """A plain UTF-8 file whose first line holds the headers, read by Arrow; None for everything else."""
    if workbooks.is_workbook(data):
        return None
    encodings.refuse_other_things(data, name)
    text = _head(data)
    if text[:4].lower() == "sep=" or known(_first(text)) < 2:
        return None
    separator = separated.find_separator(text, known)
    options = arrow_csv.ParseOptions(delimiter=separator, newlines_in_values=b'"' in data)
    try:
        headers = arrow_csv.open_csv(pa.BufferReader(data), parse_options=options).schema.names
        if len(set(headers)) != len(headers):
            return None
        kinds = {one: pa.string() for one in headers}
        table = arrow_csv.read_csv(
            pa.BufferReader(data),
            parse_options=options,
            convert_options=arrow_csv.ConvertOptions(column_types=kinds, null_values=[], strings_can_be_null=False),
        )
    except (pa.ArrowInvalid, pa.ArrowKeyError):
        return None
    plain = tuple(" ".join(one.split()) for one in headers)
    columns = {to: table.column(at).combine_chunks() for at, to in enumerate(plain)}
    return _Raw(name, plain, columns, range(2, table.num_rows + 2))


def _head(data: bytes) -> str:
    """The first lines of a plain UTF-8 file; "" for any other."""
    head = data[:65536].removeprefix(b"\xef\xbb\xbf")
    if b"\x00" in head or data.count(b'"') % 2:
        return ""
    try:
        return head[: head.rfind(b"\n") + 1].decode("utf-8") or head.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _first(text: str) -> list[str]:
    """The first line's cells, whatever separates them."""
    line = text.split("\n", 1)[0]
    return max((line.split(mark) for mark in separated.SEPARATORS), key=len)


def _slowly(data: bytes, name: str) -> _Raw:
    table: RawTable = choose(read_tables(data, name), lambda one: known(one.headers), ("contacts", "customers"))
    if table.rows:
        cells = [pa.array(column, pa.string()) for column in zip(*table.rows, strict=True)]
    else:
        cells = [pa.array([], pa.string()) for _ in table.headers]
    odd = tuple(one for one in table.problems if one.severity == "error")
    return _Raw(table.file, table.headers, dict(zip(table.headers, cells, strict=True)), table.numbers, odd)


def _made(raw: _Raw, columns: Mapping[str, str] | None) -> ContactTable:
    asked = found_columns(raw.headers) if columns is None else columns
    found = {ours: header for ours, header in asked.items() if header in raw.columns}
    if "id" not in found or not raw.numbers:
        return ContactTable(raw.file, raw.headers, found)
    return _Reading(raw, found).table()


class _Reading:
    """Columns of text on their way to bits."""

    def __init__(self, raw: _Raw, found: Mapping[str, str]) -> None:
        self.raw, self.asked = raw, found
        self.further = further_refusals(raw.headers, found)
        self.found = found = {**found, **self.further}
        with ThreadPoolExecutor() as pool:  # Arrow lets other threads work meanwhile
            trimmed = pool.map(_trimmed, [raw.columns[header] for header in found.values()])
            self.cells: dict[str, Any] = dict(zip(found, trimmed, strict=True))
        self.rows = len(raw.numbers)
        self.problems: list[Problem] = list(raw.problems)
        self.doubtful: dict[str, int] = {}

    def table(self) -> ContactTable:
        self._put_together()
        addresses = np.zeros(self.rows, np.uint8)
        there = [channel for channel in CHANNELS if channel in self.cells]
        with ThreadPoolExecutor() as pool:
            for channel, fits in zip(there, pool.map(self._addresses, there), strict=True):
                addresses |= fits.astype(np.uint8) * np.uint8(BITS[channel])
        refused = np.zeros(self.rows, np.uint8)
        for ours in [one for one in self.cells if one.split()[0] in REFUSALS]:
            channel, asks = REFUSALS[ours.split()[0]]
            refused |= self._refused(ours, asks).astype(np.uint8) * np.uint8(BITS[channel])
        for ours in self.further:
            del self.cells[ours]
        bounced = np.zeros(self.rows, np.uint8)
        if "email_back" in self.cells:
            back = _not(pc.or_(pc.equal(self.cells["email_back"], ""), _among(self.cells["email_back"], NO)))
            bounced |= back.astype(np.uint8) * np.uint8(BITS["email"])
        keep = self._known_once()
        numbers: Sequence[int] = self.raw.numbers
        cells = self.cells
        if not keep.all():
            cells = {ours: column.filter(pa.array(keep)) for ours, column in cells.items()}
            numbers = [number for number, stays in zip(numbers, keep, strict=True) if stays]
            addresses, refused, bounced = addresses[keep], refused[keep], bounced[keep]
        return ContactTable(
            self.raw.file,
            self.raw.headers,
            self.asked,
            numbers,
            cells,
            addresses,
            refused,
            bounced,
            self.doubtful,
            tuple(self.problems[:TOLD]),
            tuple(self.further.values()),
        )

    def _put_together(self) -> None:
        """An address or a name that stands in parts becomes one cell; a segment that is not there is empty."""
        if "letter" not in self.cells and "street" in self.cells:
            place = _joined([self.cells[part] for part in ("postcode", "city", "region") if part in self.cells], " ")
            there = [self.cells["street"], *([place] if place is not None else [])]
            there += [self.cells["country"]] if "country" in self.cells else []
            joined = _joined(there, "\n")
            if joined is not None:  # a country alone is no address
                self.cells["letter"] = pc.if_else(pc.equal(self.cells["street"], ""), "", joined)
        if "name" not in self.cells:
            name = _joined([self.cells[part] for part in ("first_name", "last_name") if part in self.cells], " ")
            if name is not None:
                self.cells["name"] = name
        for part in (*PARTS, "first_name", "last_name"):
            self.cells.pop(part, None)
        if "segment" not in self.cells:
            self.cells["segment"] = pa.array([""] * self.rows, pa.string())

    def _addresses(self, channel: str) -> NDArray[np.bool_]:
        """Which cells are an address, by the rule of `analysis.communication.addresses.is_address`."""
        column = self.cells[channel]
        empty, no, yes = pc.equal(column, ""), _among(column, NO | NOTHING), _among(column, YES)
        if channel == "email":
            fits = pc.match_substring_regex(column, EMAIL)
        elif channel in NUMBERS:
            enough = pc.match_substring_regex(column, f"([^0-9]*[0-9]){{{DIGITS}}}")
            fits = pc.and_(pc.match_substring_regex(column, NUMBER, ignore_case=True), enough)
            fits = pc.and_(fits, pc.invert(pc.match_substring_regex(column, DAY)))
        else:
            fits = pc.invert(empty)
        there = np.asarray(pc.or_(yes, pc.and_(fits, pc.invert(pc.or_(empty, no)))))
        odd = int((~there & _not(pc.or_(empty, no))).sum())
        if odd:
            self.doubtful[channel] = odd
        return there

    def _refused(self, ours: str, asks: bool) -> NDArray[np.bool_]:
        """Which cells refuse. What cannot be read is told, and counts as a refusal."""
        coded = self.cells[ours].dictionary_encode()
        places = np.asarray(coded.indices)
        said = [refuses(text, asks_for_refusal=asks) for text in coded.dictionary.to_pylist()]
        for place, one in enumerate(said):
            if one is None:
                self._tell_unclear(ours, coded.dictionary[place].as_py(), np.flatnonzero(places == place))
        refuse: NDArray[np.bool_] = np.array([one is not False for one in said], np.bool_)[places]
        return refuse

    def _tell_unclear(self, ours: str, value: str, rows: NDArray[np.int64]) -> None:
        channel = LABELS[REFUSALS[ours.split(maxsplit=1)[0]][0]]
        for row in rows[: TOLD - len(self.problems)]:
            self.problems.append(
                Problem(
                    self.raw.file,
                    self.raw.numbers[int(row)],
                    self.found[ours],
                    value,
                    f"It says neither yes nor no, so {channel} counts as refused.",
                    "Write yes or no, or leave it empty when nothing is refused.",
                    "warning",
                )
            )

    def _known_once(self) -> NDArray[np.bool_]:
        """Which rows are a contact: those with an id, the first of each, whose cells stand below their headers."""
        column = self.cells["id"]
        keep = _not(pc.equal(column, ""))
        for row in np.flatnonzero(~keep)[:TOLD]:
            self._keep_out(int(row), "", "The contact has no id.", "Give each contact one that stays the same.")
        if shifted := {one.row for one in self.raw.problems}:
            keep &= np.array([number not in shifted for number in self.raw.numbers], np.bool_)
        if pc.count_distinct(column).as_py() == self.rows:
            return keep
        coded = np.asarray(column.dictionary_encode().indices)
        _, first = np.unique(coded, return_index=True)
        again = np.ones(self.rows, np.bool_)
        again[first] = False
        for row in np.flatnonzero(again & keep)[:TOLD]:
            before = self.raw.numbers[int(first[coded[row]])]
            value = column[int(row)].as_py()
            why = f"The id stands in row {before:,} already."
            self._keep_out(int(row), value, why, "Keep one row for each contact, with all addresses of it.")
        return keep & ~again

    def _keep_out(self, row: int, value: str, why: str, remedy: str) -> None:
        self.problems.append(Problem(self.raw.file, self.raw.numbers[row], self.found["id"], value, why, remedy))


def _trimmed(column: pa.Array) -> Any:
    """Cells without space around them and without the mark that guards a number against running as a formula."""
    found = pc.utf8_trim_whitespace(column)
    return (
        pc.replace_substring_regex(found, r"^'+([=+\-@])", r"\1")
        if pc.any(pc.starts_with(found, "'")).as_py()
        else found
    )


def _joined(columns: Sequence[Any], between: str) -> Any:
    """Columns side by side, empty cells left out; None of none."""
    if not columns:
        return None
    found = columns[0]
    for column in columns[1:]:
        both = pc.binary_join_element_wise(found, column, between)
        found = pc.if_else(pc.equal(found, ""), column, pc.if_else(pc.equal(column, ""), found, both))
    return found


def _among(column: Any, words: frozenset[str]) -> Any:
    """Which cells are one of these words, whatever their case. A pattern is five times as fast as looking them up."""
    return pc.match_substring_regex(pc.utf8_lower(column), f"^({'|'.join(map(re.escape, sorted(words)))})$")


def _not(column: Any) -> NDArray[np.bool_]:
    return ~np.asarray(column)


def rows_of(table: ContactTable, at_once: int = 5000) -> Iterator[list[dict[str, str]]]:
    """The contacts' cells as rows of text, some at a time, our columns alone."""
    names = [ours for ours in table.cells if ours not in REFUSALS and ours != "email_back"]
    for start in range(0, len(table), at_once):
        columns = [table.cells[name].slice(start, at_once).to_pylist() for name in names]
        yield [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
