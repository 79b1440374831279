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
    The sum of a row gives way before its groups; where only few would be left over of the total, one more sum or group does.
    """
    kept = {place for place, (_, people) in enumerate(groups) if people >= threshold}
    size: dict[R, int] = {}
    left: dict[R, int] = {}
    for place, (row, people) in enumerate(groups):
        size[row] = size.get(row, 0) + people
        left[row] = left.get(row, 0) + (0 if place in kept else people)
    sums = {row for row, people in size.items() if people and (not left[row] or left[row] >= threshold)}
    whole = sum(size.values())
    over = sum(people for row, people in left.items() if row not in sums)
    if 0 < over < threshold and whole >= threshold:
        rich = [row for row in sums if left[row]]
        if rich:
            sums.discard(min(rich, key=lambda row: size[row]))
        else:
            place = min(kept, key=lambda place: (groups[place][1], place))
            kept.discard(place)
            sums.discard(groups[place][0])
    return Shown(frozenset(kept), frozenset(sums), whole == 0 or whole >= threshold)
