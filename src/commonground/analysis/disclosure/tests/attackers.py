"""Attackers that know nothing of how the gate works: brute force over supports with fractions, and linear programs of SciPy."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from importlib import import_module
from itertools import combinations

import numpy as np

from commonground.analysis.disclosure import Atom

linprog = import_module("scipy.optimize").linprog


def rank(rows: Sequence[Sequence[int]]) -> int:
    left, found = [[Fraction(value) for value in row] for row in rows], 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((i for i in range(found, len(left)) if left[i][column]), None)
        if pivot is None:
            continue
        left[found], left[pivot] = left[pivot], left[found]
        for i in range(found + 1, len(left)):
            factor = left[i][column] / left[found][column]
            left[i] = [a - factor * b for a, b in zip(left[i], left[found], strict=True)]
        found += 1
    return found


def rows_of(sets: Collection[Collection[str]], names: Sequence[str]) -> list[list[int]]:
    return [[int(name in one) for name in names] for one in sets]


def few_told(sets: Collection[Collection[str]], atoms: Mapping[str, Atom], threshold: int) -> tuple[str, ...] | None:
    """Atoms of fewer people than the threshold about whom a sum of the sets, with some factors, tells something.

    Without the columns of these atoms the rank of the system is less: so a combination of rows is over them alone. Every set of atoms
    with so few people is tried.
    """
    names = [name for name, atom in atoms.items() if atom.invited]
    rows = rows_of(sets, names)
    whole = rank(rows)
    nobody = [name for name in names if not atoms[name].people]
    some = [name for name in names if atoms[name].people]
    for size in range(len(some) + 1):
        for few in combinations(some, size):
            if sum(atoms[name].people for name in few) < threshold:
                left = [place for place, name in enumerate(names) if name not in few and name not in nobody]
                if rank([[row[place] for place in left] for row in rows]) < whole:
                    return (*few, *nobody)
    return None


class Counted:
    """What linear programs find out from told counts: least and most of any sum of counts that fits."""

    def __init__(self, sets: Collection[Collection[str]], counts: Mapping[str, Sequence[int]]) -> None:
        self.counts = counts
        self.options = len(next(iter(counts.values())))
        self.atoms = [name for name in counts if sum(counts[name]) and any(name in one for one in sets)]
        rows, sums = [], []
        for one in sets:
            for option in range(self.options):
                rows.append([float(name in one and o == option) for name in self.atoms for o in range(self.options)])
                sums.append(sum(counts[name][option] for name in one))
        for name in self.atoms:  # how many people a set has is no secret
            rows.append([float(other == name) for other in self.atoms for _ in range(self.options)])
            sums.append(sum(counts[name]))
        self.rows, self.sums = np.array(rows), np.array(sums, dtype=float)

    def between(self, names: Collection[str], option: int) -> tuple[float, float]:
        cost = np.array([float(name in names and o == option) for name in self.atoms for o in range(self.options)])
        least = linprog(cost, A_eq=self.rows, b_eq=self.sums)
        most = linprog(-cost, A_eq=self.rows, b_eq=self.sums)
        return least.fun, -most.fun

    def alike(self) -> list[str]:
        """Atoms that are known to have given one answer, all of them."""
        return [
            name
            for name in self.atoms
            for option in range(self.options)
            if self.between((name,), option)[0] > sum(self.counts[name]) - 1e-6
        ]

    def determined(self, threshold: int) -> list[tuple[str, ...]]:
        """Unions of atoms with fewer people than the threshold whose whole distribution is known."""
        return [
            few
            for size in range(1, len(self.atoms) + 1)
            for few in combinations(self.atoms, size)
            if sum(sum(self.counts[name]) for name in few) < threshold
            and all((ends := self.between(few, option))[1] - ends[0] < 1e-6 for option in range(self.options))
        ]


def best(
    groups: Mapping[str, Collection[str]], atoms: Mapping[str, Atom], threshold: int, must: Collection[str]
) -> int:
    """The most groups that can be told together, by trying which to leave out, the fewest first."""
    able = [name for name, one in groups.items() if few_told([one], atoms, threshold) is None]
    free = [name for name in able if name not in must]
    for fewer in range(len(free) + 1):
        for out in combinations(free, fewer):
            told = [groups[name] for name in able if name not in out]
            if few_told(told, atoms, threshold) is None:
                return len(told)
    return 0
