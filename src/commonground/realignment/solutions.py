"""The search for how a workflow in question will work: its question and options, seats, sessions, contributions, decision.

A seat alone is not taking part: that needs a session or a contribution too (GLOSSARY). Who takes part is answered by
`analysis.participation`, here as in the guidelines.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self, TypeVar

from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.facts import Facts, TakesPart
from commonground.analysis.facts import Person as PersonRow
from commonground.analysis.facts import Seat as SeatRow
from commonground.analysis.facts import Solution as SolutionRow
from commonground.analysis.organization import Organization
from commonground.analysis.participation import Participation
from commonground.journal.recording import record
from commonground.organization.models import Assignment, Person
from commonground.organization.periods import Period, PeriodQuerySet
from commonground.programs import register
from commonground.programs.models import Program, key_for
from commonground.programs.register import CannotError
from commonground.realignment.given_time import GivenTime, Verbs
from commonground.realignment.stages import day_of
from commonground.workflows.models import Workflow

S = TypeVar("S", bound=models.Model)
TAKES_PART, SEATED, ASKED, DECLINED = "takes part", "a seat, not yet part", "asked, no answer yet", "said no"


class SolutionQuerySet(Gated["Solution"]):
    def visible_to(self, actor: Actor) -> Self:
        """The program's staff see every search; others those in which they have a seat."""
        if actor.is_staff:
            return self
        if actor.person is None:
            return self.none()
        return self.filter(pk__in=Seat.objects.filter(person_id=actor.person).values("solution"))

    def open(self, workflow: Workflow, *, question: str, options: str = "", by: Actor, at: datetime) -> "Solution":
        """Opens a search for the new way of a workflow."""
        row = Solution(
            program_id=workflow.program_id,
            key=key_for("S"),
            workflow=workflow,
            question=question,
            options=options,
            opened=day_of(at),
        )
        return register.add(row, verb="opened a search", facts=("solutions",), by=by, at=at)


class Solution(models.Model):
    """The search for how a workflow in question will work."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="solutions")
    key = models.CharField(max_length=120)
    workflow = models.ForeignKey(Workflow, on_delete=models.CASCADE, related_name="solutions")
    question = models.TextField(blank=True)
    options = models.TextField(blank=True)
    opened = models.DateField(null=True, blank=True)
    decided = models.DateField(null=True, blank=True)
    decision = models.TextField(blank=True)

    objects = SolutionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="solution_key_once")]

    def __str__(self) -> str:
        return self.question or f"Search for a new {self.workflow}"

    def change(self, values: Mapping[str, Any], *, by: Actor, at: datetime) -> bool:
        """Gives the question or the options other words."""
        return register.change(self, values, verb="changed a search", facts=("solutions",), by=by, at=at)

    def offer_seat(self, person: Person, *, by: Actor, at: datetime) -> "Seat":
        """Invites a person into the search; whether they want to is not known yet. Raises CannotError when they have a seat."""
        day = day_of(at)
        if self.decided:
            raise CannotError(f"“{self}” is decided, so no seat can be offered. Open it again, or open another search.")
        if self.seats.on(day).filter(person=person).exists():
            raise CannotError(f"{person} has a seat in “{self}” already.")
        with transaction.atomic():
            seat = Seat.objects.create(solution=self, person=person, start=day)
            seat.write("offered a seat", by=by, at=at)
        return seat

    def record_session(
        self, *, on: date, people: Iterable[Person], words: str = "", by: Actor, at: datetime
    ) -> "Session":
        """Records a meeting and who was there."""
        there = sorted(people, key=lambda person: person.pk)
        if on > day_of(at):
            raise CannotError(f"A session of {on:%d %b %Y} is still ahead. Record it once it has taken place.")
        with transaction.atomic():
            row = Session.objects.create(solution=self, on=on, words=words)
            row.people.set(there)
            values = {"on": on, "people": [person.name for person in there], "words": words}
            record("recorded a session", self, by=by, at=at, values=values, facts=("takes_part",))
        return row

    def add_contribution(self, person: Person, *, words: str, on: date, by: Actor, at: datetime) -> "Contribution":
        """Writes down what a person brought in, under their name."""
        row = Contribution(solution=self, person=person, words=words, on=on)
        return register.add(row, verb="added a contribution", facts=("takes_part",), by=by, at=at)

    def decide(self, *, decision: str, on: date, by: Actor, at: datetime) -> bool:
        """Records the decision in words and its day. The search is then closed; `reopen` is the way back."""
        values = {"decision": decision, "decided": on}
        return register.change(self, values, verb="recorded the decision", facts=("solutions",), by=by, at=at)

    def reopen(self, *, by: Actor, at: datetime) -> bool:
        """Opens a decided search again; the words of the decision stay to be read."""
        return register.change(self, {"decided": None}, verb="opened it again", facts=("solutions",), by=by, at=at)


class OfSolution(PeriodQuerySet[S]):
    """Rows of a search, seen by whoever sees the search."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(solution__in=Solution.objects.visible_to(actor).values("pk"))


