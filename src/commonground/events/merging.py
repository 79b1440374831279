"""Several deliveries become one log: which rows tell the same event, and in which order events of one moment stand.

The answer depends on the set of deliveries alone, never on the order in which they came:

- An event with an id of its source is one event, whatever is told of it; the file that stands last in sequence has the last word.
- Rows without an id are the same event when all their columns are equal and they come from different files. Equal rows of one file
  are several events (some logs have only days as times), so an event stands as often as in the file that has it most often.
- In a case, events of one moment keep the order of their file. Those of several files follow the files' pieces of that case, by first
  and last time; then the sequence of the files. Where files overlap at that moment, their common rows tell more, and that counts first.
"""

import heapq
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from commonground.events.coding import NAMED, Columns, in_order

Hashes = NDArray[np.uint64]
Places = NDArray[np.intp]
Mask = NDArray[np.bool_]


class Spanning(Protocol):
    """A file that has at least one event. first, last: microseconds UTC."""

    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...
    @property
    def file(self) -> str: ...
    @property
    def digest(self) -> str: ...


SpanningT = TypeVar("SpanningT", bound=Spanning)


def in_sequence(files: Iterable[SpanningT]) -> list[SpanningT]:
    """Files that follow one another in time stand in that order; those that overlap stand by name, “part 2” before “part 10”."""
    bunches: list[list[SpanningT]] = []
    until: int | None = None
    for file in sorted(files, key=lambda file: (file.first, file.last, _natural(file.file), file.digest)):
        if until is None or file.first >= until:
            bunches.append([])
        bunches[-1].append(file)
        until = file.last if until is None else max(until, file.last)
    for bunch in bunches:
        bunch.sort(key=lambda file: (_natural(file.file), file.first, file.last, file.digest))
    return [file for bunch in bunches for file in bunch]


def _natural(name: str) -> list[tuple[int, int, str]]:
    return [
        (0, int(word), "") if word.isdecimal() else (1, 0, word) for word in re.findall(r"\d+|\D+", name.casefold())
    ]


@dataclass(frozen=True, slots=True)
class Merged:
    """Sorted rows. joined: rows that told an event once more; changed: rows that told it otherwise and were left out."""

    columns: Columns
    joined: int = 0
    changed: int = 0


def of_one_file(columns: Columns) -> Merged:
    """Rows of one file, in its order: sorted, and each id told once, with the content that the file has last."""
    kept, changed = columns, 0
    if "id" in columns:
        content = _content(columns)
        last = _told_last(columns, content)
        repeated = (columns["id"] != 0) & ~_first_of_each(content)
        kept = _take(columns, np.flatnonzero(last & ~repeated))
        changed = int(np.count_nonzero(~last))
    order = in_order(kept["case"], kept["time"])
    return Merged(_take(kept, order), len(columns["case"]) - len(order) - changed, changed)


def merge(parts: Sequence[Columns]) -> Merged:
    """Parts of several files, in sequence, each as `of_one_file` leaves it, with common codes; what they tell together."""
    told = [part for part in parts if len(part["case"])]
    if len(told) <= 1:
        return Merged(told[0] if told else parts[0])
    whole = _concatenated(told)
    part = np.repeat(np.arange(len(told), dtype=np.int32), [len(columns["case"]) for columns in told])
    shared = _shared_cases(told)
    if not len(shared):
        return Merged(_take(whole, np.argsort(whole["case"], kind="stable")))
    place = np.minimum(np.searchsorted(shared, whole["case"]), len(shared) - 1)
    several = shared[place] == whole["case"]
    here = np.flatnonzero(several)
    settled, changed = _settle(_take(whole, here), part[here])
    rows = np.concatenate([np.flatnonzero(~several), here[settled]])
    order = rows[np.argsort(whole["case"][rows], kind="stable")]
    return Merged(_take(whole, order), len(here) - len(settled) - changed, changed)


