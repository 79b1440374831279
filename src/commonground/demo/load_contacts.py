"""Puts Northlight's segments, contacts and prices of channels into the database."""

from decimal import Decimal

from commonground.communication.contacts import Contact, recount
from commonground.communication.prices import ReachTerms
from commonground.communication.segments import Segment
from commonground.demo.contacts import KINDS, PRICES, contacts
from commonground.demo.story import SLUG
from commonground.programs.models import Program


def load_contacts(program: Program) -> None:
    """Writes the customers of Northlight; the other program has none."""
    if program.slug != SLUG:
        return
    made = {
        one.key: Segment.objects.create(program=program, key=one.key, name=one.name, words=one.words, order=place)
        for place, one in enumerate(KINDS, 1)
    }
    ReachTerms.objects.create(program=program, currency="EUR", prices=PRICES, want=Decimal("0.995"))
    rows = []
    for one in contacts():
        row = Contact(
            program=program,
            segment=made[one.kind.key],
            ref=one.ref,
            name=one.name,
            language=one.language,
            refused=one.refused,
            bounced_once=one.bounced,
            bounced=one.bounced,
            **one.cells,
        )
        row.settle()
        rows.append(row)
    Contact.objects.bulk_create(rows, batch_size=2000)
    recount(program)
