"""Which numbers of a set of linked tables must stay unsaid, so that nobody can subtract their way to a small group.

A number is withheld when it stands for fewer people than the threshold. Further numbers are then withheld until no equation between
totals and parts gives a withheld one away: first by the remainder rule (METHODS 7.1: hidden siblings are at least two and together at
least the threshold), then by an exact audit of all equations at once (a withheld number is determined when its unit vector lies in the
row space of the equations over the withheld numbers).
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

_PRIME = (1 << 61) - 1  # the elimination runs in a prime field: exact, without fractions that grow


@dataclass(frozen=True)
class Sum(Generic[K]):
    """One equation: the number named `total` is the sum of the numbers named in `parts`."""

    total: K
    parts: tuple[K, ...]


def withheld(sizes: Mapping[K, int], sums: Sequence[Sum[K]], threshold: int) -> frozenset[K]:
    """The names of the numbers to withhold.

    sizes: name → people that the number stands for. An empty group (0) has nobody to protect and is never withheld.
    sums: every equation that holds between them. threshold: the fewest people that a shown number may stand for.
    Raises ValueError when an equation does not add up, since then it protects nothing.
    """
    for one in sums:
        if sizes[one.total] != sum(sizes[part] for part in one.parts):
            raise ValueError(f"{one.total} is not the sum of its parts: correct the table before it is released.")
    hidden = {name for name, size in sizes.items() if 0 < size < threshold}
    order = {name: (size, place) for place, (name, size) in enumerate(sizes.items())}
    while True:
        more = {name for one in sums if (name := _remainder(one, sizes, hidden, order, threshold)) is not None}
        if not more:
            more = {_shield(name, sums, sizes, hidden, order) for name in determined(hidden, sums)}
        if not more:
            return frozenset(hidden)
        hidden |= more


def _remainder(
    one: Sum[K], sizes: Mapping[K, int], hidden: set[K], order: Mapping[K, tuple[int, int]], threshold: int
) -> K | None:
    """The next number to withhold in one equation, or None where it already keeps its secret."""
    closed = [part for part in one.parts if part in hidden]
    shown = [part for part in one.parts if part not in hidden and sizes[part]]
    smallest = min(shown, key=order.__getitem__, default=None)
    if one.total in hidden:
        return None if closed else smallest
    if not closed or (len(closed) > 1 and sum(sizes[part] for part in closed) >= threshold):
        return None
    return smallest if smallest is not None else one.total


def _shield(
    name: K, sums: Sequence[Sum[K]], sizes: Mapping[K, int], hidden: set[K], order: Mapping[K, tuple[int, int]]
) -> K:
    """The smallest shown number that shares an equation with one that would be found out; else the smallest shown of all."""
    near = {k for one in sums if name in (one.total, *one.parts) for k in (one.total, *one.parts)}
    shown = [k for k in near if k not in hidden and sizes[k]]
    return min(shown or [k for k in sizes if k not in hidden and sizes[k]], key=order.__getitem__)


def determined(hidden: Iterable[K], sums: Sequence[Sum[K]]) -> frozenset[K]:
    """Which of the hidden numbers the equations give away, when all others are known.

    Exact for equations over any real numbers (Gauss-Jordan elimination): a number is given away just when a row of the reduced
    system holds it alone.
    """
    unknown = set(hidden)
    pivots: dict[K, dict[K, int]] = {}
    for one in sums:
        row = {part: 1 for part in one.parts if part in unknown}
        if one.total in unknown:
            row[one.total] = row.get(one.total, 0) - 1
        for name in [name for name in row if name in pivots]:
            if name in row:
                _subtract(row, pivots[name], row[name])
        if not row:
            continue
        pivot = next(iter(row))
        inverse = pow(row[pivot], -1, _PRIME)
        row = {name: value * inverse % _PRIME for name, value in row.items()}
        for other in pivots.values():
            if pivot in other:
                _subtract(other, row, other[pivot])
        pivots[pivot] = row
    return frozenset(name for name, row in pivots.items() if len(row) == 1)


def _subtract(row: dict[K, int], other: Mapping[K, int], times: int) -> None:
    """Takes `times` the other row from a row, in place, keeping only what is not zero."""
    for name, value in other.items():
        left = (row.get(name, 0) - times * value) % _PRIME
        if left:
            row[name] = left
        else:
            row.pop(name, None)