def _settle(columns: Columns, part: NDArray[np.int32]) -> tuple[Places, int]:
    """Of cases told by several parts, in sequence: the rows that stay, case by case in order; how many were told otherwise."""
    content = _content(columns)
    last = _told_last(columns, content) if "id" in columns else np.ones(len(content), dtype=np.bool_)
    rows = np.flatnonzero(last)
    rank = _rank_of_piece(columns["case"][rows], columns["time"][rows], part[rows])
    rows = rows[np.argsort(rank, kind="stable")]  # case by case, piece by piece, in each file's order
    kept = _kept(content[rows], part[rows])
    order = np.lexsort((columns["time"][rows], columns["case"][rows]))
    rows, kept = rows[order], kept[order]
    for here in _overlapping(columns["case"][rows], columns["time"][rows], part[rows], kept):
        agreed = _agreed(content[rows[here]], part[rows[here]], kept[here])
        rows[here], kept[here] = rows[here][agreed], kept[here][agreed]
    return rows[kept], len(content) - len(rows)


def _rank_of_piece(case: Hashes, time: NDArray[np.int64], part: NDArray[np.int32]) -> Places:
    """For each row the place of its piece (the rows of one case in one part): by case, first time, last time, part."""
    order = np.lexsort((part, case))
    cases, parts = case[order], part[order]
    begins = np.flatnonzero(np.concatenate(([True], (cases[1:] != cases[:-1]) | (parts[1:] != parts[:-1]))))
    ends = np.append(begins[1:], len(order)) - 1
    first, last = time[order[begins]], time[order[ends]]
    rank = np.empty(len(begins), dtype=np.intp)
    rank[np.lexsort((parts[begins], last, first, cases[begins]))] = np.arange(len(begins))
    out = np.empty(len(order), dtype=np.intp)
    out[order] = np.repeat(rank, np.diff(np.append(begins, len(order))))
    return out


def _kept(content: Hashes, part: NDArray[np.int32]) -> Mask:
    """Whether a row adds to what the pieces before it told: the third equal row of a piece does when those had two at most."""
    order = np.argsort(content, kind="stable")
    contents, parts = content[order], part[order]
    new = np.concatenate(([True], contents[1:] != contents[:-1]))
    begins = np.flatnonzero(new | np.concatenate(([True], parts[1:] != parts[:-1])))
    sizes = np.diff(np.append(begins, len(order)))
    told, nth = np.zeros(len(begins), dtype=np.intp), _nth(new[begins])
    for turn in range(1, int(nth.max(initial=0)) + 1):  # at most once for each file that tells the same event
        here = np.flatnonzero(nth == turn)
        told[here] = np.maximum(told[here - 1], sizes[here - 1])
    before = np.repeat(told, sizes)
    kept = np.empty(len(order), dtype=np.bool_)
    kept[order] = np.arange(len(order)) - np.repeat(begins, sizes) >= before
    return kept


def _overlapping(case: Hashes, time: NDArray[np.int64], part: NDArray[np.int32], kept: Mask) -> list[slice]:
    """Where in sorted rows a moment of a case stands to which several parts add, and of which they have some rows in common."""
    if not len(case) or kept.all():
        return []
    new = (case[1:] != case[:-1]) | (time[1:] != time[:-1])
    begins = np.flatnonzero(np.concatenate(([True], new)))
    ends = np.append(begins[1:], len(case))
    least = np.minimum.reduceat(np.where(kept, part, np.iinfo(np.int32).max), begins)
    most = np.maximum.reduceat(np.where(kept, part, -1), begins)
    wanted = np.logical_or.reduceat(~kept, begins) & (least < most)
    return [slice(begin, end) for begin, end in zip(begins[wanted].tolist(), ends[wanted].tolist(), strict=True)]


