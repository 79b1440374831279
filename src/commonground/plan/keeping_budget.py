"""How long files of a ledger lie before somebody takes them over, and how long bookings keep their words."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from commonground.access.actor import OPERATOR
from commonground.access.retention import Keeping
from commonground.plan.ledgers import FOLDER, LOOKED, Booking, LedgerFile


def _lying(edge: date) -> QuerySet[LedgerFile]:
    return LedgerFile.objects.filter(state=LOOKED, brought_at__date__lt=edge)


def _set_aside(edge: date, at: datetime) -> int:
    rows = list(_lying(edge))
    for row in rows:
        row.set_aside(by=OPERATOR, at=at)
    _sweep()
    return len(rows)


def _sweep() -> None:
    """Files that belong to nothing that is still looked over, as after a stop in the middle."""
    known = set(LedgerFile.objects.filter(state=LOOKED).values_list("place", flat=True))
    for path in (Path(settings.DATA) / FOLDER).glob("*"):
        if path.name not in known:
            path.unlink(missing_ok=True)


def _worded(edge: date) -> QuerySet[Booking]:
    return Booking.objects.filter(day__lt=edge).exclude(words="")


def _forget_words(edge: date, _: datetime) -> int:
    with transaction.atomic():
        return _worded(edge).update(words="")


RULES = (
    Keeping(
        "plan.ledgers",
        "Exports of a ledger that nobody took over, since they were brought",
        7,
        due=lambda edge: _lying(edge).count(),
        run=_set_aside,
        why="They are looked over before they are taken over, and hold columns that nobody mapped.",
        most=30,
    ),
    Keeping(
        "plan.booking_words",
        "The words of bookings, since the day of the booking",
        1095,
        due=lambda edge: _worded(edge).count(),
        run=_forget_words,
        why="They say what a booking was for, by which it finds its line, and may name somebody. Sums stay.",
    ),
)
