"""How long uploaded files are kept, and what an import changed."""

from datetime import date, datetime

from django.db import transaction

from commonground.access.retention import Keeping
from commonground.intake import log_forgetting, uploads
from commonground.intake.models import COMMITTED, FORGOTTEN, Change, Import, ImportQuerySet


def _logs_due(edge: date) -> int:
    places, parts = log_forgetting.left_over(edge)
    return len(log_forgetting.old_deliveries(edge)) + len(places) + len(parts)


def _can_be_undone(edge: date) -> ImportQuerySet:
    return Import.objects.filter(state=COMMITTED, ended_at__date__lt=edge, changes__isnull=False).distinct()


def _forget_changes(edge: date, _: datetime) -> int:
    with transaction.atomic():
        rows = list(_can_be_undone(edge))
        Change.objects.filter(batch__in=rows).delete()
        for row in rows:
            row.summary = {**row.summary, FORGOTTEN: True}
            row.save(update_fields=["summary"])
    return len(rows)


RULES = (
    Keeping(
        "intake.sheets",
        "Uploaded sheets and rows that were kept out, since they were brought",
        uploads.KEPT.days,
        due=lambda edge: len(uploads.lying_since(edge)),
        run=uploads.forget_before,
        why="They are looked over before they are taken over, and kept-out rows are mended from them. The files hold columns that nobody "
        "mapped.",
        most=30,
    ),
    Keeping(
        "intake.logs",
        "Uploaded event logs that nobody took over, since they were brought",
        uploads.KEPT.days,
        due=_logs_due,
        run=log_forgetting.forget_before,
        why="They hold names. What is taken over holds pseudonyms, and the file goes at once.",
        most=30,
    ),
    Keeping(
        "intake.changes",
        "What an import changed, with the values before, since it was taken over",
        365,
        due=lambda edge: _can_be_undone(edge).count(),
        run=_forget_changes,
        why="An import can be undone as long as this is there.",
        least=30,
        most=1825,
    ),
)
