"""How many contacts are usual: a band from the same weekday and time of day in the weeks before, and when to act on what is counted.

Counts of a weekday and time are taken as Poisson with one overdispersion for all (quasi-Poisson: Pearson's chi-square over its degrees of
freedom, McCullagh & Nelder 1989, 6.2.3). What the next one will be is then negative binomial: for plain Poisson counts exactly the
predictive distribution under Jeffreys' prior, gamma(½ + sum, weeks) (Gelman et al., Bayesian Data Analysis, 2.6); with overdispersion its
variance is multiplied by that. Times are of the place's own clock, without a zone; counts and means are per count, of whatever length.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import takewhile
from typing import Final, NamedTuple

LEVEL, LEAST_WEEKS, WEEKS, IN_A_ROW = 0.95, 4, 8, 2
USUAL, WATCH, ACT, FEW, UNKNOWN = "usual", "watch", "act", "few", "unknown"
AT_ONCE, ROW, SO_FAR, LAST = "at_once", "in_a_row", "so_far", "last"
WEEK: Final = timedelta(weeks=1)
Slot = tuple[int, time]


class Counted(NamedTuple):
    """How many there were from a moment on."""

    at: datetime
    number: int


class Expected(NamedTuple):
    """What is usual from a moment on: the mean, and the band in which a count lies with the level's probability, both ends included.

    weeks: how many weeks before tell it; with fewer than are needed the others are None.
    """

    at: datetime
    weeks: int
    mean: float | None = None
    low: int | None = None
    high: int | None = None
    variance: float | None = None


class Band(NamedTuple):
    """What is usual at each moment asked for. first, last: of the counts it was made of, n of them. dispersion: 1 for plain Poisson."""

    rows: tuple[Expected, ...]
    n: int
    first: datetime | None
    last: datetime | None
    dispersion: float | None

    @property
    def enough(self) -> bool:
        return any(row.high is not None for row in self.rows)

    def by_moment(self) -> dict[datetime, Expected]:
        return {row.at: row for row in self.rows}


class Verdict(NamedTuple):
    """What counts say now. state: usual, watch (the last one is above), act, few (fewer than usual), unknown (not enough data yet).

    why: at_once, in_a_row, so_far or last; since: the first of those that say so.
    """

    state: str
    why: str = ""
    since: datetime | None = None


def expected(
    history: Iterable[Counted],
    moments: Sequence[datetime],
    *,
    before: datetime | None = None,
    level: float = LEVEL,
    least: int = LEAST_WEEKS,
    weeks: int = WEEKS,
) -> Band:
    """The band at each moment, from counts of the same weekday and time in the `weeks` before `before`, by default the first moment.

    history: counts of the same length as those asked about; what stands at or after `before` is not used. Fewer than `least`
    counts of a weekday and time: no band there. Raises ValueError for a level outside 0 to 1 and for counts below nought.
    """
    if not 0 < level < 1:
        raise ValueError(f"The level of a band lies between 0 and 1; {level} does not. Give .95 for 95 %.")
    if not moments:
        return Band((), 0, None, None, None)
    start = before or min(moments)
    used = [one for one in history if start - weeks * WEEK <= one.at < start]
    if any(one.number < 0 for one in used):
        raise ValueError("A count is below nought. Count what came, not what changed.")
    slots: dict[Slot, list[int]] = defaultdict(list)
    for one in used:
        slots[_slot(one.at)].append(one.number)
    dispersion = overdispersion(list(slots.values()))
    rows = tuple(_expected(moment, slots.get(_slot(moment), []), dispersion, level, least) for moment in moments)
    times = [one.at for one in used]
    return Band(rows, len(used), min(times, default=None), max(times, default=None), dispersion)


def _slot(moment: datetime) -> Slot:
    return (moment.weekday(), moment.time())


def overdispersion(groups: Sequence[Sequence[int]]) -> float | None:
    """How many times the variance of counts in groups of one mean each is larger than Poisson's; at least 1, None without any repeat."""
    free, chi = 0, 0.0
    for counts in groups:
        mean = sum(counts) / len(counts) if counts else 0.0
        if mean > 0 and len(counts) > 1:
            free += len(counts) - 1
            chi += sum((one - mean) ** 2 for one in counts) / mean
    return max(1.0, chi / free) if free else None


def _expected(at: datetime, counts: Sequence[int], dispersion: float | None, level: float, least: int) -> Expected:
    if len(counts) < least:
        return Expected(at, len(counts))
    weeks = len(counts)
    mean = (sum(counts) + 0.5) / weeks
    variance = (dispersion or 1.0) * mean * (1 + 1 / weeks)
    low, high = negative_binomial(mean, variance, ((1 - level) / 2, (1 + level) / 2))
    return Expected(at, weeks, mean, low, high, variance)


