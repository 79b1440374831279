"""Behaviours: a new and an old way of doing one thing, what is wanted, what it brings, and what was measured of it."""

from typing import Self

from django.db import models
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.organization.models import Person, Unit
from commonground.programs.models import OfProgram, Program

FROM_LOG, COUNTED, ASKED = "log", "count", "survey"
SOURCES = {
    FROM_LOG: "read from an event log",
    COUNTED: "counted by hand",
    ASKED: "asked in a survey",
}


class PaceQuerySet(Gated["Behaviour"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everybody who works on the program, and the auditor."""
        return self if actor.may("pace.view") else self.none()


class Behaviour(OfProgram):
    """One thing that can be done in the new or the old way. name: what people do in the new way, as “log the contact in the shared record”.

    source: where its occasions are seen. rule: how events of `log` tell them (FORMATS, `[occasion] [new] [old] [population]`); empty
    without a log. population: keys of units it is for, empty for all.
    vanity: it says that a tool is opened, not that work is done another way.
    starts_on: the day it begins for units without a cut-over of their own. target_share (0 to 1) by target_on. old_possible,
    old_rewarded: whether the old way can still be taken, or still pays; None: not known. ready: key of the ready one it was made from.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="behaviours")
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    new_words = models.CharField(max_length=120)
    old_words = models.CharField(max_length=120, blank=True)
    occasion_words = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=8, choices=list(SOURCES.items()), default=FROM_LOG)
    log = models.ForeignKey("events.Log", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rule = models.JSONField(default=dict, blank=True)
    vanity = models.BooleanField(default=False)
    starts_on = models.DateField(null=True, blank=True)
    target_share = models.FloatField(null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    old_sunset_on = models.DateField(null=True, blank=True)
    old_possible = models.BooleanField(null=True, blank=True)
    old_rewarded = models.BooleanField(null=True, blank=True)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    ready = models.CharField(max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = PaceQuerySet.as_manager()
    word, facts = "a behaviour", ("behaviours", "pace", "forecasts", "sources")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="behaviour_key_once")]

    def __str__(self) -> str:
        return self.name


class CountQuerySet(Gated["Count"]):
    def visible_to(self, actor: Actor) -> Self:
        """Counts are of a unit and a week, brought in by hand; few people may stand behind one, so pages show measured series instead."""
        return self if actor.may("pace.change") else self.none()


class Count(OfProgram):
    """Occasions of one behaviour counted by hand or asked in a survey: of one unit (None: of all) in the week that begins on `week`.

    people: how many people they are of; without it the unit's head count stands for it.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    behaviour = models.ForeignKey(Behaviour, on_delete=models.CASCADE, related_name="counts")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    week = models.DateField()
    new = models.PositiveIntegerField()
    old = models.PositiveIntegerField()
    neither = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(null=True, blank=True)

    objects = CountQuerySet.as_manager()
    word, facts = "a count", ("pace",)

    class Meta:
        ordering = ["week", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["behaviour", "unit", "week"], name="count_of_unit_once"),
            models.UniqueConstraint(fields=["behaviour", "week"], condition=Q(unit=None), name="count_of_all_once"),
        ]

    def __str__(self) -> str:
        return f"{self.behaviour}, {self.unit or 'all'}, {self.week:%Y-%m-%d}"


class SourceQuerySet(Gated["Source"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("pace.view") else self.none()


class Source(OfProgram):
    """How long a system keeps what a log is fed from. system: as in the delivery's source. keeps_days: None while it keeps for good;
    known: whether anybody has said so."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    log = models.ForeignKey("events.Log", on_delete=models.CASCADE, related_name="+")
    system = models.CharField(max_length=120)
    keeps_days = models.PositiveIntegerField(null=True, blank=True)
    known = models.BooleanField(default=False)

    objects = SourceQuerySet.as_manager()
    word, facts = "how long a source keeps", ("sources",)

    class Meta:
        ordering = ["system", "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "log", "system"], name="source_once")]

    def __str__(self) -> str:
        return self.system


class BenefitQuerySet(Gated["Benefit"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("benefits.view") else self.none()


class Benefit(OfProgram):
    """What an occasion brings when it goes the new way, in its own unit: minutes, repeat calls, avoided visits.

    per_occasion: how much, always above zero; counter: it costs that much instead. money: what one of the unit is worth, None: not said.
    baseline: how many of the unit a month were brought before the change. planned: [[ISO day, share new], …] the planned curve,
    empty: a straight line from the cut-over to the behaviour's target.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="benefits")
    behaviour = models.ForeignKey(Behaviour, on_delete=models.CASCADE, related_name="benefits")
    name = models.CharField(max_length=200)
    unit_words = models.CharField(max_length=60)
    per_occasion = models.FloatField()
    money = models.FloatField(null=True, blank=True)
    currency = models.CharField(max_length=8, default="€")
    counter = models.BooleanField(default=False)
    baseline = models.FloatField(default=0)
    planned = models.JSONField(default=list, blank=True)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    objects = BenefitQuerySet.as_manager()
    word, facts = "a benefit", ("behaviours",)

    class Meta:
        ordering = ["counter", "pk"]

    def __str__(self) -> str:
        return self.name


class PacedQuerySet(Gated["Paced"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("pace.view") else self.none()


class Paced(models.Model):
    """The stored figures of one behaviour: `data` is a `Pace` (analysis/pace/figures.py), made at `made_at` out of generation
    `generation` of its log (0: out of counts). rule_digest: of the rule they were made with; sources: the systems they come from.
    summary: what a list of behaviours needs of it (`summary.py`)."""

    behaviour = models.OneToOneField(Behaviour, on_delete=models.CASCADE, related_name="paced")
    generation = models.PositiveIntegerField(default=0)
    rule_digest = models.CharField(max_length=64, blank=True)
    sources = models.JSONField(default=list)
    threshold = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    data = models.JSONField()
    summary = models.JSONField(default=dict)

    objects = PacedQuerySet.as_manager()
    derived = True

    def __str__(self) -> str:
        return f"{self.behaviour}, {self.made_at:%Y-%m-%d}"


class MeasuringQuerySet(Gated["Observing"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("pace.view") else self.none()


class Observing(models.Model):
    """How far observing and measuring one behaviour is, and what went wrong last."""

    behaviour = models.OneToOneField(Behaviour, on_delete=models.CASCADE, related_name="observing")
    asked_at = models.DateTimeField()
    progress = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)

    objects = MeasuringQuerySet.as_manager()
    derived = True

    def __str__(self) -> str:
        return f"{self.behaviour}: {self.progress or 'at rest'}"


class ForecastMadeQuerySet(Gated["ForecastMade"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("pace.view") else self.none()


class ForecastMade(models.Model):
    """A forecast as it was made on a day, kept to be scored. group: kind and key of the group (“whole”, “unit:12”). data: a `Forecast`.

    score: what came of it so far (crps, coverage of 50, 80 and 95 % intervals, n weeks), {} until a week of it has been observed.
    """

    behaviour = models.ForeignKey(Behaviour, on_delete=models.CASCADE, related_name="forecasts")
    group = models.CharField(max_length=120)
    made_on = models.DateField()
    data = models.JSONField()
    score = models.JSONField(default=dict)
    scored_at = models.DateTimeField(null=True)

    objects = ForecastMadeQuerySet.as_manager()
    derived = True

    class Meta:
        ordering = ["made_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["behaviour", "group", "made_on"], name="forecast_once_a_day")]

    def __str__(self) -> str:
        return f"{self.behaviour}, {self.group}, {self.made_on:%Y-%m-%d}"
