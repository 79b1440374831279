"""Gates at the end of each phase, of the whole or of a unit: where each stands, and the moves of the one table that lead on.

Passing a gate enters the next phase, and taking that back leaves it again, in the same transaction as the decision.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import models, transaction
from django.db.models import F, Q

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.facts.phases import LAST_PHASE, PHASES
from commonground.analysis.plan.gates import BEHIND, BY_KEY, OPEN, STATES, MoveError, after
from commonground.organization.models import Person, Unit
from commonground.plan.phases import Phase, stands
from commonground.programs import register
from commonground.programs.models import OfProgram, Program
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of

FACTS: Final = ("gates", "evidence")


class GateQuerySet(Gated["Gate"]):
    def visible_to(self, actor: Actor) -> "GateQuerySet":
        return self if actor.may("gates.view") else self.none()

    def at(self, program: Program, number: int, unit: Unit | None) -> "Gate":
        """The gate of a part; one that is not written yet where nobody has done anything with it."""
        found = self.filter(program=program, number=number, unit=unit).first()
        return found or Gate(program=program, number=number, unit=unit)


class Gate(OfProgram):
    """The gate at the end of a phase. state: of analysis.plan.gates.STATES; asked_on: since when a decision is asked for.

    decided_on, decided_by: of the last decision; body: who decided besides, in words (“the board, 12 May”). began: whether the decision
    entered the next phase, so that taking it back leaves that again.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="gates")
    number = models.PositiveSmallIntegerField(choices=[(number, f"Gate {number}") for number in PHASES])
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=list(STATES.items()), default=OPEN)
    asked_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    began = models.BooleanField(default=False)

    objects = GateQuerySet.as_manager()
    word, facts = "a gate", FACTS

    class Meta:
        ordering = [F("unit").asc(nulls_first=True), "number"]
        constraints = [
            models.UniqueConstraint(fields=["program", "number", "unit"], name="gate_once_a_unit"),
            models.UniqueConstraint(fields=["program", "number"], condition=Q(unit=None), name="gate_of_all_once"),
        ]

    def __str__(self) -> str:
        return f"gate {self.number} of {self.part}"

    @property
    def part(self) -> str:
        """What it is of: the unit as it is called now, or the whole."""
        if self.unit is None:
            return "the whole"
        return self.unit.periods.filter(end=None).values_list("name", flat=True).first() or str(self.unit)

    @property
    def is_passed(self) -> bool:
        return self.state in BEHIND

    def there(self, *, by: Actor, at: datetime) -> "Gate":
        """This gate, written if it was not."""
        if self.pk is None:
            register.add(self, verb="opened a gate", facts=self.facts, by=by, at=at)
        return self

    def ask(self, *, by: Actor, at: datetime) -> None:
        """Asks for a decision. Raises CannotError while the part does not stand before this gate."""
        self._refuse_order()
        self._move("ask", {"asked_on": day_of(at)}, by=by, at=at)

    def withdraw(self, *, by: Actor, at: datetime) -> None:
        """Nobody is to decide now after all."""
        self._move("withdraw", {"asked_on": None}, by=by, at=at)

    def decide(self, key: str, *, on: date, words: str, body: str = "", by: Actor, at: datetime) -> None:
        """Decides: refuse, pass or condition, with the reason in words. body: who decided, where it was not the one who writes alone.

        Passing enters the next phase. Raises CannotError without a reason, for a day to come, out of order, for a move that the table
        does not have from here, and for conditions where none is written.
        """
        if on > day_of(at):
            raise CannotError("This day has not come yet. Decide on the day itself.")
        self._after(key)
        if key == "condition" and not self.conditions_open().exists():
            raise CannotError(
                "No condition is written yet. Add what has to be done, by whom and until when, and then go on."
            )
        if key == "pass" and self.conditions_open().exists():
            raise CannotError("It has a condition that is open. Go on with conditions, or remove the condition first.")
        person = Person.objects.filter(pk=by.person).first() if by.person else None
        values: dict[str, Any] = {"decided_on": on, "decided_by": person}
        with transaction.atomic():
            if key != "refuse":
                self._refuse_order()
            self._move(key, values, on=on, words=words, body=body, by=by, at=at)
            if key != "refuse" and self._enter(on, by=by, at=at):
                self.began = True
                self.save(update_fields=["began"])

    def take_back(self, *, words: str, by: Actor, at: datetime) -> None:
        """The decision no longer holds; the phase that it entered has not begun. Raises CannotError while a later gate rests on it."""
        later = self._of_part().filter(number__gt=self.number, state__in=BEHIND).first()
        if later is not None:
            raise CannotError(f"{_first_up(later)} rests on this one. Take that back first.")
        with transaction.atomic():
            if self.began:
                phase = Phase.objects.filter(program=self.program, unit=self.unit, number=self.number + 1).first()
                if phase is not None and phase.entered_on is not None:
                    phase.take_back(by=by, at=at)
            self._move("take_back", {"began": False}, words=words, by=by, at=at)

    def settle(self, *, by: Actor, at: datetime) -> None:
        """Follows its conditions: passed once all are met, with conditions again once one is open. For the verbs of conditions."""
        still = self.conditions_open().exists()
        if self.state == "conditional" and not still:
            self._move("fulfil", {}, by=by, at=at)
        elif self.state == "passed" and still:
            self._move("reopen", {}, by=by, at=at)

    def conditions_open(self) -> "models.QuerySet[Any]":
        """Its conditions that nobody has said to be met; of a gate that is written."""
        return self.conditions.filter(met_on=None)

    def add_condition(self, values: Mapping[str, Any], *, by: Actor, at: datetime) -> Any:
        """Writes a condition; a gate that was passed is then passed with conditions."""
        with transaction.atomic():
            self.there(by=by, at=at)
            row = self.program.add(self.conditions.model(gate=self, made_on=day_of(at), **values), by=by, at=at)
            self.settle(by=by, at=at)
        return row

    def remove(self, *, by: Actor, at: datetime) -> None:
        """A gate is not removed: its decisions are taken back, its question withdrawn."""
        raise CannotError(
            f"{_first_up(self)} stays, with what was decided. Take the decision back, or withdraw the question."
        )

    def _move(
        self,
        key: str,
        values: dict[str, Any],
        *,
        on: date | None = None,
        words: str = "",
        body: str = "",
        by: Actor,
        at: datetime,
    ) -> None:
        move = BY_KEY[key]
        state = self._after(key)
        if move.reason and not words.strip():
            raise CannotError("A decision needs its reason, in a sentence that others can read later.")
        with transaction.atomic():
            self.there(by=by, at=at)
            fresh = Gate.objects.select_for_update().get(pk=self.pk)
            if fresh.state not in move.before:
                raise CannotError(
                    f"Somebody was quicker: this gate is at “{STATES[fresh.state]}” now. Look at it again."
                )
            GateMove.objects.create(
                gate=self, move=key, state=state, on=on or day_of(at), words=words.strip(), body=body.strip(),
                person_id=by.person, name="" if by.person else by.name, at=at,
            )  # fmt: skip
            register.change(self, {"state": state, **values}, verb=move.words, facts=self.facts, by=by, at=at)

    def _after(self, key: str) -> str:
        """The state to which a move leads from here. Raises CannotError where the table has none."""
        try:
            return after(self.state, key)
        except MoveError as refused:
            raise CannotError(str(refused)) from refused

    def _of_part(self) -> "models.QuerySet[Gate]":
        return Gate.objects.filter(program=self.program, unit=self.unit)

    def _refuse_order(self) -> None:
        before = self._of_part().filter(number__lt=self.number).exclude(state__in=BEHIND).exclude(state=OPEN).first()
        if before is not None:
            raise CannotError(f"{_first_up(before)} is at “{STATES[before.state]}”. It comes first.")
        now = stands(self.program, self.unit)
        if now < self.number:
            where = f"stands in phase {now}" if now else "has not entered the first phase"
            raise CannotError(
                f"{self.part[0].upper()}{self.part[1:]} {where}. Say first that phase {self.number} has begun there."
            )

    def _enter(self, on: date, *, by: Actor, at: datetime) -> bool:
        """Says that the next phase began; whether this did it. The last gate leads to none."""
        if self.number >= LAST_PHASE:
            return False
        phase = Phase.objects.filter(program=self.program, unit=self.unit, number=self.number + 1).first()
        if phase is None:
            phase = self.program.add(Phase(number=self.number + 1, unit=self.unit), by=by, at=at)
        return phase.entered_on is None and phase.enter(on, by=by, at=at)


def _first_up(gate: Gate) -> str:
    words = str(gate)
    return words[0].upper() + words[1:]


class OfGateQuerySet(Gated[Any]):
    def visible_to(self, actor: Actor) -> "OfGateQuerySet":
        return self if actor.may("gates.view") else self.none()


class GateMove(models.Model):
    """A move of a gate as it was made, never changed: which, to what state, on which day, why, and who.

    person: who made it; name: what they are called where they are nobody of the roster. body: who decided with them.
    """

    gate = models.ForeignKey(Gate, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=12)
    state = models.CharField(max_length=12)
    on = models.DateField()
    words = models.TextField(blank=True)
    body = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    objects = OfGateQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.gate}: {self.said}"

    @property
    def who(self) -> str:
        return self.person.name if self.person else self.name or "somebody who is gone"

    @property
    def said(self) -> str:
        return BY_KEY[self.move].words if self.move in BY_KEY else self.move
