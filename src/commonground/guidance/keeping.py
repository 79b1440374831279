"""How long findings are kept that have ended."""

from datetime import date, datetime

from commonground.access.retention import Keeping
from commonground.guidance.models import Finding, FindingQuerySet
from commonground.guidance.states import ENDED


def _ended(edge: date) -> FindingQuerySet:
    return Finding.objects.filter(state=ENDED, ended_on__lt=edge)


def _forget(edge: date, _: datetime) -> int:
    _all, by_kind = _ended(edge).delete()
    return by_kind.get(Finding._meta.label, 0)


RULES = (
    Keeping(
        "guidance.findings",
        "Findings, since they ended",
        730,
        due=lambda edge: _ended(edge).count(),
        run=_forget,
        why="They can name who took them on and why they were set aside. One that comes back within this time has its history still.",
        least=30,
    ),
)
