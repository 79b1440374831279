"""What left as a result about people: under which threshold, what was held back. Deciding is a pure function (`analysis.suppression`)."""

from typing import Self

from django.db import models

from commonground.access.actor import Actor
from commonground.access.visibility import Gated


class ReleaseQuerySet(Gated["Release"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("releases.view") else self.none()


class Release(models.Model):
    """One set of results that was made to be shown. subject: of what, in words; source: the table or figures it is; digest: of what was
    released, so that two releases can be told apart without keeping a second copy. cells, withheld: how many results were shown and held
    back; groups_left_out: groups that are too small."""

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    subject_key = models.CharField(max_length=120)
    program = models.CharField(max_length=60, blank=True)
    threshold = models.PositiveSmallIntegerField()
    cells = models.PositiveIntegerField()
    withheld = models.PositiveIntegerField()
    groups_left_out = models.PositiveIntegerField(default=0)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject}"


class ThresholdQuerySet(Gated["Threshold"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("releases.view") else self.none()


class Threshold(models.Model):
    """The fewest people that results of a kind may stand for, where it was raised above the house's own (GLOSSARY)."""

    kind = models.CharField(max_length=40, unique=True)
    people = models.PositiveSmallIntegerField()

    objects = ThresholdQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind}: {self.people}"
