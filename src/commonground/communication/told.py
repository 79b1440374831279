"""What customers told us: noted by hand or brought back with a mailing, and what it became, a voice or a joint improvement."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Self

from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.communication.hiccups import HiccupPlan
from commonground.communication.improvements import Improvement
from commonground.communication.messages import CUSTOMER_CHANNELS, Message
from commonground.communication.segments import Segment
from commonground.programs import register
from commonground.programs.models import OfProgram, Program, key_for
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of
from commonground.voice.models import Voice
from commonground.voice.voices import MOST_LETTERS

CAME_BY: Final = dict(CUSTOMER_CHANNELS)


class ToldQuerySet(Gated["Told"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everybody who works on the program: it names no customer."""
        return self if actor.may("collaboration.view") else self.none()

    def open(self) -> Self:
        """What has become nothing yet."""
        return self.filter(voice=None, improvement=None, closed_on=None)

    def note(self, program: Program, said: Mapping[str, Any], *, by: Actor, at: datetime) -> "Told":
        """Writes down what customers told us. said: on, words; segment, plan, message, channel, many. Never a customer's name."""
        row = Told(program=program, **{"on": day_of(at), **said})
        return register.add(row, verb=f"noted {row.word}", facts=row.facts, by=by, at=at)


class Told(OfProgram):
    """Something that customers of a segment told us, without a name. many: how many said it. closed_on: nothing comes of it, and why."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="told")
    key = models.CharField(max_length=120)
    on = models.DateField()
    segment = models.ForeignKey(Segment, null=True, blank=True, on_delete=models.SET_NULL, related_name="told")
    plan = models.ForeignKey(HiccupPlan, null=True, blank=True, on_delete=models.SET_NULL, related_name="told")
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="told")
    channel = models.CharField(max_length=8, choices=list(CAME_BY.items()), blank=True)
    words = models.TextField()
    many = models.PositiveIntegerField(default=1)
    voice = models.ForeignKey(Voice, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    improvement = models.ForeignKey(Improvement, null=True, blank=True, on_delete=models.SET_NULL, related_name="told")
    closed_on = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)

    objects = ToldQuerySet.as_manager()
    word, facts = "what customers told us", ()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.words if len(self.words) <= 80 else self.words[:79] + "…"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.key or key_for("T")
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.voice_id is None and self.improvement_id is None and self.closed_on is None

    @property
    def who(self) -> str:
        """Who said it, as far as that is told."""
        return str(self.segment) if self.segment else "customers"

    def become_voice(self, kind: str, *, by: Actor, at: datetime) -> Voice:
        """Raises it as a voice of customers, without anybody's name, so that it is triaged and answered as all are.

        Raises CannotError for what has become something already.
        """
        self._refuse_twice()
        many = f" ({self.many} said so)" if self.many > 1 else ""
        words = f"{self.who.capitalize()}{many}: {self.words}"[:MOST_LETTERS]
        with transaction.atomic():
            voice = Voice.objects.hand_over(self.program, by=by, at=at, kind=kind, words=words)
            values = {"voice_id": voice.pk}
            register.change(self, values, verb="made a voice of what customers told us", facts=(), by=by, at=at)
        return voice

    def become_improvement(self, name: str, *, by: Actor, at: datetime) -> Improvement:
        """Begins a joint improvement with it. Raises CannotError for what has become something already."""
        self._refuse_twice()
        with transaction.atomic():
            row = Improvement(name=name, key=Improvement.new_key(), start=day_of(at))
            self.program.add(row, by=by, at=at)
            values = {"improvement_id": row.pk}
            register.change(
                self, values, verb="began an improvement from what customers told us", facts=(), by=by, at=at
            )
        return row

    def close(self, why: str, *, by: Actor, at: datetime) -> bool:
        """Nothing comes of it, and why. Raises CannotError without a reason, and for what has become something already."""
        self._refuse_twice()
        if not why.strip():
            raise CannotError("Say in a few words why nothing comes of it.")
        values = {"closed_on": day_of(at), "why": why.strip()}
        return register.change(self, values, verb="closed what customers told us", facts=(), by=by, at=at)

    def open_again(self, *, by: Actor, at: datetime) -> bool:
        """It waits again; a voice or an improvement that came of it stays where it is."""
        values = {"closed_on": None, "why": "", "voice_id": None, "improvement_id": None}
        return register.change(self, values, verb="opened what customers told us again", facts=(), by=by, at=at)

    def _refuse_twice(self) -> None:
        if not self.is_open:
            raise CannotError(f"“{self}” has become something already. Open it again first.")
