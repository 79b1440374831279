"""Made logs for bench/handoffs.py: interleaved cases in order of time, texts as a system exports them; and the same log as a store."""

import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from commonground.events.pseudonyms import Pseudonyms
from commonground.events.store import Store
from commonground.intake.logs.reading import Options, read_log

PEOPLE, UNITS, ACTIVITIES = 5_000, 200, 20
DAY = 86_400
BEGIN = 1_577_836_800_000_000  # 2020, microseconds
KEY = bytes(32)


def raw(folder: Path, events: int) -> Path:
    """The log as one Parquet file, made once for a folder. About eight events a case over 18 months; four steps in ten stay with the
    unit that did the one before, half of these with the person too."""
    path = folder / f"log-{events}.parquet"
    if not path.exists():
        part = path.with_suffix(".part")
        pq.write_table(_table(events), part, row_group_size=1 << 20)
        part.rename(path)
    return path


def store(folder: Path, events: int) -> Path:
    """The folder of the event store into which that file was taken over, made once."""
    path = folder / f"store-{events}"
    if not path.exists():
        part = folder / f"store-{events}.part"
        shutil.rmtree(part, ignore_errors=True)
        made = Store(part, Pseudonyms(KEY))
        made.deliver("1", read_log(raw(folder, events), mapping=None, options=Options()), digest="made")
        made.rebuild(["1"])
        part.rename(path)
    return path


def _table(events: int) -> pa.Table:
    chance = np.random.default_rng(7)
    lengths = 1 + chance.poisson(7, size=events // 7 + 1_000)
    case = np.repeat(np.arange(len(lengths)), lengths)[:events]
    starts = np.flatnonzero(np.append(True, case[1:] != case[:-1]))
    lengths = np.diff(starts, append=events)
    first = np.zeros(events, dtype=np.bool_)
    first[starts] = True
    place = np.arange(events) - np.repeat(starts, lengths)
    activity = (place * 2 + chance.integers(0, 4, events)) % ACTIVITIES
    stays = (chance.random(events) < 0.4) & ~first
    unit = _last((activity * 10 + chance.integers(0, 25, events)) % UNITS, stays)
    alone = stays & (chance.random(events) < 0.5)
    person = _last(unit * 25 + chance.integers(0, 25, events), alone)
    gaps = chance.exponential(9 * 3600, events).astype(np.int64)
    gaps[first] = chance.integers(0, 540 * DAY, len(starts))
    running = np.cumsum(gaps)
    seconds = running - np.repeat(running[starts] - gaps[starts], lengths)
    order = np.argsort(seconds, kind="stable")
    time = pa.array((seconds * 1_000_000 + BEGIN)[order]).cast(pa.timestamp("us", tz="UTC"))
    texts = {
        "case": (case, [f"case-{number:08d}" for number in range(len(starts))]),
        "activity": (activity, [f"Activity {number:02d}" for number in range(ACTIVITIES)]),
        "person": (person, [f"Person {number:04d}" for number in range(PEOPLE)]),
        "unit": (unit, [f"Unit {number:03d}" for number in range(UNITS)]),
    }
    return pa.table({name: _texts(codes[order], names) for name, (codes, names) in texts.items()} | {"time": time})


def _last(values: np.ndarray, stays: np.ndarray) -> np.ndarray:
    """The values, each that stays being that of the row before."""
    return values[np.maximum.accumulate(np.where(stays, 0, np.arange(len(values))))]


def _texts(codes: np.ndarray, names: list[str]) -> pa.ChunkedArray:
    coded = pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), pa.array(names))
    return pa.chunked_array([coded.slice(start, 1 << 20).cast(pa.string()) for start in range(0, len(codes), 1 << 20)])
