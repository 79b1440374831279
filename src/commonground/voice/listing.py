"""The list of voices: which it shows, how many each choice holds, and the sentence at its head."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Min, Q
from django.http import QueryDict

from commonground.access.actor import Actor
from commonground.organization.models import UnitPeriod
from commonground.ui.asked import id_asked
from commonground.ui.paging import Keyset
from commonground.ui.words import plural
from commonground.voice.states import ACCEPTED, ANSWERED, CLOSED, COMPLETED, KINDS, WAITING
from commonground.voice.voices import VoiceQuerySet

ORDER: Final = Keyset(("raised_on", "pk"))
LATEST: Final = Keyset(("-answered_on", "pk"), size=30)
SHOWN: Final = {
    "": "Waiting",
    "new": "To be read first",
    "mine": "With me",
    "nobody": "With nobody",
    "news": "Written again",
    "doing": "Being done",
    "answered": "Answered or done",
    "closed": "Closed",
    "all": "All",
}


def conditions(actor: Actor) -> Mapping[str, Q]:
    """What each choice of the list means."""
    waits = Q(state__in=WAITING)
    return {
        "": waits,
        "new": waits & Q(triaged_on=None),
        "mine": (waits | Q(state=ACCEPTED)) & Q(owner=actor.user),
        "nobody": waits & Q(owner=None),
        "news": Q(news=True),
        "doing": Q(state=ACCEPTED),
        "answered": Q(state__in=(ANSWERED, COMPLETED)),
        "closed": Q(state=CLOSED),
        "all": Q(),
    }


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for. unit: with all that stands below it. q: part of the words that the actor may read."""

    show: str = ""
    kind: str = ""
    unit: int | None = None
    q: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Filters":
        show, kind = query.get("show", ""), query.get("kind", "")
        unit = id_asked(query.get("unit", ""))
        return cls(show if show in SHOWN else "", kind if kind in KINDS else "", unit, query.get("q", "").strip()[:100])

    @property
    def any(self) -> bool:
        return bool(self.show or self.narrows)

    @property
    def narrows(self) -> bool:
        return bool(self.kind or self.unit is not None or self.q)

    def narrowed(self, rows: VoiceQuerySet, day: date, *, own: VoiceQuerySet | None = None) -> VoiceQuerySet:
        """By kind, unit and words. own: the rows in whose authors' own words may be searched; in the rest only what is public."""
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.unit is not None:
            inside = UnitPeriod.objects.on(day).filter(path__contains=f"/{self.unit}/")
            rows = rows.filter(unit__in=inside.values("unit"))
        if self.q:
            found = Q(published=True, public_words__icontains=self.q) | Q(topic__name__icontains=self.q)
            if own is not None:
                found |= Q(words__icontains=self.q, pk__in=own.values("pk"))
            else:
                found |= Q(published=True, answer__icontains=self.q) | Q(topic__answer__icontains=self.q)
            rows = rows.filter(found)
        return rows

    def shown(self, rows: VoiceQuerySet, actor: Actor) -> VoiceQuerySet:
        return rows.filter(conditions(actor)[self.show])


def counts_of(rows: VoiceQuerySet, actor: Actor) -> dict[str, int]:
    """How many each choice holds, in one query; “waiting” under the key “wait”."""
    by = {show or "wait": Count("pk", filter=condition) for show, condition in conditions(actor).items()}
    return dict(rows.order_by().aggregate(**by))


def statement(rows: VoiceQuerySet, day: date) -> str:
    """“7 voices wait, the oldest 19 days”."""
    found = rows.waiting().order_by().aggregate(n=Count("pk"), oldest=Min("raised_on"))
    if not found["n"]:
        return "No voice waits" if rows.exists() else "Nobody has said anything yet"
    days = max((day - found["oldest"]).days, 0)
    waits = plural(found["n"], "voice waits,voices wait")
    if not days:
        return f"{waits}, since today"
    return f"{waits}, {'the oldest' if found['n'] > 1 else 'since'} {plural(days, 'day')}"


def age(raised: date, day: date) -> int:
    """Days since it was raised; of one dated by week, since its Monday."""
    return max((day - raised).days, 0)
