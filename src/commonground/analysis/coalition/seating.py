"""How many of each kind of people a team takes: the fewest that meet every need, and among those the ones whose work is most at stake.

Solved by HiGHS, with its own bound as proof; where it has no answer in time, by a greedy choice with the bound that is there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from math import ceil, isfinite
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

    @cached_property
    def met_by(self) -> list[list[int]]:
        """Kind → places of the needs that it meets."""
        found: list[list[int]] = [[] for _ in self.upper]
        for place, need in enumerate(self.needs):
            for kind in need.kinds:
                found[kind].append(place)
        return found

    @cached_property
    def liked(self) -> list[tuple[int, ...]]:
        """Kind → how well it is liked, the most important wish first."""
        return [tuple(row[kind] for row in self.prefer) for kind in range(len(self.upper))]

    @cached_property
    def unit_of(self) -> dict[int, str]:
        return {kind: unit for unit, kinds in self.units.items() for kind in kinds}


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

    The share of one unit is asked for only where the best team without asking breaks it; where it cannot be kept it is given up, and
    said so by `balanced`.
    """
    end = perf_counter() + seconds
    start = greedy(model)
    if len(model.upper) > TOO_MANY:
        return Seated(start, _simple_bound(model), _is_balanced(model, start))
    free = _fewest_liked(model, False, start, end)
    if _is_balanced(model, free.counts):
        return Seated(free.counts, free.bound, balanced=True)
    even = _fewest_liked(model, True, start, perf_counter() + seconds)
    return even if even.balanced else free


def _fewest_liked(model: Model, balanced: bool, start: tuple[int, ...], end: float) -> Seated:
    """The fewest, then the best liked of as many. What is not found in time is as it was at the start."""
    half = (end + perf_counter()) / 2
    counts, bound = _solve(model, balanced, half, start=start) or (start, _simple_bound(model))
    if meets(model, counts, balanced=balanced):
        counts = _liked(model, balanced, counts, end)
    return Seated(counts, bound, balanced and _is_balanced(model, counts))


def _liked(model: Model, balanced: bool, found: tuple[int, ...], end: float) -> tuple[int, ...]:
    """Among teams of as many, the one with most of the first wish, then most of the second, and so on."""
    most = sum(found)
    base = [most * max(row, default=0) + 1 for row in model.prefer]
    weights, scale = [0.0] * len(model.upper), 1
    for row, step in zip(reversed(model.prefer), reversed(base), strict=True):
        weights = [weight + scale * worth for weight, worth in zip(weights, row, strict=True)]
        scale *= step
    apart = [[float(one) for one in row] for row in model.prefer]
    rows = [weights] if max(weights, default=0) <= _AT_ONCE else apart
    kept: list[tuple[Sequence[float], float]] = []
    for wish in rows:
        better = _solve(model, balanced, end, start=found, most=most, prefer=wish, kept=kept)
        found = found if better is None else better[0]
        kept.append((wish, sum(worth * count for worth, count in zip(wish, found, strict=True))))
    return found


def _solve(
    model: Model,
    balanced: bool,
    end: float,
    *,
    start: Sequence[int],
    most: int | None = None,
    prefer: Sequence[float] | None = None,
    kept: Sequence[tuple[Sequence[float], float]] = (),
) -> tuple[tuple[int, ...], int] | None:
    """Counts and a bound on how few they can be; None where there are none, or none in time.

    start: a team to begin from. most: at most so many, liked as well as can be; without it, as few as can be.
    """
    import highspy  # noqa: PLC0415 - it brings NumPy, and `check` starts without both
    import numpy as np  # noqa: PLC0415 - as above

    worths = [*([prefer] if prefer is not None else []), *(row for row, _ in kept)]
    columns = _columns(model, balanced, worths)
    rows = _rows(model, columns, balanced, most, kept)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(columns), len(rows)
    lp.col_cost_ = np.array([1.0 if prefer is None else -float(prefer[inside[0]]) for inside in columns])
    lp.col_lower_ = np.array([float(sum(model.lower[kind] for kind in inside)) for inside in columns])
    lp.col_upper_ = np.array([float(sum(model.upper[kind] for kind in inside)) for inside in columns])
    lp.row_lower_ = np.array([low for _, low, _ in rows])
    lp.row_upper_ = np.array([high for _, _, high in rows])
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(columns)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row) for row, _, _ in rows)])
    lp.a_matrix_.index_ = np.array([column for row, _, _ in rows for column in row], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([value for row, _, _ in rows for value in row.values()], dtype=float)
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no types
    options = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 0.999 if prefer is None else 0.0}
    for name, value in {**options, "time_limit": max(end - perf_counter(), 0.05)}.items():
        solver.setOptionValue(name, value)
    solver.passModel(lp)
    begun = highspy.HighsSolution()
    begun.col_value = [float(sum(start[kind] for kind in inside)) for inside in columns]
    solver.setSolution(begun)
    solver.run()
    values = solver.getSolution().col_value
    if len(values) != len(columns):
        return None
    counts = _handed_out(model, columns, values)
    if not meets(model, counts, balanced=balanced, most=most):
        return None
    dual = solver.getInfo().mip_dual_bound if prefer is None else 0.0
    bound = ceil(dual - _SLACK) if isfinite(dual) else 0
    return tuple(counts), max(min(bound, sum(counts)), _simple_bound(model))


