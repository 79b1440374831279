"""Hiccup plans: for each cut-over what customers may notice, what we promise, what we do when it fails, who speaks, and how it went."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, Self

from django.db import models
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.communication.messages import Message
from commonground.organization.models import Person
from commonground.programs import register
from commonground.programs.models import Milestone, OfProgram, Program, key_for
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of

YES, NO, UNKNOWN = "yes", "no", "unknown"
NOTICED: Final = {YES: "yes, they may notice", NO: "no, they notice nothing", UNKNOWN: "nobody has said yet"}
WATCHED: Final = timedelta(days=14)  # how long counts are looked at from the day of the cut-over on, where nobody says


class HiccupPlanQuerySet(Gated["HiccupPlan"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everybody who works on the program; the front office once it is ready, since it then speaks by it."""
        if actor.may("hiccups.view"):
            return self
        return self.filter(ready_on__isnull=False) if actor.may("hiccups.count") else self.none()


class HiccupPlan(OfProgram):
    """What is prepared for the customers of one cut-over.

    noticed: whether customers may notice anything. notice: what; preview: how it is told to them beforehand, bad news included;
    message: the one that tells it. script: what the front office says. speaks: who speaks for us when it comes to it. tried_on: the
    day on which it was played through; tried_words: what came of that. ready_on: since when it stands. watch_from, watch_until: the
    days on which the live page counts, the second exclusive. cut_over: none once its milestone was removed; the plan stays.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="hiccup_plans")
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    cut_over = models.ForeignKey(
        Milestone, null=True, blank=True, on_delete=models.SET_NULL, related_name="hiccup_plans"
    )
    noticed = models.CharField(max_length=8, choices=list(NOTICED.items()), default=UNKNOWN)
    notice = models.TextField(blank=True)
    preview = models.TextField(blank=True)
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="hiccup_plans")
    script = models.TextField(blank=True)
    speaks = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="hiccup_plans")
    tried_on = models.DateField(null=True, blank=True)
    tried_words = models.CharField(max_length=500, blank=True)
    ready_on = models.DateField(null=True, blank=True)
    watch_from = models.DateField(null=True, blank=True)
    watch_until = models.DateField(null=True, blank=True)

    objects = HiccupPlanQuerySet.as_manager()
    word, facts = "a hiccup plan", ("hiccups",)

    class Meta:
        ordering = ["watch_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["program", "key"], name="hiccup_plan_key_once"),
            models.UniqueConstraint(
                fields=["program", "cut_over"], condition=Q(cut_over__isnull=False), name="hiccup_plan_once_a_cut_over"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.key or key_for("H")
        super().save(*args, **kwargs)

    @property
    def day(self) -> date | None:
        """The day of its cut-over: the one on which it came, else the planned one."""
        return (self.cut_over.actual or self.cut_over.planned) if self.cut_over else None

    @property
    def days(self) -> tuple[date, date] | None:
        """The days that the live page looks at, the second exclusive; from the day of the cut-over on where nobody said otherwise."""
        first = self.watch_from or self.day
        return (first, self.watch_until or first + WATCHED) if first else None

    def is_live(self, day: date) -> bool:
        return self.days is not None and self.days[0] <= day < self.days[1]

    @property
    def missing(self) -> list[str]:
        """What keeps it from being ready, each as a phrase that can follow “still missing:”."""
        if self.noticed == NO:
            return []
        if self.noticed == UNKNOWN:
            return ["whether customers notice anything"]
        promises = list(self.promises.all())
        asked = {
            "what they may notice": self.notice,
            "how it is told to them beforehand": self.preview or self.message_id,
            "a promise": promises,
            "a remedy for each promise": all(one.remedy for one in promises),
            "what the front office says": self.script,
            "who speaks": self.speaks_id,
        }
        return [words for words, there in asked.items() if not there]

    def say_ready(self, *, by: Actor, at: datetime) -> bool:
        """It stands from today on; the front office can read it. Raises CannotError while something is missing."""
        if self.missing:
            raise CannotError(f"It is not ready: still missing is {', '.join(self.missing)}.")
        values = {"ready_on": day_of(at)}
        return register.change(self, values, verb="said a hiccup plan is ready", facts=self.facts, by=by, at=at)

    def take_back(self, *, by: Actor, at: datetime) -> bool:
        """It is being worked on again; the front office does not see it meanwhile."""
        values = {"ready_on": None}
        return register.change(self, values, verb="took a hiccup plan back to work on", facts=self.facts, by=by, at=at)

    def note_trial(self, on: date, words: str, *, by: Actor, at: datetime) -> bool:
        """It was played through on a day."""
        values = {"tried_on": on, "tried_words": words}
        return register.change(self, values, verb="played a hiccup plan through", facts=self.facts, by=by, at=at)

    def change(self, values: Mapping[str, Any], *, by: Actor, at: datetime) -> bool:
        """Gives it other values. Raises CannotError for days that end before they begin."""
        _refuse_days(values.get("watch_from", self.watch_from), values.get("watch_until", self.watch_until))
        return super().change(values, by=by, at=at)

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away. Raises CannotError while it has promises or counts."""
        if self.promises.exists() or self.signals.exists():
            raise CannotError("It has promises, or counts are kept for it, so it stays. Remove these first.")
        super().remove(by=by, at=at)


def _refuse_days(first: date | None, end: date | None) -> None:
    if first and end and end <= first:
        raise CannotError("It stops being watched before it begins. Choose a later day.")


class OfPlanQuerySet(Gated[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the plans that the actor may see."""
        return self.filter(plan__in=HiccupPlan.objects.visible_to(actor).values("pk"))


class Promise(OfProgram):
    """What we promise customers of a cut-over, when that fails, and what we do then.

    speaks: who speaks for us on it, where it is not who speaks for the plan. ready_on: since when the remedy can really be given.
    words: what the front office says when it fails.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(HiccupPlan, on_delete=models.CASCADE, related_name="promises")
    promise = models.CharField(max_length=300)
    fails_when = models.CharField(max_length=300, blank=True)
    remedy = models.CharField(max_length=300, blank=True)
    speaks = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="promises")
    ready_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = OfPlanQuerySet.as_manager()
    word, facts = "a promise to customers", ("hiccups",)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.promise

    @property
    def speaker(self) -> Person | None:
        """Who speaks on it."""
        return self.speaks or self.plan.speaks
