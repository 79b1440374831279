"""The observations of one behaviour as a Parquet file: a row for each pseudonym, week and unit in which there was an occasion.

    <data>/observations/<program>/<behaviour>/observations.parquet     both by id; the file's own metadata say what it was made of

A file is never changed: a new one is written beside it and renamed, so a reader, or a crash, finds the old one or the new one whole.
"""

import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from commonground.analysis.events import MISSING
from commonground.analysis.pace.observations import Codes, Observations
from commonground.events.locking import alone

FOLDER, FILE, PART, ABOUT = "observations", "observations.parquet", ".part", b"commonground"
COUNTS = ("new", "old", "neither")


@dataclass(frozen=True, slots=True)
class Made:
    """What observations were made of. generation: of the log's store; rule: digest of the rule; seen: versions of the organization.

    kept_before: weeks before this number are kept from an earlier file, None: all are told by the log. rules: digests of the rules by
    which kept weeks were observed. first_time, last_time: of the events of the log, microseconds UTC, None without any.
    """

    log: int
    generation: int
    rule: str
    seen: Mapping[str, int] = field(default_factory=dict)
    kept_before: int | None = None
    rules: tuple[str, ...] = ()
    untold: int = 0
    outside: int = 0
    outside_people: int = 0
    first_time: int | None = None
    last_time: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """Observations, and what they were made of."""

    observations: Observations
    made: Made


@dataclass(frozen=True, slots=True)
class Shelf:
    """The place of one behaviour's observations."""

    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / FILE

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Held by whoever observes; another waits."""
        _private(self.folder)
        with alone(self.folder, "work.lock", wait=True):
            yield

    def write(self, held: Held) -> None:
        """Puts observations in the place of those before. Until the last moment those before hold."""
        _private(self.folder)
        part = self.path.with_name(FILE + PART)
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            pq.write_table(_table(held), file, compression="zstd", use_dictionary=["person", "unit"])
            file.flush()
            os.fsync(file.fileno())
        part.rename(self.path)

    def read(self) -> Held | None:
        """What is there; None where nothing was observed yet. Raises ValueError for a file that is damaged."""
        try:
            table = pq.read_table(self.path)
        except FileNotFoundError:
            return None
        except pa.ArrowInvalid as error:
            raise ValueError(f"{self.path} is damaged: {error}. Restore it from a backup, or observe anew.") from error
        return Held(_observations(table), _made(table.schema))

    def made(self) -> Made | None:
        """What those that are there were made of, without reading them."""
        try:
            return _made(pq.read_schema(self.path))
        except (FileNotFoundError, pa.ArrowInvalid):
            return None

    def forget(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def shelf(data: Path, program: int, behaviour: int) -> Shelf:
    """Where the observations of a behaviour lie below the data folder."""
    return Shelf(data / FOLDER / str(program) / str(behaviour))


def forget_gone(data: Path, standing: set[int], *, keep: timedelta) -> int:
    """Removes observations of behaviours that are no more, once they lie longer than one can be put back. Returns how many."""
    gone = 0
    for folder in (data / FOLDER).glob("*/*"):
        if folder.name.isdecimal() and int(folder.name) not in standing:
            changed = max((path.stat().st_mtime for path in folder.iterdir()), default=0.0)
            if time.time() - changed > keep.total_seconds():
                shutil.rmtree(folder, ignore_errors=True)
                gone += 1
    return gone


def _private(folder: Path) -> None:
    """Nobody but the instance looks in, from the folder of all observations down."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for one in (folder, folder.parent, folder.parent.parent):
        one.chmod(0o700)


def _table(held: Held) -> pa.Table:
    rows = held.observations
    columns = {
        "person": _named(rows.person, rows.persons),
        "week": pa.array(rows.week, pa.int32()),
        "unit": _named(rows.unit, rows.units),
        **{name: pa.array(getattr(rows, name), pa.int32()) for name in COUNTS},
    }
    return pa.table(columns).replace_schema_metadata({ABOUT: json.dumps(asdict(held.made)).encode()})


def _named(codes: Codes, names: tuple[str, ...]) -> pa.Array:
    indices = pa.array(codes, pa.int32(), mask=codes == MISSING)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names, pa.string()))


def _observations(table: pa.Table) -> Observations:
    person, persons = _codes(table.column("person"))
    unit, units = _codes(table.column("unit"))
    week, new, old, neither = (table.column(name).to_numpy().astype(np.int32) for name in ("week", *COUNTS))
    return Observations(person, week, unit, new, old, neither, persons, units)


def _codes(column: Any) -> tuple[Codes, tuple[str, ...]]:
    together = column.unify_dictionaries().combine_chunks()
    if isinstance(together, pa.ChunkedArray):  # no rows
        together = pa.concat_arrays(together.chunks) if together.num_chunks else pa.array([], column.type)
    if not pa.types.is_dictionary(together.type):
        together = together.dictionary_encode()
    codes = together.indices.fill_null(MISSING).to_numpy(zero_copy_only=False).astype(np.int32)
    return codes, tuple(together.dictionary.to_pylist())


def _made(schema: Any) -> Made:
    told = json.loads(schema.metadata[ABOUT])
    return Made(**told | {"rules": tuple(told["rules"])})
