"""Who else says that a contact refuses: the answers to other lists, and the exports that can still be undone."""

from collections.abc import Iterable
from typing import Final

from commonground.analysis.communication.reach import BITS
from commonground.communication.contact_files import TAKEN, ContactBefore
from commonground.communication.contacts import Contact
from commonground.communication.sendings import REFUSED, Addressed
from commonground.programs.models import Program

AT_ONCE: Final = 500
GIVEN: Final = "given"  # under which it is kept beside a contact of before what a file itself refused


def refused_in_answer(contacts: Iterable[int]) -> dict[int, int]:
    """Contact → bits of the channels on which they answered a list that they do not want it."""
    wanted, found = sorted(contacts), dict[int, int]()
    for start in range(0, len(wanted), AT_ONCE):
        rows = Addressed.objects.filter(contact__in=wanted[start : start + AT_ONCE], outcome=REFUSED)
        for contact, channel in rows.values_list("contact", "sending__channel"):
            found[contact] = found.get(contact, 0) | BITS[channel]
    return found


def refused_elsewhere(program: Program, contacts: Iterable[int]) -> dict[int, int]:
    """The same, and what exports said that count still."""
    wanted = sorted(contacts)
    found = refused_in_answer(wanted)
    for start in range(0, len(wanted), AT_ONCE):
        named = dict(Contact.objects.filter(pk__in=wanted[start : start + AT_ONCE]).values_list("ref", "pk"))
        files = ContactBefore.objects.filter(file__program=program, file__state=TAKEN, ref__in=list(named))
        for ref, row in files.values_list("ref", "row"):
            found[named[ref]] = found.get(named[ref], 0) | (row or {}).get(GIVEN, 0)
    return found
