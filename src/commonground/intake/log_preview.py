"""What a file of events holds, counted while its rows pass by: what the importer sees before anything is taken over. No database."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from commonground.events.coding import hashed
from commonground.events.rows import Rows
from commonground.intake.problems import BadInput
from commonground.intake.references import Index

NEAR = 12  # unknown units for which a near name is looked for: that takes long
SHOWN = 60  # activities and units that a page names, the most frequent first
MOST_NAMES = 100_000  # different activities or units of a log
AT_ONCE = 4_000_000  # hashes of cases that are kept before they are brought together
DAY = 86_400_000_000
COUNTING = b"to count cases by"[:16]  # of the hash that tells cases apart here; nothing of it is kept
BEGIN = datetime(1970, 1, 1, tzinfo=UTC)


def moment(time: int) -> datetime:
    """The store's microseconds as a moment."""
    return BEGIN + timedelta(microseconds=time)


@dataclass
class Tally:
    """Counts rows as they pass. Cases are counted by a hash of 64 bits each, so that memory does not grow with their names."""

    rows: int = 0
    activities: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    product_lines: Counter[str] = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)
    without_person: int = 0
    without_unit: int = 0
    first: int | None = None
    last: int | None = None
    days_only: bool = True
    _people: set[str] = field(default_factory=set)
    _cases: list[NDArray[np.uint64]] = field(default_factory=list)
    _waiting: int = 0

    def add(self, piece: Rows) -> None:
        """Counts a piece of rows."""
        if not len(piece):
            return
        self.rows += len(piece)
        self.activities.update(_counted(piece.activity))
        self.without_unit += self._of(piece.unit, self.units, len(piece))
        self._of(piece.product_line, self.product_lines, 0)
        self._of(piece.channel, self.channels, 0)
        self.without_person += len(piece) if piece.person is None else piece.person.null_count
        if piece.person is not None:
            self._people.update(_counted(piece.person))
        self._add_cases(piece.case)
        self._add_times(piece.time)
        self._refuse_what_is_no_step()

    def _refuse_what_is_no_step(self) -> None:
        for what, names in (("activities", self.activities), ("units", self.units)):
            if len(names) > MOST_NAMES:
                raise BadInput(
                    f"The column read as that of {what} holds more than {MOST_NAMES:,} different ones, so it seems to be a free text or "
                    "a number of its own for each row. Choose the column that names them, or leave it out."
                )

    @staticmethod
    def _of(column: pa.Array | None, into: Counter[str], absent: int) -> int:
        if column is None:
            return absent
        into.update(_counted(column))
        return int(column.null_count)

    def _add_cases(self, column: pa.Array) -> None:
        self._cases.append(_different(hashed(column, COUNTING)))
        self._waiting += len(self._cases[-1])
        if self._waiting > AT_ONCE:
            self._together()

    def _together(self) -> NDArray[np.uint64]:
        whole = _different(np.concatenate(self._cases)) if self._cases else np.empty(0, np.uint64)
        self._cases, self._waiting = [whole], 0
        return whole

    def _add_times(self, time: NDArray[np.int64]) -> None:
        low, high = int(time.min()), int(time.max())
        begun = low if self.first is None else self.first
        self.first, self.last = min(begun, low), max(high if self.last is None else self.last, high)
        self.days_only = self.days_only and not bool(np.any((time - begun) % DAY))

    @property
    def cases(self) -> int:
        return len(self._together())

    @property
    def people(self) -> int:
        """How many different persons, as they are written in the file."""
        return len(self._people)

    @property
    def pseudonyms(self) -> int:
        """How many pseudonyms these persons will have: blanks and Unicode forms make no difference to one."""
        return len({unicodedata.normalize("NFKC", one).strip() for one in self._people})

    @property
    def period(self) -> tuple[datetime, datetime] | None:
        """The first and the last moment; None while there is no row."""
        return None if self.first is None or self.last is None else (moment(self.first), moment(self.last))


