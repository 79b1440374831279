"""What waiting costs: the benefits of a behaviour, planned and realised month by month, each in its own unit.

All amounts of one benefit follow the share new: amount of a month = share × occasions a month × per occasion − baseline. Occasions a
month are held at the mean of the last 13 weeks that can be shown, so that a busy month does not pass for a faster change.
Source of the reckoning: METHODS 4.5 and appendix A (benefits realization), as in `analysis/pace/value.py`.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from commonground.adoption.models import Behaviour, Benefit
from commonground.analysis.months import WEEKS_A_MONTH
from commonground.analysis.pace.figures import Ahead, Forecast, Pace, Week
from commonground.analysis.pace.plan import share_before
from commonground.analysis.pace.value import Realization, cost_of_delay, realization, worth_of, worth_of_sooner

ALL_BUT = 0.9  # of the occasions: where no share is wanted, this is as good as all
WEEKS = 13  # of which the occasions of a month are the mean
Curve = Sequence[tuple[date, float]]


class Amount(NamedTuple):
    """So much of one unit. low, high: its interval, None where nothing tells how wide it is."""

    unit: str
    mid: float
    low: float | None = None
    high: float | None = None


class Month(NamedTuple):
    """One month, by the ISO date of its first day: what was planned and what came, None where it is not known."""

    month: str
    planned: float | None
    realised: float | None


class Line(NamedTuple):
    """One benefit, or counter-benefit, of which a month's delay saves what it costs.

    share: realised ÷ planned in the newest month known; behind: months by which it lags its plan, at_least: or more; lost: planned less
    realised, summed up to now; delay: what a month's delay of all that is still to come costs; sooner: what it is worth to have it a
    month sooner.
    """

    pk: int
    name: str
    unit: str
    counter: bool
    money: float | None
    currency: str
    owner: str
    months: tuple[Month, ...]
    planned: float | None = None
    realised: float | None = None
    share: float | None = None
    behind: float | None = None
    at_least: bool = False
    lost: float | None = None
    delay: Amount | None = None
    sooner: Amount | None = None

    @property
    def ahead(self) -> float:
        """Months ahead of the plan."""
        return -(self.behind or 0.0)

    @property
    def missing(self) -> float:
        """How much less than planned, or more, without a sign."""
        return abs(self.lost or 0.0)


class Total(NamedTuple):
    """In one currency, over the benefits that have a price in it, counter-benefits taken off. of: how many these are."""

    currency: str
    of: int
    lost: float | None
    delay: Amount | None
    sooner: Amount | None

    @property
    def missing(self) -> float:
        """How much less than planned, or more, without a sign."""
        return abs(self.lost or 0.0)


class Cost(NamedTuple):
    """What waiting costs. occasions: a month; behind: months behind plan; until: up to which month the figures reach (ISO).

    lines are never added up over units; totals are of money alone, one for each currency. why: what is missing, where something is.
    reached: the share that is wanted is there; without one, nine in ten.
    """

    lines: tuple[Line, ...]
    totals: tuple[Total, ...]
    occasions: float | None
    behind: float | None
    until: str | None
    why: str
    reached: bool = False

    @property
    def first(self) -> Amount | None:
        """What a month's delay costs, to be said in one place: in money if there is any, else the first benefit in its own unit.

        None where it is not known, and where nothing more is to come, so that waiting costs nothing.
        """
        found = [total.delay for total in self.totals] or [line.delay for line in self.lines if not line.counter]
        return next((one for one in found if one is not None and one.mid > 0), None)

    @property
    def settled(self) -> bool:
        """Whether the forecast sees nothing more to come, so that a month's delay would cost nothing."""
        return self.first is None and any(line.delay is not None for line in self.lines)


def cost_of(behaviour: Behaviour, pace: Pace | None, benefits: Sequence[Benefit], day: date) -> Cost | None:
    """What waiting for this behaviour costs as of a day; None without a benefit. benefits: of it, owners fetched with them.

    What cannot be reckoned is None, and `why` says what is missing: measured weeks, a target with its date, a forecast.
    """
    if not benefits:
        return None
    known = known_of(behaviour, pace, day)
    plan = planned_curve(behaviour, pace)
    lines = tuple(_line(benefit, known, own_curve(benefit) or plan, day) for benefit in benefits)
    behind = next((line.behind for line in lines if line.behind is not None), None)
    until = max(known.shares).isoformat() if known.shares else None
    reached = known.now is not None and known.now >= (known.target or ALL_BUT)
    return Cost(lines, _totals(lines), known.occasions, behind, until, _why(known, lines), reached)


