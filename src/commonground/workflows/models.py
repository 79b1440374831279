"""Workflows, work processes, who answers for and who does them, and hand-offs: as is and to be.

What is to become of a process (its fate) is staged and lives in `realignment`: a process row alone gives no plan away.
"""

from datetime import date, datetime
from typing import Any, Self, TypeVar

from django.db import models, transaction
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.visibility import Content
from commonground.journal.recording import record
from commonground.organization.models import Person, Unit
from commonground.organization.periods import Period, PeriodQuerySet
from commonground.programs.models import OfProgram, Program, Strategy, key_for
from commonground.programs.register import CannotError
from commonground.workflows import outlook
from commonground.workflows.measured import Measured, Measuring

__all__ = [
    "AnswersFor",
    "Does",
    "Handoff",
    "Measured",
    "Measuring",
    "Process",
    "Workflow",
]

H = TypeVar("H", bound=models.Model)


class Workflow(OfProgram):
    """How work flows from a customer's need to its answer, across units."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="workflows")
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    customer_need = models.TextField(blank=True)
    serves = models.ForeignKey(Strategy, null=True, blank=True, on_delete=models.SET_NULL, related_name="workflows")
    serves_words = models.CharField(max_length=300, blank=True)
    median_lead_working_hours = models.FloatField(null=True, blank=True)

    objects = Content["Workflow"].as_manager()
    word, facts = "a workflow", ("workflows",)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="workflow_key_once")]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def new_key() -> str:
        """A key for a workflow that was entered by hand and not brought by a sheet."""
        return key_for("W")

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away. Raises CannotError while processes, hand-offs or a search belong to it."""
        _refuse_while_it_holds(self)
        super().remove(by=by, at=at)


def _refuse_while_it_holds(row: OfProgram) -> None:
    """What hangs on a row would go with it, plans included, and could not be put back. Which, is not said: plans may be secret.

    Models with `derived` hold what was worked out and can be again.
    """
    for relation in row._meta.related_objects:
        if getattr(relation.related_model, "derived", False):
            continue
        if relation.related_model._base_manager.filter(**{relation.field.name: row.pk}).exists():
            raise CannotError(f"More is recorded about “{row}” than its name, so it stays. You can rename it instead.")


class ProcessQuerySet(Content["Process"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everybody sees the processes there are; one that exists only in a plan, only who may see the plan."""
        return super().visible_to(actor).filter(Q(planned_only=False) | outlook.told_about(actor))


class Process(OfProgram):
    """A step of work in a unit."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="processes")
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    workflow = models.ForeignKey(Workflow, null=True, blank=True, on_delete=models.SET_NULL, related_name="processes")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="processes")
    product_line = models.CharField(max_length=120, blank=True)
    open_work = models.CharField(max_length=200, blank=True)
    data = models.CharField(max_length=200, blank=True)
    taken_over_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    # a process that is to be created exists only in the plan: it is shown with its fate, under the same embargo
    planned_only = models.BooleanField(default=False)

    objects = ProcessQuerySet.as_manager()
    word, facts = "a process", ("processes",)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="process_key_once")]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def new_key() -> str:
        """A key for a process that was entered by hand and not brought by a sheet."""
        return key_for("P")

    def sealed_readers(self) -> list[int] | None:
        """Who alone may read journal rows about it: while it exists only in a plan that is not told, those named in that plan."""
        return outlook.readers(process=self.pk) if self.planned_only else None

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away. Raises CannotError while anything hangs on it: people, hand-offs, plans."""
        _refuse_while_it_holds(self)
        super().remove(by=by, at=at)

    def name_answerer(self, person: Person, *, start: date | None, by: Actor, at: datetime) -> "AnswersFor":
        """Says that a person answers for it from a day on. Raises CannotError when they do so already."""
        row = AnswersFor(process=self, person=person, start=start)
        self._hold(row, "named who answers for it", by, at)
        return row

    def name_doer(self, person: Person, *, start: date | None, by: Actor, at: datetime) -> "Does":
        """Says that a person does it from a day on. Raises CannotError when they do so already."""
        row = Does(process=self, person=person, start=start)
        self._hold(row, "named who does it", by, at)
        return row

    def _hold(self, row: "Held", verb: str, by: Actor, at: datetime) -> None:
        rows: Any = type(row)._default_manager
        same = rows.filter(process=self, person=row.person)
        if same.filter(Q(end__isnull=True) | (Q(end__gt=row.start) if row.start else Q())).exists():
            raise CannotError(f"{row.person} is named for “{self}” at that time already. End that first.")
        with transaction.atomic():
            row.save()
            values = {"person": row.person.name, "from": row.start}
            record(verb, self, by=by, at=at, values=values, facts=row.facts, readers=self.sealed_readers())


class HeldQuerySet(PeriodQuerySet[H]):
    def visible_to(self, actor: Actor) -> Self:
        """The program's staff see who answers for and does what; others what they answer for or do themselves."""
        if actor.is_staff:
            return self
        return self.filter(Q(person_id=actor.person)) if actor.person is not None else self.none()


