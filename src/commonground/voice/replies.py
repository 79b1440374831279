"""What goes to and fro between an author and those who answer, seen by them alone."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models

from commonground.access.actor import Actor
from commonground.access.unordered import random_pk
from commonground.access.visibility import Gated
from commonground.voice.voices import Voice


class ReplyQuerySet(Gated["Reply"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever may read a voice's own words; not those who read what is public."""
        return self.filter(voice__in=Voice.objects.in_confidence(actor).values("pk"))

    def add(self, voice: Voice, *, words: str, on: date, from_author: bool, user: int | None) -> bool:
        """Adds one at the end, inside the verb's transaction. The same words sent twice in a row are one. Returns whether it was added."""
        last = self.filter(voice=voice).order_by("turn").last()
        if last is not None and (last.words, last.from_author) == (words, from_author):
            return False
        turn = last.turn + 1 if last is not None else 1
        row = Reply(pk=random_pk(), voice=voice, turn=turn, words=words, on=on, from_author=from_author, user_id=user)
        row.save(force_insert=True)
        return True


class Reply(models.Model):
    """One note. turn: its place in the talk. on: the day; the Monday of its week without a name. user: who wrote, if known."""

    id = models.BigAutoField(primary_key=True)  # always given, never counted up: see access.unordered
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="replies")
    turn = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=2000)
    on = models.DateField()
    from_author = models.BooleanField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["turn"]
        constraints = [models.UniqueConstraint(fields=["voice", "turn"], name="reply_turn_once")]
