"""How long the journal keeps the words beside its entries, and what ran behind the pages."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from commonground.access.actor import OPERATOR
from commonground.access.retention import Keeping
from commonground.journal.erasing import erase, written_before

WAY_BACK = 180  # days: undoing, putting back and “what was done” read the words of the last months


def _erase_words(edge: date, at: datetime) -> int:
    entries = list(written_before(edge).values_list("entry_id", flat=True))
    return erase(entries, by=OPERATOR, at=at, why="They were older than the days that the journal keeps its words")


def _ended(edge: date) -> "models.QuerySet[Any]":
    over = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    rows: models.QuerySet[Any] = DBTaskResult.objects.filter(status__in=over, finished_at__date__lt=edge)
    return rows


def _forget_tasks(edge: date, _: datetime) -> int:
    return _ended(edge).delete()[0]


RULES = (
    Keeping(
        "journal.words",
        "Names, reasons and values beside entries of the journal, since they were written",
        1825,
        due=lambda edge: written_before(edge).count(),
        run=_erase_words,
        why="They show who did what and why, and bring back what was removed by mistake. Who, what and when stay as ids, and the chain "
        "stays whole.",
        least=WAY_BACK,
    ),
    Keeping(
        "journal.tasks",
        "What was worked on behind the pages, since it ended",
        14,
        due=lambda edge: _ended(edge).count(),
        run=_forget_tasks,
        why="It tells what went wrong when something did. It holds ids, no names.",
        most=90,
    ),
)
