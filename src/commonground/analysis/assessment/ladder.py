"""Five steps that rest upon one another, and where a group is held up. Read for groups, never for one person.

By means, as METHODS 1.1 has it, whose profiles are checked on it. Published tables tell it by top boxes instead: the first step that fewer
than half have reached (`assessments/results.py`), since a mean is not told of every group.
"""

from collections.abc import Sequence
from typing import Final

STEPS: Final = ("know", "want", "know how", "can", "keep")
LOW: Final = 3.0  # METHODS 1.1: at most 3 of 5; the limit is a convention that could not be confirmed


def holds_at(scores: Sequence[float | None], low: float = LOW) -> int | None:
    """The place of the first step whose score is at most `low`, None where every step is above it.

    scores: one of each step, in order, on 1 to 5. A step without a score tells nothing, so neither do those after it: then ValueError,
    unless an earlier one holds.
    """
    for place, score in enumerate(scores):
        if score is None or score != score:  # noqa: PLR0124 - NaN alone differs from itself
            raise ValueError(f"Step {place + 1} has no score, so it is not known where the ladder holds. Ask it too.")
        if score <= low:
            return place
    return None
