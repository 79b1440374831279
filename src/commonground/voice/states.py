"""The states of a voice and the steps between them, in one table: pages, verbs, guidelines and the docs read it.

Everything that is raised is completed or answered, where all can see it or where its author can. A step that was a slip has a step back.
"""

from dataclasses import dataclass
from typing import Final

from commonground.programs.register import CannotError

IDEA, QUESTION, DOUBT, FEAR, RISK = "idea", "question", "doubt", "fear", "risk"
KINDS: Final = {
    IDEA: "an idea",
    QUESTION: "a question",
    DOUBT: "a doubt",
    FEAR: "a fear",
    RISK: "a risk of friction",
}
MANY: Final = {
    IDEA: "ideas",
    QUESTION: "questions",
    DOUBT: "doubts",
    FEAR: "fears",
    RISK: "risks of friction",
}
KIND_HINTS: Final = {
    IDEA: "how it could be done better",
    QUESTION: "what you would like to know",
    DOUBT: "what you do not believe yet",
    FEAR: "what worries you; no fear is wrong",
    RISK: "where people or units may come to stand in each other’s way",
}
HEARD: Final = (DOUBT, FEAR, QUESTION)  # what waits for an answer rather than for work

OPEN, ASSIGNED, ACCEPTED, ANSWERED, COMPLETED, CLOSED = (
    "open",
    "assigned",
    "accepted",
    "answered",
    "completed",
    "closed",
)
LABELS: Final = {
    OPEN: "waits",
    ASSIGNED: "with somebody",
    ACCEPTED: "being done",
    ANSWERED: "answered",
    COMPLETED: "done",
    CLOSED: "closed",
}
WAITING: Final = (OPEN, ASSIGNED)
LIVE: Final = (OPEN, ASSIGNED, ACCEPTED)
PUBLIC: Final = (*WAITING, ACCEPTED, ANSWERED, COMPLETED)  # of what is published, what all may read
SETTLED: Final = (ANSWERED, COMPLETED, CLOSED)


class NotNowError(CannotError):
    """A step that cannot be taken now. The message is a sentence with the state and the remedy."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. starts: the states it leads from; verb: as journaled; label: of its button; kinds: for which voices, empty for all.

    owned: True where it needs an owner, False where there must be none, None where that does not matter. needs: what else, in words.
    """

    name: str
    starts: tuple[str, ...]
    end: str
    verb: str
    label: str
    kinds: tuple[str, ...] = ()
    owned: bool | None = None
    needs: str = ""


STEPS: Final = (
    Step("give", (OPEN, ASSIGNED), ASSIGNED, "gave a voice to somebody", "Give it to somebody", needs="an owner"),
    Step("give", (ACCEPTED,), ACCEPTED, "gave an idea to somebody", "Give it to somebody", needs="an owner"),
    Step("hand_back", (ASSIGNED,), OPEN, "handed a voice back", "Hand it back", owned=True),
    Step("answer", (OPEN, ASSIGNED, ACCEPTED, ANSWERED), ANSWERED, "answered a voice", "Answer", needs="the answer"),
    Step("accept", (OPEN, ASSIGNED, ANSWERED), ACCEPTED, "accepted an idea", "Accept the idea", (IDEA,)),
    Step("complete", (ACCEPTED,), COMPLETED, "said what came of an idea", "Say what came of it", (IDEA,), needs="what came of it"),
    Step("close", (OPEN, ASSIGNED), CLOSED, "set a voice aside", "Set it aside", needs="a reason that its author can read"),
    Step("reopen", (ACCEPTED, ANSWERED, COMPLETED, CLOSED), ASSIGNED, "opened a voice again", "Open it again", owned=True),
    Step("reopen", (ACCEPTED, ANSWERED, COMPLETED, CLOSED), OPEN, "opened a voice again", "Open it again", owned=False),
    Step(
        "withdraw",
        (OPEN, ASSIGNED, ACCEPTED, ANSWERED, COMPLETED, CLOSED),
        CLOSED,
        "took a voice back",
        "Take your words back",
        needs="the author alone can; the words are erased for good",
    ),
)  # fmt: skip


def steps_from(state: str, kind: str, *, owned: bool) -> tuple[Step, ...]:
    """The steps that can be taken from a state."""
    return tuple(
        step
        for step in STEPS
        if state in step.starts and (not step.kinds or kind in step.kinds) and step.owned in {None, owned}
    )


def after(state: str, name: str, kind: str, *, owned: bool) -> Step:
    """The step of this name from a state. Raises NotNowError when it cannot be taken there."""
    found = next((step for step in steps_from(state, kind, owned=owned) if step.name == name), None)
    if found is not None:
        return found
    known = [step for step in STEPS if step.name == name]
    kinds = {kind for step in known for kind in step.kinds}
    if kinds and kind not in kinds:
        raise NotNowError(
            f"This is {KINDS[kind]}; “{known[0].label}” is for {' or '.join(KINDS[one] for one in kinds)}."
        )
    allowed = dict.fromkeys(start for step in known if step.owned in {None, owned} for start in step.starts)
    where = " or ".join(f"“{LABELS[start]}”" for start in allowed) or "with somebody"
    raise NotNowError(
        f"This voice is “{LABELS[state]}”: for “{known[0].label}” it has to be {where}. Look at it again first."
    )
