"""What exists of a round when it is closed: tables that were computed once; and while it is open, how many answered, once a day."""

from typing import Any, Self

from django.db import models
from django.db.models.functions import Cast

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.assessments.in_days import CANCELLED
from commonground.assessments.rounds import Round

BEHIND = "behind"  # the row that no page shows: what later rounds are decided with


class PublishedQuerySet(Gated["PublishedTable"]):
    def visible_to(self, actor: Actor) -> Self:
        """The tables of rounds for everybody who reads assessments. Which cells of them, `seeing.lines_for` decides."""
        return self.exclude(key=BEHIND) if actor.may("assessments.view") else self.none()

    def written(self) -> list[tuple[str, str]]:
        """Key and data of each as JSON text: for whoever keeps what was made of just this text."""
        rows = self.annotate(written=Cast("data", models.TextField()))
        return list(rows.values_list("key", "written"))


class PublishedTable(models.Model):
    """One table of a closed round, frozen. key: its attributes, “whole” for all together.

    data: {"cut": [attributes], "cells": [cell, …]}; a cell has values, label, depth, shown, and when shown invited, answered and
    figures: question → what `analysis.assessment` says of it. Cells that are withheld have neither counts nor figures.
    The row “behind” holds what the gate of later rounds needs: the cells told as sets of combinations, and how many of each combination
    did not answer, at most the threshold.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="published")
    key = models.CharField(max_length=80)
    data = models.JSONField()
    made_on = models.DateField()

    objects = PublishedQuerySet.as_manager()
    derived = True

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "key"], name="published_once")]

    def __str__(self) -> str:
        return f"{self.round}, {self.key}"

    @property
    def cells(self) -> list[dict[str, Any]]:
        return list(self.data.get("cells", ()))


class ResponseQuerySet(Gated["ResponseDay"]):
    def visible_to(self, actor: Actor) -> Self:
        """Of open and closed rounds, for those who prepare them and those who read them."""
        return self.exclude(round__state=CANCELLED) if actor.may("assessments.view") else self.none()


class ResponseDay(models.Model):
    """How many answered so far, of groups of at least ten, as it stood when the day was first asked for. data: list of
    {"kind", "key", "label", "invited", "share"}, share rounded to 5 %."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="response_days")
    day = models.DateField()
    data = models.JSONField()

    objects = ResponseQuerySet.as_manager()
    derived = True

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["round", "day"], name="response_once_a_day")]

    def __str__(self) -> str:
        return f"{self.round}, {self.day:%Y-%m-%d}"
