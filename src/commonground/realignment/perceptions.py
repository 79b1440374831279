"""How a change is felt: raised by the person to whom they choose, or a talk about it that is offered to them. Seen by these two alone.

Kept are days and who; words only if the person wants, for the one reader they chose. The words stand in no journal, search or export,
and are deleted when the person closes or withdraws.
"""

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.accounts.models import User
from commonground.analysis.facts import PERCEPTION_KINDS
from commonground.journal.recording import record
from commonground.organization.models import Assignment, Person, Role
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.realignment.stages import NotYetError, day_of

KIND_WORDS = {
    "diminished_role": "what becomes of a role",
    "reassigned": "who reports to whom",
}
RAISED, OFFERED = "raised", "offered"
MOST_LETTERS = 2000


class PerceptionQuerySet(Gated["Perception"]):
    def visible_to(self, actor: Actor) -> Self:
        """The person and the one reader they chose, whatever anybody's role."""
        if actor.user is None or not actor.sees_content:
            return self.none()
        mine = Q(person_id=actor.person) if actor.person is not None else Q(pk__in=())
        return self.filter(mine | Q(to_id=actor.user))

    def mine(self, actor: Actor) -> Self:
        return self.filter(person_id=actor.person) if actor.person is not None else self.none()

    def to_me(self, actor: Actor) -> Self:
        return self.filter(to_id=actor.user) if actor.user is not None else self.none()

    def waiting(self) -> Self:
        """Raised, or taken up by the person, and neither answered nor closed."""
        return self.said().filter(answered_on=None, closed_on=None)

    def said(self) -> Self:
        """What a person has said to be felt; an offer that nobody took up is not among it."""
        return self.filter(Q(way=RAISED) | Q(taken_up_on__isnull=False))

    def raise_to(
        self, program: Program, *, person: Person, kind: str, to: User, words: str = "", by: Actor, at: datetime
    ) -> "Perception":
        """The person says, to whom they choose, that a change is felt. words: only if they want.

        Raises CannotError for another than the person, an unknown kind, or when they choose themselves.
        """
        if by.person != person.pk:
            raise CannotError("How a change is felt is said by the person alone. You can offer them a talk.")
        row = self._new(program, person, kind, to, RAISED, at)
        row.words = words.strip()
        return row.begin("said how a change is felt", by=by, at=at)

    def offer(self, program: Program, *, person: Person, kind: str, by: Actor, at: datetime) -> "Perception":
        """Offers a talk to a person, who may take it up or let it be. Raises CannotError when one is offered to oneself."""
        if by.user is None:
            raise CannotError("A talk is offered by somebody who can sign in.")
        row = self._new(program, person, kind, User.objects.get(pk=by.user), OFFERED, at)
        return row.begin("offered a talk about a change", by=by, at=at)

    def _new(self, program: Program, person: Person, kind: str, to: User, way: str, at: datetime) -> "Perception":
        if kind not in PERCEPTION_KINDS:
            raise CannotError(f"“{kind}” is nothing that can be felt here. Choose {' or '.join(KIND_WORDS.values())}.")
        if person.user_id == to.pk:
            raise CannotError("Choose somebody else: this is read by the one person you choose.")
        day = day_of(at)
        place = Assignment.objects.on(day).filter(person=person).order_by("-start", "pk").first()
        role = place.role if place is not None else None
        return Perception(program=program, person=person, kind=kind, to=to, way=way, role=role, raised_on=day)


