"""Small logs for tests: lists of plain events, and their rows as an importer gives them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from commonground.analysis.events import Events
from commonground.events.rows import OPTIONAL, Rows


@dataclass(frozen=True)
class Event:
    """A row of a file. time: seconds."""

    case: str
    activity: str
    time: int
    person: str | None = None
    unit: str | None = None
    product_line: str | None = None
    channel: str | None = None
    id: str | None = None


def rows(events: Sequence[Event], *, dictionaries: bool = False) -> Rows:
    def column(name: str) -> pa.Array | None:
        values = [getattr(event, name) for event in events]
        if name in (*OPTIONAL, "id") and not any(values):
            return None
        array = pa.array(values, pa.string())
        return array.dictionary_encode() if dictionaries else array

    texts = {name: column(name) for name in ("case", "activity", *OPTIONAL, "id")}
    time = np.array([event.time * 1_000_000 for event in events], dtype=np.int64)
    return Rows(time=time, row=np.arange(len(events), dtype=np.int64) + 2, **texts)


def pieces(events: Sequence[Event], size: int = 4) -> Iterator[Rows]:
    for begin in range(0, len(events), size):
        yield rows(events[begin : begin + size], dictionaries=begin % 2 == 1)


Told = tuple[int, int, str, str | None, str | None, str | None, str | None]


def told(blocks: Iterable[Events]) -> list[Told]:
    """Each event of the blocks in order: case, seconds, and the five names."""
    out: list[Told] = []
    for block in blocks:
        named = [
            [None if code < 0 else names[code] for code in getattr(block, column).tolist()]
            for column, names in zip(block.names._fields, block.names, strict=True)
        ]
        out += zip(block.case.tolist(), (block.time // 1_000_000).tolist(), *named, strict=True)
    return out
