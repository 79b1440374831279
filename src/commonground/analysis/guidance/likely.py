"""What a technique is likely to do to the pace: what is known of it elsewhere, moved by what was seen here.

A band (a little, some, much) with its reason and never a number to the tenth: what is known beforehand is wide, and changes seen before
and after are weaker than an experiment. Planning values: METHODS 5 (large trials of nudges moved behaviour by 1.4 points, DellaVigna &
Linos, 2022, Econometrica 90:81-116; so 1 to 2 points are planned with, published effects of single studies being larger than what lasts).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Final, NamedTuple

BANDS: Final = ("unknown", "little", "some", "much")
"""From the least to the most; what is not known stands below all."""
WORDS: Final = {
    "unknown": "what it does to the pace is not known",
    "little": "likely to move the pace a little",
    "some": "likely to move the pace somewhat",
    "much": "likely to move the pace much",
}
TEN_TO_NINETY: Final = 2 * 1.2815515655446004  # standard deviations in an 80 % interval


class Here(NamedTuple):
    """A change that was seen here after the technique was used: in points of share, with its standard error."""

    change: float
    error: float


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected before anything was seen, and when a likely change is called how.

    low, high: the 80 % interval of the change that is planned with, in points of share, for the best evidence. discount: evidence grade
    → how much of it is counted on. doubt: by how much a change before and after can be off for reasons of its own (standard deviation,
    points of share). some, much: from which likely change on it is called so.
    """

    low: float = 0.01
    high: float = 0.02
    discount: Mapping[str, float] = field(default_factory=lambda: {"A": 1.0, "B": 0.8, "C": 0.5, "D": 0.2, "ours": 0.5})
    differ: float = 0.02
    doubt: float = 0.05
    enough: int = 3
    some: float = 0.01
    much: float = 0.03

    def __post_init__(self) -> None:
        if not self.low < self.high or min(self.doubt, self.differ) <= 0 or not 0 < self.some < self.much:
            raise ValueError(
                "The low end lies below the high one, doubt and difference above 0, and “some” below “much”."
            )


class Likely(NamedTuple):
    """A band, its reason in words, and the 80 % interval behind it in points of share; n: how many changes were seen here."""

    band: str
    why: str
    low: float
    high: float
    n: int

    @property
    def words(self) -> str:
        return WORDS[self.band]


def likely(grade: str, here: Sequence[Here] = (), expected: Expected | None = None) -> Likely:
    """What a technique of this evidence grade (A to D, “ours” for one's own) is likely to do, after the changes that were seen here.

    The normal prior is weighed with each change by their variances; a change's own doubt is added to its error. Raises ValueError for a
    grade that is not known.
    """
    wanted = expected or Expected()
    if grade not in wanted.discount:
        raise ValueError(f"There is no evidence grade “{grade}”. It is one of {', '.join(sorted(wanted.discount))}.")
    part = wanted.discount[grade]
    mean = part * (wanted.low + wanted.high) / 2
    weight = 1 / ((part * (wanted.high - wanted.low) / TEN_TO_NINETY) ** 2 + wanted.differ**2)
    total = mean * weight
    for one in here:
        own = 1 / (one.error**2 + wanted.doubt**2)
        total, weight = total + own * one.change, weight + own
    mean, reach = total / weight, TEN_TO_NINETY / 2 / sqrt(weight)
    band = "much" if mean >= wanted.much and len(here) >= wanted.enough else "some" if mean >= wanted.some else "little"
    return Likely(band, _why(grade, here), mean - reach, mean + reach, len(here))


def _why(grade: str, here: Sequence[Here]) -> str:
    elsewhere = "nothing known from elsewhere" if grade == "ours" else f"evidence {grade} from elsewhere"
    if not here:
        return f"{elsewhere}; not tried here yet"
    times = "once" if len(here) == 1 else f"{len(here)} times"
    rose = sum(one.change > 0 for one in here)
    return f"{elsewhere}; compared here {times}, after which the new way had risen {rose} of {len(here)}"
