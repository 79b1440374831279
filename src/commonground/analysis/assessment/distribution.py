"""Shares of answers with intervals, how many answered, and whether those who answered are like those who were asked."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.analysis.intervals import wilson
from commonground.analysis.survival.chi_square import chi_square_above

Whole = NDArray[np.int64]


class Share(NamedTuple):
    """`counted` of `n` people, with an interval of 95 % or the level asked for. All are None where nobody answered."""

    counted: int
    n: int
    share: float | None
    low: float | None
    high: float | None


class Part(NamedTuple):
    """One group among those who answered and among those who were invited. rate: how many of it answered."""

    of_answers: float
    of_invited: float
    rate: float


class Evenness(NamedTuple):
    """Whether groups answered to the same extent: parts in the order given; statistic, df and p of Pearson's chi-square (1900)."""

    parts: tuple[Part, ...]
    statistic: float
    df: int
    p: float


def counts(answers: ArrayLike, options: int) -> Whole:
    """How many gave each of the answers 1 to options; missing ones (NaN) are left out. Raises ValueError for any other answer."""
    given = np.asarray(answers, float).ravel()
    given = given[np.isfinite(given)]
    if ((given != np.round(given)) | (given < 1) | (given > options)).any():
        raise ValueError(f"An answer is not one of 1 to {options}. Correct it before it is counted.")
    return np.bincount(given.astype(np.int64) - 1, minlength=options).astype(np.int64)


def share(counted: int, n: int, invited: int | None = None, level: float = 0.95) -> Share:
    """A share with Wilson's interval. invited: how many could have answered, for the finite-population correction.

    With it the n of the interval becomes n × (invited − 1) ÷ (invited − n) (Cochran, 1977, 2.8): where all answered, there is nothing
    left to estimate. It does not mend that some kinds of people answer less. Raises ValueError when more answered than were invited.
    """
    if invited is not None and n > invited:
        raise ValueError(f"{n} answers of {invited} people invited cannot be. Correct the number invited.")
    if not n:
        return Share(counted, n, None, None, None)
    at = counted / n
    if invited is not None and n == invited:
        return Share(counted, n, at, at, at)
    worth = n if invited is None else n * (invited - 1) / (invited - n)
    low, high = wilson(min(at * worth, worth), worth, level)
    return Share(counted, n, at, float(low), float(high))


def top_box(given: Sequence[int], top: int, invited: int | None = None, level: float = 0.95) -> Share:
    """The share of answers that are `top` or higher. given: how many gave each answer, from 1 up; the rest as `share`."""
    if not 1 <= top <= len(given):
        raise ValueError(f"The top box begins at one of the answers 1 to {len(given)}, not at {top}.")
    return share(int(sum(given[top - 1 :])), int(sum(given)), invited, level)


def response(answered: int, invited: int) -> float | None:
    """Share of the invited who answered; None where nobody was invited. It is a count of all, so it has no interval."""
    if not 0 <= answered <= invited:
        raise ValueError(f"{answered} of {invited} invited cannot have answered. Correct the counts.")
    return answered / invited if invited else None


def evenness(answered: Sequence[int], invited: Sequence[int]) -> Evenness | None:
    """Whether groups whose head count is known answered to the same extent; None with fewer than two groups or where all or none did.

    answered, invited: one of each group. The p is rough where groups are small. A difference says that the whole leans to those who
    answered more: then `shrinkage.weighted` gives each group the weight of its head count.
    """
    pairs = [(a, i) for a, i in zip(answered, invited, strict=True) if i]
    if any(a > i or a < 0 for a, i in pairs):
        raise ValueError("In no group can more people answer than were invited. Correct the counts.")
    all_answered, all_invited = sum(a for a, _ in pairs), sum(i for _, i in pairs)
    if len(pairs) < 2 or all_answered in (0, all_invited):
        return None
    rate = all_answered / all_invited
    statistic = sum((a - i * rate) ** 2 / (i * rate * (1 - rate)) for a, i in pairs)
    parts = tuple(Part(a / all_answered, i / all_invited, a / i) for a, i in pairs)
    return Evenness(parts, statistic, len(pairs) - 1, chi_square_above(statistic, len(pairs) - 1))
