"""The event store of one log: what was delivered, coded, and all of it as one sorted data set that is read in blocks.

    <folder>/deliveries/<place>/   one file brought to the log: its events and names sorted, never changed once written
    <folder>/store-<generation>/   all standing deliveries together: events.parquet, names.parquet
    <folder>/current.json          which generation holds, and what it is made of; a crash before it is written changes nothing

Forgetting a single person's part in the events is not built: it would be a delivery rewritten with that pseudonym missing.
"""

import json
import os
import shutil
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from commonground.analysis.events import COLUMNS, Events, Names
from commonground.events.coding import NAMED, Coder, in_alphabet, into
from commonground.events.locking import alone
from commonground.events.merging import in_sequence, merge, of_one_file
from commonground.events.pseudonyms import Pseudonyms
from commonground.events.rows import Rows
from commonground.events.sorted_file import EVENTS, GROUP, NAMES, Reader, Writer, read_names
from commonground.events.spool import BITS, Spool, bucket_cuts

DELIVERIES, CURRENT, ABOUT, PART = "deliveries", "current.json", "about.json", ".part"
ROWS = 1 << 19
Held = TypeVar("Held")
Progress = Callable[[str], None]
"""Told in words how far it is, as “1,250,000 rows read”."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """One file as it lies in the store. first, last: microseconds UTC, 0 when it has no event. repeated, changed: rows that told an
    event (by the source's id) once more, with the same content or with another; the content told last counts."""

    place: str
    digest: str
    source: str
    file: str
    events: int
    cases: int
    people: int
    first: int
    last: int
    repeated: int
    changed: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What all standing deliveries come to together. generation 0: nothing was ever taken over. first, last: microseconds UTC, 0 when
    there is no event. joined: rows that told an event of another delivery once more; changed: those that told it otherwise."""

    generation: int = 0
    places: tuple[str, ...] = ()
    events: int = 0
    cases: int = 0
    people: int = 0
    first: int = 0
    last: int = 0
    joined: int = 0
    changed: int = 0


class Store:
    """The events of one log below `folder`, which is made when something is delivered. rows: of a block, and sorted at a time."""

    def __init__(self, folder: Path, pseudonyms: Pseudonyms, *, rows: int = ROWS) -> None:
        self.folder, self._pseudonyms, self._rows = folder, pseudonyms, rows

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Held by whoever delivers and rebuilds. Raises AtWorkError when another does; clears what one left who was cut off."""
        with alone(self.folder, "work.lock", wait=False):
            for left in [*self.folder.glob(f"*{PART}"), *self.folder.glob(f"{DELIVERIES}/*{PART}")]:
                _remove(left)
            self._remove_generations_but(self.standing().generation)
            yield

    @contextmanager
    def still(self) -> Iterator[None]:
        """Held for a moment while a generation is put in place, and by a backup while it notes what holds."""
        with alone(self.folder, "publish.lock", wait=True):
            yield

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
        """Writes one file's events below deliveries/<place>/; they count from the next `rebuild` that names it.

        Memory holds a few pieces, however long the file. source: the system within which ids of events are unique. file: its name,
        which tells the order of files that overlap in time. Whatever the pieces raise is passed on, and nothing stays behind.
        """
        final = self._delivery(place)
        part = final.with_name(place + PART)
        _remove(part)
        part.mkdir(parents=True, mode=0o700)
        try:
            about = self._deliver(part, pieces, source, on_progress or _silent)
            told = Delivered(place=place, digest=digest, source=source, file=file, **about)
            _written(part / ABOUT, asdict(told)).rename(part / ABOUT)
            _remove(final)
            part.rename(final)
        except BaseException:
            _remove(part)
            raise
        return told

    def _deliver(self, part: Path, pieces: Iterable[Rows], source: str, tell: Progress) -> dict[str, Any]:
        coder = Coder(self._pseudonyms, source=source)
        with Spool(part / "spool") as spool:
            for rows in _coded_meanwhile(coder, spool, pieces):
                tell(f"{rows:,} rows read")
            renaming = in_alphabet(coder.names)
            tell(f"sorting {spool.rows:,} rows")
            repeated = changed = 0
            with Writer(part, renaming.names, ids=spool.has_ids(), group=self._group) as out:
                for columns in spool.ranges(self._rows):
                    merged = of_one_file(columns)
                    out.write(renaming.columns(merged.columns))
                    repeated, changed = repeated + merged.joined, changed + merged.changed
        return asdict(out.tally) | {
            "people": len(renaming.names.person),
            "repeated": repeated,
            "changed": changed,
        }

    def rebuild(self, places: Sequence[str], *, on_progress: Progress | None = None) -> Standing:
        """Makes the store anew from these deliveries, in whatever order they are named; then removes the generation before.

        Raises KeyError for a place where nothing was delivered.
        """
        with self.rebuilt(places, on_progress=on_progress) as standing:
            return standing

    @contextmanager
    def rebuilt(self, places: Sequence[str], *, on_progress: Progress | None = None) -> Generator[Standing]:
        """As `rebuild`, but the new generation holds only once the body has ended well: what must change with it is done in there."""
        told = [self.delivered(place) for place in sorted(places)]
        generation = self.standing().generation + 1
        part = self.folder / f"store-{generation}{PART}"
        _remove(part)
        part.mkdir(parents=True, mode=0o700)
        try:
            standing = self._together(part, told, on_progress or _silent)
            standing = replace(standing, generation=generation, places=tuple(sorted(places)))
            with self.still():
                final = self._generation(generation)
                _remove(final)
                part.rename(final)
                written = _written(self.folder / CURRENT, asdict(standing))
                yield standing
                written.rename(self.folder / CURRENT)
        except BaseException:
            _remove(part)
            _remove(self._generation(generation))
            raise
        self._remove_generations_but(generation)

    def _together(self, part: Path, told: Sequence[Delivered], tell: Progress) -> Standing:
        some = in_sequence(one for one in told if one.events)
        if len(some) == 1:  # as it was written: no copy, no second of work
            for name in (EVENTS, NAMES):
                linked(self._delivery(some[0].place) / name, part / name)
            one = some[0]
            return Standing(events=one.events, cases=one.cases, people=one.people, first=one.first, last=one.last)
        with ExitStack() as stack:
            readers = [Reader(self._delivery(one.place)) for one in some]
            for reader in readers:
                stack.callback(reader.close)
            return self._merged(part, readers, tell)

    def _merged(self, part: Path, readers: Sequence[Reader], tell: Progress) -> Standing:
        """Range by range of the cases' hashes, the same range of every delivery at once."""
        columns_of = zip(*(reader.names for reader in readers), strict=True) if readers else [()] * len(NAMED)
        common = Names(*(tuple(sorted(set().union(*column))) for column in columns_of))
        renamings = [into(reader.names, common) for reader in readers]
        rows = sum(reader.rows for reader in readers)
        joined = changed = 0
        with Writer(part, common, group=self._group) as out:
            for cut in bucket_cuts(rows, self._rows)[1:] if readers else ():
                merged = merge(
                    [
                        renaming.columns(reader.below(cut << (64 - BITS)))
                        for renaming, reader in zip(renamings, readers, strict=True)
                    ]
                )
                out.write(merged.columns)
                joined, changed = joined + merged.joined, changed + merged.changed
                tell(f"{out.tally.events:,} of {rows:,} events joined")
        return Standing(people=len(common.person), joined=joined, changed=changed, **asdict(out.tally))

    def delivered(self, place: str) -> Delivered:
        """Raises KeyError for a place where nothing was delivered."""
        try:
            return Delivered(**json.loads((self._delivery(place) / ABOUT).read_text()))
        except FileNotFoundError as error:
            raise KeyError(f"Nothing was delivered at {place} in {self.folder}.") from error

    def places(self) -> set[str]:
        """Where something was delivered, whether it stands or not."""
        return {folder.name for folder in (self.folder / DELIVERIES).glob("*") if not folder.name.endswith(PART)}

    def standing(self) -> Standing:
        """What holds now."""
        try:
            held = json.loads((self.folder / CURRENT).read_text())
        except FileNotFoundError:
            return Standing()
        return Standing(**held | {"places": tuple(held["places"])})

    def names(self) -> Names:
        """What the codes of the generation that holds mean; persons are pseudonyms."""
        return self._held(lambda folder: read_names(folder / NAMES)) or Names()

    def blocks(self, columns: Iterable[str] | None = None) -> Iterator[Events]:
        """The events of the generation that holds when this is called, in blocks of whole cases, about half a million events each.

        columns: of Events, those to read, all by default; `case` is always there. Codes that were not asked for are MISSING throughout,
        times 0. Memory holds about four blocks. An empty store has no block. Raises ValueError for a column that Events has not.
        """
        wanted = {"case", *(COLUMNS if columns is None else columns)}
        if unknown := wanted - set(COLUMNS):
            raise ValueError(f"Events have no column {', '.join(sorted(unknown))}. There are: {', '.join(COLUMNS)}.")
        reader = self._held(Reader)
        return iter(()) if reader is None else reader.blocks(wanted, self._rows)

    def forget(self, place: str) -> None:
        """Removes a delivery's own files. The store keeps its events until it is rebuilt without it."""
        _remove(self._delivery(place))

    def _held(self, read: Callable[[Path], Held]) -> Held | None:
        """Tries again when a rebuild in another process removes the generation between reading which holds and opening it."""
        while generation := self.standing().generation:
            try:
                return read(self._generation(generation))
            except FileNotFoundError:
                if self.standing().generation == generation:
                    raise
        return None

    @property
    def _group(self) -> int:
        return min(GROUP, self._rows)

    def _delivery(self, place: str) -> Path:
        return self.folder / DELIVERIES / place

    def _generation(self, number: int) -> Path:
        return self.folder / f"store-{number}"

    def _remove_generations_but(self, number: int) -> None:
        for folder in self.folder.glob("store-*"):
            if folder != self._generation(number):
                shutil.rmtree(folder, ignore_errors=True)  # else at the next time: what holds, holds


def _coded_meanwhile(coder: Coder, spool: Spool, pieces: Iterable[Rows]) -> Iterator[int]:
    """Codes one piece while the next is read. Yields how many rows were read so far."""

    def take_in(rows: Rows) -> None:
        spool.add(coder.code(rows))

    read = 0
    with ThreadPoolExecutor(1) as worker:
        coding: Future[None] | None = None
        for rows in pieces:
            if coding is not None:
                coding.result()
            coding = worker.submit(take_in, rows)
            read += len(rows)
            yield read
        if coding is not None:
            coding.result()


def _silent(_: str) -> None:
    """For whoever does not want to be told."""


def linked(source: Path, target: Path) -> None:
    """The same file at a second place; both are never changed once written."""
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copy2(source, target)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _written(path: Path, value: object) -> Path:
    """Beside `path`, to be renamed to it: a reader finds the old text or the new one, never half of it."""
    part = path.with_name(path.name + PART)
    with part.open("w") as file:
        json.dump(value, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return part
