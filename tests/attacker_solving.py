"""What follows from numbers about groups of people: sums and differences over fractions, and what counts that are never below nought force.

Nothing here knows of the product's own gate. People whom no number tells apart are one *kind*; a kind is known by how many they are.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

Row = dict[Hashable, Fraction]
NEAR = 1e-6


class Space:
    """Everything that sums and differences of some sets make, exactly."""

    def __init__(self, sets: Iterable[Collection[Hashable]]) -> None:
        self.rows: dict[Hashable, Row] = {}
        for one in sets:
            self._add(dict.fromkeys(one, Fraction(1)))

    def holds(self, people: Collection[Hashable]) -> bool:
        """Whether the number of just these follows."""
        return not self._rest(dict.fromkeys(people, Fraction(1)))

    def _rest(self, row: Row) -> Row:
        while stand := next((one for one in row if one in self.rows), None):
            factor = row[stand]
            for one, value in self.rows[stand].items():
                row[one] = row.get(one, Fraction(0)) - factor * value
                if not row[one]:
                    del row[one]
        return row

    def _add(self, row: Row) -> None:
        row = self._rest(row)
        if not row:
            return
        stand = next(iter(row))
        new = {one: value / row[stand] for one, value in row.items()}
        for other in self.rows.values():
            if factor := other.get(stand):
                for one, value in new.items():
                    other[one] = other.get(one, Fraction(0)) - factor * value
                    if not other[one]:
                        del other[one]
        self.rows[stand] = new


class Equation(NamedTuple):
    """Sum of factor × unknown lies between low and high."""

    factors: Mapping[Hashable, float]
    low: float
    high: float


class Known(NamedTuple):
    """What an attacker has learned. whom: a kind of people; what: in words."""

    whom: Hashable
    what: str


class System:
    """Unknown counts, none below nought, under equations; what is the same in all counts that fit, by linear programs."""

    def __init__(self, equations: Sequence[Equation]) -> None:
        self.names = {
            name: place for place, name in enumerate(dict.fromkeys(n for one in equations for n in one.factors))
        }
        rows, columns, values = [], [], []
        for row, one in enumerate(equations):
            for name, factor in one.factors.items():
                rows.append(row)
                columns.append(self.names[name])
                values.append(factor)
        matrix = csr_array((values, (rows, columns)), shape=(len(equations), len(self.names)))
        low, high = np.array([one.low for one in equations]), np.array([one.high for one in equations])
        self._exact = low == high
        self.matrix, self.low, self.high = matrix, low, high
        self.programs = 0

    def ends(self, weights: Mapping[Hashable, float]) -> tuple[float, float]:
        """The least and the most that a sum of unknowns can be."""
        low, high = (self._solve({n: side * w for n, w in weights.items()}) for side in (1, -1))
        values = [sum(w * one[self.names[n]] for n, w in weights.items()) for one in (low, high)]
        return values[0], values[1]

    def some(self, many: int, seed: int = 3) -> np.ndarray:
        """So many corners of what fits, shape (many, unknowns): what differs among them is not determined."""
        rng = np.random.default_rng(seed)
        return np.array(
            [self._solve(dict(zip(self.names, rng.normal(size=len(self.names)), strict=True))) for _ in range(many)]
        )

    def _solve(self, costs: Mapping[Hashable, float]) -> np.ndarray:
        self.programs += 1
        cost = np.zeros(len(self.names))
        for name, weight in costs.items():
            cost[self.names[name]] = weight
        loose = ~self._exact
        found = linprog(
            cost,
            A_eq=self.matrix[self._exact],
            b_eq=self.low[self._exact],
            A_ub=np.vstack([self.matrix[loose].toarray(), -self.matrix[loose].toarray()]) if loose.any() else None,
            b_ub=np.concatenate([self.high[loose], -self.low[loose]]) if loose.any() else None,
            method="highs",
        )
        assert found.status == 0, f"what was read does not fit together: {found.message}"
        return found.x
