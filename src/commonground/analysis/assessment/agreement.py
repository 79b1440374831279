"""Whether people agree enough for one mean to speak for them: rWG, intraclass correlations, Cronbach's alpha."""

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

ENOUGH: Final = 0.7  # the usual line for rWG and alpha: a convention, and a weak one (METHODS 7.3)


class OneWay(NamedTuple):
    """One-way analysis of variance of scores by group. size: the group size that unequal groups come to. within, between: variances."""

    ms_between: float
    ms_within: float
    groups: int
    n: int
    size: float

    @property
    def icc1(self) -> float | None:
        """The share of variance that lies between groups; below 0 where groups differ less than chance would have it."""
        below = self.ms_between + (self.size - 1) * self.ms_within
        return None if below <= 0 else (self.ms_between - self.ms_within) / below

    @property
    def icc2(self) -> float | None:
        """How well the groups' means can be told apart: the reliability of a mean."""
        return None if self.ms_between <= 0 else (self.ms_between - self.ms_within) / self.ms_between

    @property
    def within(self) -> float:
        return self.ms_within

    @property
    def between(self) -> float:
        return max(0.0, (self.ms_between - self.ms_within) / self.size)


class ShroutFleiss(NamedTuple):
    """Mean squares of a table of targets × raters, and the six forms of the intraclass correlation: one rating (`_1`) or the mean of all
    raters (`_k`); raters drawn anew for each target (1), drawn once (2), or these alone (3)."""

    ms_targets: float
    ms_within: float
    ms_raters: float
    ms_error: float
    icc1_1: float
    icc2_1: float
    icc3_1: float
    icc1_k: float
    icc2_k: float
    icc3_k: float


class MayAverage(NamedTuple):
    """Whether one mean may speak for a group; why not, each reason a sentence."""

    may: bool
    why: tuple[str, ...]


def chance_variance(options: int) -> float:
    """The variance of answers that are all as likely: (options² − 1) ÷ 12. 2 for five options, 4 for seven."""
    if options < 2:
        raise ValueError(f"Agreement needs at least two answers to choose from, not {options}.")
    return (options**2 - 1) / 12


def rwg(answers: ArrayLike, options: int) -> float | None:
    """Agreement of one group on one item: 1 − s² ÷ the variance of chance, at least 0 (James, Demaree & Wolf, 1984, JAP 69:85–98).

    answers: one a person; NaN is left out. 1 where all answer the same, 0 where they differ as by chance or more; None for fewer than
    two answers.
    """
    return rwg_j(np.asarray(answers, float).reshape(-1, 1), options)


def rwg_j(matrix: ArrayLike, options: int) -> float | None:
    """Agreement of one group on a scale, from the mean variance of its items (James, Demaree & Wolf, 1984, formula 2), at least 0.

    matrix: (people, items), reversed items turned; NaN is left out. None where no item has two answers.
    """
    variances = [_variance(column) for column in np.asarray(matrix, float).T]
    known = [one for one in variances if one is not None]
    if not known:
        return None
    unlike = sum(known) / len(known) / chance_variance(options)
    if unlike >= 1:
        return 0.0
    return len(known) * (1 - unlike) / (len(known) * (1 - unlike) + unlike)


def _variance(column: Numbers) -> float | None:
    given = column[np.isfinite(column)]
    return float(given.var(ddof=1)) if len(given) > 1 else None


def one_way(scores: ArrayLike, group: ArrayLike) -> OneWay | None:
    """Scores of people by group, for ICC(1) and ICC(2) (Bartko, 1976; Bliese, 2000).

    scores: one a person; NaN is left out. group: a code each, below 0 for nobody's. Unequal groups have the size
    (n − Σnᵢ² ÷ n) ÷ (groups − 1) (Searle, Casella & McCulloch, 1992, 3.6). None for fewer than two groups, or one person in each.
    """
    x, codes = np.asarray(scores, float), np.asarray(group, np.int64)
    told = np.isfinite(x) & (codes >= 0)
    x, (_, code) = x[told], np.unique(codes[told], return_inverse=True)
    sizes = np.bincount(code).astype(float)
    groups, n = len(sizes), len(x)
    if groups < 2 or n <= groups:
        return None
    means = np.bincount(code, x) / sizes
    between = float((sizes * (means - x.mean()) ** 2).sum()) / (groups - 1)
    within = float(((x - means[code]) ** 2).sum()) / (n - groups)
    return OneWay(between, within, groups, n, float(n - (sizes**2).sum() / n) / (groups - 1))


