"""Mail about voices, to people who have a name here: that there is an answer, or that somebody was given one. Never anybody's words."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse

from commonground.access.actor import Actor
from commonground.outbox.models import Message
from commonground.ui.words import day as written_day
from commonground.voice.states import KINDS
from commonground.voice.voices import HANDED, SIGNED, Voice

NEWS: Final = {
    "answer": "has an answer",
    "accept": "is being done",
    "complete": "is done, and you can read what came of it",
    "close": "was set aside, and you can read why",
}


def tell_author(voice: Voice, step: str, *, by: Actor, at: datetime) -> bool:
    """Queues a mail to whoever raised a voice with their name, in the transaction of what it tells. Returns whether one was queued.

    Who has no name or no address here finds the answer with the code or under “Mine”.
    """
    if voice.way == SIGNED and voice.raised_by_id == by.user:
        return False
    person, user = voice.author, voice.raised_by if voice.way != HANDED else None
    to = (person.email if person else "") or (user.email if user else "")
    if not to or step not in NEWS:
        return False
    words = f"What you said, {KINDS[voice.kind]} of {written_day(voice.raised_on)}, {NEWS[step]}."
    _queue("answer", to, "What you said has news", words, voice, at)
    return True


def tell_owner(voice: Voice, *, by: Actor, at: datetime) -> bool:
    """Queues a mail to whoever a voice was given to, unless they took it on themselves."""
    if voice.owner is None or voice.owner.pk == by.user or not voice.owner.email:
        return False
    until = f", to be answered by {written_day(voice.due)}" if voice.due else ""
    words = f"{by.name} gave you {KINDS[voice.kind]}{until}."
    _queue("given", voice.owner.email, "A voice was given to you", words, voice, at)
    return True


def _queue(kind: str, to: str, subject: str, words: str, voice: Voice, at: datetime) -> None:
    slug = voice.program.slug
    link = f"{settings.ADDRESS}{reverse('voice:voice', kwargs={'program': slug, 'pk': voice.pk})}"
    Message.objects.queue(kind, to, subject, f"{words}\n\n{link}\n", program=slug, at=at)
