"""The kinds of results about people, and the fewest people that each may stand for by the rules of the house (GLOSSARY)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from commonground.access.policy import VERBS
from commonground.access.roles import LABELS

SCORES, PACE, OWNERSHIP, COMMENTS = "scores", "pace", "ownership", "comments"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of results. people: the house's threshold; words: what the results are. raised: what becomes of earlier results when the
    threshold is raised, a sentence; empty where it cannot be. facts: the facts tables that hold such results. verbs: who is allowed one of
    them may read such results."""

    name: str
    people: int
    words: str
    raised: str = ""
    facts: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()

    @property
    def may_rise(self) -> bool:
        """Whether its threshold can be raised."""
        return bool(self.raised)

    @property
    def readers(self) -> tuple[str, ...]:
        """The roles that may read results of the kind, as the policy stands: to whom they are released."""
        return tuple(label for role, label in LABELS.items() if any(role in VERBS[verb] for verb in self.verbs))


KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind(
            PACE,
            8,
            "The pace of behaviours",
            "Figures made before are measured anew before they are shown again.",
            ("behaviours", "forecasts", "pace"),
            ("pace.view", "benefits.view"),
        ),
        Kind(
            OWNERSHIP,
            8,
            "Shares of ownership and figures of event logs",
            verbs=("ownership.view", "workflows.view"),
        ),
        Kind(
            SCORES,
            5,
            "Scores of assessments",
            "Rounds that were opened before keep the threshold with which they opened.",
            verbs=("assessments.view",),
        ),
        Kind(
            COMMENTS,
            10,
            "Doubts and comments",
            "From now on all voices are told by units of so many people, earlier ones too.",
            ("voices", "perceptions"),
            ("voices.view", "voices.work"),
        ),
    )
}
