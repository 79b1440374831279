"""How long it is kept who was at which training."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from commonground.access.retention import Keeping
from commonground.journal.models import Version
from commonground.plan.models import Attendance

ATTENDANCE, KEPT_DAYS = "plan.attendance", 1095


def _old(edge: date) -> QuerySet[Attendance]:
    """Attendance of modules whose program has ended, where its day, and that end, lie before the edge."""
    ended = Q(program__planned_end__lt=edge)
    return Attendance.objects.filter(ended).filter(Q(on__lt=edge) | Q(on=None))


def _forget(edge: date, at: datetime) -> int:
    with transaction.atomic():
        gone, _ = _old(edge).delete()
        if gone:
            Version.objects.bump(Attendance.facts)
    return gone


RULES = (
    Keeping(
        ATTENDANCE,
        "Who was at which training, since the planned end of the program",
        KEPT_DAYS,
        due=lambda edge: _old(edge).count(),
        run=_forget,
        why="It says who is still owed a training, and how the new way goes on two years after it; later nobody needs it by name.",
        least=365,
    ),
)
