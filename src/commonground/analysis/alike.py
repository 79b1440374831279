"""Which short texts say nearly the same, so that one answer serves many: by the letters that they share, in any language.

A text is seen as the runs of three and four letters inside its words (casefolded, without accents and marks). A run weighs more the fewer
texts have it (tf–idf; Spärck Jones, 1972) and less in words of up to four letters, which in most languages are those that every sentence
has. Two texts are as like as the cosine of the angle between them: 0 nothing shared, 1 the same. Nothing leaves the machine, nothing is
learned beforehand, and nothing is told about whoever wrote: only which words are shared.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Keys = NDArray[np.uint32]

CUT: Final = 0.3  # texts of one group are at least so like, on average
LONGEST: Final = 2_000  # letters; what stands later in a text is not compared
RUNS: Final = (3, 4)
LIGHT: Final = np.array([0, 0.1, 0.1, 0.2, 0.5, 1.0], np.float32)  # by letters of the word; five and more weigh whole
AT_ONCE: Final = 512
BUCKET_BITS: Final = 20
WIDTH_BITS: Final = 11  # runs fall on so many axes by a fixed rule; cosines then err by about 1/45
SPACE: Final = ord(" ")
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_STEP: Final = np.uint64(1_000_003)


class Like(NamedTuple):
    """at: its place in what was searched. how: 0 to 1."""

    at: int
    how: float


def groups(texts: Sequence[str], cut: float = CUT) -> tuple[tuple[int, ...], ...]:
    """All texts in groups that say nearly the same: places in `texts`, ascending; the largest group first, then by first place.

    Every text is in exactly one group, often alone. Groups are joined while their texts are on average at least `cut` like each other
    (average linkage; Sokal & Michener, 1958). Which texts are together does not depend on their order. Five thousand texts of 500 letters
    take some seconds. Raises ValueError when cut is not above 0 and at most 1.
    """
    if not 0 < cut <= 1:
        raise ValueError(f"Texts are 0 to 1 like each other; a cut at {cut} says nothing. Give one such as {CUT}.")
    plain = [_plain(text) for text in texts]
    kinds = sorted(set(plain))  # one order whatever the order of the texts: rounding can then not part them
    vectors = _vectors(kinds)
    place = {text: at for at, text in enumerate(kinds)}
    found = np.arange(len(kinds))
    for part in _connected(vectors, cut):
        found[part] = part[_joined(vectors[part] @ vectors[part].T, cut)]
    members: dict[int, list[int]] = {}
    for at, text in enumerate(plain):
        # a text without a letter says nothing that another could be like
        members.setdefault(int(found[place[text]]) if text else -1 - at, []).append(at)
    return tuple(sorted((tuple(group) for group in members.values()), key=lambda group: (-len(group), group[0])))


def like(text: str, others: Sequence[str], at_least: float = CUT) -> tuple[Like, ...]:
    """Which of the others say nearly what this text says: the likest first, then in their order. Empty where none is so like."""
    vectors = _vectors([_plain(text), *map(_plain, others)])
    how = np.clip(vectors[1:] @ vectors[0], 0.0, 1.0)
    near = np.flatnonzero(how >= at_least)
    return tuple(Like(int(at), round(float(how[at]), 3)) for at in near[np.argsort(-how[near], kind="stable")])


class _Letters(dict[int, str]):
    """What each letter becomes: itself, nothing for an accent, a space for what is no part of a word."""

    def __missing__(self, code: int) -> str:
        one = chr(code)
        # vowel signs of Hindi, Thai … are marks (M) that do not combine
        of_a_word = one.isalnum() or unicodedata.category(one)[0] == "M"
        self[code] = found = "" if unicodedata.combining(one) else one if of_a_word else " "
        return found


_LETTERS: Final = _Letters()


def _plain(text: str) -> str:
    """Letters and digits, casefolded, without accents; one space between words and at both ends. Empty without a letter."""
    words = unicodedata.normalize("NFKD", text[:LONGEST].casefold()).translate(_LETTERS).split()
    return f" {' '.join(words)} " if words else ""


def _vectors(texts: Sequence[str]) -> Vectors:
    """A row of length 1 for each text; of length 0 for one without a run."""
    seen: list[tuple[int, Keys, Keys, Vectors]] = []
    in_texts = np.zeros(1 << BUCKET_BITS, np.int32)
    for begin in range(0, len(texts), AT_ONCE):
        row, bucket, weight = _runs(texts[begin : begin + AT_ONCE])
        in_texts += np.bincount(bucket, minlength=len(in_texts)).astype(np.int32)
        seen.append((begin, row, bucket, weight))
    rare = (np.log((1 + len(texts)) / (1 + in_texts)) + 1).astype(np.float32)
    axis, sign = _axes()
    vectors = np.zeros((len(texts), 1 << WIDTH_BITS), np.float32)
    for begin, row, bucket, weight in seen:
        rows = min(AT_ONCE, len(texts) - begin)
        cell = (row.astype(np.int64) << WIDTH_BITS) | axis[bucket]
        value = np.sqrt(weight) * rare[bucket] * sign[bucket]
        vectors[begin : begin + rows] = np.bincount(cell, value, rows << WIDTH_BITS).reshape(rows, -1)
    length = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]
    np.divide(vectors, length, out=vectors, where=length > 0)
    return vectors


def _runs(texts: Sequence[str]) -> tuple[Keys, Keys, Vectors]:
    """Each different run of each text: the text's place, the run's bucket, how much it weighs there."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32)
    row = np.repeat(np.arange(len(texts), dtype=np.uint32), [len(text) for text in texts])
    space = codes == SPACE
    spaces = np.concatenate([[0], np.cumsum(space)])
    ends = np.flatnonzero(space)
    # letters of the word that begins after the space before each place
    lengths = np.diff(ends, append=len(codes)) - 1
    light = LIGHT[np.clip(lengths[spaces[1:] - 1], 0, len(LIGHT) - 1)] if len(codes) else np.empty(0, np.float32)
    keys, weights = [], []
    for n in RUNS:
        first = np.arange(max(0, len(codes) - n + 1))
        inside = first[spaces[first + n - 1] == spaces[first + 1]]  # a space may only stand at an end
        mixed = np.full(len(inside), n, np.uint64)
        for step in range(n):
            mixed = mixed * _STEP + codes[inside + step]
        bucket = ((mixed * _MIX) >> np.uint64(64 - BUCKET_BITS)).astype(np.uint32)
        keys.append((row[inside] << np.uint32(BUCKET_BITS)) | bucket)
        weights.append(light[inside + 1])
    every = np.concatenate(keys)
    different, which = np.unique(every, return_inverse=True)
    weight = np.bincount(which, np.concatenate(weights), len(different)).astype(np.float32)
    return different >> np.uint32(BUCKET_BITS), different & np.uint32((1 << BUCKET_BITS) - 1), weight


