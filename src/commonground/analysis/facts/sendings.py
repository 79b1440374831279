"""What went out to customers, in counts by message and channel, and what came back of it."""

from typing import Final, NamedTuple

LIST_STATES: Final = ("prepared", "approved", "taken", "dropped")
OUTCOMES: Final = (
    "",
    "sent",
    "bounced",
    "refused",
    "answered",
)  # of a contact on a list; the first: nothing came back yet


class Sending(NamedTuple):
    """One message on one channel. counted: contacts to whom it was to go; sent: of whom it is known to be out; bounced: did not arrive."""

    message: str
    channel: str
    counted: int | None = None
    sent: int | None = None
    bounced: int | None = None
