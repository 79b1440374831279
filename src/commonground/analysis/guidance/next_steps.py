"""What to begin with: the order of things that are missing, by harm, reach, likely effect on the pace and effort, with its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Final, NamedTuple

from commonground.analysis.guidance.likely import BANDS, WORDS

SEVERITIES: Final = ("note", "warn", "error")
SAID: Final = {"error": "to act on now", "warn": "to watch", "note": "to know"}
STEPS: Final = (20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
"""Reach is said as “more than” one of these; fewer people than the first are never said."""
AT_MOST: Final = 2


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each thing counts, 0 or more. severity: for each step of it; reach: from nobody to `many`; behind: for a unit that is
    behind its plan; effect: from the lowest band to the highest; effort: from `long` hours to none.

    By default harm comes before all else, since the others together weigh less than one step of it.
    """

    severity: float = 4.0
    reach: float = 1.5
    behind: float = 0.5
    effect: float = 1.0
    effort: float = 0.5
    many: float = 10_000.0
    long: float = 40.0

    def __post_init__(self) -> None:
        if min(self.severity, self.reach, self.behind, self.effect, self.effort) < 0 or min(self.many, self.long) <= 0:
            raise ValueError("Weights are 0 or more, and many people and a long time more than 0.")


class Candidate(NamedTuple):
    """Something that is missing. practice: of which at most two stand first; reach: people it touches, for the order alone; behind:
    whether its unit is behind plan; effect: one of BANDS; hours: of work to try what helps, None where nobody says; since: its age."""

    key: int
    practice: str
    severity: str
    reach: int = 0
    behind: bool = False
    effect: str = BANDS[0]
    hours: float | None = None
    since: date = date.max


class Placed(NamedTuple):
    """A candidate in its place (from 1), and why it stands there."""

    place: int
    candidate: Candidate
    why: tuple[str, ...]


def weight_of(one: Candidate, weights: Weights) -> float:
    """By which candidates are put in order; it is shown nowhere. A longer or unknown effort counts as nothing gained."""
    reach = min(1.0, log(1 + max(one.reach, 0)) / log(1 + weights.many))
    quick = 0.0 if one.hours is None else max(0.0, 1 - one.hours / weights.long)
    return (
        weights.severity * SEVERITIES.index(one.severity)
        + weights.reach * reach
        + weights.behind * one.behind
        + weights.effect * BANDS.index(one.effect) / (len(BANDS) - 1)
        + weights.effort * quick
    )


def next_steps(
    candidates: Sequence[Candidate], *, many: int, weights: Weights | None = None, of_one: int = AT_MOST
) -> tuple[Placed, ...]:
    """The first `many` candidates in the order in which to begin; at most `of_one` of a practice. The older first among equals.

    Raises ValueError for a severity or band that is not known.
    """
    held = weights or Weights()
    order = sorted(candidates, key=lambda one: (-weight_of(one, held), one.since, one.key))
    taken: dict[str, int] = {}
    found: list[Placed] = []
    for one in order:
        if len(found) < many and taken.get(one.practice, 0) < of_one:
            taken[one.practice] = taken.get(one.practice, 0) + 1
            found.append(Placed(len(found) + 1, one, reasons(one)))
    return tuple(found)


def reasons(one: Candidate) -> tuple[str, ...]:
    """Why it stands where it does, in words: harm, reach in round numbers, pace, likely effect, effort; what is not known is left out."""
    return tuple(
        words
        for words in (
            SAID[one.severity],
            _reach(one.reach),
            "its unit is behind on pace" if one.behind else "",
            WORDS[one.effect] if one.effect != BANDS[0] else "",
            said_hours(one.hours),
        )
        if words
    )


def _reach(people: int) -> str:
    below = [step for step in STEPS if step < people]
    return f"touches more than {below[-1]:,} people" if below else ""


def said_hours(hours: float | None) -> str:
    """Hours of work as people say them; empty for None."""
    if hours is None:
        return ""
    if hours < 1:
        return "less than an hour"
    return "about an hour" if hours < 1.5 else f"about {hours:.0f} hours"
