"""Rounds: one instrument asked of a population in a window of days, with the tables that will come of it fixed when it opens."""

from collections.abc import Mapping
from datetime import date
from typing import Final, Self

from django.db import models
from django.db.models.functions import Cast

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.assessments.in_days import CANCELLED, CLOSED, DRAFT, OPEN, InDays
from commonground.organization.models import Person
from commonground.programs.models import Program

OPENING: Final = "opening"
STATES: Final = {
    DRAFT: "being prepared",
    OPENING: "being opened",
    OPEN: "open",
    CLOSED: "closed",
    CANCELLED: "cancelled",
}
REMEDIES: Final = {
    DRAFT: "Open it first.",
    OPENING: "Wait until it is open; its page says how far it is.",
    OPEN: "Close it or cancel it; then prepare another one.",
    CLOSED: "Prepare another one.",
    CANCELLED: "Prepare another one.",
}
# state → what may follow; a round that is closed or cancelled stays so, since its tables stand or its answers are gone
NEXT: Final[Mapping[str, tuple[str, ...]]] = {
    DRAFT: (OPENING,),
    OPENING: (OPEN, DRAFT),
    OPEN: (CLOSED, CANCELLED),
    CLOSED: (),
    CANCELLED: (),
}
FIRST, AGAIN = "first", "again"  # what is being written to all: the invitation, a reminder
PURPOSES: Final = {
    "culture": "Culture, now and wanted",
    "readiness": "Readiness",
    "ladder": "How far along: know, want, know how, can, keep",
    "fairness": "Fairness of how it is done",
    "ownership": "Ownership felt",
    "pulse": "Pulse",
    "other": "Something else",
}
ATTRIBUTES: Final = {
    "unit": "unit",
    "level": "level",
    "front_office": "front office or not",
    "location": "location",
    "shift": "shift",
    "language": "language",
}


class RoundQuerySet(Gated["Round"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever reads tables sees rounds that were opened; those who prepare rounds see all."""
        if actor.may("assessments.change"):
            return self
        return self.exclude(state__in=(DRAFT, OPENING)) if actor.may("assessments.view") else self.none()

    def bare(self) -> Self:
        """Without what is long: for lists, and for files that need the name and the days."""
        return self.defer("population", "attributes", "tables", "languages", "items", "names")

    def with_words(self) -> Self:
        """Name and days alone, with `words`: the instrument as JSON text, for whoever keeps what was made of just this text."""
        rows = self.only("name", "state", "opens_on", "closes_on", "closed_at")
        return rows.annotate(words=Cast("items", models.TextField()))

    def open_on(self, day: date) -> Self:
        """Rounds that can be answered on a day."""
        return self.filter(state=OPEN, opens_on__lte=day, closes_on__gte=day)


class Round(InDays):
    """A round. instrument: key of a ready instrument or of an organization's own (`instruments.instrument_of`).

    population: {"units": [keys], "levels": [names], "front_office": true or null, "sample": {"size": n, "seed": n} or null}; empty lists
    mean all. attributes: what is stored with an answer, the most important first. tables: lists of attributes that are crossed in one
    published table, [] for the whole. threshold: the fewest people a result may stand for, fixed when it opens. items: the instrument
    as it was when the round opened (`Instrument.written`); names: what units, levels and so on were called then, with the tree above each
    unit: {"unit": {key: {"name", "parent"}}, "level": {key: name}, …}. stands_for: the earlier round that it is compared with.
    attempt: whose turn it is to open it or to write its mail, so that two that were begun never both go on. mailing: the mail that is
    being written to all, FIRST or AGAIN, since mailing_since; empty when all of it is queued.
    opens_on, closes_on: both days included. keep_until, keep_why: how long answers are kept after closing, where 90 days are not enough.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="rounds")
    name = models.CharField(max_length=200)
    instrument = models.CharField(max_length=80)
    purpose = models.CharField(max_length=12, choices=list(PURPOSES.items()), default="other")
    population = models.JSONField(default=dict, blank=True)
    attributes = models.JSONField(default=list, blank=True)
    tables = models.JSONField(default=list, blank=True)
    threshold = models.PositiveSmallIntegerField(default=5)
    languages = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=list(STATES.items()), default=DRAFT)
    items = models.JSONField(default=dict, blank=True)
    names = models.JSONField(default=dict, blank=True)
    stands_for = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="followed_by")
    invited = models.PositiveIntegerField(default=0)
    by_mail = models.PositiveIntegerField(default=0)
    by_slip = models.PositiveIntegerField(default=0)
    reminded_on = models.DateField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    extended = models.BooleanField(default=False)
    attempt = models.CharField(max_length=32, blank=True)
    mailing = models.CharField(max_length=5, blank=True)
    mailing_since = models.DateTimeField(null=True, blank=True)
    sealed = models.BooleanField(default=False)
    keep_until = models.DateField(null=True, blank=True)
    keep_why = models.CharField(max_length=300, blank=True)

    objects = RoundQuerySet.as_manager()
    word, facts = "a round", ("rounds",)
    states, remedies = STATES, REMEDIES

    class Meta:
        ordering = ["-opens_on", "-pk"]

    def __str__(self) -> str:
        return self.name


class CombinationQuerySet(Gated["Combination"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who prepare rounds: how many are invited of which group. No answer hangs on it that anybody could read."""
        return self if actor.may("assessments.change") else self.none()


class Combination(models.Model):
    """What is stored of somebody who answers: attribute → key or None, coarsened so that `invited` reaches the round's threshold.

    unit: the key of a unit that stands for all below it which are not stored themselves. label: it in words, as it was then.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="combinations")
    values = models.JSONField(default=dict)
    label = models.CharField(max_length=300)
    invited = models.PositiveIntegerField()
    slips = models.PositiveIntegerField(default=0)

    objects = CombinationQuerySet.as_manager()

    class Meta:
        ordering = ["label", "pk"]

    def __str__(self) -> str:
        return self.label


class InvitedQuerySet(Gated["Invited"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everybody their own invitation."""
        return self.filter(person_id=actor.person) if actor.person is not None else self.none()


MAIL, SIGN_IN, SLIP = "mail", "sign-in", "slip"


class Invited(models.Model):
    """Somebody who was invited, and by which way they are reached. Whether they answered is known nowhere."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    combination = models.ForeignKey(Combination, on_delete=models.CASCADE, related_name="+")
    by = models.CharField(max_length=8, choices=[(MAIL, MAIL), (SIGN_IN, SIGN_IN), (SLIP, SLIP)])

    objects = InvitedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="invited_once")]
