"""Messages: who hears what from whom, when and on which channel, inside and outside."""

from datetime import date
from typing import Final, NamedTuple

SIDES: Final = ("inside", "customers")
SENDER_KINDS: Final = ("line", "sponsor", "team", "customer_lead", "other")
MESSAGE_STATES: Final = ("draft", "in_review", "approved", "out", "done", "dropped")
EVERY_UNIT: Final = "all"


class Message(NamedTuple):
    """One message. audience: attributes as in activities; segments: of customers, none for all of them. unit: whose message it is.

    cut_over: the unit before whose cut-over customers hear it, or “all” for that of the whole program; none in particular if empty.
    """

    id: str
    title: str
    side: str | None = None
    audience: str | None = None
    segments: tuple[str, ...] = ()
    unit: str | None = None
    sender_kind: str | None = None
    sender: str | None = None
    channels: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    state: str | None = None
    about_my_work: bool | None = None
    cut_over: str | None = None