def counted(pieces: Iterable[Rows], tally: Tally) -> Iterator[Rows]:
    """The pieces as they are, counted while somebody else takes them."""
    for piece in pieces:
        tally.add(piece)
        yield piece


def _different(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each value once, in order: by sorting, which for hashes is quicker than a table."""
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]


def _counted(column: pa.Array) -> dict[str, int]:
    found = pc.value_counts(column)
    texts = _decoded(found.field("values"))
    return {text: n for text, n in zip(texts, found.field("counts").to_pylist(), strict=True) if text is not None}


def _decoded(column: pa.Array) -> list[Any]:
    return list(column.to_pylist())


def summary(tally: Tally, units: Index | None = None) -> dict[str, Any]:
    """What was found as plain values for pages and answers. No name of a person is in it.

    units: those of the organization, to say which units of the log it knows, and persons are counted as the log will hold them; None
    where there is no instance to ask.
    """
    period = tally.period
    found: dict[str, Any] = {
        "rows": tally.rows,
        "cases": tally.cases,
        "people": tally.people,
        "activities": _most(tally.activities),
        "n_activities": len(tally.activities),
        "n_units": len(tally.units),
        "product_lines": _most(tally.product_lines),
        "n_product_lines": len(tally.product_lines),
        "channels": _most(tally.channels),
        "n_channels": len(tally.channels),
        "without_person": tally.without_person,
        "without_unit": tally.without_unit,
        "first": period[0].isoformat() if period else None,
        "last": period[1].isoformat() if period else None,
        "days_only": tally.days_only and tally.rows > 1,
    }
    return found if units is None else {**found, "people": tally.pseudonyms, **matched(tally.units, units)}


def matched(units: Counter[str], known: Index) -> dict[str, Any]:
    """Which units of a log the organization knows by id or name, and for the others the nearest name it has."""
    is_known = {name: known.resolve(name).id is not None for name in units}
    others = _most(Counter({name: n for name, n in units.items() if not is_known[name]}))
    return {
        "known_units": _most(Counter({name: n for name, n in units.items() if is_known[name]})),
        "n_known_units": sum(is_known.values()),
        "rows_of_known_units": sum(n for name, n in units.items() if is_known[name]),
        "unknown_units": [[name, known.near(name) if at < NEAR else None] for at, name in enumerate(others)],
    }


def _most(counter: Counter[str]) -> list[str]:
    """The most frequent, without how often: few people may stand behind the number of one activity or unit."""
    return [name for name, _ in counter.most_common(SHOWN)]


def doubts(found: dict[str, Any], mapped: Sequence[str]) -> list[str]:
    """What the importer should know about such a log before they take it over, each a sentence with what to do.

    found: what `summary` answered. mapped: the columns of ours that the file has.
    """
    said = []
    if found["rows"] and found["rows"] == found["cases"]:
        said.append(
            "Every case has one row only. This looks like a list of cases as they stand now, not a log of their steps: no hand-off "
            "can be seen in it. Ask the source for its history, one row for each step."
        )
    elif found["rows"] and found["cases"] == 1:
        said.append(
            "All rows belong to one case. Choose the column that tells the cases apart, such as a number of the order."
        )
    if found["rows"] > 20 and found["n_activities"] > found["rows"] / 2:
        said.append(
            "Nearly every row has an activity of its own. Choose the column that names the step, not a free text."
        )
    if found["rows"] > 1 and found["n_activities"] == 1:
        said.append("All rows have the same activity. Choose the column that names the step, if there is one.")
    if "unit" not in mapped:
        said.append("No column tells a unit, so no crossing between units can be seen.")
    if "person" not in mapped:
        said.append("No column tells who did a step, so hand-offs between people cannot be counted.")
    if found["days_only"]:
        said.append(
            "Times are whole days: steps of one day stand in the order of the file, and waits are counted in days."
        )
    return said
