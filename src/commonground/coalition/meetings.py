"""What champions do: meetings of the network, and the hours and contacts of their weeks."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final, Self

from django.db import models, transaction
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.coalition.champions import FACTS, Champion
from commonground.journal.models import Entry
from commonground.journal.recording import record
from commonground.organization.models import Person
from commonground.programs import register
from commonground.programs.models import OfProgram, Program
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of
from commonground.voice.keys import monday_of

MEETING_FACTS: Final = ("champion_meetings",)
HOURS_OF_A_WEEK: Final = 168
MOST_CONTACTS: Final = 1000


class MeetingQuerySet(Gated["Meeting"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("champions.view") else self.none()

    def of(self, program: Program) -> Self:
        return self.filter(program=program)

    def held(self, day: date) -> Self:
        """Those that have taken place by a day; a later one is only planned."""
        return self.filter(on__lte=day)

    def note(
        self, program: Program, *, on: date, people: Iterable[Person] = (), words: str = "", by: Actor, at: datetime
    ) -> "Meeting":
        """Notes a meeting and who was there; one ahead is planned. Raises CannotError for one that took place without anybody."""
        there = sorted(people, key=lambda person: person.pk)
        _refuse_empty(on, there, at)
        with transaction.atomic():
            row = self.create(program=program, on=on, words=words.strip())
            row.people.set(there)
            row.write("noted a meeting of the champions", by=by, at=at, **row.told())
        return row


def _refuse_empty(on: date, people: list[Person], at: datetime) -> None:
    if on <= day_of(at) and not people:
        raise CannotError("Say who was there: a meeting that took place had at least one champion in it.")


class Meeting(OfProgram):
    """A meeting of the champions: when, what about, who was there. One whose day is ahead is planned."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="champion_meetings")
    on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    people = models.ManyToManyField(Person, related_name="champion_meetings", blank=True)

    objects = MeetingQuerySet.as_manager()
    word, facts = "a meeting of the champions", MEETING_FACTS

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"meeting of the champions, {self.on:%Y-%m-%d}"

    def put_right(self, *, on: date, people: Iterable[Person], words: str, by: Actor, at: datetime) -> None:
        """Puts right when it was, who was there and what it was about."""
        there = sorted(people, key=lambda person: person.pk)
        _refuse_empty(on, there, at)
        with transaction.atomic():
            before = self.told()
            self.on, self.words = on, words.strip()
            self.save(update_fields=["on", "words"])
            self.people.set(there)
            self.write("changed a meeting of the champions", by=by, at=at, before=before, after=self.told())

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away; `put_back` brings it back with who was there."""
        with transaction.atomic():
            there = list(self.people.order_by("pk").values_list("pk", flat=True))
            self.write(f"removed {self.word}", by=by, at=at, removed=register.written(self), people=there)
            self.delete()

    @staticmethod
    def put_back(entry: Entry, *, by: Actor, at: datetime) -> "Meeting":
        """Writes a removed one again. Raises CannotError when that is no longer possible."""
        there = (entry.values.data or {}).get("people") or []
        with transaction.atomic():
            row = register.put_back(entry, Meeting, facts=MEETING_FACTS, by=by, at=at)
            row.people.set(Person.objects.filter(pk__in=there))
        return row

    def told(self) -> dict[str, Any]:
        """What the journal keeps of it."""
        return {"on": self.on, "words": self.words, "people": [one.name for one in self.people.order_by("pk")]}

    def write(self, verb: str, *, by: Actor, at: datetime, **values: Any) -> None:
        """Journals what was done, inside the verb's transaction."""
        record(verb, self, by=by, at=at, values=values, facts=MEETING_FACTS)


class HoursUsedQuerySet(Gated["HoursUsed"]):
    def visible_to(self, actor: Actor) -> Self:
        """Their own weeks for themselves; for the change lead all, whose pages show sums and never the words."""
        if actor.user is None or not actor.sees_content:
            return self.none()
        if actor.may("champions.change"):
            return self
        return self.filter(Q(champion__person=actor.person)) if actor.person is not None else self.none()

    def between(self, first: date, last: date) -> Self:
        """Weeks whose Monday lies in [first, last]."""
        return self.filter(week__gte=first, week__lte=last)

    def note(
        self,
        champion: Champion,
        *,
        day: date,
        hours: float,
        contacts: int = 0,
        words: str = "",
        by: Actor,
        at: datetime,
    ) -> "HoursUsed":
        """Notes the hours and contacts of the week of a day; what was noted for it before is put right. words: for themselves alone.

        Raises CannotError for a week ahead, and for numbers that no week holds.
        """
        week = monday_of(day)
        if week > monday_of(day_of(at)):
            raise CannotError("This week is still ahead. Note it once it has begun.")
        if not 0 <= hours <= HOURS_OF_A_WEEK:
            raise CannotError(f"{hours:g} hours do not fit into a week. Name 0 to {HOURS_OF_A_WEEK}.")
        if not 0 <= contacts <= MOST_CONTACTS:
            raise CannotError(f"{contacts} talks do not fit into a week. Name 0 to {MOST_CONTACTS}.")
        values = {"hours": hours, "contacts": contacts, "words": words.strip()[:300]}
        with transaction.atomic():
            row, _ = self.update_or_create(champion=champion, week=week, defaults=values)
            row.write("noted hours of a champion", by=by, at=at, hours=hours, contacts=contacts)
        return row


class HoursUsed(models.Model):
    """A champion's week: hours used, and talks with how many people. words: a note for themselves that no page shows to others."""

    champion = models.ForeignKey(Champion, on_delete=models.CASCADE, related_name="weeks")
    week = models.DateField()
    hours = models.FloatField(default=0)
    contacts = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=300, blank=True)

    objects = HoursUsedQuerySet.as_manager()

    class Meta:
        ordering = ["-week", "-pk"]
        constraints = [models.UniqueConstraint(fields=["champion", "week"], name="hours_used_once_a_week")]

    def __str__(self) -> str:
        return f"{self.champion.person}, week of {self.week:%Y-%m-%d}"

    @property
    def program_id(self) -> int:
        """For the journal: the program that it belongs to."""
        return self.champion.program_id

    def take_back(self, *, by: Actor, at: datetime) -> None:
        """Nothing is noted for this week any more."""
        with transaction.atomic():
            self.write("took noted hours back", by=by, at=at, hours=self.hours, contacts=self.contacts)
            self.delete()

    def write(self, verb: str, *, by: Actor, at: datetime, **values: Any) -> None:
        """Journals what was done, never the words, inside the verb's transaction."""
        record(verb, self, by=by, at=at, values={"week": self.week, **values}, facts=FACTS)