def _agreed(content: Hashes, part: NDArray[np.int32], kept: Mask) -> list[int]:
    """The rows of one moment in an order that respects each part's own wherever they agree; the rows that go come last."""
    events = dict[tuple[int, int], int]()  # (content, how many times before in the part) → the row that stays for it
    chains = dict[int, list[tuple[int, int]]]()
    times = dict[tuple[int, int], int]()
    for row, (what, who, stays) in enumerate(zip(content.tolist(), part.tolist(), kept.tolist(), strict=True)):
        nth = times[what, who] = times.get((what, who), -1) + 1
        chains.setdefault(who, []).append((what, nth))
        if stays:
            events[what, nth] = row
    after = {row: set[int]() for row in events.values()}
    for chain in chains.values():
        for one, next_one in pairwise(chain):
            after[events[one]].add(events[next_one])
    return [*_topological(after), *np.flatnonzero(~kept).tolist()]


def _topological(after: dict[int, set[int]]) -> list[int]:
    """The rows so that each stands before those after it; the least first where nothing is said, and where files contradict."""
    before = dict.fromkeys(after, 0)
    for rows in after.values():
        for row in rows:
            before[row] += 1
    free, out, placed = [row for row, count in before.items() if not count], list[int](), set[int]()
    heapq.heapify(free)
    while len(out) < len(after):
        row = heapq.heappop(free) if free else min(set(after) - placed)
        if row in placed:
            continue
        out.append(row)
        placed.add(row)
        for other in after[row]:
            before[other] -= 1
            if not before[other] and other not in placed:
                heapq.heappush(free, other)
    return out


def _told_last(columns: Columns, content: Hashes) -> Mask:
    """False for a row whose id is told later with another content; rows without an id are all true. An id belongs to its case."""
    out = np.ones(len(content), dtype=np.bool_)
    rows = np.flatnonzero(columns["id"])
    key = _mixed(columns["case"][rows], columns["id"][rows])
    order = np.argsort(key, kind="stable")
    begins = np.flatnonzero(np.concatenate(([True], key[order[1:]] != key[order[:-1]]))) if len(rows) else order
    ends = np.append(begins[1:], len(order)) - 1
    winner = np.repeat(content[rows[order[ends]]], np.diff(np.append(begins, len(order)))) if len(rows) else content[:0]
    out[rows[order]] = content[rows[order]] == winner
    return out


def _first_of_each(content: Hashes) -> Mask:
    order = np.argsort(content, kind="stable")
    first = np.ones(len(content), dtype=np.bool_)
    first[order[1:]] = content[order[1:]] != content[order[:-1]]
    return first


def _content(columns: Columns) -> Hashes:
    """64 bits of all that a row tells. Of a million rows two different ones agree with odds of 3 in 100 million."""
    out = _mixed(columns["case"], columns["time"].view(np.uint64))
    for name in NAMED:
        out = _mixed(out, columns[name].astype(np.uint64))
    return _mixed(out, columns["id"]) if "id" in columns else out


def _mixed(one: Hashes, two: Hashes) -> Hashes:
    """The finalizer of SplitMix64 (Steele, Lea and Flood, 2014) over both."""
    out = one * np.uint64(0x9E3779B97F4A7C15) + two
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        out = (out ^ (out >> np.uint64(shift))) * np.uint64(factor)
    return out ^ (out >> np.uint64(31))


def _nth(begins: Mask) -> Places:
    """For each place how many places before it the last beginning was."""
    places = np.arange(len(begins))
    return places - np.maximum.accumulate(np.where(begins, places, 0))


def _shared_cases(parts: Sequence[Columns]) -> Hashes:
    """The cases that several parts have, sorted."""
    own = [part["case"][np.concatenate(([True], part["case"][1:] != part["case"][:-1]))] for part in parts]
    cases = np.sort(np.concatenate(own))
    return np.unique(cases[1:][cases[1:] == cases[:-1]])


def _concatenated(parts: Sequence[Columns]) -> dict[str, NDArray[Any]]:
    names = {name: None for part in parts for name in part}
    return {
        name: np.concatenate([part[name] if name in part else np.zeros(len(part["case"]), np.uint64) for part in parts])
        for name in names
    }


def _take(columns: Columns, rows: Places) -> dict[str, NDArray[Any]]:
    return {name: values[rows] for name, values in columns.items()}
