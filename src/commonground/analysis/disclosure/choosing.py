"""Which groups to hold back beside the small ones, so that as much as possible can be told (complementary suppression).

Groups that cannot all be told together are a *conflict*: the gate names those of which the number about few people is made. Whatever is
held back holds one of every conflict. So: the cheapest such choice for the conflicts known, then all others are let in one by one, which
finds new conflicts, or none: then nothing can be cheaper. Where that takes too long, the best choice met on the way stands.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from commonground.analysis.disclosure.covers import cheapest_cover
from commonground.analysis.disclosure.gate import Gate, TooHardError

LOOKS = 100_000  # choices of one search; a group whose search takes more is held back, which is always safe
MOST_LOOKS = 5_000_000  # of all searches; then the best choice met so far stands
WORK = 100_000  # members of groups that are looked at in all rounds together
MOST_ROUNDS = 60


class Chosen(NamedTuple):
    """told: the groups to tell. best: whether it is proven that no choice is worth more."""

    told: frozenset[str]
    best: bool


class Round(NamedTuple):
    """What came of letting groups in one by one. conflicts: of each that was not let in, the groups it cannot stand beside, itself
    included. sure: no search was given up. looks: how many choices all searches looked at."""

    told: frozenset[str]
    conflicts: Mapping[str, frozenset[str]]
    sure: bool
    looks: int


def choose(gate: Gate, groups: Mapping[str, frozenset[int]], worth: Mapping[str, float]) -> Chosen:
    """What to tell of the groups, beside what the gate has let in already.

    groups: in the order in which they are tried at first. worth: of each, above 0.
    """
    names = tuple(groups)
    conflicts: dict[frozenset[str], None] = {}
    best: frozenset[str] = frozenset()
    cover: frozenset[str] = frozenset()
    proven, looks = True, 0
    for _ in range(_rounds(groups)):
        order = [name for name in names if name not in cover] + [name for name in names if name in cover]
        met = let_in(gate.copy(), groups, order)
        if not best or sum(worth[name] for name in met.told) > sum(worth[name] for name in best):
            best = met.told
        looks += met.looks
        if not met.conflicts.keys() - cover:
            return Chosen(best, proven and met.sure)
        if looks > MOST_LOOKS:
            break
        conflicts.update(dict.fromkeys(met.conflicts.values()))
        cover, proven = cheapest_cover(_least(conflicts), worth)
    return Chosen(best, False)


def _rounds(groups: Mapping[str, frozenset[int]]) -> int:
    return max(2, min(MOST_ROUNDS, WORK // max(1, sum(map(len, groups.values())))))


def _least(conflicts: Mapping[frozenset[str], None]) -> list[frozenset[str]]:
    """Conflicts that hold no other one."""
    found: list[frozenset[str]] = []
    for one in sorted(conflicts, key=len):
        if len(one) > 12 or not any(other <= one for other in found):
            found.append(one)
    return found


def let_in(gate: Gate, groups: Mapping[str, frozenset[int]], order: Sequence[str]) -> Round:
    """Lets the groups in that can be, in this order; the gate keeps them, and knows them by their place in the order."""
    told, conflicts, sure = set(), {}, True
    for tag, name in enumerate(order):
        row = gate.reduced(groups[name], tag)
        try:
            few = gate.told_by(row, LOOKS)
        except TooHardError:
            sure = False
            continue
        if few is None:
            gate.let_in(row)
            told.add(name)
        else:
            conflicts[name] = frozenset(order[one] for one in gate.made_of(row, few))
    return Round(frozenset(told), conflicts, sure, gate.looks)
