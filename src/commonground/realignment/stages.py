"""Stages of every fate, role change and reporting change: draft → consulted → told → in force.

Nobody learns of their own loss from a screen. The order, and who sees what at each stage, stand in one table here; the gate is
`visible_to`, which pages, search, exports, findings and the journal all go through.

    draft       the people named in it, nobody else, whatever their role
    consulted   they, the change lead and the sponsors, but not those whom it concerns
    told        all who work on the program, and those whom it concerns, once their line has spoken with them
    in force    everybody
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Self, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.journal.models import Entry
from commonground.journal.recording import record

DRAFT, CONSULTED, TOLD, IN_FORCE = "draft", "consulted", "told", "in_force"
LABELS = {DRAFT: "draft", CONSULTED: "consulted", TOLD: "told", IN_FORCE: "in force"}
ORDER = tuple(LABELS)
NEXT = {DRAFT: CONSULTED, CONSULTED: TOLD, TOLD: IN_FORCE}
M = TypeVar("M", bound="Staged")


class NotYetError(ValueError):
    """A stage that cannot be entered now. The message is a sentence with the state and the remedy."""


class StagedQuerySet(Gated[M]):
    def concerning(self, person: int) -> Q:
        """The condition “this person is concerned”. Each kind of staged thing answers for itself."""
        raise NotImplementedError

    def visible_to(self, actor: Actor) -> Self:
        if actor.user is None or not actor.sees_content:
            return self.none()
        concerned = self.concerning(actor.person) if actor.person is not None else Q(pk__in=())
        allowed = Q(stage=IN_FORCE) | Q(readers=actor.user) | (Q(stage=TOLD) & concerned)
        if actor.is_staff:
            allowed |= Q(stage=TOLD)
        if actor.has(roles.LEAD, roles.SPONSOR):
            allowed |= Q(stage=CONSULTED) & ~concerned
        return self.filter(pk__in=self.model._default_manager.filter(allowed).values("pk"))

    def told(self) -> Self:
        """What the person concerned may see."""
        return self.filter(stage__in=(TOLD, IN_FORCE))


class Staged(models.Model):
    """Something planned for people, with the day of each step of its word. `readers`: who is named to see the draft."""

    stage = models.CharField(max_length=10, choices=list(LABELS.items()), default=DRAFT, db_index=True)
    consulted_on = models.DateField(null=True, blank=True)
    line_spoke_on = models.DateField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)
    shown_on = models.DateField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    effective = models.DateField(null=True, blank=True)
    readers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)

    class Meta:
        abstract = True

    facts: tuple[str, ...] = ("stages",)

    def sealed_readers(self) -> list[int] | None:
        """Who may read journal rows about it: its named readers until it is told, then whoever reads the journal."""
        return None if self.stage in (TOLD, IN_FORCE) else list(self.readers.values_list("pk", flat=True))

    def name_readers(self, users: Iterable[int], *, by: Actor, at: datetime) -> None:
        """Names more people to see the draft."""
        with transaction.atomic():
            self.readers.add(*users)
            record("named readers", self, by=by, at=at, readers=self.sealed_readers())

    def line_spoke(self, *, on: date, by: Actor, at: datetime) -> None:
        """Notes the day on which the line spoke with those concerned. Only after it may the change be told."""
        with transaction.atomic():
            self.line_spoke_on = on
            self.save(update_fields=["line_spoke_on"])
            record(
                "noted that the line spoke",
                self,
                by=by,
                at=at,
                values={"on": on},
                facts=self.facts,
                readers=self.sealed_readers(),
            )

    def advance(self, to: str, *, on: date, by: Actor, at: datetime) -> None:
        """Goes one stage further. Raises NotYetError when a stage would be left out or the line has not spoken."""
        self._refuse(to, on)
        with transaction.atomic():
            self.stage = to
            changed = ["stage", f"{to}_on"]
            setattr(self, f"{to}_on", on)
            if to == TOLD:
                self.shown_on = on
                changed.append("shown_on")
            self.save(update_fields=changed)
            record(
                f"moved to {LABELS[to]}",
                self,
                by=by,
                at=at,
                values={"on": on},
                facts=self.facts,
                readers=self.sealed_readers(),
            )
            if to == TOLD:
                Entry.objects.all().unseal(self)

    def _refuse(self, to: str, on: date) -> None:
        if NEXT.get(self.stage) != to:
            after = NEXT.get(self.stage)
            rest = f"The next stage is “{LABELS[after]}”." if after else "It has no further stage."
            raise NotYetError(f"“{self}” is at “{LABELS[self.stage]}” and cannot go to “{LABELS.get(to, to)}”. {rest}")
        if to == TOLD and (self.line_spoke_on is None or self.line_spoke_on > on):
            raise NotYetError(
                f"“{self}” cannot be told yet: nobody of the line has spoken with those whom it concerns. Note the day of that talk first."
            )
