"""Rows put into groups without a full sort: keys are whole numbers, and few beside the rows."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.flow.figures import Spread

Ints = NDArray[np.int64]
Whole = NDArray[np.integer[Any]]  # whole numbers of any size
Mask = NDArray[np.bool_]

HOUR = 3_600_000_000  # microseconds
DIGIT = 1 << 16
DENSE = 1 << 22  # a table over all keys up to here, a sort beyond
LONG = 1 << 12  # groups longer than this are worked on one by one
WIDE = 1 << 21  # cells of a table of short groups


class Groups(NamedTuple):
    """Rows ordered by key, rows of one key as they came. order: shape (n,). keys, starts: of each group; rows: the length of each."""

    order: Ints
    keys: Ints
    starts: Ints
    rows: Ints


def grouped(keys: Ints, top: int) -> Groups:
    """Groups of rows by key, 0 <= key < top. A radix sort of 16 bits at a time."""
    order = _order(keys, top)
    ordered = keys.take(order)
    starts = run_starts(ordered)
    return Groups(order, ordered[starts], starts, np.diff(starts, append=len(keys)))


def _order(keys: Ints, top: int) -> Ints:
    if top <= 256:
        return np.argsort(keys.astype(np.uint8), kind="stable")
    if top <= DIGIT:
        return np.argsort(keys.astype(np.uint16), kind="stable")
    if top > DIGIT * DIGIT:
        return np.argsort(keys, kind="stable")
    low = np.argsort((keys & (DIGIT - 1)).astype(np.uint16), kind="stable")
    return low[np.argsort((keys >> 16).astype(np.uint16)[low], kind="stable")]


def run_starts(ordered: NDArray[Any]) -> Ints:
    """Where a new value begins in a column in which equal values stand together."""
    new = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return np.flatnonzero(new)


def cases_of(groups: Groups, case: NDArray[Any]) -> Ints:
    """In how many cases each group occurs; case: shape (n,), rising in the order of the rows before they were grouped."""
    if not len(groups.keys):
        return np.empty(0, dtype=np.int64)
    ordered = case.take(groups.order)
    new = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    new[groups.starts] = True
    return np.add.reduceat(new, groups.starts, dtype=np.int64)


class Sums:
    """Numbers added up by key, out of many pieces."""

    def __init__(self) -> None:
        self.keys: list[Ints] = []
        self.values: list[Ints] = []

    def add(self, keys: Ints, values: Ints) -> None:
        self.keys.append(keys)
        self.values.append(values)

    def extend(self, other: "Sums") -> None:
        self.keys += other.keys
        self.values += other.values

    def at(self, wanted: Ints) -> Ints:
        """The sum at each wanted key; wanted: rising. Keys that are not wanted are left out."""
        total = np.zeros(len(wanted) + 1, dtype=np.int64)
        for keys, values in zip(self.keys, self.values, strict=True):
            np.add.at(total, places(wanted, keys), values)
        return total[:-1]


def places(wanted: Ints, keys: Ints) -> Ints:
    """The place of each key among the wanted ones (rising); their number, where it is not wanted."""
    if not len(wanted):
        return np.zeros(len(keys), dtype=np.int64)
    if 4 * len(keys) > wanted[-1] < DENSE:
        table = np.full(wanted[-1] + 1, len(wanted), dtype=np.int64)
        table[wanted] = np.arange(len(wanted))
        return np.where(keys <= wanted[-1], table[np.minimum(keys, wanted[-1])], len(wanted))
    place = np.searchsorted(wanted, keys)
    return np.where(wanted[np.minimum(place, len(wanted) - 1)] == keys, place, len(wanted))


def distinct(parts: Sequence[Ints], top: int) -> Ints:
    """The different keys of all parts, rising; 0 <= key < top."""
    if not parts:
        return np.empty(0, dtype=np.int64)
    if top <= DENSE:
        seen = np.zeros(top, dtype=np.bool_)
        for part in parts:
            seen[part] = True
        return np.flatnonzero(seen)
    together = np.sort(np.concatenate(parts))
    return together[run_starts(together)]


class Part(NamedTuple):
    """A piece's groups and the values of their rows, in the order of the groups: values × unit, exactly."""

    keys: Ints
    rows: Ints
    values: Whole
    unit: int


