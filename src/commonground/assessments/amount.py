"""How much change is asked for at the outset: what stands against it, and the decisions, which stay as they were taken."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Self

from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.journal.recording import record
from commonground.organization.models import Unit
from commonground.programs.models import Milestone, OfProgram, Program
from commonground.programs.register import CannotError
from commonground.ui.words import day as written_day

KIND = "amount_of_change_decided"
RATERS = 2  # fewest people outside the program who rate how far the change departs
DIVERGENCE = (
    (1, "1: as other parts of the house work already"),
    (2, "2: a little beside how the house works"),
    (3, "3: clearly beside it"),
    (4, "4: against some of what the house holds to be right"),
    (5, "5: against what the house rests on"),
)
DECISIONS = (
    ("whole", "as planned"),
    ("less", "less than planned"),
    ("staged", "in stages"),
    ("protected", "with some units left alone for now"),
)


class AmountQuerySet(Gated[Any]):
    """What stands on the page of the amount of change."""

    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("amount_of_change.view") else self.none()


class DecisionQuerySet(Gated["AmountDecision"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("amount_of_change.view") else self.none()

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(taken_back_on=None)

    def decide(  # noqa: PLR0913 - what a decision says
        self,
        program: Program,
        *,
        decision: str,
        words: str,
        reasons: str,
        decided_by: str,
        decided_on: date,
        figures: Mapping[str, Any],
        by: Actor,
        at: datetime,
    ) -> "AmountDecision":
        """Writes down what was decided, by whom and why, with the figures as they stood; the milestone is reached.

        Earlier decisions stay. figures: `standing.Side.figures()`. Raises CannotError where reasons are needed and none are given.
        """
        lacking = list(figures.get("lacking", ()))
        if lacking and not reasons.strip():
            raise CannotError(
                f"Give the reasons: {'; '.join(lacking)}. It can be decided so, and is then written down."
            )
        with transaction.atomic():
            row = self.create(
                program=program,
                decision=decision,
                words=words.strip(),
                reasons=reasons.strip(),
                decided_by=decided_by.strip(),
                decided_on=decided_on,
                figures=dict(figures),
                above_capacity=bool(figures.get("above_capacity")),
            )
            record(
                "decided the amount of change", row, by=by, at=at, why=row.reasons, values=row.said(), facts=row.facts
            )
            _reach(program, decided_on, by=by, at=at)
        return row


class AmountDecision(OfProgram):
    """What was decided about the amount of change, on which figures. Never changed; it can be taken back with a reason, and stays."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="amounts_of_change")
    decision = models.CharField(max_length=10, choices=DECISIONS)
    words = models.TextField()
    reasons = models.TextField(blank=True)
    decided_by = models.CharField(max_length=200)
    decided_on = models.DateField()
    figures = models.JSONField(default=dict)
    above_capacity = models.BooleanField(default=False)
    taken_back_on = models.DateField(null=True)
    taken_back_why = models.CharField(max_length=300, blank=True)

    objects = DecisionQuerySet.as_manager()
    word, facts = "a decision on the amount of change", ("amount_of_change", "milestones")

    class Meta:
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return f"the decision of {written_day(self.decided_on)}"

    def said(self) -> dict[str, Any]:
        names = ("decision", "words", "reasons", "decided_by", "figures", "above_capacity")
        return {"decided_on": self.decided_on, **{name: getattr(self, name) for name in names}}

    def take_back(self, *, why: str, on: date, by: Actor, at: datetime) -> None:
        """Says that it holds no longer, and why. It stays readable. Raises CannotError without a reason or a second time."""
        if self.taken_back_on is not None:
            raise CannotError(f"{str(self).capitalize()} was taken back already. Write down a new one.")
        if not why.strip():
            raise CannotError("Say why it is taken back: it stays on the page with that reason.")
        with transaction.atomic():
            self.taken_back_on, self.taken_back_why = on, why.strip()
            self.save(update_fields=["taken_back_on", "taken_back_why"])
            record(
                "took back a decision on the amount of change", self, by=by, at=at, why=why.strip(), facts=self.facts
            )
            last = AmountDecision.objects.filter(program=self.program).standing().last()
            for milestone in Milestone.objects.filter(
                program=self.program, kind=KIND, unit=None, actual=self.decided_on
            ):
                milestone.change({"actual": last.decided_on if last else None}, by=by, at=at)


def _reach(program: Program, on: date, *, by: Actor, at: datetime) -> None:
    """Marks the milestone of the whole program; one that was reached earlier stays as it is."""
    milestone = Milestone.objects.filter(program=program, kind=KIND, unit=None).first()
    if milestone is None:
        program.add(Milestone(kind=KIND, actual=on), by=by, at=at)
    elif milestone.actual is None or milestone.actual > on:
        milestone.change({"actual": on}, by=by, at=at)


class DivergenceRating(OfProgram):
    """How far the change departs from how the house works, in the eyes of a named person outside the program. role: where they stand."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="divergence_ratings")
    rater = models.CharField(max_length=200)
    role = models.CharField(max_length=200)
    value = models.PositiveSmallIntegerField(choices=DIVERGENCE)
    reason = models.TextField()
    on = models.DateField()

    objects = AmountQuerySet.as_manager()
    word, facts = "a rating of the divergence", ("amount_of_change",)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.rater}: {self.value} of 5"


class Hours(OfProgram):
    """Hours a week that a unit (None: the whole) has free for the change, and that are asked of it beside the seats in searches."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="free_hours")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    free = models.FloatField()
    asked = models.FloatField(default=0)
    source = models.CharField(max_length=200)
    on = models.DateField()

    objects = AmountQuerySet.as_manager()
    word, facts = "free hours", ("amount_of_change",)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["program", "unit"], name="free_hours_once"),
            models.UniqueConstraint(fields=["program"], condition=models.Q(unit=None), name="free_hours_for_all_once"),
        ]

    def __str__(self) -> str:
        return f"{self.free:g} free hours a week"


class ConcurrentChange(OfProgram):
    """Another change that asks for the same people. units: keys of those it touches, empty for all."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="concurrent_changes")
    name = models.CharField(max_length=200)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    units = models.JSONField(default=list, blank=True)

    objects = AmountQuerySet.as_manager()
    word, facts = "another change", ("amount_of_change",)

    class Meta:
        ordering = ["start", "pk"]

    def __str__(self) -> str:
        return self.name

    def overlaps(self, first: date, last: date | None) -> bool:
        """Whether it runs in a time; None: without an end."""
        return (last is None or self.start <= last) and (self.end is None or self.end >= first)


def median(values: Sequence[int]) -> float | None:
    """The middle of some ratings, between two of them where they are even in number; None of none."""
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return float(ordered[middle]) if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
