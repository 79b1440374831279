"""A log that lies in a file as sorted blocks of events, whatever its size: what every command that measures a file reads."""

import hashlib
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from commonground.analysis.events import Blocks, Events
from commonground.events.coding import code_rows
from commonground.events.pseudonyms import Pseudonyms
from commonground.events.rows import Rows
from commonground.events.store import Store
from commonground.intake.headers import plain
from commonground.intake.logs.reading import KeptOut, Options, look, read_log

IN_MEMORY: Final = 5_000_000  # rows, about 0.8 GB at the most


@dataclass
class Span:
    """From when to when the rows are that went by, microseconds UTC."""

    first: int = 0
    last: int = 0
    any: bool = False

    def watched(self, pieces: Iterator[Rows]) -> Iterator[Rows]:
        for piece in pieces:
            first, last = int(piece.time.min()), int(piece.time.max())
            self.first, self.last = (min(first, self.first), max(last, self.last)) if self.any else (first, last)
            self.any = True
            yield piece


@dataclass(frozen=True, slots=True)
class Held:
    """blocks: to be read once. name_of: what a person of the file is called in them. columns: our column → the header it was read from.

    beside: our column → further headers that would have done. span: of the rows read so far, all of them once there are blocks.
    """

    blocks: Blocks
    name_of: Callable[[str], str]
    columns: Mapping[str, str]
    beside: Mapping[str, tuple[str, ...]]
    span: Span


@contextmanager
def held(
    path: Path, named: Mapping[str, str], *, options: Options, kept_out: KeptOut, in_memory: int = IN_MEMORY
) -> Iterator[Held]:
    """The log at a path. Events of one source id are not merged: a file is read as it stands.

    named: our column → header, for those that are not to be found by their words. in_memory: up to how many rows are held in memory; a
    longer log is sorted in a temporary folder first, with the same blocks but for where they are cut, and persons under other names.
    Raises BadInput as `read_log`.
    """
    first_look = look(path)
    columns = _chosen(first_look.found, named)
    pieces = read_log(path, mapping=columns, options=options, kept_out=kept_out)
    beside = {column: others for column, others in first_look.beside.items() if column not in named}
    span = Span()
    with _sorted(span.watched(pieces), in_memory) as (blocks, name_of):
        yield Held(blocks, name_of, columns, beside, span)


def _chosen(found: Mapping[str, str], named: Mapping[str, str]) -> dict[str, str]:
    """The columns found and the ones named, which win: a header that was named for one column is not found for another."""
    taken = {plain(header) for header in named.values()}
    left = {column: header for column, header in found.items() if column != "id" and plain(header) not in taken}
    return {**left, **named}


@contextmanager
def _sorted(pieces: Iterator[Rows], in_memory: int) -> Iterator[tuple[Blocks, Callable[[str], str]]]:
    """The rows as sorted blocks: one in memory if there are few enough, else those of a store that is thrown away afterwards."""
    kept: list[Rows] = []
    for piece in pieces:
        kept.append(piece)
        if sum(map(len, kept)) > in_memory:
            break
    else:
        yield [code_rows(_given_away(kept))], str
        return
    with tempfile.TemporaryDirectory(prefix="commonground-") as folder:
        exact = _Exact(secrets.token_bytes(32))
        store = Store(Path(folder), exact)
        store.deliver("log", chain(_given_away(kept), pieces), digest="log")
        store.rebuild(["log"])
        yield _blocks(store), exact.of


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
