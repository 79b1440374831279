"""Who reaches whom: the ties among people as plain arrays, and whom each of them reaches within a step or two."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
MOST_AT_ONCE = 2_000_000  # ends of two-step paths that are held at the same time
MOST_REACHED = (
    400_000_000  # entries of a whole reach, 1.6 GB: beyond this it is refused rather than the machine brought down
)


class TooLargeError(ValueError):
    """Whom each reaches within the steps would not fit into memory."""


@dataclass(frozen=True)
class Rows:
    """Rows of different length in one array: row i is items[offsets[i]:offsets[i + 1]], without doubles.

    offsets: int64, one more than there are rows. items: int32, each below `wide`.
    """

    offsets: Ints
    items: NDArray[np.int32]
    wide: int

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, row: int) -> NDArray[np.int32]:
        return self.items[self.offsets[row] : self.offsets[row + 1]]

    @cached_property
    def sizes(self) -> Ints:
        """How long each row is."""
        made: Ints = np.diff(self.offsets)
        return made

    @cached_property
    def turned(self) -> "Rows":
        """The same the other way round: for each item the rows that hold it, in order."""
        order = in_order(self.items)
        rows = np.repeat(np.arange(len(self), dtype=np.int32), self.sizes)
        return Rows(_offsets(np.bincount(self.items, minlength=self.wide)), rows[order], len(self))

    def of(self, rows: ArrayLike) -> NDArray[np.int32]:
        """The items of several rows, one row after the other."""
        return self.items[places(self.offsets, np.asarray(rows, np.int64))]

    def kept(self, rows: ArrayLike) -> "Rows":
        """Some of the rows alone, in the order given."""
        chosen = np.asarray(rows, np.int64)
        return Rows(_offsets(self.sizes[chosen]), self.of(chosen), self.wide)

    def only(self, rows: NDArray[np.bool_], items: NDArray[np.bool_]) -> "Rows":
        """The same with some items only, and the other rows empty."""
        stays = items[self.items] & np.repeat(rows, self.sizes)
        until = np.concatenate([np.zeros(1, np.int64), np.cumsum(stays)])
        return Rows(until[self.offsets], self.items[stays], self.wide)

    def sums(self, values: Floats) -> Floats:
        """For each row the sum of the values of its items. values: one for each item."""
        made, filled = np.zeros(len(self)), self.sizes > 0
        if len(self.items):
            made[filled] = np.add.reduceat(values[self.items], self.offsets[:-1][filled])
        return made


def in_order(people: NDArray[np.int32]) -> NDArray[np.int64]:
    """The places of these, none below 0, from the lowest on, equal ones as they stand. Two passes over 16 bits each are counted, not
    compared: a quarter of the time that NumPy takes for all 32 at once."""
    order = np.argsort((people & 0xFFFF).astype(np.uint16), kind="stable")
    found: NDArray[np.int64] = order[np.argsort((people >> 16).astype(np.uint16)[order], kind="stable")]
    return found


def places(offsets: Ints, rows: Ints) -> Ints:
    """Where the items of these rows stand in the one array of all."""
    starts, sizes = offsets[rows], offsets[rows + 1] - offsets[rows]
    ends = np.cumsum(sizes)
    found: Ints = np.arange(ends[-1] if len(ends) else 0, dtype=np.int64) + np.repeat(starts - (ends - sizes), sizes)
    return found


def _offsets(sizes: NDArray[np.integer]) -> Ints:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])


@dataclass(frozen=True)
class Network:
    """Ties among people: person i reaches targets[offsets[i]:offsets[i + 1]], in order, without themselves and without doubles.

    ids: a name for each person. weights: how strong each tie is, None where nothing is known of it.
    """

    ids: tuple[str, ...]
    offsets: Ints
    targets: NDArray[np.int32]
    weights: Floats | None = None

    @classmethod
    def from_edges(
        cls,
        ids: Sequence[str],
        sources: ArrayLike,
        targets: ArrayLike,
        weights: ArrayLike | None = None,
        *,
        undirected: bool = False,
    ) -> "Network":
        """The network of these ties. sources, targets: positions in ids, one for each tie; undirected: each holds both ways.

        Ties of a person to themselves are left out; of doubles one stays, with the sum of their weights. Raises ValueError for arrays of
        different lengths, for a position that is nobody's and for ids that are there twice.
        """
        one, two = np.asarray(sources, np.int64).ravel(), np.asarray(targets, np.int64).ravel()
        strong = np.ones(len(one)) if weights is None else np.asarray(weights, np.float64).ravel()
        _refuse_bad_edges(ids, one, two, strong)
        if undirected:
            one, two, strong = np.concatenate([one, two]), np.concatenate([two, one]), np.concatenate([strong, strong])
        apart = one != two
        keys = one[apart] * len(ids) + two[apart]
        unique, first = np.unique(keys, return_inverse=True)
        rows = _offsets(np.bincount(unique // max(len(ids), 1), minlength=len(ids)))
        made: Floats | None = None
        if weights is not None:
            made = np.bincount(first, strong[apart], minlength=len(unique)).astype(np.float64)
        return cls(tuple(ids), rows, (unique % max(len(ids), 1)).astype(np.int32), made)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def rows(self) -> Rows:
        """The targets of each person as rows, the person not among them."""
        return Rows(self.offsets, self.targets, len(self))

    def reversed(self) -> "Network":
        """The same ties, each the other way round."""
        order = in_order(self.targets)
        turned = self.rows.turned
        return Network(self.ids, turned.offsets, turned.items, None if self.weights is None else self.weights[order])

    def reach(self, steps: int = 1) -> Rows:
        """Whom each person reaches within one or two steps, themselves included, in order.

        Raises ValueError for other steps, TooLargeError where the rows would not fit into memory.
        """
        if steps not in (1, 2):
            raise ValueError(f"steps is {steps}: it is 1 or 2.")
        people = np.arange(len(self), dtype=np.int32)
        before = self.targets < np.repeat(people, np.diff(self.offsets))
        at = self.offsets[:-1] + np.diff(np.concatenate([np.zeros(1, np.int64), np.cumsum(before)])[self.offsets])
        one = Rows(self.offsets + np.arange(len(self) + 1), np.insert(self.targets, at, people), len(self))
        return one if steps == 1 else _twice(one)


def _refuse_bad_edges(ids: Sequence[str], sources: Ints, targets: Ints, weights: Floats) -> None:
    if not len(sources) == len(targets) == len(weights):
        raise ValueError(
            f"{len(sources)} sources, {len(targets)} targets, {len(weights)} weights: give each tie one of each."
        )
    if len(set(ids)) != len(ids):
        raise ValueError("Some ids are there twice: give each person one of their own.")
    ends = np.concatenate([sources, targets])
    if len(ends) and (ends.min() < 0 or ends.max() >= len(ids)):
        raise ValueError(
            f"A tie ends at {ends.min() if ends.min() < 0 else ends.max()}: positions are 0 to {len(ids) - 1}."
        )


def _twice(one: Rows) -> Rows:
    """Rows of rows, without doubles."""
    ends = one.sums(one.sizes.astype(np.float64)).astype(np.int64)
    sizes, found, total = [], [], 0
    for start, end in _chunks(ends):
        firsts = one.items[one.offsets[start] : one.offsets[end]].astype(np.int64)
        owners = np.repeat(
            np.arange(end - start), np.add.reduceat(one.sizes[firsts], one.offsets[start:end] - one.offsets[start])
        )
        keys = _unique_sorted(owners * one.wide + one.of(firsts))
        sizes.append(np.bincount(keys // one.wide, minlength=end - start))
        found.append((keys % one.wide).astype(np.int32))
        total += len(keys)
        if total > MOST_REACHED:
            raise TooLargeError(
                f"Within two steps there are more than {MOST_REACHED:,} ties to hold. Ask for one step."
            )
    made = np.concatenate(found) if found else np.zeros(0, np.int32)
    return Rows(_offsets(np.concatenate(sizes) if sizes else np.zeros(0, np.int64)), made, one.wide)


def _unique_sorted(keys: Ints) -> Ints:
    """Different keys in order. Numbers of 32 bits sort in less than half of the time."""
    small = keys.astype(np.uint32) if len(keys) and keys.max() < 2**32 else keys
    small.sort()
    first = np.ones(len(small), bool)
    np.not_equal(small[1:], small[:-1], out=first[1:])
    return small[first].astype(np.int64)


def _chunks(ends: Ints) -> Iterator[tuple[int, int]]:
    """Runs of rows that hold no more than is handled at once; a single row may hold more."""
    until, start = np.cumsum(ends), 0
    while start < len(ends):
        before = until[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(until, before + MOST_AT_ONCE, side="right")))
        yield start, end
        start = end
