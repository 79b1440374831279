"""How long voices are kept once they are answered: their words, what was written to and fro, and the answer to them."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from commonground.access.retention import Keeping
from commonground.journal.models import Version
from commonground.voice.states import SETTLED
from commonground.voice.voices import ANONYMOUS, FACTS, HANDED, Voice, VoiceQuerySet
from commonground.voice.working import overwrite_what_is_erased

TWO_YEARS = 730
NAMELESS = Q(way=ANONYMOUS) | Q(way=HANDED, author=None)


def _old(which: Q) -> Callable[[date], VoiceQuerySet]:
    def rows(edge: date) -> VoiceQuerySet:
        settled = Coalesce(F("completed_on"), F("closed_on"), F("answered_on"))
        return Voice.objects.filter(which, state__in=SETTLED).annotate(settled=settled).filter(settled__lt=edge)

    return rows


def _due(which: Q) -> Callable[[date], int]:
    return lambda edge: _old(which)(edge).count()


def _run(which: Q) -> Callable[[date, datetime], int]:
    def remove(edge: date, at: datetime) -> int:
        with transaction.atomic():
            overwrite_what_is_erased()
            rows = list(_old(which)(edge).values_list("pk", flat=True))
            for begin in range(0, len(rows), 500):
                Voice.objects.filter(pk__in=rows[begin : begin + 500]).delete()
            if rows:
                Version.objects.bump(FACTS)
        return len(rows)

    return remove


RULES: tuple[Keeping, ...] = (
    Keeping(
        key="voice.without_a_name",
        words="Voices without a name, since they were answered or closed",
        days_default=TWO_YEARS,
        due=_due(NAMELESS),
        run=_run(NAMELESS),
        why="Their authors come back with a code, and all can read what was answered. After two years neither is needed.",
    ),
    Keeping(
        key="voice.with_a_name",
        words="Voices with a name, since they were answered or closed",
        days_default=TWO_YEARS,
        due=_due(~NAMELESS),
        run=_run(~NAMELESS),
        why="Whoever raised an idea finds what came of it, with their name if they want. After two years that is told elsewhere.",
    ),
)
