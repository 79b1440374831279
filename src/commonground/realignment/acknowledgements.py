"""What comes of a role's new words with each holder: read, talked over, seen; and the conversations that were offered on it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.organization.models import Assignment, Person
from commonground.organization.people import SEE_EVERYBODY
from commonground.organization.periods import in_force_on
from commonground.realignment.fates import RoleFate
from commonground.realignment.gains import OfRoleFate, OfRoleFateManager
from commonground.realignment.stages import LABELS, NotYetError, day_of

# step → what must be noted before it. The two sides of the talk may note it in either order.
BEFORE = {
    "read": (),
    "discussed_manager": ("read",),
    "discussed_holder": ("read",),
    "acknowledged": ("discussed_manager", "discussed_holder"),
}
STEP_LABELS = {
    "read": "read",
    "discussed_manager": "talked over, says the manager",
    "discussed_holder": "talked over, says the holder",
    "acknowledged": "seen (which does not mean agreed)",
}


class AcknowledgementQuerySet(OfRoleFate["Acknowledgement"]):
    def visible_to(self, actor: Actor) -> Self:
        """The program's staff see them with the fate, a unit manager those of the people of their units; holders their own."""
        seen = super().visible_to(actor)
        if actor.has(*SEE_EVERYBODY):
            return seen
        mine = Q(person_id=actor.person) if actor.person is not None else Q(pk__in=())
        if actor.is_staff:
            mine |= Q(person__in=Person.objects.visible_to(actor).values("pk"))
        return seen.filter(mine)

    def note(
        self, fate: RoleFate, *, person: Person, step: str, on: date, by: Actor, at: datetime
    ) -> "Acknowledgement":
        """Notes one step of one holder. Raises NotYetError before the fate is told, out of order, twice, or for a future day."""
        if step not in BEFORE:
            raise ValueError(f"“{step}” is no step. Steps are {', '.join(BEFORE)}.")
        _refuse(fate, person, on, at)
        with transaction.atomic():
            row, _ = Acknowledgement.objects.get_or_create(role_fate=fate, person=person)
            row.refuse(step, on)
            setattr(row, step, on)
            row.save(update_fields=[step])
            fate.write(f"noted: {STEP_LABELS[step]}", by=by, at=at, person=str(person), on=on)
        return row


class Acknowledgement(models.Model):
    """A holder has read the new definition, talked it over (one date from each side), and acknowledged it. Never a consent."""

    role_fate = models.ForeignKey(RoleFate, on_delete=models.CASCADE, related_name="acknowledgements")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="acknowledgements")
    read = models.DateField(null=True, blank=True)
    discussed_manager = models.DateField(null=True, blank=True)
    discussed_holder = models.DateField(null=True, blank=True)
    acknowledged = models.DateField(null=True, blank=True)

    objects = OfRoleFateManager.from_queryset(AcknowledgementQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role_fate", "person"], name="acknowledgement_once")]

    def refuse(self, step: str, on: date) -> None:
        """Raises NotYetError when the step is noted already or one before it is missing or later."""
        noted = getattr(self, step)
        if noted is not None:
            raise NotYetError(f"“{STEP_LABELS[step]}” is noted already, on {noted}.")
        for before in BEFORE[step]:
            day = getattr(self, before)
            if day is None:
                raise NotYetError(f"“{STEP_LABELS[step]}” comes after “{STEP_LABELS[before]}”, which is not noted yet.")
            if day > on:
                raise NotYetError(f"“{STEP_LABELS[before]}” was on {day}; “{STEP_LABELS[step]}” cannot be earlier.")

    def take_back(self, step: str, *, by: Actor, at: datetime) -> None:
        """The way back from a step noted by mistake, as long as nothing rests on it."""
        rests = [later for later, before in BEFORE.items() if step in before and getattr(self, later) is not None]
        if rests:
            raise NotYetError(f"“{STEP_LABELS[rests[0]]}” rests on it. Take that back first.")
        with transaction.atomic():
            setattr(self, step, None)
            self.save(update_fields=[step])
            self.role_fate.write(f"took back: {STEP_LABELS[step]}", by=by, at=at, person=str(self.person))


def _refuse(fate: RoleFate, person: Person, on: date, at: datetime) -> None:
    if not fate.settled:
        raise NotYetError(
            f"“{fate}” is at “{LABELS[fate.stage]}”: there is nothing to read before those concerned are told."
        )
    if on > day_of(at):
        raise NotYetError(f"{on} has not come yet. Note it when it has happened.")
    if not Assignment.objects.filter(in_force_on(on), person=person, role_id=fate.role_id).exists():
        raise NotYetError(f"{person} does not hold this role on {on}.")


class ConversationQuerySet(OfRoleFate["Conversation"]):
    def visible_to(self, actor: Actor) -> Self:
        """The program's staff see them with the fate; others those offered to the holders of their own role."""
        seen = super().visible_to(actor)
        if actor.is_staff:
            return seen
        held = RoleFate.objects.all().concerning(actor.person) if actor.person is not None else Q(pk__in=())
        return seen.filter(role_fate__in=RoleFate.objects.filter(held).values("pk"))

    def offer(self, fate: RoleFate, *, on: date, offered_by: Person | None, by: Actor, at: datetime) -> "Conversation":
        """Notes that a conversation was offered on a role: the day and by whom, never what was said."""
        if on > day_of(at):
            raise NotYetError(f"{on} has not come yet. Note the offer when it has been made.")
        with transaction.atomic():
            row = Conversation(role_fate=fate, offered_on=on, offered_by=offered_by)
            row.save()
            fate.write("noted that a conversation was offered", by=by, at=at, on=on, offered_by=str(offered_by or ""))
        return row


class Conversation(models.Model):
    """A conversation offered on a role that diminishes: the day and by whom, never what was said."""

    role_fate = models.ForeignKey(RoleFate, on_delete=models.CASCADE, related_name="conversations")
    offered_on = models.DateField()
    offered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = OfRoleFateManager.from_queryset(ConversationQuerySet)()

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes back what was noted by mistake."""
        with transaction.atomic():
            words: dict[str, Any] = {"on": self.offered_on, "offered_by": str(self.offered_by or "")}
            self.role_fate.write("took back that a conversation was offered", by=by, at=at, **words)
            self.delete()


REWRITTEN = ("change", "merge")  # fates after which a role goes on with other words


def seen_by_holders(program: int, day: date, units: Iterable[int] | None = None) -> tuple[int, int]:
    """How many holders of roles whose new words were told have seen them by a day, and how many there are. units: only of these.

    Roles of which nobody was told yet are left out, so the two say nothing of what is still planned. Two queries.
    """
    fates = dict(RoleFate.objects.told().filter(program=program, fate__in=REWRITTEN).values_list("role", "pk"))
    held = Assignment.objects.filter(in_force_on(day), role__in=fates)
    if units is not None:
        held = held.filter(unit__in=list(units))
    holders = {(fates[role], person) for role, person in held.values_list("role", "person") if role in fates}
    noted = Acknowledgement.objects.filter(role_fate__in=fates.values(), acknowledged__lte=day)
    return len(holders.intersection(noted.values_list("role_fate", "person"))), len(holders)
