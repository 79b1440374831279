"""How long it is kept for whom a talk was."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from commonground.access.retention import Keeping
from commonground.communication.cascades import ENDED, Hearer

HEARERS, KEPT_DAYS = "communication.hearers", 365


def _old(edge: date) -> QuerySet[Hearer]:
    """For whom talks were that were held, or whose cascade ended, before the edge. Counts of people stay with the talk."""
    over = Q(step__cascade__state=ENDED, step__cascade__ended_on__lt=edge)
    return Hearer.objects.filter(over | Q(step__delivered_on__lt=edge))


def _forget(edge: date, _: datetime) -> int:
    with transaction.atomic():
        gone, _kinds = _old(edge).delete()
    return gone


RULES = (
    Keeping(
        HEARERS,
        "For whom a talk was, since it was held or its cascade ended",
        KEPT_DAYS,
        due=lambda edge: _old(edge).count(),
        run=_forget,
        why="It says who is still owed the news, and keeps anybody from being put into two talks; afterwards the counts are enough.",
        least=30,
    ),
)
