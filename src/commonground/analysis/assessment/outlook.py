"""The outlook of a project from five ratings: how often it is reviewed, by whom it is done, who stands behind it, what it asks.

The formula was published (Sirkin, Keenan & Jackson, HBR, October 2005) and rests on a consultancy's own cases; no independent confirmation
is known. An optional calculator: it decides nothing, and no page shows it in this version; METHODS 1.1 is checked on it.
"""

from enum import StrEnum
from typing import Final, NamedTuple

LEAST, MOST = 1, 4
GOOD_UNTIL: Final = 14
UNSURE_UNTIL: Final = 17


class Zone(StrEnum):
    GOOD = "likely to hold"
    UNSURE = "watch"
    POOR = "unlikely to hold"


class Outlook(NamedTuple):
    """score: 7 (best) to 28. Both ends, 14 and 17, belong to the better zone."""

    score: int
    zone: Zone


def review_rating(months: float) -> int:
    """1 to 4 for the months between reviews: under 2, up to 4, up to 8, above."""
    if months < 0:
        raise ValueError(f"{months} months between reviews cannot be. Give 0 or more.")
    return 1 if months < 2 else 2 if months <= 4 else 3 if months <= 8 else 4


def effort_rating(extra_share: float) -> int:
    """1 to 4 for the work that it adds to the people's own: under 10 %, up to 20 %, up to 40 %, above. extra_share: .1 is 10 %."""
    if extra_share < 0:
        raise ValueError("The added work is a share of 0 or more, as .1 for 10 %.")
    return 1 if extra_share < 0.1 else 2 if extra_share <= 0.2 else 3 if extra_share <= 0.4 else 4


def outlook(*, reviews: int, team: int, leaders: int, concerned: int, effort: int) -> Outlook:
    """reviews + 2 × team + 2 × leaders + concerned + effort, each rated 1 (best) to 4.

    team: how able those are who do it; leaders: how plainly leaders stand behind it; concerned: how glad those are who must work so.
    Raises ValueError for a rating outside 1 to 4.
    """
    rated = {"reviews": reviews, "team": team, "leaders": leaders, "concerned": concerned, "effort": effort}
    for name, rating in rated.items():
        if not LEAST <= rating <= MOST:
            raise ValueError(f"{name} is rated {rating}; ratings go from {LEAST} to {MOST}.")
    score = reviews + 2 * team + 2 * leaders + concerned + effort
    return Outlook(score, Zone.GOOD if score <= GOOD_UNTIL else Zone.UNSURE if score <= UNSURE_UNTIL else Zone.POOR)
