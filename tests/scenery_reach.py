"""What stands on the stage of `scenery.py` for reach: a segment, a contact, an export that waits, a message to customers."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from commonground.communication.contacts import Contact, recount
from commonground.communication.messages import Message
from commonground.communication.segments import Segment
from commonground.intake.contact_uploads import bring
from tests.cast import AT, Cast


def reach(at: Any, cast: Cast) -> None:
    """Customers of one segment, and what is said to them."""
    program = cast.program
    segment = Segment.objects.create(program=program, key="firms", name="Small firms")
    contact = Contact(program=program, segment=segment, ref="C1", name="Bakery", fax="040556100")
    contact.settle()
    contact.save()
    recount(program)
    message = Message.objects.create(
        program=program, key="R1", title="Your number changes", side="customers", channels=["email"]
    )
    file = SimpleUploadedFile("contacts.csv", b"id,segment,fax\nC2,firms,040556200\n")
    waiting = bring(program, file, by=cast.alice.actor, at=AT)
    at("communication:edit-segment remove-segment", pk=segment.pk)
    at("communication:put-back-segment", entry=1)
    at("communication:contact erase-contact", pk=contact.pk)
    at("communication:plan-channels", pk=message.pk)
    at("communication:undo-contacts", pk=waiting.pk)
    at("intake:contact-file contact-columns take-contacts set-aside-contacts", pk=waiting.pk)
