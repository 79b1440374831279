"""Which groups' numbers may stand on a page together, when rows of groups are added up and the rows too: none of few people follows."""

from collections.abc import Hashable, Sequence
from typing import Generic, NamedTuple, TypeVar

R = TypeVar("R", bound=Hashable)


class Shown(NamedTuple, Generic[R]):
    """groups: places of those whose number stands; rows: those whose sum does; total: whether the sum of all does."""

    groups: frozenset[int]
    rows: frozenset[R]
    total: bool


def shown(groups: Sequence[tuple[R, int]], threshold: int) -> Shown[R]:
    """What may stand: every group has at least so many people, and so has whatever follows by subtracting.

    groups: the row in which each stands, and its people. The groups are disjoint; a row is the sum of its groups, the total that of rows.
    Where only few would be left over, the next smallest gives way too.
    """
    rows: dict[R, list[int]] = {}
    for place, (row, people) in enumerate(groups):
        if people > 0:
            rows.setdefault(row, []).append(place)
    size = {row: sum(groups[place][1] for place in places) for row, places in rows.items()}
    told = {row: _kept({place: groups[place][1] for place in places}, threshold) for row, places in rows.items()}
    sums = {row for row in rows if size[row] >= threshold}
    left = sum(size[row] for row in rows.keys() - sums)
    if 0 < left < threshold and sums:
        row = min(sums, key=lambda row: size[row])
        sums.discard(row)
        told[row] = _without_one({place: groups[place][1] for place in rows[row]}, told[row])
    whole = sum(size.values())
    return Shown(frozenset().union(*told.values()), frozenset(sums), whole == 0 or whole >= threshold)


def _kept(people: dict[int, int], threshold: int) -> set[int]:
    """The groups of a row that stand: none smaller than the threshold, and not all but a few."""
    kept = {place for place, number in people.items() if number >= threshold}
    left = sum(number for place, number in people.items() if place not in kept)
    return _without_one(people, kept) if 0 < left < threshold else kept


def _without_one(people: dict[int, int], kept: set[int]) -> set[int]:
    """Without the smallest of those that stand, where all that do not stand would follow."""
    return kept - {min(kept, key=lambda place: (people[place], place))} if kept else kept
