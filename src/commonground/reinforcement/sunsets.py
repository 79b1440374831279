"""How an old path ends: announced, by whom and how, what takes it away, and when that was done. The day itself is the behaviour's."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Self

from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.adoption.models import Behaviour
from commonground.organization.models import Person
from commonground.programs.models import OfProgram, Program
from commonground.programs.register import CannotError


class SunsetQuerySet(Gated["Sunset"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("reinforcement.view") else self.none()

    def say(self, behaviour: Behaviour, on: date | None, values: Mapping[str, Any], *, by: Actor, at: datetime) -> bool:
        """Says when the old way of a behaviour ends, and what else is known of it. Returns whether anything differed.

        The day is written where it always stands, on the behaviour. Raises CannotError for words that go out after the end, and for an
        end without anything that takes the old way away.
        """
        announced, removes = values.get("announced_on"), values.get("removes")
        if on and announced and announced > on:
            raise CannotError(
                "It would be announced after it has ended. Choose an earlier day for the word, or a later end."
            )
        if on and not removes:
            raise CannotError("Say what takes the old way away on that day; a date alone ends nothing.")
        with transaction.atomic():
            moved = behaviour.change({"old_sunset_on": on}, by=by, at=at)
            row = self.filter(behaviour=behaviour).first()
            if row is None:
                behaviour.program.add(self.model(behaviour=behaviour, **values), by=by, at=at)
                return True
            return row.change(values, by=by, at=at) or moved


class Sunset(OfProgram):
    """The end of the old way of one behaviour. removes: what takes it away, as “the paper sheets are no longer printed”; who: does that.

    removed_on: when it was done. The day on which it is to end is `behaviour.old_sunset_on`.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    behaviour = models.OneToOneField(Behaviour, on_delete=models.CASCADE, related_name="sunset")
    announced_on = models.DateField(null=True, blank=True)
    announced_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    announced_how = models.CharField(max_length=200, blank=True)
    removes = models.CharField(max_length=300, blank=True)
    who = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    removed_on = models.DateField(null=True, blank=True)

    objects = SunsetQuerySet.as_manager()
    word, facts = "the end of an old way", ("sunsets",)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"the end of “{self.behaviour.old_words or self.behaviour}”"