def negative_binomial(mean: float, variance: float, shares: Sequence[float]) -> tuple[int, ...]:
    """The least counts that are reached or fallen below with these probabilities, rising, each within 0 to 1.

    Raises ValueError unless the variance is above the mean and the mean above nought.
    """
    if not 0 < mean < variance:
        raise ValueError("A negative binomial count has a mean above nought and a variance above its mean.")
    size = mean * mean / (variance - mean)
    share = size / (size + mean)
    count = max(0, int(mean - 10 * math.sqrt(variance)))  # what lies below is less than can be told from nought
    logarithm = math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1)
    there = math.exp(logarithm + size * math.log(share) + (count * math.log1p(-share) if count else 0.0))
    most = mean + 60 * math.sqrt(variance) + 60
    below, found = there, []
    for wanted in shares:
        while below < wanted and count < most:
            there *= (count + size) / (count + 1) * (1 - share)
            count += 1
            below += there
        found.append(count)
    return tuple(found)


def so_far(
    history: Iterable[Counted],
    today: Sequence[Counted],
    *,
    length: timedelta,
    before: datetime | None = None,
    level: float = LEVEL,
    least: int = LEAST_WEEKS,
    weeks: int = WEEKS,
) -> tuple[Counted, Expected] | None:
    """What came today until the end of the last count, and what is usual until then; None without a count of today.

    Days before count only where each of these counts is known, so that a gap does not make a day look quiet.
    """
    if not today:
        return None
    times = {one.at.time() for one in today}
    days: dict[datetime, list[int]] = defaultdict(list)
    for one in history:
        if one.at.time() in times:
            days[_midnight(one.at)].append(one.number)
    whole = [Counted(day, sum(counts)) for day, counts in sorted(days.items()) if len(counts) == len(times)]
    day = _midnight(today[0].at)
    band = expected(whole, [day], before=before, level=level, least=least, weeks=weeks)
    until = max(one.at for one in today) + length
    return Counted(until, sum(one.number for one in today)), band.rows[0]


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time())


def judge(
    counts: Sequence[Counted],
    band: Mapping[datetime, Expected],
    *,
    at_once: int | None = None,
    day: tuple[Counted, Expected] | None = None,
    running: Counted | None = None,
    in_a_row: int = IN_A_ROW,
) -> Verdict:
    """Whether to act: on that many at once, on counts above the band in a row, or on a day that stands above what is usual until now.

    counts: finished ones, in order of time. running: the one that is not over; it is looked at only once it is above, since it can only
    rise. day: as `so_far` gives it. Two in a row are above a 95 % band by chance in about one of 1,600 pairs of independent counts.
    """
    seen = [*counts, *([running] if running is not None and above(running, band.get(running.at)) else [])]
    many = [
        one for one in [*counts[-1:], *([running] if running else [])] if at_once is not None and one.number >= at_once
    ]
    over = _last_ones(seen, band, above)
    few = _last_ones(counts, band, below)
    if many:
        return Verdict(ACT, AT_ONCE, many[-1].at)
    if len(over) >= in_a_row:
        return Verdict(ACT, ROW, over[0].at)
    if day is not None and above(*day):
        return Verdict(ACT, SO_FAR, day[1].at)
    if over or len(few) >= in_a_row:
        return Verdict(WATCH, LAST, over[0].at) if over else Verdict(FEW, ROW, few[0].at)
    known = any(row.high is not None for row in band.values())
    return Verdict(USUAL if known and seen else UNKNOWN)


def above(one: Counted, usual: Expected | None) -> bool:
    """Whether a count is more than its band holds; never where there is none."""
    return usual is not None and usual.high is not None and one.number > usual.high


def below(one: Counted, usual: Expected | None) -> bool:
    """Whether a count is less than its band holds; never where there is none."""
    return usual is not None and usual.low is not None and one.number < usual.low


def _last_ones(
    counts: Sequence[Counted], band: Mapping[datetime, Expected], holds: Callable[[Counted, Expected | None], bool]
) -> list[Counted]:
    """Those at the end for which it holds, one after the other."""
    found = list(takewhile(lambda one: holds(one, band.get(one.at)), reversed(counts)))
    return found[::-1]


class More(NamedTuple):
    """How many more than usual came in all: counted − expected, with its interval; days: how many were counted and have a band."""

    counted: int
    usual: float
    more: float
    low: float
    high: float
    days: int


def more_than_usual(counts: Iterable[Counted], band: Mapping[datetime, Expected], *, z: float = 1.96) -> More | None:
    """What came beyond what is usual, over counts that have a band; counts are taken as independent. None where none has one."""
    pairs = [(one, row) for one in counts if (row := band.get(one.at)) is not None and row.mean is not None]
    if not pairs:
        return None
    counted = sum(one.number for one, _ in pairs)
    usual = sum(row.mean or 0.0 for _, row in pairs)
    about = z * math.sqrt(sum(row.variance or 0.0 for _, row in pairs))
    return More(counted, usual, counted - usual, counted - usual - about, counted - usual + about, len(pairs))
