"""The states of a finding and what leads from one to the next, in one table."""

from typing import Final

OPEN, ASSIGNED, DISMISSED, ENDED, REOPENED = "open", "assigned", "dismissed", "ended", "reopened"
LABELS: Final = {
    OPEN: "open",
    ASSIGNED: "assigned",
    DISMISSED: "dismissed until a day",
    ENDED: "ended",
    REOPENED: "open again",
}
LIVE: Final = (OPEN, ASSIGNED, REOPENED)  # what asks for somebody

# what happens → from which states → to which
TRANSITIONS: Final = {
    "assign": ((OPEN, REOPENED, ASSIGNED), ASSIGNED),
    "dismiss": ((OPEN, REOPENED, ASSIGNED), DISMISSED),
    "reopen": ((DISMISSED,), REOPENED),
    "expire": ((DISMISSED,), REOPENED),
    "end": ((OPEN, REOPENED, ASSIGNED, DISMISSED), ENDED),
    "come_back": ((ENDED,), REOPENED),
}


class NotNowError(ValueError):
    """Something that cannot be done with a finding in its state. The message is a sentence with the state and the remedy."""


def after(state: str, happens: str) -> str:
    """The state that follows. Raises NotNowError when this cannot happen in this state."""
    starts, follows = TRANSITIONS[happens]
    if state not in starts:
        allowed = " or ".join(f"“{LABELS[start]}”" for start in starts)
        raise NotNowError(
            f"This finding is “{LABELS[state]}”: to {happens.replace('_', ' ')} it, it has to be {allowed}. Look at it again first."
        )
    return follows
