"""What a role gains and loses, kind by kind, and what is offered in return. Written about the role's fate, seen and sealed with it."""

from datetime import date, datetime
from typing import Any, Self, TypeVar

from django.db import models, transaction
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.facts import CHANGE_KINDS
from commonground.organization.models import Unit
from commonground.programs.register import CannotError
from commonground.realignment.fates import RoleFate
from commonground.realignment.stages import NotYetError

KIND_LABELS = {
    "decisions": "Decisions",
    "budget": "Budget",
    "people": "People led",
    "information": "Information",
    "customers": "Customer contact",
    "title": "Title and visibility",
    "asked": "Being the one who is asked",
    "craft": "Craft",
    "belonging": "Belonging",
    "other": "In their own words",
}


M = TypeVar("M", bound=models.Model)


class OfRoleFate(Gated[M]):
    """Rows that belong to a role's fate and are seen by whoever sees it."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(role_fate__in=RoleFate.objects.visible_to(actor).values("pk"))


class OfRoleFateManager(models.Manager[M]):
    """Leaves out what hangs on a fate that was withdrawn."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(role_fate__withdrawn_on=None)


class RoleChangeQuerySet(OfRoleFate["RoleChange"]):
    def add(
        self,
        fate: RoleFate,
        *,
        kind: str,
        size: int,
        words: str = "",
        unit: Unit | None = None,
        by: Actor,
        at: datetime,
    ) -> "RoleChange":
        """Records a gain (size 1…3) or a loss (−3…−1) of a kind. A loss only until the role's fate is told.

        Raises CannotError for a size of 0 or beyond 3, an unknown kind, or one's own words that are empty.
        """
        _check(kind, size, words)
        if size < 0:
            fate.refuse_once_settled()
        with transaction.atomic():
            row = RoleChange(role_fate=fate, kind=kind, size=size, words=words, unit=unit)
            row.save()
            verb = "recorded what the role loses" if size < 0 else "recorded what the role gains"
            fate.write(verb, by=by, at=at, **row.plain())
        return row


class RoleChange(models.Model):
    """What a role loses (size −3…−1) or gains (1…3) of one kind, what is offered for it, and whether its holders accepted."""

    role_fate = models.ForeignKey(RoleFate, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=12, choices=list(KIND_LABELS.items()))
    size = models.SmallIntegerField()
    words = models.CharField(max_length=300, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    offered = models.CharField(max_length=300, blank=True)
    offered_on = models.DateField(null=True, blank=True)
    accepted = models.BooleanField(null=True)
    accepted_on = models.DateField(null=True, blank=True)

    objects = OfRoleFateManager.from_queryset(RoleChangeQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CHANGE_KINDS), name="role_change_kind"),
            models.CheckConstraint(condition=Q(size__range=(-3, 3)) & ~Q(size=0), name="role_change_size"),
        ]

    def __str__(self) -> str:
        return f"{KIND_LABELS.get(self.kind, self.kind)}: {self.size:+d}".replace("-", "−")

    @property
    def loses(self) -> bool:
        return self.size < 0

    @property
    def size_words(self) -> str:
        """“−2” with a true minus, “+1”."""
        return f"{self.size:+d}".replace("-", "−")

    def plain(self) -> dict[str, Any]:
        """Its values as they are journaled."""
        return {"gain_or_loss": self.pk, "kind": self.kind, "size": self.size, "words": self.words}

    def change(
        self, *, kind: str, size: int, words: str = "", unit: Unit | None = None, by: Actor, at: datetime
    ) -> None:
        """Changes a gain or loss and journals before and after. Only until the role's fate is told."""
        _check(kind, size, words)
        self.role_fate.refuse_once_settled()
        with transaction.atomic():
            before = self.plain()
            self.kind, self.size, self.words, self.unit = kind, size, words, unit
            self.save(update_fields=["kind", "size", "words", "unit"])
            self.role_fate.write("changed a gain or loss", by=by, at=at, before=before, after=self.plain())

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it out of the register. A gain only until the role's fate is told: to take it away then is a loss."""
        if not self.loses:
            self.role_fate.refuse_once_settled()
        with transaction.atomic():
            self.role_fate.write("removed a gain or loss", by=by, at=at, **self.plain())
            self.delete()

    def offer(self, *, words: str, on: date, by: Actor, at: datetime) -> None:
        """Says what is offered in return for a loss. A new offer waits for a new answer."""
        if not self.loses:
            raise NotYetError(f"“{self}” is a gain: an offer in return belongs to a loss.")
        with transaction.atomic():
            before = {"offered": self.offered, "accepted": self.accepted}
            self.offered, self.offered_on = words, on if words else None
            self.accepted = self.accepted_on = None
            self.save(update_fields=["offered", "offered_on", "accepted", "accepted_on"])
            verb = "offered something in return" if words else "took an offer back"
            self.role_fate.write(verb, by=by, at=at, offered=words, on=on, before=before, **self.plain())

    def answer(self, *, accepted: bool | None, on: date, by: Actor, at: datetime) -> None:
        """Records whether the holders accepted the offer; None takes the answer back."""
        if not self.offered:
            raise NotYetError(f"Nothing is offered yet in return for “{self}”. Write the offer first.")
        with transaction.atomic():
            before = self.accepted
            self.accepted, self.accepted_on = accepted, on if accepted is not None else None
            self.save(update_fields=["accepted", "accepted_on"])
            verb = "recorded the holders’ answer to an offer"
            self.role_fate.write(verb, by=by, at=at, before=before, after=accepted, on=on, **self.plain())


def _check(kind: str, size: int, words: str) -> None:
    if kind not in KIND_LABELS:
        raise CannotError(f"“{kind}” is no kind of gain or loss. Kinds are {', '.join(KIND_LABELS)}.")
    if size == 0 or abs(size) > 3:
        raise CannotError(f"The size of a gain or loss is 1 to 3, not {size}.")
    if kind == "other" and not words.strip():
        raise CannotError("A gain or loss in their own words needs these words.")