def shares_by_month(weeks: Iterable[Week], day: date) -> dict[date, float]:
    """First day of a month → share new over its shown weeks up to a day; a week belongs to the month of its Thursday."""
    sums: dict[date, list[int]] = {}
    for week in weeks:
        monday = date.fromisoformat(week.week)
        if week.new is None or week.old is None or week.neither is None or monday > day:
            continue
        entry = sums.setdefault((monday + timedelta(days=3)).replace(day=1), [0, 0])
        entry[0] += week.new
        entry[1] += week.new + week.old + week.neither
    return {month: new / n for month, (new, n) in sorted(sums.items()) if n}


def occasions_a_month(weeks: Iterable[Week], day: date) -> float | None:
    """Mean over the last 13 weeks up to a day that can be shown, times the weeks of a month; None without a week."""
    shown = [
        week.new + week.old + week.neither
        for week in weeks
        if week.new is not None
        and week.old is not None
        and week.neither is not None
        and date.fromisoformat(week.week) <= day
    ][-WEEKS:]
    return sum(shown) / len(shown) * WEEKS_A_MONTH if shown else None


def planned_curve(behaviour: Behaviour, pace: Pace | None) -> Curve:
    """Days and shares of a straight line from the start, at the share known just before it, to the target; empty without either.

    Without a day of its own a behaviour starts with the cut-over of the whole.
    """
    start = behaviour.starts_on
    if start is None and pace is not None and pace.whole.cut_over:
        start = date.fromisoformat(pace.whole.cut_over)
    target, on = behaviour.target_share, behaviour.target_on
    if start is None or target is None or on is None or on <= start:
        return ()
    return ((start, share_before(pace.whole.series, start) if pace else 0.0), (on, target))


def own_curve(benefit: Benefit) -> Curve:
    """The planned curve that a benefit has of its own; empty for none."""
    return tuple(sorted((date.fromisoformat(day), float(share)) for day, share in benefit.planned))


class Known(NamedTuple):
    """What is known of the behaviour: share new of each month and of the last four weeks, occasions a month, the share wanted, and the
    forecast: p10, p50 and p90 of the share in each month to come, empty without one; else why there is none."""

    shares: dict[date, float]
    now: float | None
    occasions: float | None
    target: float | None
    ahead: list[list[float]]
    no_forecast: str


def known_of(behaviour: Behaviour, pace: Pace | None, day: date) -> Known:
    weeks = pace.whole.series.weeks if pace else ()
    forecast = pace.whole.forecast if pace else None
    now = pace.whole.now if pace else None
    return Known(
        shares_by_month(weeks, day),
        now.new if now else None,
        occasions_a_month(weeks, day),
        behaviour.target_share,
        months_ahead(forecast) if forecast and forecast.enough else [],
        forecast.why if forecast else "",
    )


def months_ahead(forecast: Forecast) -> list[list[float]]:
    """Rows p10, p50, p90: the mean over the weeks of each month to come."""
    months: dict[str, list[Ahead]] = {}
    for ahead in forecast.path:
        months.setdefault(ahead.week[:7], []).append(ahead)
    sides = ("p10", "p50", "p90")
    return (
        [[sum(getattr(one, side) for one in weeks) / len(weeks) for weeks in months.values()] for side in sides]
        if months
        else []
    )


def _line(benefit: Benefit, known: Known, plan: Curve, day: date) -> Line:
    months, stands = _so_far(benefit, known, plan, day)
    return Line(
        pk=benefit.pk,
        name=benefit.name,
        unit=benefit.unit_words,
        counter=benefit.counter,
        money=benefit.money,
        currency=benefit.currency,
        owner=benefit.owner.name if benefit.owner else "",
        months=months,
        planned=stands.planned if stands else None,
        realised=stands.realised if stands else None,
        share=stands.share if stands else None,
        behind=stands.behind if stands else None,
        at_least=stands.at_least if stands else False,
        lost=stands.area if stands else None,
        delay=_delay(benefit, known, plan),
        sooner=_sooner(benefit, known),
    )


