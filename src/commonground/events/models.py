"""Event logs: which there are, what was delivered to each, on whose agreement, and how its working week runs.

The events themselves lie in the event store (`store.py`), not in the database; here stands what is known about them. A log belongs to
the instance, as the organization does: which workflows it tells of is said by `workflows`.
"""

from typing import Self

from django.conf import settings
from django.db import models

from commonground.access.actor import Actor
from commonground.access.visibility import Gated

READ, WORKING, TAKEN, UNDONE, REFUSED = "read", "working", "taken", "undone", "refused"
STATES = {
    READ: "looked over, not taken over yet",
    WORKING: "under way",
    TAKEN: "taken over",
    UNDONE: "undone",
    REFUSED: "set aside",
}


class LogQuerySet(Gated["Log"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who may look at event logs: what they hold and on whose agreement. Measured figures are shown by `workflows`."""
        return self if actor.may("events.view") else self.none()


class Log(models.Model):
    """An event log: one or several sources whose cases belong together.

    days: working days, Monday is 0. opens, closes: of a working day, in minutes from midnight in the instance's time zone.
    closed_on: days without work, as ISO dates. generation: counts the states of its store; 0 while it is empty. cases, events,
    people, first, last: of what stands in the store now.
    """

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    days = models.JSONField(default=list)
    opens = models.PositiveSmallIntegerField(default=8 * 60)
    closes = models.PositiveSmallIntegerField(default=16 * 60)
    closed_on = models.JSONField(default=list)
    generation = models.PositiveIntegerField(default=0)
    cases = models.BigIntegerField(default=0)
    events = models.BigIntegerField(default=0)
    people = models.BigIntegerField(default=0)
    first = models.DateTimeField(null=True)
    last = models.DateTimeField(null=True)

    objects = LogQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class DeliveryQuerySet(Gated["Delivery"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("events.view") else self.none()

    def standing(self) -> Self:
        """Those whose events are in the store."""
        return self.filter(state=TAKEN)


class Delivery(models.Model):
    """One file of events brought to a log, from looking it over to taking it over, and perhaps undoing it.

    source: the system it comes from, as “CRM” or “dispatch”. mapping: column of ours → header of theirs. options: missing values,
    order of day and month, time zone. agreement: the agreement or reason that allows it, in words, without which nothing is taken
    over. summary: what was found, for the pages. place: the folder of the file, and of its coded events in the store.
    """

    log = models.ForeignKey(Log, on_delete=models.CASCADE, related_name="deliveries")
    source = models.CharField(max_length=120)
    file = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    place = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=10, choices=list(STATES.items()), default=READ)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    agreement = models.TextField(blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    summary = models.JSONField(default=dict)
    progress = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file

    @property
    def state_words(self) -> str:
        return STATES[self.state]
