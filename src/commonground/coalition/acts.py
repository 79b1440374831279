"""Visible acts: what a sponsor or a manager did, or plans to do, where people see it."""

from datetime import date, datetime
from typing import Final, Self

from django.db import models
from django.db.models import Max, Q

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.facts import ACT_KINDS
from commonground.organization.models import Person, Unit
from commonground.programs import register
from commonground.programs.models import OfProgram, Program
from commonground.programs.register import CannotError

KIND_LABELS: Final = {
    "spoke": "spoke to the crews",
    "visited": "visited",
    "decided": "decided",
    "answered_doubts": "answered doubts",
    "took_part": "took part in a session",
    "removed_obstacle": "removed an obstacle",
    "thanked": "thanked",
    "other": "something else that people saw",
}
TO_COME: Final = {
    "spoke": "speak to the crews",
    "visited": "visit",
    "decided": "decide",
    "answered_doubts": "answer doubts",
    "took_part": "take part in a session",
    "removed_obstacle": "remove an obstacle",
    "thanked": "thank",
    "other": "something else that people see",
}


class ActQuerySet(Gated["Act"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who works on the program sees every act, and so does the auditor: acts are there to be seen. Everybody sees their own."""
        if actor.may("sponsors.view"):
            return self
        return self.filter(person_id=actor.person) if actor.person is not None else self.none()

    def open_to(self, actor: Actor) -> Self:
        """The acts that an actor may change: the change lead all, others their own."""
        if actor.has(roles.LEAD):
            return self
        mine = Q(person_id=actor.person) if actor.person is not None else Q(pk__in=())
        return self.filter(mine) if actor.may("acts.log") else self.none()

    def done(self, day: date) -> Self:
        """What had been done by a day."""
        return self.filter(planned=False, on__lte=day)

    def last_of(self, program: Program, day: date) -> dict[int, date]:
        """Person → the day of their last act by then."""
        rows = self.done(day).filter(program=program).values_list("person").annotate(Max("on")).order_by()
        return dict(rows)

    def log(self, row: "Act", *, today: date, by: Actor, at: datetime) -> "Act":
        """Notes an act that was done, or one that is planned.

        Raises CannotError for one that was done on a day to come, and for another person's where that is not the actor's to note.
        """
        if by.user is not None and row.person_id != by.person and not by.has(roles.LEAD):
            raise CannotError(f"{row.person} notes their own acts. Note yours, or ask the change lead.")
        row.refuse_to_come(today)
        verb = "planned an act" if row.planned else "noted an act"
        return register.add(row, verb=verb, facts=Act.facts, by=by, at=at)


class Act(OfProgram):
    """What a sponsor or a manager visibly did for the change, or plans to; in a unit, or for all."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="acts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="acts")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    kind = models.CharField(max_length=20, choices=[(kind, KIND_LABELS[kind]) for kind in ACT_KINDS])
    planned = models.BooleanField(default=False)
    words = models.CharField(max_length=300, blank=True)

    objects = ActQuerySet.as_manager()
    word, facts = "an act", ("acts",)

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["program", "person", "-on"], name="act_of_person"),
            models.Index(fields=["program", "unit", "-on"], name="act_in_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.says}, {self.on:%-d %b %Y}"

    @property
    def says(self) -> str:
        """What it is, as done or as to come."""
        return (TO_COME if self.planned else KIND_LABELS).get(self.kind, self.kind)

    def refuse_to_come(self, today: date) -> None:
        """Raises CannotError when it is said to be done on a day that has not come."""
        if not self.planned and self.on > today:
            raise CannotError(
                f"{self.on:%-d %b %Y} has not come yet. Plan the act for that day, or note when it was done."
            )

    def mark_done(self, *, on: date, words: str = "", today: date, by: Actor, at: datetime) -> bool:
        """Says that a planned act was done, on a day. Planning it again is the way back (`plan_again`)."""
        if on > today:
            raise CannotError(f"{on:%-d %b %Y} has not come yet, so it cannot have been done on that day.")
        values = {"planned": False, "on": on, "words": words.strip() or self.words}
        return register.change(self, values, verb="noted that a planned act was done", facts=self.facts, by=by, at=at)

    def plan_again(self, *, by: Actor, at: datetime) -> bool:
        """Says that it is still to come."""
        return register.change(
            self, {"planned": True}, verb="said that an act is still to come", facts=self.facts, by=by, at=at
        )
