"""How long customers' contacts are kept, what they were before an export, and exports that nobody took over."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from commonground.access.actor import OPERATOR
from commonground.access.retention import Keeping
from commonground.communication.contact_files import LOOKED, WAY_BACK, ContactBefore, ContactFile
from commonground.communication.contacts import Contact, recount
from commonground.communication.suppressed import Suppressed
from commonground.programs.models import Program


def _lying(edge: date) -> QuerySet[ContactFile]:
    return ContactFile.objects.filter(state=LOOKED, brought_at__date__lt=edge)


def _set_aside(edge: date, at: datetime) -> int:
    with transaction.atomic():
        rows = list(_lying(edge))
        for row in rows:
            row.set_aside(by=OPERATOR, at=at)
    return len(rows)


def _before(edge: date) -> QuerySet[ContactBefore]:
    return ContactBefore.objects.filter(file__ended_at__date__lt=edge)


def _forget_before(edge: date, _: datetime) -> int:
    return _before(edge).delete()[0]


def _over(edge: date) -> QuerySet[Contact]:
    """Contacts of programs whose planned end is past."""
    return Contact.objects.filter(program__planned_end__lt=edge)


def _forget_contacts(edge: date, _: datetime) -> int:
    with transaction.atomic():
        programs = list(Program.objects.filter(planned_end__lt=edge, contacts__isnull=False).distinct())
        number = _over(edge).count()
        _over(edge).delete()
        Suppressed.objects.filter(program__in=programs).delete()
        for program in programs:
            recount(program)
    return number


RULES = (
    Keeping(
        "communication.contact_files",
        "Exports of contacts that were brought and not taken over, since they were brought",
        7,
        due=lambda edge: _lying(edge).count(),
        run=_set_aside,
        why="The file waits to be looked over. Whoever still needs it has it where it came from.",
        most=30,
    ),
    Keeping(
        "communication.contacts_before",
        "What contacts were before an export changed them, since it was taken over",
        WAY_BACK.days,
        due=lambda edge: _before(edge).count(),
        run=_forget_before,
        why="By it an export can be undone. Afterwards nothing needs it.",
        most=WAY_BACK.days,
    ),
    Keeping(
        "communication.contacts",
        "Customers’ contacts, and digests of what erased ones refused, since the planned end of the program",
        180,
        due=lambda edge: _over(edge).count(),
        run=_forget_contacts,
        why="Customers are told of the change on channels that they have. When the program is over, the CRM knows them.",
    ),
)
