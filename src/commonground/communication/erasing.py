"""Erasing a customer: what is kept of them in contacts, in what exports changed, and in what was printed."""

from datetime import datetime

from django.db import transaction

from commonground.access.actor import Actor
from commonground.communication.contact_files import ContactBefore
from commonground.communication.contacts import FACTS, Contact, recount
from commonground.communication.printing import forget_of
from commonground.communication.suppressed import suppress
from commonground.journal.recording import record


def erase(row: Contact, *, by: Actor, at: datetime) -> None:
    """Deletes everything that is kept of a contact. There is no way back; the journal keeps the day alone.

    What they refused stays as digests (`suppressed`), so that an export that brings them again crosses nothing.
    """
    with transaction.atomic():
        suppress(row, on=at.date())
        forget_of(row)
        record("erased a contact", row, by=by, at=at, facts=FACTS)
        ContactBefore.objects.filter(file__program=row.program_id, ref=row.ref).delete()
        program = row.program
        row.delete()
        recount(program)
