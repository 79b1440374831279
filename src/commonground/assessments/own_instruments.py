"""Instruments that an organization brought itself: typed in from a licensed copy, or uploaded as a file."""

from typing import Self

from django.db import models

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.programs.models import OfProgram, Program


class OwnInstrumentQuerySet(Gated["OwnInstrument"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("assessments.change") else self.none()


class OwnInstrument(OfProgram):
    """An instrument of one's own. key: begins with “own-”. data: as its file says it (`instruments.read_instrument`). of: key of the
    published instrument whose structure it has, empty for none."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    data = models.JSONField(default=dict)
    of = models.CharField(max_length=80, blank=True)

    objects = OwnInstrumentQuerySet.as_manager()
    word = "an instrument"

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="own_instrument_once")]

    def __str__(self) -> str:
        return self.name
