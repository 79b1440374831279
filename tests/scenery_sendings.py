"""What stands on the stage of `scenery.py` for what goes out: lists of an approved message, and what came back."""

from typing import Any

from commonground.communication import addressing, came_back
from commonground.communication.contacts import Contact, recount
from commonground.communication.messages import APPROVED, Message, MessageText
from commonground.communication.segments import Segment
from tests.cast import AT, Cast


def sendings(at: Any, cast: Cast) -> None:
    """A fax list that waits, and one of e-mail that is out."""
    program = cast.program
    segment = Segment.objects.create(program=program, key="farms", name="Farms")
    for ref, cells in (("F1", {"fax": "040556300"}), ("F2", {"email": "f2@mail.example"})):
        contact = Contact(program=program, segment=segment, ref=ref, name="Farm", **cells)
        contact.settle()
        contact.save()
    recount(program)
    message = Message.objects.create(
        program=program, key="S1", title="Irrigation days", side="customers", channels=["email", "fax"], state=APPROVED
    )
    message.segments.add(segment)
    MessageText.objects.create(message=message, language="en", subject="Days", body="Words.")
    waits = addressing.prepare(message, "fax", by=cast.ivan.actor, at=AT)
    out = addressing.prepare(message, "email", by=cast.ivan.actor, at=AT)
    addressing.approve(out, counted=1, by=cast.alice.actor, at=AT)
    addressing.take(out, by=cast.ivan.actor, at=AT)
    said = came_back.say_sent(out, on=AT.date(), by=cast.ivan.actor, at=AT)
    at("communication:outgoing", pk=message.pk)
    at("communication:prepare-sending", pk=message.pk, channel="fax")
    at("communication:sending prepare-sending-anew approve-sending take-back-sending drop-sending", pk=waits.pk)
    at(
        "communication:sample-sending take-sending give-back-sending print-sending stop-printing sending-sent",
        pk=waits.pk,
    )
    at("communication:fetch-sending", pk=out.pk, ending="csv")
    at("communication:came-back take-over-came-back set-aside-came-back undo-came-back", pk=said.pk)
    at("intake:bring-came-back", pk=out.pk)
    at("intake:came-back-columns", pk=said.pk)
