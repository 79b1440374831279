"""The kinds of results about people, and the fewest people that each may stand for by the rules of the house (GLOSSARY)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from commonground.access.policy import VERBS
from commonground.access.roles import LABELS

SCORES, PACE, OWNERSHIP, COMMENTS = "scores", "pace", "ownership", "comments"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of results. people: the house's threshold; words: what the results are. in_use: its threshold can be raised now. facts: the
    facts tables that hold such results. verbs: who is allowed one of them may read such results."""

    name: str
    people: int
    words: str
    in_use: bool
    facts: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()

    @property
    def readers(self) -> tuple[str, ...]:
        """The roles that may read results of the kind, as the policy stands: to whom they are released."""
        return tuple(label for role, label in LABELS.items() if any(role in VERBS[verb] for verb in self.verbs))


KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind(
            PACE, 8, "The pace of behaviours", True, ("behaviours", "forecasts", "pace"), ("pace.view", "benefits.view")
        ),
        Kind(
            OWNERSHIP,
            8,
            "Shares of ownership and figures of event logs",
            False,
            (),
            ("ownership.view", "workflows.view"),
        ),
        Kind(SCORES, 5, "Scores of assessments", False, (), ("assessments.view",)),
        Kind(COMMENTS, 10, "Doubts and comments", False, (), ("voices.view", "voices.work")),
    )
}
