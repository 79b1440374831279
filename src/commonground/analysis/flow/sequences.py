"""Cases as runs in sorted columns: where one ends, who holds it when it moves on, and in which order its steps came."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.events import COLUMNS, MISSING, Blocks, Events

PIECE = 1 << 17  # events worked on at once: their columns stay in the processor's cache

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Hashes = NDArray[np.uint64]


class Holders(NamedTuple):
    """How often work changed hands between persons, units or lines.

    pairs: paired events of one case. handoffs: those with different holders. cases: with a hand-off. ping_pong_cases: that returned.
    """

    pairs: int
    handoffs: int
    cases: int
    ping_pong_cases: int


def pieces(blocks: Blocks, size: int = PIECE) -> Iterator[Events]:
    """The same events in pieces of about `size`, each of whole cases; a case longer than that is a piece of its own."""
    for block in blocks:
        yield from _cut(block, size)


def _cut(block: Events, size: int) -> Iterator[Events]:
    start, n = 0, len(block)
    while start < n:
        end = min(start + size, n)
        if end < n:
            last = block.case[end - 1]
            begins = end - _run(block.case[start:end][::-1], last)
            end = begins if begins > start else end + _run(block.case[end:], last)
        yield _between(block, start, end)
        start = end


def _between(block: Events, start: int, end: int) -> Events:
    """A part of a block, without a copy."""
    return replace(block, **{name: getattr(block, name)[start:end] for name in COLUMNS})


def _run(case: NDArray[np.uint64], value: np.uint64) -> int:
    """How many of the first values are this one."""
    differs = case != value
    return int(differs.argmax()) if differs.any() else len(case)


def told(case: NDArray[np.uint64], holder: NDArray[Any]) -> tuple[NDArray[np.uint64], NDArray[Any]]:
    """Cases and holders of the events that tell a holder."""
    kept = holder != MISSING
    return (case, holder) if kept.all() else (case[kept], holder[kept])


def distinct_runs(case: NDArray[np.uint64]) -> int:
    """How many different cases there are in a sorted column."""
    return int(np.count_nonzero(case[1:] != case[:-1])) + 1 if len(case) else 0


def holders(case: NDArray[np.uint64], holder: NDArray[Any]) -> Holders:
    """Pairs of a piece and their changes of holder. A ping-pong case somewhere returns to the holder before last, repeats removed.

    case, holder: shape (n,), sorted by case and time; events that are to be left out are not in it.
    """
    same = case[1:] == case[:-1]
    change = holder[1:] != holder[:-1]
    handed = same & change
    turns = np.ones(len(case), dtype=np.bool_)
    np.logical_or(~same, change, out=turns[1:])
    case_of, turn = case[turns], holder[turns]
    back = (turn[2:] == turn[:-2]) & (case_of[2:] == case_of[:-2])
    return Holders(
        int(np.count_nonzero(same)),
        int(np.count_nonzero(handed)),
        distinct_runs(case[1:][handed]),
        distinct_runs(case_of[2:][back]),
    )


def present(codes: NDArray[Any]) -> Mask:
    """Shape (largest code + 1,): which codes occur; missing ones are not counted."""
    seen = np.zeros(int(codes.max(initial=MISSING)) + 2, dtype=np.bool_)
    seen[codes] = True  # MISSING marks the last
    return seen[:-1]


def variant_hashes(first: Mask, activity: NDArray[Any]) -> Hashes:
    """One number a case that stands for the order of its activities. Shape (cases,).

    activity: shape (n,), a number for each. Each at its place is mixed to 64 bits (splitmix64, Steele et al. 2014) and added up. Two
    orders that differ get the same number with odds of 1 to 2^64; among v orders some two do with odds of v² to 2^65: among a million
    1 to 37 million.
    """
    starts = np.flatnonzero(first)
    if not len(starts):
        return np.empty(0, dtype=np.uint64)
    place = np.arange(1, len(first) + 1, dtype=np.uint64)
    place -= np.repeat(starts.astype(np.uint64), np.diff(starts, append=len(first)))
    place *= np.uint64(0x9E3779B97F4A7C15)
    mixed = _mixed(activity.astype(np.uint64))
    mixed ^= place
    return np.add.reduceat(_mixed(mixed), starts)


def _mixed(bits: Hashes) -> Hashes:
    """Changed in place, so that every bit depends on all."""
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        bits ^= bits >> np.uint64(shift)
        bits *= np.uint64(factor)
    bits ^= bits >> np.uint64(31)
    return bits
