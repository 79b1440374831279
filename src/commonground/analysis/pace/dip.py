"""The dip after go-live: how much less work people get done while they learn, and whether it is over."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.analysis.pace.figures import Dip
from commonground.analysis.pace.observations import monday
from commonground.analysis.pace.value import j_curve

BEFORE, LEAST_BEFORE = 8, 4  # weeks that make the baseline: at the most, at the least
WINDOW = 26  # weeks in which no verdict is fair
IN_A_ROW = 4
Numbers = NDArray[np.float64]


def dip(
    week: ArrayLike, occasions: ArrayLike, people: ArrayLike, *, cut_over: int, until: int, window: int = WINDOW
) -> Dip | None:
    """Occasions handled per active person and week from the cut-over on, against the last 8 weeks before it that can be shown.

    week: numbers of the weeks that can be shown, rising; occasions, people: of each. until: the last week that was observed whole.
    Recovered: the first of four shown weeks in a row, after the deepest, within one standard deviation of the baseline weeks or above.
    Enough data: four weeks before the cut-over and one since, else None.
    """
    when, active = np.asarray(week, int), np.asarray(people, float)
    handled = np.asarray(occasions, float) / np.maximum(active, 1)
    before = np.flatnonzero((when < cut_over) & (active > 0))[-BEFORE:]
    since = (when >= cut_over) & (when <= until) & (when < cut_over + window) & (active > 0)
    if len(before) < LEAST_BEFORE or not since.any():
        return None
    baseline = float(np.average(handled[before], weights=active[before]))
    level, weeks = handled[since], when[since]
    curve = j_curve(level, baseline)
    deepest = int(level.argmin()) if curve.lost > 0 else None
    ends = monday(cut_over + window) - timedelta(days=1)
    return Dip(
        cut_over=monday(cut_over).isoformat(),
        baseline=baseline,
        deepest=None if deepest is None else float(level[deepest] / baseline),
        deepest_week=None if deepest is None else _iso(int(weeks[deepest])),
        lost=curve.lost / baseline,
        regained=curve.regained / baseline,
        recovered=None if deepest is None else _recovered(level, weeks, deepest, baseline - _spread(handled[before])),
        until=ends.isoformat(),
        passed=ends < _end(until),
    )


def _spread(values: Numbers) -> float:
    return float(values.std(ddof=1))


def _recovered(level: Numbers, weeks: NDArray[np.int64], deepest: int, enough: float) -> str | None:
    good = level >= enough
    for place in range(deepest + 1, len(level) - IN_A_ROW + 1):
        if good[place : place + IN_A_ROW].all():
            return _iso(int(weeks[place]))
    return None


def _iso(week: int) -> str:
    return monday(week).isoformat()


def _end(week: int) -> date:
    return monday(week + 1)
