"""Sponsors: who stands for the program, in one unit and all below it or in the whole."""

from datetime import date, datetime
from typing import Self

from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.journal.recording import record
from commonground.organization.models import Person, Unit
from commonground.organization.periods import Period, in_force_on
from commonground.programs import register
from commonground.programs.models import OfProgram, Program
from commonground.programs.register import CannotError


class SponsorQuerySet(Gated["Sponsor"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who works on the program sees every sponsor, and so does the auditor; everybody themselves."""
        if actor.may("sponsors.view"):
            return self
        return self.filter(person_id=actor.person) if actor.person is not None else self.none()

    def on(self, day: date) -> Self:
        """The sponsors in force on a day."""
        return self.filter(in_force_on(day))

    def lasting(self, day: date) -> Self:
        """The sponsors in force on a day or after it."""
        return self.exclude(end__lte=day)

    def appoint(
        self,
        program: Program,
        person: Person,
        *,
        unit: Unit | None,
        start: date | None,
        end: date | None = None,
        words: str = "",
        by: Actor,
        at: datetime,
    ) -> "Sponsor":
        """Names a sponsor of the whole program, or of a unit with all below it. Raises CannotError when they are that already."""
        row = Sponsor(program=program, person=person, unit=unit, start=start, end=end, words=words.strip())
        row.refuse_twice()
        return register.add(row, verb="named a sponsor", facts=Sponsor.facts, by=by, at=at)


class Sponsor(Period, OfProgram):
    """Somebody who stands for the program. words: their office in it, as it is said. told_on: the day on which they alone were told
    that nothing of theirs had been seen for a while."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="sponsors")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sponsors")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=200, blank=True)
    told_on = models.DateField(null=True, blank=True)

    objects = SponsorQuerySet.as_manager()
    word, facts = "a sponsor", ("sponsors",)

    class Meta(Period.Meta):
        indexes = [models.Index(fields=["program", "person"], name="sponsor_of_program")]

    def __str__(self) -> str:
        return f"{self.person} for {self.part}"

    @property
    def part(self) -> str:
        """What they stand for: the unit as it is called now, or the whole."""
        if self.unit is None:
            return "the whole program"
        return self.unit.periods.filter(end=None).values_list("name", flat=True).first() or str(self.unit)

    def refuse_twice(self) -> None:
        """Raises CannotError when the same person sponsors the same part in an overlapping time."""
        others = Sponsor.objects.filter(program=self.program, person=self.person, unit=self.unit).exclude(pk=self.pk)
        for other in others:
            ends_before = other.end is not None and self.start is not None and other.end <= self.start
            begins_after = other.start is not None and self.end is not None and self.end <= other.start
            if not (ends_before or begins_after):
                since = f" since {other.start:%-d %b %Y}" if other.start else ""
                raise CannotError(f"{other} is named already{since}. Change that entry, or end it first.")

    def end_on(self, day: date, *, why: str = "", by: Actor, at: datetime) -> None:
        """Says that they are no sponsor from this day on. `reopen` is the way back. Raises CannotError when it began later."""
        if self.start is not None and day <= self.start:
            raise CannotError(
                f"{self} began on {self.start:%-d %b %Y}, so it cannot end on {day:%-d %b %Y}. Choose a later day, or remove the entry."
            )
        self._move_end(day, "ended a sponsorship", why, by, at)

    def reopen(self, *, by: Actor, at: datetime) -> None:
        """The way back from an end that was a slip. Raises CannotError when they were named again since."""
        before, self.end = self.end, None
        try:
            self.refuse_twice()
        finally:
            self.end = before
        self._move_end(None, "took back the end of a sponsorship", "", by, at)

    def _move_end(self, day: date | None, verb: str, why: str, by: Actor, at: datetime) -> None:
        with transaction.atomic():
            before, self.end = self.end, day
            self.save(update_fields=["end"])
            record(
                verb,
                self,
                by=by,
                at=at,
                why=why,
                values={"before": {"to": before}, "after": {"to": day}},
                facts=self.facts,
            )
