"""What says so at a gate: evidence that was measured or filed, conditions with who and until when, and the values that a program wants."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final, Self

from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.plan.criteria import (
    ANSWERS,
    BY_KEY,
    CRITERIA,
    FILED,
    MEASURED,
    MET,
    NOT_MET,
    PROMISED,
    Filed,
    Verdict,
    said,
)
from commonground.journal.models import Entry
from commonground.organization.models import Person
from commonground.plan.gates import FACTS, Gate
from commonground.programs import register
from commonground.programs.models import OfProgram, Program
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of

CHOICES: Final = [(one.key, one.question) for one in CRITERIA]


class OfGatesQuerySet(Gated[Any]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("gates.view") else self.none()


class Evidence(OfProgram):
    """An answer to a criterion of a gate. how: measured, a number of the product as it stood on a day, or filed by somebody.

    value: the number where there is one, in the criterion's unit. words: what shows it; place: where that can be looked up.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    gate = models.ForeignKey(Gate, on_delete=models.CASCADE, related_name="evidence")
    criterion = models.CharField(max_length=20, choices=CHOICES)
    answer = models.CharField(max_length=10, choices=[(key, ANSWERS[key]) for key in (MET, NOT_MET)])
    how = models.CharField(max_length=10, choices=[(FILED, "filed"), (MEASURED, "measured")], default=FILED)
    value = models.FloatField(null=True, blank=True)
    on = models.DateField()
    words = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=300, blank=True)
    filed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = OfGatesQuerySet.as_manager()
    word, facts = "evidence at a gate", FACTS

    class Meta:
        ordering = ["on", "pk"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return f"“{self.question}”: {ANSWERS.get(self.answer, self.answer)}"

    @property
    def question(self) -> str:
        return BY_KEY[self.criterion].question if self.criterion in BY_KEY else self.criterion

    @property
    def plain(self) -> Filed:
        """As the pure functions take it."""
        name = self.filed_by.name if self.filed_by else ""
        return Filed(self.criterion, self.answer, self.on, name, self.words, self.value, None, self.how, self.pk)

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away. Raises CannotError for a number that was written down with a decision."""
        if self.how == MEASURED:
            raise CannotError(
                "This number was written down as it stood on its day, so it stays. File evidence beside it."
            )
        super().remove(by=by, at=at)


class Condition(OfProgram):
    """What has to be done though the gate is passed: by whom, until when, for which criterion if for one; met_on: since when it is."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    gate = models.ForeignKey(Gate, on_delete=models.CASCADE, related_name="conditions")
    words = models.CharField(max_length=300)
    criterion = models.CharField(max_length=20, choices=CHOICES, blank=True)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    due = models.DateField()
    made_on = models.DateField()
    met_on = models.DateField(null=True, blank=True)
    met_words = models.CharField(max_length=300, blank=True)

    objects = OfGatesQuerySet.as_manager()
    word, facts = "a condition of a gate", FACTS

    class Meta:
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return self.words

    @property
    def plain(self) -> Filed:
        """As the pure functions take it: a promise while it is open, evidence once it is met."""
        name = self.owner.name if self.owner else ""
        if self.met_on is not None:
            return Filed(self.criterion, MET, self.met_on, name, self.met_words or self.words, pk=self.pk)
        return Filed(self.criterion, PROMISED, self.made_on, name, self.words, None, self.due, pk=self.pk)

    def meet(self, on: date, words: str, *, by: Actor, at: datetime) -> bool:
        """It is met since a day; the gate follows once the last one is. Raises CannotError for a day to come."""
        if on > day_of(at):
            raise CannotError("This day has not come yet. Say that it is met when it is.")
        with transaction.atomic():
            done = self._write({"met_on": on, "met_words": words}, "met a condition of a gate", by=by, at=at)
            self.gate.settle(by=by, at=at)
        return done

    def open_again(self, *, by: Actor, at: datetime) -> bool:
        """The way back: it is not met after all."""
        with transaction.atomic():
            done = self._write({"met_on": None, "met_words": ""}, "opened a condition of a gate again", by=by, at=at)
            self.gate.settle(by=by, at=at)
        return done

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away; the gate follows."""
        with transaction.atomic():
            gate = self.gate
            super().remove(by=by, at=at)
            gate.settle(by=by, at=at)

    @classmethod
    def put_back(cls, entry: Entry, *, by: Actor, at: datetime) -> Self:
        with transaction.atomic():
            row = super().put_back(entry, by=by, at=at)
            row.gate.settle(by=by, at=at)
        return row

    def _write(self, values: Mapping[str, Any], verb: str, *, by: Actor, at: datetime) -> bool:
        return register.change(self, values, verb=verb, facts=self.facts, by=by, at=at)


class GateTarget(OfProgram):
    """The value that a program wants of a criterion at a gate, where it is another than the usual one."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="gate_targets")
    number = models.PositiveSmallIntegerField()
    criterion = models.CharField(max_length=20, choices=CHOICES)
    wanted = models.FloatField()

    objects = OfGatesQuerySet.as_manager()
    word, facts = "a wanted value of a gate", FACTS

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "number", "criterion"], name="gate_target_once")]

    def __str__(self) -> str:
        return f"gate {self.number}, {self.criterion}"


