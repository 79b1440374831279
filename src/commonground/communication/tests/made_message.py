"""Messages made by hand, for the tests about them."""

from typing import Any

from tests.cast import AT, Cast

from commonground.communication.messages import APPROVED, IN_REVIEW, Message
from commonground.communication.writing import begin

BODY = "From Monday you book the visit while the customer is on the phone.\n\nTell us what is missing."


def message(cast: Cast, *, state: str = "draft", words: bool = True, by: str = "carol", **values: Any) -> Message:
    """A message inside to Billing by e-mail, written by Carol; as far as its state says, approved by Alice."""
    given = {"title": "You book the visit", "unit": cast.units["billing"], "channels": ["email"], "sender_kind": "line"}
    row = begin(cast.program, {**given, **values}, by=getattr(cast, by).actor, at=AT)
    if words:
        row.say("English", "Booking visits", BODY, by=getattr(cast, by).actor, at=AT)
    if state in (IN_REVIEW, APPROVED, "out"):
        row.move_to(IN_REVIEW, by=cast.carol.actor, at=AT)
    if state in (APPROVED, "out"):
        row.move_to(APPROVED, by=cast.alice.actor, at=AT)
    if state == "out":
        row.move_to("out", by=cast.carol.actor, at=AT)
    return row
