"""Coded rows of one file on the disk while it is read, so that they can be sorted by case without ever being in memory together.

Rows are kept in runs of about a million, each ordered by the first bits of its cases' hashes. Hashes are spread evenly, so that the rows
between two hashes are about as many everywhere; they are read out of every run together, range by range.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.events import MISSING
from commonground.events.coding import NAMED, Columns

BITS = 14  # at a billion events a bucket has 60,000
RUN = 1 << 20
TYPES = {"case": np.dtype(np.uint64), "time": np.dtype(np.int64), "id": np.dtype(np.uint64)} | dict.fromkeys(
    NAMED, np.dtype(np.int32)
)


class Spool:
    """A file of runs below `path`. Add all rows, then read them out; leaving the `with` removes the file."""

    def __init__(self, path: Path, *, run: int = RUN) -> None:
        self._path, self._run = path, run
        self._waiting: list[Columns] = []
        self._offsets: list[NDArray[np.int32]] = []
        self._starts: list[dict[str, int]] = []
        self._file = path.open("w+b")
        self.rows = self._unwritten = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)

    def add(self, columns: Columns) -> None:
        self._waiting.append(columns)
        self.rows += len(columns["case"])
        self._unwritten += len(columns["case"])
        if self._unwritten >= self._run:
            self._write()

    def has_ids(self) -> bool:
        """Whether any row has an id of its source. After all rows were added."""
        if self._unwritten:
            self._write()
        return any("id" in starts for starts in self._starts)

    def ranges(self, about: int) -> Iterator[dict[str, NDArray[Any]]]:
        """All rows, about so many at a time: those of a case together, in the order in which they were added."""
        with_ids = self.has_ids()
        cuts = bucket_cuts(self.rows, about)
        for low, high in pairwise(cuts):
            columns = {name: self._column(name, low, high) for name in TYPES if name != "id" or with_ids}
            if len(columns["case"]):
                yield columns

    def _write(self) -> None:
        case = np.concatenate([columns["case"] for columns in self._waiting])
        bucket = (case >> np.uint64(64 - BITS)).astype(np.uint16)
        order = np.argsort(bucket, kind="stable")
        ends = np.cumsum(np.bincount(bucket, minlength=1 << BITS))
        self._offsets.append(np.concatenate(([0], ends)).astype(np.int32))
        starts = {}
        for name in TYPES:
            if self._tells(name):
                whole = np.concatenate([_filled(columns, name) for columns in self._waiting])
                starts[name] = self._file.tell()
                whole[order].tofile(self._file)
        self._starts.append(starts)
        self._waiting, self._unwritten = [], 0

    def _tells(self, name: str) -> bool:
        blank = 0 if name == "id" else MISSING
        return name in ("case", "time") or any(
            name in columns and bool(np.any(columns[name] != blank)) for columns in self._waiting
        )

    def _column(self, name: str, low: int, high: int) -> NDArray[Any]:
        pieces = []
        for offsets, starts in zip(self._offsets, self._starts, strict=True):
            first, count = int(offsets[low]), int(offsets[high] - offsets[low])
            if name not in starts:
                pieces.append(_blank(name, count))
                continue
            self._file.seek(starts[name] + first * TYPES[name].itemsize)
            pieces.append(np.fromfile(self._file, dtype=TYPES[name], count=count))
        return np.concatenate(pieces) if pieces else _blank(name, 0)


def bucket_cuts(rows: int, about: int) -> list[int]:
    """Where to cut the buckets so that the rows between two cuts are about so many; the same for every file of that size."""
    ranges = min(max(1, -(-rows // about)), 1 << BITS)
    return [(place << BITS) // ranges for place in range(ranges + 1)]


def _filled(columns: Columns, name: str) -> NDArray[Any]:
    return columns[name] if name in columns else _blank(name, len(columns["case"]))


def _blank(name: str, rows: int) -> NDArray[Any]:
    return np.full(rows, MISSING if name in NAMED else 0, dtype=TYPES[name])
