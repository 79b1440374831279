"""How many of each kind of people a team takes: the fewest that meet every need, and among those the ones whose work is most at stake.

Solved by HiGHS, with its own bound as proof; where it has no answer in time, by a greedy choice with the bound that is there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from time import perf_counter
from typing import Any

from commonground.analysis.coalition.needs import CELL, SHARE, Need

_SLACK = 1e-6
TOO_MANY = 30_000  # kinds of people, from which on only the greedy choice is tried
_AT_ONCE = 3e6  # the largest weight of one objective that still keeps three wishes apart


@dataclass(frozen=True)
class Model:
    """needs: all of them can be met. lower, upper: how many of each kind must and may be seated. units: unit → kinds of people in it.

    least: how many the team has at least in all. prefer: rows of worth, one for each kind of people, the most important row first.
    """

    needs: tuple[Need, ...]
    lower: Sequence[int]
    upper: Sequence[int]
    units: Mapping[str, Sequence[int]]
    least: int
    prefer: Sequence[Sequence[int]]


@dataclass(frozen=True)
class Seated:
    """counts: how many of each kind. bound: no team that meets the needs is smaller. balanced: no unit is more than the share."""

    counts: tuple[int, ...]
    bound: int
    balanced: bool

    @property
    def people(self) -> int:
        return sum(self.counts)


def seat(model: Model, seconds: float) -> Seated:
    """The fewest people that meet every need, best liked among the fewest. seconds: for all of it, about.

    A share of one unit that cannot be kept is given up, and said so by `balanced`.
    """
    end = perf_counter() + seconds
    if len(model.upper) <= TOO_MANY:
        for balanced in (True, False) if model.units else (True,):
            fewest = _solve(model, balanced, end)
            if fewest is not None:
                counts, bound = fewest
                return Seated(_liked(model, balanced, sum(counts), counts, end), bound, balanced)
    counts = greedy(model)
    return Seated(counts, _simple_bound(model), _is_balanced(model, counts))


def _liked(model: Model, balanced: bool, most: int, found: tuple[int, ...], end: float) -> tuple[int, ...]:
    """Among teams of this many, the one with most of the first wish, then most of the second, and so on."""
    base = [most * max(row, default=0) + 1 for row in model.prefer]
    weights, scale = [0.0] * len(model.upper), 1
    for row, step in zip(reversed(model.prefer), reversed(base), strict=True):
        weights = [weight + scale * worth for weight, worth in zip(weights, row, strict=True)]
        scale *= step
    rows = [weights] if max(weights, default=0) <= _AT_ONCE else [[float(one) for one in row] for row in model.prefer]
    kept: list[tuple[Sequence[float], float]] = []
    for row in rows:
        better = _solve(model, balanced, end, most=most, prefer=row, kept=kept)
        if better is None:
            return found
        found = better[0]
        kept.append((row, sum(worth * count for worth, count in zip(row, found, strict=True))))
    return found


def _solve(
    model: Model,
    balanced: bool,
    end: float,
    *,
    most: int | None = None,
    prefer: Sequence[float] | None = None,
    kept: Sequence[tuple[Sequence[float], float]] = (),
) -> tuple[tuple[int, ...], int] | None:
    """Counts and a bound on how few they can be; None where there are none, or none in time.

    most: at most so many, liked as well as can be; without it, as few as can be.
    """
    import highspy  # noqa: PLC0415 - it brings NumPy, and `check` starts without both
    import numpy as np  # noqa: PLC0415 - as above

    columns = [kind for kind, upper in enumerate(model.upper) if upper]
    place = {kind: column for column, kind in enumerate(columns)}
    rows = _rows(model, place, balanced, most, kept)
    if not columns:
        return (tuple(model.upper), 0) if all(low <= 0 for _, low, _ in rows) else None
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(columns), len(rows)
    lp.col_cost_ = np.array([1.0 if prefer is None else -float(prefer[kind]) for kind in columns])
    lp.col_lower_ = np.array([float(model.lower[kind]) for kind in columns])
    lp.col_upper_ = np.array([float(model.upper[kind]) for kind in columns])
    lp.row_lower_ = np.array([low for _, low, _ in rows])
    lp.row_upper_ = np.array([high for _, _, high in rows])
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(columns)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row) for row, _, _ in rows)])
    lp.a_matrix_.index_ = np.array([column for row, _, _ in rows for column in row], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([value for row, _, _ in rows for value in row.values()], dtype=float)
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no types
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.999 if prefer is None else 0.0)
    solver.setOptionValue("time_limit", max(end - perf_counter(), 0.05))
    solver.passModel(lp)
    solver.run()
    values = solver.getSolution().col_value
    if len(values) != len(columns):
        return None
    counts = [0] * len(model.upper)
    for kind, value in zip(columns, values, strict=True):
        counts[kind] = round(value)
    if not meets(model, counts, balanced=balanced, most=most):
        return None
    bound = ceil(solver.getInfo().mip_dual_bound - _SLACK) if prefer is None else 0
    return tuple(counts), max(min(bound, sum(counts)), _simple_bound(model)) if prefer is None else 0


Row = tuple[dict[int, float], float, float]


def _rows(
    model: Model,
    place: Mapping[int, int],
    balanced: bool,
    most: int | None,
    kept: Sequence[tuple[Sequence[float], float]],
) -> list[Row]:
    """Every condition as (column → factor, from, to)."""
    endless = float("inf")
    found: list[Row] = [
        ({place[kind]: 1.0 for kind in need.kinds if kind in place}, float(need.least), endless) for need in model.needs
    ]
    every = dict.fromkeys(place.values(), 1.0)
    found.append((every, float(model.least), endless if most is None else float(most)))
    for kinds in model.units.values() if balanced else ():
        inside = {place[kind] for kind in kinds if kind in place}
        if inside:
            row = {column: (1.0 - SHARE if column in inside else -SHARE) for column in place.values()}
            found.append((row, -endless, 0.0))
    for worths, least in kept:
        found.append(({column: float(worths[kind]) for kind, column in place.items()}, least - 0.5, endless))
    return found


def meets(model: Model, counts: Sequence[int], *, balanced: bool, most: int | None = None) -> bool:
    """Whether a team meets every need, within what may be seated."""
    return (
        all(low <= count <= high for low, count, high in zip(model.lower, counts, model.upper, strict=True))
        and all(sum(counts[kind] for kind in need.kinds) >= need.least for need in model.needs)
        and model.least <= sum(counts) <= (sum(counts) if most is None else most)
        and (not balanced or _is_balanced(model, counts))
    )


def _is_balanced(model: Model, counts: Sequence[int]) -> bool:
    whole = sum(counts)
    return all(sum(counts[kind] for kind in kinds) <= SHARE * whole + _SLACK for kinds in model.units.values())


def _simple_bound(model: Model) -> int:
    """Nobody stands in two cells, so a team is at least as large as the needs of the cells together."""
    return max(sum(need.least for need in model.needs if need.what == CELL), sum(model.lower), model.least)


def greedy(model: Model) -> tuple[int, ...]:
    """A team that meets every need: again and again the kind that meets most of what is open, the better liked among equals.

    Afterwards others are added, unit by unit, while one unit is more than the share and somebody is left elsewhere.
    """
    counts = list(model.lower)
    open_needs = {
        place: left
        for place, need in enumerate(model.needs)
        if (left := need.least - sum(counts[kind] for kind in need.kinds)) > 0
    }
    of_kind: dict[int, list[int]] = {}
    for place, need in enumerate(model.needs):
        for kind in need.kinds:
            of_kind.setdefault(kind, []).append(place)
    liked = [tuple(row[kind] for row in model.prefer) for kind in range(len(counts))]
    gain = {kind: sum(place in open_needs for place in places) for kind, places in of_kind.items()}
    while open_needs:
        best = max(
            (kind for kind in gain if counts[kind] < model.upper[kind]),
            key=lambda kind: (gain[kind], liked[kind], -kind),
        )
        counts[best] += 1
        for place in of_kind[best]:
            if place in open_needs:
                open_needs[place] -= 1
                if not open_needs[place]:
                    del open_needs[place]
                    for kind in model.needs[place].kinds:
                        gain[kind] -= 1
    return tuple(_evened(model, counts, liked))


def _evened(model: Model, counts: list[int], liked: Sequence[tuple[int, ...]]) -> list[int]:
    """Adds people from the units with fewest members until the team is large enough and no unit outweighs it, or nobody is left."""
    inside = {kind: unit for unit, kinds in model.units.items() for kind in kinds}
    while sum(counts) < model.least or not _is_balanced(model, counts):
        held = {unit: sum(counts[kind] for kind in kinds) for unit, kinds in model.units.items()}
        short = sum(counts) < model.least
        heavy = {unit for unit, count in held.items() if count > SHARE * sum(counts) + _SLACK}
        left = [
            kind
            for kind, upper in enumerate(model.upper)
            if counts[kind] < upper and (short or inside.get(kind) not in heavy)
        ]
        if not left:
            break
        counts[max(left, key=lambda kind: (-held.get(inside.get(kind, ""), 0), liked[kind], -kind))] += 1
    return counts
