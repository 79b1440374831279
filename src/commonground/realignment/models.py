"""What is to become of processes, roles and their holders; what each role gains and loses; the search for the new way.

Everything that is planned for people hangs on a staged row (`stages.py`) and is seen only through it.
"""

from typing import Self

from django.db import models

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.organization.models import Person
from commonground.organization.periods import Period, PeriodQuerySet
from commonground.programs.models import Program
from commonground.realignment.acknowledgements import Acknowledgement, Conversation
from commonground.realignment.fates import HolderPath, ProcessFate, RoleFate
from commonground.realignment.gains import KIND_LABELS, RoleChange
from commonground.workflows.models import Workflow

__all__ = [
    "KIND_LABELS",
    "Acknowledgement",
    "Contribution",
    "Conversation",
    "HolderPath",
    "ProcessFate",
    "RoleChange",
    "RoleFate",
    "Seat",
    "Session",
    "Solution",
]


class SolutionQuerySet(Gated["Solution"]):
    def visible_to(self, actor: Actor) -> Self:
        """The program's staff see every search; others those in which they have a seat."""
        if actor.is_staff:
            return self
        return self.filter(pk__in=Seat.objects.filter(person_id=actor.person).values("solution"))


class Solution(models.Model):
    """The search for how a workflow in question will work."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="solutions")
    key = models.CharField(max_length=120)
    workflow = models.ForeignKey(Workflow, on_delete=models.CASCADE, related_name="solutions")
    question = models.TextField(blank=True)
    options = models.TextField(blank=True)
    opened = models.DateField(null=True, blank=True)
    decided = models.DateField(null=True, blank=True)
    decision = models.TextField(blank=True)

    objects = SolutionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="solution_key_once")]

    def __str__(self) -> str:
        return self.question or f"Search for a new {self.workflow}"


class OfSolution(PeriodQuerySet[models.Model]):
    """Rows of a search, seen by whoever sees the search."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(solution__in=Solution.objects.visible_to(actor).values("pk"))


class Seat(Period):
    """A place in a search. A seat alone is not taking part."""

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seats")
    consent = models.BooleanField(null=True)
    hours_per_week = models.FloatField(null=True, blank=True)
    manager_agreed = models.BooleanField(null=True)

    objects = OfSolution.as_manager()

    class Meta(Period.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.person}, seat"


class Session(models.Model):
    """A meeting of a search, and who was there."""

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="sessions")
    on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    people = models.ManyToManyField(Person, related_name="sessions")

    objects = OfSolution.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"session of {self.on:%Y-%m-%d}"


class Contribution(models.Model):
    """Something a person brought into a search, under their name."""

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="contributions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contributions")
    on = models.DateField()
    words = models.TextField(blank=True)
    came_of_it = models.CharField(max_length=300, blank=True)

    objects = OfSolution.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.person}, {self.on:%Y-%m-%d}"
