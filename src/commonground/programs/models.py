"""A program: its goal stated openly, its strategy, milestones, engagements and activities."""

from typing import Self

from django.db import models
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.visibility import Content, ForStaff, Gated
from commonground.analysis.facts import ENGAGEMENT_KINDS, MILESTONES
from commonground.organization.models import Person, Unit, below

MILESTONE_LABELS = {
    "first_raised": "CRM first raised",
    "strategy_agreed": "Strategy agreed",
    "amount_of_change_decided": "Amount of change decided",
    "team_seated": "Team seated",
    "workflows_agreed": "Workflows agreed",
    "technology_chosen": "Technology chosen",
    "cut_over": "Cut-over",
}
STATES = (("planned", "planned"), ("running", "running"), ("done", "done"), ("dropped", "dropped"))


class Program(models.Model):
    """One CRM program. The goal is stated openly, growth or fewer posts alike."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    goal = models.TextField(blank=True)
    goal_stated_on = models.DateField(null=True, blank=True)
    started = models.DateField()
    planned_end = models.DateField(null=True, blank=True)

    objects = Content["Program"].as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Strategy(models.Model):
    """A part of the strategy: a statement, the customer need it serves, when it was agreed. Workflows say which part they serve."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="strategy")
    statement = models.TextField()
    customer_need = models.TextField(blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = Content["Strategy"].as_manager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.statement


class Milestone(models.Model):
    """A dated point of the program line, for the whole or for one unit."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField(max_length=30, choices=[(kind, MILESTONE_LABELS[kind]) for kind in MILESTONES])
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    planned = models.DateField(null=True, blank=True)
    actual = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = Content["Milestone"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "kind", "unit"], name="milestone_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return MILESTONE_LABELS.get(self.kind, self.kind)


class EngagementQuerySet(Gated["Engagement"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("engagements.view") else self.none()


class Engagement(models.Model):
    """A talk with somebody whose word counts: the board, an influencer, others."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="engagements")
    on = models.DateField()
    who = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in ENGAGEMENT_KINDS])
    outside_it = models.BooleanField(null=True)
    what = models.CharField(max_length=300, blank=True)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.who}, {self.on:%Y-%m-%d}"


class ActivityQuerySet(ForStaff["Activity"]):
    def visible_to(self, actor: Actor) -> Self:
        """The program's staff see all activities; others those of their own."""
        if actor.is_staff:
            return self
        return self.filter(owner_id=actor.person) if actor.person is not None else self.none()


class Activity(models.Model):
    """Something that is done for the people side of the program."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="activities")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    practice = models.CharField(max_length=5, blank=True)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="activities")
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    hours = models.FloatField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=STATES, default="planned")
    words = models.CharField(max_length=300, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["start", "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="activity_key_once")]

    def __str__(self) -> str:
        return self.words or self.kind


def of_units(actor: Actor, field: str = "unit") -> Q:
    """The condition “belongs to a unit of this unit manager”."""
    return Q(**{f"{field}__in": below(actor.units)}) if actor.units else Q(pk__in=())
