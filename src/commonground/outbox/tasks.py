"""Sends behind the pages, in short runs, so that other tasks come in between."""

import time

from django.utils import timezone
from django_tasks import task

from commonground.outbox.models import Channel
from commonground.outbox.sending import next_due, patiently, send_due
from commonground.outbox.way import way

LONGEST = 30.0  # seconds of one run


@task()
def send_task() -> None:
    """Sends what is due and asks for the next run, when something waits. In a dry run nothing is sent and nothing asked for."""
    if way() is None:
        Channel.objects.filter(pk=1).update(wake_at=None)
        return
    began = time.monotonic()
    Channel.objects.filter(pk=1).update(wake_at=None)
    try:
        send_due(timezone.now, stop=lambda: time.monotonic() - began > LONGEST)
    finally:
        patiently(see_to_it)


def see_to_it() -> None:
    """Asks for the next run, when something waits: after a run, and when the instance starts."""
    due = next_due(timezone.now())
    if way() is not None and due is not None:
        Channel.objects.wake(at=due)
