"""The project team: who is asked, who said yes, with which hours; and the saved choice that the composer works from.

Nobody is on the team because a page proposed them: a member is asked, answers for themselves, and their manager agrees to the time.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Self

from django.db import models, transaction

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.accounts.models import User
from commonground.journal.recording import record
from commonground.organization.models import Assignment, Person
from commonground.organization.periods import Period, PeriodQuerySet
from commonground.programs.models import OfProgram, Program
from commonground.programs.register import CannotError
from commonground.realignment.given_time import GivenTime, Verbs
from commonground.realignment.models import Seat, Solution
from commonground.realignment.stages import day_of

SIZES = ("small", "usual", "large")
REASONS = {
    "": "no reason given",
    "no": "said no",
    "leave": "on leave",
    "asked_off": "asked to be left off",
    "other": "for another reason",
}


class MemberQuerySet(PeriodQuerySet["Member"]):
    def visible_to(self, actor: Actor) -> Self:
        """The program's staff and its auditors see who is on the team; a no is seen by change leads and by who said it."""
        own = models.Q(person_id=actor.person) if actor.person is not None else models.Q(pk__in=[])
        if actor.has(roles.LEAD):
            return self
        if actor.may("team.view"):
            return self.filter(own | models.Q(consent=None) | models.Q(consent=True))
        return self.filter(own)

    def of(self, actor: Actor, program: Program, day: date) -> list["Member"]:
        """Where the actor themselves is asked or on the team."""
        if actor.person is None:
            return []
        return list(self.visible_to(actor).on(day).filter(program=program, person=actor.person))

    def to_agree(self, actor: Actor, program: Program, day: date) -> list["Member"]:
        """Those whose manager the actor is and whose hours or manager's word are still open; none for who may not agree."""
        if actor.person is None or not (actor.may("seats.agree") and actor.may("team.view")):
            return []
        led = Assignment.objects.on(day).filter(manager=actor.person).values("person")
        waiting = self.visible_to(actor).on(day).filter(program=program, person__in=led, manager_agreed=None)
        return list(waiting.exclude(consent=False).select_related("person").order_by("person__name"))

    def ask(
        self, program: Program, person: Person, *, stands_for: Sequence[str] = (), by: Actor, at: datetime
    ) -> "Member":
        """Asks a person to join the team; whether they want to is not known yet. Raises CannotError when they are on it.

        stands_for: why they are asked, in words that they may read: nothing that has not been told.
        """
        day = day_of(at)
        if self.on(day).filter(program=program, person=person).exclude(consent=False).exists():
            raise CannotError(f"{person} is on the team or asked already.")
        with transaction.atomic():
            said_no = self.filter(program=program, person=person, consent=False, end=None)
            said_no.filter(start=day).delete()
            said_no.update(end=day)
            row = self.create(program=program, person=person, start=day, stands_for=list(stands_for))
            row.write("asked to join the team", by=by, at=at)
        return row


class Member(GivenTime):
    """Somebody on the project team, or asked to be. stands_for: why they were asked, in plain words."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    stands_for = models.JSONField(default=list, blank=True)
    verbs = Verbs(
        answered="recorded an answer about the team",
        agreed_hours="agreed hours for the team",
        manager="recorded the manager’s agreement about the team",
        taken_back="took a place on the team back",
        ended="freed a place on the team",
        again="gave a freed place on the team back",
    )

    objects = MemberQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person}, project team"

    def write(self, verb: str, *, by: Actor, at: datetime, **values: Any) -> None:
        """Journals what was done, inside the verb's transaction."""
        record(verb, self, by=by, at=at, values={"person": self.person.name, **values}, facts=("team",))

    def refuse_twice(self) -> None:
        """Raises CannotError when the person is on the team again already."""
        again = Member.objects.filter(program=self.program_id, person=self.person_id, end=None).exclude(pk=self.pk)
        if again.exists():
            raise CannotError(f"{self.person} is on the team again already.")


class ForLeads(Gated[Any]):
    """What only those see who compose the team."""

    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("team.change") else self.none()


class CompositionQuerySet(ForLeads):
    def of(self, program: Program) -> "Composition":
        """The choice of a program; an empty one, not yet stored, where nobody has chosen anything."""
        found: Composition | None = self.filter(program=program).first()
        return found or Composition(program=program)


