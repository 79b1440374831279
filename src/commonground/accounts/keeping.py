"""How long it is kept that somebody signed in."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.db import models, transaction

from commonground.access.retention import Keeping
from commonground.accounts.models import SignInCode


def _ended(edge: date) -> "models.QuerySet[Session]":
    return Session.objects.filter(expire_date__date__lt=edge)


def _sign_ins(edge: date) -> Sequence[Any]:
    return [table.objects.filter(attempt_time__date__lt=edge) for table in (AccessAttempt, AccessFailureLog, AccessLog)]


def _end_sessions(edge: date, _: datetime) -> int:
    return _ended(edge).delete()[0]


def _forget_sign_ins(edge: date, _: datetime) -> int:
    with transaction.atomic():
        return sum(rows.delete()[0] for rows in _sign_ins(edge))


def _old_codes(edge: date) -> "models.QuerySet[SignInCode]":
    return SignInCode.objects.filter(until__date__lt=edge)


def _forget_codes(edge: date, _: datetime) -> int:
    return _old_codes(edge).delete()[0]


RULES = (
    Keeping(
        "accounts.sign_in_codes",
        "That a sign-in code was printed, since it works no longer",
        30,
        due=lambda edge: _old_codes(edge).count(),
        run=_forget_codes,
        why="Whoever manages access sees that a code waits. Once it is over, the journal alone tells of it.",
        most=365,
    ),
    Keeping(
        "accounts.sessions",
        "Sessions, since they ended",
        1,
        due=lambda edge: _ended(edge).count(),
        run=_end_sessions,
        why="A session keeps somebody signed in for eight hours, or 30 days on a device where they chose so. Ended, nothing needs it.",
        most=30,
    ),
    Keeping(
        "accounts.sign_ins",
        "When and from which address somebody signed in or tried to, since then",
        30,
        due=lambda edge: sum(rows.count() for rows in _sign_ins(edge)),
        run=_forget_sign_ins,
        why="Guessing passwords is stopped and found out by it. After some weeks nobody looks for it any more.",
        most=365,
    ),
)
