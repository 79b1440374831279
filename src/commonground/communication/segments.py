"""Segments: kinds of customers that hear of the change on the channels they have."""

from datetime import datetime
from typing import Any, Final, Self

from django.db import models

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.organization.models import Person
from commonground.programs.models import OfProgram, Program, key_for
from commonground.programs.register import CannotError

WITHOUT: Final = "-"  # the key of the segment of contacts that name none
WITHOUT_NAME: Final = "Without a segment"


class SegmentQuerySet(Gated["Segment"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everybody who may see whom messages reach: a segment names nobody."""
        return self if actor.may("reach.view") else self.none()


class Segment(OfProgram):
    """A kind of customers. key: as the contact export names it; words: what it needs, such as “print run closes 2 Oct”."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="segments")
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    words = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="segments")
    order = models.PositiveSmallIntegerField(default=0)

    objects = SegmentQuerySet.as_manager()
    word, facts = "a segment of customers", ("segments",)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="segment_key_once")]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def new_key() -> str:
        """A key for one that was entered by hand and not brought by an export."""
        return key_for("S")

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away. Raises CannotError while it has contacts."""
        if self.contacts.exists():
            raise CannotError(
                f"“{self}” has contacts, so it stays. Bring an export that names another segment for them."
            )
        super().remove(by=by, at=at)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.key or self.new_key()
        super().save(*args, **kwargs)
