"""How long it is kept what somebody asked about the data on them."""

from datetime import date, datetime

from commonground.access.retention import Keeping
from commonground.reports.asking import OPEN, DataRequest, DataRequestQuerySet


def _ended(edge: date) -> DataRequestQuerySet:
    return DataRequest.objects.filter(ended_at__date__lt=edge).exclude(state=OPEN)


def _forget(edge: date, _: datetime) -> int:
    return _ended(edge).delete()[0]


RULES = (
    Keeping(
        "reports.requests",
        "Requests about data and their answers, since they were answered",
        1095,
        due=lambda edge: _ended(edge).count(),
        run=_forget,
        why="Whoever answers may have to show that it was done, and in time.",
        least=30,
    ),
)
