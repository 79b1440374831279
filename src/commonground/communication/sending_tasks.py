"""Prints long lists behind the pages; says how far it is, and stops when it was cancelled."""

import logging

from django.utils import timezone
from django_tasks import task

from commonground.communication import printing
from commonground.communication.addressing import now_on
from commonground.communication.sendings import Sending
from commonground.programs.register import CannotError

log = logging.getLogger(__name__)


@task()
def print_task(pk: int) -> None:
    """Prints the letters or fax sheets of a list, unless it was cancelled meanwhile."""
    row = Sending.objects.select_related("message", "program").filter(pk=pk).first()
    if row is None or row.printing in ("", printing.STOP):
        Sending.objects.filter(pk=pk).update(printing="")
        return
    try:
        printing.print_now(row, timezone.localdate(), printing.saying(row, now_on(row).count()))
    except (printing.StoppedError, CannotError):
        log.info("printing of sending %s stopped", pk)
    finally:
        Sending.objects.filter(pk=pk).update(printing="")
