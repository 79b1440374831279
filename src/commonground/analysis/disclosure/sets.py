"""Groups of people as unions of atoms: what goes into the gate, brought to its shortest form."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple


class Atom(NamedTuple):
    """People whom no group cuts. invited: who was asked; people: who answered (or whatever the numbers are of). Atoms are disjoint."""

    invited: int
    people: int


class Merged(NamedTuple):
    """Groups over merged atoms: those that stand in the same groups are told apart by no sum. groups, released: the numbers of their
    merged atoms; weights: people of each; names: the atoms that each is made of."""

    groups: Mapping[str, frozenset[int]]
    released: tuple[frozenset[int], ...]
    weights: tuple[int, ...]
    names: tuple[tuple[str, ...], ...]

    def people(self, name: str) -> int:
        return sum(self.weights[atom] for atom in self.groups[name])


def merged(
    groups: Mapping[str, Collection[str]],
    atoms: Mapping[str, Atom],
    released: Sequence[Collection[str]] = (),
) -> Merged:
    """The same groups over as few atoms as tell them apart. Atoms of nobody who was invited are left out.

    Raises ValueError for a group with an atom that is not known, and for an atom that cannot be.
    """
    _checked(atoms)
    inside: dict[str, list[int]] = {name: [] for name, atom in atoms.items() if atom.invited}
    sets = [*groups.values(), *released]
    for place, members in enumerate(sets):
        for name in set(members):
            if name in inside:
                inside[name].append(place)
            elif name not in atoms:
                raise ValueError(f"{name} is in a group but no known atom: give its counts of people.")
    alike: dict[tuple[int, ...], list[str]] = {}
    for name, places in inside.items():
        if places:
            alike.setdefault(tuple(places), []).append(name)
    found: list[set[int]] = [set() for _ in sets]
    for number, same in enumerate(alike):
        for place in same:
            found[place].add(number)
    frozen = [frozenset(one) for one in found]
    return Merged(
        dict(zip(groups, frozen, strict=False)),
        tuple(frozen[len(groups) :]),
        tuple(sum(atoms[name].people for name in names) for names in alike.values()),
        tuple(tuple(names) for names in alike.values()),
    )


def _checked(atoms: Mapping[str, Atom]) -> None:
    for name, atom in atoms.items():
        if not 0 <= atom.people <= atom.invited:
            raise ValueError(f"{name}: {atom.people} people of {atom.invited} invited cannot be. Correct the counts.")


def answering(atoms: Mapping[str, Atom], counts: Mapping[str, Sequence[int]]) -> dict[str, Atom]:
    """The atoms with those people who answered what the counts are of. Raises ValueError where there are more answers than people."""
    found = {}
    for name, atom in atoms.items():
        answers = sum(counts.get(name, ()))
        if answers > atom.people:
            raise ValueError(f"{name}: {answers} answers of {atom.people} people. Give one answer of each at most.")
        found[name] = Atom(atom.invited, answers)
    return found


def options_of(counts: Mapping[str, Sequence[int]]) -> int:
    """How many options the counts are of."""
    return max(map(len, counts.values()), default=0)


def added(counts: Mapping[str, Sequence[int]], names: Collection[str], options: int) -> list[int]:
    """Answers per option of these atoms together."""
    here = [counts[name] for name in names if name in counts]
    return [sum(column) for column in zip(*here, strict=True)] if here else [0] * options
