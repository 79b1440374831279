"""Which counts that are nought must be nought, by linear programs (HiGHS)."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

Count = tuple[int, int]  # atom, option


class Told(NamedTuple):
    """Sums that were told with their counts. groups: sets of atoms; counts: of each atom, answers per option; threshold: people."""

    groups: Sequence[frozenset[int]]
    counts: Sequence[Sequence[int]]
    threshold: int

    @property
    def options(self) -> int:
        return len(self.counts[0]) if self.counts else 0

    @property
    def atoms(self) -> tuple[int, ...]:
        """The atoms of which something was told and that hold answers."""
        return tuple(sorted({atom for group in self.groups for atom in group if sum(self.counts[atom])}))

    def empty(self, option: int) -> list[int]:
        """The groups in which nobody gave this answer."""
        return [place for place, group in enumerate(self.groups) if not any(self.counts[one][option] for one in group)]


class Noughts:
    """The changes of counts that keep every told sum and every atom's people, and take from no nought."""

    def __init__(self, told: Told) -> None:
        self.told = told
        every = [(atom, option) for atom in told.atoms for option in range(told.options)]
        closed = {(atom, o) for o in range(told.options) for place in told.empty(o) for atom in told.groups[place]}
        self.positive = [(atom, o) for atom, o in every if told.counts[atom][o]]
        self.open = [(atom, o) for atom, o in every if not told.counts[atom][o] and (atom, o) not in closed]
        self._solver = self._model() if self.open else None

    def free(self) -> frozenset[Count]:
        """The counts that are not nought everywhere in the polytope of counts that fit. One program finds them all: a sum of changes is a
        change. Where it ends without an answer, the noughts are taken as forced, which hides more."""
        values = self._raise(range(len(self.open)))
        return frozenset(self.positive) | {one for one, value in zip(self.open, values, strict=True) if value > 0.5}

    def forcing(self, atom: int, option: int) -> frozenset[int]:
        """The groups by which an atom is known to have given no other answer than this one (the dual of its program)."""
        told = self.told
        found = {
            place
            for other in range(told.options)
            if other != option
            for place in told.empty(other)[:]
            if atom in told.groups[place]
        }
        self._raise([place for place, (one, other) in enumerate(self.open) if one == atom and other != option])
        if self._solver is not None:
            duals = self._solver.getSolution().row_dual[: len(told.groups) * told.options]
            found |= {row // told.options for row, value in enumerate(duals) if abs(value) > 1e-7}
        return frozenset(found)

    def _raise(self, wanted: Collection[int]) -> list[float]:
        """How far the steps of the open noughts can go at once, 0 to 1, where these are wanted."""
        if self._solver is None:
            return []
        import highspy  # noqa: PLC0415 - it brings NumPy, and `check` starts without both
        import numpy as np  # noqa: PLC0415 - as above

        cost = np.zeros(len(self.open))
        cost[list(wanted)] = 1.0
        first = len(self.positive)
        columns = np.arange(first, first + len(self.open), dtype=np.int32)
        self._solver.changeColsCost(len(columns), columns, cost)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return [0.0] * len(self.open)
        return list(self._solver.getSolution().col_value[first : first + len(self.open)])

    def _model(self) -> Any:  # highspy has no types
        """Rows: sum of each group and option, people of each atom. Columns: changes of positive counts, free; of each open nought a step of
        at most 1 and whatever goes beyond it."""
        import highspy  # noqa: PLC0415 - it brings NumPy, and `check` starts without both
        import numpy as np  # noqa: PLC0415 - as above

        told, options = self.told, self.told.options
        people = {atom: len(told.groups) * options + row for row, atom in enumerate(told.atoms)}
        inside: dict[int, list[int]] = {}
        for place, group in enumerate(told.groups):
            for atom in group:
                inside.setdefault(atom, []).append(place * options)
        columns = [*self.positive, *self.open, *self.open]
        entries = [[people[atom], *(place + option for place in inside[atom])] for atom, option in columns]
        width = (len(self.positive), len(self.open), len(self.open))
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(columns), len(told.groups) * options + len(people)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = np.zeros(len(columns))
        lp.col_lower_ = np.repeat([-highspy.kHighsInf, 0.0, 0.0], width)
        lp.col_upper_ = np.repeat([highspy.kHighsInf, 1.0, highspy.kHighsInf], width)
        lp.row_lower_ = lp.row_upper_ = np.zeros(lp.num_row_)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.cumsum([0, *map(len, entries)])
        lp.a_matrix_.index_ = np.array([row for one in entries for row in one])
        lp.a_matrix_.value_ = np.ones(sum(map(len, entries)))
        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no types
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.passModel(lp)
        return solver
