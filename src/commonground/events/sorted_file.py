"""A folder with sorted events: events.parquet, whose row groups hold whole cases, and names.parquet, which says what the codes mean.

Any engine that reads Parquet can ask it: names.parquet has kind, code and name; MISSING is -1. Case and time are packed with LZ4 and the
codes by dictionary alone: of the ways that were measured the one that reads fastest at about 12 bytes an event (docs/decisions/0006).
"""

from collections import deque
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from commonground.analysis.events import COLUMNS, MISSING, Events, Names
from commonground.events.coding import NAMED, Columns

EVENTS, NAMES = "events.parquet", "names.parquet"
GROUP = 1 << 17  # rows in a row group, more where a single case has more
AHEAD = 2
WHEN = pa.timestamp("us", tz="UTC")
SCHEMA = pa.schema(
    [
        pa.field("case", pa.uint64(), nullable=False),
        pa.field("time", WHEN, nullable=False),
        *(pa.field(name, pa.int32(), nullable=False) for name in NAMED),
    ]
)
PACKING = {"case": "lz4", "time": "lz4", "id": "none"} | dict.fromkeys(NAMED, "none")


@dataclass(slots=True)
class Tally:
    """What was written. first, last: microseconds UTC, 0 while there is nothing."""

    events: int = 0
    cases: int = 0
    first: int = 0
    last: int = 0

    def add(self, columns: Columns) -> None:
        case, time = columns["case"], columns["time"]
        low, high = int(time.min()), int(time.max())
        self.first, self.last = (min(self.first, low), max(self.last, high)) if self.events else (low, high)
        self.events += len(case)
        self.cases += 1 + int(np.count_nonzero(case[1:] != case[:-1]))


class Writer:
    """Writes ranges of sorted rows, in order of case, no case in two of them. Encodes one range while the caller sorts the next."""

    def __init__(self, folder: Path, names: Names, *, ids: bool = False, group: int = GROUP) -> None:
        write_names(folder / NAMES, names)
        schema = SCHEMA.append(pa.field("id", pa.uint64(), nullable=False)) if ids else SCHEMA
        self._schema, self._group, self.tally = schema, group, Tally()
        self._out = pq.ParquetWriter(
            folder / EVENTS,
            schema,
            use_dictionary=list(NAMED),
            compression={name: PACKING[name] for name in schema.names},
            write_statistics=["case", "time"],
        )
        self._encoder = ThreadPoolExecutor(1)
        self._encoding: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._settle()
        finally:
            self._encoder.shutdown()
            self._out.close()

    def write(self, columns: Columns) -> None:
        if not len(columns["case"]):
            return
        self.tally.add(columns)
        self._settle()
        self._encoding = self._encoder.submit(self._encode, columns)

    def _settle(self) -> None:
        if self._encoding is not None:
            self._encoding.result()
            self._encoding = None

    def _encode(self, columns: Columns) -> None:
        arrays = [pa.array(columns[name]) for name in self._schema.names]
        table = pa.table(
            [array.cast(field.type) for array, field in zip(arrays, self._schema, strict=True)], self._schema
        )
        cuts = whole_cases(columns["case"], self._group)
        for begin, end in pairwise(cuts):
            self._out.write_table(table.slice(begin, end - begin), row_group_size=max(1, end - begin))


class Reader:
    """Reads sorted events back, from the beginning, in pieces or up to a hash. The file may be unlinked meanwhile."""

    def __init__(self, folder: Path) -> None:
        self._file = pq.ParquetFile(folder / EVENTS)
        self.names = read_names(folder / NAMES)
        self.groups, self.rows = self._file.num_row_groups, self._file.metadata.num_rows
        self.columns = tuple(self._file.schema_arrow.names)
        self._next = 0
        self._rest: dict[str, NDArray[Any]] | None = None

    def close(self) -> None:
        self._file.close()

    def blocks(self, wanted: Collection[str], rows: int) -> Iterator[Events]:
        """Blocks of about so many rows, the next ones read while the caller works."""
        waiting: deque[Future[Events]] = deque()
        with ThreadPoolExecutor(1) as reader:
            try:
                for groups in self._together(rows):
                    waiting.append(reader.submit(self._block, groups, wanted))
                    if len(waiting) > AHEAD:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()
        self.close()

    def below(self, case: int) -> dict[str, NDArray[Any]]:
        """All rows not read yet whose case is under this hash, as columns."""
        pieces = [] if self._rest is None else [self._rest]
        while self._next < self.groups and not (pieces and int(pieces[-1]["case"][-1]) >= case):
            pieces.append(self._read([self._next], self.columns))
            self._next += 1
        if not pieces:
            return self._read([], self.columns)
        last = pieces[-1]
        cut = len(last["case"]) if case >= 1 << 64 else int(np.searchsorted(last["case"], np.uint64(case)))
        pieces[-1] = {name: values[:cut] for name, values in last.items()}
        self._rest = {name: values[cut:] for name, values in last.items()} if cut < len(last["case"]) else None
        return {name: np.concatenate([piece[name] for piece in pieces]) for name in self.columns}

    def _together(self, rows: int) -> Iterator[list[int]]:
        groups, sum_of_rows = list[int](), 0
        for group in range(self.groups):
            groups.append(group)
            sum_of_rows += self._file.metadata.row_group(group).num_rows
            if sum_of_rows >= rows:
                yield groups
                groups, sum_of_rows = [], 0
        if groups:
            yield groups

    def _block(self, groups: list[int], wanted: Collection[str]) -> Events:
        read = self._read(groups, [name for name in COLUMNS if name in wanted])
        rows = len(read["case"])
        time = read["time"] if "time" in read else np.zeros(rows, dtype=np.int64)
        blank = np.full(rows, MISSING, dtype=np.int32)
        codes = {name: read.get(name, blank) for name in NAMED}
        return Events(case=read["case"], time=time, **codes, names=self.names)

    def _read(self, groups: list[int], columns: Collection[str]) -> dict[str, NDArray[Any]]:
        table = self._file.read_row_groups(groups, columns=list(columns), use_threads=False)
        if "time" in columns:
            place = table.schema.get_field_index("time")
            table = table.set_column(place, "time", table.column(place).cast(pa.int64()))
        return {name: table.column(name).to_numpy() for name in columns}


def whole_cases(case: NDArray[np.uint64], rows: int) -> list[int]:
    """Where to cut sorted cases into groups of at least so many rows (the last one aside), each with whole cases."""
    begins = np.flatnonzero(case[1:] != case[:-1]) + 1
    cuts = [0]
    while cuts[-1] + rows < len(case):
        place = int(np.searchsorted(begins, cuts[-1] + rows))
        if place == len(begins):
            break
        cuts.append(int(begins[place]))
    return [*cuts, len(case)]


def write_names(path: Path, names: Names) -> None:
    rows = [(kind, code, name) for kind, column in zip(NAMED, names, strict=True) for code, name in enumerate(column)]
    kinds, codes, texts = zip(*rows, strict=True) if rows else ((), (), ())
    table = pa.table(
        {
            "kind": pa.array(kinds, pa.string()),
            "code": pa.array(codes, pa.int32()),
            "name": pa.array(texts, pa.string()),
        }
    )
    pq.write_table(table, path, compression="zstd")


def read_names(path: Path) -> Names:
    table = pq.read_table(path)
    of_kind: dict[str, list[str]] = {kind: [] for kind in NAMED}
    for kind, name in zip(table.column("kind").to_pylist(), table.column("name").to_pylist(), strict=True):
        of_kind[kind].append(name)
    return Names(*(tuple(of_kind[kind]) for kind in NAMED))
