"""Told sums in their shortest form: of each group only what no smaller told groups in it hold already.

A sum less those of parts that were told as well says the same as the sum, over fewer atoms: of a unit, what is left without the units
below it. So most of what is reckoned with them stays within one unit.
"""

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import NamedTuple

Count = tuple[int, int]  # atom, option


class Short(NamedTuple):
    """atoms: a set whose counts are known. whole, less: the group that it is what is left of, and the groups that are taken from that."""

    atoms: frozenset[int]
    whole: int
    less: tuple[int, ...]


class Told:
    """Sums that were told with their counts. groups: sets of atoms; counts: of each atom, answers per option; threshold: people."""

    def __init__(self, groups: Sequence[frozenset[int]], counts: Sequence[Sequence[int]], threshold: int) -> None:
        self.groups, self.counts, self.threshold = groups, counts, threshold
        self.options = len(counts[0]) if counts else 0
        self.atoms = tuple(sorted({atom for group in groups for atom in group if sum(counts[atom])}))

    @cached_property
    def short(self) -> tuple[Short, ...]:
        """The sums in their shortest form, the shortest first; atoms without answers are left out."""
        answering = set(self.atoms)
        return shortened([group & answering for group in self.groups])

    @cached_property
    def places(self) -> dict[int, tuple[int, ...]]:
        """Atom → its places in the order of `short`."""
        found: dict[int, list[int]] = {atom: [] for atom in self.atoms}
        for place, one in enumerate(self.short):
            for atom in one.atoms:
                found[atom].append(place)
        return {atom: tuple(places) for atom, places in found.items()}

    def empty(self, option: int, sets: Sequence[Collection[int]]) -> list[int]:
        """The places of the sets in which nobody gave this answer."""
        some = {atom for atom in self.atoms if self.counts[atom][option]}
        return [place for place, one in enumerate(sets) if some.isdisjoint(one)]


def shortened(groups: Sequence[frozenset[int]]) -> tuple[Short, ...]:
    """Of each group what is left without disjoint smaller ones, the largest that fit first; nothing of one that these make up."""
    inside: dict[int, list[int]] = {}
    found = []
    for whole in sorted(range(len(groups)), key=lambda place: (len(groups[place]), place)):
        rest, less = set(groups[whole]), []
        for atom in sorted(rest):
            if atom in rest:
                part = next((one for one in reversed(inside.get(atom, ())) if groups[one] <= rest), None)
                if part is not None:
                    rest -= groups[part]
                    less.append(part)
        for atom in groups[whole]:
            inside.setdefault(atom, []).append(whole)
        if rest:
            found.append(Short(frozenset(rest), whole, tuple(less)))
    return tuple(sorted(found, key=lambda one: (len(one.atoms), one.whole)))
