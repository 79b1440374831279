"""Gates between phases: the states a gate can be in and the moves that lead from one to another, as one table. Pure.

The verbs of the database take what the table allows, the pages offer what it allows, and the diagram of the documents is drawn from it.
Gate n stands at the end of phase n: passing gate 1 enters phase 2; passing the last one ends the last phase.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from commonground.analysis.facts.phases import LAST_PHASE, PHASES

OPEN, REVIEW, REFUSED, PASSED, CONDITIONAL, TAKEN_BACK = (
    "open",
    "review",
    "refused",
    "passed",
    "conditional",
    "taken_back",
)
STATES: Final = {
    OPEN: "not asked yet",
    REVIEW: "in review",
    REFUSED: "not yet",
    PASSED: "passed",
    CONDITIONAL: "passed with conditions",
    TAKEN_BACK: "taken back",
}
BEHIND: Final = frozenset({PASSED, CONDITIONAL})  # states in which one has gone through
PREPARES, DECIDES = "gates.change", "gates.decide"  # the verbs of the policy: who prepares, who decides


class Move(NamedTuple):
    """One way from states to another. verb: of the policy, who may do it. reason: whether it needs one. label: of its button."""

    key: str
    before: tuple[str, ...]
    after: str
    verb: str
    reason: bool
    label: str
    words: str


MOVES: Final = (
    Move("ask", (OPEN, REFUSED, TAKEN_BACK), REVIEW, PREPARES, False, "Ask for a decision", "asked for a decision"),
    Move("withdraw", (REVIEW,), OPEN, PREPARES, False, "Withdraw the question", "withdrew the question"),
    Move("refuse", (REVIEW,), REFUSED, DECIDES, True, "Not yet", "decided: not yet"),
    Move("pass", (REVIEW,), PASSED, DECIDES, True, "Go on", "decided: go on"),
    Move(
        "condition", (REVIEW,), CONDITIONAL, DECIDES, True, "Go on, with conditions", "decided: go on, with conditions"
    ),
    Move("fulfil", (CONDITIONAL,), PASSED, PREPARES, False, "All conditions are met", "all conditions are met"),
    Move("reopen", (PASSED,), CONDITIONAL, PREPARES, False, "A condition is open again", "a condition is open again"),
    Move("take_back", (PASSED, CONDITIONAL), TAKEN_BACK, DECIDES, True, "Take it back", "took the decision back"),
)
BY_KEY: Final = {one.key: one for one in MOVES}
DECISIONS: Final = ("refuse", "pass", "condition")


class MoveError(ValueError):
    """A move that the table does not allow. The message names the state and what can be done from it."""


def moves_from(state: str) -> tuple[Move, ...]:
    """What can be done in a state, in the order of the table."""
    return tuple(one for one in MOVES if state in one.before)


def after(state: str, key: str) -> str:
    """The state to which a move leads. Raises MoveError for one that the table does not have from here."""
    move = BY_KEY.get(key)
    if move is None or state not in move.before:
        can = " or ".join(f"“{one.label}”" for one in moves_from(state)) or "nothing"
        what = f"“{move.label}”" if move else f"“{key}”"
        raise MoveError(f"This gate is at “{STATES.get(state, state)}”, so {what} is not possible. Possible is {can}.")
    return move.after


def question(number: int) -> str:
    """What is asked at a gate."""
    if number >= LAST_PHASE:
        return "May we say that it stays, and end the last phase?"
    return f"May we go on to phase {number + 1}, and what says so?"


def leads_to(number: int) -> str:
    """What comes after a gate, in words."""
    return f"phase {number + 1}, {PHASES[number + 1]}" if number < LAST_PHASE else "the end of the program"


def diagram() -> Iterator[str]:
    """The table as lines of a state diagram in Mermaid's words, which most readers of Markdown draw."""
    yield "stateDiagram-v2"
    for key, words in STATES.items():
        yield f'    state "{words}" as {key}'
    yield f"    [*] --> {OPEN}"
    for one in MOVES:
        for state in one.before:
            yield f"    {state} --> {one.after}: {one.label}"
