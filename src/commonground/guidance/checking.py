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
FEW = 3_000  # people, for the first run, whose time is not known yet
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
        return Standing(check, running=False)
    if _is_quick(check):
        return Standing(refresh(program, day, at), running=False)
    if check is None:
        check, _ = Check.objects.get_or_create(program=program)
    ask(check, at)
    check.refresh_from_db()
    return Standing(check if check.at else None, running=is_stale(check, day))


def is_stale(check: Check, day: date) -> bool:
    """Whether a fact, the day or the list of guidelines has changed since the last run."""
    return check.day != day or check.seen != seen_at(counters())


def _is_quick(check: Check | None) -> bool:
    if check is None or check.seconds is None:
        return not Person.objects.order_by("pk")[FEW : FEW + 1].exists()
    return check.seconds < QUICK


def ask(check: Check, at: datetime) -> None:
    """Asks a task to run the guidelines, once."""
    free = Check.objects.filter(pk=check.pk).exclude(asked_at__gt=at - PATIENCE)
    if free.update(asked_at=at):
        refresh_task.enqueue(program=check.program_id)