class Composition(OfProgram):
    """The saved choice of a program's composer: the size, who is fixed or kept off, how far the change departs from how things are done.

    asked: ids of the members and seats that were asked with the last click, until one of them has answered.
    """

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="composition")
    size = models.CharField(max_length=10, default="usual", choices=[(size, size) for size in SIZES])
    divergence = models.PositiveSmallIntegerField(null=True, blank=True)
    divergence_by = models.CharField(max_length=200, blank=True)
    divergence_on = models.DateField(null=True, blank=True)
    asked = models.JSONField(default=dict, blank=True)

    objects = CompositionQuerySet.as_manager()
    word, facts = "the choice of a team", ()

    def __str__(self) -> str:
        return f"the team of {self.program}"

    def choose(self, size: str, *, by: Actor, at: datetime) -> bool:
        """Chooses one of the three sizes."""
        self._keep()
        return self.change({"size": size}, by=by, at=at)

    def say_divergence(self, value: int | None, *, by: Actor, at: datetime) -> bool:
        """How far the change departs from how things are done here, 1 to 5, by whom and when; None takes it back."""
        if value is not None and value not in range(1, 6):
            raise CannotError(f"{value} is no step of this question. Choose one from 1 to 5.")
        self._keep()
        said = {"divergence_by": by.name if value else "", "divergence_on": day_of(at) if value else None}
        return self.change({"divergence": value, **said}, by=by, at=at)

    def wish(self, person: Person, *, on: bool, reason: str = "", words: str = "", by: Actor, at: datetime) -> None:
        """Fixes a person on the team, or keeps them off it. The reason stays with those who compose the team, not in the journal."""
        self._keep()
        with transaction.atomic():
            said = {"on": on, "reason": "" if on else reason, "words": "" if on else words}
            Wish.objects.update_or_create(composition=self, person=person, defaults=said)
            verb = "fixed somebody on the team to compose" if on else "kept somebody off the team to compose"
            record(verb, self, by=by, at=at, values={"person": person.name}, facts=(), readers=_leads(by))

    def let_go(self, person: Person, *, by: Actor, at: datetime) -> None:
        """Takes a wish about a person back."""
        with transaction.atomic():
            gone, _ = Wish.objects.filter(composition=self.pk, person=person).delete()
            if gone:
                verb = "took a wish about the team to compose back"
                record(verb, self, by=by, at=at, values={"person": person.name}, facts=(), readers=_leads(by))

    def seat(
        self,
        people: Iterable[tuple[Person, Sequence[str]]],
        *,
        searches: Mapping[int, Sequence[Solution]] = {},
        by: Actor,
        at: datetime,
    ) -> tuple[list[Member], list[Seat]]:
        """Asks these people, each with what they stand for, and offers them seats in searches. Who is asked already is left as they are.

        searches: id of a person → the searches in which they are offered a seat.
        """
        self._keep()
        day, members, seats = day_of(at), list[Member](), list[Seat]()
        with transaction.atomic():
            there = set(
                Member.objects.on(day)
                .filter(program=self.program)
                .exclude(consent=False)
                .values_list("person", flat=True)
            )
            for person, words in people:
                if person.pk not in there:
                    members.append(Member.objects.ask(self.program, person, stands_for=words, by=by, at=at))
                for solution in searches.get(person.pk, ()):
                    if not solution.decided and not solution.seats.on(day).filter(person=person).exists():
                        seats.append(solution.offer_seat(person, by=by, at=at))
            if members or seats:
                self.asked = {"members": [row.pk for row in members], "seats": [row.pk for row in seats]}
                self.save(update_fields=["asked"])
        return members, seats

    def unseat(self, *, by: Actor, at: datetime) -> tuple[int, int]:
        """Takes the last asking back: members and seats that nobody has answered or agreed hours for. Returns how many of each."""
        day, asked = day_of(at), self.asked or {}
        open_to_it = {"consent": None, "hours_per_week": None, "end": None}
        with transaction.atomic():
            members = list(Member.objects.filter(pk__in=asked.get("members", ()), program=self.program, **open_to_it))
            seats = Seat.objects.filter(pk__in=asked.get("seats", ()), **open_to_it).select_related("solution")
            freed = list(seats.filter(solution__program=self.program))
            for member in members:
                member.free(on=day, by=by, at=at)
            for seat in freed:
                seat.free(on=day, by=by, at=at)
            self.asked = {}
            self.save(update_fields=["asked"])
        return len(members), len(freed)

    def _keep(self) -> None:
        if self.pk is None:
            self.save()


class Wish(models.Model):
    """A person whom the composer must seat or must leave off, and why where a reason was given."""

    composition = models.ForeignKey(Composition, on_delete=models.CASCADE, related_name="wishes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    on = models.BooleanField()
    reason = models.CharField(max_length=10, blank=True, choices=list(REASONS.items()))
    words = models.CharField(max_length=200, blank=True)

    objects = ForLeads.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["composition", "person"], name="wish_once")]

    def __str__(self) -> str:
        return f"{self.person}, {'fixed' if self.on else 'left off'}"

    @property
    def why(self) -> str:
        return self.words or REASONS[self.reason]


def _leads(by: Actor) -> list[int]:
    found = User.objects.filter(grants__role=roles.LEAD, is_active=True).values_list("pk", flat=True)
    return sorted({*found, *([by.user] if by.user is not None else [])})
