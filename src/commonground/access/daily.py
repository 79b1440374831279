"""Runs that come once a day behind the pages: each run asks for the next one first, so that one that breaks off does not end all others."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult


def ask_next(task: Task[Any, Any], runs_at: time, at: datetime) -> None:
    """Asks for the next run, unless one waits already. runs_at: on the clock of this instance."""
    waiting = DBTaskResult.objects.filter(task_path=task.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        task.using(run_after=next_run(runs_at, at)).enqueue()


def next_run(runs_at: time, at: datetime) -> datetime:
    """The first moment after this one at which the clock of this instance shows the hour of the run."""
    here = at.astimezone(timezone.get_current_timezone())
    run = here.replace(hour=runs_at.hour, minute=runs_at.minute, second=0, microsecond=0)
    return run if run > here else run + timedelta(days=1)
