"""Texts of a log become whole numbers: names get codes, persons pseudonyms first, cases and the source's own ids a keyed hash.

A case is known by 64 bits of SipHash under the instance's key; its text is never stored. Two of n cases fall together with odds of
about n² ÷ 2⁶⁵: 3 in 100 million for a million cases, 3 in 10,000 for a hundred million. The source's ids are hashed likewise.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from commonground.analysis.events import MISSING, Codes, Events, Names
from commonground.events.pseudonyms import Pseudonyms
from commonground.events.rows import Rows
from commonground.events.siphash import siphash

NAMED = Names._fields
WORKERS = min(os.cpu_count() or 1, 4)
MANY = 1 << 20  # rows from which sorting in two halves is worth it
MIDDLE = np.uint64(1 << 63)
NO_KEY = bytes(32)  # for a file on the command line, of which nothing is stored
Columns = Mapping[str, NDArray[Any]]
"""Coded rows: case (uint64), time (int64), a code (int32) for each of NAMED, and perhaps id (uint64, 0 where the source has none)."""


class Dictionary:
    """Codes of the texts of one column, in the order in which they came. It grows with the distinct texts alone."""

    def __init__(self, name_of: Callable[[str], str] | None = None) -> None:
        self._name_of = name_of
        self._of_text: dict[str, int] = {}
        self._of_name: dict[str, int] = {}

    def codes(self, texts: pa.Array | None, rows: int) -> Codes:
        """int32, shape (rows,); MISSING where the text is null, or where there is no such column."""
        if texts is None:
            return np.full(rows, MISSING, dtype=np.int32)
        coded = one_piece(texts)
        if not pa.types.is_dictionary(coded.type):
            coded = coded.dictionary_encode()
        places = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        used = np.zeros(len(coded.dictionary) + 1, dtype=np.bool_)
        used[places] = True  # a null marks the last one, -1
        table = np.full(len(used), MISSING, dtype=np.int32)
        here = np.flatnonzero(used[:-1])
        table[here] = [self._code(text) for text in coded.dictionary.take(pa.array(here)).to_pylist()]
        codes: Codes = table[places]
        return codes

    def _code(self, text: str | None) -> int:
        if text is None:
            return MISSING
        code = self._of_text.get(text)
        if code is None:
            name = self._name_of(text) if self._name_of else text
            code = self._of_text[text] = self._of_name.setdefault(name, len(self._of_name))
        return code

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._of_name)


@dataclass(frozen=True, slots=True)
class Renaming:
    """From the codes of one set of names to those of another: a table for each column, whose last place is that of MISSING."""

    names: Names
    tables: Mapping[str, Codes]

    def columns(self, columns: Columns) -> Columns:
        return {name: self.tables[name][values] if name in self.tables else values for name, values in columns.items()}


def in_alphabet(names: Names) -> Renaming:
    """To codes that follow the alphabet, so that they do not depend on which row came first."""
    return into(names, Names(*(tuple(sorted(column)) for column in names)))


def into(names: Names, common: Names) -> Renaming:
    """To the codes of names that hold all of these."""
    tables = {}
    for column, mine, all_names in zip(NAMED, names, common, strict=True):
        code_of = {name: code for code, name in enumerate(all_names)}
        tables[column] = np.array([*(code_of[name] for name in mine), MISSING], dtype=np.int32)
    return Renaming(common, tables)


class Coder:
    """Codes pieces of one file, one after the other. source: the system, within which the ids of events are unique."""

    def __init__(self, pseudonyms: Pseudonyms | None, *, source: str = "") -> None:
        keys = pseudonyms or Pseudonyms(NO_KEY)
        self._case_key, self._id_key = keys.subkey("case"), keys.subkey(f"id of {source}")
        self._dictionaries = {
            column: Dictionary(pseudonyms.of if pseudonyms and column == "person" else None) for column in NAMED
        }

    def code(self, rows: Rows) -> dict[str, NDArray[Any]]:
        """The rows as Columns, in the same order; `id` only where the file has one."""
        coded: dict[str, NDArray[Any]] = {"case": hashed(rows.case, self._case_key), "time": rows.time}
        for column, dictionary in self._dictionaries.items():
            coded[column] = dictionary.codes(getattr(rows, column), len(rows))
        if rows.id is not None:
            ids = one_piece(rows.id)
            coded["id"] = np.maximum(hashed(ids, self._id_key), np.uint64(1))
            if ids.null_count:
                coded["id"][ids.is_null().to_numpy(zero_copy_only=False)] = 0
        return coded

    @property
    def names(self) -> Names:
        return Names(*(dictionary.names for dictionary in self._dictionaries.values()))


def code_rows(pieces: Iterable[Rows], *, pseudonyms: Pseudonyms | None = None) -> Events:
    """All rows as one sorted block in memory; about 40 bytes a row. Names follow the alphabet.

    Without pseudonyms persons keep their names, which must then never be stored: for a file on the command line.
    """
    coder = Coder(pseudonyms)
    with ThreadPoolExecutor(WORKERS) as pool:
        parts = list(_coded_meanwhile(coder, pieces, pool))
        renaming = in_alphabet(coder.names)
        if not parts:
            return empty_block(renaming.names)
        case, time = (np.concatenate([part.pop(name) for part in parts]) for name in ("case", "time"))
        order = in_order(case, time, pool)

        def sorted_codes(name: str) -> Codes:
            codes = np.concatenate([part.pop(name) for part in parts])
            if not getattr(renaming.names, name):
                return codes  # MISSING throughout
            in_place: Codes = renaming.tables[name][codes][order]
            return in_place

        ordered = [pool.submit(values.__getitem__, order) for values in (case, time)]
        coded = dict(zip(NAMED, pool.map(sorted_codes, NAMED), strict=True))
        return Events(ordered[0].result(), ordered[1].result(), **coded, names=renaming.names)


def _coded_meanwhile(
    coder: "Coder", pieces: Iterable[Rows], pool: ThreadPoolExecutor
) -> Iterator[dict[str, NDArray[Any]]]:
    """Codes one piece while the next is read."""
    coding: Future[dict[str, NDArray[Any]]] | None = None
    for rows in pieces:
        if coding is not None:
            yield coding.result()
        coding = pool.submit(coder.code, rows)
    if coding is not None:
        yield coding.result()


def in_order(
    case: NDArray[np.uint64], time: NDArray[np.int64], pool: ThreadPoolExecutor | None = None
) -> NDArray[np.intp]:
    """Where the rows of a block stand in their file: by case, then time, then the order in which they came.

    pool: sorts the lower and the upper half of the hashes side by side.
    """
    if pool is None or len(case) < MANY:
        return _in_order(case, time)
    low = case < MIDDLE
    halves = [
        pool.submit(lambda here: here[_in_order(case[here], time[here])], np.flatnonzero(half)) for half in (low, ~low)
    ]
    return np.concatenate([half.result() for half in halves])


def _in_order(case: NDArray[np.uint64], time: NDArray[np.int64]) -> NDArray[np.intp]:
    order = np.argsort(case, kind="stable")
    cases, times = case[order], time[order]
    if np.all((times[1:] >= times[:-1]) | (cases[1:] != cases[:-1])):
        return order  # most logs are in order of time already
    return np.lexsort((time, case))


def empty_block(names: Names = Names()) -> Events:  # noqa: B008 - a tuple, which nobody can change
    none = np.empty(0, dtype=np.int32)
    return Events(np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64), none, none, none, none, none, names)


def hashed(texts: pa.Array, key: bytes) -> NDArray[np.uint64]:
    """SipHash of each text; of a dictionary only its own texts are hashed."""
    whole = one_piece(texts)
    if not pa.types.is_dictionary(whole.type):
        return siphash(whole, key)
    places: NDArray[np.int32] = whole.indices.fill_null(0).to_numpy(zero_copy_only=False)
    return siphash(whole.dictionary, key)[places]


def one_piece(texts: pa.Array) -> pa.Array:
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
