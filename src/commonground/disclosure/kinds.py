"""The kinds of results about people, and the fewest people that each may stand for by the rules of the house (GLOSSARY)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SCORES, PACE, OWNERSHIP, COMMENTS = "scores", "pace", "ownership", "comments"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of results. people: the house's threshold; words: what the results are. in_use: its threshold can be raised now. facts: the
    facts tables that hold such results."""

    name: str
    people: int
    words: str
    in_use: bool
    facts: tuple[str, ...] = ()


KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind(PACE, 8, "The pace of behaviours", True, ("behaviours", "forecasts", "pace")),
        Kind(OWNERSHIP, 8, "Shares of ownership and figures of event logs", False),
        Kind(SCORES, 5, "Scores of assessments", False),
        Kind(COMMENTS, 10, "Doubts and comments", False),
    )
}
