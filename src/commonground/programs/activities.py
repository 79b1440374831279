"""Activities: what is done for the people side, for whom, in whose hands, and whether it was delivered."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from commonground.access.actor import Actor
from commonground.access.visibility import ForStaff
from commonground.analysis.plan.audience import text_of
from commonground.analysis.plan.kinds import Kind, kind_of, label_of
from commonground.organization.models import Person, Unit
from commonground.programs import register
from commonground.programs.models import OfProgram, Program, key_for

STATES = (("planned", "planned"), ("running", "running"), ("done", "done"), ("dropped", "dropped"))
NEXT_STATES = {
    "planned": ("running", "dropped"),
    "running": ("done", "dropped"),
    "done": ("running",),
    "dropped": ("planned",),
}
OPEN = ("planned", "running")
DAY = timedelta(days=1)
TECHNIQUE = 80  # the most letters of the key of a technique


class ActivityQuerySet(ForStaff["Activity"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who works on the program and the auditor see all activities; others those that they lead or deliver."""
        if actor.is_staff or actor.may("plan.view"):
            return self
        return self.of_person(actor.person) if actor.person is not None else self.none()

    def of_person(self, person: int) -> Self:
        """What somebody leads or delivers."""
        return self.filter(Q(owner_id=person) | Q(deliverer_id=person))

    def to_confirm(self, day: date) -> Self:
        """What should have been delivered by a day, and nobody says that it was."""
        over = Q(end__lte=day) | Q(end=None, start__lt=day)
        return self.filter(over, delivered_on=None).exclude(state="dropped")

    def late(self, day: date) -> Self:
        """Open ones whose days have passed, and planned ones that should have begun."""
        over = Q(end__lte=day) | Q(end=None, start__lt=day) | Q(state="planned", start__lt=day)
        return self.filter(over, state__in=OPEN)


class Activity(OfProgram):
    """Something that is done for the people side of the program.

    kind: one of the seven of `analysis.plan.kinds`, or what a sheet calls it. audience: attribute → value; empty means all of its unit.
    hours: to prepare and hold it. hours_per_person: asked of each of the audience. delivered_on, delivered_by: as its deliverer
    confirmed. answers: the key of the impact that it answers; the findings that it answers point at it. end: until before.
    technique: a key of the technique library, empty where it uses none.
    """

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
    audience = models.JSONField(default=dict, blank=True)
    deliverer = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="delivers")
    hours_per_person = models.FloatField(null=True, blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    delivered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answers = models.CharField(max_length=200, blank=True)
    technique = models.CharField(max_length=TECHNIQUE, blank=True)
    note = models.CharField(max_length=500, blank=True)

    objects = ActivityQuerySet.as_manager()
    word, facts = "an activity", ("activities",)

    class Meta:
        ordering = [F("start").asc(nulls_first=True), "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="activity_key_once")]
        indexes = [
            models.Index(fields=["program", "start"], name="activity_by_day"),
            models.Index(fields=["program", "technique"], name="activity_by_technique"),
        ]

    def __str__(self) -> str:
        return self.words or self.kind

    @property
    def next_states(self) -> tuple[str, ...]:
        """What commonly follows; the form knows every state."""
        return NEXT_STATES.get(self.state, ())

    @property
    def kind_known(self) -> Kind | None:
        return kind_of(self.kind)

    @property
    def kind_label(self) -> str:
        """The kind in plain words; what it is called where that is none of the seven."""
        return label_of(self.kind) or self.kind

    @property
    def audience_words(self) -> str:
        return text_of(self.audience or {})

    @property
    def last_day(self) -> date | None:
        """The last day on which it takes place."""
        if self.end is not None and (self.start is None or self.end > self.start):
            return self.end - DAY
        return self.start

    def is_late(self, day: date) -> bool:
        """Whether its days have passed while it is open, or it should have begun."""
        last = self.last_day
        if self.state not in OPEN or last is None:
            return False
        return last < day or (self.state == "planned" and self.start is not None and self.start < day)

    def waits_for_word(self, day: date) -> bool:
        """Whether it should have been delivered by now, and nobody says so."""
        return (
            self.last_day is not None and self.last_day < day and self.delivered_on is None and self.state != "dropped"
        )

    @staticmethod
    def new_key() -> str:
        """A key for an activity that was entered by hand and not brought by a sheet."""
        return key_for("A")

    def move_to(self, state: str, *, by: Actor, at: datetime) -> bool:
        """Says that it is planned, running, done or dropped. Any state may follow any other: a slip is put right the same way."""
        if state not in dict(STATES):
            raise register.CannotError(f"“{self}” cannot be “{state}”. It can be {', '.join(dict(STATES))}.")
        return register.change(self, {"state": state}, verb=f"set to {state}", facts=self.facts, by=by, at=at)

    def may_confirm(self, actor: Actor) -> bool:
        """Its deliverer says so; where none is named its owner; and whoever may change activities."""
        deliverer = self.deliverer_id or self.owner_id
        return actor.may("activities.change") or (actor.person is not None and actor.person == deliverer)

    def confirm(self, *, on: date, by: Actor, at: datetime) -> None:
        """Says that it was delivered, on this day. Raises CannotError for a day to come, and for whoever did not deliver it."""
        if not self.may_confirm(by):
            raise register.CannotError(
                f"“{self}” is delivered by somebody else. They can confirm it on their own page."
            )
        if on > at.date():
            raise register.CannotError(
                f"{on:%-d %b %Y} has not come yet. Name the day on which “{self}” was delivered."
            )
        values = {"delivered_on": on, "delivered_by_id": by.person, "state": "done"}
        register.change(self, values, verb="confirmed delivery", facts=self.facts, by=by, at=at)

    def take_back(self, *, by: Actor, at: datetime) -> None:
        """The way back from a confirmation that was a slip. Raises CannotError for whoever did not deliver it."""
        if not self.may_confirm(by):
            raise register.CannotError(f"“{self}” is delivered by somebody else. They can take the confirmation back.")
        values: Mapping[str, Any] = {"delivered_on": None, "delivered_by_id": None, "state": "running"}
        register.change(self, values, verb="took back a confirmation", facts=self.facts, by=by, at=at)

    def shift(self, to: date, *, by: Actor, at: datetime) -> bool:
        """Begins on another day and takes as long as before. Raises CannotError for what was delivered or is not open."""
        if self.delivered_on is not None or self.state not in OPEN:
            raise register.CannotError(f"“{self}” is {self.state}, so its days stand.")
        end = self.end + (to - self.start) if self.end and self.start else self.end
        values = {"start": to, "end": end}
        return register.change(self, values, verb="moved an activity", facts=self.facts, by=by, at=at)
