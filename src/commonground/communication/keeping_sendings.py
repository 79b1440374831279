"""How long files of what goes out and comes back lie, and how long it is kept who stood on which list."""

from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from commonground.access.actor import OPERATOR
from commonground.access.retention import Keeping
from commonground.communication import came_back, printing
from commonground.communication.came_back import LOOKED, CameBack
from commonground.communication.sendings import Addressed, Sending


def _lying(edge: date) -> QuerySet[CameBack]:
    return CameBack.objects.filter(state=LOOKED, brought_at__date__lt=edge)


def _set_aside(edge: date, at: datetime) -> int:
    rows = list(_lying(edge))
    for row in rows:
        row.set_aside(by=OPERATOR, at=at)
    known = set(CameBack.objects.filter(state=LOOKED).values_list("place", flat=True))
    for path in (Path(settings.DATA) / came_back.FOLDER).glob("*"):
        if path.name not in known:  # of nothing that is still looked over, as after a stop in the middle
            path.unlink(missing_ok=True)
    return len(rows)


def _printed(edge: date) -> list[Path]:
    """PDFs that were written before a day."""
    files = (Path(settings.DATA) / printing.FOLDER).glob("*.pdf")
    return [path for path in files if datetime.fromtimestamp(path.stat().st_mtime, UTC).date() < edge]


def _forget_printed(edge: date, _: datetime) -> int:
    there = _printed(edge)
    for path in there:
        path.unlink(missing_ok=True)
    gone = Sending.objects.filter(place__in=[path.stem for path in there])
    gone.update(place="", printed=None, sheets=None)
    return len(there)


def _ways_back(edge: date) -> QuerySet[CameBack]:
    return CameBack.objects.filter(ended_at__date__lt=edge).exclude(before={})


def _forget_ways_back(edge: date, _: datetime) -> int:
    return _ways_back(edge).update(before={})


def _addressed(edge: date) -> QuerySet[Addressed]:
    return Addressed.objects.filter(sending__taken_on__lt=edge)


def _forget_addressed(edge: date, _: datetime) -> int:
    with transaction.atomic():
        return _addressed(edge).delete()[0]


RULES = (
    Keeping(
        "communication.came_back",
        "Files of what came back that nobody took over, since they were brought",
        7,
        due=lambda edge: _lying(edge).count(),
        run=_set_aside,
        why="They hold addresses of customers and wait to be looked over. Whoever still needs one has it where it came from.",
        most=30,
    ),
    Keeping(
        "communication.printed",
        "Letters and fax sheets as PDF, since they were printed",
        7,
        due=lambda edge: len(_printed(edge)),
        run=_forget_printed,
        why="They hold names and addresses of customers, and can be printed again at any time.",
        most=30,
    ),
    Keeping(
        "communication.came_back_before",
        "What stood before something came back, by which it is undone",
        30,
        due=lambda edge: _ways_back(edge).count(),
        run=_forget_ways_back,
        why="It serves the way back alone; the journal keeps counts.",
        most=90,
    ),
    Keeping(
        "communication.addressed",
        "Which customer got which message, since the list was taken",
        365,
        due=lambda edge: _addressed(edge).count(),
        run=_forget_addressed,
        why="It keeps anybody from getting a message twice. Counts by channel stay.",
    ),
)
