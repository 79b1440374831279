"""The pace before and after something was done: how the share new differs, with an interval that the counted people carry.

It says what followed, never what caused it: a share that was picked because it was low rises by itself (regression to the mean), and a
share that was rising goes on rising. So the change over an equally long time before stands beside it.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from math import sqrt
from typing import Final, NamedTuple

from commonground.analysis.intervals import two_sided, wilson
from commonground.analysis.pace.figures import Series, Week

SPAN: Final = 8
"""Weeks that are looked at on either side."""
LEAST: Final = 4
"""Weeks that have to be shown on either side; with fewer there is not enough data yet."""
WEEK: Final = timedelta(days=7)
LEVEL: Final = 0.95


class Counted(NamedTuple):
    """One week that may be shown: its Monday, occasions that went the new way, all occasions, and by how many different people."""

    week: date
    new: int
    n: int
    people: int


class Side(NamedTuple):
    """The weeks of one side: the share new (0 to 1), occasions, the most different people of a week, weeks, first day, last day."""

    share: float
    n: int
    people: int
    weeks: int
    first: date
    last: date


class Compared(NamedTuple):
    """The share new before and after. change, low, high: in points of share (.05: five points), with the 95 % interval.

    earlier: the change into the weeks before, over as long a time; None where these weeks are not shown. why: what is missing, as a
    sentence; then all else but the sides that are known is None.
    """

    before: Side | None
    after: Side | None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    earlier: float | None = None
    why: str = ""

    @property
    def enough(self) -> bool:
        return self.change is not None

    @property
    def points(self) -> str:
        """“+6 points (+2 to +10)”: the change in points of share, with its interval; empty without enough data."""
        if self.change is None or self.low is None or self.high is None:
            return ""
        return f"{_signed(self.change)} points ({_signed(self.low)} to {_signed(self.high)})"

    @property
    def error(self) -> float | None:
        """The standard error that the interval amounts to."""
        if self.low is None or self.high is None:
            return None
        return (self.high - self.low) / (2 * two_sided(LEVEL))


def difference(
    one: tuple[float, float], other: tuple[float, float], level: float = LEVEL
) -> tuple[float, float, float]:
    """The difference of two shares counted as (so many, of so many) each, one less the other, and its interval: (difference, low, high).

    Newcombe, 1998, Statist. Med. 17:873-890, method 10: Wilson's intervals of both, squared and added. Counts need not be whole.
    Raises ValueError for a share of nothing, and as `wilson`.
    """
    (k, m), (j, n) = one, other
    if not m or not n:
        raise ValueError("A difference needs two shares, and one of nothing is none: give both how many there were.")
    low, high = ((float(end[0]), float(end[1])) for end in wilson([k, j], [m, n], level))
    p, q = k / m, j / n
    down = sqrt((p - low[0]) ** 2 + (high[1] - q) ** 2)
    up = sqrt((high[0] - p) ** 2 + (q - low[1]) ** 2)
    return p - q, max(-1.0, p - q - down), min(1.0, p - q + up)


def shown_weeks(series: Series | None) -> list[Counted]:
    """The weeks of stored figures that may be shown. Where it is not known by how many people, each occasion is somebody else's."""
    rows = [one for one in series.weeks if one.new is not None] if series else []
    return [_week(one, one.new or 0, (one.new or 0) + (one.old or 0) + (one.neither or 0)) for one in rows]


def _week(one: Week, new: int, n: int) -> Counted:
    return Counted(date.fromisoformat(one.week), new, n, one.people or n)


def before_and_after(
    weeks: Sequence[Counted], *, start: date, delivered: date, span: int = SPAN, least: int = LEAST
) -> Compared:
    """How the share new of the `span` whole weeks after something was delivered differs from that of the weeks before it began.

    weeks: those of one group that may be shown, in any order. The weeks between start and delivery, and both of their own, belong to
    neither side. Each person counts as one occasion, so the interval is never too narrow for people who do the same thing often.
    """
    start = min(start, delivered)
    first_day = start - timedelta(days=start.weekday()) - span * WEEK
    held = {one.week: one for one in weeks if one.n > 0 and one.people > 0}
    earlier = _side(held, first_day - span * WEEK, first_day, least)
    before = _side(held, first_day, start, least)
    after = _side(held, delivered, delivered + span * WEEK + WEEK, least, at_most=span)
    if isinstance(before, int):
        return Compared(None, None if isinstance(after, int) else after, why=_few(before, least, "before it began"))
    if isinstance(after, int):
        return Compared(before, None, why=_few(after, least, "since it was delivered"))
    change, low, high = difference(_counted(after), _counted(before))
    return Compared(
        before, after, change, low, high, None if isinstance(earlier, int) else before.share - earlier.share
    )


def _side(held: dict[date, Counted], first: date, end: date, least: int, at_most: int | None = None) -> Side | int:
    """The whole weeks within [first, end); how many there are where they do not suffice."""
    inside = sorted(one for one in held.values() if first <= one.week and one.week + WEEK <= end)[:at_most]
    if len(inside) < max(least, 1):
        return len(inside)
    n = sum(one.n for one in inside)
    last = inside[-1].week + WEEK - timedelta(days=1)
    new, people = sum(one.new for one in inside), max(one.people for one in inside)
    return Side(new / n, n, people, len(inside), inside[0].week, last)


def _counted(side: Side) -> tuple[float, float]:
    worth = float(min(side.people, side.n))
    return side.share * worth, worth


def _signed(share: float) -> str:
    return f"{share * 100:+.0f}".replace("-", "−").replace("+0", "0").replace("−0", "0")


def _few(weeks: int, least: int, when: str) -> str:
    return f"Not enough data yet: {weeks} of the {least} weeks {when} that are needed."


class Pooled(NamedTuple):
    """Several changes taken together: the mean of what such changes are, its 95 % interval, and how much they differ among themselves
    (standard deviation, in points of share)."""

    n: int
    change: float
    low: float
    high: float
    spread: float


def pooled(changes: Sequence[tuple[float, float]]) -> Pooled:
    """Changes with their standard errors (above 0) taken together, as a sample of changes that differ (DerSimonian & Laird, 1986,
    Control. Clin. Trials 7:177-188). Raises ValueError for fewer than two, or an error that is not above 0."""
    if len(changes) < 2:
        raise ValueError("There is nothing to take together: give at least two changes.")
    if any(error <= 0 for _, error in changes):
        raise ValueError("The standard error of a change lies above 0.")
    weights = [1 / error**2 for _, error in changes]
    total = sum(weights)
    mean = sum(weight * change for weight, (change, _) in zip(weights, changes, strict=True)) / total
    differ = sum(weight * (change - mean) ** 2 for weight, (change, _) in zip(weights, changes, strict=True))
    scale = total - sum(weight**2 for weight in weights) / total
    between = max(0.0, (differ - (len(changes) - 1)) / scale)
    weights = [1 / (error**2 + between) for _, error in changes]
    total = sum(weights)
    mean = sum(weight * change for weight, (change, _) in zip(weights, changes, strict=True)) / total
    reach = two_sided(LEVEL) / sqrt(total)
    return Pooled(len(changes), mean, mean - reach, mean + reach, sqrt(between))
