"""What a choice of champions must have among them: one for each value of each column, and how few people that takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class CannotCoverError(ValueError):
    """The demands cannot be met with the count.

    least: the fewest champions that would do, fixed ones among them; None where nobody who may be chosen has one of the values.
    missing: (column, value) of these; columns count from 0.
    """

    def __init__(self, count: int, least: int | None, missing: Sequence[tuple[int, str]] = ()) -> None:
        self.count, self.least, self.missing = count, least, tuple(missing)
        if least is None:
            said = f"Nobody who may be chosen has {', '.join(f'“{value}”' for _, value in self.missing[:5])}."
        else:
            said = f"{count} champions cannot cover every value: it takes at least {least}."
        super().__init__(said)


@dataclass(frozen=True)
class Demands:
    """The cells that need a champion. A cell is a value of a column.

    cells: (column, value) of each. of: int32, columns × people: the cell of each person in each column, −1 without a value.
    """

    cells: tuple[tuple[int, str], ...]
    of: NDArray[np.int32]

    @classmethod
    def read(cls, cover: Sequence[Sequence[str | None]], people: int) -> "Demands":
        """cover: columns, each with a value for each person, None without one. Raises ValueError for one of another length."""
        cells: dict[tuple[int, str], int] = {}
        of = np.full((len(cover), people), -1, np.int32)
        for column, values in enumerate(cover):
            if len(values) != people:
                raise ValueError(f"Column {column} has {len(values)} values for {people} people.")
            of[column] = [-1 if value is None else cells.setdefault((column, value), len(cells)) for value in values]
        return cls(tuple(cells), of)

    def of_person(self, person: int) -> list[int]:
        """The cells that a person stands for."""
        return [cell for cell in self.of[:, person].tolist() if cell >= 0]

    @cached_property
    def _lists(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        columns, people = np.nonzero(self.of >= 0)
        cells = self.of[columns, people]
        order = np.argsort(cells, kind="stable")
        return np.searchsorted(cells[order], np.arange(len(self.cells) + 1)), people[order]

    def people(self, cell: int) -> Ints:
        """Who stands for a cell, in order."""
        starts, people = self._lists
        return people[starts[cell] : starts[cell + 1]]

    def met(self, chosen: Iterable[int]) -> set[int]:
        """The cells that have one of these."""
        return {cell for person in chosen for cell in self.of_person(person)}

    def least(self, eligible: NDArray[np.bool_], fixed: Sequence[int], enough: int | None = None) -> list[int]:
        """The fewest people, beside the fixed ones, that meet what these leave open; or any that are not more than `enough`.

        Raises CannotCoverError where some cell has nobody eligible.
        """
        open_ = sorted(set(range(len(self.cells))) - self.met(fixed))
        if not open_:
            return []
        there = np.zeros(len(self.cells) + 1, bool)
        there[self.of[:, eligible].ravel()] = True
        missing = [self.cells[cell] for cell in open_ if not there[cell]]
        if missing:
            raise CannotCoverError(0, None, missing)
        kinds, first = self._kinds(eligible, open_)
        quick = _greedily(kinds, open_)
        at_least = max(
            (sum(self.cells[cell][0] == column for cell in open_) for column in range(len(self.of))), default=0
        )
        if len(quick) > max(at_least, enough or 0):
            quick = _fewest(kinds, open_, quick)
        return [int(first[kind]) for kind in quick]

    def _kinds(self, eligible: NDArray[np.bool_], open_: Sequence[int]) -> tuple[list[tuple[int, ...]], Ints]:
        """The different sets of open cells that one person can meet, and the first person of each."""
        still = np.full(len(self.cells) + 1, -1, np.int64)
        still[open_] = open_
        who = np.nonzero(eligible)[0]
        rows, first = np.unique(still[self.of[:, who]], axis=1, return_index=True)
        return [tuple(cell for cell in row if cell >= 0) for row in rows.T.tolist()], who[first]


def _greedily(kinds: Sequence[tuple[int, ...]], open_: Sequence[int]) -> list[int]:
    """Kinds that together meet all open cells: those with most that is still open first, the rarest cells before others."""
    left, chosen = set(open_), []
    rare = dict.fromkeys(open_, 0)
    for kind in kinds:
        for cell in kind:
            rare[cell] += 1
    for wanted in range(max(map(len, kinds), default=0), 0, -1):
        for at in sorted(range(len(kinds)), key=lambda at: sum(rare[cell] for cell in kinds[at])):
            if len(left.intersection(kinds[at])) >= wanted:
                chosen.append(at)
                left.difference_update(kinds[at])
    return chosen


def _fewest(kinds: Sequence[tuple[int, ...]], open_: Sequence[int], known: list[int]) -> list[int]:
    """The fewest kinds that meet all open cells, by HiGHS."""
    import highspy  # noqa: PLC0415 - loaded only where the quick way leaves a doubt

    row_of = {cell: row for row, cell in enumerate(open_)}
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(kinds), len(open_)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.ones(len(kinds)), np.zeros(len(kinds)), np.ones(len(kinds))
    lp.row_lower_, lp.row_upper_ = np.ones(len(open_)), np.full(len(open_), highspy.kHighsInf)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(kinds)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.cumsum([0, *map(len, kinds)])
    lp.a_matrix_.index_ = np.array([row_of[cell] for kind in kinds for cell in kind])
    lp.a_matrix_.value_ = np.ones(sum(map(len, kinds)))
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no types
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(lp)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return known
    return [at for at, value in enumerate(solver.getSolution().col_value) if value > 0.5]
