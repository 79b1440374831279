"""What was planned for a behaviour, when a share is expected, and how late that is: the one place that says months late."""

from datetime import date, timedelta

from commonground.analysis.months import DAYS_A_MONTH
from commonground.analysis.pace.figures import Ahead, Forecast, Reach, Series

BEFORE = 4  # weeks that say where a change set out from


def planned_day(
    share: float, *, start: date | None, from_share: float, target_on: date | None, target_share: float | None
) -> date | None:
    """The day on which a share was to be reached: on the straight line from (start, from_share) to (target_on, target_share).

    Shares are 0 to 1. None without a start or a target, and for a share beyond the target: nothing was planned for it.
    """
    if start is None or target_on is None or target_share is None or share > target_share + 1e-9:
        return None
    if share <= from_share or target_on <= start:
        return start if share <= from_share else target_on
    gone = (share - from_share) / (target_share - from_share)
    return start + timedelta(days=round((target_on - start).days * min(gone, 1.0)))


def share_before(series: Series, day: date) -> float:
    """The share new in the last four weeks that can be shown and end before a day; 0 where nothing was measured before it."""
    until = (day - timedelta(days=6)).isoformat()
    told = [week for week in series.weeks if week.new is not None and week.week < until][-BEFORE:]
    new = sum(week.new or 0 for week in told)
    every = new + sum((week.old or 0) + (week.neither or 0) for week in told)
    return new / every if every else 0.0


def reach_of(forecast: Forecast | None, share: float) -> Reach | None:
    """When a share is reached: as the forecast says itself, else where the middle and the sides of its path first come to it.

    A side of the path is a quantile of the share in each week; where paths only rise, the first week in which it reaches the share is
    the same quantile of the day of reaching. None while there is no forecast.
    """
    if forecast is None or not forecast.enough:
        return None
    for reach in forecast.reaches:
        if abs(reach.share - share) < 1e-6:
            return reach

    def first(side: int) -> str | None:
        return next((ahead.week for ahead in forecast.path if float(ahead[side]) >= share), None)

    high, mid, low = (Ahead._fields.index(name) for name in ("p90", "p50", "p10"))
    return Reach(share, first(high), first(mid), first(low))


def months_late(planned: date | None, expected: date | None) -> int | None:
    """Whole months from what was planned to what is expected, negative where it comes early; None where either is not known."""
    if planned is None or expected is None:
        return None
    return round((expected - planned).days / DAYS_A_MONTH)
