"""Time that somebody gives for the change: a seat in a search, a place on the team, carrying the cause. Asked, answered, agreed, and ended.

Whoever is asked answers for themselves, and their manager agrees to the hours.
"""

from datetime import date, datetime
from typing import Any, ClassVar, Final, NamedTuple

from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.organization.models import Person
from commonground.organization.periods import Period
from commonground.programs.register import CannotError

MOST_HOURS: Final = 60  # a week


class Verbs(NamedTuple):
    """What the journal says of each step."""

    answered: str
    agreed_hours: str
    manager: str
    taken_back: str
    ended: str
    again: str


def week_holds(hours: float | None) -> float | None:
    """The hours, if a week can hold them. Raises CannotError otherwise."""
    if hours is not None and not 0 < hours <= MOST_HOURS:
        raise CannotError(f"{hours:g} hours a week cannot be given. Name more than 0 and at most {MOST_HOURS}.")
    return hours


class GivenTime(Period):
    """consent: None while the person has not answered; manager_agreed: likewise. A kind names its `verbs`, writes its own entry in the
    journal, and says who else has the place again (`refuse_twice`)."""

    person: "models.ForeignKey[Person, Person]"
    hours_per_week = models.FloatField(null=True, blank=True)
    consent = models.BooleanField(null=True)
    manager_agreed = models.BooleanField(null=True)
    verbs: ClassVar[Verbs]

    class Meta(Period.Meta):
        abstract = True

    def write(self, verb: str, *, by: Actor, at: datetime, **values: Any) -> None:
        """Journals what was done, inside the verb's transaction."""
        raise NotImplementedError

    def refuse_twice(self) -> None:
        """Raises CannotError when the person has the same place again already."""
        raise NotImplementedError

    def record_consent(self, consent: bool | None, *, by: Actor, at: datetime) -> None:
        """Whether the person wants it; None takes back an answer."""
        self.put(self.verbs.answered, by=by, at=at, consent=consent)

    def agree_hours(self, hours: float | None, *, by: Actor, at: datetime) -> None:
        """How many hours a week are given for it. Raises CannotError for what no week holds."""
        self.put(self.verbs.agreed_hours, by=by, at=at, hours_per_week=week_holds(hours))

    def manager_agrees(self, agreed: bool | None, *, by: Actor, at: datetime) -> None:
        """Whether the person's manager agrees to the time."""
        self.put(self.verbs.manager, by=by, at=at, manager_agreed=agreed)

    def free(self, *, on: date, by: Actor, at: datetime) -> bool:
        """Ends it on a day. What began that day, or is still ahead, is taken back whole. Returns whether anything differed."""
        if self.start is not None and on <= self.start:
            with transaction.atomic():
                self.write(self.verbs.taken_back, by=by, at=at)
                self.delete()
            return True
        return self.put(self.verbs.ended, by=by, at=at, end=on)

    def take_again(self, *, by: Actor, at: datetime) -> bool:
        """The way back from an end. Raises CannotError when the person has the place again already."""
        self.refuse_twice()
        return self.put(self.verbs.again, by=by, at=at, end=None)

    def put(self, verb: str, *, by: Actor, at: datetime, **values: Any) -> bool:
        """Gives fields other values, with a journal entry of both. Returns whether anything differed."""
        before = {name: getattr(self, name) for name in values}
        if before == values:
            return False
        with transaction.atomic():
            for name, value in values.items():
                setattr(self, name, value)
            self.save(update_fields=list(values))
            self.write(verb, by=by, at=at, before=before, after=values)
        return True
