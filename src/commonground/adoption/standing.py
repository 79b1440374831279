"""Where a behaviour stands against what was planned: when each share is expected, when it was planned, how late that is. Pure."""

from datetime import date, timedelta
from typing import NamedTuple

from commonground.adoption.models import Behaviour
from commonground.analysis.pace.figures import Forecast, Group, Pace
from commonground.analysis.pace.plan import months_late, planned_day, reach_of, share_before

SHARES = (0.5, 0.8, 0.9)
REACHED, COMING, BEYOND, UNKNOWN = "reached", "coming", "beyond", "unknown"


class Due(NamedTuple):
    """A share: when it was planned and when it is expected. late: whole months, None where either is not known.

    state: reached (the share now is there), coming, beyond (not within what is forecast), unknown (no forecast). surely: the whole
    interval lies behind the plan.
    """

    share: float
    planned: date | None
    low: date | None
    mid: date | None
    high: date | None
    late: int | None
    state: str
    surely: bool = False


def start_of(behaviour: Behaviour, whole: Group) -> date | None:
    """When the new way began: the behaviour's own day, else the cut-over of the whole."""
    return behaviour.starts_on or _day(whole.cut_over)


def due_of(behaviour: Behaviour, pace: Pace, share: float) -> Due:
    """When a share is there, and when it was to be."""
    whole, start = pace.whole, start_of(behaviour, pace.whole)
    planned = planned_day(
        share,
        start=start,
        from_share=share_before(whole.series, start) if start else 0.0,
        target_on=behaviour.target_on,
        target_share=behaviour.target_share,
    )
    if whole.now is not None and whole.now.new >= share:
        return Due(share, planned, None, None, None, None, REACHED)
    reach = reach_of(whole.forecast, share)
    if reach is None:
        return Due(share, planned, None, None, None, None, UNKNOWN)
    low, mid, high = (_day(one) for one in reach[1:])
    late = months_late(planned, mid)
    if mid is None:
        end = horizon(whole.forecast)
        late = months_late(planned, end) if planned and end and end > planned else None
    surely = planned is not None and (low is None or low > planned)
    return Due(share, planned, low, mid, high, late, COMING if mid else BEYOND, surely)


def dues_of(behaviour: Behaviour, pace: Pace) -> tuple[Due, ...]:
    """50, 80 and 90 %, and the target where it is another share."""
    shares = set(SHARES)
    if behaviour.target_share is not None and not any(abs(behaviour.target_share - one) < 0.005 for one in shares):
        shares.add(behaviour.target_share)
    return tuple(due_of(behaviour, pace, share) for share in sorted(shares))


def target_of(behaviour: Behaviour, pace: Pace) -> Due | None:
    """The target; None where none is set."""
    return None if behaviour.target_share is None else due_of(behaviour, pace, behaviour.target_share)


def horizon(forecast: Forecast | None) -> date | None:
    """The last day that a forecast speaks of."""
    if forecast is None or not forecast.path:
        return None
    return date.fromisoformat(forecast.path[-1].week) + timedelta(days=6)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
