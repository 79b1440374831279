"""Whom each carries: peers of team members first, then of champions; what is left is counted as not reached (GLOSSARY: peers).

A team member's peers are the touched people of their own cell. The champion network fills what is left: first the champion's own cell,
those nearest (same unit, site, shift, language) before others, then other cells of the same business unit and language. Being near fills
nobody beyond the part of their room that all of the cell have taken on the average. Nobody carries more people than their minutes
allow, and as many are reached as the minutes allow: as long as cells are told by unit, no champion of a business unit has minutes left
while somebody there is not reached.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heapreplace
from math import ceil
from typing import Final, NamedTuple

from commonground.analysis.coalition.cells import Cell, Place, cell_of, checked
from commonground.analysis.coalition.how_many import room

NEAREST: Final = ("team", "location", "shift", "language")  # the first counts most
BEYOND: Final = (
    "level",
    "shift",
    "location",
)  # what a champion reaches across, in this order; never a unit or a language

Rounds = tuple[tuple[str, ...], ...]


class Carrier(NamedTuple):
    """Somebody with minutes a week for peers. place: of the cell they carry. team: a member of the team carries their own cell only.

    named: attributes of the place that were named for them, and so come before everything that is merely near.
    """

    person: str
    minutes: float
    place: Place
    team: bool = False
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Carried:
    """Who carries whom. lists: carrier → peers, nobody on two of them. themselves: touched people who carry, and need nobody.

    unreached: everybody else. room: carrier → how many people their minutes allow.
    """

    lists: Mapping[str, tuple[str, ...]]
    themselves: frozenset[str]
    unreached: frozenset[str]
    room: Mapping[str, int]

    @property
    def reached(self) -> int:
        return len(self.themselves) + sum(len(peers) for peers in self.lists.values())

    def load(self, carrier: str) -> float:
        """The share of a carrier's room that is taken; 0 without room."""
        return len(self.lists.get(carrier, ())) / self.room[carrier] if self.room.get(carrier) else 0.0


def carry(
    people: Mapping[str, Place], carriers: Sequence[Carrier], *, attributes: Sequence[str], minutes: float
) -> Carried:
    """Gives every touched person to a carrier, or counts them as not reached.

    people: the touched, with their places. attributes: what tells cells apart. minutes: a week that one person takes.
    Somebody who is given twice carries once, as champion where they are one. Raises ValueError for an unknown attribute, or no minutes.
    """
    chosen, once = checked(attributes), _once(carriers)
    spare = {one.person: room(one.minutes, minutes) for one in once.values()}
    left = {person: people[person] for person in sorted(people.keys() - once.keys())}
    lists: dict[str, list[str]] = {person: [] for person in once}
    within, beyond = _rounds(chosen)
    team = [one for one in once.values() if one.team]
    champions = [one for one in once.values() if not one.team]
    placed = [one for one in champions if one.place.unit is not None]  # who has no unit shares it with nobody
    for group, more in ((team, ()), (champions, _named(champions, chosen))):
        for named, rounds in more:
            _hand_out_all(left, named, rounds, spare, lists)
        _hand_out_all(left, group, within[:-1], _fair(left, group, chosen, spare), lists)
        _hand_out_all(left, group, within[-1:], spare, lists)
    _hand_out_all(left, placed, beyond, spare, lists)
    return Carried(
        lists={person: tuple(peers) for person, peers in lists.items()},
        themselves=frozenset(once.keys() & people.keys()),
        unreached=frozenset(left),
        room=spare,
    )


def _named(champions: Sequence[Carrier], chosen: Sequence[str]) -> Iterator[tuple[list[Carrier], Rounds]]:
    """Champions for whom more was named than cells are told by, with rounds of their own before those of all. They change who is on
    whose list, and not how many are reached, since the rounds of all come after them."""
    by_more: dict[tuple[str, ...], list[Carrier]] = {}
    for one in champions:
        more = tuple(name for name in one.named if name not in chosen)
        if more:
            by_more.setdefault(more, []).append(one)
    for more, group in by_more.items():
        yield group, _rounds((*chosen, *more))[0]


def _once(carriers: Sequence[Carrier]) -> dict[str, Carrier]:
    """Everybody once, in order of id: as champion where they are one, with the most of the minutes that were agreed."""
    found: dict[str, Carrier] = {}
    for one in sorted(carriers, key=lambda one: (one.person, not one.team)):
        known = found.get(one.person)
        found[one.person] = one._replace(minutes=max(one.minutes, known.minutes)) if known else one
    return found


