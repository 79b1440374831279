"""How long it is kept that a change was felt, once it was answered or rests."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from commonground.access.retention import Keeping
from commonground.journal.models import Version
from commonground.realignment.perceptions import Perception, PerceptionQuerySet, overwrite_what_is_erased


def _old(edge: date) -> PerceptionQuerySet:
    return Perception.objects.filter(Q(closed_on__lt=edge) | Q(closed_on=None, answered_on__lt=edge))


def _forget(edge: date, _: datetime) -> int:
    with transaction.atomic():
        overwrite_what_is_erased()
        gone = _old(edge).delete()[0]
        if gone:
            Version.objects.bump(Perception.facts)
    return gone


RULES = (
    Keeping(
        "realignment.perceptions",
        "How a change was felt, since it was answered or rests",
        180,
        due=lambda edge: _old(edge).count(),
        run=_forget,
        why="The two who talked may come back to it for a while; after that nobody needs to find that it was said.",
        least=30,
    ),
)
