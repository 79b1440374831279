"""A sheet that says which person is in which unit from when to when: columns person, unit, from, to."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.events import MISSING, Codes, Events
from commonground.intake.dates import read_days
from commonground.intake.headers import plain, synonyms
from commonground.intake.problems import BadInput, errors
from commonground.intake.reading import RawTable, choose, read_tables

WORDS = {
    "person": tuple(dict.fromkeys((*synonyms("does", "person"), *synonyms("people", "id")))),
    "unit": synonyms("people", "unit"),
    "from": synonyms("people", "from"),
    "to": synonyms("people", "to"),
}


class Stay(NamedTuple):
    """A person in a unit, in [start, end); None: since ever, or until further notice. row: as a spreadsheet counts it."""

    unit: str
    start: date | None
    end: date | None
    row: int


@dataclass(frozen=True, slots=True)
class Stays:
    """people: person, as the sheet writes it → their stays, one after another. units: all that are named, in alphabetical order.

    warnings: sentences on how the sheet was read.
    """

    people: Mapping[str, tuple[Stay, ...]]
    units: tuple[str, ...]
    warnings: tuple[str, ...] = ()

    def finder(self, persons: Sequence[str], midnight: Callable[[date], int]) -> Callable[[Events], Codes]:
        """A function that gives events their units: places in `units`, MISSING where the sheet tells none.

        persons: what the codes of persons mean, by the sheet's texts. midnight: of a day, in microseconds UTC.
        """
        code_of = {unit: code for code, unit in enumerate(self.units)}
        begins: list[float] = []
        units: list[int] = []
        first: list[int] = []
        for person in persons:
            first.append(len(begins))
            begins.append(-np.inf)
            units.append(MISSING)
            for stay in self.people.get(person, ()):
                begins.append(-np.inf if stay.start is None else midnight(stay.start))
                units.append(code_of[stay.unit])
                if stay.end is not None:
                    begins.append(midnight(stay.end))
                    units.append(MISSING)
        return _Finder(np.array(first, np.int64), np.array(begins), np.array(units, np.int32)).of


class _Finder(NamedTuple):
    """Stretches of all people in one column: those of person p from place first[p] on, by the time at which they begin."""

    first: NDArray[np.int64]
    begins: NDArray[np.float64]
    units: Codes

    def of(self, events: Events) -> Codes:
        found = np.full(len(events), MISSING, dtype=np.int32)
        told = np.flatnonzero(events.person != MISSING)
        person, time = events.person[told], events.time[told]
        counts = np.diff(self.first, append=len(self.begins))
        place = self.first[person]
        answer = self.units[place]
        for step in range(1, int(counts.max(initial=1))):  # as many rounds as the most stretches that one person has
            at = np.minimum(place + step, len(self.begins) - 1)
            since = (step < counts[person]) & (self.begins[at] <= time)
            answer = np.where(since, self.units[at], answer)
        found[told] = answer
        return found


def read_stays(path: Path) -> Stays:
    """The stays of a sheet (CSV in any encoding and separator, or XLSX); a person may have several rows, one after another.

    Raises BadInput with file, row, column, value and remedy: for a missing column or value, a text that is no day, a stay that ends
    before it begins, and two stays of one person that overlap.
    """
    tables = read_tables(path)
    raw = choose(tables, lambda table: sum(_found(table, ours) is not None for ours in WORDS))
    for problem in errors(raw.problems):
        raise BadInput(f"{problem.file}, row {problem.row}: {problem.why} {problem.remedy}")
    at = {ours: _found(raw, ours) for ours in WORDS}
    for needed in ("person", "unit"):
        if at[needed] is None:
            raise BadInput(f"{raw.file} has no column “{needed}”. Give the columns person, unit, from, to.")
    if not raw.rows:
        raise BadInput(f"{raw.file} has headers and no rows. Give a row for each person: person, unit, from, to.")
    starts, ends = (_days(raw, at[column]) for column in ("from", "to"))
    found: dict[str, list[Stay]] = defaultdict(list)
    for row, number, start, end in zip(raw.rows, raw.numbers, starts, ends, strict=True):
        person, unit = (_told(raw, row, number, at[needed], needed) for needed in ("person", "unit"))
        if start is not None and end is not None and end <= start:
            raise BadInput(
                f"{raw.file}, row {number}: {person} is in {unit} from {start} to {end}, which is no time at all. "
                "“to” is the first day on which they are no longer there."
            )
        found[person].append(Stay(unit, start, end, number))
    people = {person: _in_order(raw.file, person, stays) for person, stays in found.items()}
    units = tuple(sorted({stay.unit for stays in people.values() for stay in stays}))
    return Stays(people, units, tuple(f"{one.file}: {one.why} {one.remedy}" for one in raw.problems))


def _found(raw: RawTable, ours: str) -> int | None:
    keys = [plain(header) for header in raw.headers]
    return next((keys.index(name) for name in WORDS[ours] if name in keys), None)


def _told(raw: RawTable, row: Sequence[str], number: int, at: int | None, column: str) -> str:
    text = row[at or 0]
    if not text:
        raise BadInput(
            f"{raw.file}, row {number}, column {raw.headers[at or 0]}: there is no {column}. Fill it in, or remove the row."
        )
    return text


def _days(raw: RawTable, at: int | None) -> list[date | None]:
    if at is None:
        return [None] * len(raw.rows)
    values = [row[at] for row in raw.rows]
    days = read_days(values)
    for place in days.undecided:
        raise BadInput(
            f"{raw.file}, row {raw.numbers[place]}, column {raw.headers[at]}: “{values[place]}” may be read in two ways. "
            "Write days as year-month-day, such as 2025-03-31."
        )
    for unread in days.unread:
        if unread.severity == "error":
            raise BadInput(
                f"{raw.file}, row {raw.numbers[unread.at]}, column {raw.headers[at]}: {unread.why} {unread.remedy}"
            )
    return days.days


def _in_order(file: str, person: str, stays: list[Stay]) -> tuple[Stay, ...]:
    ordered = sorted(stays, key=lambda stay: stay.start or date.min)
    for one, two in pairwise(ordered):
        if (two.start or date.min) < (one.end or date.max):
            raise BadInput(
                f"{file}, rows {one.row} and {two.row}: {person} is in {one.unit} and in {two.unit} at one time. "
                f"Let the first stay end (“to”) on the day on which the second begins."
            )
    return tuple(ordered)
