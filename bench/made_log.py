"""A made event log: 5,000 people, 200 units, 20 activities, about 8 events a case, cases interleaved, in order of time.

Most cases take the usual way through a few units and people who work there; the rest wander. Two rows in a hundred tell no unit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
from numpy.typing import NDArray

PEOPLE, UNITS, ACTIVITIES, STEPS = 5_000, 200, 20, 8
BEGIN, DAYS, PIECE = 1_672_531_200, 540, 250_000  # from 2023-01-01, in seconds
WORDS = "Take call,Find customer,Open request,Check address,Check meter,Plan visit,Visit,Read meter,Write report,Price,Approve,Order part"
MORE = "Receive part,Repair,Inspect,Bill,Answer query,Confirm,Ask customer,Close request"
NAMES = (*WORDS.split(","), *MORE.split(","))


@dataclass(frozen=True)
class Made:
    """n events in order of time. case, activity, person, unit: numbers from 0; a unit of -1 is not told. time: seconds."""

    case: NDArray[np.int64]
    time: NDArray[np.int64]
    activity: NDArray[np.int32]
    person: NDArray[np.int32]
    unit: NDArray[np.int32]


def made(events: int, *, seed: int = 1) -> Made:
    rng = np.random.default_rng(seed)
    cases = max(1, events // STEPS)
    case = np.sort(np.concatenate([np.arange(cases), rng.integers(0, cases, events - cases)]))
    begins = np.flatnonzero(np.concatenate(([True], case[1:] != case[:-1])))
    step = np.arange(events) - np.repeat(begins, np.diff(np.append(begins, events)))
    began = rng.integers(0, DAYS * 86_400, cases)
    gaps = rng.exponential(9 * 3600, events).astype(np.int64)
    gaps[begins] = 0
    since = np.cumsum(gaps)
    time = BEGIN + began[case] + since - since[begins][case]
    usual = rng.random(events) < 0.8
    activity = np.where(usual, (step + case % 5) % ACTIVITIES, rng.integers(0, ACTIVITIES, events)).astype(np.int32)
    person = (activity * 250 + rng.integers(0, 250, events)).astype(np.int32)  # 250 people know each activity
    unit = (person // 25).astype(np.int32)
    unit[rng.random(events) < 0.02] = -1
    order = np.argsort(time, kind="stable")
    return Made(case[order], time[order], activity[order], person[order], unit[order])


def tables(log: Made) -> Iterator[pa.Table]:
    """The log as texts, a piece at a time: case, activity, timestamp, person, unit."""
    people = pa.array([f"U{number:05}" for number in range(PEOPLE)])
    units = pa.array([f"Unit {number:03}" for number in range(UNITS)])
    for begin in range(0, len(log.case), PIECE):
        part = slice(begin, begin + PIECE)
        unit = log.unit[part]
        yield pa.table(
            {
                "case": pa.array([f"SR-{number:09}" for number in log.case[part].tolist()]),
                "activity": pa.array(NAMES).take(pa.array(log.activity[part])),
                "timestamp": pa.array(log.time[part]).cast(pa.timestamp("s")),
                "person": people.take(pa.array(log.person[part])),
                "unit": units.take(pa.array(unit, mask=unit < 0)),
            }
        )


def write_csv(path: Path, events: int, *, seed: int = 1) -> None:
    """Made beside and renamed, so that a file that is there is whole."""
    part = path.with_name(path.name + ".part")
    writer: Any = None
    for table in tables(made(events, seed=seed)):
        writer = writer or pa.csv.CSVWriter(
            part, table.schema, write_options=pa.csv.WriteOptions(quoting_style="needed")
        )
        writer.write_table(table)
    writer.close()
    part.rename(path)
