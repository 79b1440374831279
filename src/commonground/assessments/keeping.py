"""How long raw answers are kept once a round is closed: until its tables can no longer be in doubt."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from commonground.access.retention import Keeping
from commonground.assessments.answering import Answer
from commonground.assessments.in_days import CLOSED
from commonground.assessments.rounds import Round
from commonground.assessments.sealing import wipe
from commonground.disclosure.clearing import days_under

KEY = "assessments.answers"
DAYS = 90


def _old(edge: date) -> QuerySet[Round]:
    """Closed rounds with answers that are older than the edge, published, and not to be kept longer for a stated reason."""
    today = edge + timedelta(days=days_under(KEY, DAYS))
    kept = Q(keep_until=None) | Q(keep_until__lt=today)
    with_answers = Answer.objects.order_by().values("round").distinct()
    rows = Round.objects.filter(kept, state=CLOSED, sealed=True, closed_at__date__lt=edge, pk__in=with_answers)
    return rows.filter(published__isnull=False).distinct()


def _due(edge: date) -> int:
    return Answer.objects.filter(round__in=_old(edge).values("pk")).count()


def _run(edge: date, at: datetime) -> int:
    """Deletes them, and wipes what SQLite would keep of them on the disk once that is committed."""
    with transaction.atomic():
        rows = list(_old(edge).values_list("pk", flat=True))
        gone, _ = Answer.objects.filter(round__in=rows).delete()
        if gone:
            transaction.on_commit(wipe, robust=True)
    return gone


RULES: tuple[Keeping, ...] = (
    Keeping(
        KEY,
        "Answers of closed rounds, since they were closed",
        DAYS,
        _due,
        _run,
        "Published tables are never made again, so answers are kept only until nobody can doubt how they were made. No page reads them.",
        most=3650,
    ),
)
