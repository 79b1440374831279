"""How long who named whom, and who works with whom, are kept; with the rules that other files of this folder give."""

from datetime import date, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec

from django.db.models import Q, QuerySet

from commonground.access.actor import OPERATOR
from commonground.access.retention import Keeping
from commonground.assessments.in_days import CLOSED, OPEN
from commonground.assessments.tokens import destroy_key, key_path
from commonground.coalition.closing_nominations import forget
from commonground.coalition.networks import EXPIRED, LONGEST, NetworkFile, left_over, shred
from commonground.coalition.nominations import FOLDER, KEPT_DAYS, Nomination
from commonground.coalition.selections import Selection
from commonground.disclosure.clearing import days_under

NAMINGS, NETWORKS, CHOICES = "coalition.namings", "coalition.networks", "coalition.choices"
CHOICE_DAYS = 365


def _old_rounds(edge: date) -> list[Nomination]:
    """Rounds whose last day, as it was set or as they were closed, is older than the edge and from which nobody was chosen."""
    rows = Nomination.objects.filter(state__in=(OPEN, CLOSED)).filter(
        Q(closes_on__lt=edge) | Q(closed_at__date__lt=edge)
    )
    return list(rows.order_by("pk"))


def _stray_keys() -> list[int]:
    """Keys of rounds that are over, as after a stop in the middle of deleting."""
    over = Nomination.objects.exclude(state__in=(OPEN, CLOSED)).values_list("pk", flat=True)
    return [pk for pk in over if key_path(pk, FOLDER).exists()]


def _forget_rounds(edge: date, at: datetime) -> int:
    rows = _old_rounds(edge)
    for row in rows:
        forget(row, by=OPERATOR, at=at)
    for pk in _stray_keys():
        destroy_key(pk, FOLDER)
    return len(rows)


def _old_networks(edge: date) -> QuerySet[NetworkFile]:
    """Those whose own last day is over, or that were brought before the edge."""
    today = edge + timedelta(days=days_under(NETWORKS, LONGEST))
    return NetworkFile.objects.lying().filter(Q(expires_on__lt=today) | Q(brought_at__date__lt=edge))


def _forget_networks(edge: date, at: datetime) -> int:
    rows = list(_old_networks(edge))
    for row in rows:
        row.end(EXPIRED, by=OPERATOR, at=at)
    for path in left_over():
        shred(path)
    return len(rows)


def _old_choices(edge: date) -> QuerySet[Selection]:
    return Selection.objects.filter(asked_at__date__lt=edge)


def _forget_choices(edge: date, at: datetime) -> int:
    gone, _ = _old_choices(edge).delete()
    return gone


def _of_others() -> tuple[Keeping, ...]:
    """Rules of the other files of this folder."""
    found: list[Keeping] = []
    for name in ("keeping_team", "keeping_sponsors", "keeping_champions"):
        if find_spec(f"commonground.coalition.{name}") is not None:
            found += import_module(f"commonground.coalition.{name}").RULES
    return tuple(found)


RULES: tuple[Keeping, ...] = (
    Keeping(
        NAMINGS,
        "Who named whom as somebody who explains new ways, since the last day of the round",
        KEPT_DAYS,
        due=lambda edge: len(_old_rounds(edge)),
        run=_forget_rounds,
        why="They are needed until champions are chosen, and deleted in that moment, with the key without which nobody can read them.",
        most=90,
    ),
    Keeping(
        NETWORKS,
        "Who works with whom in a network file, since it was brought, and no longer than until the day given for it",
        LONGEST,
        due=lambda edge: _old_networks(edge).count(),
        run=_forget_networks,
        why="They are needed until champions are chosen. The uploaded file itself is deleted at once after reading.",
        most=LONGEST,
    ),
    Keeping(
        CHOICES,
        "Choices of champions, since they were asked for",
        CHOICE_DAYS,
        due=lambda edge: _old_choices(edge).count(),
        run=_forget_choices,
        why="They say how good a choice was, in numbers of steps of five; whom it proposed is deleted when it is accepted.",
    ),
    *_of_others(),
)
