"""The ladder of discouraging an old way, as one table: what surrounds it first, a formal step last. Pages and rules read it here."""

from collections.abc import Collection
from typing import Final, NamedTuple

UNREWARDED, EASIER, NORM, PRIVATE, FORMAL = "unrewarded", "easier", "norm", "private", "formal"
ENVIRONMENT: Final = (UNREWARDED, EASIER, NORM)


class Rung(NamedTuple):
    """One rung. before: of these at least one was done first; none: it can be the first."""

    key: str
    name: str
    how: str
    before: tuple[str, ...] = ()


RUNGS: Final = (
    Rung(UNREWARDED, "Take away what rewards the old way", "A figure, a bonus, a thank-you or saved time that the old way still brings."),
    Rung(EASIER, "Make the new way easier, the old one harder", "Fewer steps to the new way, more to the old; the new one by default."),
    Rung(NORM, "Say how many do it already, and that it is good", "A true share of a group, always with the approval beside it."),
    Rung(PRIVATE, "A private word", "Between two people. What is said is never written down.", ENVIRONMENT),
    Rung(FORMAL, "A formal step",
        "By a person, about a practice of a unit, by a fair process, with something that helps beside it.", ENVIRONMENT),
)  # fmt: skip

FAIR: Final = {
    "consistent": "The same would be asked of any other unit",
    "unbiased": "Whoever decides gains nothing by it",
    "accurate": "What it rests on was looked up and is right",
    "correctable": "It can be put right, and it is said how",
    "representative": "Those whom it concerns were heard first",
    "ethical": "It is decent, also in the eyes of those concerned",
    "explained": "The reasons were given, candidly",
    "in_time": "It was said early enough to do something about it",
    "respectful": "It was said with respect",
}
"""Fair process: the six rules of Leventhal (1980), then how it is told (Bies & Moag, 1986); METHODS appendix A."""


def may_step(rung: str, done: Collection[str]) -> bool:
    """Whether a rung may be stepped on. done: keys of rungs that were done before. Raises KeyError for a rung that does not exist."""
    one = {row.key: row for row in RUNGS}[rung]
    return not one.before or any(key in done for key in one.before)


def missing(tried: Collection[str], *, paired: bool, fair: Collection[str], appeal: bool) -> tuple[str, ...]:
    """What keeps a formal step from being taken, as phrases that can follow “still missing:”; empty where it may be taken.

    tried: kinds of what was done before in the surroundings. paired: something that helps goes on beside it. fair: keys of FAIR that
    hold. appeal: it is said to whom one can turn against it.
    """
    lacks = [] if may_step(FORMAL, tried) else ["something that was first changed around the old way"]
    lacks += [] if paired else ["something that helps the new way, beside it"]
    lacks += [f"“{words.lower()}”" for key, words in FAIR.items() if key not in fair]
    return (*lacks, *([] if appeal else ["to whom one can turn against it"]))
