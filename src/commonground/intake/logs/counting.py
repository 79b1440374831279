"""How often work changes hands in a log that lies in a file: read, coded and counted, whatever its size."""

import hashlib
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final, Literal

from commonground.analysis.events import Blocks, Events
from commonground.analysis.flow.counts import counts
from commonground.events.coding import code_rows
from commonground.events.pseudonyms import Pseudonyms
from commonground.events.rows import Rows
from commonground.events.store import Store
from commonground.intake.headers import plain
from commonground.intake.logs.reading import KeptOut, Options, look, read_log

IN_MEMORY: Final = 5_000_000  # rows, about 0.8 GB at the most


@dataclass(frozen=True, slots=True)
class Counted:
    """counts: the keys of FORMATS `handoffs`. columns: our column → the header it was read from. first, last: microseconds UTC.

    beside: our column → further headers that would have done.
    """

    counts: dict[str, Any]
    columns: Mapping[str, str]
    beside: Mapping[str, tuple[str, ...]]
    first: int
    last: int


def count_file(
    path: Path,
    named: Mapping[str, str],
    *,
    options: Options,
    kept_out: KeptOut,
    missing_unit: Literal["skip", "as-unit"] = "skip",
    in_memory: int = IN_MEMORY,
) -> Counted:
    """Counts the log at a path. Events of one source id are not merged: a file is counted as it stands.

    named: our column → header, for those that are not to be found by their words. in_memory: up to how many rows are held in memory; a
    longer log is sorted in a temporary folder first, with the same answer. Raises BadInput as `read_log`.
    """
    first_look = look(path)
    columns = _chosen(first_look.found, named)
    pieces = read_log(path, mapping=columns, options=options, kept_out=kept_out)
    span = _Span()
    with _sorted(span.watched(pieces), in_memory) as blocks:
        answer = counts(blocks, missing_unit=missing_unit, product_line="product_line" in named)
    beside = {column: others for column, others in first_look.beside.items() if column not in named}
    return Counted(answer, columns, beside, span.first, span.last)


def _chosen(found: Mapping[str, str], named: Mapping[str, str]) -> dict[str, str]:
    """The columns found and the ones named, which win: a header that was named for one column is not found for another."""
    taken = {plain(header) for header in named.values()}
    left = {column: header for column, header in found.items() if column != "id" and plain(header) not in taken}
    return {**left, **named}


@dataclass
class _Span:
    """From when to when the rows are that went by."""

    first: int = 0
    last: int = 0
    any: bool = False

    def watched(self, pieces: Iterator[Rows]) -> Iterator[Rows]:
        for piece in pieces:
            first, last = int(piece.time.min()), int(piece.time.max())
            self.first, self.last = (min(first, self.first), max(last, self.last)) if self.any else (first, last)
            self.any = True
            yield piece


@contextmanager
def _sorted(pieces: Iterator[Rows], in_memory: int) -> Iterator[Blocks]:
    """The rows as sorted blocks: one in memory if there are few enough, else those of a store that is thrown away afterwards."""
    held: list[Rows] = []
    for piece in pieces:
        held.append(piece)
        if sum(map(len, held)) > in_memory:
            break
    else:
        yield [code_rows(_given_away(held))]
        return
    with tempfile.TemporaryDirectory(prefix="commonground-") as folder:
        store = Store(Path(folder), _Exact(secrets.token_bytes(32)))
        store.deliver("log", chain(_given_away(held), pieces), digest="log")
        store.rebuild(["log"])
        yield _blocks(store)


def _blocks(store: Store) -> Iterator[Events]:
    yield from store.blocks()


def _given_away(pieces: list[Rows]) -> Iterator[Rows]:
    """Each piece in turn; what was given is no longer held."""
    pieces.reverse()
    while pieces:
        yield pieces.pop()


class _Exact(Pseudonyms):
    """Tells persons apart exactly as the file writes them, so that a long log is counted as a short one is."""

    def of(self, text: str) -> str:
        return hashlib.blake2b(text.encode(), digest_size=16, key=self.key).hexdigest()
