"""Runs retention once a day behind the pages."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from commonground.disclosure.clearing import clear

RUNS_AT = time(3, 30)  # on the clock of this instance: when nobody waits for a page


@task()
def clear_task() -> None:
    """Removes what has grown old, and asks for the next day's run first, so that a run that breaks off does not end all others."""
    ask_next(timezone.now())
    clear(today=timezone.localdate(), at=timezone.now())


def keep_clearing(at: datetime) -> None:
    """Removes now what has grown old, also on days on which the instance stood still, and sees to the run of the next day. At the start."""
    clear(today=timezone.localdate(at), at=at)
    ask_next(at)


def ask_next(at: datetime) -> None:
    """Asks for the run of the next night, unless one waits already."""
    waiting = DBTaskResult.objects.filter(task_path=clear_task.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        clear_task.using(run_after=next_run(at)).enqueue()


def next_run(at: datetime) -> datetime:
    """The first moment after this one at which the clock of this instance shows the hour of the run."""
    here = timezone.localtime(at)
    run = here.replace(hour=RUNS_AT.hour, minute=RUNS_AT.minute, second=0, microsecond=0)
    return run if run > here else run + timedelta(days=1)