def icc2_of(icc1: float, n: float) -> float:
    """The reliability of a mean of n people, from the share of variance between groups (Spearman–Brown, 1910).

    For planning: METHODS 7.3 is checked on it; `one_way` tells it of what was answered.
    """
    return n * icc1 / (1 + (n - 1) * icc1)


def shrout_fleiss(table: ArrayLike) -> ShroutFleiss:
    """The six intraclass correlations of Shrout & Fleiss (1979, Psychol. Bull. 86:420–428). table: (targets, raters), nothing missing.

    Raises ValueError with fewer than two targets or raters, or where an answer is missing. Where nothing differs, forms are NaN. Pages use
    `one_way`, since groups are unequal; the published table of METHODS 7.3 is checked on this.
    """
    x = np.asarray(table, float)
    if x.ndim != 2 or min(x.shape) < 2 or not np.isfinite(x).all():
        raise ValueError("Give a whole table of at least two targets, each rated by the same two or more raters.")
    n, k = x.shape
    rows, columns, mean = x.mean(axis=1), x.mean(axis=0), x.mean()
    targets = k * float(((rows - mean) ** 2).sum()) / (n - 1)
    within = float(((x - rows[:, None]) ** 2).sum()) / (n * (k - 1))
    raters = n * float(((columns - mean) ** 2).sum()) / (k - 1)
    error = float(((x - rows[:, None] - columns + mean) ** 2).sum()) / ((n - 1) * (k - 1))
    return ShroutFleiss(
        targets, within, raters, error,
        _ratio(targets - within, targets + (k - 1) * within),
        _ratio(targets - error, targets + (k - 1) * error + k * (raters - error) / n),
        _ratio(targets - error, targets + (k - 1) * error),
        _ratio(targets - within, targets),
        _ratio(targets - error, targets + (raters - error) / n),
        _ratio(targets - error, targets),
    )  # fmt: skip


def _ratio(above: float, below: float) -> float:
    return above / below if below else math.nan


def alpha(matrix: ArrayLike) -> float | None:
    """How far the items of a scale go together (Cronbach, 1951, Psychometrika 16:297–334), from people who answered all of them.

    matrix: (people, items), reversed items turned. None for one item, for fewer than two whole answers, or where no score differs.
    """
    x = np.asarray(matrix, float)
    x = x[np.isfinite(x).all(axis=1)]
    people, items = x.shape
    if items < 2 or people < 2:
        return None
    total = float(x.sum(axis=1).var(ddof=1))
    if total <= 0:
        return None
    return float(items / (items - 1) * (1 - float(x.var(axis=0, ddof=1).sum()) / total))


def may_average(
    agreement: float | None, icc1: float | None = None, reliability: float | None = None, *, enough: float = ENOUGH
) -> MayAverage:
    """Whether a group's mean may be shown as its own: its people agree, its items go together, and groups differ at all.

    agreement: rWG or rWG(J) of this group; icc1: of all groups; reliability: alpha over everybody. What is None could not be computed and
    is not asked, but agreement always is. Else the distribution is shown, which is always right.
    """
    why = []
    if agreement is None:
        why.append("Too few answered to see whether they agree.")
    elif agreement < enough:
        why.append("Their answers differ too much for one mean to speak for all.")
    if icc1 is not None and icc1 <= 0:
        why.append("Groups differ no more than chance would have it.")
    if reliability is not None and reliability < enough:
        why.append("The items do not go together well enough for one score.")
    return MayAverage(not why, tuple(why))
