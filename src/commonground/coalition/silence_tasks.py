"""Looks once a night whether a sponsor is to be told that nothing of theirs was seen."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from commonground.coalition.silence import tell
from commonground.programs.models import Program

RUNS_AT = time(6, 10)  # on the clock of this instance: before the working day


@task()
def silence_task() -> None:
    """The morning's look. The next one is asked for first, so that a run that breaks off does not end all others."""
    ask_next(timezone.now())
    keep_telling(timezone.now())


def keep_telling(at: datetime) -> None:
    """Tells those who are to be told today, in every program."""
    for program in Program.objects.all():
        tell(program, timezone.localdate(at), at=at)


def begin_mornings() -> None:
    """Asks for today's look, at the start; that run asks for the next morning's."""
    silence_task.enqueue()


def ask_next(at: datetime) -> None:
    """Asks for the look of the next morning, unless one waits already."""
    waiting = DBTaskResult.objects.filter(task_path=silence_task.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        here = timezone.localtime(at)
        run = here.replace(hour=RUNS_AT.hour, minute=RUNS_AT.minute, second=0, microsecond=0)
        silence_task.using(run_after=run if run > here else run + timedelta(days=1)).enqueue()
