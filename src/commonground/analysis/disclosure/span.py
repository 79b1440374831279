"""The space that some vectors span, in whole numbers: what is left of another vector, and what is nought on all of them.

In echelon form: the pivot of a row is its first coordinate. Whoever numbers the coordinates puts those first that few vectors hold; then
rows stay short.
"""

from collections.abc import Mapping
from heapq import heapify, heappop, heappush
from math import gcd

Vector = dict[int, int]  # coordinate → whole number, never 0


class Span:
    """Everything that can be made of the vectors added so far, exactly."""

    def __init__(self) -> None:
        self._rows: dict[int, Vector] = {}  # pivot, its first coordinate → row

    @property
    def rank(self) -> int:
        return len(self._rows)

    def rest_of(self, vector: Mapping[int, int]) -> Vector:
        """A multiple of the vector less something of the space, without any pivot; empty where the vector is of the space."""
        found, rows = dict(vector), self._rows
        ahead = [at for at in found if at in rows]
        heapify(ahead)
        while ahead:
            pivot = heappop(ahead)
            if pivot in found:
                row = rows[pivot]
                for at in row:
                    if at not in found and at in rows:
                        heappush(ahead, at)
                cancel(found, row, pivot)
        return found

    def add(self, vector: Mapping[int, int]) -> Vector:
        """Adds a vector; returns what was new of it."""
        new = self.rest_of(vector)
        if new:
            self._rows[min(new)] = new
        return new

    def nought_on_all(self, given: Mapping[int, float]) -> dict[int, float]:
        """The linear form that is 0 on the space and has these coefficients where there is no pivot, 0 where none is given."""
        found = {at: value for at, value in given.items() if value}
        for pivot in sorted(self._rows, reverse=True):
            row = self._rows[pivot]
            value = sum(row[at] * found[at] for at in row if at in found)
            if value:
                found[pivot] = -value / row[pivot]
        return found


def cancel(row: Vector, other: Mapping[int, int], at: int) -> None:
    """Adds to a vector so much of the other that nothing is left at one coordinate, in place; it keeps no common divisor."""
    mine, theirs = row[at], other[at]
    shared = gcd(mine, theirs)
    mine, theirs = mine // shared, theirs // shared
    if theirs < 0:
        mine, theirs = -mine, -theirs
    if theirs != 1:
        for one in row:
            row[one] *= theirs
    for one, value in other.items():
        left = row.get(one, 0) - mine * value
        if left:
            row[one] = left
        else:
            row.pop(one, None)
    if theirs != 1 and row:
        divisor = gcd(*row.values())
        if divisor > 1:
            for one in row:
                row[one] //= divisor