@cache
def _axes() -> tuple[NDArray[np.int64], Vectors]:
    """For each bucket the axis on which it falls, and on which side (Weinberger et al., 2009)."""
    mixed = (np.arange(1 << BUCKET_BITS, dtype=np.uint64) + np.uint64(1)) * _MIX
    mixed = (mixed ^ (mixed >> np.uint64(29))) * _MIX
    sign = np.where((mixed >> np.uint64(20)) & np.uint64(1), 1.0, -1.0).astype(np.float32)
    return (mixed >> np.uint64(64 - WIDTH_BITS)).astype(np.int64), sign


def _connected(vectors: Vectors, cut: float) -> Iterator[NDArray[np.int64]]:
    """Places of texts that hang together over pairs at least `cut` like: two groups on average so like have such a pair."""
    first = np.arange(len(vectors))  # of each text, the first of those that it hangs together with
    for begin in range(0, len(vectors), AT_ONCE):
        near = vectors[begin : begin + AT_ONCE] @ vectors[begin:].T >= cut
        for row in np.flatnonzero(near.sum(axis=1) > 1):
            together = np.unique(first[begin + np.flatnonzero(near[row])])
            if len(together) > 1:
                first[np.isin(first, together)] = together[0]
    order = np.argsort(first, kind="stable")
    for part in np.split(order, np.flatnonzero(np.diff(first[order])) + 1):
        if len(part) > 1:
            yield part


def _joined(how: Vectors, cut: float) -> NDArray[np.int64]:
    """For each text the first of its group, by average linkage along chains of nearest neighbours (Müllner, 2011). Overwrites `how`."""
    np.fill_diagonal(how, -1)
    of, size = np.arange(len(how)), np.ones(len(how), np.float32)
    chain: list[int] = []
    open_ = np.ones(len(how), bool)
    while chain or open_.any():
        if not chain:
            chain.append(int(open_.argmax()))
        last = chain[-1]
        nearest = int(how[last].argmax())
        if len(chain) > 1 and how[last, chain[-2]] >= how[last, nearest]:
            nearest = chain[-2]  # of equals the one before, or the chain would turn in a ring
        if how[last, nearest] < cut:
            open_[last] = False  # averages only fall: it stays as it is
            how[last], how[:, last] = -1, -1
            chain.pop()
        elif len(chain) > 1 and nearest == chain[-2]:
            del chain[-2:]
            _merge(how, size, *sorted((last, nearest)))
            open_[max(last, nearest)] = False
            of[of == max(last, nearest)] = min(last, nearest)
        else:
            chain.append(nearest)
    return of


def _merge(how: Vectors, size: Vectors, one: int, other: int) -> None:
    mean = (size[one] * how[one] + size[other] * how[other]) / (size[one] + size[other])
    gone = (how[one] < -0.5) | (how[other] < -0.5)
    mean[gone] = -1
    mean[[one, other]] = -1
    how[one], how[:, one] = mean, mean
    how[other], how[:, other] = -1, -1
    size[one] += size[other]
