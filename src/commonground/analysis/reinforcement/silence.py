"""For how long nobody has heard anything that keeps a new way going: of a behaviour, in a unit or anywhere."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final, NamedTuple

RECOGNITION, FEEDBACK, PROMPT = "recognition", "feedback", "prompt"
KEEPS_GOING: Final = (RECOGNITION, FEEDBACK, PROMPT)
"""What is done again and again. A path that was made easier once keeps helping, but it tells nobody that their work was seen."""

TASK, COUNTS = "task", "counts"
RESTS_ON: Final = (TASK, COUNTS)
QUIET: Final = 6
"""Weeks without a word from which it is told: what REIN-02 begins with, and the pages."""


class Done(NamedTuple):
    """Something that was done. unit: None for everybody; rests_on: how a task was done, or how often."""

    kind: str
    on: date
    unit: str | None = None
    rests_on: str | None = None


def last_heard(rows: Iterable[Done], unit: str | None, above: Callable[[str], Iterable[str]], day: date) -> date | None:
    """The last day up to `day` on which something kept the new way going in a unit; None where nothing did.

    What was done for everybody, in the unit, in one above it or in one below it counts. unit None: anywhere. above: the units above one.
    """
    days = (
        row.on
        for row in rows
        if row.kind in KEEPS_GOING and row.on <= day and (unit is None or _reaches(row.unit, unit, above))
    )
    return max(days, default=None)


def _reaches(where: str | None, unit: str, above: Callable[[str], Iterable[str]]) -> bool:
    return where is None or where == unit or where in above(unit) or unit in above(where)


def weeks_silent(heard: date | None, since: date, day: date) -> int:
    """Whole weeks up to a day without anything, counted from the later of what was heard last and the start of the new way; at least 0."""
    begun = max(since, heard) if heard else since
    return max((day - begun).days // 7, 0)


def by_counts_alone(rows: Iterable[Done], since: date, day: date) -> bool:
    """Whether from `since` to a day something rewarded counts, and nothing spoke of how the task was done.

    Feedback that moves attention from the task to the self lowered performance in over a third of 607 effects (Kluger & DeNisi, 1996).
    """
    lately = [row for row in rows if since <= row.on <= day and row.kind in KEEPS_GOING]
    counts = any(row.rests_on == COUNTS for row in lately)
    return counts and not any(row.rests_on == TASK or row.kind == FEEDBACK for row in lately)
