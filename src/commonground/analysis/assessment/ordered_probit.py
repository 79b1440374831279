"""Answers on an ordered scale compared as what they are: places in an order, not numbers (METHODS 7.3; Liddell & Kruschke, 2018)."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.analysis.intervals import normal_density, normal_quantile, normal_share_below, two_sided

Numbers = NDArray[np.float64]

TURNS: Final = 100
STILL: Final = 1e-8
FARTHEST: Final = 8.0  # standard deviations: beyond, a share of answers is nought to the last digit
WIDEST: Final = 5.0  # standard errors of a fit that says something stay below
LEAST: Final = 1e-300


class OrderedProbit(NamedTuple):
    """How far each group lies above the first one, in standard deviations of what people mean by their answers; the first is 0.

    deviation: standard errors; low, high: ends of the interval. thresholds: where one answer passes into the next, for the answers that
    were given at all. log_likelihood: at the fit.
    """

    shift: Numbers
    deviation: Numbers
    low: Numbers
    high: Numbers
    thresholds: Numbers
    log_likelihood: float


def ordered_probit(counts: ArrayLike, level: float = 0.95) -> OrderedProbit | None:
    """An ordered probit of groups (McKelvey & Zavoina, 1975; McCullagh, 1980), fitted by Newton's method.

    counts: (groups, answers): how many of each group gave each answer, from the lowest. All groups have the same spread. None where the
    answers cannot place a group: fewer than two groups with answers in them, fewer than two answers given, or a group whose answers all
    are the lowest or all the highest that anybody gave; and where groups hardly overlap, so that nothing says how far they are apart.
    """
    table = np.asarray(counts, float)
    table = table[:, table.sum(axis=0) > 0]
    if not _placed(table):
        return None
    cuts = table.shape[1] - 1
    try:
        fit = _fitted(np.concatenate([_start(table), np.zeros(len(table) - 1)]), table)
        variance = np.full(1, np.inf) if fit is None else np.diag(np.linalg.inv(fit[2]))
    except np.linalg.LinAlgError:  # the groups hardly overlap, and the likelihood has no top
        return None
    if fit is None or not ((variance > 0) & (variance < WIDEST**2)).all():
        return None
    at, value = fit[:2]
    spread = np.sqrt(variance)
    shift, deviation = np.concatenate([[0.0], at[cuts:]]), np.concatenate([[0.0], spread[cuts:]])
    reach = two_sided(level) * deviation
    return OrderedProbit(shift, deviation, shift - reach, shift + reach, at[:cuts], value)


def _placed(table: Numbers) -> bool:
    if len(table) < 2 or table.shape[1] < 2 or (table.sum(axis=1) == 0).any():
        return False
    inner = table.sum(axis=1)
    return bool((table[:, 0] < inner).all() and (table[:, -1] < inner).all())


def _fitted(at: Numbers, table: Numbers) -> tuple[Numbers, float, Numbers] | None:
    """Where the likelihood is greatest, its logarithm and curvature there; None where it rises without end."""
    cuts = table.shape[1] - 1
    value, slope, bend = _likelihood(at, table)
    for _ in range(TURNS):
        step = np.linalg.solve(bend, slope)
        size = 1.0
        while size > 1e-10:
            tried = at + size * step
            if (np.diff(tried[:cuts]) > 0).all() and np.abs(tried).max() < FARTHEST:
                new = _likelihood(tried, table)
                if new[0] >= value - 1e-12 * abs(value):
                    break
            size /= 2
        else:
            return None
        at, (value, slope, bend) = tried, new
        if np.abs(step).max() < STILL:
            return at, value, bend
    return None


def _start(table: Numbers) -> Numbers:
    below = np.cumsum(table.sum(axis=0))[:-1] / table.sum()
    return np.array([normal_quantile(float(one)) for one in below])


def _likelihood(at: Numbers, table: Numbers) -> tuple[float, Numbers, Numbers]:
    """The log-likelihood, its slope and the negative of its second derivatives. at: thresholds, then shifts of all groups but the first."""
    groups, answers = table.shape
    cuts = answers - 1
    shift = np.concatenate([[0.0], at[cuts:]])
    # the place of each threshold as each group sees it, with the two ends
    z = np.hstack([np.full((groups, 1), -np.inf), at[:cuts] - shift[:, None], np.full((groups, 1), np.inf)])
    density = normal_density(z)
    curve = -np.where(np.isfinite(z), z, 0.0) * density
    share = np.maximum(_between(z), LEAST)
    slope, bend = np.zeros(len(at)), np.zeros((len(at), len(at)))
    for group in range(groups):
        for answer in np.flatnonzero(table[group]):
            first, second = np.zeros(len(at)), np.zeros((len(at), len(at)))
            for end, sign in ((answer + 1, 1.0), (answer, -1.0)):
                turn = np.zeros(len(at))
                if 1 <= end <= cuts:
                    turn[end - 1] = 1
                if group:
                    turn[cuts + group - 1] = -1
                first += sign * density[group, end] * turn
                second += sign * curve[group, end] * np.outer(turn, turn)
            rate = first / share[group, answer]
            slope += table[group, answer] * rate
            bend += table[group, answer] * (np.outer(rate, rate) - second / share[group, answer])
    return float((table * np.log(share)).sum()), slope, bend


def _between(z: Numbers) -> Numbers:
    """The probability between neighbouring ends; taken from whichever tail is thinner, where differences keep their digits."""
    below, above = normal_share_below(z), normal_share_below(-z)
    up = z[:, :-1] > 0
    return np.where(up, above[:, :-1] - above[:, 1:], below[:, 1:] - below[:, :-1])
