"""Looks once a night whether a sponsor is to be told that nothing of theirs was seen."""

from datetime import datetime, time

from django.utils import timezone
from django_tasks import task

from commonground.access.daily import ask_next
from commonground.coalition.silence import tell
from commonground.programs.models import Program

RUNS_AT = time(6, 10)  # on the clock of this instance: before the working day


@task()
def silence_task() -> None:
    """The morning's look. The next one is asked for first, so that a run that breaks off does not end all others."""
    ask_next(silence_task, RUNS_AT, timezone.now())
    keep_telling(timezone.now())


def keep_telling(at: datetime) -> None:
    """Tells those who are to be told today, in every program."""
    for program in Program.objects.all():
        tell(program, timezone.localdate(at), at=at)


def begin_mornings() -> None:
    """Asks for today's look, at the start; that run asks for the next morning's."""
    silence_task.enqueue()
