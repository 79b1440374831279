"""A schedule that thins: each week at first, then at intervals that vary and slowly grow (METHODS 5)."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from hashlib import blake2b
from typing import NamedTuple

WEEK = timedelta(weeks=1)


class Thinning(NamedTuple):
    """When something is to be done again. weekly_for: weeks, from `start` on, in each of which it is.

    After these the interval is drawn between `shortest` and a bound that grows by a week each time, up to `longest` (weeks). The same seed
    gives the same weeks, so a page, a calendar and a test agree. end: the first day on which nothing is asked any more.
    """

    start: date
    weekly_for: int
    shortest: int
    longest: int
    seed: int
    end: date | None = None

    def refused(self) -> str:
        """Why this is no schedule, as a sentence; empty where it is one."""
        if not 1 <= self.shortest <= self.longest:
            return "The shortest interval is at least one week, and no longer than the longest one."
        if self.weekly_for < 1:
            return "It begins with at least one week, so that people meet it while the new way is still new."
        return "It ends before it begins. Choose a later day." if self.end and self.end <= self.start else ""


class Standing(NamedTuple):
    """How a schedule stands. due: the Monday since which it is open, None where nothing is; next: the Monday on which it comes again."""

    due: date | None
    next: date | None


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def weeks_of(plan: Thinning) -> Iterator[date]:
    """The Mondays of the weeks in which it is to be done, without an end where the plan has none.

    Asked again later it gives the same ones. Raises ValueError for a plan that `refused` refuses.
    """
    if plan.refused():
        raise ValueError(plan.refused())
    week, place = monday(plan.start), 0
    while plan.end is None or week < plan.end:
        yield week
        place += 1
        week += WEEK * (1 if place < plan.weekly_for else _interval(plan, place - plan.weekly_for))


def _interval(plan: Thinning, drawn: int) -> int:
    """The interval in weeks that is drawn at a place after the weekly ones."""
    bound = min(plan.longest, plan.shortest + drawn)
    number = int.from_bytes(blake2b(f"{plan.seed}:{drawn}".encode(), digest_size=8).digest())
    return plan.shortest + number % (bound - plan.shortest + 1)


def standing(plan: Thinning, done: Collection[date], day: date) -> Standing:
    """What is open on a day. done: the days on which it was done.

    An occasion is met by anything done from its Monday on; of those that were missed only the last one is asked for, since catching
    up would be done for the list and not for people.
    """
    last = None
    for week in weeks_of(plan):
        if week > day:
            return Standing(_open(last, done, day), week)
        last = week
    over = plan.end is not None and plan.end <= day
    return Standing(None if over else _open(last, done, day), None)


def _open(week: date | None, done: Collection[date], day: date) -> date | None:
    return None if week is None or any(week <= one <= day for one in done) else week
