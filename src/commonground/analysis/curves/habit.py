"""Two clocks: how soon an action becomes a habit of one person, and how long an organization takes. Both are right: habits are fast.

One person: Lally, van Jaarsveld, Potts & Wardle, 2010, Eur. J. Soc. Psychol. 40:998–1009: 62 of 82 volunteers could be fitted, 39 of them
well; 95 % of the end was reached in 18 to 254 days, one missed day did not matter. Singh et al., 2024, Healthcare 12:2488: medians of 59
to 66 days in 20 studies. Organization: two to four years for a well-defined programme (Fixsen and others at NIRN); the lognormal clock
with a median of 30 months and a spread of .35 is this project's choice, to be updated by data.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from commonground.analysis.intervals import Numbers, normal_quantile, normal_share_below


def automaticity(days: ArrayLike, start: float, end: float, speed: float) -> Numbers:
    """How much by itself an action comes after so many days of doing it daily: end − (end − start) e^(−speed × days)."""
    grown: Numbers = end - (end - start) * np.exp(-speed * np.asarray(days, float))
    return grown


def days_to_habit(speed: float) -> float:
    """Days until 95 % of the way from nothing to the end is gone: ln 20 ÷ speed. Raises ValueError for a speed of 0 or less."""
    if speed <= 0:
        raise ValueError("A habit that does not grow is never there: the speed is above 0.")
    return math.log(20) / speed


def speed_of(days: float) -> float:
    """The speed a day with which 95 % is reached after so many days. Raises ValueError for 0 days or fewer."""
    if days <= 0:
        raise ValueError("A habit takes some days: give more than 0.")
    return math.log(20) / days


def weeks_for(repetitions: float, a_week: float) -> float:
    """Weeks until something that comes up so often a week was done so many times.

    That repetitions count and not days is this project's own reading of the studies, to be told wherever it is shown.
    Raises ValueError where it never comes up.
    """
    if a_week <= 0:
        raise ValueError("What never comes up is never repeated: give how often a week.")
    return repetitions / a_week


@dataclass(frozen=True, slots=True)
class Clock:
    """Months until a new behaviour has replaced the old in an organization: lognormal, with a median and a spread on the log scale."""

    median: float = 30.0
    spread: float = 0.35

    def __post_init__(self) -> None:
        if not (self.median > 0 and self.spread > 0):
            raise ValueError("A clock has a median and a spread above 0.")

    def chance_by(self, months: ArrayLike) -> Numbers:
        """The chance that it is done within so many months."""
        months = np.asarray(months, float)
        with np.errstate(divide="ignore"):
            return normal_share_below(np.log(np.maximum(months, 0) / self.median) / self.spread)

    def months_at(self, chance: float) -> float:
        """Within how many months it is done with this chance (0 to 1, both excluded)."""
        return self.median * math.exp(self.spread * normal_quantile(chance))


ORGANIZATION = Clock()
