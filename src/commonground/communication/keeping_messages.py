"""How long it is kept to whom a message was mailed."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from commonground.access.retention import Keeping
from commonground.communication.mailing import Mailed

MAILED, KEPT_DAYS = "communication.mailed", 365


def _old(edge: date) -> QuerySet[Mailed]:
    """Of messages that are done or dropped: one that is still out must not go twice."""
    return Mailed.objects.filter(on__lt=edge, message__state__in=("done", "dropped"))


def _forget(edge: date, _: datetime) -> int:
    with transaction.atomic():
        gone, _kinds = _old(edge).delete()
    return gone


RULES = (
    Keeping(
        MAILED,
        "To whom a message was mailed, since the day, once the message is done",
        KEPT_DAYS,
        due=lambda edge: _old(edge).count(),
        run=_forget,
        why="It keeps anybody from getting a message twice; once the message is done nothing goes out any more.",
        least=30,
    ),
)
