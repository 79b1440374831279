"""Stages of every fate, role change and reporting change: draft → consulted → told → in force.

Nobody learns of their own loss from a screen. The stages, the steps between them and who sees what stand in the tables here, from
which `docs/explanation/stages.md` is generated; the gate is `visible_to`, which pages, search, exports, findings and the journal all
go through.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.journal.models import Entry
from commonground.journal.recording import record
from commonground.programs.register import CannotError

DRAFT, CONSULTED, TOLD, IN_FORCE = "draft", "consulted", "told", "in_force"
LABELS = {DRAFT: "draft", CONSULTED: "consulted", TOLD: "told", IN_FORCE: "in force"}
SEES = {
    DRAFT: "its drafter and the readers named in it, whatever their role; never by somebody whom it concerns",
    CONSULTED: "its drafter, its readers, the change leads and the sponsors, but not by those whom it concerns",
    TOLD: "all who work on the program and by those whom it concerns, since their line has spoken with them",
    IN_FORCE: "everybody; a person’s path only by that person and those who see the person in the register",
}
ORDER = tuple(LABELS)
NOT_YET = (DRAFT, CONSULTED)
SETTLED = (TOLD, IN_FORCE)
M = TypeVar("M", bound="Staged")


@dataclass(frozen=True, slots=True)
class Step:
    """One step from a stage to another. verb: as journaled; label: of its button; needs: what must be so before, in words."""

    name: str
    start: str
    end: str
    verb: str
    label: str
    needs: str = ""


STEPS = (
    Step("consult", DRAFT, CONSULTED, "moved to consulted", "Show it to leads and sponsors"),
    Step("take_back", CONSULTED, DRAFT, "took back to draft", "Take it back to draft"),
    Step(
        "tell",
        CONSULTED,
        TOLD,
        "moved to told",
        "Show it to those concerned",
        "the day on which their line spoke with them is noted",
    ),
    Step("put_in_force", TOLD, IN_FORCE, "moved to in force", "Put it in force"),
    Step(
        "revise",
        TOLD,
        DRAFT,
        "took off the screens to revise",
        "Take it off the screens and revise it",
        "what is changed must be spoken of by the line anew",
    ),
)
NEXT = {step.start: step.end for step in STEPS if ORDER.index(step.end) == ORDER.index(step.start) + 1}


def day_of(at: datetime) -> date:
    """The day on the calendar of this instance that a moment falls on."""
    return at.astimezone(timezone.get_current_timezone()).date()


class NotYetError(CannotError):
    """A step that cannot be taken now. The message is a sentence with the state and the remedy."""


class StagedQuerySet(Gated[M]):
    def concerning(self, person: int) -> Q:
        """The condition “this person is concerned”, by ids that are looked up at once. Each kind answers for itself."""
        raise NotImplementedError

    def open_to(self, actor: Actor) -> Q:
        """What, of the things told, this actor may see at all. A kind that is about one person narrows it."""
        return Q()

    def visible_to(self, actor: Actor) -> Self:
        if actor.user is None or not actor.sees_content:
            return self.none()
        concerned = self.concerning(actor.person) if actor.person is not None else Q(pk__in=())
        settled, open_to = Q(stage__in=SETTLED), self.open_to(actor)
        named = Q(pk__in=self._naming(actor.user))
        allowed = named & (settled | ~concerned | Q(drafted_by=actor.user))
        allowed |= settled & concerned
        allowed |= Q(stage=IN_FORCE) & open_to
        if actor.is_staff:
            allowed |= settled & open_to
        if actor.has(roles.LEAD, roles.SPONSOR):
            allowed |= Q(stage=CONSULTED) & ~concerned
        return self.filter(allowed)

    def _naming(self, user: int) -> "models.QuerySet[Any, Any]":
        """The rows in which a user is named. A plain subquery without joins: SQLite's parser has no room for deep ones."""
        through = self.model.readers.through
        return through._default_manager.filter(user_id=user).values(f"{self.model._meta.model_name}_id")

    def told(self) -> Self:
        """What the person concerned may see."""
        return self.filter(stage__in=SETTLED)

    def withdrawn(self) -> Self:
        """What was planned and is no longer. Ask `everything`, since `objects` leaves these out."""
        return self.filter(withdrawn_on__isnull=False)


