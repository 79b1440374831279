"""How effect sizes of the literature read."""

import math

from commonground.analysis.intervals import normal_share_below


def superiority(d: float) -> float:
    """How likely somebody of the one group is above somebody of the other, for a standardised difference d: Φ(d/√2).

    The “probability of success” of Stajkovic & Luthans (2003, Pers. Psych. 56:155-194); McGraw & Wong (1992) call it the common language
    effect size. 0.5 for no difference.
    """
    return float(normal_share_below(d / math.sqrt(2)))
