"""Who begins when, drawn from a seed: at random within groups of similar units, all at once or in steps; and the other ways it could
have been drawn. The same seed and units give the same draw on every machine."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from math import factorial, prod

import numpy as np

ALL_WAYS = 4000  # so many are tried one by one; of more, as many are drawn
Starts = tuple[int | None, ...]


def similar(levels: Sequence[float], size: int) -> list[int]:
    """The group of each unit: neighbours in level, `size` to a group; what is left over joins the last one.

    levels: what the units are alike in, such as their share before. Raises ValueError for a size below 2.
    """
    if size < 2:
        raise ValueError("A group to draw from has at least two units.")
    order = sorted(range(len(levels)), key=lambda place: (levels[place], place))
    last = max(len(levels) // size - 1, 0)
    groups = [0] * len(levels)
    for rank, place in enumerate(order):
        groups[place] = min(rank // size, last)
    return groups


def drawn_order(seed: int, keys: Sequence[str]) -> list[int]:
    """The places of the keys in an order that only the seed and the keys decide."""
    return sorted(range(len(keys)), key=lambda place: hashlib.blake2b(f"{seed}/{keys[place]}".encode()).digest())


def draw_halves(seed: int, keys: Sequence[str], groups: Sequence[int]) -> list[bool]:
    """Whether each unit tries the new thing: half of each group; of an odd one, the seed says whether the larger half does."""
    tries = [False] * len(keys)
    for group in sorted(set(groups)):
        inside = [place for place in range(len(keys)) if groups[place] == group]
        order = [inside[place] for place in drawn_order(seed, [keys[place] for place in inside])]
        more = len(order) % 2 and hashlib.blake2b(f"{seed}/odd/{group}".encode()).digest()[0] % 2
        for place in order[: len(order) // 2 + more]:
            tries[place] = True
    return tries


def draw_steps(seed: int, keys: Sequence[str], groups: Sequence[int], steps: int) -> list[int]:
    """The step (0, 1, …) in which each unit begins: units of one group are spread over the steps, and no step has two more than another.

    Raises ValueError for fewer units than steps.
    """
    if len(keys) < steps:
        raise ValueError(f"{steps} steps need as many units at least; there are {len(keys)}.")
    step_of, given = [0] * len(keys), 0
    turns = drawn_order(seed, [f"step {one}" for one in range(steps)])
    for group in sorted(set(groups)):
        inside = [place for place in range(len(keys)) if groups[place] == group]
        for place in drawn_order(seed, [keys[place] for place in inside]):
            step_of[inside[place]] = turns[given % steps]
            given += 1
    return step_of


def ways(starts: Sequence[int | None], groups: Sequence[int]) -> int:
    """In how many ways the same beginnings could have been dealt out within the groups."""
    return prod(_distinct(part) for part in _parts(starts, groups))


def _parts(starts: Sequence[int | None], groups: Sequence[int]) -> list[list[int | None]]:
    return [[one for one, of in zip(starts, groups, strict=True) if of == group] for group in sorted(set(groups))]


def _distinct(part: Sequence[int | None]) -> int:
    return factorial(len(part)) // prod(factorial(many) for many in Counter(part).values())


def other_ways(starts: Sequence[int | None], groups: Sequence[int], seed: int, most: int = ALL_WAYS) -> list[Starts]:
    """Ways in which the beginnings could have been dealt out, this one among them: all, or `most` drawn where there are more."""
    if ways(starts, groups) <= most:
        return list(_every(starts, groups))
    random = np.random.default_rng(seed)
    found = [tuple(starts)]
    places = [[at for at, of in enumerate(groups) if of == group] for group in sorted(set(groups))]
    for _ in range(most - 1):
        dealt = list(starts)
        for inside in places:
            for at, taken in zip(inside, random.permutation(inside), strict=True):
                dealt[at] = starts[taken]
        found.append(tuple(dealt))
    return found


def _every(starts: Sequence[int | None], groups: Sequence[int]) -> Iterator[Starts]:
    order = [at for group in sorted(set(groups)) for at, of in enumerate(groups) if of == group]
    for parts in product(*(list(_orders(Counter(part))) for part in _parts(starts, groups))):
        dealt: list[int | None] = [None] * len(starts)
        for at, one in zip(order, (one for part in parts for one in part), strict=True):
            dealt[at] = one
        yield tuple(dealt)


def _orders(left: Counter[int | None]) -> Iterator[Starts]:
    """Every order of these beginnings, each once."""
    if not left.total():
        yield ()
    for one in sorted((one for one, many in left.items() if many), key=str):
        for rest in _orders(left - Counter([one])):
            yield (one, *rest)
