"""Observes and measures behaviours behind the pages, and says how far that is."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from commonground.accounts.models import User, actor_for
from commonground.adoption.letting_go import take_out
from commonground.adoption.measuring import Session, measure_behaviour
from commonground.adoption.models import Behaviour, Observing
from commonground.adoption.stored import forget_gone
from commonground.events.models import Log
from commonground.programs.register import WAY_BACK
from commonground.workflows.tasks import ask_measuring

GRACE = timedelta(days=1)  # after a removed behaviour can no longer be put back


def ask_observing(what: Behaviour | Log, *, at: datetime) -> None:
    """Asks for a behaviour, or for all that are read from a log, to be observed and measured anew.

    To be called inside the transaction of the change or after it: after events came in or went, after a rule, population, date or count
    changed. Asked for twice before it begins, it is done once; all behaviours of a log, in all programs, are one task.
    """
    rows = [row for row in Behaviour.objects.filter(log=what) if row.by_log] if isinstance(what, Log) else [what]
    if not rows:
        return
    with transaction.atomic():
        waiting = set(
            Observing.objects.filter(behaviour__in=rows, ended_at=None, fault="", progress="").values_list(
                "behaviour_id", flat=True
            )
        )
        for row in rows:
            defaults = {"asked_at": at, "ended_at": None, "progress": "", "fault": ""}
            Observing.objects.update_or_create(behaviour=row, defaults=defaults)
        asked = [row.pk for row in rows if row.pk not in waiting]
        if asked:
            transaction.on_commit(lambda: observe_task.enqueue(asked))


@task()
def observe_task(behaviours: list[int]) -> None:
    """Observes and measures behaviours one after the other; the organization is read once for those of one log.

    What stops one does not stop the others: it is kept as its fault, and told when all are done.
    """
    rows = Behaviour.objects.filter(pk__in=behaviours).select_related("log", "program").order_by("log", "pk")
    session, faults = Session(), list[Exception]()
    for row in rows:
        try:
            _measured(row, session)
        except Exception as error:
            faults.append(error)
    forget_gone(Path(settings.DATA), set(Behaviour.objects.values_list("pk", flat=True)), keep=WAY_BACK + GRACE)
    if faults:
        raise faults[0]


@task()
def take_out_task(log: int, user: int | None) -> None:
    """Takes the files out of which a log was let go, if whoever asked still may; then all that it tells is measured anew."""
    row, asked = Log.objects.filter(pk=log).first(), User.objects.filter(pk=user, is_active=True).first()
    if row is None or asked is None:
        return
    person = getattr(asked, "person", None)
    actor = actor_for(asked, person=person.pk if person is not None else None)
    if actor.may("events.import"):
        now = timezone.now()
        take_out(row, by=actor, at=now)
        ask_measuring(row, at=now)
        ask_observing(row, at=now)


def _measured(row: Behaviour, session: Session) -> None:
    now = timezone.now()
    noted = Observing.objects.filter(behaviour=row)
    if not noted.update(ended_at=None, fault="", progress="Beginning"):
        Observing.objects.create(behaviour=row, asked_at=now, progress="Beginning")
    try:
        measure_behaviour(row, at=now, on_progress=lambda words: _told(row, words), session=session)
    except Exception as error:
        words = str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
        noted.update(ended_at=timezone.now(), progress="", fault=words[:300])
        raise
    noted.filter(progress__gt="").update(ended_at=timezone.now(), progress="")


def _told(row: Behaviour, words: str) -> None:
    Observing.objects.filter(behaviour=row).update(progress=words[:120])
