"""The states of a message and the one table of how it may go from one to another.

The only moment that nobody can know lies between the final dot of a message and the server's answer to it. Whoever dies there leaves
a message in `handing`; found later, it becomes `uncertain` and is never sent again by itself: somebody says whether it arrived.
"""

from collections.abc import Mapping
from typing import Final

WAITING: Final = "waiting"
SENDING: Final = "sending"
HANDING: Final = "handing"
SENT: Final = "sent"
UNCERTAIN: Final = "uncertain"
REFUSED: Final = "refused"
FAILED: Final = "failed"
KEPT: Final = "kept"

LABELS: Final[Mapping[str, str]] = {
    UNCERTAIN: "Uncertain",
    FAILED: "Given up",
    REFUSED: "Refused",
    WAITING: "Waiting",
    SENDING: "Being sent",
    HANDING: "Being handed over",
    KEPT: "Kept back",
    SENT: "Sent",
}
NEXT: Final[Mapping[str, frozenset[str]]] = {
    WAITING: frozenset({SENDING, KEPT}),
    SENDING: frozenset({HANDING, WAITING, REFUSED, FAILED, KEPT}),  # nothing has been handed over yet
    HANDING: frozenset({SENT, WAITING, REFUSED, FAILED, UNCERTAIN}),  # the final dot is said; only an answer tells
    UNCERTAIN: frozenset({SENT, WAITING}),  # a person says it arrived, or asks to send it again
    REFUSED: frozenset({WAITING, KEPT}),
    FAILED: frozenset({WAITING, KEPT}),
    KEPT: frozenset({WAITING}),
    SENT: frozenset(),
}
OPEN: Final = frozenset({WAITING, SENDING, HANDING})
NEEDS_SOMEBODY: Final = frozenset({UNCERTAIN, FAILED, REFUSED})
OVER: Final = frozenset({SENT, KEPT, REFUSED, FAILED})


def may_become(before: str, after: str) -> bool:
    """Whether a message goes from one state to the other."""
    return after in NEXT[before]
