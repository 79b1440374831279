"""A program: its goal stated openly, its strategy, milestones, engagements and activities."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string

from commonground.access.actor import Actor
from commonground.access.visibility import Content, Gated
from commonground.analysis.facts import ENGAGEMENT_KINDS, MILESTONES
from commonground.journal.models import Entry
from commonground.organization.models import Unit, below
from commonground.programs import register

MILESTONE_LABELS = {
    "first_raised": "CRM first raised",
    "strategy_agreed": "Strategy agreed",
    "amount_of_change_decided": "Amount of change decided",
    "team_seated": "Team seated",
    "workflows_agreed": "Workflows agreed",
    "technology_chosen": "Technology chosen",
    "cut_over": "Cut-over",
}
R = TypeVar("R", bound="OfProgram")


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

    def state_goal(self, *, goal: str, on: date, by: Actor, at: datetime) -> bool:
        """States the goal openly, in these words, since this day. The words before stay in the journal."""
        values = {"goal": goal, "goal_stated_on": on}
        return register.change(self, values, verb="stated the goal", facts=(), by=by, at=at)

    def add(self, row: R, *, by: Actor, at: datetime) -> R:
        """Adds a part of the strategy, a milestone, an engagement or an activity."""
        row.program = self
        return register.add(row, verb=f"added {row.word}", facts=row.facts, by=by, at=at)


class OfProgram(models.Model):
    """A row of a program's register: it can be changed, removed, and put back as it was. `word`: what it is called in the journal."""

    program: "models.ForeignKey[Program, Program]"
    word = ""
    facts: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def change(self, values: Mapping[str, Any], *, by: Actor, at: datetime) -> bool:
        """Gives fields other values. Returns whether anything differed."""
        return register.change(self, values, verb=f"changed {self.word}", facts=self.facts, by=by, at=at)

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away; `put_back` brings it back."""
        register.remove(self, verb=f"removed {self.word}", facts=self.facts, by=by, at=at)

    @classmethod
    def put_back(cls, entry: Entry, *, by: Actor, at: datetime) -> Self:
        """Writes a removed one again. Raises CannotError when that is no longer possible."""
        return register.put_back(entry, cls, facts=cls.facts, by=by, at=at)


class Strategy(OfProgram):
    """A part of the strategy: a statement, the customer need it serves, when it was agreed. Workflows say which part they serve."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="strategy")
    statement = models.TextField()
    customer_need = models.TextField(blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = Content["Strategy"].as_manager()
    word, facts = "a part of the strategy", ("workflows",)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.statement

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away. Raises CannotError while a workflow serves it."""
        served_by = list(self.workflows.values_list("name", flat=True))
        if served_by:
            raise register.CannotError(
                f"“{self}” is served by {', '.join(served_by)}, so it stays. Say first which part these serve instead."
            )
        super().remove(by=by, at=at)


class Milestone(OfProgram):
    """A dated point of the program line, for the whole or for one unit."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField(max_length=30, choices=[(kind, MILESTONE_LABELS[kind]) for kind in MILESTONES])
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    planned = models.DateField(null=True, blank=True)
    actual = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = Content["Milestone"].as_manager()
    word, facts = "a milestone", ("milestones",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "kind", "unit"], name="milestone_once"),
            models.UniqueConstraint(fields=["program", "kind"], condition=Q(unit=None), name="milestone_for_all_once"),
        ]

    def __str__(self) -> str:
        return MILESTONE_LABELS.get(self.kind, self.kind)


class EngagementQuerySet(Gated["Engagement"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("engagements.view") else self.none()


class Engagement(OfProgram):
    """A talk with somebody whose word counts: the board, an influencer, others."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="engagements")
    on = models.DateField()
    who = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in ENGAGEMENT_KINDS])
    outside_it = models.BooleanField(null=True)
    what = models.CharField(max_length=300, blank=True)

    objects = EngagementQuerySet.as_manager()
    word, facts = "an engagement", ("engagements",)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.who}, {self.on:%Y-%m-%d}"


def key_for(prefix: str) -> str:
    """A key for a thing that was entered by hand and not brought by a sheet."""
    return f"{prefix}-{get_random_string(8, 'abcdefghjkmnpqrstuvwxyz23456789')}"


def of_units(actor: Actor, field: str = "unit") -> Q:
    """The condition “belongs to a unit of this unit manager”."""
    return Q(**{f"{field}__in": below(actor.units)}) if actor.units else Q(pk__in=())


from commonground.programs.activities import NEXT_STATES, STATES, Activity, ActivityQuerySet  # noqa: E402 - it builds on what stands above

__all__ = [
    "MILESTONE_LABELS",
    "NEXT_STATES",
    "STATES",
    "Activity",
    "ActivityQuerySet",
    "Engagement",
    "EngagementQuerySet",
    "Milestone",
    "OfProgram",
    "Program",
    "Strategy",
    "key_for",
    "of_units",
]
