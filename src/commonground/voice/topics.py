"""A topic: what several voices have in common, so that one public answer serves them all."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.journal.recording import record
from commonground.programs import register
from commonground.programs.models import Program
from commonground.voice.voices import FACTS, Voice


class TopicQuerySet(Gated["Topic"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who works on voices sees all topics; others those that are answered, or in which something is published."""
        if actor.user is None or not actor.sees_content:
            return self.none()
        if actor.may("voices.work"):
            return self
        public = Voice.objects.filter(published=True, topic__isnull=False)
        return self.filter(Q(answered_on__isnull=False) | Q(pk__in=public.values("topic")))

    def open(self, program: Program, *, name: str, by: Actor, at: datetime) -> "Topic":
        """Names what voices have in common, in words that all may read."""
        return register.add(Topic(program=program, name=name.strip()), verb="named a topic", facts=FACTS, by=by, at=at)


class Topic(models.Model):
    """What voices have in common, and the answer to all of them. name: in words that all may read."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="topics")
    name = models.CharField(max_length=200)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    came_of_it = models.TextField(blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    def rename(self, name: str, *, by: Actor, at: datetime) -> bool:
        """Gives it other words. Returns whether they differ."""
        return register.change(self, {"name": name.strip()}, verb="renamed a topic", facts=(), by=by, at=at)

    def say_what_came_of_it(self, words: str, *, by: Actor, at: datetime) -> bool:
        """Says what came of all that was said, after the answer."""
        return register.change(
            self, {"came_of_it": words.strip()}, verb="said what came of a topic", facts=(), by=by, at=at
        )

    def write(self, verb: str, *, by: Actor, at: datetime, **values: Any) -> None:
        """Journals what was done with it, inside the verb's transaction."""
        record(verb, self, by=by, at=at, values=values, facts=FACTS)
