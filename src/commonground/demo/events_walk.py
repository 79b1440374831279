"""Cases that walk through a route, all at once: when each step of each case is recorded."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.demo.days import Days
from commonground.demo.events_clock import EPOCH, OPENS, Clock, Hours, Whole
from commonground.demo.events_routes import Route

LONGEST = 60  # steps of a case
SPREAD, SPREAD_SHORT, SHORT = 0.55, 0.7, 2.0
REPEATS, REPEAT_WAIT = 0.012, 1.5  # somebody calls again, or a step is done over
RETURN = 0.5  # the way back, as a part of the way there
IN_OFFICE_HOURS, UNTIL = 0.85, 14.0  # of what happens at any hour; so that most of it is done on the same day
WEEKDAYS = (1.12, 1.05, 1.0, 0.97, 0.86, 0.4, 0.35)
Codes = NDArray[np.int64]
NONE = -1


class Steps(NamedTuple):
    """Steps in no order: number of the case, from 0; place of the step in `Walk.steps`; hour of the clock."""

    case: Codes
    step: Codes
    hour: Hours


@dataclass(frozen=True)
class Walk:
    """A route made ready to be walked on a clock."""

    route: Route
    clock: Clock

    @property
    def steps(self) -> tuple[str, ...]:
        ends = (name for way in self.route.ways for name in (way.start, way.end))
        return tuple(dict.fromkeys((self.route.begins, *ends)))

    def arrivals(self, cases: float, rng: np.random.Generator) -> Hours:
        """The hours at which cases begin, in order of days: about so many in the latest three full months, fewer before."""
        weights = self._weights()
        share = weights / weights[self._latest()].sum()
        number = rng.poisson(cases * share.sum())
        day = np.repeat(np.arange(len(share)), rng.multinomial(number, share / share.sum()))
        hour = rng.random(number) * self.clock.length
        if self.route.round:
            by_day = rng.random(number) < IN_OFFICE_HOURS
            hour[by_day] = OPENS + hour[by_day] * (UNTIL - OPENS) / self.clock.length
        return np.asarray(day * self.clock.length + hour)

    def share_of_cases(self) -> float:
        """All cases of the log for each one of the latest three full months."""
        weights = self._weights()
        return float(weights.sum() / weights[self._latest()].sum())

    def _latest(self) -> NDArray[np.bool_]:
        months = Days(self.clock.today)
        first, end = ((months.month(number) - EPOCH).days for number in (-3, 0))
        return np.asarray((self.clock.days >= first) & (self.clock.days < end))

    def _weights(self) -> Hours:
        dates = [EPOCH + timedelta(days=int(day)) for day in self.clock.days]
        grown = np.linspace(self.route.grew, 1.0, len(dates))
        return np.asarray(grown * np.array([WEEKDAYS[day.weekday()] * self._season(day) for day in dates]))

    def _season(self, day: date) -> float:
        return 1 + (ord(self.route.season[day.month - 1]) - ord("m")) / 10

    def go(self, begins: Hours, rng: np.random.Generator) -> Steps:
        """Every step of the cases until each has ended or the log has."""
        ways = _Ways(self)
        case, step, hour = np.arange(len(begins)), np.zeros(len(begins), np.int64), begins
        came_back = np.full(len(begins), NONE)  # the way on which a case is to return
        again = np.full(len(begins), NONE)  # the way that it takes a second time
        seen = [(case, step, hour)]
        for _ in range(LONGEST):
            if not len(case):
                break
            day = self.clock.day(hour)
            way = np.where(again >= 0, again, ways.choose(step, day, rng.random(len(case))))
            way = np.where(came_back >= 0, came_back, way)
            returns = came_back >= 0
            repeats = (rng.random(len(case)) < REPEATS) & (way >= 0) & ~returns & (again < 0)
            target = np.where(returns, ways.start[way], np.where(repeats, step, ways.end[way]))
            wait = ways.wait(way, day) * np.where(returns, RETURN, 1.0)
            wait = np.where(repeats, np.minimum(wait, REPEAT_WAIT), wait)
            hour = hour + wait * np.exp(rng.standard_normal(len(case)) * ways.spread[way])
            fresh = ~returns & ~repeats & (again < 0) & (rng.random(len(case)) < ways.back[way])
            again = np.where(returns, way, np.where(repeats, again, NONE))
            came_back = np.where(fresh, way, NONE)
            on = (way >= 0) & (hour < self.clock.end)
            case, step, hour, came_back, again = case[on], target[on], hour[on], came_back[on], again[on]
            seen.append((case, step, hour))
        return Steps(*(np.concatenate(column) for column in zip(*seen, strict=True)))


class _Ways:
    """The ways of a route as arrays."""

    def __init__(self, walk: Walk) -> None:
        place = {name: number for number, name in enumerate(walk.steps)}
        self.ways = walk.route.ways
        self.start = np.array([place[way.start] for way in self.ways])
        self.end = np.array([place[way.end] for way in self.ways])
        self.back = np.array([way.back for way in self.ways])
        self.median = np.array([way.wait for way in self.ways])
        self.spread = np.where(self.median < SHORT, SPREAD_SHORT, SPREAD)

    def choose(self, step: Codes, day: Whole, chance: Hours) -> Codes:
        """The way that each case takes from its step, the first in order that its chance falls into; NONE where it ends."""
        chosen = np.full(len(step), NONE)
        upto = np.zeros(len(step))
        for number, way in enumerate(self.ways):
            there = np.flatnonzero((step == self.start[number]) & (day >= way.since) & (day < way.until))
            upto[there] += way.share
            free = there[(chosen[there] == NONE) & (chance[there] < upto[there])]
            chosen[free] = number
        return chosen

    def wait(self, way: Codes, day: Whole) -> Hours:
        """The median wait on each way on its day."""
        wait = self.median[way]
        for number, one in enumerate(self.ways):
            if one.bends:
                there = np.flatnonzero(way == number)
                days, factors = zip(*one.bends, strict=True)
                wait[there] *= np.interp(day[there], days, factors)
        return np.asarray(wait)
