"""Whether one more sum can be told without telling of few people, exactly, over everything that sums and differences can make.

The sums that were told so far span a space of vectors over atoms (sets of people that no group cuts). A vector of it is a number that
anybody can work out; its support is whom that number is about. The gate keeps the space so that no vector but zero is about fewer people
than the threshold. A new sum is let in when no vector of its coset, the sum plus anything known, is about so few.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from math import inf, lcm
from typing import NamedTuple

from commonground.analysis.disclosure.span import cancel

Row = dict[int, int]  # atom → whole coefficient, never 0


class TooHardError(Exception):
    """The search for a vector over few people was given up before it was decided."""


class Gate:
    """The sums let in so far, as a reduced system in whole numbers (exact: nothing is rounded and no prime is trusted).

    Atoms of enough people can be in no number about few. Rows that hold such an atom keep it as pivot and serve to take it out of later
    rows; what is left then holds small atoms alone, and is reduced fully.

    weights: people of each atom; atoms of nobody weigh 0, and a number over these alone is kept back too, since it tells that they did not
    answer. threshold: the fewest people that a number may be about.
    """

    def __init__(self, weights: Sequence[int], threshold: int) -> None:
        self.weights = weights
        self.threshold = threshold
        self.looks = 0  # choices that searches looked at, a measure of work
        # large pivot → its place in time, its row, which holds no earlier pivot
        self._large: dict[int, tuple[int, Row]] = {}
        self._rows: dict[int, Row] = {}  # small pivot → its row of small atoms; a pivot stands in no other of these
        self._where: dict[int, set[int]] = {}  # small atom that is no pivot → pivots of the rows it stands in
        self._seen: Counter[int] = Counter()  # large atom → rows that hold it

    def copy(self) -> "Gate":
        made = Gate(self.weights, self.threshold)
        # rows never change
        made._large, made._rows, made._seen = dict(self._large), dict(self._rows), self._seen.copy()
        made._where = {atom: set(pivots) for atom, pivots in self._where.items()}
        return made

    def reduced(self, atoms: Iterable[int], tag: int | None = None) -> Row:
        """What a sum over these atoms adds to what is known; no atom is in it where it follows from that.

        tag: the number of the sum, from 0, where it is to be known which sums a row is made of. It stands in the row as −1 − tag.
        """
        found = dict.fromkeys(atoms, 1)
        if tag is not None:
            found[-1 - tag] = 1
        return self.rest_of(found)

    def rest_of(self, row: Mapping[int, int]) -> Row:
        """The same of any vector."""
        found = dict(row)
        ahead = [(self._large[atom][0], atom) for atom in found if atom in self._large]
        heapify(ahead)
        while ahead:
            _, pivot = heappop(ahead)
            if pivot in found:
                other = self._large[pivot][1]
                cancel(found, other, pivot)
                for atom in other:
                    if atom in found and atom in self._large:
                        heappush(ahead, (self._large[atom][0], atom))
        for pivot in [atom for atom in found if atom in self._rows]:
            cancel(found, self._rows[pivot], pivot)
        return found

    def told_by(self, row: Row, most: int | None = None) -> frozenset[int] | None:
        """Atoms of fewer people than the threshold of whom a number would be known with this reduced row; None where there is none.

        Raises TooHardError after so many choices that were looked at; without `most` the search always ends with an answer.
        """
        left = {atom: value for atom, value in row.items() if atom >= 0}
        if not left or max(self.weights[atom] for atom in left) >= self.threshold:
            return None
        return _Search(self, most).run(left)

    def made_of(self, row: Row, told: Collection[int]) -> frozenset[int]:
        """The tags of the sums of which the number over the atoms of `told_by` is made, that of the row itself included."""
        found, free = dict(row), {atom for atom in row if atom >= 0 and not self.weights[atom]} | set(told)
        stands: dict[int, Row] = {}
        for pivot in told:
            new = dict(self._rows.get(pivot, {}))
            for stand in [atom for atom in new if atom in stands]:
                cancel(new, stands[stand], stand)
            for stand in [atom for atom in new if atom >= 0 and atom not in free and self.weights[atom]][:1]:
                for other in stands.values():
                    if stand in other:
                        cancel(other, new, stand)
                stands[stand] = new
        for stand in [atom for atom in found if atom in stands]:
            cancel(found, stands[stand], stand)
        return frozenset(-1 - atom for atom in found if atom < 0)

    def let_in(self, row: Row) -> None:
        """Adds a reduced row to what is known. The largest of small atoms becomes its pivot, so that searches meet few affordable ones; of
        large ones that which is rarest, so that rows stay short."""
        atoms = [atom for atom in row if atom >= 0]
        large = [atom for atom in atoms if self.weights[atom] >= self.threshold]
        if large:
            self._large[min(large, key=lambda atom: (self._seen[atom], atom))] = (len(self._large), row)
            self._seen.update(large)
        elif atoms:
            self._reduce_by(row, max(atoms, key=lambda atom: (self.weights[atom], -len(self.rows_with(atom)), -atom)))

    def _reduce_by(self, row: Row, pivot: int) -> None:
        for other in self._where.pop(pivot, set()):
            before = self._rows[other]
            after = dict(before)
            cancel(after, row, pivot)
            for atom in row:
                if atom < 0 or atom == pivot:
                    continue
                if atom in after:
                    self._where.setdefault(atom, set()).add(other)
                elif atom in before:
                    self._where[atom].discard(other)
            self._rows[other] = after
        self._rows[pivot] = row
        for atom in row:
            if atom >= 0 and atom != pivot:
                self._where.setdefault(atom, set()).add(pivot)

    @property
    def rank(self) -> int:
        """How many numbers were told that do not follow from the others."""
        return len(self._large) + len(self._rows)

    def changes(self, atoms: Iterable[int]) -> Iterator[Row]:
        """Changes of the atoms that leave every sum as it is, from which all such changes can be made; where all atoms are small."""
        for atom in atoms:
            if atom in self._rows:
                continue
            pivots = self._where.get(atom, ())
            scale = lcm(*(self._rows[pivot][pivot] for pivot in pivots))
            change = {pivot: -scale // self._rows[pivot][pivot] * self._rows[pivot][atom] for pivot in pivots}
            yield {atom: scale, **change}

    def row(self, pivot: int) -> Row:
        return self._rows[pivot]

    def rows_with(self, atom: int) -> Collection[int]:
        """Pivots of the rows in which a small atom stands that is no pivot."""
        return self._where.get(atom, ())


class _State(NamedTuple):
    """Where a search stands. left: the row without what is paid. freed: rows whose pivots are paid, by the atom at which they now stand
    for it, each 0 at those of the others. paid, barred: atoms that may and that must not be in the support. budget: people left to pay."""

    left: Row
    freed: dict[int, Row]
    paid: frozenset[int]
    barred: frozenset[int]
    budget: int


class _Search:
    """Looks for a vector of a coset over few people: each atom at which the row is not zero is paid, or cancelled by a row that is paid
    with its own pivot. Branches exclude each other, so that no support is looked at twice; disjoint choices bound what is still to pay."""

    def __init__(self, gate: Gate, most: int | None) -> None:
        self.gate = gate
        self.weights = gate.weights
        self.begun = gate.looks
        self.most = inf if most is None else most

    def run(self, row: Row) -> frozenset[int] | None:
        nobody = {atom for atom in row if not self.weights[atom]}
        left = {atom: value for atom, value in row.items() if atom not in nobody}
        return self._go(_State(left, {}, frozenset(nobody), frozenset(), self.gate.threshold - 1))

    def _go(self, state: _State) -> frozenset[int] | None:
        if not state.left:
            return state.paid
        if self.gate.looks - self.begun > self.most:
            raise TooHardError
        choices = self._choices(state)
        if choices is None:
            return None
        at, options = choices
        barred = state.barred
        for option in options:
            found = self._go(self._pay(state._replace(barred=barred), at, option))
            if found is not None:
                return found
            barred |= {option}
        return None

    def _choices(self, state: _State) -> tuple[int, list[int]] | None:
        """The atom with the fewest choices, and these, cheapest first; None where all together cost more than is left."""
        spare: dict[int, int] = {}
        bound, best, at = 0, None, -1
        for atom in sorted(state.left, key=self.weights.__getitem__, reverse=True):
            options = self._options(state, atom)
            if not options:
                return None
            least = min(spare.get(one, self.weights[one]) for one in options)
            if least:
                for one in options:
                    spare[one] = spare.get(one, self.weights[one]) - least
                bound += least
                if bound > state.budget:
                    return None
            if best is None or len(options) < len(best):
                best, at = options, atom
        return at, sorted(best or (), key=self.weights.__getitem__)

    def _options(self, state: _State, atom: int) -> list[int]:
        """Which atoms can be paid so that nothing need be left at this one: itself, or a pivot whose row stands there."""
        found = {atom, *self.gate.rows_with(atom)}
        for stand, row in state.freed.items():
            if atom in row:
                found.add(stand)
                found.update(self.gate.rows_with(stand))
        self.gate.looks += len(found)
        return [
            one
            for one in found
            if self.weights[one] <= state.budget and one not in state.barred and one not in state.paid
        ]

    def _pay(self, state: _State, at: int, option: int) -> _State:
        paid = state.paid | {option}
        budget = state.budget - self.weights[option]
        freed = {stand: row for stand, row in state.freed.items() if stand != option}
        new = state.freed.get(option)
        if new is None and option != at:
            new = {atom: value for atom, value in self.gate.row(option).items() if atom >= 0}
            for stand, row in freed.items():
                if stand in new:
                    cancel(new, row, stand)
        if new is None:
            left = {atom: value for atom, value in state.left.items() if atom != option}
            return state._replace(left=left, freed=_without(freed, option), paid=paid, budget=budget)
        new = {atom: value for atom, value in new.items() if atom not in paid and self.weights[atom]}
        left = dict(state.left)
        if new:
            stand = at if at in new else max(new, key=self.weights.__getitem__)
            for mine in [mine for mine, row in freed.items() if stand in row]:
                freed[mine] = dict(freed[mine])
                cancel(freed[mine], new, stand)
            if stand in left:
                cancel(left, new, stand)
            freed[stand] = new
        return state._replace(left=left, freed=freed, paid=paid, budget=budget)


def _without(freed: dict[int, Row], atom: int) -> dict[int, Row]:
    return {stand: {one: value for one, value in row.items() if one != atom} for stand, row in freed.items()}
