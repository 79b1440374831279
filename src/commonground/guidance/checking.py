"""When the guidelines run: at once where that is quick, otherwise in a task, and whenever a fact or the day has changed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from commonground.guidance.facts_source import counters, seen_at
from commonground.guidance.models import Check
from commonground.guidance.refresh import refresh
from commonground.guidance.tasks import refresh_task
from commonground.organization.models import Person
from commonground.programs.models import Program

QUICK = 0.15  # seconds that a page may wait for
FEW = 3_000  # people: of more, a process that has read nothing yet needs longer than that
PATIENCE = timedelta(minutes=2)  # after which a task that never answered is asked for again


@dataclass(frozen=True)
class Standing:
    """How current the findings are: the last run, and whether one is under way."""

    check: Check | None
    running: bool


def standing(program: Program, day: date, at: datetime) -> Standing:
    """Brings the findings up to date if that is quick, else asks a task to. day: today; at: now."""
    check = Check.objects.filter(program=program).first()
    if check is not None and not is_stale(check, day):
        return Standing(check, running=is_asked(check, at))
    if is_quick(check):
        return Standing(refresh(program, day, at), running=False)
    if check is None:
        check, _ = Check.objects.get_or_create(program=program)
    ask(check, at)
    check.refresh_from_db()
    return Standing(check if check.at else None, running=is_stale(check, day))


def is_asked(check: Check, at: datetime) -> bool:
    """Whether a task has been asked to run the guidelines and has not answered yet."""
    return check.asked_at is not None and check.asked_at > at - PATIENCE


def is_stale(check: Check, day: date) -> bool:
    """Whether a fact, the day or the list of guidelines has changed since the last run."""
    return check.day != day or check.seen != seen_at(counters())


def is_quick(check: Check | None) -> bool:
    """Whether a page may run the guidelines itself: few people, and the last run was quick."""
    if check is not None and check.seconds is not None and check.seconds >= QUICK:
        return False
    return not Person.objects.order_by("pk")[FEW : FEW + 1].exists()


def ask(check: Check, at: datetime, *, whole: bool = False) -> bool:
    """Asks a task to run the guidelines, once; whether it was asked now. whole: all of them, whatever has changed."""
    free = Check.objects.filter(pk=check.pk).exclude(asked_at__gt=at - PATIENCE)
    asked = bool(free.update(asked_at=at))
    if asked:
        refresh_task.enqueue(program=check.program_id, whole=whole)
    return asked
