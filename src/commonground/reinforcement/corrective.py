"""Formal steps: the last rung. About a practice of a unit, never about a person; never before something around the old way was changed."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Self

from django.db import models

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.adoption.models import Behaviour
from commonground.analysis.reinforcement.ladder import FAIR, missing
from commonground.journal.models import Entry
from commonground.organization.models import Person, Unit
from commonground.programs.models import OfProgram, Program, key_for
from commonground.programs.register import CannotError
from commonground.reinforcement.given import Reinforcement
from commonground.reinforcement.places import above
from commonground.reinforcement.schedules import Schedule


class CorrectiveQuerySet(Gated["CorrectiveStep"]):
    def visible_to(self, actor: Actor) -> Self:
        """Few read them: those who answer for the program and the auditor. They stand in no list that units are compared by."""
        return self if actor.may("corrective.view") else self.none()

    def decide(self, program: Program, values: Mapping[str, Any], *, by: Actor, at: datetime) -> "CorrectiveStep":
        """Writes a step down. Raises CannotError while something of the ladder or of a fair process is missing, naming all of it."""
        row = self.model(program=program, key=key_for("K"), **values)
        row.refuse_unready()
        return program.add(row, by=by, at=at)


class CorrectiveStep(OfProgram):
    """A formal step about a practice of a unit. about: the practice, in words without a name.

    private_word: there was one; nothing else of it is kept. beside: what helps the new way and goes on beside it. fair: keys of
    `ladder.FAIR` that hold. What was tried before is read from the register (`tried`), not told again.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    behaviour = models.ForeignKey(Behaviour, on_delete=models.PROTECT, related_name="corrective_steps")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    about = models.CharField(max_length=300)
    private_word = models.BooleanField(default=False)
    beside = models.ForeignKey(
        Schedule, null=True, blank=True, on_delete=models.PROTECT, related_name="corrective_steps"
    )
    fair = models.JSONField(default=list, blank=True)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    appeal_to = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = CorrectiveQuerySet.as_manager()
    word, facts = "a formal step", ("corrective_steps",)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="corrective_step_key_once")]

    def __str__(self) -> str:
        return self.about

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.key or key_for("K")
        super().save(*args, **kwargs)

    @property
    def tried(self) -> list[Reinforcement]:
        """What was changed around the old way before it, in its unit, above it or everywhere; oldest first."""
        return tried_before(self.program_id, self.behaviour_id, self.unit_id, self.on)

    @property
    def missing(self) -> tuple[str, ...]:
        """What keeps it from being taken, as phrases that can follow “still missing:”."""
        held: Collection[str] = self.fair
        kinds = {row.kind for row in self.tried}
        beside = self.beside is not None and self.beside.behaviour_id == self.behaviour_id
        appeal = self.appeal_to_id is not None and self.appeal_to_id != self.decided_by_id
        return missing(kinds, paired=beside, fair=held, appeal=appeal)

    @property
    def fair_words(self) -> list[str]:
        return [FAIR[key] for key in FAIR if key in self.fair]

    def refuse_unready(self) -> None:
        """Raises CannotError naming all that is missing."""
        lacks = self.missing
        if lacks:
            raise CannotError(
                f"This formal step cannot be taken yet. Still missing: {'; '.join(lacks)}. Nothing was written down."
            )

    def change(self, values: Mapping[str, Any], *, by: Actor, at: datetime) -> bool:
        """Gives it other values. Raises CannotError where it could not be taken so."""
        for name, value in values.items():
            setattr(self, name, value)
        self.refuse_unready()
        return super().change(values, by=by, at=at)

    @classmethod
    def put_back(cls, entry: Entry, *, by: Actor, at: datetime) -> Self:
        """Writes a removed one again. Raises CannotError where it could no longer be taken: what it rested on may be gone."""
        kept = cls(**_kept(entry)) if entry.kind == cls._meta.label_lower else None
        if kept is not None and kept.unit_id and kept.behaviour_id:
            kept.refuse_unready()
        return super().put_back(entry, by=by, at=at)


def _kept(entry: Entry) -> dict[str, Any]:
    written: Mapping[str, Any] = (entry.values.data or {}).get("removed") or {}
    fields = {field.attname: field for field in CorrectiveStep._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in written.items() if name in fields}


def tried_before(program: int, behaviour: int, unit: int, day: date) -> list[Reinforcement]:
    """What was changed around the old way up to a day, where a unit could meet it: in it, above it or everywhere; oldest first."""
    rows = Reinforcement.objects.around().filter(program=program, behaviour=behaviour, on__lte=day)
    places = [unit, *above(unit, day)]
    return list(rows.filter(models.Q(unit=None) | models.Q(unit__in=places)).order_by("on", "pk"))
