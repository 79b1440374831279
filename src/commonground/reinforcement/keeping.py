"""How long formal steps are kept, and who did what."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from commonground.access.actor import OPERATOR
from commonground.access.retention import Keeping
from commonground.reinforcement.corrective import CorrectiveStep
from commonground.reinforcement.given import Reinforcement


def _old_steps(edge: date) -> QuerySet[CorrectiveStep]:
    return CorrectiveStep.objects.filter(on__lt=edge)


def _remove_steps(edge: date, at: datetime) -> int:
    rows = list(_old_steps(edge))
    with transaction.atomic():
        for row in rows:
            row.remove(by=OPERATOR, at=at)
    return len(rows)


def _named(edge: date) -> QuerySet[Reinforcement]:
    return Reinforcement.objects.filter(on__lt=edge, given_by__isnull=False)


def _forget_who(edge: date, _: datetime) -> int:
    with transaction.atomic():
        return _named(edge).update(given_by=None)


RULES = (
    Keeping(
        "reinforcement.formal_steps",
        "Formal steps, since the day they were taken",
        730,
        due=lambda edge: _old_steps(edge).count(),
        run=_remove_steps,
        why="A step about a practice has had its effect or not within two years; then it should follow nobody any more.",
        most=1095,
    ),
    Keeping(
        "reinforcement.given_by",
        "Who did what so that a new way keeps going, since the day of it",
        1095,
        due=lambda edge: _named(edge).count(),
        run=_forget_who,
        why="What was done stays, for the comparison with the pace; by whom is of no use later.",
    ),
)
