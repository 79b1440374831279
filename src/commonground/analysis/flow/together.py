"""Which activities of a log belong to one workflow: those that follow one another, apart from what occurs in nearly every case."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

Pairs = Mapping[tuple[str, str], int]

COMMON = 0.8  # of all cases: an activity in so many would hold everything together
EDGE = 0.1  # of the cases of the more frequent of two activities that follow one another, so that they belong together
JOINS = 0.8  # of the steps around an activity that stands alone in one group, so that it belongs there


def common_of(cases: Mapping[str, int], whole: int, share: float = COMMON) -> frozenset[str]:
    """Activities in nearly every one of the `whole` cases; none where that is all of them."""
    found = frozenset(name for name, n in cases.items() if n >= share * whole)
    return frozenset() if len(found) == len(cases) else found


def grouped(
    cases: Mapping[str, int], without: Pairs, pairs: Pairs, *, common: frozenset[str], edge: float = EDGE
) -> list[frozenset[str]]:
    """Activities that belong together, in groups that share none: the parts that hold together by frequent steps from one to another.

    cases: activity → cases it occurs in. pairs: (activity, the next one) → cases. common: activities that occur in nearly every case;
    without: the pairs of the log with them left out. Steps must be frequent for both their ends, so that what serves many
    workflows ties none together. An activity that is left alone, a common one too, joins the group that most steps from and to
    it touch; else it stands for itself, or in no group if it is common. Largest group first, equals by name.
    """
    parts = held_together(
        (name for name in cases if name not in common),
        (pair for pair, n in without.items() if n >= edge * max(cases[pair[0]], cases[pair[1]])),
    )
    firm = [part for part in parts if len(part) > 1] or parts
    of = {name: place for place, part in enumerate(sorted(firm, key=min)) for name in part}
    while joining := {
        name: place for name in cases.keys() - of.keys() if (place := beside(name, pairs, of)) is not None
    }:
        of |= joining
    alone = cases.keys() - of.keys() - common
    of |= {name: place for place, name in enumerate(sorted(alone), len(firm))}
    groups: dict[int, set[str]] = defaultdict(set)
    for name, place in of.items():
        groups[place].add(name)
    return sorted(map(frozenset, groups.values()), key=lambda group: (-len(group), min(group)))


def beside(name: str, pairs: Pairs, of: Mapping[str, int], share: float = JOINS) -> int | None:
    """The group that this share of the steps from and to an activity touch, of those steps that touch any."""
    touched: Counter[int] = Counter()
    for (first, second), n in pairs.items():
        other = second if first == name else first if second == name else None
        if other is not None and other in of:
            touched[of[other]] += n
    ranked = touched.most_common(1)
    return ranked[0][0] if ranked and ranked[0][1] >= share * touched.total() else None


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
