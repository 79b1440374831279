"""The phases of a program: for the whole, and for a unit where it has dates of its own. When it is planned, and when it began."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q

from commonground.access.actor import Actor
from commonground.access.visibility import Content
from commonground.analysis.facts.phases import PHASES
from commonground.analysis.plan.phases import stands_in
from commonground.organization.models import Unit
from commonground.programs import register
from commonground.programs.models import OfProgram, Program
from commonground.programs.register import CannotError

CHOICES = [(number, f"Phase {number}: {words}") for number, words in PHASES.items()]


class Phase(OfProgram):
    """One of the three phases. entered_on: the day on which it began; that it is over is said by the next one's beginning."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="phases")
    number = models.PositiveSmallIntegerField(choices=CHOICES)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    planned_from = models.DateField(null=True, blank=True)
    planned_to = models.DateField(null=True, blank=True)
    entered_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = Content["Phase"].as_manager()
    word, facts = "a phase", ("phases",)

    class Meta:
        ordering = [F("unit").asc(nulls_first=True), "number"]
        constraints = [
            models.UniqueConstraint(fields=["program", "number", "unit"], name="phase_once_a_unit"),
            models.UniqueConstraint(fields=["program", "number"], condition=Q(unit=None), name="phase_of_all_once"),
        ]

    def __str__(self) -> str:
        of = f" of {self.part}" if self.unit_id else ""
        return f"phase {self.number}{of}"

    @property
    def words(self) -> str:
        """What the phase is about."""
        return PHASES.get(self.number, "")

    @property
    def part(self) -> str:
        """What it is of: the unit as it is called now, or the whole."""
        if self.unit is None:
            return "the whole"
        return self.unit.periods.filter(end=None).values_list("name", flat=True).first() or str(self.unit)

    def enter(self, on: date, *, by: Actor, at: datetime) -> bool:
        """Says that it began on a day. Raises CannotError when an earlier phase of the same began later, or not at all yet."""
        same = Phase.objects.filter(program=self.program, unit=self.unit)
        for other in same.filter(number__lt=self.number):
            if other.entered_on is None:
                raise CannotError(f"{other} has not begun yet, so {self} cannot begin. Say first when that one began.")
            if other.entered_on > on:
                raise CannotError(
                    f"{other} began on {other.entered_on:%-d %b %Y}, after {on:%-d %b %Y}. Choose a later day, or put the other right."
                )
        return register.change(self, {"entered_on": on}, verb="began a phase", facts=self.facts, by=by, at=at)

    def take_back(self, *, by: Actor, at: datetime) -> bool:
        """The way back: it has not begun. Raises CannotError while a later phase of the same has."""
        later = Phase.objects.filter(program=self.program, unit=self.unit, number__gt=self.number)
        began = later.exclude(entered_on=None).first()
        if began is not None:
            raise CannotError(f"{began} has begun already, so {self} has too. Take that back first.")
        return register.change(
            self, {"entered_on": None}, verb="took back that a phase began", facts=self.facts, by=by, at=at
        )


def stands(program: Program, unit: Unit | None, day: date | None = None) -> int:
    """The phase in which a unit or the whole stands; 0 before the first. day: as of it, else by all that was said."""
    rows = Phase.objects.filter(program=program).values_list("unit", "number", "entered_on")
    begun: dict[int | None, dict[int, date | None]] = {}
    for place, number, entered in rows:
        begun.setdefault(place, {})[number] = entered
    return stands_in([begun.get(place, {}) for place in upwards(unit)], day or date.max)


def upwards(unit: Unit | None) -> list[int | None]:
    """The ids of a unit and the units above it as they are now, and None for the whole."""
    if unit is None:
        return [None]
    path = unit.periods.filter(end=None).values_list("path", flat=True).first() or f"/{unit.pk}/"
    return [*(int(one) for one in reversed(path.strip("/").split("/")) if one), None]
