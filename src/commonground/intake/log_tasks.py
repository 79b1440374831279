"""Looks large event logs over, takes them over and undoes them, behind the pages; says how far it is, and stops when it was cancelled."""

from django.utils import timezone
from django_tasks import task

from commonground.access.actor import Actor
from commonground.events.models import READ, TAKEN, WORKING, Delivery, LogError
from commonground.intake import log_uploads
from commonground.intake.log_uploads import Progress, StoppedError
from commonground.intake.tasks import asker
from commonground.ui.words import number


def _progress(row: Delivery, of: int | None = None) -> Progress:
    """Says on the page how many rows were read. Raises StoppedError once somebody has cancelled it."""

    def say(rows: int) -> None:
        words = f"{number(rows)} of {number(of)} rows taken in" if of else f"{number(rows)} rows read"
        if not Delivery.objects.filter(pk=row.pk, state=WORKING).update(progress=words) or _cancelled(row):
            raise StoppedError

    return say


def _cancelled(row: Delivery) -> bool:
    options = Delivery.objects.filter(pk=row.pk).values_list("options", flat=True).first()
    return bool((options or {}).get(log_uploads.CANCEL))


def _waiting(pk: int, user: int | None, state: str) -> tuple[Delivery | None, Actor]:
    """The delivery, if it still is in that state and whoever asked still may; and who asked."""
    actor = asker(user)
    row = Delivery.objects.filter(pk=pk, state=state).first() if actor.may("events.import") else None
    return row, actor


@task()
def check_log_task(pk: int, user: int | None) -> None:
    """Looks a delivery over, unless it was set aside meanwhile."""
    row, _ = _waiting(pk, user, WORKING)
    if row is None:
        return
    try:
        log_uploads.check(row, progress=_progress(row))
    except StoppedError:
        return


@task()
def take_log_task(pk: int, user: int | None) -> None:
    """Takes a delivery over, unless it was set aside meanwhile or whoever asked may no longer."""
    row, actor = _waiting(pk, user, WORKING)
    if row is None:
        return
    try:
        log_uploads.take_over(row, by=actor, at=timezone.now(), progress=_progress(row, row.summary.get("rows")))
        if _cancelled(row):  # asked after the last row was read
            log_uploads.undo(row, by=actor, at=timezone.now())
    except StoppedError:
        log_uploads.let_go(row, by=actor, at=timezone.now())
    except LogError as error:
        summary = {**row.summary, "refused_to_take": str(error)}
        Delivery.objects.filter(pk=pk, state__in=(READ, WORKING)).update(state=READ, progress="", summary=summary)


@task()
def undo_log_task(pk: int, user: int | None) -> None:
    """Takes a delivery's events out of its log again."""
    row, actor = _waiting(pk, user, TAKEN)
    if row is None:
        return
    try:
        log_uploads.undo(row, by=actor, at=timezone.now())
    except LogError as error:
        summary = {**row.summary, "refused_to_undo": str(error)}
        Delivery.objects.filter(pk=pk).update(summary=summary)
    finally:
        Delivery.objects.filter(pk=pk).update(progress="")
