"""Proving that no choice of champions reaches more, or finding the one that does: by what prices exclude, then by HiGHS."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.coalition.bounding import Bounded, Bounding
from commonground.analysis.coalition.network import Floats
from commonground.analysis.coalition.standing import Question

Ints = NDArray[np.int64]
MOST_PEOPLE, MOST_TIES = 20_000, 3_000_000


@dataclass(frozen=True)
class Proof:
    """chosen: the best choice known, beside the fixed ones. worth: what it reaches. bound: no choice reaches more."""

    chosen: tuple[int, ...]
    worth: float
    bound: float


def small_enough(asked: Question) -> bool:
    """Whether a proof may come in seconds."""
    return asked.reach.wide <= MOST_PEOPLE and len(asked.reach.items) <= MOST_TIES


def excluded(bounding: Bounding, found: Bounded, known: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Who is in no choice, and who is in every choice, that reaches more than is known: two masks over all people.

    Making somebody come in, or go, costs the bound what they are paid less, or more, than whom they would change places with.
    """
    asked, pay = bounding.asked, found.pay
    room = found.bound - (known + (1.0 if asked.whole else 0.0)) + 1e-6 * max(1.0, known)
    group = bounding.group_of
    seated = np.zeros(len(pay), bool)
    seated[found.chosen] = True
    count = np.bincount(group[found.chosen] + 1, minlength=bounding.groups_count + 1)
    count[0] = len(pay)
    free = found.chosen[count[group[found.chosen] + 1] > 1]
    lowest = np.full(bounding.groups_count + 1, pay[free].min() if len(free) else np.inf)
    np.minimum.at(lowest, group[found.chosen] + 1, pay[found.chosen])
    lowest[0] = pay[free].min() if len(free) else np.inf
    never = asked.eligible & ~seated & (lowest[group + 1] - pay > room)
    others = np.nonzero(asked.eligible & ~seated)[0]
    highest = np.full(bounding.groups_count + 1, -np.inf)
    np.maximum.at(highest, group[others] + 1, pay[others])
    anybody = pay[others].max() if len(others) else -np.inf
    instead = np.where(count[group[found.chosen] + 1] > 1, anybody, highest[group[found.chosen] + 1])
    always = np.zeros(len(pay), bool)
    always[found.chosen[pay[found.chosen] - instead > room]] = True
    return never, always


class Model:
    """Who may still be chosen, and whom these reach: people of the same reachers taken together."""

    def __init__(self, bounding: Bounding, known: float) -> None:
        """known: what a known choice reaches; only a better one is looked for."""
        self.bounding, self.asked, self.known = bounding, bounding.asked, known
        never, always = excluded(bounding, bounding.best, known)
        asked = self.asked
        self.sure = [*asked.fixed, *np.nonzero(always)[0].tolist()]
        self.who: Ints = np.nonzero(asked.eligible & ~never & ~always)[0]
        self.seats = asked.seats - int(always.sum())
        reached = np.zeros(asked.reach.wide, bool)
        reached[asked.reach.of(self.sure)] = True
        self.base = float(asked.weight[reached].sum())
        self._together(asked.reach.kept(self.who).turned, reached)
        self.open = self._open_demands()

    def prove(self, known: Sequence[int], seconds: float) -> Proof:
        """The best choice, as far as HiGHS can show in the time. known: a choice that meets all demands, fixed ones among it."""
        worth = self.asked.worth(known)
        if self.seats <= 0 or len(self.who) <= self.seats:
            last = [*self.sure, *(self.who.tolist() if self.seats > 0 else [])]
            if (
                self.seats < 0
                or len(self.asked.demands.met(last)) < len(self.asked.demands.cells)
                or self.asked.worth(last) <= worth
            ):
                return Proof(tuple(known), worth, worth)
            return Proof(tuple(last), self.asked.worth(last), self.asked.worth(last))
        chosen, bound = self.solve(known, seconds)
        if chosen is not None and self.asked.worth(chosen) > worth:
            known, worth = chosen, self.asked.worth(chosen)
        return Proof(tuple(known), worth, max(min(bound, self.bounding.best.bound), worth))

    def _together(self, by: Any, reached: NDArray[np.bool_]) -> None:
        """Merges the people whom exactly the same candidates reach."""
        same: dict[bytes, int] = {}
        self.rows: list[NDArray[np.int32]] = []
        worth: list[float] = []
        for person in np.nonzero(~reached & (by.sizes > 0) & (self.asked.weight > 0))[0].tolist():
            row = by[person]
            at = same.setdefault(row.tobytes(), len(self.rows))
            if at == len(self.rows):
                self.rows.append(row)
                worth.append(0.0)
            worth[at] += float(self.asked.weight[person])
        self.worth: Floats = np.array(worth)

    def _open_demands(self) -> list[NDArray[np.int64]]:
        met = self.asked.demands.met(self.sure)
        place = np.full(self.asked.reach.wide, -1, np.int64)
        place[self.who] = np.arange(len(self.who))
        rows = []
        for cell in range(len(self.asked.demands.cells)):
            if cell not in met:
                at = place[self.asked.demands.people(cell)]
                rows.append(at[at >= 0])
        return rows

    def solve(self, known: Sequence[int], seconds: float) -> tuple[list[int] | None, float]:
        """A choice that is as good as any, or None where HiGHS found none; and a bound that holds for all."""
        import highspy  # noqa: PLC0415 - loaded only where there is something to prove

        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no types
        for option, value in {
            "output_flag": False, "threads": 1, "time_limit": float(seconds), "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.999 if self.asked.whole else 1e-6, "random_seed": 1,
        }.items():  # fmt: skip
            solver.setOptionValue(option, value)
        solver.passModel(self._lp(highspy))
        self._start(highspy, solver, known)
        solver.run()
        info, status = solver.getInfo(), solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None, self.known
        found = None
        if info.primal_solution_status == 2:
            values = np.array(solver.getSolution().col_value[: len(self.who)])
            found = [*self.sure, *self.who[values > 0.5].tolist()]
        return found, self.base + float(info.mip_dual_bound)

    def _lp(self, highspy: Any) -> Any:
        candidates, people = len(self.who), len(self.rows)
        rows = [np.append(row, candidates + at) for at, row in enumerate(self.rows)]
        rows += [np.arange(candidates), *self.open]
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = candidates + people, len(rows)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = np.concatenate([np.zeros(candidates), self.worth])
        lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), np.ones(lp.num_col_)
        inf = highspy.kHighsInf
        lp.row_lower_ = np.concatenate([np.zeros(people), [self.seats], np.ones(len(self.open))])
        lp.row_upper_ = np.concatenate([np.full(people, inf), [self.seats], np.full(len(self.open), inf)])
        integer, continuous = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        lp.integrality_ = [integer] * candidates + [continuous] * people
        values = [np.append(np.ones(len(row)), -1.0) for row in self.rows] + [
            np.ones(len(row)) for row in rows[people:]
        ]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *map(len, rows)])
        lp.a_matrix_.index_ = np.concatenate(rows)
        lp.a_matrix_.value_ = np.concatenate(values)
        return lp

    def _start(self, highspy: Any, solver: Any, known: Sequence[int]) -> None:
        """The known choice to begin with, where it is still among the possible ones."""
        chosen = np.isin(self.who, np.array(known, np.int64)).astype(np.float64)
        if int(chosen.sum()) != self.seats:
            return
        solution = highspy.HighsSolution()
        solution.col_value = [*chosen.tolist(), *(float(chosen[row].any()) for row in self.rows)]
        solver.setSolution(solution)
