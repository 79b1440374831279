"""A plan to do something again: each week at first, then more and more seldom, without ever falling silent."""

from datetime import datetime
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.adoption.models import Behaviour
from commonground.analysis.reinforcement.thinning import Thinning
from commonground.organization.models import Person, Unit
from commonground.programs.models import OfProgram, Program, key_for
from commonground.programs.register import CannotError
from commonground.reinforcement.given import GOING

YEAR = 52


class ScheduleQuerySet(Gated["Schedule"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("reinforcement.view") else self.none()


class Schedule(OfProgram):
    """What is done again for one behaviour, in a unit or everywhere (unit: None), and by whom.

    weekly_for: weeks from starts_on on in each of which it is; after these the interval varies from `shortest` and grows, never over
    `longest` (weeks). The intervals are drawn from the row's own number. line: key of the budget line that pays it.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    behaviour = models.ForeignKey(Behaviour, on_delete=models.CASCADE, related_name="schedules")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=list(GOING.items()))
    words = models.CharField(max_length=300)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    weekly_for = models.PositiveSmallIntegerField(default=4, validators=[MinValueValidator(1), MaxValueValidator(YEAR)])
    shortest = models.PositiveSmallIntegerField(default=2, validators=[MinValueValidator(1), MaxValueValidator(YEAR)])
    longest = models.PositiveSmallIntegerField(default=6, validators=[MinValueValidator(1), MaxValueValidator(YEAR)])
    line = models.CharField(max_length=120, blank=True)

    objects = ScheduleQuerySet.as_manager()
    word = "a plan of reinforcement"

    class Meta:
        ordering = ["behaviour", "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="schedule_key_once")]

    def __str__(self) -> str:
        return self.words

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.key or key_for("S")
        super().save(*args, **kwargs)

    @property
    def thinning(self) -> Thinning:
        """Its weeks. The seed is the row's own, so two plans of the same shape do not fall on the same weeks."""
        return Thinning(self.starts_on, self.weekly_for, self.shortest, self.longest, self.pk or 0, self.ends_on)

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away. Raises CannotError while a formal step rests on it."""
        if self.corrective_steps.exists():
            raise CannotError(
                f"“{self}” goes on beside a formal step, so it stays. Choose another beside that step first."
            )
        super().remove(by=by, at=at)
