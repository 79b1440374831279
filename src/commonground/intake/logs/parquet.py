"""Logs as Parquet, read a batch at a time."""

import gzip
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from commonground.intake.logs.kept_out import KeptOut
from commonground.intake.logs.look import Kind
from commonground.intake.logs.opening import opened
from commonground.intake.logs.raw import SAMPLE, Raw
from commonground.intake.problems import BadInput

_AT_ONCE: Final = 128 << 10
_TIMES: Final = (pa.types.is_timestamp, pa.types.is_date)
_CODED: Final = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True)
class ParquetLog:
    """A log of Parquet, opened once to learn its columns."""

    path: Path
    file: str
    headers: tuple[str, ...]
    samples: Mapping[str, tuple[str, ...]]
    nested: Mapping[str, str]
    kind: Kind = field(default="parquet", init=False)

    def read(self, found: Mapping[str, str], kept_out: KeptOut) -> Iterator[Raw]:
        """See `raw.Table`."""
        for column, header in found.items():
            if header in self.nested:
                held = f"the column {header} holds {self.nested[header]}, not single values"
                raise BadInput(f"{self.file}: {held}. Name another for {column}.")
        texts = [header for column, header in found.items() if column not in ("time", "id")]
        with _opened(self.path, self.file, texts) as log:
            before = 0
            for batch in log.iter_batches(_AT_ONCE, columns=list(dict.fromkeys(found.values()))):
                row = np.arange(before + 1, before + 1 + len(batch), dtype=np.int64)
                before += len(batch)
                place = {name: at for at, name in reversed(list(enumerate(batch.schema.names)))}
                yield Raw({ours: _column(batch.column(place[header]), ours) for ours, header in found.items()}, row)


def open_parquet(path: Path, file: str) -> ParquetLog:
    """The columns of a log of Parquet and some of their values. Raises BadInput when it is broken."""
    with _opened(path, file, []) as log:
        kinds = {one.name: one.type for one in reversed(list(log.schema_arrow))}
        names = tuple(dict.fromkeys(log.schema_arrow.names))
        nested = {name: str(kind) for name, kind in kinds.items() if pa.types.is_nested(kind)}
        if not log.metadata.num_rows:
            raise BadInput(f"{file} holds no rows. Give a log with a row for each event.")
        first = next(log.iter_batches(SAMPLE, columns=[name for name in names if name not in nested]), None)
        columns = [] if first is None else reversed(list(zip(first.schema.names, first.columns, strict=True)))
        samples = {name: tuple(_shown(values)) for name, values in columns}
    return ParquetLog(path, file, names, samples, nested)


def _column(values: Any, column: str) -> Any:
    if column == "time":
        return plain_times(values)
    text = as_text(values)
    return text.cast(pa.string()) if column == "id" else text


def as_text(values: Any) -> Any:
    """Values of any plain type as a dictionary of text; whole numbers without a fraction, whatever they are kept in."""
    if pa.types.is_dictionary(values.type):
        if values.type == _CODED:
            return values
        words = as_text(values.dictionary)
        return pa.DictionaryArray.from_arrays(words.indices.take(values.indices).cast(pa.int32()), words.dictionary)
    if pa.types.is_floating(values.type):
        values = _without_fraction(values)
    return values.cast(pa.string()).dictionary_encode()


def plain_times(values: Any) -> Any:
    """Times as Arrow's times or days, or as text."""
    kind = values.type.value_type if pa.types.is_dictionary(values.type) else values.type
    if any(is_one(kind) for is_one in _TIMES):
        return values.cast(kind)
    return as_text(values).cast(pa.string())


def _without_fraction(values: Any) -> Any:
    finite = pc.if_else(pc.is_finite(values), values, None)
    try:
        return finite.cast(pa.int64())
    except pa.ArrowInvalid:
        return values


def _shown(values: Any) -> list[str]:
    return ["" if value is None else str(value) for value in plain_times(values).cast(pa.string()).to_pylist()]


@contextmanager
def _opened(path: Path, file: str, as_dictionaries: list[str]) -> Iterator[Any]:
    """The Parquet file; a gzipped one is unpacked to disk first, since it is read from its end."""
    with opened(path, file) as raw, tempfile.TemporaryFile() as unpacked:
        packed = isinstance(raw, gzip.GzipFile)
        if packed:
            shutil.copyfileobj(raw, unpacked, 1 << 20)
            unpacked.seek(0)
        try:
            source = unpacked if packed else path
            with parquet.ParquetFile(source, read_dictionary=as_dictionaries, memory_map=not packed) as log:
                yield log
        except (pa.ArrowException, OSError, ValueError, KeyError, OverflowError, UnicodeError) as error:
            raise BadInput(
                f"{file} is a Parquet file that is cut off or broken. Write or copy it again, and give it anew."
            ) from error