def _so_far(benefit: Benefit, known: Known, plan: Curve, day: date) -> tuple[tuple[Month, ...], Realization | None]:
    """Planned and realised from the month in which the plan begins, or the first one known, to that of the day; where that stands."""
    starts = plan[0][0] if plan else next(iter(known.shares), None)
    if starts is None or known.occasions is None or starts > day:
        return (), None
    months = months_between(starts, day)
    ends = max(plan[-1][0], day) if plan else day
    wanted = [share_planned(plan, month.replace(day=15)) for month in months_between(starts, ends)]
    planned, realised = (
        worth_of(
            [np.nan if share is None else share for share in shares],
            known.occasions,
            benefit.per_occasion,
            baseline=benefit.baseline,
        )
        for shares in (wanted, [known.shares.get(month) for month in months])
    )
    told = [None if np.isnan(value) else float(value) for value in (*planned[: len(months)], *realised)]
    rows = zip(months, told[: len(months)], told[len(months) :], strict=True)
    return tuple(Month(month.isoformat(), *both) for month, *both in rows), realization(
        planned, realised
    ) if plan else None


def months_between(first: date, last: date) -> list[date]:
    """First days of the months from one day to another, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(count)]


def share_planned(plan: Curve, day: date) -> float | None:
    """The share planned for a day: straight between the points, the first and the last one held; None without a plan."""
    if not plan:
        return None
    for (start, low), (end, high) in pairwise(plan):
        if day < end:
            return low + (high - low) * max((day - start).days, 0) / (end - start).days
    return plan[-1][1]


def _delay(benefit: Benefit, known: Known, plan: Curve) -> Amount | None:
    """What it costs when all that is to come, by the forecast or else the share wanted, comes a month later: today's level goes on."""
    now = known.now
    wanted = plan[-1][1] if plan else known.target
    if now is None or known.occasions is None:
        return None
    to_come = known.ahead or ([] if wanted is None else [[wanted]])
    if not to_come:
        return None
    worth = worth_of(to_come, known.occasions, benefit.per_occasion)
    lost = cost_of_delay(worth, now=np.full(len(to_come), now * known.occasions * benefit.per_occasion))
    return Amount(benefit.unit_words, lost.mid, *((lost.low, lost.high) if known.ahead else (None, None)))


def _sooner(benefit: Benefit, known: Known) -> Amount | None:
    """What it is worth to have the path of the forecast a month sooner, up to its end."""
    if not known.ahead or known.occasions is None:
        return None
    won = worth_of_sooner(worth_of(known.ahead, known.occasions, benefit.per_occasion))
    return Amount(benefit.unit_words, won.mid, won.low, won.high)


def _totals(lines: Sequence[Line]) -> tuple[Total, ...]:
    """In money, one for each currency. All lines follow the same share, so their intervals add up end by end."""
    found = []
    for currency in dict.fromkeys(line.currency for line in lines if line.money is not None):
        priced = [line for line in lines if line.money is not None and line.currency == currency]
        lost = [_signed(line) * line.lost for line in priced if line.lost is not None]
        found.append(
            Total(
                currency,
                len(priced),
                sum(lost) if len(lost) == len(priced) else None,
                _summed(currency, [(line, line.delay) for line in priced]),
                _summed(currency, [(line, line.sooner) for line in priced]),
            )
        )
    return tuple(found)


def _signed(line: Line) -> float:
    """What one of the unit is worth, below zero where it costs."""
    return (line.money or 0.0) * (-1 if line.counter else 1)


def _summed(currency: str, parts: Sequence[tuple[Line, Amount | None]]) -> Amount | None:
    """Sum over lines in money; None where one of them is not known."""
    known = [(_signed(line), amount) for line, amount in parts if amount is not None]
    if len(known) < len(parts):
        return None
    low = sum(worth * (one.mid if one.low is None else one.low) for worth, one in known)
    high = sum(worth * (one.mid if one.high is None else one.high) for worth, one in known)
    return Amount(currency, sum(worth * one.mid for worth, one in known), min(low, high), max(low, high))


def _why(known: Known, lines: Sequence[Line]) -> str:
    """What is missing, in a sentence; empty where nothing is."""
    if not known.shares:
        return "No week is measured yet, so nothing is known of what has come."
    if all(line.planned is None for line in lines):
        return "Without a start, a target share and its date there is no plan to compare with. The behaviour’s own page asks for them."
    if not known.ahead:
        return f"There is no forecast yet, so it is not known what a month sooner is worth. {known.no_forecast}".strip()
    return ""
