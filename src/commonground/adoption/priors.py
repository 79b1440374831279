"""What is expected before anything was observed here: what forecasts begin with, and what is planned with for anything that is tried.

Each has a default with its source. A program may set its own; what is observed outweighs either as it comes in.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import ForStaff
from commonground.analysis.curves.habit import ORGANIZATION, Clock
from commonground.analysis.guidance.likely import Expected
from commonground.journal.recording import record
from commonground.programs.models import Program
from commonground.programs.register import CannotError

POINT: Final = 100  # points of share are entered, shares are reckoned with


@dataclass(frozen=True, slots=True)
class Known:
    """Something that is expected beforehand: what it is called, in which unit, its default, its limits, and where the default is from."""

    name: str
    words: str
    unit: str
    default: float
    least: float
    most: float
    source: str


_CLOCK: Final = (
    "Two to four years for a well-defined program (Fixsen and others, National Implementation Research Network); this median "
    "and this spread are Commonground’s own choice."
)
_EFFECT: Final = (
    "126 large trials of small changes to how things are done moved behaviour by 1.4 points (DellaVigna & Linos, 2022); single published "
    "studies say more, and less of it lasts."
)
KNOWN: Final = {
    one.name: one
    for one in (
        Known("clock_median", "Half of such changes are done within", "months", ORGANIZATION.median, 3, 120, _CLOCK),
        Known("clock_spread", "How much that differs (on the log scale)", "", ORGANIZATION.spread, 0.05, 1.5, _CLOCK),
        Known("effect_low", "Points of share that a technique moves, at least", "", 1.0, -5, 20, _EFFECT),
        Known("effect_high", "Points of share that a technique moves, at most", "", 2.0, -5, 30, _EFFECT),
    )
}


class PriorQuerySet(ForStaff["Prior"]):
    def values_of(self, program: int) -> dict[str, float]:
        """name → value, the defaults where the program has set none."""
        own = dict(self.filter(program=program, name__in=KNOWN).values_list("name", "value"))
        return {name: own.get(name, one.default) for name, one in KNOWN.items()}

    def put(self, program: Program, wanted: dict[str, float], *, by: Actor, at: datetime) -> bool:
        """Sets what a program expects; a value at its default is forgotten. Answers whether anything differed.

        Raises CannotError for a value beyond its limits, and where the least effect is not below the most.
        """
        before = self.values_of(program.pk)
        after = {**before, **{name: value for name, value in wanted.items() if name in KNOWN}}
        for name, value in after.items():
            one = KNOWN[name]
            if not one.least <= value <= one.most:
                raise CannotError(f"“{one.words}” lies between {one.least:g} and {one.most:g}, not {value:g}.")
        if after["effect_low"] >= after["effect_high"]:
            raise CannotError("The least that a technique does lies below the most: give two different numbers.")
        changed = {name: value for name, value in after.items() if value != before[name]}
        with transaction.atomic():
            for name, value in changed.items():
                row, _ = self.update_or_create(program=program, name=name, defaults={"value": value})
                record("set what is expected", row, by=by, at=at, values={"before": before[name], "after": value})
                if value == KNOWN[name].default:
                    self.filter(pk=row.pk).delete()
        return bool(changed)


class Prior(models.Model):
    """A value that a program expects for itself, other than the default."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=20)
    value = models.FloatField()

    objects = PriorQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "name"], name="prior_once")]

    def __str__(self) -> str:
        return KNOWN[self.name].words


def clock_of(program: int) -> Clock:
    """How long an organization takes, as a program expects it."""
    values = Prior.objects.values_of(program)
    return Clock(values["clock_median"], values["clock_spread"])


def expected_of(program: int) -> Expected:
    """What a technique is expected to do, as a program plans with it."""
    values = Prior.objects.values_of(program)
    return Expected(low=values["effect_low"] / POINT, high=values["effect_high"] / POINT)