def wanted_of(program: Program, number: int) -> dict[str, float]:
    """Criterion → what this program wants of it at a gate."""
    usual = {one.key: one.wanted[number] for one in CRITERIA if number in one.wanted}
    own = GateTarget.objects.filter(program=program, number=number).values_list("criterion", "wanted")
    return usual | {key: value for key, value in own if key in usual}


def want(program: Program, number: int, values: Mapping[str, float], *, by: Actor, at: datetime) -> int:
    """Sets the wanted values of a gate; one that is the usual one again is taken away. Returns how many differed."""
    changed, now = 0, wanted_of(program, number)
    with transaction.atomic():
        for key, value in values.items():
            if value == now.get(key) or key not in now:
                continue
            changed += 1
            old = GateTarget.objects.filter(program=program, number=number, criterion=key).first()
            if value == BY_KEY[key].wanted[number] and old is not None:
                old.remove(by=by, at=at)
            elif old is not None:
                old.change({"wanted": value}, by=by, at=at)
            else:
                program.add(GateTarget(number=number, criterion=key, wanted=value), by=by, at=at)
    return changed


def file_evidence(gate: Gate, values: Mapping[str, Any], *, by: Actor, at: datetime) -> Evidence:
    """Files evidence for a criterion. Raises CannotError for a day to come and for a criterion that the gate does not ask."""
    criterion = BY_KEY.get(values["criterion"])
    if criterion is None or gate.number not in criterion.wanted:
        raise CannotError(f"{gate} does not ask this. Choose one of its criteria.")
    if values["on"] > day_of(at):
        raise CannotError("This day has not come yet. File the evidence of a day that has been.")
    wanted = wanted_of(gate.program, gate.number)[criterion.key]
    plain = Filed(criterion.key, values["answer"], values["on"], value=values.get("value"))
    answer = said(criterion, plain, wanted)
    with transaction.atomic():
        gate.there(by=by, at=at)
        row = Evidence(gate=gate, filed_by_id=by.person, **{**values, "answer": answer})
        return gate.program.add(row, by=by, at=at)


def write_down(gate: Gate, verdicts: Iterable[Verdict], on: date, *, by: Actor, at: datetime) -> int:
    """Keeps the numbers of a day as evidence, so that a decision can be read by them later. Returns how many there were."""
    made = 0
    with transaction.atomic():
        gate.there(by=by, at=at)
        gate.evidence.filter(how=MEASURED, on=on).delete()
        for one in verdicts:
            if one.by != MEASURED or one.number is None:
                continue
            made += 1
            row = Evidence(
                gate=gate, criterion=one.criterion.key, answer=one.state, how=MEASURED, value=one.number.value, on=on,
                words=(f"{one.number.what}: " if one.number.what else "") + one.number.source,
            )  # fmt: skip
            gate.program.add(row, by=by, at=at)
    return made


def filed_at(gate: Gate) -> list[Filed]:
    """Everything that is written at a gate, conditions included, as the pure functions take it."""
    if gate.pk is None:
        return []
    rows: list[Filed] = [one.plain for one in Evidence.objects.filter(gate=gate).select_related("filed_by")]
    return rows + [
        one.plain for one in Condition.objects.filter(gate=gate).exclude(criterion="").select_related("owner")
    ]
