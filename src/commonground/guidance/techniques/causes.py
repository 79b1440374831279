"""Methods for dealing with resistance by its cause, after Kotter & Schlesinger 1979. Asked of a group, never inferred. Pure."""

from dataclasses import dataclass
from typing import Final

from commonground.guidance.techniques.technique import CAUSES


@dataclass(frozen=True, slots=True)
class Cause:
    """What can stand behind a no. heard: how it sounds. answer: what follows. first: keys of techniques, best first. avoid: in words."""

    key: str
    heard: str
    answer: str
    first: tuple[str, ...]
    avoid: str

    @property
    def words(self) -> str:
        return CAUSES[self.key]


_ALL: Final = (
    Cause(
        "not_understood",
        "“Why now?” “I heard that half of us will go.”",
        "Explain, and listen for what they have heard instead.",
        ("education", "line-story", "realistic-preview", "question-log"),
        "more of the same mail",
    ),
    Cause(
        "sees_more",
        "“That cannot work in a storm night.”",
        "They may be right. Let them put it in before it is decided.",
        ("participation", "co-design", "listening-session"),
        "an answer to every point on the spot",
    ),
    Cause(
        "influence",
        "“Nothing moves here unless the dispatch leads want it.”",
        "Win those first whom it cannot succeed without, in person, with a part that is theirs.",
        ("participation", "one-to-ones", "two-key-leadership"),
        "going round them",
    ),
    Cause(
        "hard_to_do",
        "“I am too old for this.” “With gloves on?”",
        "Help, time and practice, until it is no longer hard.",
        ("support", "own-cases", "graded-tasks", "floor-walkers"),
        "telling them that it is easy",
    ),
    Cause(
        "clear_loss",
        "“So what will I be for, then?”",
        "Name what is lost, look for something in return, and agree on it openly.",
        ("loss-ledger", "negotiation", "new-role", "bridges"),
        "explaining the advantages once more",
    ),
    Cause(
        "let_down",
        "“We have seen three of these come and go.”",
        "Say what was not kept. Then promise little, and keep it.",
        ("small-promises", "fair-process", "listening-session"),
        "a big launch",
    ),
    Cause(
        "no_room",
        "“When should I do that?”",
        "Make room: fewer things, fewer steps, the obstacle gone.",
        ("remove-obstacle", "capacity-relief", "sequence-changes", "easier-new-path"),
        "another course",
    ),
)
BY_CAUSE: Final[dict[str, Cause]] = {one.key: one for one in _ALL}
# The last two ways of the article. They are named, so that nobody wonders, and no more than that.
NOT_PROPOSED: Final = (
    ("Manipulation and co-optation", "Seats without a say, facts left out. It is quick, until people notice that they were managed."),
    ("Coercion", "Threats, open or silent. It leaves people angry, and the pace falls when nobody watches."),
)  # fmt: skip
