"""Questions that were asked in a talk become voices: told by a unit of enough people, on the topic that the message answers, unnamed."""

from datetime import datetime

from django.db import transaction

from commonground.access.actor import Actor
from commonground.communication.cascade_steps import count_question
from commonground.communication.cascades import CascadeStep
from commonground.programs.register import CannotError
from commonground.voice.models import Topic, Voice
from commonground.voice.working import join


def only_topic(step: CascadeStep) -> Topic | None:
    """What the message answers, where that is one thing: for deliverers who cannot choose, since they do not see topics that wait."""
    topics = list(step.cascade.message.topics.all()[:2])
    return topics[0] if len(topics) == 1 else None


def hand_on(step: CascadeStep, *, kind: str, words: str, topic: Topic | None, by: Actor, at: datetime) -> Voice:
    """Writes down what somebody said in a talk, for them. The talk only keeps how many there were: which, would tell a small team apart.

    Raises CannotError for whoever does not hold the talk.
    """
    if not step.may_confirm(by) or step.cascade.is_proposed:
        raise CannotError("Whoever holds this talk hands on what was asked in it, once the cascade has begun.")
    program = step.cascade.program
    with transaction.atomic():
        voice = Voice.objects.hand_over(program, by=by, at=at, kind=kind, words=words, unit=step.unit, workflow=None)
        if topic is not None:
            join(voice, topic, by=by, at=at)
        count_question(step)
    return voice
