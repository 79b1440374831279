"""Cascades: talks from who begins down to every team, each in the hands of one deliverer, with a window and a word that it was held.

A cascade is seen by those who see its message; a deliverer sees their own talk once it runs, and never while the change that the message
tells of is still to be told. How the talks are proposed stands in `cascade_building`, what is done with one in `cascade_steps`.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final, Self

from django.db import models, transaction
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.communication.cascade import AFTER, BY_DAYS, RULES
from commonground.communication.messages import APPROVED, OUT, STATES, Message
from commonground.journal.recording import record
from commonground.organization.models import Person, Unit
from commonground.programs.models import Program
from commonground.programs.register import CannotError

FACTS: Final = ("steps",)
PROPOSED, RUNNING, ENDED = "proposed", "running", "ended"
CASCADE_STATES: Final = {PROPOSED: "proposed", RUNNING: "under way", ENDED: "ended"}
MOST_DAYS: Final = 60


class CascadeQuerySet(Gated["Cascade"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who see the message and may look at cascades."""
        if not actor.may("cascade.view"):
            return self.none()
        return self.filter(message__in=Message.objects.visible_to(actor).values("pk"))

    def of(self, program: Program) -> Self:
        return self.filter(program=program)


class Cascade(models.Model):
    """One message told by talks. first: who begins. opens: the first day. days: how long each talk's window is. rule: what opens it.

    questions: what the deliverer asks the team, one a line. state: proposed until it is started.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="cascades")
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="cascade")
    first = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    opens = models.DateField()
    days = models.PositiveSmallIntegerField(default=3)
    rule = models.CharField(max_length=6, choices=list(RULES.items()), default=AFTER)
    questions = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=list(CASCADE_STATES.items()), default=PROPOSED)
    built_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = CascadeQuerySet.as_manager()

    class Meta:
        ordering = ["-opens", "-pk"]

    def __str__(self) -> str:
        return f"cascade of “{self.message.title}”"

    @property
    def is_running(self) -> bool:
        return self.state == RUNNING

    @property
    def is_proposed(self) -> bool:
        return self.state == PROPOSED

    @property
    def asked(self) -> list[str]:
        """The questions that a deliverer asks, one by one."""
        return [line.strip() for line in self.questions.splitlines() if line.strip()]

    def refuse_start(self) -> None:
        """Raises CannotError where the message is not ready to be told."""
        if self.message.state not in (APPROVED, OUT):
            raise CannotError(
                f"“{self.message}” is {STATES[self.message.state]}. Somebody else approves it first; then its talks can begin."
            )
        self.message.refuse_untold()
        if not self.steps.exists():
            raise CannotError("Nobody is in the audience of this message, so there is no talk to hold. Widen it first.")

    def write(self, verb: str, *, by: Actor, at: datetime, why: str = "", **values: Any) -> None:
        """Journals what was done, inside the verb's transaction; sealed as long as its message is."""
        readers = sealed_for(self.message, by)
        record(verb, self, by=by, at=at, why=why, values=values, facts=FACTS, readers=readers)

    def put(self, verb: str, *, by: Actor, at: datetime, **values: Any) -> bool:
        """Gives fields other values, with a journal entry of both. Returns whether anything differed."""
        return put(self, verb, by=by, at=at, **values)

    def end(self, *, by: Actor, at: datetime) -> bool:
        """Says that it is over, whoever has not heard; `run_again` is the way back."""
        return self.put("ended a cascade", by=by, at=at, state=ENDED, ended_on=at.date())

    def run_again(self, *, by: Actor, at: datetime) -> bool:
        """The way back from an end."""
        return self.put("took up a cascade again", by=by, at=at, state=RUNNING, ended_on=None)


class CascadeStepQuerySet(Gated["CascadeStep"]):
    def visible_to(self, actor: Actor) -> Self:
        """As the cascade; and to those who hold the talk, once it runs."""
        seen = Q(cascade__in=Cascade.objects.visible_to(actor).values("pk"))
        return self.filter(seen | Q(pk__in=CascadeStep.objects.mine(actor).values("pk")))

    def mine(self, actor: Actor) -> Self:
        """The talks that somebody holds, of cascades that were started and of news that may be told."""
        if actor.person is None or not actor.may("cascade.confirm"):
            return self.none()
        speaks = Q(deputy=actor.person) | Q(deputy=None, deliverer=actor.person)
        told = Message.objects.told().values("pk")
        return self.filter(speaks, cascade__message__in=told, left_out=False).exclude(cascade__state=PROPOSED)

    def held(self) -> Self:
        return self.filter(delivered_on__isnull=False)

    def to_hold(self) -> Self:
        """Those that are to be held and were not."""
        return self.filter(delivered_on=None, left_out=False)

    def open_on(self, day: date) -> Self:
        """Those whose window has begun and that were not held."""
        return self.to_hold().filter(opens__lte=day, cascade__state=RUNNING)

    def late(self, day: date) -> Self:
        """Those whose window is over, and nobody says that they were held."""
        return self.to_hold().filter(closes__lte=day, cascade__state=RUNNING)