class Held(Period):
    """Somebody who holds a process in a time."""

    facts: tuple[str, ...] = ()
    ended, reopened = "", ""
    process: "models.ForeignKey[Process, Process]"
    person: "models.ForeignKey[Person, Person]"

    class Meta(Period.Meta):
        abstract = True

    def end_on(self, day: date, *, by: Actor, at: datetime) -> None:
        """Says that this day is the first on which it no longer holds. Raises CannotError when that is not after its start."""
        if self.start is not None and day <= self.start:
            raise CannotError(
                f"{self.person} holds “{self.process}” since {self.start:%d %b %Y}; it cannot end on that day."
            )
        self._move_end(day, self.ended, by, at)

    def reopen(self, *, by: Actor, at: datetime) -> None:
        """The way back from an end that was a slip. Raises CannotError when the person holds it again already."""
        rows: Any = type(self)._default_manager
        again = rows.filter(process=self.process, person=self.person, end__isnull=True)
        if again.exclude(pk=self.pk).exists():
            raise CannotError(f"{self.person} holds “{self.process}” again already.")
        self._move_end(None, self.reopened, by, at)

    def _move_end(self, day: date | None, verb: str, by: Actor, at: datetime) -> None:
        with transaction.atomic():
            before, self.end = self.end, day
            self.save(update_fields=["end"])
            values = {"person": self.person.name, "before": {"to": before}, "after": {"to": day}}
            readers = self.process.sealed_readers()
            record(verb, self.process, by=by, at=at, values=values, facts=self.facts, readers=readers)


class AnswersFor(Held):
    """A person answers for a process (owns it) in a time."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="owners")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="answers_for")

    objects = HeldQuerySet["AnswersFor"].as_manager()
    facts, ended, reopened = ("processes",), "ended that they answer for it", "took back that they end answering for it"

    class Meta(Period.Meta):
        pass


class Does(Held):
    """A person does a process in a time."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="doers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="does")

    objects = HeldQuerySet["Does"].as_manager()
    facts, ended, reopened = ("does",), "ended that they do it", "took back that they end doing it"

    class Meta(Period.Meta):
        pass


class HandoffQuerySet(Content["Handoff"]):
    def visible_to(self, actor: Actor) -> Self:
        """Hand-offs of today are everybody's. Those to be give a plan away: only who sees every plan of that workflow sees them.

        Nobody sees one of a process that is not theirs to see.
        """
        lasting = Q(from_process__planned_only=False, to_process__planned_only=False)
        seen = Process.objects.visible_to(actor).filter(planned_only=True).values("pk")
        ends = (Q(from_process__planned_only=False) | Q(from_process__in=seen)) & (
            Q(to_process__planned_only=False) | Q(to_process__in=seen)
        )
        return super().visible_to(actor).filter(lasting & Q(when="as_is") | ends & outlook.whole_plan(actor))


class Handoff(OfProgram):
    """Work or information that goes from one process to the next."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="handoffs")
    workflow = models.ForeignKey(Workflow, on_delete=models.CASCADE, related_name="handoffs")
    from_process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="hands_on")
    to_process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="receives")
    carries = models.CharField(max_length=200, blank=True)
    when = models.CharField(max_length=6, choices=[("as_is", "as is"), ("to_be", "to be")], default="as_is")
    median_wait_working_hours = models.FloatField(null=True, blank=True)
    cases = models.PositiveIntegerField(null=True, blank=True)
    ping_pong_cases = models.PositiveIntegerField(null=True, blank=True)

    objects = HandoffQuerySet.as_manager()
    word, facts = "a hand-off", ("handoffs",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workflow", "from_process", "to_process", "when"], name="handoff_once")
        ]

    def __str__(self) -> str:
        return f"{self.from_process} to {self.to_process}"

    def sealed_readers(self) -> list[int] | None:
        """Who alone may read journal rows about it: one to be tells of plans, so those named in all that are not told."""
        planned = self.when == "to_be" or self.from_process.planned_only or self.to_process.planned_only
        return outlook.readers(workflow=self.workflow_id) if planned else None


# models of their own files, which build on those above
from commonground.workflows.proposals import Acceptance  # noqa: E402
from commonground.workflows.seen import SeenActivity, SeenPassage  # noqa: E402

__all__ = [
    "Acceptance",
    "AnswersFor",
    "Does",
    "Handoff",
    "HandoffQuerySet",
    "Held",
    "HeldQuerySet",
    "Process",
    "ProcessQuerySet",
    "SeenActivity",
    "SeenPassage",
    "Workflow",
]
