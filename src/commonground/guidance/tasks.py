"""Runs the guidelines behind the pages, where that takes too long for one."""

from django.utils import timezone
from django_tasks import task

from commonground.guidance.refresh import refresh
from commonground.programs.models import Program


@task()
def refresh_task(program: int, whole: bool = False) -> None:
    """Brings the findings of a program up to date. Asked for by whoever opens a page after facts have changed.

    whole: all guidelines, also those of which nothing has changed.
    """
    row = Program.objects.filter(pk=program).first()
    if row is not None:
        refresh(row, timezone.localdate(), timezone.now(), whole=whole)