def _rounds(chosen: Sequence[str]) -> tuple[Rounds, Rounds]:
    """What carrier and person must share, round by round: each round is wider than the one before, first within the cell, then beyond.

    Since each contains the one before, it does not matter for the number reached who was taken earlier.
    """
    near = [name for name in NEAREST if name not in chosen]
    within = tuple((*chosen, *near[:most]) for most in range(len(near), -1, -1))
    beyond, rest = [], list(chosen)
    for name in BEYOND if "unit" in chosen else ():
        if name in rest:
            rest.remove(name)
            beyond.append(tuple(rest))
    return within, tuple(beyond)


def _fair(
    left: Mapping[str, Place], carriers: Sequence[Carrier], chosen: Sequence[str], spare: Mapping[str, int]
) -> dict[str, int]:
    """How many people each may take for being near: the same part of everybody's room in a cell, rounded up, so that who sits among many
    does not carry all of them while others carry nobody."""
    people = Counter(cell_of(place, chosen) for place in left.values())
    rooms: Counter[Cell] = Counter()
    for one in carriers:
        rooms[cell_of(one.place, chosen)] += spare[one.person]
    fair = {}
    for one in carriers:
        cell = cell_of(one.place, chosen)
        fair[one.person] = (
            min(spare[one.person], -(-spare[one.person] * people[cell] // rooms[cell])) if rooms[cell] else 0
        )
    return fair


def _hand_out_all(
    left: dict[str, Place],
    carriers: Sequence[Carrier],
    rounds: Rounds,
    spare: Mapping[str, int],
    lists: Mapping[str, list[str]],
) -> None:
    """One round after the other, with those who have room left."""
    for names in rounds:
        free = [one for one in carriers if len(lists[one.person]) < spare[one.person]]
        _hand_out(left, free, names, spare, lists)


def _hand_out(
    left: dict[str, Place],
    carriers: Sequence[Carrier],
    names: Sequence[str],
    spare: Mapping[str, int],
    lists: Mapping[str, list[str]],
) -> None:
    """One round: among those who share these attributes, each carrier takes people until all have the same part of their room taken."""
    if not left:
        return
    by_key: dict[Cell, list[str]] = {}
    for one in carriers:
        by_key.setdefault(cell_of(one.place, names), []).append(one.person)
    waiting: dict[Cell, list[str]] = {}
    for person, place in left.items():
        key = cell_of(place, names)
        if key in by_key:
            waiting.setdefault(key, []).append(person)
    for key, persons in waiting.items():
        persons.sort(key=lambda person: (left[person].team or "", left[person].shift or "", person))
        begin = 0
        for carrier, many in _shared(len(persons), by_key[key], spare, lists):
            lists[carrier].extend(persons[begin : begin + many])
            begin += many
        for person in persons[:begin]:
            del left[person]


def _shared(
    people: int, carriers: Sequence[str], spare: Mapping[str, int], lists: Mapping[str, list[str]]
) -> Iterator[tuple[str, int]]:
    """How many of these people each carrier takes: always the one who then has the smallest part of their room taken."""
    taken = dict.fromkeys(carriers, 0)
    people = min(people, sum(spare[one] - len(lists[one]) for one in carriers))
    heap = [((len(lists[one]) + 1) / spare[one], one) for one in carriers]
    heapify(heap)
    for _ in range(people):
        _, one = heap[0]
        taken[one] += 1
        heapreplace(heap, ((len(lists[one]) + taken[one] + 1) / spare[one], one))
    return iter(taken.items())


class Share(NamedTuple):
    """What the few who carry most carry together. carriers: how many they are."""

    share: float
    carriers: int


def carried_by_few(contacts: Sequence[float], part: float = 0.2) -> Share | None:
    """The share of all contacts that the busiest carriers have, who are this part of all; None where nobody had any.

    contacts: of each carrier, those without any included. part: 0 to 1, rounded up to whole carriers. Raises ValueError outside.
    """
    if not 0 < part <= 1:
        raise ValueError(f"The part of carriers lies between 0 and 1, not at {part:g}.")
    total = sum(contacts)
    if not contacts or total <= 0:
        return None
    few = ceil(round(part * len(contacts), 9))
    return Share(sum(sorted(contacts, reverse=True)[:few]) / total, few)
