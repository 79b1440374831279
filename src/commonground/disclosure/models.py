"""What left as a result about people: under which threshold, what was held back. Deciding is a pure function (`analysis.disclosure`)."""

from datetime import datetime
from typing import Self

from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.disclosure.clearing import Retention
from commonground.disclosure.kinds import KINDS
from commonground.journal.recording import record

__all__ = ["DisclosureError", "Release", "Retention", "Threshold"]

MOST = 1000


class DisclosureError(ValueError):
    """A threshold that cannot be set so. The message says what it is, how it stands, and what to do."""


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

    def raise_to(self, kind: str, people: int, *, why: str, by: Actor, at: datetime) -> "Threshold":
        """Asks for more people behind each result of a kind from now on. There is no way back, since what was withheld must stay so.

        Raises DisclosureError for a number that is not above what holds, one beyond all reason, no reason, and a kind that has a fixed one.
        """
        known = KINDS[kind]
        if not known.may_rise:
            raise DisclosureError(f"{known.words}: their threshold of {known.people} cannot be raised in this version.")
        if not why.strip():
            raise DisclosureError(
                "Say why more people are asked for: the journal keeps it, and it cannot be taken back."
            )
        with transaction.atomic():
            row = self.select_for_update().filter(kind=kind).first() or self.model(kind=kind, people=0)
            holds = max(known.people, row.people)
            if not holds < people <= MOST:
                raise DisclosureError(
                    f"The threshold is {holds} people and can only go up, to {MOST:,} at most; {people:,} is not above it. "
                    f"Give a number from {holds + 1} to {MOST:,}."
                )
            row.people = people
            row.save()
            values = {"before": holds, "after": people}
            record("raised a threshold", row, by=by, at=at, why=why.strip(), values=values, facts=known.facts)
        return row


class Threshold(models.Model):
    """The fewest people that results of a kind may stand for, where it was raised above the house's own (GLOSSARY)."""

    kind = models.CharField(max_length=40, unique=True)
    people = models.PositiveSmallIntegerField()

    objects = ThresholdQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind}: {self.people}"
