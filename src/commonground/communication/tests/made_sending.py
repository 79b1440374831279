"""A program with a message to customers and a handful of contacts, for tests of what goes out."""

from dataclasses import dataclass
from decimal import Decimal

from tests.cast import AT, Cast

from commonground.communication.contacts import Contact, recount
from commonground.communication.messages import APPROVED, CUSTOMERS, Message, MessageText
from commonground.communication.prices import set_terms
from commonground.communication.segments import Segment

PRICES = {"email": Decimal("0.01"), "sms": Decimal("0.08"), "letter": Decimal("0.95"), "fax": Decimal("0.12")}
HAVE = {  # ref → what they have, and whether German is their language
    "C-1": ({"email": "anke@baeckerei.example", "fax": "0431 771201"}, "de"),
    "C-2": ({"email": "bo@example.org"}, "en"),
    "C-3": ({"fax": "+49 431 771203"}, "de"),
    "C-4": ({"fax": "0431/771204", "letter": "Holtenauer Straße 118\n24105 Kiel"}, "de"),
    "C-5": ({"letter": "Am Kai 5\n24103 Kiel"}, ""),
    "C-6": ({"phone": "0431 771206"}, "de"),
}


@dataclass
class Scene:
    cast: Cast
    message: Message
    contacts: dict[str, Contact]

    def again(self, ref: str) -> Contact:
        """The contact as it stands now."""
        return Contact.objects.get(pk=self.contacts[ref].pk)


def contact(cast: Cast, segment: Segment, ref: str, cells: dict[str, str], language: str = "") -> Contact:
    row = Contact(program=cast.program, segment=segment, ref=ref, name=f"Firma {ref}", language=language, **cells)
    row.settle()
    row.save()
    recount(cast.program)
    return row


def scene(cast: Cast, channels: tuple[str, ...] = ("email", "fax", "letter")) -> Scene:
    """Six contacts of one segment: two by e-mail, two by fax, one by letter, one whom these channels do not reach."""
    segment = Segment.objects.create(program=cast.program, key="small", name="Small firms")
    contacts = {ref: contact(cast, segment, ref, cells, spoken) for ref, (cells, spoken) in HAVE.items()}
    set_terms(cast.program, currency="EUR", prices=PRICES, want=Decimal("0.95"), by=cast.alice.actor, at=AT)
    message = Message.objects.create(
        program=cast.program,
        key="M-1",
        title="New bills from June",
        side=CUSTOMERS,
        channels=list(channels),
        state=APPROVED,
        written_by=cast.ivan.user,
        approved_by=cast.alice.user,
    )
    message.segments.add(segment)
    MessageText.objects.create(
        message=message, language="en", subject="New bills", body="Dear {name},\n\nthe bill changes."
    )
    MessageText.objects.create(
        message=message, language="de", subject="Neue Rechnungen", body="Guten Tag {name},\n\nneu."
    )
    return Scene(cast, message, contacts)
