"""What there is room for: hours that a person of a unit has for the change in a month, and days on which a unit cannot."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from commonground.access.actor import Actor
from commonground.access.roles import LEAD
from commonground.access.visibility import Gated
from commonground.organization.models import Unit, below
from commonground.organization.periods import Period
from commonground.programs.models import OfProgram, Program
from commonground.programs.register import CannotError

MOST_HOURS = 160  # a month has no more


def called(unit: Unit | None) -> str:
    """The unit as it is called now."""
    if unit is None:
        return "every unit"
    return unit.periods.filter(end=None).values_list("name", flat=True).first() or str(unit)


class ForPlanners(Gated[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """Who sees the plan sees what there is room for."""
        return self if actor.may("plan.view") else self.none()


class OfUnits(OfProgram):
    """A row that a change lead writes for every unit, and a unit manager for their own and those within."""

    unit: "models.ForeignKey[Unit | None, Unit | None]"

    class Meta:
        abstract = True

    def refuse_others(self, unit: int | None, by: Actor) -> None:
        """Raises CannotError where a unit manager writes for a unit that is not theirs."""
        if by.user is None or by.has(LEAD):
            return
        if unit is None or not below(by.units).filter(unit_id=unit).exists():
            raise CannotError("This is for a unit that is not yours. Choose one of your units, or ask a change lead.")

    def change(self, values: Mapping[str, Any], *, by: Actor, at: datetime) -> bool:
        stored: Any = type(self)._base_manager.get(pk=self.pk)
        self.refuse_others(stored.unit_id, by)
        unit = values.get("unit", self.unit)
        self.refuse_others(unit.pk if unit else None, by)
        return super().change(values, by=by, at=at)

    def remove(self, *, by: Actor, at: datetime) -> None:
        self.refuse_others(self.unit_id, by)  # type: ignore[attr-defined]  # of the field that each kind has
        super().remove(by=by, at=at)


class Capacity(Period, OfUnits):
    """Hours that each person of a unit and of those within has in a month; without a unit, each person of the program."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="capacity")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    hours = models.FloatField()

    objects = ForPlanners.as_manager()
    word, facts = "hours there is room for", ("capacity",)

    class Meta(Period.Meta):
        ordering = [F("start").asc(nulls_first=True), "pk"]

    def __str__(self) -> str:
        return f"{self.hours:g} hours a month for {called(self.unit)}"


class Blackout(OfUnits):
    """Days on which a unit and those within cannot; without a unit, nobody can. end: until before."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="blackouts")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    start = models.DateField()
    end = models.DateField()
    why = models.CharField(max_length=200, blank=True)

    objects = ForPlanners.as_manager()
    word, facts = "days on which a unit cannot", ("blackouts",)

    class Meta:
        ordering = ["start", "pk"]
        constraints = [models.CheckConstraint(condition=Q(end__gt=F("start")), name="plan_blackout_ends_after_start")]

    def __str__(self) -> str:
        return self.why or f"from {self.start:%-d %b %Y}"

    def holds(self, day: date) -> bool:
        return self.start <= day < self.end