class Perception(models.Model):
    """One thing felt. role: the person's on that day. to: the one reader. answered_on: the day of a talk or response; never its content."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="perceptions")
    role = models.ForeignKey(Role, null=True, on_delete=models.SET_NULL, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=list(KIND_WORDS.items()))
    way = models.CharField(max_length=8, choices=[(RAISED, "raised"), (OFFERED, "offered")])
    raised_on = models.DateField()
    taken_up_on = models.DateField(null=True, blank=True)
    words = models.TextField(max_length=MOST_LETTERS, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = PerceptionQuerySet.as_manager()
    facts = ("perceptions",)

    class Meta:
        ordering = ["raised_on", "pk"]

    def __str__(self) -> str:
        """What the journal calls it: nothing of whom or what."""
        return "how a change is felt"

    @property
    def is_offer(self) -> bool:
        """An offer that the person has not taken up."""
        return self.way == OFFERED and self.taken_up_on is None

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def is_of(self, actor: Actor) -> bool:
        return actor.person is not None and self.person_id == actor.person

    def begin(self, verb: str, *, by: Actor, at: datetime) -> "Perception":
        """Saves it for the first time, with its journal entry."""
        with transaction.atomic():
            self.save(force_insert=True)
            self._write(verb, by=by, at=at)
        return self

    def say(self, words: str, *, by: Actor, at: datetime) -> None:
        """The person writes something for their reader, or puts it right; of an offer, they take it up with it. No words will do."""
        self._only_person(by)
        self._only_open()
        taken = self.taken_up_on or (day_of(at) if self.way == OFFERED else None)
        self._set("wrote about how a change is felt", by, at, words=words.strip(), taken_up_on=taken)

    def respond(self, *, on: date, by: Actor, at: datetime) -> None:
        """The reader notes the day on which they talked or responded. Never what was said."""
        if by.user != self.to_id:
            raise CannotError("Only the one to whom it was said notes the day of a response.")
        self._only_open()
        if on > day_of(at):
            raise NotYetError(f"{on} has not come yet. Note it when you have talked.")
        if on < self.raised_on:
            raise NotYetError(f"It was said on {self.raised_on}; a response cannot be earlier.")
        self._set("noted a response to how a change is felt", by, at, answered_on=on)

    def take_back_response(self, *, by: Actor, at: datetime) -> None:
        """The way back from a response: the reader noted it by mistake, or the person does not feel answered."""
        if by.user != self.to_id and not self.is_of(by):
            raise CannotError("Only the two of you can say that there was no response.")
        self._only_open()
        self._set("took a response back", by, at, answered_on=None)

    def close(self, *, by: Actor, at: datetime) -> None:
        """The person lets it rest: its words are deleted, the days stay."""
        self._only_person(by)
        self._only_open()
        overwrite_what_is_erased()
        self._set("let rest how a change is felt", by, at, words="", closed_on=day_of(at))

    def reopen(self, *, by: Actor, at: datetime) -> None:
        """The way back from letting it rest. Its words are gone for good."""
        self._only_person(by)
        self._set("took up again how a change is felt", by, at, closed_on=None)

    def withdraw(self, *, by: Actor, at: datetime) -> None:
        """Takes it back as if it had not been said, or an offer that was not taken up: the row goes."""
        if not self.is_of(by) and not (self.is_offer and by.user == self.to_id):
            raise CannotError("Only the person can take it back; whoever offers a talk, as long as it is not taken up.")
        with transaction.atomic():
            overwrite_what_is_erased()
            self._write("took back how a change is felt", by=by, at=at)
            self.delete()

    def _only_person(self, by: Actor) -> None:
        if not self.is_of(by):
            raise CannotError("This is for the person alone to do.")

    def _only_open(self) -> None:
        if not self.is_open:
            raise NotYetError(f"It was let rest on {self.closed_on}. Take it up again first.")

    def _set(self, verb: str, by: Actor, at: datetime, **values: Any) -> None:
        with transaction.atomic():
            for name, value in values.items():
                setattr(self, name, value)
            self.save(update_fields=list(values))
            self._write(verb, by=by, at=at)

    def _write(self, verb: str, *, by: Actor, at: datetime) -> None:
        """Journals it for the two of them alone, without a word of it."""
        readers = [user for user in (self.person.user_id, self.to_id) if user is not None]
        record(verb, self, by=by, at=at, facts=self.facts, readers=readers)


def overwrite_what_is_erased() -> None:
    """Has SQLite write zeros over what is deleted from now on; elsewhere that is the operator's care."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
