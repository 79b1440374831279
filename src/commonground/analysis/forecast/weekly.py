"""Forecasts of the share of occasions that go the new way, out of weekly counts; one group alone, or many that learn from each other."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from commonground.analysis.curves.habit import ORGANIZATION, Clock
from commonground.analysis.forecast.outlook import History, Outlook, Score, When, looked_ahead, prepare, score_quantiles
from commonground.analysis.forecast.pooling import pooled
from commonground.analysis.months import WEEKS_A_MONTH
from commonground.analysis.pace.figures import Ahead, Forecast, Reach
from commonground.analysis.pace.observations import monday, week_of

MINIMUM_WEEKS = 8
"""Weeks with occasions that a forecast needs."""
MINIMUM_AFTER = 4
"""Weeks with occasions since the cut-over that it needs."""
MINIMUM_OCCASIONS = 40
HORIZON = 104
LONGEST = 156  # weeks that are looked back


class Weekly(NamedTuple):
    """One group: week numbers as `week_of` gives them, rising; occasions that went the new way and all; the week of its cut-over."""

    week: ArrayLike
    new: ArrayLike
    n: ArrayLike
    cut_over: int | None = None


def forecast(
    week: ArrayLike, new: ArrayLike, n: ArrayLike, *, as_of: date, cut_over: int | None = None, horizon: int = HORIZON
) -> Forecast:
    """When 50, 80 and 90 % of occasions will go the new way, and the share in each week to come with its intervals.

    week: numbers as `week_of` gives them, rising, gaps allowed; new, n: occasions that went the new way, and all. Only weeks that ended
    before `as_of` are used. cut_over: the week from which on the new way was possible. horizon: weeks after `as_of`.
    Not enough data below MINIMUM_WEEKS weeks with occasions, MINIMUM_AFTER of them since the cut-over, or MINIMUM_OCCASIONS occasions.
    Raises ValueError when lengths differ, weeks do not rise, or more occasions are new than there are.
    """
    return forecasts([Weekly(week, new, n, cut_over)], as_of=as_of, horizon=horizon)[0]


def forecasts(
    groups: Sequence[Weekly], *, as_of: date, horizon: int = HORIZON, clock: Clock = ORGANIZATION
) -> list[Forecast]:
    """One forecast a group, as `forecast` gives it; three or more groups lend each other strength (partial pooling).

    clock: how long an organization takes, as it is expected beforehand.
    """
    until = week_of(as_of)
    kept = [_usable(group, until, clock) for group in groups]
    prepared = [None if isinstance(one, str) else prepare(one) for one in kept]
    extras = iter(pooled([one for one in prepared if one is not None]))
    answers = []
    for one, ready in zip(kept, prepared, strict=True):
        if ready is None:
            answers.append(Forecast(False, str(one), as_of.isoformat()))
        else:
            ahead = np.arange(ready.history.times[-1] + 1, until + horizon, dtype=float)
            answers.append(_written(looked_ahead(ready, ahead, next(extras)), as_of))
    return answers


def _usable(group: Weekly, until: int, clock: Clock) -> History | str:
    """The weeks with occasions that are over, or why they do not suffice."""
    week, new, n = (np.asarray(one, float) for one in group[:3])
    if not len(week) == len(new) == len(n):
        raise ValueError("Weeks, new and all occasions must be of one length.")
    if (np.diff(week) <= 0).any() or (new > n).any() or (new < 0).any():
        raise ValueError("Weeks must rise, and new occasions lie between none and all of the week's.")
    kept = (n > 0) & (week < until) & (week >= until - LONGEST)
    week, new, n = week[kept], new[kept], n[kept]
    after = len(week) if group.cut_over is None else int((week >= group.cut_over).sum())
    if len(week) < MINIMUM_WEEKS:
        weeks = "1 week" if len(week) == 1 else f"{len(week)} weeks"
        return f"Not enough data yet: {weeks} with occasions, and a forecast needs {MINIMUM_WEEKS}."
    if after < MINIMUM_AFTER:
        return f"Not enough data yet: {after} weeks with occasions since the cut-over, and a forecast needs {MINIMUM_AFTER}."
    if n.sum() < MINIMUM_OCCASIONS:
        return f"Not enough data yet: {n.sum():,.0f} occasions, and a forecast needs {MINIMUM_OCCASIONS}."
    start = None if group.cut_over is None else float(group.cut_over)
    return History(week, share=new / n, n=n, start=start, per_month=WEEKS_A_MONTH, clock=clock)


def _written(told: Outlook, as_of: date) -> Forecast:
    path = tuple(
        Ahead(monday(int(week)).isoformat(), *(round(float(one), 6) for one in row))
        for week, row in zip(told.times, told.quantiles, strict=True)
    )
    reaches = tuple(_reach(target, when) for target, when in told.reaches.items())
    weights = tuple(sorted(((name, round(one, 4)) for name, one in told.weights.items()), key=lambda one: -one[1]))
    return Forecast(True, "", as_of.isoformat(), path, reaches, weights)


def _reach(target: float, when: When) -> Reach:
    days = (
        None if week is None else (monday(0) + timedelta(weeks=int(np.ceil(week - 1e-9)))).isoformat() for week in when
    )
    return Reach(target, *days)


def score(made: Forecast, week: ArrayLike, new: ArrayLike, n: ArrayLike) -> Score | None:
    """How good a stored forecast was for the weeks that have since been observed; None while there is none of them.

    Only quantiles are stored: see `score_quantiles`.
    """
    told = {one.week: one[1:] for one in made.path}
    rows, came = [], []
    for number, share in _shares(week, new, n):
        quantiles = told.get(monday(number).isoformat())
        if quantiles is not None:
            rows.append(quantiles)
            came.append(share)
    return score_quantiles(np.array(rows), np.array(came)) if rows else None


def _shares(week: ArrayLike, new: ArrayLike, n: ArrayLike) -> list[tuple[int, float]]:
    columns = (np.asarray(one, float) for one in (week, new, n))
    return [(int(number), float(some / every)) for number, some, every in zip(*columns, strict=True) if every > 0]
