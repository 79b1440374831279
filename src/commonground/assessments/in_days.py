"""What is prepared, asked between two days, and closed: rounds of questions, and rounds of nominations."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar, Final

from django.db import models

from commonground.access.actor import Actor
from commonground.programs.models import OfProgram
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of

DRAFT: Final = "draft"
OPEN: Final = "open"
CLOSED: Final = "closed"
CANCELLED: Final = "cancelled"


class InDays(OfProgram):
    """opens_on, closes_on: both days included. states: state → its words; remedies: state → what to do where a verb needs another."""

    opens_on = models.DateField()
    closes_on = models.DateField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    state: "models.CharField[str, str]"
    states: ClassVar[Mapping[str, str]]
    remedies: ClassVar[Mapping[str, str]]

    class Meta:
        abstract = True

    @property
    def is_draft(self) -> bool:
        return self.state == DRAFT

    @property
    def last_day(self) -> date:
        """The last day on which somebody could or can answer."""
        closed = day_of(self.closed_at) if self.closed_at is not None else self.closes_on
        return min(self.closes_on, closed)

    def takes_answers(self, day: date) -> bool:
        """Whether it is open on a day."""
        return self.state == OPEN and self.opens_on <= day <= self.closes_on

    def refuse_unless(self, state: str, what: str) -> None:
        """Raises CannotError when it is not in a state; what: what was to be done with it."""
        if self.state != state:
            raise CannotError(
                f"“{self}” is {self.states[self.state]}, so it cannot be {what}. {self.remedies[self.state]}"
            )

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away if it was never opened. Raises CannotError otherwise: what was asked stays on record."""
        self.refuse_unless(DRAFT, "removed")
        super().remove(by=by, at=at)

    def change(self, values: Mapping[str, Any], *, by: Actor, at: datetime) -> bool:
        """Prepares it otherwise. Raises CannotError once it was opened: what was promised to those who answer stays."""
        type(self)._base_manager.get(pk=self.pk).refuse_unless(DRAFT, "changed")
        return super().change(values, by=by, at=at)
