"""How long events are kept that the pace was read from. What was observed of their weeks stays, by pseudonym."""

from datetime import date, datetime

from commonground.access.actor import OPERATOR
from commonground.access.retention import Keeping
from commonground.adoption.letting_go import can_go, decide, take_out
from commonground.adoption.tasks import ask_observing
from commonground.events.models import Log
from commonground.programs.register import CannotError
from commonground.workflows.tasks import ask_measuring

WHY = "Their events were older than the days that events are kept"


def _due(edge: date) -> int:
    return sum(len(can_go(log, before=edge)) for log in Log.objects.all())


def _let_go(edge: date, at: datetime) -> int:
    gone = 0
    for log in Log.objects.all():
        waiting = can_go(log, before=edge)
        if not waiting:
            continue
        try:
            decide(log, before=edge, why=WHY, by=OPERATOR, at=at)
            gone += len(take_out(log, by=OPERATOR, at=at))
        except CannotError:  # something else is under way in it: the next day
            continue
        ask_measuring(log, at=at)
        ask_observing(log, at=at)
    return gone


RULES = (
    Keeping(
        "adoption.events",
        "Files of event logs, since the last event in them",
        None,
        due=_due,
        run=_let_go,
        why="How work flows and the pace are measured in them, under pseudonyms. How long they may be kept is for the agreement "
        "to say under which each was brought: set the days that it names.",
        least=90,
    ),
)
