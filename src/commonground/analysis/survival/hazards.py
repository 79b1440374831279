"""Chances period by period: of those still waiting at the beginning of a period, the share to whom the event happens in it."""

import numpy as np
from numpy.typing import ArrayLike

from commonground.analysis.survival.steps import Numbers


def share_waiting(hazards: ArrayLike) -> Numbers:
    """The share still waiting after each period, the product of 1 − h (Singer & Willett, 1993, J. Educ. Statist. 18:155–195).

    hazards: 0 to 1, the last axis being time. Raises ValueError for one outside.
    """
    h = _within(hazards, closed=True)
    waiting: Numbers = np.multiply.accumulate(1 - h, axis=-1)
    return waiting


def logit(share: ArrayLike) -> Numbers:
    """ln(h ÷ (1 − h)): the scale of proportional odds. Raises ValueError outside 0 to 1, both excluded."""
    h = _within(share)
    scaled: Numbers = np.log(h) - np.log1p(-h)
    return scaled


def cloglog(share: ArrayLike) -> Numbers:
    """ln(−ln(1 − h)): the scale on which hazards are proportional though time is told in periods (Prentice & Gloeckler, 1978).

    Raises ValueError outside 0 to 1, both excluded.
    """
    scaled: Numbers = np.log(-np.log1p(-_within(share)))
    return scaled


def from_cloglog(scaled: ArrayLike) -> Numbers:
    """The share that `cloglog` answers this for."""
    share: Numbers = -np.expm1(-np.exp(np.asarray(scaled, float)))
    return share


def hazards_of(happened: ArrayLike, at_risk: ArrayLike) -> Numbers:
    """Events ÷ people at risk in each period; NaN where nobody is. Raises ValueError where there are more events than people."""
    d, n = np.asarray(happened, float), np.asarray(at_risk, float)
    if not ((d >= 0) & (d <= n)).all():
        raise ValueError("In a period, no more people can come to an event than were waiting for it.")
    return np.where(n > 0, d / np.where(n > 0, n, 1), np.nan)


def _within(share: ArrayLike, *, closed: bool = False) -> Numbers:
    h = np.asarray(share, float)
    if not (((h >= 0) & (h <= 1)) if closed else ((h > 0) & (h < 1))).all():
        raise ValueError("A hazard is a share between 0 and 1.")
    return h
