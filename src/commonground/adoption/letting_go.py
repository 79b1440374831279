"""Letting events go while what was observed of them stays: for data that may not, or need not, be kept longer.

A file that was wrong is undone instead: then its observations go with it.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from commonground.access.actor import Actor
from commonground.adoption.models import Behaviour, LetGo
from commonground.adoption.observing import up_to_date
from commonground.analysis.pace.observations import monday, week_of
from commonground.events.models import Delivery, Log, LogError, moment
from commonground.journal.recording import record
from commonground.programs.register import CannotError
from commonground.workflows.windows import day_of


def let_go(log: Log, *, before: date, why: str, by: Actor, at: datetime) -> list[Delivery]:
    """Takes the files whose events are all before the week of a day out of a log, and keeps what was observed of the weeks before it.

    Returns the files that went. Whoever calls it asks for measuring. Raises CannotError as `decide` does.
    """
    decide(log, before=before, why=why, by=by, at=at)
    return take_out(log, by=by, at=at)


def decide(log: Log, *, before: date, why: str, by: Actor, at: datetime) -> list[Delivery]:
    """Says from which week on a log is read, and that what was observed before it is kept. Returns the files that `take_out` will take.

    Raises CannotError when no file is that old, without a reason, and while a behaviour of the log is not observed as the log and its
    rule are now, since its weeks would be lost.
    """
    edge = week_of(before)
    old = _before(log, edge)
    if not old:
        raise CannotError(
            f"No file of “{log}” ends before {monday(edge):%-d %b %Y}, so there is nothing to let go. Choose a later day."
        )
    if not why.strip():
        raise CannotError(
            "Say why these events are let go: the journal keeps it, and they cannot be brought back from here."
        )
    if LetGo.objects.filter(log=log, before__gt=monday(edge)).exists():
        raise CannotError(f"“{log}” was let go of events before a later day already. Choose that day or one after it.")
    for behaviour in Behaviour.objects.filter(log=log).select_related("log"):
        if behaviour.by_log and not up_to_date(behaviour):
            raise CannotError(
                f"“{behaviour}” is not observed yet as “{log}” is now. Wait until it is measured, then try again."
            )
    with transaction.atomic():
        LetGo.objects.update_or_create(log=log, defaults={"before": monday(edge), "at": at})
        record("let events go", log, by=by, at=at, why=why.strip(), values={"before": monday(edge), "files": len(old)})
    return old


def can_go(log: Log, *, before: date) -> list[Delivery]:
    """The files that `decide` and `take_out` would take for this day; none while a behaviour is not observed as its log is now."""
    rows = Behaviour.objects.filter(log=log).select_related("log")
    if any(row.by_log and not up_to_date(row) for row in rows):
        return []
    if LetGo.objects.filter(log=log, before__gt=monday(week_of(before))).exists():
        return []
    return _before(log, week_of(before))


def take_out(log: Log, *, by: Actor, at: datetime) -> list[Delivery]:
    """Takes the files out of which a log was let go. Each makes the store anew, so a page does not wait for it.

    Raises CannotError when the log cannot be changed now; what is out is out, and it can be called again.
    """
    row = LetGo.objects.filter(log=log).first()
    old = [] if row is None else _before(log, week_of(row.before))
    for one in old:
        try:
            one.undo(by=by, at=at, why="Let go; what was observed of it is kept")
        except LogError as error:
            raise CannotError(str(error)) from error
    return old


def forget_kept(log: Log, *, why: str, by: Actor, at: datetime) -> None:
    """Goes back to what the log tells alone: what was kept of weeks that it was let go of is lost. For kept weeks that were wrong."""
    with transaction.atomic():
        if LetGo.objects.filter(log=log).delete()[0]:
            record("forgot what was kept of a log", log, by=by, at=at, why=why.strip())


def _before(log: Log, edge: int) -> list[Delivery]:
    """The standing files whose last event lies before a week."""
    zone = ZoneInfo(settings.TIME_ZONE)
    found = []
    for row in log.deliveries.standing():
        last = int(row.summary["taken"]["last"])
        if week_of(day_of(last, zone) if last else moment(0).date()) < edge:
            found.append(row)
    return found
