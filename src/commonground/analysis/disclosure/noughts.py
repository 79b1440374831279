"""Which counts that are nought must be nought: what whole numbers do not settle is decided by a linear program (HiGHS)."""

from collections.abc import Collection
from typing import Any

from commonground.analysis.disclosure.short import Count, Told
from commonground.analysis.disclosure.span import Span, Vector

_NEAR = 1e-7  # of what HiGHS gives


class Noughts:
    """The changes of counts that keep every told sum and every atom's people, and take from no nought.

    A count that is not nought can go up and down. So a nought can be raised by itself if its column is in the span of the columns of
    those; only for the others a program is needed, over what is left of their columns.
    """

    def __init__(self, told: Told) -> None:
        self.told = told
        every = [(atom, option) for atom in told.atoms for option in range(told.options)]
        sets = [one.atoms for one in told.short]
        closed = {(atom, o) for o in range(told.options) for place in told.empty(o, sets) for atom in sets[place]}
        self.positive = [(atom, o) for atom, o in every if told.counts[atom][o]]
        self._first = dict(reversed(self.positive))
        self._span = Span()
        for one in self.positive:
            self._span.add(self._column(*one))
        opened = [(atom, o) for atom, o in every if not told.counts[atom][o] and (atom, o) not in closed]
        rests = {one: self._span.rest_of(self._column(*one)) for one in opened}
        self._alone = [one for one, rest in rests.items() if not rest]
        self._left = {one: rest for one, rest in rests.items() if rest}
        self._rows = {at: row for row, at in enumerate(sorted({at for rest in self._left.values() for at in rest}))}
        self._solver = self._model() if self._left else None

    def free(self) -> frozenset[Count]:
        """The counts that are not nought everywhere in the polytope of counts that fit. One program finds them all: a sum of changes is a
        change. Where it ends without an answer, the noughts are taken as forced, which hides more."""
        values = self._raise(range(len(self._left)))
        together = {one for one, value in zip(self._left, values, strict=True) if value > 0.5}
        return frozenset(self.positive) | frozenset(self._alone) | together

    def forcing(self, atom: int, option: int) -> frozenset[int]:
        """The groups by which an atom is known to have given no other answer than this one (the dual of its program)."""
        told = self.told
        found: set[int] = set()
        for other in range(told.options):
            if other != option:
                nobody = [place for place in told.empty(other, told.groups) if atom in told.groups[place]]
                found.update(nobody or self._nobody_left(atom, other))
        self._raise([place for place, (one, other) in enumerate(self._left) if one == atom and other != option])
        return frozenset(found) | (self._used() if self._solver is not None else frozenset())

    def _nobody_left(self, atom: int, option: int) -> frozenset[int]:
        """The groups that leave a set with this atom in which nobody gave this answer."""
        sets = [self.told.short[place] for place in self.told.places[atom]]
        without = [one for one in sets if not any(self.told.counts[other][option] for other in one.atoms)]
        return frozenset(place for one in without[:1] for place in (one.whole, *one.less))

    def _column(self, atom: int, option: int) -> Vector:
        """What a step from the first answer that somebody of the atom gave to this option changes: short sum × option → by how much."""
        first, options = self._first[atom], self.told.options
        if option == first:
            return {}
        places = [place * options for place in self.told.places[atom]]
        return {place + option: 1 for place in places} | {place + first: -1 for place in places}

    def _used(self) -> frozenset[int]:
        """The groups whose counts the last program's dual needs, beside how many people answered."""
        duals = self._solver.getSolution().row_dual if self._solver is not None else []
        form = self._span.nought_on_all({at: duals[row] for at, row in self._rows.items()})
        options, by_group = self.told.options, dict[int, list[float]]()
        for at, value in form.items():
            one = self.told.short[at // options]
            for group, sign in ((one.whole, 1), *((part, -1) for part in one.less)):
                by_group.setdefault(group, [0.0] * options)[at % options] += sign * value
        return frozenset(group for group, values in by_group.items() if max(values) - min(values) > _NEAR)

    def _raise(self, wanted: Collection[int]) -> list[float]:
        """How far the steps of the noughts that are left can go at once, 0 to 1, where these are wanted."""
        if self._solver is None:
            return []
        import highspy  # noqa: PLC0415 - it brings NumPy, and `check` starts without both
        import numpy as np  # noqa: PLC0415 - as above

        count = len(self._left)
        cost = np.zeros(count)
        cost[list(wanted)] = 1.0
        self._solver.changeColsCost(count, np.arange(count, dtype=np.int32), cost)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return [0.0] * count
        return list(self._solver.getSolution().col_value[:count])

    def _model(self) -> Any:  # highspy has no types
        """Rows: what is left of the columns must come to nought. Columns: of each nought that is left a step of at most 1, and whatever
        goes beyond it."""
        import highspy  # noqa: PLC0415 - it brings NumPy, and `check` starts without both
        import numpy as np  # noqa: PLC0415 - as above

        rests = [*self._left.values(), *self._left.values()]
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(rests), len(self._rows)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_, lp.col_lower_ = np.zeros(len(rests)), np.zeros(len(rests))
        lp.col_upper_ = np.repeat([1.0, highspy.kHighsInf], len(self._left))
        lp.row_lower_ = lp.row_upper_ = np.zeros(lp.num_row_)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.cumsum([0, *map(len, rests)])
        lp.a_matrix_.index_ = np.array([self._rows[at] for rest in rests for at in rest])
        lp.a_matrix_.value_ = np.array([float(value) for rest in rests for value in rest.values()])
        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no types
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.passModel(lp)
        return solver