def part_of(groups: Groups, values: Ints) -> Part:
    """The values of the rows, in half the memory where all are whole seconds (or milliseconds) and none is too long."""
    ordered = values.take(groups.order)
    if len(ordered) and ordered.min() >= 0:
        for unit in (1_000_000, 1_000):
            few = ordered[:64]
            if (few // unit * unit == few).all() and ordered.max() // unit < 1 << 32:
                coarse = ordered // unit
                if (coarse * unit == ordered).all():
                    return Part(groups.keys, groups.rows, coarse.astype(np.uint32), unit)
    return Part(groups.keys, groups.rows, ordered, 1)


def gathered(parts: list[Part], wanted: Ints, rows: Ints) -> Ints:
    """The values of all parts with those of one key together; wanted: all keys, rising; rows: how many each has. Empties the parts."""
    out = np.empty(int(rows.sum()), dtype=np.int64)
    cursor = np.cumsum(rows) - rows
    while parts:  # each is let go as it is copied, for together they are as large as the answer
        part = parts.pop()
        place = places(wanted, part.keys)
        begins = np.cumsum(part.rows) - part.rows
        target = np.repeat(cursor[place] - begins, part.rows)
        target += np.arange(len(target))
        out[target] = part.values.astype(np.int64) * part.unit
        cursor[place] += part.rows
    return out


def spreads(values: Ints, rows: Ints) -> list[Spread]:
    """Median and 90 % (type 7) of each group of values, in hours. values: microseconds, groups one after another; `rows` of each."""
    starts = np.cumsum(rows) - rows
    found = np.zeros((2, len(rows)))
    for place in np.flatnonzero(rows > LONG):
        found[:, place] = _of_one(values[starts[place] : starts[place] + rows[place]])
    width = 1
    while width <= LONG:
        here = np.flatnonzero((rows > width // 2) & (rows <= width))
        for some in np.array_split(here, -(-len(here) * width // WIDE) or 1):
            if len(some):
                found[:, some] = _of_many(values, starts[some], rows[some], width)
        width *= 2
    found /= HOUR
    return [
        Spread(n, median, p90) if n else Spread() for n, median, p90 in zip(rows.tolist(), *found.tolist(), strict=True)
    ]


def spread(values: Ints) -> Spread:
    """Median and 90 % (type 7) of durations in microseconds, in hours."""
    return spreads(values, np.array([len(values)]))[0]


def _of_one(values: Ints) -> NDArray[np.float64]:
    low, high, _ = _ranks(np.array([len(values)]))
    ordered = np.partition(values, np.unique((low, high)))
    return _between(ordered[None, :], np.array([len(values)]))[:, 0]


def _of_many(values: Ints, starts: Ints, rows: Ints, width: int) -> NDArray[np.float64]:
    place = np.arange(width)
    table = values[np.minimum(starts[:, None] + place, len(values) - 1)]
    table[place >= rows[:, None]] = np.iinfo(np.int64).max
    table.sort(axis=1)
    return _between(table, rows)


def _ranks(rows: Ints) -> tuple[Ints, Ints, NDArray[np.float64]]:
    """Hyndman & Fan (1996), type 7: the ranks on either side, and how far between them. Shape (2, groups)."""
    tenths = (rows - 1) * np.array([[5], [9]])  # whole numbers: 0.9 is none
    low = tenths // 10
    return low, np.minimum(low + 1, rows - 1), (tenths % 10) / 10


def _between(ordered: Ints, rows: Ints) -> NDArray[np.float64]:
    low, high, share = _ranks(rows)
    row = np.arange(len(ordered))
    below = ordered[row, low]
    return np.asarray(below + share * (ordered[row, high] - below), dtype=np.float64)
