"""Messages for one person: those that are out, meant for them, and about nothing that their line has still to tell them."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import F, Q

from commonground.access.actor import Actor
from commonground.communication.audiences import for_person
from commonground.communication.cascade_steps import awaited_by
from commonground.communication.messages import DONE, OUT, Message, MessageText
from commonground.organization.models import Assignment
from commonground.programs.models import Program

BACK, MOST = timedelta(days=120), 5


class ForMe(NamedTuple):
    """A message and its words in the person's language."""

    row: Message
    text: MessageText | None


def messages_for(actor: Actor, program: Program, day: date, most: int | None = MOST) -> list[ForMe]:
    """What was said to the person who asks, the newest first; of those still running and of the last months.

    Whoever works on the program as well sees here no more than anybody else would: only what is told counts. A message that a talk
    brings stands here once that talk was had.
    """
    if actor.person is None or not actor.sees_content:
        return []
    rows = Message.objects.of(program).inside().told().filter(state__in=(OUT, DONE))
    lasts = Q(end=None) | Q(end__gt=day - BACK)
    since = Q(start=None) | Q(start__gt=day - BACK)
    rows = rows.filter(lasts & since).filter(Q(start=None) | Q(start__lte=day))
    rows = rows.exclude(pk__in=awaited_by(actor.person))
    ordered = rows.select_related("unit", "sender", "program").prefetch_related("texts")
    found = for_person(ordered.order_by(F("start").desc(nulls_last=True), "-pk"), actor.person, day)
    place = Assignment.objects.on(day).filter(person=actor.person).values_list("language", flat=True).first()
    return [ForMe(one, one.text_in(place or "")) for one in found[:most]]
