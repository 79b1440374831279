"""Which activities of a log belong to one workflow: those that follow one another, apart from what occurs in nearly every case."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

Pairs = Mapping[tuple[str, str], int]

COMMON = 0.8  # of all cases: an activity in so many would hold everything together
EDGE = 0.2  # of the cases of the rarer of two activities that follow one another, so that they belong together
JOINS = 0.8  # of the steps around a common activity in one group, so that it belongs there


def common_of(cases: Mapping[str, int], whole: int, share: float = COMMON) -> frozenset[str]:
    """Activities in nearly every one of the `whole` cases; none where that is all of them."""
    found = frozenset(name for name, n in cases.items() if n >= share * whole)
    return frozenset() if len(found) == len(cases) else found


def grouped(
    cases: Mapping[str, int], without: Pairs, pairs: Pairs, *, common: frozenset[str], edge: float = EDGE
) -> list[frozenset[str]]:
    """Activities that belong together, in groups that share none: the parts that hold together by frequent steps from one to another.

    cases: activity → cases it occurs in. pairs: (activity, the next one) → cases. common: activities that occur in nearly every case;
    without: the pairs of the log with them left out. A common activity joins the group that most steps from and to it touch,
    where there is one, and stands in none otherwise. Largest group first, equals by name.
    """
    parts = held_together(
        (name for name in cases if name not in common),
        (pair for pair, n in without.items() if n >= edge * min(cases[pair[0]], cases[pair[1]])),
    )
    of = {name: place for place, part in enumerate(sorted(parts, key=min)) for name in part}
    while joining := {name: place for name in common - of.keys() if (place := _beside(name, pairs, of)) is not None}:
        of |= joining
    groups: dict[int, set[str]] = defaultdict(set)
    for name, place in of.items():
        groups[place].add(name)
    return sorted(map(frozenset, groups.values()), key=lambda group: (-len(group), min(group)))


def _beside(name: str, pairs: Pairs, of: Mapping[str, int]) -> int | None:
    """The group that nearly all steps from and to a common activity touch."""
    touched: Counter[int] = Counter()
    for (first, second), n in pairs.items():
        other = second if first == name else first if second == name else None
        if other in of:
            touched[of[other]] += n
    ranked = touched.most_common(1)
    return ranked[0][0] if ranked and ranked[0][1] >= JOINS * touched.total() else None


def held_together(names: Iterable[str], edges: Iterable[tuple[str, str]]) -> list[set[str]]:
    """The weakly connected parts of a graph."""
    head = {name: name for name in names}

    def top(name: str) -> str:
        while head[name] != name:
            head[name] = head[head[name]]
            name = head[name]
        return name

    for first, second in edges:
        head[top(first)] = top(second)
    parts: dict[str, set[str]] = defaultdict(set)
    for name in head:
        parts[top(name)].add(name)
    return list(parts.values())
