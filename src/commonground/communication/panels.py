"""Panels with customers, and meetings: who of ours met which customers, and what came of it."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from commonground.communication.ours import CollaborationQuerySet, WithOurs
from commonground.organization.models import Person, Unit
from commonground.programs.models import Program, key_for
from commonground.programs.register import CannotError


class PanelQuerySet(CollaborationQuerySet):
    def on(self, day: date) -> Self:
        """Those that run on a day."""
        return self.filter(Q(start=None) | Q(start__lte=day), Q(end=None) | Q(end__gt=day))


class Panel(WithOurs):
    """Customers who meet people of ours for a while. customers: which ones, in words; never somebody's name without their consent."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="panels")
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    customers = models.CharField(max_length=300, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ours = models.ManyToManyField(Person, related_name="panels", blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)

    objects = PanelQuerySet.as_manager()
    word, facts = "a panel with customers", ("panels",)
    fields = ("name", "customers", "unit", "start", "end", "words")

    class Meta:
        ordering = ["start", "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="panel_key_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.key or key_for("C")
        super().save(*args, **kwargs)

    def refuse_wrong(self) -> None:
        if self.start and self.end and self.end <= self.start:
            raise CannotError("It ends before it begins. Choose a later day.")


class CustomerMeeting(WithOurs):
    """A meeting of people of ours with customers, in a panel or beside one. A day ahead plans it."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="customer_meetings")
    panel = models.ForeignKey(Panel, null=True, blank=True, on_delete=models.SET_NULL, related_name="meetings")
    on = models.DateField()
    customers = models.CharField(max_length=300)
    ours = models.ManyToManyField(Person, related_name="customer_meetings", blank=True)
    words = models.CharField(max_length=300, blank=True)
    came_of_it = models.CharField(max_length=500, blank=True)

    objects = CollaborationQuerySet.as_manager()
    word, facts = "a meeting with customers", ()
    fields = ("panel", "on", "customers", "words", "came_of_it")

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.customers}, {self.on:%Y-%m-%d}"
