"""Measures logs behind the pages, and says how far that is."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from commonground.events.models import Log
from commonground.workflows.measured import Measuring
from commonground.workflows.measuring import measure_log
from commonground.workflows.seeing import refresh_all


def ask_measuring(log: Log, *, at: datetime) -> None:
    """Asks for the log to be measured anew: after events came in or went, and after links to processes changed. To be called inside
    the transaction of the change or after it; asked for twice before it begins, it is done once."""
    waiting = Measuring.objects.filter(log=log, ended_at=None, fault="", progress="").exists()
    Measuring.objects.update_or_create(
        log=log, defaults={"asked_at": at, "ended_at": None, "progress": "", "fault": ""}
    )
    if not waiting:
        transaction.on_commit(lambda: measure_task.enqueue(log.pk))


@task()
def measure_task(log: int) -> None:
    """Looks one log over and measures it, for all programs. A later run takes the place of what an earlier one found."""
    row = Log.objects.filter(pk=log).first()
    if row is None:
        return
    now = timezone.now()
    noted = Measuring.objects.filter(log=row)
    if not noted.update(ended_at=None, fault="", progress="Beginning"):
        Measuring.objects.create(log=row, asked_at=now, progress="Beginning")
    try:
        refresh_all(row, at=now)
        measure_log(row, at=now, on_progress=lambda words: _told(row, words))
    except Exception as error:
        noted.update(ended_at=timezone.now(), progress="", fault=f"{type(error).__name__}: {error}"[:300])
        raise
    noted.filter(progress__gt="").update(ended_at=timezone.now(), progress="")


def _told(log: Log, words: str) -> None:
    Measuring.objects.filter(log=log).update(progress=words[:120])
