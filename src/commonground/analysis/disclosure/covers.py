"""The cheapest choice that takes something out of every conflict, by HiGHS."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

NODES = 200  # of the branch and bound; a choice that is not proven cheapest is still one


def cheapest_cover(conflicts: Sequence[Collection[str]], cost: Mapping[str, float]) -> tuple[frozenset[str], bool]:
    """Members of which each conflict holds one at least, together as cheap as can be; and whether that is proven.

    cost: of each member, above 0. Raises ValueError for an empty conflict, which nothing can solve.
    """
    import highspy  # noqa: PLC0415 - it brings NumPy, and `check` starts without both
    import numpy as np  # noqa: PLC0415 - as above

    if not all(conflicts):
        raise ValueError("A conflict without members cannot be solved: leave out what is in conflict by itself.")
    members = sorted({one for conflict in conflicts for one in conflict})
    if not members:
        return frozenset(), True
    place = {one: column for column, one in enumerate(members)}
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(members), len(conflicts)
    lp.col_cost_ = np.array([cost[one] for one in members])
    lp.col_lower_, lp.col_upper_ = np.zeros(len(members)), np.ones(len(members))
    lp.row_lower_, lp.row_upper_ = np.ones(len(conflicts)), np.full(len(conflicts), highspy.kHighsInf)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(members)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *map(len, conflicts)])
    lp.a_matrix_.index_ = np.array([place[one] for conflict in conflicts for one in sorted(conflict)])
    lp.a_matrix_.value_ = np.ones(sum(map(len, conflicts)))
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no types
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_max_nodes", NODES)
    solver.passModel(lp)
    solver.run()
    values = solver.getSolution().col_value
    if len(values) != len(members):
        return frozenset(members), False
    chosen = frozenset(one for one, value in zip(members, values, strict=True) if value > 0.5)
    solved = all(chosen & set(conflict) for conflict in conflicts)
    proven = solved and solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return (chosen if solved else frozenset(members)), proven
