"""Writes the made event log as one file, for trying `commonground handoffs` and imports."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv, parquet

from commonground.demo.events import one_log
from commonground.demo.events_made import make
from commonground.demo.world import World
from commonground.events.rows import Rows

HEADERS = ("Case", "Activity", "Time", "Person", "Unit", "Product line", "Channel")


class FileKindError(ValueError):
    """A file of a kind that is not written. The message is a sentence with the remedy."""


def write_events(file: Path, world: World, *, events: int, seed: int = 1) -> int:
    """Writes about so many events, in order of time, in UTC; returns how many. Raises FileKindError and OSError."""
    if file.suffix not in (".csv", ".parquet"):
        raise FileKindError(
            f"“{file.name}” is neither CSV nor Parquet. Give the file a name that ends in .csv or .parquet."
        )
    made = make(world, events=events, seed=seed, zone="UTC")
    tables = _tables(one_log(made), as_text=file.suffix == ".csv")
    first = next(tables, None)
    if first is None:
        raise FileKindError("There is no event to write. Ask for more with --events.")
    writer = csv.CSVWriter if file.suffix == ".csv" else parquet.ParquetWriter
    with writer(str(file), first.schema) as out:
        out.write_table(first)
        for table in tables:
            out.write_table(table)
    return len(made)


def _tables(pieces: Iterator[Rows], *, as_text: bool) -> Iterator[pa.Table]:
    for rows in pieces:
        time = pa.array(rows.time, pa.timestamp("us", "UTC"))
        if as_text:
            time = pc.strftime(time.cast(pa.timestamp("s", "UTC")), format="%Y-%m-%dT%H:%M:%SZ")
        columns = (rows.case, rows.activity, time, rows.person, rows.unit, rows.product_line, rows.channel)
        plain = [_plain(column) if as_text else column for column in columns]
        yield pa.table(dict(zip(HEADERS, plain, strict=True)))


def _plain(column: pa.Array) -> pa.Array:
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