Row = tuple[dict[int, float], float, float]


def _columns(model: Model, balanced: bool, worths: Sequence[Sequence[float]]) -> list[list[int]]:
    """Kinds that make no difference here, gathered; among them the best liked first."""
    found: dict[tuple[Any, ...], list[int]] = {}
    for kind, upper in enumerate(model.upper):
        if upper:
            unit = model.unit_of.get(kind) if balanced else None
            key = (tuple(model.met_by[kind]), unit, *(worth[kind] for worth in worths))
            found.setdefault(key, []).append(kind)
    return [sorted(inside, key=lambda kind: model.liked[kind], reverse=True) for inside in found.values()]


def _handed_out(model: Model, columns: Sequence[Sequence[int]], values: Sequence[float]) -> list[int]:
    """What a column was given, to its kinds: first those who must be seated, then the best liked; up to the least that is asked."""
    counts = list(model.lower)
    for inside, value in zip(columns, values, strict=True):
        left = round(value) - sum(model.lower[kind] for kind in inside)
        for kind in inside:
            more = min(left, model.upper[kind] - counts[kind])
            counts[kind] += more
            left -= more
    return _evened(model, counts) if sum(counts) < model.least else counts


def _rows(
    model: Model,
    columns: Sequence[Sequence[int]],
    balanced: bool,
    most: int | None,
    kept: Sequence[tuple[Sequence[float], float]],
) -> list[Row]:
    """Every condition as (column → factor, from, to). Where no balance is asked for, that it is large enough is seen to afterwards."""
    endless = float("inf")
    met: list[dict[int, float]] = [{} for _ in model.needs]
    for column, inside in enumerate(columns):
        for place in model.met_by[inside[0]]:
            met[place][column] = 1.0
    found: list[Row] = [(row, float(need.least), endless) for row, need in zip(met, model.needs, strict=True)]
    if balanced or most is not None:
        every = dict.fromkeys(range(len(columns)), 1.0)
        found.append((every, float(model.least), endless if most is None else float(most)))
    for unit in model.units if balanced else ():
        of_unit = [model.unit_of.get(inside[0]) == unit for inside in columns]
        if any(of_unit):
            found.append(({c: 1.0 - SHARE if own else -SHARE for c, own in enumerate(of_unit)}, -endless, 0.0))
    for worths, least in kept:
        found.append(
            ({column: float(worths[inside[0]]) for column, inside in enumerate(columns)}, least - 0.5, endless)
        )
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
    left = [need.least - sum(counts[kind] for kind in need.kinds) for need in model.needs]
    still = sum(one > 0 for one in left)
    gain = [sum(left[place] > 0 for place in places) for places in model.met_by]
    waiting = [
        (-gain[kind], tuple(-one for one in liked), kind) for kind, liked in enumerate(model.liked) if gain[kind]
    ]
    heapify(waiting)
    while still:
        said, liked, kind = heappop(waiting)
        if counts[kind] == model.upper[kind] or not gain[kind]:
            continue
        if -said == gain[kind]:
            counts[kind] += 1
            for place in model.met_by[kind]:
                left[place] -= 1
                if left[place] == 0:
                    still -= 1
                    for other in model.needs[place].kinds:
                        gain[other] -= 1
        heappush(waiting, (-gain[kind], liked, kind))  # its gain may have become less since it was put there
    return tuple(_evened(model, counts))


def _evened(model: Model, counts: list[int]) -> list[int]:
    """Adds people from the units with fewest members until the team is large enough and no unit outweighs it, or nobody is left."""
    while sum(counts) < model.least or not _is_balanced(model, counts):
        held = {unit: sum(counts[kind] for kind in kinds) for unit, kinds in model.units.items()}
        short = sum(counts) < model.least
        heavy = {unit for unit, count in held.items() if count > SHARE * sum(counts) + _SLACK}
        free = [
            kind
            for kind, upper in enumerate(model.upper)
            if counts[kind] < upper and (short or model.unit_of.get(kind) not in heavy)
        ]
        if not free:
            break
        best = max(free, key=lambda kind: (-held.get(model.unit_of.get(kind, ""), 0), model.liked[kind], -kind))
        counts[best] += 1
    return counts
