"""The open doubts around a unit, for those who carry the cause to their peers: how many, of which weeks, and those that may be read."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from commonground.access.actor import Actor
from commonground.organization.models import Assignment, UnitPeriod
from commonground.programs.models import Program
from commonground.voice.keys import monday_of
from commonground.voice.states import HEARD, KINDS
from commonground.voice.voices import Voice, VoiceQuerySet
from commonground.voice.where import places_on


class Week(NamedTuple):
    """How many of a kind were raised in the week from this Monday on and wait."""

    monday: date
    kind: str
    waiting: int


class OpenDoubts(NamedTuple):
    """Questions, doubts and fears that wait. unit, name: the smallest unit around the one asked for that has enough people; None and
    empty where there is none, and then nothing is counted. voices: those among them whose words the actor may read."""

    unit: int | None
    name: str
    waiting: int
    weeks: Sequence[Week]
    voices: VoiceQuerySet


def open_doubts(actor: Actor, unit: int | None, day: date, *, program: Program) -> OpenDoubts:
    """What waits at the smallest unit of enough people around `unit`, with the units below it, dated by week. Nothing for who may not
    work on voices: counts are for champions, the team and the change lead. unit: None for none."""
    places = places_on(day)
    told = places.by(unit)
    if told is None or not actor.may("voices.work"):
        return OpenDoubts(None, "", 0, (), Voice.objects.none())
    inside = UnitPeriod.objects.on(day).filter(path__contains=f"/{told}/")
    rows = Voice.objects.of(program).waiting().filter(kind__in=HEARD, unit__in=inside.values("unit"))
    counted = Counter((monday_of(raised), kind) for raised, kind in rows.values_list("raised_on", "kind"))
    weeks = [Week(monday, KINDS[kind], count) for (monday, kind), count in sorted(counted.items())]
    return OpenDoubts(told, places.name(told), sum(counted.values()), weeks, rows.visible_to(actor))


def own_unit(actor: Actor, day: date) -> int | None:
    """The unit in which the actor works on a day: whose doubts they are likely to carry."""
    if actor.person is None:
        return None
    held = Assignment.objects.on(day).filter(person=actor.person).order_by("-start", "pk")
    return held.values_list("unit", flat=True).first()