class Seat(GivenTime):
    """A place in a search. A seat alone is not taking part."""

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seats")
    verbs = Verbs(
        answered="recorded consent to a seat",
        agreed_hours="agreed hours for a seat",
        manager="recorded the manager’s agreement",
        taken_back="took a seat back",
        ended="freed a seat",
        again="gave a freed seat back",
    )

    objects = OfSolution["Seat"].as_manager()

    class Meta(Period.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.person}, seat"

    def write(self, verb: str, *, by: Actor, at: datetime, **values: Any) -> None:
        """Journals it with its search, inside the verb's transaction."""
        record(verb, self.solution, by=by, at=at, values={"person": self.person.name, **values}, facts=("seats",))

    def refuse_twice(self) -> None:
        """Raises CannotError when the person has a seat in this search again already."""
        if Seat.objects.filter(solution=self.solution, person=self.person, end=None).exclude(pk=self.pk).exists():
            raise CannotError(f"{self.person} has a seat again already.")


class Session(models.Model):
    """A meeting of a search, and who was there."""

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="sessions")
    on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    people = models.ManyToManyField(Person, related_name="sessions")

    objects = OfSolution["Session"].as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"session of {self.on:%Y-%m-%d}"

    def change(self, *, on: date, people: Iterable[Person], words: str, by: Actor, at: datetime) -> None:
        """Puts right when it was, who was there and what it was about."""
        before = {"on": self.on, "words": self.words, "people": [person.name for person in self.people.order_by("pk")]}
        there = sorted(people, key=lambda person: person.pk)
        after = {"on": on, "words": words, "people": [person.name for person in there]}
        with transaction.atomic():
            self.on, self.words = on, words
            self.save(update_fields=["on", "words"])
            self.people.set(there)
            values = {"before": before, "after": after}
            record("changed a session", self.solution, by=by, at=at, values=values, facts=("takes_part",))


class Contribution(models.Model):
    """Something a person brought into a search, under their name."""

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="contributions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contributions")
    on = models.DateField()
    words = models.TextField(blank=True)
    came_of_it = models.CharField(max_length=300, blank=True)

    objects = OfSolution["Contribution"].as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.person}, {self.on:%Y-%m-%d}"

    @property
    def program_id(self) -> int:
        """For the journal: the program that it belongs to."""
        return self.solution.program_id

    def change(self, values: Mapping[str, Any], *, by: Actor, at: datetime) -> bool:
        """Gives it other words or another day."""
        return register.change(self, values, verb="changed a contribution", facts=("takes_part",), by=by, at=at)

    def record_outcome(self, words: str, *, by: Actor, at: datetime) -> bool:
        """Says what came of it."""
        return register.change(self, {"came_of_it": words}, verb="said what came of it", facts=(), by=by, at=at)


@dataclass(frozen=True, slots=True)
class Standing:
    """Who has a seat in a search on a day, who takes part, and since when."""

    seated: frozenset[int]
    takes_part: frozenset[int]
    first: Mapping[int, date]
    last: Mapping[int, date]

    def state(self, seat: Seat) -> str:
        """How far the holder of a seat takes part, in words."""
        if seat.person_id in self.takes_part:
            return TAKES_PART
        if seat.consent is False:
            return DECLINED
        return ASKED if seat.consent is None else SEATED


def standings(solutions: Sequence[Solution], day: date) -> dict[int, Standing]:
    """Search → who takes part on the day, by the one rule of `analysis.participation`. Four queries for any number of searches."""
    ids = [solution.pk for solution in solutions]
    seats = list(Seat.objects.filter(solution__in=ids).values_list("solution_id", "person_id", "start", "end"))
    there = Session.people.through.objects.filter(session__solution__in=ids)
    parts = list(there.values_list("session__solution_id", "person_id", "session__on"))
    parts += Contribution.objects.filter(solution__in=ids).values_list("solution_id", "person_id", "on")
    parts = [part for part in parts if part[2] <= day]
    here = Assignment.objects.on(day).filter(person__in={person for _, person, *_ in seats})
    facts = Facts(
        {
            "people": [PersonRow(str(person), "") for person in here.values_list("person_id", flat=True)],
            "solutions": [SolutionRow(str(one.pk), "", None, one.opened, one.decided) for one in solutions],
            "seats": [SeatRow(str(s), str(p), None, None, None, start, end) for s, p, start, end in seats],
            "takes_part": [TakesPart(str(s), str(p), on, "session") for s, p, on in parts],
        },
        day,
    )
    known = Participation(facts, Organization(facts))
    found = {}
    for one in ids:
        mine = sorted(((on, person) for solution, person, on in parts if solution == one), reverse=True)
        found[one] = Standing(
            seated=frozenset(int(seat.person) for seat in known.seats if seat.solution == str(one)),
            takes_part=frozenset(int(person) for person in known.part_takers.get(str(one), ())),
            first={person: on for on, person in mine},
            last={person: on for on, person in reversed(mine)},
        )
    return found
