"""How many champions a change needs, by the time that talks take; and what practitioners commonly say (METHODS 3.1).

No study backs a ratio of champions to people: the four published pages that give one disagree. So the number is counted from contact
minutes and hours, and their band stands beside it as what it is, a convention.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil
from typing import Final, NamedTuple

CONVENTION: Final = (10, 50)  # people for one champion: the fewest and the most that practitioners name


class Needed(NamedTuple):
    """champions: how many are needed by hours. minutes: of contact a week in all. fewest, most: what the convention gives."""

    champions: int
    minutes: float
    fewest: int
    most: int


def how_many(groups: Sequence[tuple[int, float]], available_minutes: float) -> Needed:
    """ceil(sum over groups of contact minutes ÷ minutes that one champion has), beside the convention of 1:50 to 1:10.

    groups: people of a group, and minutes a week that each of them takes. available_minutes: that one champion gives a week.
    Raises ValueError for negative numbers and where a champion has no minutes.
    """
    if available_minutes <= 0:
        raise ValueError("A champion without minutes reaches nobody. Say how many minutes a week one gives.")
    if any(people < 0 or minutes < 0 for people, minutes in groups):
        raise ValueError("People and minutes of a group cannot be fewer than none.")
    # exact, since a sum of floats a hair above a whole number would ask for one champion too many
    total = sum((people * _exact(minutes) for people, minutes in groups), Fraction(0))
    everybody = sum(people for people, _ in groups)
    wide, narrow = CONVENTION
    return Needed(
        ceil(total / _exact(available_minutes)), float(total), ceil(everybody / narrow), ceil(everybody / wide)
    )


def room(minutes: float, each: float) -> int:
    """How many people a carrier with so many minutes a week reaches, when each takes so many. Raises ValueError where each takes none."""
    if each <= 0:
        raise ValueError("A person takes more than no time. Say how many minutes a week.")
    return max(0, int(_exact(minutes) / _exact(each)))


def _exact(number: float) -> Fraction:
    """The number as it was written down: 0.1 is a tenth, not the float beside it."""
    return Fraction(str(number))
