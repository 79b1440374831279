"""What a log lets one propose for a register: which activities belong together, and where and by whom each is mostly done.

Counts per person serve to name the one who mostly does an activity; they are dropped, and nothing that leaves here holds them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.events import MISSING, Blocks, Events
from commonground.analysis.flow.sequences import pieces
from commonground.analysis.flow.together import Pairs, common_of, grouped

Source = Callable[[], Blocks]  # the same blocks anew at each call
Whole = NDArray[np.int64]
Place = int | str  # a unit that is known, by its id; another by what the log calls it

UNIT_SHARE = 0.6  # of an activity's events in one unit, so that the unit mostly does it
PERSON_SHARE = 0.25  # of an activity's events by one person, who also does it more often than anybody else
PASSAGE_SHARE = 0.2  # of the cases of the giving step, so that a hand-off is proposed
DENSE = 4_000_000  # counts that are kept as one array


class Done(NamedTuple):
    """One activity. first, last: microseconds since 1970 UTC. people: how many different ones did it; None where none is told.

    unit, person: where and by whom it is mostly done; None without a clear answer.
    """

    name: str
    events: int
    cases: int
    first: int
    last: int
    people: int | None
    unit: Place | None
    person: str | None


class Follows(NamedTuple):
    """That one activity came right after another: in how many cases, and how many different people stand on either side."""

    source: str
    target: str
    cases: int
    givers: int | None
    receivers: int | None


@dataclass(frozen=True)
class Tally:
    """A log counted for proposals. pairs: (activity, the next one) → cases. follows: the frequent ones of them.

    groups: activities that belong to one workflow, in the order in which work mostly passes them.
    """

    cases: int = 0
    events: int = 0
    activities: tuple[Done, ...] = ()
    follows: tuple[Follows, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    pairs: Pairs = field(default_factory=dict)


def tally(
    source: Source,
    *,
    units: Mapping[str, int] | None = None,
    homes: Mapping[str, int] | None = None,
    above: Mapping[int, tuple[int, ...]] | None = None,
) -> Tally:
    """Counts a log in two passes over it.

    units: unit of the log → its id, where it is known. homes: person of the log → id of the unit where they work, which stands for
    the unit of events that tell none. above: unit → the units above it that may be meant, nearest first. A hand-off is counted
    when it is frequent among the cases of its giving step.
    """
    log = _Log(units or {}, homes or {})
    for block in pieces(source()):
        log.add(block)
    names, cases, pairs = log.names, log.cases_of(), log.follow.pairs(log.names)
    frequent = [pair for pair, n in pairs.items() if pair[0] != pair[1] and n >= PASSAGE_SHARE * cases[pair[0]]]
    common = common_of(cases, log.cases)
    rest, sides = _Following(len(names)), _Sides(names, frequent)
    keep = np.array([name not in common for name in names], np.bool_)
    for block in pieces(source()):
        rest.add(block.only(keep[block.activity]) if common else block)
        sides.add(block)
    groups = grouped(cases, rest.pairs(names), pairs, common=common)
    order, people = log.order(), sides.people()
    return Tally(
        log.cases,
        log.events,
        log.activities(above or {}),
        tuple(Follows(*pair, pairs[pair], *people[pair]) for pair in sorted(frequent)),
        tuple(tuple(sorted(group, key=lambda name: (order[name], name))) for group in groups),
        pairs,
    )


def most(counts: Mapping[Any, int], share: float) -> Any:
    """What has most of the counts, if it alone has and holds at least this share of all; otherwise None."""
    ranked = sorted(counts.items(), key=lambda one: -one[1])
    if not ranked or ranked[0][1] < share * sum(counts.values()):
        return None
    return None if len(ranked) > 1 and ranked[1][1] == ranked[0][1] else ranked[0][0]


def mostly_at(counts: Mapping[Place, int], above: Mapping[int, tuple[int, ...]]) -> Place | None:
    """The lowest unit in which, with all below it, an activity is mostly done; None where there is no such unit.

    counts: unit → events told to be done there. Several crews that share a work are the unit above them.
    """
    within: dict[Place, int] = defaultdict(int)
    for place, n in counts.items():
        for one in (place, *(above.get(place, ()) if isinstance(place, int) else ())):
            within[one] += n
    whole = sum(counts.values())
    enough = [one for one, n in within.items() if n >= UNIT_SHARE * whole]
    # of units in one line the lowest has the most above it; two lines cannot both have most of it
    return max(enough, key=lambda one: len(above.get(one, ())) if isinstance(one, int) else 0, default=None)


class _Sums:
    """Whole numbers below `space` with a count each, added up piece by piece: as one array where that is small."""

    def __init__(self, space: int) -> None:
        self.dense = space <= DENSE
        self.keys: Whole = np.zeros(0, np.int64)
        self.counts: Whole = np.zeros(space if self.dense else 0, np.int64)

    def add(self, keys: Whole) -> None:
        if self.dense:
            self.counts += np.bincount(keys, minlength=len(self.counts))
            return
        found, counts = np.unique(keys, return_counts=True)
        self.keys, place = np.unique(np.concatenate([self.keys, found]), return_inverse=True)
        weights = np.concatenate([self.counts, counts])
        self.counts = np.bincount(place, weights, len(self.keys)).astype(np.int64)

    def split(self, size: int) -> Iterable[tuple[int, int, int]]:
        """Key as (key // size, key % size), and its count."""
        keys = np.flatnonzero(self.counts) if self.dense else self.keys
        high, low = np.divmod(keys, max(size, 1))
        counts = self.counts[keys] if self.dense else self.counts
        return zip(high.tolist(), low.tolist(), counts.tolist(), strict=True)


class _Following:
    """In how many cases each activity came right after each other one."""

    def __init__(self, size: int) -> None:
        self.size = max(size, 1)
        self.sums = _Sums(self.size**2)

    def add(self, block: Events) -> None:
        case, same, pair = _steps(block, self.size)
        self.sums.add(np.unique(case[same] * self.size**2 + pair[same]) % self.size**2)

    def pairs(self, names: tuple[str, ...]) -> dict[tuple[str, str], int]:
        return {(names[first], names[second]): n for first, second, n in self.sums.split(self.size)}


def _steps(block: Events, size: int) -> tuple[Whole, NDArray[np.bool_], Whole]:
    """For each event but the last: its case, whether the next one is of the same, and the pair of both activities as one number."""
    begins = block.first_of_case()
    case = (np.cumsum(begins) - 1)[:-1].astype(np.int64)
    activity = block.activity.astype(np.int64)
    return case, ~begins[1:], activity[:-1] * size + activity[1:]


class _Sides:
    """How many different people stand on either side of the passages that are wanted."""

    def __init__(self, names: tuple[str, ...], wanted: list[tuple[str, str]]) -> None:
        self.size = max(len(names), 1)
        code = {name: place for place, name in enumerate(names)}
        self.keys = {code[first] * self.size + code[second]: (first, second) for first, second in wanted}
        self.found: list[_Sums] = []
        self.persons = 1

    def add(self, block: Events) -> None:
        self.persons = max(len(block.names.person), 1)
        self.found = self.found or [_Sums(self.size**2 * self.persons) for _ in ("givers", "receivers")]
        _, same, pair = _steps(block, self.size)
        wanted = np.zeros(self.size**2, np.bool_)
        wanted[list(self.keys)] = True
        same &= wanted[pair]
        for sums, person in zip(self.found, (block.person[:-1], block.person[1:]), strict=True):
            told = same & (person != MISSING)
            sums.add(pair[told] * self.persons + person[told])

    def people(self) -> dict[tuple[str, str], list[int | None]]:
        """Passage → different givers and receivers; None where none is told."""
        counted: dict[tuple[str, str], list[int | None]] = {pair: [None, None] for pair in self.keys.values()}
        for side, sums in enumerate(self.found):
            for key, _, _ in sums.split(self.persons):
                both = counted[self.keys[key]]
                both[side] = (both[side] or 0) + 1
        return counted


class _Log:
    """Sums of each activity over all blocks of a log."""

    def __init__(self, units: Mapping[str, int], homes: Mapping[str, int]) -> None:
        self.units, self.homes = units, homes
        self.cases = self.events = 0
        self.names: tuple[str, ...] = ()
        self.persons: tuple[str, ...] = ()
        self.places: list[Place] = []
        self.follow = _Following(1)
        self.in_cases, self.by, self.at = _Sums(1), _Sums(1), _Sums(1)
        self.done: Whole = np.zeros(0, np.int64)

    def _begin(self, block: Events) -> None:
        """Every block has the same names: they are looked up once."""
        self.names, self.persons = block.names.activity, block.names.person
        size = len(self.names)
        self.follow = _Following(size)
        self.done, self.ways = np.zeros(size, np.int64), np.zeros(size)
        self.first = np.full(size, np.iinfo(np.int64).max, np.int64)
        self.last = np.full(size, np.iinfo(np.int64).min, np.int64)
        told: list[Place | None] = [self.units.get(name, name) for name in block.names.unit]
        lived: list[Place | None] = [self.homes.get(name) for name in self.persons]
        self.places = list(dict.fromkeys(place for place in (*told, *lived) if place is not None))
        code = {place: number for number, place in enumerate(self.places)}
        self.in_cases, self.by, self.at = (_Sums(size * max(n, 1)) for n in (1, len(self.persons), len(self.places)))
        # one more at the end, so that the code of what is missing finds a place that is missing
        self.of_unit = np.array([*(code.get(place, MISSING) for place in told if place is not None), MISSING], np.int64)
        self.of_person = np.array([MISSING if one is None else code[one] for one in (*lived, None)], np.int64)

    def add(self, block: Events) -> None:
        if not len(block):
            return
        if not self.names:
            self._begin(block)
        begins, size = block.first_of_case(), len(self.names)
        case, activity = np.cumsum(begins) - 1, block.activity.astype(np.int64)
        self.cases, self.events = self.cases + int(begins.sum()), self.events + len(block)
        self.follow.add(block)
        self.in_cases.add(np.unique(case * size + activity) % size)
        self.done += np.bincount(activity, minlength=size)
        lengths = np.bincount(case)
        way = (np.arange(len(block)) - np.flatnonzero(begins)[case]) / np.maximum(lengths[case] - 1, 1)
        self.ways += np.bincount(activity, way, size)
        np.minimum.at(self.first, activity, block.time)
        np.maximum.at(self.last, activity, block.time)
        known = block.person != MISSING
        self.by.add(activity[known] * max(len(self.persons), 1) + block.person[known])
        place = np.where(block.unit != MISSING, self.of_unit[block.unit], self.of_person[block.person])
        self.at.add(activity[place != MISSING] * max(len(self.places), 1) + place[place != MISSING])

    def cases_of(self) -> dict[str, int]:
        return {self.names[one]: n for _, one, n in self.in_cases.split(max(len(self.names), 1))}

    def order(self) -> dict[str, float]:
        """Activity → how far on the way through its cases it stands on average, from 0 to 1."""
        # rounded, since the order in which blocks are added up shows in the last digits
        return {
            name: round(float(self.ways[one] / self.done[one]), 9)
            for one, name in enumerate(self.names)
            if self.done[one]
        }

    def activities(self, above: Mapping[int, tuple[int, ...]]) -> tuple[Done, ...]:
        """Most frequent first."""
        by, at = defaultdict[int, dict[str, int]](dict), defaultdict[int, dict[Place, int]](dict)
        for one, person, n in self.by.split(len(self.persons)):
            by[one][self.persons[person]] = n
        for one, place, n in self.at.split(len(self.places)):
            at[one][self.places[place]] = n
        told, cases = bool(by), self.cases_of()
        found = [
            Done(
                name,
                int(self.done[one]),
                cases[name],
                int(self.first[one]),
                int(self.last[one]),
                len(by[one]) if told else None,
                mostly_at(at[one], above),
                most(by[one], PERSON_SHARE),
            )
            for one, name in enumerate(self.names)
            if self.done[one]
        ]
        return tuple(sorted(found, key=lambda one: (-one.events, one.name)))
