"""What is counted during a cut-over: contacts and complaints per quarter of an hour, hour or day, and where the counts come from."""

from datetime import datetime
from typing import Any, Final, Self

from django.db import models, transaction
from django.db.models import F

from commonground.access.actor import Actor
from commonground.communication.hiccups import HiccupPlan, OfPlanQuerySet, Promise
from commonground.events.models import Log
from commonground.journal.recording import record
from commonground.programs.models import OfProgram, Program, key_for
from commonground.programs.register import CannotError

QUARTER, HOUR, DAY = 15, 60, 1440
GRAINS: Final = {QUARTER: "quarter of an hour", HOUR: "hour", DAY: "day"}
FILE, EVENTS, HAND = "file", "events", "hand"
SOURCES: Final = {FILE: "a file that is brought", EVENTS: "an event log", HAND: "the front office counts by hand"}


class Signal(OfProgram):
    """One thing that is counted for a plan, such as complaints about bills; from one source, so that nothing counts twice.

    minutes: how long one count lasts. log, activity: what it is called in which event log,
    where that is the source. at_once: this many in
    one count are enough to act, whatever is usual; none where only the band decides. promise: the one that it touches; none: all.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(HiccupPlan, on_delete=models.CASCADE, related_name="signals")
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=120)
    minutes = models.PositiveSmallIntegerField(choices=list(GRAINS.items()), default=HOUR)
    source = models.CharField(max_length=6, choices=list(SOURCES.items()), default=FILE)
    log = models.ForeignKey(Log, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    activity = models.CharField(max_length=200, blank=True)
    at_once = models.PositiveIntegerField(null=True, blank=True)
    promise = models.ForeignKey(Promise, null=True, blank=True, on_delete=models.SET_NULL, related_name="signals")

    objects = OfPlanQuerySet.as_manager()
    word, facts = "what is counted at a cut-over", ()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "name"], name="signal_name_once_a_plan")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.key or key_for("W")
        super().save(*args, **kwargs)

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away. Raises CannotError while there are counts of it."""
        if self.counts.exists():
            raise CannotError(f"There are counts of “{self}”, so it stays. Take what was brought back first.")
        super().remove(by=by, at=at)

    def count_by_hand(self, number: int, *, starts: datetime, by: Actor, at: datetime) -> int:
        """Adds to the count that began at `starts`, or takes back what was tapped by mistake; returns how many there are now.

        Raises CannotError when its counts come from elsewhere, or when fewer than none would be left.
        """
        if self.source != HAND:
            raise CannotError(f"“{self}” is counted from {SOURCES[self.source]}, so nothing is added by hand.")
        with transaction.atomic():
            row, _ = SignalCount.objects.select_for_update().get_or_create(signal=self, starts=starts)
            if row.count + number < 0:
                raise CannotError(f"“{self}” stands at {row.count} here, so nothing can be taken back.")
            found: int = row.count + number
            SignalCount.objects.filter(pk=row.pk).update(count=F("count") + number)
            values = {"after": {"from": starts.isoformat(), "count": found}}
            record("counted one by hand" if number > 0 else "took one back", self, by=by, at=at, values=values)
        return found


class OfSignalQuerySet(OfPlanQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(signal__in=Signal.objects.visible_to(actor).values("pk"))


class SignalCount(models.Model):
    """How many there were from a moment on, for as long as one count of the signal lasts. None stored and inside what was brought: 0."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="counts")
    starts = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    objects = OfSignalQuerySet.as_manager()

    class Meta:
        ordering = ["starts"]
        constraints = [models.UniqueConstraint(fields=["signal", "starts"], name="signal_count_once")]


class BroughtQuerySet(OfSignalQuerySet):
    def standing(self) -> Self:
        """Those whose counts stand."""
        return self.filter(taken_over_at__isnull=False, taken_back_at=None)

    def waiting(self) -> Self:
        """Those that were read and are still to be looked over."""
        return self.filter(taken_over_at=None)


class Brought(models.Model):
    """A file, or a look into the event log, that brought counts.

    waits: its counts, as moments with numbers, while it is only looked over. read_as: what its columns meant; kept_out: rows that could
    not be read, as (row, value, why). before: what stood there, so that it can be taken back.
    """

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="brought")
    name = models.CharField(max_length=200)
    at = models.DateTimeField()
    first = models.DateTimeField()
    end = models.DateTimeField()
    total = models.PositiveIntegerField(default=0)
    waits = models.JSONField(default=list)
    read_as = models.JSONField(default=dict)
    kept_out = models.JSONField(default=list)
    before = models.JSONField(default=list)
    taken_over_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = BroughtQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name
