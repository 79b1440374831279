"""Champions: who carries the cause to the people around them, with their own yes and with hours for it.

Somebody who is only asked is known to the change lead and to themselves: it becomes known when they say yes. Whom a champion carries is
answered by `analysis.coalition.peers`.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, Self

from django.db import models, transaction
from django.db.models import Q

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.accounts.models import User
from commonground.journal.recording import record
from commonground.organization.models import Person
from commonground.organization.periods import Period, PeriodQuerySet
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.realignment.given_time import GivenTime, Verbs, week_holds
from commonground.realignment.stages import day_of

FACTS: Final = ("champions",)
NOMINATED, NETWORK, VOLUNTEER, ASKED = "nominated", "network", "volunteer", "asked"
SOURCES: Final = {
    NOMINATED: "named by colleagues",
    NETWORK: "found in a network",
    VOLUNTEER: "came forward",
    ASKED: "asked by the change lead",
}
ATTRIBUTES: Final = ("unit", "level", "location", "shift", "language")
TALK: Final = "talk"
ANSWERS: Final = {"yes": True, "no": False, TALK: None, "open": None}


class ChampionQuerySet(PeriodQuerySet["Champion"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who said yes for all who may see champions; who is only asked, or said no, for the change lead and themselves."""
        if actor.user is None or not actor.sees_content:
            return self.none()
        if actor.may("champions.change"):
            return self
        mine = Q(person=actor.person) if actor.person is not None else Q(pk__in=())
        return self.filter(mine | Q(consent=True)) if actor.may("champions.view") else self.filter(mine)

    def of(self, program: Program) -> Self:
        return self.filter(program=program)

    def serving(self, day: date) -> Self:
        """Those who said yes and whose time holds on the day."""
        return self.on(day).filter(consent=True)

    def asked(self, day: date) -> Self:
        """Those whose answer is still open on the day."""
        return self.on(day).filter(consent=None)

    def ask(
        self,
        person: Person,
        *,
        program: Program,
        source: str = ASKED,
        why: str = "",
        cell: Mapping[str, str] | None = None,
        hours: float | None = None,
        by: Actor,
        at: datetime,
    ) -> "Champion":
        """Asks somebody to be a champion; they find the question on their own page. Raises CannotError where they are one, or are asked.

        source: one of SOURCES. why: for the change lead and themselves, in words. cell: attribute → value of the group they are to carry;
        without one it is their own.
        """
        if source not in SOURCES:
            raise ValueError(f"“{source}” is no source of a champion. Sources are {', '.join(SOURCES)}.")
        unknown = sorted(set(cell or ()) - set(ATTRIBUTES))
        if unknown:
            raise ValueError(f"A group is not told by {', '.join(unknown)}, but by {', '.join(ATTRIBUTES)}.")
        day = day_of(at)
        known = self.of(program).on(day).filter(person=person).first()
        if known is not None:
            raise CannotError(f"{person} {_stands(known)}")
        row = Champion(
            program=program,
            person=person,
            source=source,
            why=why.strip()[:300],
            cell=dict(cell or {}),
            hours_per_week=week_holds(hours),
            start=day,
        )
        with transaction.atomic():
            row.save(force_insert=True)
            row.write("asked somebody to be a champion", by=by, at=at, source=source)
        return row


def _stands(known: "Champion") -> str:
    if known.consent is None:
        return "is asked already and has not answered yet. Wait for the answer, or take the question back."
    if known.consent:
        return "is a champion already."
    return "was asked and said no. Take the question back first if things have changed, then ask again."


