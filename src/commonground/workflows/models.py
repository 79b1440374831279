"""Workflows, work processes, who answers for and who does them, and hand-offs: as is and to be.

What is to become of a process (its fate) is staged and lives in `realignment`: a process row alone gives no plan away.
"""

from typing import Self

from django.db import models
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.visibility import Content
from commonground.organization.models import Person, Unit
from commonground.organization.periods import Period, PeriodQuerySet
from commonground.programs.models import Program, Strategy


class Workflow(models.Model):
    """How work flows from a customer's need to its answer, across units."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="workflows")
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    customer_need = models.TextField(blank=True)
    serves = models.ForeignKey(Strategy, null=True, blank=True, on_delete=models.SET_NULL, related_name="workflows")
    serves_words = models.CharField(max_length=300, blank=True)
    median_lead_working_hours = models.FloatField(null=True, blank=True)

    objects = Content["Workflow"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="workflow_key_once")]

    def __str__(self) -> str:
        return self.name


class Process(models.Model):
    """A step of work in a unit."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="processes")
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    workflow = models.ForeignKey(Workflow, null=True, blank=True, on_delete=models.SET_NULL, related_name="processes")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="processes")
    product_line = models.CharField(max_length=120, blank=True)
    open_work = models.CharField(max_length=200, blank=True)
    data = models.CharField(max_length=200, blank=True)
    taken_over_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    # a process that is to be created exists only in the plan: it is shown with its fate, under the same embargo
    planned_only = models.BooleanField(default=False)

    objects = Content["Process"].as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="process_key_once")]

    def __str__(self) -> str:
        return self.name


class HeldQuerySet(PeriodQuerySet[models.Model]):
    def visible_to(self, actor: Actor) -> Self:
        """The program's staff see who answers for and does what; others what they answer for or do themselves."""
        if actor.is_staff:
            return self
        return self.filter(Q(person_id=actor.person)) if actor.person is not None else self.none()


class AnswersFor(Period):
    """A person answers for a process (owns it) in a time."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="owners")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="answers_for")

    objects = HeldQuerySet.as_manager()

    class Meta(Period.Meta):
        pass


class Does(Period):
    """A person does a process in a time."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="doers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="does")

    objects = HeldQuerySet.as_manager()

    class Meta(Period.Meta):
        pass


class Handoff(models.Model):
    """Work or information that goes from one process to the next."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="handoffs")
    workflow = models.ForeignKey(Workflow, on_delete=models.CASCADE, related_name="handoffs")
    from_process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="hands_on")
    to_process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="receives")
    carries = models.CharField(max_length=200, blank=True)
    when = models.CharField(max_length=6, choices=[("as_is", "as is"), ("to_be", "to be")], default="as_is")
    median_wait_working_hours = models.FloatField(null=True, blank=True)
    cases = models.PositiveIntegerField(null=True, blank=True)
    ping_pong_cases = models.PositiveIntegerField(null=True, blank=True)

    objects = Content["Handoff"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workflow", "from_process", "to_process", "when"], name="handoff_once")
        ]

    def __str__(self) -> str:
        return f"{self.from_process} to {self.to_process}"
