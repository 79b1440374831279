"""Group attributes made coarser until enough people share them, so that what is stored with an answer fits many."""

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import NamedTuple, TypeVar

P = TypeVar("P", bound=Hashable)
Combination = tuple[str | None, ...]


class Coarse(NamedTuple):
    """stored: combination → how many share it, each at least the threshold. moved: original combination → (how many, where they are
    counted), only those that had to be made coarser."""

    stored: Mapping[Combination, int]
    moved: Mapping[Combination, tuple[int, Combination]]
    of: Mapping[Combination, Combination]


def coarsen(
    combinations: Mapping[Combination, int],
    *,
    threshold: int,
    parents: Mapping[str, str | None],
    tree: int | None = None,
) -> Coarse:
    """Makes combinations of fewer than `threshold` people coarser, step by step, until each that is left has at least as many.

    combinations: one value an attribute, the most important first, None where it is not known → how many people. tree: the place of the
    attribute that is a tree, whose values give way to their `parents` before they are dropped. The least important attribute gives way
    first. What is still too small as the whole (all None) takes the smallest stored combination in. With fewer people than the threshold
    altogether nothing can be stored: raises ValueError, as for a tree with a circle.

    Each combination's steps depend on itself alone and the finest move first, so the outcome does not depend on any order.
    """
    total = sum(combinations.values())
    if total < threshold:
        raise ValueError(f"{total} people are fewer than {threshold}, so nothing about them can be stored.")
    steps = {combination: _way_up(combination, parents, tree) for combination in combinations}
    count = Counter({combination: people for combination, people in combinations.items() if people})
    below = {combination: {combination} for combination in count}
    for height in range(max((len(way) for way in steps.values()), default=1) - 1, 0, -1):
        for combination in [one for one, people in count.items() if people < threshold]:
            way = steps.get(combination) or _way_up(combination, parents, tree)
            if len(way) - 1 == height:
                _join(count, below, combination, way[1])
    top: Combination = (None,) * len(next(iter(combinations), ()))
    while 0 < count.get(top, 0) < threshold:
        smallest = min((one for one in count if one != top), key=lambda one: (count[one], _order(one)))
        _join(count, below, smallest, top)
    of = {original: stored for stored, originals in below.items() for original in originals}
    moved = {one: (combinations[one], of[one]) for one in sorted(of, key=_order) if of[one] != one}
    return Coarse(dict(count), moved, of)


def _join(
    count: "Counter[Combination]", below: dict[Combination, set[Combination]], lower: Combination, upper: Combination
) -> None:
    count[upper] += count.pop(lower)
    below.setdefault(upper, set()).update(below.pop(lower))


def _way_up(combination: Combination, parents: Mapping[str, str | None], tree: int | None) -> list[Combination]:
    """The combination and all that it can become, to the whole: the last attribute gives way first."""
    way = [combination]
    for place in range(len(combination) - 1, -1, -1):
        seen = set[str]()
        while (value := way[-1][place]) is not None:
            if value in seen:
                raise ValueError(f"“{value}” stands below itself.")
            seen.add(value)
            upper = parents.get(value) if place == tree else None
            way.append((*way[-1][:place], upper, *way[-1][place + 1 :]))
    return way


def _order(combination: Combination) -> tuple[str, ...]:
    return tuple(value or "" for value in combination)
