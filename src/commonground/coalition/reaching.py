"""By which attributes a program's groups are told, and what one talk takes: what its champions are counted by."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Self

from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import ForStaff
from commonground.coalition.champions import ATTRIBUTES, FACTS
from commonground.journal.recording import record
from commonground.programs.models import Program
from commonground.programs.register import CannotError

USUAL: Final = ("unit", "level")
MINUTES, HOURS = 5.0, 2.0


def _usual() -> list[str]:
    return list(USUAL)


class ReachingQuerySet(ForStaff["Reaching"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("champions.view") else self.none()

    def of(self, program: Program) -> "Reaching":
        """The settings of a program, or those that hold until somebody chooses."""
        return self.filter(program=program).first() or Reaching(program=program)


class Reaching(models.Model):
    """attributes: what tells groups apart. minutes: of talking that one person takes a week. hours: that a champion usually gives a week,
    and that of a team member's week are meant for peers."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="+")
    attributes = models.JSONField(default=_usual)
    minutes = models.FloatField(default=MINUTES)
    hours = models.FloatField(default=HOURS)

    objects = ReachingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"groups by {', '.join(self.attributes)}"

    def choose(self, attributes: Sequence[str], *, minutes: float, hours: float, by: Actor, at: datetime) -> bool:
        """Chooses them. Returns whether anything differed. Raises CannotError without an attribute, or for numbers that no week holds."""
        chosen = [name for name in ATTRIBUTES if name in attributes]
        if not chosen:
            raise CannotError(
                "Choose at least one of unit, level, location, shift and language: groups are told by it."
            )
        if not 0 < minutes <= 600 or not 0 < hours <= 40:
            raise CannotError(
                "A person takes more than 0 and at most 600 minutes a week, a champion gives at most 40 hours."
            )
        after: dict[str, Any] = {"attributes": chosen, "minutes": minutes, "hours": hours}
        before = {name: getattr(self, name) for name in after}
        if before == after and self.pk is not None:
            return False
        with transaction.atomic():
            for name, value in after.items():
                setattr(self, name, value)
            self.save()
            record(
                "chose what groups are told by",
                self,
                by=by,
                at=at,
                values={"before": before, "after": after},
                facts=FACTS,
            )
        return True