class CascadeStep(models.Model):
    """One talk. above: in which its deliverer hears. unit: whose people hear. deliverer: by the line; deputy: who holds it instead.

    of_line: the deliverer leads all who hear. people: of the audience; carriers: hear it only to pass it on. opens, closes: the window,
    until before; none as long as the talk above is to come. heard: how many of `people` were there, none while nobody counted.
    left_out: not held on its own, its people hear in the talk above. asked_on: when its deliverer was last written to.
    handed_on: how many questions were written down in it.
    """

    cascade = models.ForeignKey(Cascade, on_delete=models.CASCADE, related_name="steps")
    above = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="below")
    depth = models.PositiveSmallIntegerField(default=0)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    deliverer = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="talks")
    deputy = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="talks_instead")
    of_line = models.BooleanField(default=True)
    people = models.PositiveIntegerField(default=0)
    carriers = models.PositiveIntegerField(default=0)
    opens = models.DateField(null=True, blank=True)
    closes = models.DateField(null=True, blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    delivered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    heard = models.PositiveIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    left_out = models.BooleanField(default=False)
    asked_on = models.DateField(null=True, blank=True)
    handed_on = models.PositiveSmallIntegerField(default=0)

    objects = CascadeStepQuerySet.as_manager()

    class Meta:
        ordering = ["depth", "pk"]
        indexes = [models.Index(fields=["cascade", "delivered_on", "closes"], name="step_by_day")]

    def __str__(self) -> str:
        return f"talk of {self.speaker or 'nobody yet'}"

    @property
    def speaker(self) -> Person | None:
        """Who holds it."""
        return self.deputy or self.deliverer

    @property
    def everybody(self) -> int:
        """How many hear in it, those who pass it on included."""
        return self.people + self.carriers

    @property
    def is_held(self) -> bool:
        return self.delivered_on is not None

    def is_open(self, day: date) -> bool:
        """Whether it can be held now."""
        return not self.is_held and not self.left_out and self.opens is not None and self.opens <= day

    def is_late(self, day: date) -> bool:
        """Whether its window is over and nobody says that it was held."""
        return not self.is_held and not self.left_out and self.closes is not None and self.closes <= day

    def may_confirm(self, actor: Actor) -> bool:
        """Who holds it, and who runs cascades, for instance from a paper list."""
        speaker = self.deputy_id or self.deliverer_id
        return actor.may("cascade.change") or (actor.person is not None and actor.person == speaker)

    def write(self, verb: str, *, by: Actor, at: datetime, why: str = "", **values: Any) -> None:
        """Journals what was done, inside the verb's transaction; sealed as long as its message is."""
        readers = sealed_for(self.cascade.message, by)
        values = {"cascade": str(self.cascade), **values}
        record(verb, self, by=by, at=at, why=why, values=values, facts=FACTS, readers=readers)

    def put(self, verb: str, *, by: Actor, at: datetime, why: str = "", **values: Any) -> bool:
        """Gives fields other values, with a journal entry of both. Returns whether anything differed."""
        return put(self, verb, by=by, at=at, why=why, **values)


class HearerQuerySet(Gated["Hearer"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of talks that the actor sees, and of people whom they see; who holds a talk sees whom it is for."""
        steps = CascadeStep.objects.visible_to(actor).values("pk")
        people = Person.objects.visible_to(actor).values("pk")
        mine = CascadeStep.objects.mine(actor).values("pk")
        return self.filter(Q(step__in=steps, person__in=people) | Q(step__in=mine))


class Hearer(models.Model):
    """Somebody for whom a talk is. carries: hears it only to pass it on. It does not say whether they were there."""

    step = models.ForeignKey(CascadeStep, on_delete=models.CASCADE, related_name="hearers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="hears")
    carries = models.BooleanField(default=False)

    objects = HearerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "person"], name="hearer_once_a_talk")]

    def __str__(self) -> str:
        return f"somebody in a {self.step}"


def sealed_for(message: Message, by: Actor) -> list[int] | None:
    """Who alone may read of it in the journal, whoever writes included; None where whoever reads the journal may."""
    readers: Iterable[int] | None = message.sealed_readers()
    return None if readers is None else sorted({*readers, *([by.user] if by.user is not None else [])})


def put(row: Cascade | CascadeStep, verb: str, *, by: Actor, at: datetime, why: str = "", **values: Any) -> bool:
    """Gives fields of a row other values and journals both. Returns whether anything differed."""
    before = {name: getattr(row, name) for name in values}
    if before == values:
        return False
    with transaction.atomic():
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
        row.write(verb, by=by, at=at, why=why, before=_plain(before), after=_plain(values))
    return True


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, models.Model) else value for name, value in values.items()}


__all__ = ["AFTER", "BY_DAYS", "Cascade", "CascadeStep", "Hearer"]