class Champion(GivenTime):
    """Somebody who is asked to carry the cause, or does. consent: None while the answer is open.

    cell: attribute → value of the group they carry; empty: their own. too_much_on: the day on which they said that it is too much.
    wants_talk: they would rather talk before they answer. follows: whose place they take. gave_role: their yes opened their page to
    them, so that its end closes it.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="champions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="champion_of")
    source = models.CharField(max_length=10, choices=list(SOURCES.items()), default=ASKED)
    why = models.CharField(max_length=300, blank=True)
    cell = models.JSONField(default=dict, blank=True)
    wants_talk = models.BooleanField(default=False)
    too_much_on = models.DateField(null=True, blank=True)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="followed_by")
    gave_role = models.BooleanField(default=False)
    verbs = Verbs(
        answered="recorded a champion’s answer",
        agreed_hours="agreed hours for a champion",
        manager="recorded the manager’s agreement",
        taken_back="took a champion’s question back",
        ended="ended a champion’s time",
        again="gave a champion their time back",
    )

    objects = ChampionQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["pk"]
        indexes = [models.Index(fields=["program", "person"], name="champion_of_program")]

    def __str__(self) -> str:
        return f"{self.person}, champion"

    @property
    def minutes(self) -> float:
        """Minutes a week that are given for it; none while no hours are agreed."""
        return (self.hours_per_week or 0.0) * 60

    def record_consent(self, consent: bool | None, *, by: Actor, at: datetime) -> None:
        """Whether they want to; None takes an answer back. A yes opens their page, anything else closes it."""
        with transaction.atomic():
            if self.put(self.verbs.answered, by=by, at=at, consent=consent, wants_talk=False):
                self._open_page(by, at) if consent else self._close_page(by, at)

    def answer(self, said: str, *, by: Actor, at: datetime) -> None:
        """Their answer in a word: “yes”, “no”, or “talk”, which leaves the answer open until they have talked."""
        if said not in ANSWERS:
            raise ValueError(f"“{said}” is no answer. Answers are {', '.join(ANSWERS)}.")
        if said == TALK:
            with transaction.atomic():
                self.record_consent(None, by=by, at=at)
                self.put("would rather talk first", by=by, at=at, wants_talk=True)
        else:
            self.record_consent(ANSWERS[said], by=by, at=at)

    def agree_hours(self, hours: float | None, *, by: Actor, at: datetime) -> None:
        """How many hours a week are given for it. New hours answer that it was too much. Raises CannotError for what no week holds."""
        eased = (
            {"too_much_on": None} if self.too_much_on is not None and week_holds(hours) != self.hours_per_week else {}
        )
        self.put(self.verbs.agreed_hours, by=by, at=at, hours_per_week=week_holds(hours), **eased)

    def carry(self, cell: Mapping[str, str], *, by: Actor, at: datetime) -> None:
        """Gives them another group to carry; empty: their own."""
        self.put("gave a champion a group", by=by, at=at, cell=dict(cell))

    def say_too_much(self, *, by: Actor, at: datetime) -> None:
        """They say that it is too much: the change lead sees it until hours change, they rotate or take it back."""
        self.put("said that it is too much", by=by, at=at, too_much_on=self.too_much_on or day_of(at))

    def say_it_is_fine(self, *, by: Actor, at: datetime) -> None:
        """The way back from “too much”."""
        self.put("said that it is fine again", by=by, at=at, too_much_on=None)

    def end_on(self, on: date, *, by: Actor, at: datetime) -> None:
        """Ends it on a day, as `free` does; once that day has come their page is closed."""
        never_began = self.start is not None and on <= self.start
        with transaction.atomic():
            if never_began:
                self._close_page(by, at)
            if self.free(on=on, by=by, at=at) and not never_began and on <= day_of(at):
                self._close_page(by, at)

    def take_again(self, *, by: Actor, at: datetime) -> bool:
        """The way back from an end. Raises CannotError when they are a champion again already."""
        with transaction.atomic():
            again = super().take_again(by=by, at=at)
            if again and self.consent:
                self._open_page(by, at)
        return again

    def refuse_twice(self) -> None:
        """Raises CannotError when they are a champion again already."""
        others = Champion.objects.filter(program=self.program, person=self.person, end=None).exclude(pk=self.pk)
        if others.exists():
            raise CannotError(f"{self.person} is a champion again already.")

    def rotate(self, *, to: Person, on: date, by: Actor, at: datetime) -> "Champion":
        """Ends it on a day and asks somebody else to carry the same group. Raises CannotError where the other is one already."""
        if to.pk == self.person_id:
            raise CannotError(f"{to} holds this place already. Name who is to follow.")
        with transaction.atomic():
            row = Champion.objects.ask(
                to, program=self.program, why=f"takes over from {self.person}", cell=self.cell, by=by, at=at
            )
            row.follows = self
            row.save(update_fields=["follows"])
            self.end_on(on, by=by, at=at)
        return row

    def write(self, verb: str, *, by: Actor, at: datetime, **values: Any) -> None:
        """Journals what was done, inside the verb's transaction. Sealed for others while no yes is given."""
        record(
            verb,
            self,
            by=by,
            at=at,
            values={"person": self.person.name, **values},
            facts=FACTS,
            readers=self._readers(by),
        )

    def _readers(self, by: Actor) -> list[int] | None:
        if self.consent:
            return None
        leads = User.objects.filter(grants__role=roles.LEAD).values_list("pk", flat=True)
        own = [self.person.user_id] if self.person.user_id else []
        return sorted({*leads, *own, *([by.user] if by.user is not None else [])})

    def _open_page(self, by: Actor, at: datetime) -> None:
        user = self.person.user
        if user is not None and not user.grants.filter(role=roles.CHAMPION).exists():
            user.grant(roles.CHAMPION, by=by, at=at)
            self.gave_role = True
            self.save(update_fields=["gave_role"])

    def _close_page(self, by: Actor, at: datetime) -> None:
        """Takes the role back that their yes gave, unless another program still has them."""
        user = self.person.user
        if user is None or not self.gave_role:
            return
        if Champion.objects.serving(day_of(at)).filter(person=self.person).exclude(pk=self.pk).exists():
            return
        for grant in user.grants.filter(role=roles.CHAMPION):
            user.revoke(grant, by=by, at=at)
        self.gave_role = False
        self.save(update_fields=["gave_role"])
