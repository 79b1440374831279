"""Opens large rounds, closes those whose days are over, and finishes what a stop has interrupted, behind the pages."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from commonground.access.actor import OPERATOR
from commonground.access.daily import ask_next
from commonground.assessments.closing import close, finish, unfinished
from commonground.assessments.in_days import OPEN
from commonground.assessments.invitations import write_mail
from commonground.assessments.opening import carry_on
from commonground.assessments.response import response_on
from commonground.assessments.rounds import OPENING, Round
from commonground.assessments.sealing import seal, unsealed
from commonground.programs.register import CannotError

RUNS_AT = time(0, 20)  # on the clock of this instance: soon after a last day is over


def ask_finishing(row: Round) -> None:
    """Asks for the tables of a round that was closed. To be called inside the transaction of closing or after it."""
    transaction.on_commit(lambda: finish_task.enqueue(row.pk))


def ask_opening(row: Round) -> None:
    """Asks for a round to be opened that is being opened, or for mail to be written to all of one that is open, behind the page."""
    transaction.on_commit(lambda: open_task.enqueue(row.pk))


@task()
def open_task(pk: int) -> None:
    """Opens a round that is being opened, and writes its mail."""
    row = Round.objects.filter(pk=pk).first()
    if row is not None:
        _carry_on(row, timezone.now())


def _carry_on(row: Round, at: datetime) -> None:
    with suppress(CannotError):  # it is a draft again, and its page says what is in the way
        carry_on(row, by=OPERATOR, at=at)
        write_mail(row)


@task()
def finish_task(pk: int) -> None:
    """Computes and publishes the tables of one round, and seals it."""
    row = Round.objects.filter(pk=pk).first()
    if row is not None:
        finish(row, at=timezone.now())


@task()
def rounds_task() -> None:
    """The night's work on rounds. The next night is asked for first, so that a run that breaks off does not end all others."""
    ask_next(rounds_task, RUNS_AT, timezone.now())
    keep_rounds(timezone.now())


def keep_rounds(at: datetime) -> None:
    """Closes rounds whose last day is over, finishes what was interrupted, and keeps the day's response of open ones.

    What stops one round does not stop the others: it is raised when all are done.
    """
    today = timezone.localdate(at)
    for row in Round.objects.filter(state=OPEN, closes_on__lt=today):
        close(row, by=OPERATOR, at=at)
    faults = list[Exception]()
    for row in unfinished():
        _trying(faults, lambda row=row: finish(row, at=at))  # type: ignore[misc]  # binds the loop's round
    for row in unsealed():
        _trying(faults, lambda row=row: seal(row, by=OPERATOR, at=at))  # type: ignore[misc]  # as above
    for row in Round.objects.filter(Q(state=OPENING) | Q(state=OPEN) & ~Q(mailing="")):
        _trying(faults, lambda row=row: _carry_on(row, at))  # type: ignore[misc]  # as above
    for row in Round.objects.open_on(today):
        response_on(row, today)
    if faults:
        raise faults[0]


def _trying(faults: list[Exception], act: Callable[[], None]) -> None:
    try:
        act()
    except Exception as error:  # one round's fault must not keep the others open; the first is raised at the end
        faults.append(error)


def begin_nights() -> None:
    """Asks for what a stop has left undone, at the start; that run asks for the next night."""
    rounds_task.enqueue()
