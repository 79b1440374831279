"""Nominations: a round in which people say who, besides their manager, explains new ways of working so that people try them.

Who named whom is told to nobody. What is known of a round while it is open is how many took part, rounded and once a day; after it is
closed, in which band somebody was named, to the change lead alone.
"""

from datetime import date, datetime
from typing import Final, Self

from django.db import models, transaction
from django.db.models import QuerySet

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.assessments.in_days import CANCELLED, CLOSED, DRAFT, OPEN, InDays
from commonground.assessments.response import LEAST, rounded
from commonground.assessments.tokens import make_key
from commonground.journal.recording import record
from commonground.organization.models import Assignment, Person, below
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of
from commonground.ui.words import day as written_day

SELECTED: Final = "selected"
STATES: Final = {
    DRAFT: "being prepared",
    OPEN: "open",
    CLOSED: "closed",
    SELECTED: "selected",
    CANCELLED: "cancelled",
}
QUESTION: Final = "Who, besides your manager, explains new ways of working so that people try them?"
FOLDER: Final = "nominations"  # of the keys, beside the database and in no backup
LONGEST: Final = 60  # days that a round may be open
LEAST_ASKED: Final = LEAST  # of fewer people nothing could be told afterwards
KEPT_DAYS: Final = 30  # that namings are kept after the last day, at the most
REMEDIES: Final = {
    DRAFT: "Open it first.",
    OPEN: "Close it or cancel it first.",
    CLOSED: "Choose champions from it, or cancel it.",
    SELECTED: "Its namings are deleted. Prepare another one.",
    CANCELLED: "Its namings are deleted. Prepare another one.",
}


class NominationQuerySet(Gated["Nomination"]):
    def visible_to(self, actor: Actor) -> Self:
        """The change lead all; everybody else those that ask them, by `naming.asking` and not by this."""
        return self if actor.may("nominations.view") else self.none()

    def open_in(self, program: Program) -> "Nomination | None":
        """The round of a program that is open; there is at most one."""
        return self.filter(program=program, state=OPEN).first()


class Nomination(InDays):
    """A round of nominations. units: ids of those whose people are asked, with all below; none: everybody. asked: how many, when it opened.

    opens_on, closes_on: both days included. share: how many of them took part, as it was last told, on share_on. told: how many took part
    reached what is needed to tell anything.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="nominations")
    question = models.CharField(max_length=300, default=QUESTION)
    units = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=list(STATES.items()), default=DRAFT)
    asked = models.PositiveIntegerField(default=0)
    share = models.FloatField(null=True, blank=True)
    share_on = models.DateField(null=True, blank=True)
    told = models.BooleanField(default=False)
    forgotten_on = models.DateField(null=True, blank=True)

    objects = NominationQuerySet.as_manager()
    word, facts = "a round of nominations", ()
    states, remedies = STATES, REMEDIES

    class Meta:
        ordering = ["-opens_on", "-pk"]

    def __str__(self) -> str:
        return f"Nominations of {written_day(self.opens_on)}"

    def people_asked(self, day: date) -> "QuerySet[Assignment]":
        """Where those who are asked work on a day."""
        rows = Assignment.objects.on(day)
        return rows.filter(unit__in=below(frozenset(self.units))) if self.units else rows

    def asks(self, person: int | None, day: date) -> bool:
        return person is not None and self.people_asked(day).filter(person=person).exists()

    def open(self, *, by: Actor, at: datetime) -> None:
        """Makes the key and takes namings from the first day on. Raises CannotError where another round is open, or too few are asked."""
        day = day_of(at)
        self.refuse_unless(DRAFT, "opened")
        if self.closes_on < day:
            raise CannotError(f"Its last day, {written_day(self.closes_on)}, is over. Change its days, then open it.")
        other = Nomination.objects.open_in(self.program)
        if other is not None:
            raise CannotError(
                f"“{other}” is still open, and a page for naming serves one. Close it or cancel it first."
            )
        asked = self.people_asked(max(day, self.opens_on)).values("person").distinct().count()
        if asked < LEAST_ASKED:
            raise CannotError(
                f"It would ask {asked} people. Among fewer than {LEAST_ASKED} a count would tell who named whom. Choose a larger unit."
            )
        with transaction.atomic():
            make_key(self.pk, FOLDER)
            if not Nomination.objects.filter(pk=self.pk, state=DRAFT).update(state=OPEN, opened_at=at, asked=asked):
                Nomination.objects.get(pk=self.pk).refuse_unless(DRAFT, "opened")
            self.state, self.opened_at, self.asked = OPEN, at, asked
            record(
                "opened a round of nominations", self, by=by, at=at, values={"asked": asked, "until": self.closes_on}
            )

    def share_told(self, day: date, taken: int) -> float | None:
        """The share of those asked who have taken part, as it was when somebody first looked that day. taken: how many there are now.

        Rounded to 5 %, from ten people asked on, and never live: otherwise whoever looks often would see who has just been there.
        """
        if self.state == OPEN and self.share_on != day and self.asked >= LEAST_ASKED and day >= self.opens_on:
            self.share, self.share_on = rounded(min(taken, self.asked), self.asked), day
            self.save(update_fields=["share", "share_on"])
        return self.share


class CandidateQuerySet(Gated["Candidate"]):
    def visible_to(self, actor: Actor) -> Self:
        """The change lead all but themselves: who is named learns that several did, and never how many."""
        return self.exclude(person=actor.person) if actor.may("nominations.view") else self.none()


class Candidate(models.Model):
    """Somebody who was named often enough to be told of: in a band, after closing. Deleted with the namings, and on opting out.

    least, most: the band (`analysis.coalition.namings.Band`). The primary key is random, so that no order says more than the band.
    """

    id = models.BigAutoField(primary_key=True)  # always given, never counted up: see access.unordered
    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="candidates")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    least = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField(null=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nomination", "person"], name="candidate_once")]

    @property
    def band(self) -> str:
        return f"{self.least} to {self.most}" if self.most is not None else f"{self.least} or more"
