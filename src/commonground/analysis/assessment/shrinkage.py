"""Means of small groups drawn towards the whole as far as their size leaves them unsure, and a whole weighted by head counts.

A shrunken mean of a group that must not be shown still tells of it: the threshold comes first (METHODS 7.3).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]


def trust(between: float, within: float, n: ArrayLike) -> Numbers:
    """How far a group's own mean counts: between ÷ (between + within ÷ n), 0 to 1 (Gelman & Hill, 2007, 12.2).

    between: variance of the groups' true means; within: variance of people inside a group; n: people of the group, or of each. Where
    nothing varies at all, the own mean counts whole. Raises ValueError for a negative variance or an empty group.
    """
    n = np.asarray(n, float)
    if between < 0 or within < 0 or (n < 1).any():
        raise ValueError("Variances are 0 or more, and a group has at least one person. Correct the numbers.")
    if not within:
        return np.ones_like(n)
    share: Numbers = between / (between + within / n)
    return share


def shrunken(means: ArrayLike, n: ArrayLike, between: float, within: float, towards: float | None = None) -> Numbers:
    """Each group's mean drawn towards the whole: trust × own + (1 − trust) × whole. towards: the whole's mean; else that of all people.

    means, n: mean and people of each group. Drawn means stay between the own and the whole, and keep the order of equal sizes.
    """
    own, people = np.asarray(means, float), np.asarray(n, float)
    middle = float((own * people).sum() / people.sum()) if towards is None else towards
    own_part = trust(between, within, people)
    drawn: Numbers = own_part * own + (1 - own_part) * middle
    return drawn


def weighted(values: Sequence[float], people: Sequence[float]) -> float:
    """The whole's value when each group counts by its head count, not by how many of it answered (post-stratification).

    Raises ValueError when lengths differ, a count is negative or all are 0.
    """
    weight = np.asarray(people, float)
    if len(values) != len(weight) or (weight < 0).any() or not weight.sum():
        raise ValueError("Give each group a value and a head count; not all of them 0.")
    return float(np.asarray(values, float) @ weight / weight.sum())