class StagedManager(models.Manager[M]):
    """Leaves out what was withdrawn, so that no page, finding or export counts it by accident."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(withdrawn_on=None)


class Staged(models.Model):
    """Something planned for people, with the day of each step of its word. `readers`: who is named to see the draft."""

    stage = models.CharField(max_length=10, choices=list(LABELS.items()), default=DRAFT, db_index=True)
    consulted_on = models.DateField(null=True, blank=True)
    line_spoke_on = models.DateField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)
    shown_on = models.DateField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    effective = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True, db_index=True)
    readers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        abstract = True

    facts: tuple[str, ...] = ("stages",)

    def concerns(self, person: int | None) -> bool:
        """Whether the plan is about this person."""
        if person is None:
            return False
        rows = type(self)._base_manager.filter(pk=self.pk)
        return rows.filter(type(self)._default_manager.all().concerning(person)).exists()  # type: ignore[attr-defined]

    @property
    def settled(self) -> bool:
        """Whether those concerned have been told."""
        return self.stage in SETTLED

    def steps(self) -> list[Step]:
        """The steps that lead from the stage it is at, the one onwards first."""
        return sorted((step for step in STEPS if step.start == self.stage), key=lambda step: step.end == DRAFT)

    def sealed_readers(self) -> list[int] | None:
        """Who may read journal rows about it: its named readers until it is told, then whoever reads the journal."""
        if self.settled:
            return None
        named = self.readers.values_list("pk", "person__pk")
        return [user for user, person in named if user == self.drafted_by_id or not self.concerns(person)]

    def write(self, verb: str, *, by: Actor, at: datetime, why: str = "", **values: object) -> None:
        """Journals what was done to it, sealed until it is told, and bumps the facts it feeds. Inside the verb's transaction."""
        record(verb, self, by=by, at=at, why=why, values=values, facts=self.facts, readers=self.sealed_readers())

    def begin(self, *, by: Actor, at: datetime, **values: Any) -> None:
        """Saves a new draft; whoever drafts it is its first reader."""
        self.stage, self.drafted_by_id = DRAFT, by.user
        self.save()
        if by.user is not None:
            self.readers.add(by.user)
        self.write("drafted what is planned", by=by, at=at, **values)

    def change(self, *, by: Actor, at: datetime, why: str = "", **new: Any) -> None:
        """Changes what is planned and journals before and after. Refused once it is told: nobody learns the rest from a screen."""
        self.refuse_once_settled()
        changed = {name: value for name, value in new.items() if getattr(self, name) != value}
        if not changed:
            return
        with transaction.atomic():
            before = {name: _plain(getattr(self, name)) for name in changed}
            for name, value in changed.items():
                setattr(self, name, value)
            self.save(update_fields=list(changed))
            after = {name: _plain(value) for name, value in changed.items()}
            self.write("changed what is planned", by=by, at=at, why=why, before=before, after=after)

    def name_readers(self, users: Iterable[int], *, by: Actor, at: datetime) -> None:
        """Names more people to see the draft. Raises NotYetError for somebody whom it concerns: their line speaks with them first."""
        users = list(users)
        with transaction.atomic():
            people = self.readers.model._default_manager.filter(pk__in=users).values_list("pk", "person__pk")
            if not self.settled and any(self.concerns(person) for user, person in people if user != self.drafted_by_id):
                raise NotYetError(
                    f"“{self}” is at “{LABELS[self.stage]}” and concerns somebody whom you name. "
                    "Their line speaks with them first; once it is told they see it on their own page."
                )
            self.readers.add(*users)
            self.write("named readers", by=by, at=at, users=sorted(users))

    def line_spoke(self, *, on: date, by: Actor, at: datetime) -> None:
        """Notes the day on which the line spoke with those concerned. Only after it may the change be told."""
        if self.settled:
            raise NotYetError(f"“{self}” has been told already; the day of the talk stays {self.line_spoke_on}.")
        self._refuse_future(on, at)
        with transaction.atomic():
            self.line_spoke_on = on
            self.save(update_fields=["line_spoke_on"])
            self.write("noted that the line spoke", by=by, at=at, on=on)

    def advance(self, to: str, *, on: date, by: Actor, at: datetime) -> None:
        """Goes one stage further. Raises NotYetError when a stage would be left out, the line has not spoken or the day is to come."""
        self._refuse(to, on, at)
        with transaction.atomic():
            self.stage = to
            changed = ["stage", f"{to}_on"]
            setattr(self, f"{to}_on", on)
            if to == TOLD:
                self.shown_on = day_of(at)
                changed.append("shown_on")
            self.save(update_fields=changed)
            self.write(f"moved to {LABELS[to]}", by=by, at=at, on=on)
            if to == TOLD:
                Entry.objects.all().unseal(self)
                self.when_told(day_of(at))

    def when_told(self, day: date) -> None:
        """What is to be kept of the day on which it is told, in the transaction of telling."""

    def take_back(self, *, by: Actor, at: datetime, why: str = "") -> None:
        """From consulted back to draft, or from told off the screens to be revised; the line has to speak anew."""
        step = next((step for step in self.steps() if step.end == DRAFT), None)
        if step is None or self.withdrawn_on is not None:
            raise NotYetError(
                f"“{self}” is at “{LABELS[self.stage]}” and cannot go back to draft. Withdraw it instead."
            )
        with transaction.atomic():
            self.stage = DRAFT
            days = ["consulted_on", "line_spoke_on", "told_on", "shown_on"]
            for name in days:
                setattr(self, name, None)
            self.save(update_fields=["stage", *days])
            if by.user is not None and not self.concerns(by.person):
                self.readers.add(
                    by.user
                )  # else whoever revises it could not see it any more, nor perhaps could anybody
            self.write(step.verb, by=by, at=at, why=why)

    def withdraw(self, *, on: date, by: Actor, at: datetime, why: str = "") -> None:
        """Says that this is no longer planned. It is kept, and `take_up` brings it back as it was."""
        if self.withdrawn_on is not None:
            raise NotYetError(f"“{self}” was withdrawn on {self.withdrawn_on}.")
        with transaction.atomic():
            self.withdrawn_on = on
            self.save(update_fields=["withdrawn_on"])
            self.write("withdrew", by=by, at=at, why=why, on=on)

    def take_up(self, *, by: Actor, at: datetime) -> None:
        """The way back from `withdraw`. Raises NotYetError when something else is planned for the same thing by now."""
        if self.withdrawn_on is None:
            return
        with transaction.atomic():
            if self.rivals().exists():
                raise NotYetError(
                    f"“{self}” cannot be taken up again: there is another plan by now. Withdraw that one first."
                )
            self.withdrawn_on = None
            self.save(update_fields=["withdrawn_on"])
            self.write("took up again", by=by, at=at)

    def rivals(self) -> "models.QuerySet[Any]":
        """What else is planned, and not withdrawn, for the same thing."""
        raise NotImplementedError

    def refuse_rivals(self) -> None:
        """Raises NotYetError where the thing has a plan already, whoever may see it."""
        if self.rivals().exists():
            raise NotYetError(
                "There is a plan for this already, yours to see or not. Change that one, or have it withdrawn first."
            )

    def refuse_once_settled(self) -> None:
        """Raises NotYetError once those concerned have been told: what is worse than they heard must come from their line."""
        if self.settled:
            raise NotYetError(
                f"“{self}” is at “{LABELS[self.stage]}” and cannot be changed under the eyes of those it concerns. "
                "Take it off the screens to revise it, or withdraw it, and let the line speak first."
            )

    def _refuse(self, to: str, on: date, at: datetime) -> None:
        if self.withdrawn_on is not None:
            raise NotYetError(f"“{self}” was withdrawn on {self.withdrawn_on}. Take it up again first.")
        if NEXT.get(self.stage) != to:
            after = NEXT.get(self.stage)
            rest = f"The next stage is “{LABELS[after]}”." if after else "It has no further stage."
            raise NotYetError(f"“{self}” is at “{LABELS[self.stage]}” and cannot go to “{LABELS.get(to, to)}”. {rest}")
        self._refuse_future(on, at)
        if to == TOLD and (self.line_spoke_on is None or self.line_spoke_on > on):
            raise NotYetError(
                f"“{self}” cannot be told yet: nobody of the line has spoken with those whom it concerns. "
                "Note the day of that talk first."
            )

    def _refuse_future(self, on: date, at: datetime) -> None:
        if on > day_of(at):
            raise NotYetError(f"“{self}”: {on} has not come yet. Note it when it has happened.")


def _plain(value: object) -> object:
    return str(value) if isinstance(value, models.Model) else value
