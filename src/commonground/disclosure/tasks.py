"""Runs retention once a day behind the pages."""

from datetime import datetime, time

from django.utils import timezone
from django_tasks import task

from commonground.access.daily import ask_next
from commonground.disclosure.clearing import clear

RUNS_AT = time(3, 30)  # on the clock of this instance: when nobody waits for a page


@task()
def clear_task() -> None:
    """Removes what has grown old, and asks for the next day's run first, so that a run that breaks off does not end all others."""
    ask_next(clear_task, RUNS_AT, timezone.now())
    clear(today=timezone.localdate(), at=timezone.now())


def keep_clearing(at: datetime) -> None:
    """Removes now what has grown old, also on days on which the instance stood still, and sees to the run of the next day. At the start."""
    clear(today=timezone.localdate(at), at=at)
    ask_next(clear_task, RUNS_AT, at)
