"""How it goes on the days of a cut-over: what is counted, what is usual, when to act, and which promise, remedy and person that touches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from commonground.analysis.communication.expected import (
    ACT,
    AT_ONCE,
    FEW,
    LEAST_WEEKS,
    SO_FAR,
    UNKNOWN,
    WATCH,
    Band,
    Counted,
    Expected,
    More,
    Verdict,
    above,
    expected,
    judge,
    more_than_usual,
    so_far,
)
from commonground.communication.bringing_counts import BEFORE, filled, here, stored
from commonground.communication.hiccups import Promise
from commonground.communication.watching import DAY, HAND, Brought, Signal, SignalCount
from commonground.ui.words import day as day_words
from commonground.ui.words import number

ONE_DAY = timedelta(days=1)
ORDER = {ACT: 0, WATCH: 1, FEW: 2, UNKNOWN: 3, "usual": 4}


@dataclass(frozen=True)
class DayRow:
    """One day afterwards: how many came, what is usual, and whether that was above the band. whole: whether the day is over."""

    on: date
    counted: Counted
    usual: Expected
    whole: bool

    @property
    def state(self) -> str:
        if self.usual.high is None or self.usual.low is None:
            return UNKNOWN
        if self.counted.number > self.usual.high:
            return ACT
        return FEW if self.whole and self.counted.number < self.usual.low else "usual"


class Watched:
    """One signal as it stands. now: by the clock of the place; shown: the day that is looked at.

    Counts of the plan's own days are never part of what is usual.
    """

    def __init__(self, signal: Signal, now: datetime, shown: date) -> None:
        self.signal, self.now, self.shown = signal, now, shown
        first, end = signal.plan.days or (shown, shown + ONE_DAY)
        self.first, self.end = datetime.combine(first, time()), datetime.combine(end, time())
        self.step = timedelta(minutes=signal.minutes)
        rows = [Counted(here(at), count) for at, count in self._stored(stored(self.first - BEFORE), stored(self.end))]
        self.history = [one for one in rows if one.at < self.first]
        self.counts = [one for one in rows if one.at >= self.first]

    def _stored(self, since: datetime, until: datetime) -> list[tuple[datetime, int]]:
        there = SignalCount.objects.filter(signal=self.signal, starts__gte=since, starts__lt=until).order_by("starts")
        rows = list(there.values_list("starts", "count"))
        return _by_hand(rows, self.signal.minutes, self.now) if self.signal.source == HAND else rows

    @cached_property
    def until(self) -> datetime | None:
        """Until when it is known, by the clock of the place; None before anything is counted."""
        if self.signal.source == HAND:
            return self.now if self.counts or self.history else None
        there = Brought.objects.filter(signal=self.signal).standing().order_by("-end")
        end = there.values_list("end", flat=True).first()
        return here(end) if end else None

    @cached_property
    def band(self) -> Band:
        """What is usual on the day that is shown and the day before; of daily counts on all days of the plan."""
        if self.signal.minutes == DAY:
            moments = [self.first + place * ONE_DAY for place in range((self.end - self.first).days)]
        else:
            start = datetime.combine(self.shown, time()) - ONE_DAY
            moments = [start + place * self.step for place in range(2 * int(ONE_DAY / self.step))]
        return expected(self.history, moments, before=self.first)

    @cached_property
    def judged(self) -> tuple[list[Counted], Counted | None]:
        """The finished counts up to the end of the day that is shown, and the one that is running."""
        day_end = datetime.combine(self.shown, time()) + ONE_DAY
        known = min(self.until or self.first, self.now)
        there = [one for one in self.counts if one.at < day_end]
        done = [one for one in there if one.at + self.step <= known]
        running = [one for one in there if one.at + self.step > known]
        return done, (running[0] if running else None)

    @cached_property
    def day(self) -> tuple[Counted, Expected] | None:
        """What came on the day that is shown until the last finished count, and what is usual until then."""
        if self.signal.minutes == DAY:
            return None
        return self._so_far(self.judged[0])

    def _so_far(self, counts: list[Counted]) -> tuple[Counted, Expected] | None:
        today = [one for one in counts if one.at.date() == self.shown]
        return so_far(self.history, today, length=self.step, before=self.first)

    @property
    def _crept(self) -> tuple[Counted, Expected] | None:
        """The day as far as it does not lean on its last count alone: one that is above is told as such, and not as a day that crept up."""
        if self.signal.minutes == DAY:
            return None
        done, last = self.judged[0], self.latest
        alone = last is not None and above(last, self.usual_now)
        return self._so_far(done[:-1]) if alone else self.day

    @cached_property
    def verdict(self) -> Verdict:
        done, running = self.judged
        return judge(done, self.band.by_moment(), at_once=self.signal.at_once, day=self._crept, running=running)

    @cached_property
    def latest(self) -> Counted | None:
        """The last finished count."""
        return self.judged[0][-1] if self.judged[0] else None

    @property
    def usual_now(self) -> Expected | None:
        return self.band.by_moment().get(self.latest.at) if self.latest else None

    @property
    def words(self) -> str:
        """What the counts say, in a sentence."""
        return _words(self)

    @property
    def promises(self) -> list[Promise]:
        """Those that it touches: its own, or all of the plan."""
        all_of_them = list(self.signal.plan.promises.all())
        return [one for one in all_of_them if one.pk == self.signal.promise_id] or all_of_them

    @property
    def weeks(self) -> int:
        """How many weeks before tell what is usual."""
        return max((row.weeks for row in self.band.rows), default=0)

    @cached_property
    def days(self) -> list[DayRow]:
        """The days so far, each with what is usual on such a day until then."""
        done, _ = self.judged
        known = [one for one in [*done] if one.at.date() <= self.shown]
        by_day: dict[date, list[Counted]] = {}
        for one in known:
            by_day.setdefault(one.at.date(), []).append(one)
        found = []
        for on, rows in by_day.items():
            said = so_far(self.history, rows, length=self.step, before=self.first)
            if said is not None:
                found.append(DayRow(on, said[0], said[1], said[0].at >= datetime.combine(on, time()) + ONE_DAY))
        return found

    @property
    def more(self) -> More | None:
        """How many more than usual came on the whole days so far."""
        whole = [row for row in self.days if row.whole]
        return more_than_usual(
            [Counted(row.usual.at, row.counted.number) for row in whole], {row.usual.at: row.usual for row in whole}
        )

    @property
    def more_words(self) -> tuple[str, str, str] | None:
        """`more` in whole numbers: how many more, from, to."""
        if self.more is None:
            return None
        more, low, high = (round(one) for one in self.more[2:5])
        return f"{'+' if more > 0 else ''}{number(more)}", number(low), number(high)


def _by_hand(rows: list[tuple[datetime, int]], minutes: int, now: datetime) -> list[tuple[datetime, int]]:
    """Counts by hand with the noughts between the first and the last of a day, and until now on the day that runs."""
    by_day: dict[date, dict[datetime, int]] = {}
    for at, count in rows:
        by_day.setdefault(here(at).date(), {})[here(at)] = count
    found: list[tuple[datetime, int]] = []
    for on, counts in by_day.items():
        there = dict(counts)
        if on == now.date():
            there.setdefault(max(there), 0)
        found += [(stored(moment), count) for moment, count in filled(there, minutes)]
    return found


def _words(one: Watched) -> str:
    return f"{one.signal}: {_act_words(one) if one.verdict.state == ACT else _other_words(one)}"


def _since(one: Watched) -> str:
    return clock(one.verdict.since, one.signal.minutes) if one.verdict.since else ""


def _act_words(one: Watched) -> str:
    if one.verdict.why == AT_ONCE:
        return f"from {number(one.signal.at_once)} on the plan says to act, and at {_since(one)} there were as many"
    if one.verdict.why == SO_FAR and one.day is not None:
        return f"{number(one.day[0].number)} so far today, where {number(one.day[1].high)} are the most that is usual by then"
    return f"more than usual since {_since(one)}"


def _other_words(one: Watched) -> str:
    if one.verdict.state == WATCH:
        return "the last count is more than usual; a second one says to act"
    if one.verdict.state == FEW:
        return f"fewer than usual since {_since(one)}. Look whether the line and the count work"
    if one.verdict.state == UNKNOWN:
        told = f"not enough data yet: of {LEAST_WEEKS} weeks before, {one.weeks} are known"
        return told if one.latest else "nothing is counted yet"
    return "as usual"


def clock(moment: datetime, minutes: int) -> str:
    """A moment as one says it: a day for daily counts, else the time."""
    return day_words(moment.date()) if minutes == DAY else f"{moment:%H:%M}"


def looked_at(signals: Sequence[Signal], now: datetime, shown: date) -> list[Watched]:
    """All signals of a plan, what needs somebody first."""
    found = [Watched(signal, now, shown) for signal in signals]
    return sorted(found, key=lambda one: ORDER[one.verdict.state])
