"""People followed over time, brought into steps: for each group and each time at which somebody's following ended, how many were there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Rows sorted by group and time, each time of a group once.

    offsets: where each group's rows begin, and the end; a group without people has none. at_risk: people of the group who were followed
    up to this time and nothing had happened to. happened: shape (causes, rows), how many came to each cause then. n: people a group.
    """

    offsets: Whole
    time: Numbers
    at_risk: Whole
    happened: Whole
    n: Whole

    @property
    def any(self) -> Whole:
        """How many came to whatever cause, at each row."""
        total: Whole = self.happened.sum(axis=0)
        return total


def followed(
    duration: ArrayLike,
    cause: ArrayLike,
    group: ArrayLike | None,
    groups: int | None,
    entry: ArrayLike | None,
    causes: int,
) -> Steps:
    """Steps of the people given, one value a person each.

    duration: time until the event or until the following ended. cause: 0 where nothing had happened by then, else 1 to `causes`.
    group: code from 0; None puts all into one. groups: how many groups there are, empty ones included; None takes the highest code.
    entry: the time from which a person was followed, if later than 0. Raises ValueError, as a sentence, for anything else.
    """
    time, kind = _durations(duration), np.asarray(cause)
    _same_length(time, kind, "events")
    codes = _codes(group, groups, time)
    count = int(codes.max()) + 1 if groups is None else groups
    kind = _causes(kind, causes)
    order = np.lexsort((time, codes))
    time, kind, codes = time[order], kind[order], codes[order]
    new = np.empty(len(time), bool)
    new[0], new[1:] = True, (time[1:] != time[:-1]) | (codes[1:] != codes[:-1])
    starts = np.flatnonzero(new)
    per_group = np.bincount(codes, minlength=count)
    ends = np.cumsum(per_group)
    row_group = codes[starts]
    at_risk = ends[row_group] - starts
    if entry is not None:
        at_risk -= _not_yet(np.asarray(entry, float), order, time, codes, starts)
    happened = np.stack([np.add.reduceat((kind == k).astype(np.int64), starts) for k in range(1, causes + 1)])
    offsets = np.concatenate(([0], np.cumsum(np.bincount(row_group, minlength=count))))
    return Steps(offsets, time[starts], at_risk, happened, per_group)


def _durations(duration: ArrayLike) -> Numbers:
    time = np.asarray(duration, float)
    if time.ndim != 1:
        raise ValueError("Durations are one list of numbers, one a person.")
    if not time.size:
        raise ValueError("Nobody was followed: there is no curve without people.")
    if not np.isfinite(time).all():
        raise ValueError(f"A duration is a number; that of row {_first(~np.isfinite(time))} is none.")
    if (time < 0).any():
        raise ValueError(f"A duration cannot be negative; that of row {_first(time < 0)} is.")
    return time


def _first(wrong: NDArray[np.bool_]) -> int:
    return int(np.argmax(wrong)) + 1


def _same_length(time: Numbers, other: NDArray[np.generic], what: str) -> None:
    if other.shape != time.shape:
        raise ValueError(f"There are {time.size} durations and {other.size} {what}: each person needs one of both.")


def _causes(kind: NDArray[np.generic], causes: int) -> NDArray[np.int64]:
    numbers = kind.astype(float)
    known = np.isin(numbers, np.arange(causes + 1))
    if not known.all():
        raise ValueError(f"An event is 0 (not yet) or 1 to {causes}; that of row {_first(~known)} is neither.")
    return numbers.astype(np.int64)


def _codes(group: ArrayLike | None, groups: int | None, time: Numbers) -> NDArray[np.int64]:
    if group is None:
        return np.zeros(time.size, np.int64)
    given = np.asarray(group)
    _same_length(time, given, "groups")
    if not np.issubdtype(given.dtype, np.integer):
        raise ValueError("Groups are codes: whole numbers from 0.")
    codes = given.astype(np.int64)
    wrong = (codes < 0) | (codes >= (np.inf if groups is None else groups))
    if wrong.any():
        raise ValueError(
            f"Row {_first(wrong)} is in a group that is not there: codes go from 0 to the number of groups."
        )
    return codes


def _not_yet(entry: Numbers, order: Whole, time: Numbers, codes: Whole, starts: Whole) -> Whole:
    """How many of a row's group who are still to end come in at or after its time: people count from after their entry."""
    _same_length(time, entry, "entries")
    entry = entry[order]
    if not (entry < time).all():
        raise ValueError("People come in before their following ends: an entry must be earlier than its duration.")
    _, ranks = np.unique(np.concatenate((entry, time)), return_inverse=True)
    high = int(ranks.max()) + 1
    comes, at = codes * high + ranks[: time.size], (codes * high + ranks[time.size :])[starts]
    comes.sort()
    ends = np.searchsorted(comes, (codes[starts] + 1) * high)
    later: Whole = ends - np.searchsorted(comes, at)
    return later


def running(values: Numbers, offsets: Whole, by: np.ufunc = np.add) -> Numbers:
    """Sums (or with np.multiply products) up to and with each row, begun anew in each group.

    Groups of about one length are put side by side, so that each is summed by itself: a group comes out to the last bit as it would alone.
    """
    through = np.empty(len(values))
    lengths = np.diff(offsets)
    _, sizes = np.frexp(lengths)
    for size in np.unique(sizes[lengths > 0]):
        groups = np.flatnonzero((sizes == size) & (lengths > 0))
        place = np.arange(int(lengths[groups].max()))
        inside = place < lengths[groups, None]
        rows = offsets[groups, None] + place
        side_by_side = np.where(inside, values[np.minimum(rows, len(values) - 1)], by.identity)
        through[rows[inside]] = by.accumulate(side_by_side, axis=1)[inside]
    return through


def before(values: Numbers, offsets: Whole, begin: float) -> Numbers:
    """The value of the row before in the same group; `begin` in a group's first row."""
    shifted = np.empty_like(values)
    shifted[1:] = values[:-1]
    shifted[offsets[:-1][np.diff(offsets) > 0]] = begin
    return shifted
