"""What the pace of a behaviour was in the weeks before and after something was done; and how effect sizes of the literature read."""

import math
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from commonground.analysis.intervals import normal_share_below, wilson
from commonground.analysis.pace.figures import Series, Week

WEEKS: Final = 8
LEAST: Final = 4  # weeks that can be shown on either side


class Share(NamedTuple):
    """A share new of n occasions, worth so many independent ones, with its 95 % interval."""

    new: float
    low: float
    high: float
    n: int


class Effect(NamedTuple):
    """The share new before and after a day, and the difference in points of share with its 95 % interval. None: not enough data yet.

    It is a comparison and no proof: whatever else happened in these weeks is in it too.
    """

    before: Share | None
    after: Share | None
    difference: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def enough(self) -> bool:
        return self.difference is not None

    @property
    def points(self) -> str:
        """“+6 points (+2 to +10)”: the difference in points of share, with its interval; empty without enough data."""
        if self.difference is None or self.low is None or self.high is None:
            return ""
        return f"{_signed(self.difference)} points ({_signed(self.low)} to {_signed(self.high)})"


def before_and_after(series: Series | None, day: date, weeks: int = WEEKS) -> Effect:
    """The shares of the whole weeks before and after a day; its own week is left out. series: as stored figures have it.

    A side needs four weeks that can be shown. Intervals are Wilson's with as many independent occasions as people in the busiest week,
    as in `uptake.lately`; that of the difference is Newcombe's (1998, Stat. Med. 17:873-890, method 10).
    """
    this = day - timedelta(days=day.weekday())
    told = {date.fromisoformat(one.week): one for one in series.weeks if one.new is not None} if series else {}
    first, last = this - timedelta(weeks=weeks), this + timedelta(weeks=weeks)
    before = _share(one for on, one in told.items() if first <= on < this)
    after = _share(one for on, one in told.items() if this < on <= last)
    if before is None or after is None:
        return Effect(before, after)
    difference = after.new - before.new
    low = difference - math.hypot(after.new - after.low, before.high - before.new)
    high = difference + math.hypot(after.high - after.new, before.new - before.low)
    return Effect(before, after, difference, low, high)


def _signed(share: float) -> str:
    return f"{share * 100:+.0f}".replace("-", "−").replace("+0", "0").replace("−0", "0")


def _share(weeks: Iterable[Week]) -> Share | None:
    rows = list(weeks)
    new = sum(one.new or 0 for one in rows)
    n = new + sum((one.old or 0) + (one.neither or 0) for one in rows)
    if len(rows) < LEAST or not n:
        return None
    worth = min(n, max(one.people or 0 for one in rows) or n)
    low, high = wilson(new / n * worth, worth)
    return Share(new / n, float(low), float(high), n)


def superiority(d: float) -> float:
    """How likely somebody of the one group is above somebody of the other, for a standardised difference d: Φ(d/√2).

    The “probability of success” of Stajkovic & Luthans (2003, Pers. Psych. 56:155-194); McGraw & Wong (1992) call it the common language
    effect size. 0.5 for no difference.
    """
    return float(normal_share_below(d / math.sqrt(2)))
