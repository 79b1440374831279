"""A sheet of answers as one result: each scale over everybody, and for each group that may be shown (the command `assess`)."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.analysis.assessment.agreement import MayAverage, alpha, may_average, one_way, rwg_j
from commonground.analysis.assessment.distribution import Share, share
from commonground.analysis.assessment.instrument import Instrument, Scale, means, turned
from commonground.analysis.disclosure import Atom, protect

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]

THRESHOLD: Final = 5  # fewest people that a score may stand for (METHODS 7.1)
WHOLE: Final = "whole"
EXACT: Final = 1e-9  # so near to a bound, a mean of whole answers is on it


class ScaleResult(NamedTuple):
    """One scale over everybody. n: people with a score; mean and the others are None where they cannot be computed.

    alpha: over people who answered every item; rwg_j: over everybody as one group; icc1, icc2: over the groups that are shown; top_box:
    people whose score is at least the instrument's top.
    """

    items: int
    n: int
    mean: float | None
    alpha: float | None
    icc1: float | None
    icc2: float | None
    rwg_j: float | None
    top_box: Share


class GroupResult(NamedTuple):
    """One scale in one group that may be shown. may: whether the mean may stand for its people, and why not."""

    n: int
    mean: float
    rwg_j: float | None
    may: MayAverage


class Assessed(NamedTuple):
    """scales: name → its result. groups: name → scale → its result, None where it is withheld. left_out: groups that are withheld, in
    full or in some scale, so that nothing can be told of few people. alone: people of no group, who count in the whole."""

    scales: Mapping[str, ScaleResult]
    groups: Mapping[str, Mapping[str, GroupResult | None]]
    left_out: int
    alone: int


def assess(
    instrument: Instrument,
    answers: Mapping[str, ArrayLike],
    group: ArrayLike | None = None,
    names: Sequence[str] = (),
    *,
    threshold: int = THRESHOLD,
) -> Assessed:
    """Every scale of an instrument, over everybody and by group.

    answers: item → one answer a person, NaN where there is none. group: a code into `names` for each person, −1 for no group; None
    without groups. The whole is always told: it is the sheet's own. A group is withheld where fewer than `threshold` of it have a score,
    where all of them have the same, or where it would give another one away together with what is shown.
    """
    codes = None if group is None else np.asarray(group, np.int64)
    scales: dict[str, ScaleResult] = {}
    groups: dict[str, dict[str, GroupResult | None]] = {name: {} for name in names}
    for scale in instrument.scales:
        matrix = turned(instrument, scale, answers)
        score = means(matrix, scale.fewest)
        shown = () if codes is None else _shown(score, codes, len(names), threshold)
        scales[scale.name] = _over_everybody(instrument, scale, matrix, score, codes, shown)
        for place, name in enumerate(names):
            groups[name][scale.name] = None
            if codes is not None and place in shown:
                rows = codes == place
                groups[name][scale.name] = _of_group(instrument, matrix[rows], score[rows], scales[scale.name])
    left_out = sum(any(one is None for one in of.values()) for of in groups.values())
    return Assessed(scales, groups, left_out, 0 if codes is None else int((codes < 0).sum()))


def _over_everybody(
    instrument: Instrument, scale: Scale, matrix: Numbers, score: Numbers, codes: Codes | None, shown: Sequence[int]
) -> ScaleResult:
    told = np.isfinite(score)
    n, high = int(told.sum()), int((score[told] >= instrument.top_from - EXACT).sum())
    # groups that are withheld stay out: how far apart the groups are would else tell where they stand
    between = one_way(score, np.where(np.isin(codes, shown), codes, -1)) if codes is not None and shown else None
    return ScaleResult(
        items=len(scale.items),
        n=n,
        mean=float(score[told].mean()) if n else None,
        alpha=alpha(matrix[told]),
        icc1=None if between is None else between.icc1,
        icc2=None if between is None else between.icc2,
        rwg_j=rwg_j(matrix[told], instrument.options),
        top_box=share(high, n),
    )


def _of_group(instrument: Instrument, matrix: Numbers, score: Numbers, whole: ScaleResult) -> GroupResult:
    told = np.isfinite(score)
    agreement = rwg_j(matrix[told], instrument.options)
    may = may_average(agreement, whole.icc1, whole.alpha)
    return GroupResult(int(told.sum()), float(score[told].mean()), agreement, may)


def _shown(score: Numbers, codes: Codes, groups: int, threshold: int) -> tuple[int, ...]:
    """Which groups may be told of this scale, beside the whole, which is told in any case."""
    told = np.isfinite(score)
    levels, level = np.unique(np.round(score[told], 9), return_inverse=True)
    table = np.zeros((groups + 1, len(levels)), np.int64)
    np.add.at(table, (codes[told], level), 1)  # −1, of no group, falls on the last row
    people = table.sum(axis=1)
    atoms = {str(place): Atom(int(n), int(n)) for place, n in enumerate(people) if n}
    groups_of = {WHOLE: set(atoms)} | {name: {name} for name in atoms if int(name) < groups}
    kept = protect(groups_of, atoms, threshold=threshold, must=(WHOLE,))
    if _of_one_mind(table, kept.shown):
        counts = {name: [int(one) for one in table[int(name)]] for name in atoms}
        kept = protect(groups_of, atoms, threshold=threshold, must=(WHOLE,), counts=counts)
    if WHOLE not in kept.shown:  # it is told all the same, so that no group can be
        return ()
    return tuple(int(name) for name in kept.shown if name != WHOLE)


def _of_one_mind(table: Codes, shown: Sequence[str]) -> bool:
    """Whether a shown group, or all that are hidden together, have one score; only then do counts tell more than sums do.

    Groups share nobody, so that beside what is shown only the sum over the hidden ones is known. Where this holds two different scores
    in two groups, the scores could always lie otherwise in each of them.
    """
    told = [int(name) for name in shown if name != WHOLE]
    hidden = np.delete(table, told, axis=0).sum(axis=0, keepdims=True)
    return bool(((np.vstack([table[told], hidden]) > 0).sum(axis=1) == 1).any())
