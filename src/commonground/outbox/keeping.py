"""How long addresses and words of mail are kept."""

from datetime import date, datetime

from django.db import transaction

from commonground.access.retention import Keeping
from commonground.outbox import states
from commonground.outbox.models import Message, MessageQuerySet


def _over(edge: date) -> MessageQuerySet:
    return Message.objects.filter(state__in=states.OVER, ended_at__date__lt=edge, erased_at=None)


def _erase(edge: date, at: datetime) -> int:
    with transaction.atomic():
        return _over(edge).erase(at=at)


RULES = (
    Keeping(
        "outbox.messages",
        "Addresses and words of mail, since it was sent, refused, given up or kept back",
        30,
        due=lambda edge: _over(edge).count(),
        run=_erase,
        why="While somebody may ask whether a mail went out, its address and words tell. After that the counts are enough.",
        most=365,
    ),
)
