"""Looks large sheets over, and takes them over, behind the pages."""

from django.utils import timezone
from django_tasks import task

from commonground.access.actor import NOBODY, Actor
from commonground.accounts.models import User, actor_for
from commonground.intake import uploads
from commonground.intake.models import READ, WORKING, Import
from commonground.programs.register import CannotError


def asker(user: int | None) -> Actor:
    row = User.objects.filter(pk=user, is_active=True).first()
    if row is None:
        return NOBODY
    person = getattr(row, "person", None)
    return actor_for(row, person=person.pk if person is not None else None)


@task()
def check_task(pk: int, user: int) -> None:
    """Looks an import over, unless it was set aside meanwhile."""
    row, actor = Import.objects.filter(pk=pk, state=WORKING).first(), asker(user)
    if row is not None and actor.may("intake.commit"):
        uploads.check(row, by=actor, at=timezone.now())


@task()
def take_over_task(pk: int, user: int) -> None:
    """Takes an import over, unless it was set aside meanwhile or whoever asked may no longer."""
    row, actor = Import.objects.filter(pk=pk, state=WORKING).first(), asker(user)
    if row is None or not actor.may("intake.commit"):
        return
    try:
        uploads.take_over(row, by=actor, at=timezone.now())
    except CannotError as error:
        Import.objects.filter(pk=pk, state=WORKING).update(
            state=READ, progress="", summary={**row.summary, "refused_to_take": str(error)}
        )
