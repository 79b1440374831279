"""For how long a share has not risen."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.analysis.intervals import two_sided

LEAST = 8  # weeks
DONE = 0.9  # the target where none is set


def flat(week: ArrayLike, new: ArrayLike, n: ArrayLike, *, target: float | None = None) -> int | None:
    """How many weeks up to the last one show no rise of the share new that could be told from chance.

    week: numbers of the weeks that can be shown, rising; new, n: new ones and all occasions of each. The longest stretch of at least 8
    shown weeks whose slope (least squares, weighted by occasions) is not above zero beyond its 95 % interval; the interval is Student's,
    from what the weeks vary about the line. None while it rises, below 8 weeks, and where the last four weeks have come to the target
    [90 %]. Answers in calendar weeks.
    """
    when, counted = np.asarray(week, float), np.asarray(n, float)
    share = np.asarray(new, float) / np.where(counted > 0, counted, 1)
    when, share, counted = when[counted > 0], share[counted > 0], counted[counted > 0]
    if len(when) < LEAST or np.average(share[-4:], weights=counted[-4:]) >= (DONE if target is None else target):
        return None
    found = None
    for length in range(LEAST, len(when) + 1):
        if _rises(when[-length:], share[-length:], counted[-length:]):
            break
        found = round(when[-1] - when[-length]) + 1
    return found


def _rises(when: NDArray[np.float64], share: NDArray[np.float64], weight: NDArray[np.float64]) -> bool:
    middle = np.average(when, weights=weight)
    square = float((weight * (when - middle) ** 2).sum())
    slope = float((weight * (when - middle) * share).sum()) / square
    left = share - np.average(share, weights=weight) - slope * (when - middle)
    free = len(when) - 2
    error = (float((weight * left**2).sum()) / free / square) ** 0.5
    return slope > student(free) * error and slope > 1e-12


def student(free: int, level: float = 0.95) -> float:
    """How many standard errors a two-sided interval reaches with few degrees of freedom, at least 4 (Cornish & Fisher's expansion)."""
    z = two_sided(level)
    first, second = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / free + second / free**2 + third / free**3
