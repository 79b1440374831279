"""Whether groups come to an event at the same pace: the log-rank test."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.analysis.survival.chi_square import chi_square_above
from commonground.analysis.survival.steps import Numbers, Steps, Whole, followed

CHUNK = 4_000_000  # cells of groups × times held at once


class LogRank(NamedTuple):
    """The test of k groups. observed, expected: events of each group; variance: (k, k), the covariance of their differences.

    p: how often groups that do not differ would look as different as this or more. NaN, with df 0, where fewer than two groups were at
    risk when something happened.
    """

    statistic: float
    df: int
    p: float
    observed: Whole
    expected: Numbers
    variance: Numbers


def log_rank(duration: ArrayLike, event: ArrayLike, group: ArrayLike, groups: int | None = None) -> LogRank:
    """Compares the curves of two or more groups (Mantel, 1966; Peto & Peto, 1972, JRSS A 135:185–207).

    Arguments as `kaplan_meier`. A group that was not at risk at any event is left out of the degrees of freedom, as R's survdiff does.
    Raises ValueError when a duration is negative or no number, when lengths differ, or without people.
    """
    each = followed(duration, event, group, groups, None, 1)
    whole = followed(duration, event, None, None, None, 1)
    d = whole.any
    times, d, n = whole.time[d > 0], d[d > 0].astype(float), whole.at_risk[d > 0].astype(float)
    k = len(each.n)
    spread = d * (n - d) / np.maximum(n - 1, 1)  # of one event's group, times the events
    expected, variance = np.zeros(k), np.zeros((k, k))
    width = max(1, CHUNK // k)
    for start in range(0, len(times), width):
        part = slice(start, start + width)
        share = _at_risk(each, times[part]) / n[part]
        expected += share @ d[part]
        variance -= (share * spread[part]) @ share.T
        variance[np.diag_indices(k)] += share @ spread[part]
    first = np.concatenate(([0], np.cumsum(each.any)))
    observed = first[each.offsets[1:]] - first[each.offsets[:-1]]
    statistic, df = _statistic(observed - expected, variance, expected > 0)
    p = chi_square_above(statistic, df) if df else float("nan")
    return LogRank(statistic, df, p, observed, expected, variance)


def _at_risk(each: Steps, asked: Numbers) -> Numbers:
    """People of each group who are followed up to each asked time, shape (groups, times)."""
    found = np.zeros((len(each.n), len(asked)))
    for group in np.flatnonzero(each.n):
        rows = slice(each.offsets[group], each.offsets[group + 1])
        at = np.searchsorted(each.time[rows], asked, side="left")
        found[group] = np.append(each.at_risk[rows], 0)[at]
    return found


def _statistic(apart: Numbers, variance: Numbers, counted: NDArray[np.bool_]) -> tuple[float, int]:
    if counted.sum() < 2:
        return float("nan"), 0
    apart, variance = apart[counted][:-1], variance[np.ix_(counted, counted)][:-1, :-1]
    df = int(np.linalg.matrix_rank(variance, hermitian=True))
    if not df:
        return float("nan"), 0
    full = df == len(apart)
    toward = np.linalg.solve(variance, apart) if full else np.linalg.pinv(variance, hermitian=True) @ apart
    return max(0.0, float(apart @ toward)), df
