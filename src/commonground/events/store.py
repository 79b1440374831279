"""The event store of one log: what was delivered, coded, and all of it as one sorted data set that is read in blocks.

<folder>/deliveries/<place>/   one file brought to the log: its events and names, never changed once written
<folder>/store-<generation>/   all standing deliveries together: events.parquet, names.parquet
<folder>/current.json          which generation holds, and what it is made of
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from commonground.analysis.events import Events
from commonground.events.pseudonyms import Pseudonyms
from commonground.events.rows import Rows

Progress = Callable[[str], None]
"""Told in words how far it is, as “1,250,000 rows read”."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """One file as it lies in the store. first, last: microseconds UTC, None when it has no event. repeated, changed: rows that told an
    event (by the source's id) once more, with the same content or with another; the last one counts."""

    place: str
    events: int
    cases: int
    people: int
    first: int | None
    last: int | None
    repeated: int
    changed: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What all standing deliveries come to together. generation 0: nothing was ever taken over. joined: events that several
    deliveries told, counted once; changed: those that a later delivery told otherwise."""

    generation: int
    places: tuple[str, ...]
    events: int
    cases: int
    people: int
    first: int | None
    last: int | None
    joined: int
    changed: int


class Store:
    """The events of one log below `folder`, which is made when something is delivered."""

    def __init__(self, folder: Path, pseudonyms: Pseudonyms) -> None:
        self.folder, self._pseudonyms = folder, pseudonyms

    def deliver(
        self,
        place: str,
        pieces: Iterable[Rows],
        *,
        digest: str,
        source: str = "",
        file: str = "",
        on_progress: Progress | None = None,
    ) -> Delivered:
        """Writes one file's events below deliveries/<place>/, a piece at a time; they count from the next `rebuild` that names it."""
        raise NotImplementedError

    def rebuild(self, places: Sequence[str], *, on_progress: Progress | None = None) -> Standing:
        """Makes the store anew from these deliveries, in whatever order they are named; then removes the generation before."""
        raise NotImplementedError

    def standing(self) -> Standing:
        """What holds now."""
        raise NotImplementedError

    def blocks(self, columns: Iterable[str] | None = None) -> Iterator[Events]:
        """The events of the generation that held when this was called, in blocks of whole cases, about half a million events each.

        columns: of Events, those to read; `case` is always there. Codes that were not asked for are MISSING throughout, times 0.
        """
        raise NotImplementedError

    def forget(self, place: str) -> None:
        """Removes a delivery's own files. The store keeps its events until it is rebuilt without it."""
        raise NotImplementedError
