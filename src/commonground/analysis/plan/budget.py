"""A budget: what is planned, ordered, spent, and what it will come to; how much of it is for people.

Money is a whole number of the smallest unit, hours one of hundredths of an hour, so that every sum is exact.

Forecast at completion: the methods of earned value (Project Management Institute, Practice Standard for Earned Value Management, 2nd
edition, 2011; PMBOK Guide, 6th edition, 7.4.2.2), with BAC the plan, AC what is spent, EV = BAC × share done, CPI = EV ÷ AC:

    EAC = AC + (BAC − EV)     what is left costs what was planned
    EAC = BAC ÷ CPI           what is left costs as what was done did
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from fractions import Fraction
from typing import Final, NamedTuple, TypeVar

PHASES: Final = (1, 2, 3)
PEOPLE, TECHNOLOGY, OTHER = "people", "technology", "other"
PURPOSES: Final = (PEOPLE, TECHNOLOGY, OTHER)
AS_PLANNED, AT_THIS_COST, DONE, ORDERED = "as planned", "at this cost", "done", "ordered"
METHODS: Final = {
    AS_PLANNED: "spent + what is left of the plan",
    AT_THIS_COST: "plan ÷ cost performance so far",
    DONE: "spent + ordered, since all is done",
    ORDERED: "spent + ordered, which is more than the plan",
}
K = TypeVar("K", bound=Hashable)


class Line(NamedTuple):
    """One line. planned, committed (ordered and not yet paid), spent: smallest units; hours: hundredths; progress: percent done."""

    key: str
    phase: int | None = None
    unit: str | None = None
    practice: str = ""
    purpose: str = ""
    planned: int = 0
    committed: int = 0
    spent: int = 0
    hours: int = 0
    hours_spent: int = 0
    progress: int | None = None


class Completion(NamedTuple):
    """What something will come to. method: of METHODS, which of the formulas it is.

    earned: EV, and cost: CPI, None without progress or before anything is spent; other: what the other formula would say.
    """

    estimate: int
    method: str
    earned: int | None = None
    cost: Fraction | None = None
    other: int | None = None


def at_completion(planned: int, spent: int, committed: int = 0, progress: int | None = None) -> Completion:
    """The forecast at completion (EAC) of one line, in the unit of what is given.

    progress: percent done, None while nobody says; then what is not spent of the plan is still to be spent. It is never less than what is
    spent and ordered. Raises ValueError for a progress outside 0 to 100.
    """
    if progress is not None and not 0 <= progress <= 100:
        raise ValueError(f"{progress} % done is outside 0 to 100")
    least = spent + committed
    if progress is None:
        found = Completion(spent + max(planned - spent, 0), AS_PLANNED)
    else:
        earned = Fraction(planned * progress, 100)
        rest = _whole(spent + planned - earned)
        cost = earned / spent if spent > 0 and planned > 0 else None
        if progress == 100:
            return Completion(least, DONE, _whole(earned), cost, rest)
        if cost:
            found = Completion(_whole(planned / cost), AT_THIS_COST, _whole(earned), cost, rest)
        else:
            found = Completion(rest, AS_PLANNED, _whole(earned), None)
    return found._replace(estimate=least, method=ORDERED) if least > found.estimate else found


def _whole(value: Fraction | int) -> int:
    """Rounded to a whole unit, half away from nought."""
    doubled = 2 * abs(Fraction(value)) + 1
    rounded = doubled.numerator // (2 * doubled.denominator)
    return rounded if value >= 0 else -rounded


class Sums(NamedTuple):
    """Sums over lines. forecast: the sum of each line's own forecast at completion."""

    lines: int = 0
    planned: int = 0
    committed: int = 0
    spent: int = 0
    forecast: int = 0
    hours: int = 0
    hours_spent: int = 0
    hours_forecast: int = 0

    @property
    def over(self) -> int:
        """By how much the forecast is beyond the plan; below zero when it stays within."""
        return self.forecast - self.planned

    @property
    def used(self) -> float | None:
        """Share of the plan that is spent; None without a plan."""
        return self.spent / self.planned if self.planned else None


def summed(lines: Iterable[Line]) -> Sums:
    """The sums of all lines."""
    whole = Sums()
    for line in lines:
        money = at_completion(line.planned, line.spent, line.committed, line.progress)
        hours = at_completion(line.hours, line.hours_spent, 0, line.progress)
        row = (
            1,
            line.planned,
            line.committed,
            line.spent,
            money.estimate,
            line.hours,
            line.hours_spent,
            hours.estimate,
        )
        whole = Sums._make(have + more for have, more in zip(whole, row, strict=True))
    return whole


def grouped(lines: Sequence[Line], key: Callable[[Line], K]) -> dict[K, Sums]:
    """The sums of each group, in the order in which groups are first met. Each line is in one group, so they add up to the whole."""
    groups: dict[K, list[Line]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    return {name: summed(members) for name, members in groups.items()}


class Split(NamedTuple):
    """What is planned for whom. untold: of lines that do not say."""

    people: int
    technology: int
    other: int
    untold: int

    @property
    def told(self) -> int:
        return self.people + self.technology + self.other

    @property
    def share(self) -> Fraction | None:
        """People's share of all that says what it is for; None while nothing does."""
        return Fraction(self.people, self.told) if self.told > 0 else None

    @property
    def against_technology(self) -> Fraction | None:
        """What is planned for people for each one of technology; None without any."""
        return Fraction(self.people, self.technology) if self.technology > 0 else None


def split(lines: Iterable[Line]) -> Split:
    """The planned money by what it is for."""
    sums = dict.fromkeys((*PURPOSES, ""), 0)
    for line in lines:
        sums[line.purpose if line.purpose in PURPOSES else ""] += line.planned
    return Split(*(sums[purpose] for purpose in (*PURPOSES, "")))
