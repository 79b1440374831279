"""Modules of training and for whom each is meant.

Who needs a module because their role is to change is nobody's to know before the change is told: such a need hangs on the planned row of
the role (`RoleFate`) and is seen only through it, and a module all of whose needs are hidden is hidden with them.
"""

from datetime import datetime
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.adoption.models import Behaviour
from commonground.analysis.facts import FORMATS
from commonground.organization.models import Level, Role, Unit
from commonground.programs import register
from commonground.programs.models import OfProgram, Program, key_for
from commonground.programs.register import CannotError
from commonground.realignment.models import RoleFate
from commonground.realignment.names import role_name

FORMAT_LABELS = {
    "classroom": "in a classroom",
    "workshop": "workshop",
    "hands_on": "hands-on practice",
    "at_work": "beside one’s work, with a colleague",
    "e_learning": "e-learning",
    "self_study": "self-study",
    "video": "video",
    "meeting": "meeting",
}


def fates_seen(actor: Actor) -> "models.QuerySet[Any, Any]":
    """The ids of planned changes of roles that an actor may see, as a subquery."""
    return RoleFate.objects.visible_to(actor).values("pk")


class ModuleQuerySet(Gated["Module"]):
    def visible_to(self, actor: Actor) -> Self:
        """Modules are open to all; one that is meant only for people whose change is not told yet, to those who see that change."""
        if not actor.sees_content:
            return self.none()
        seen = Need.objects.visible_to(actor).values("module")
        return self.filter(~Q(pk__in=Need.objects.values("module")) | Q(pk__in=seen))

    def of(self, program: Program) -> Self:
        return self.filter(program=program)

    def of_view(self, stages: tuple[str, ...]) -> Self:
        """Those that a view of the facts counts: of which nothing is said yet, or something that it counts."""
        counted = Need.objects.of_view(stages).values("module")
        return self.filter(~Q(pk__in=Need.objects.values("module")) | Q(pk__in=counted))


class Module(OfProgram):
    """Something to learn. cases: cases of their own work on which people practise. touches_crm: it is for those who will work in the CRM.

    behaviour: the new way that it helps to take.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="modules")
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    hours = models.FloatField(null=True, blank=True)
    format = models.CharField(max_length=20, blank=True, choices=[(one, FORMAT_LABELS[one]) for one in FORMATS])
    touches_crm = models.BooleanField(default=False)
    cases = models.TextField(blank=True)
    behaviour = models.ForeignKey(Behaviour, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ModuleQuerySet.as_manager()
    word, facts = "a module of training", ("training", "sessions", "attendance")
    held_for: RoleFate | None = None  # the change, not told yet, for which it is being added

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="module_key_once")]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def new_key() -> str:
        """A key for a module that was entered by hand and not brought by a sheet."""
        return key_for("T")

    def sealed_readers(self) -> list[int] | None:
        """Who alone may read of it in the journal, while all for whom it is meant have not been told of their change."""
        fates = [need.role_fate for need in self.needs.select_related("role_fate")] if self.pk else []
        fates = fates or [self.held_for]
        sealed = [fate.sealed_readers() if fate is not None else None for fate in fates]
        if any(readers is None for readers in sealed):
            return None
        return sorted({user for readers in sealed for user in readers or ()})

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away. Raises CannotError once somebody has a place in it: who was there stays on record."""
        if self.attendances.exists() or self.sessions.exists():
            raise CannotError(
                f"“{self}” has sessions or people in it, so it stays. Remove its sessions first; who was there stays on record."
            )
        with transaction.atomic():
            for need in self.needs.all():
                need.remove(by=by, at=at)
            super().remove(by=by, at=at)


class NeedQuerySet(Gated["Need"]):
    def visible_to(self, actor: Actor) -> Self:
        """Open to all, unless it hangs on a change of a role that the actor may not see."""
        if not actor.sees_content:
            return self.none()
        return self.filter(Q(role_fate=None) | Q(role_fate__in=fates_seen(actor)))

    def of_view(self, stages: tuple[str, ...]) -> Self:
        """Those that a view of the facts counts."""
        told = RoleFate.objects.filter(stage__in=stages).values("pk")
        return self.filter(Q(role_fate=None) | Q(role_fate__in=told))

    def say(
        self,
        module: Module,
        *,
        role: Role | None = None,
        unit: Unit | None = None,
        level: Level | None = None,
        by: Actor,
        at: datetime,
    ) -> "Need":
        """Says for whom a module is meant; for everyone where nothing is named. Raises CannotError for more than one, or the same again.

        Where the role has a planned change that is not told yet, the need hangs on it.
        """
        if sum(one is not None for one in (role, unit, level)) > 1:
            raise CannotError(
                "Name a role, or a unit, or a level. For two groups, add two lines: the module is for both."
            )
        row = Need(
            program=module.program, module=module, role=role, unit=unit, level=level, role_fate=planned(module, role)
        )
        if Need.objects.filter(module=module, role=role, unit=unit, level=level).exists():
            raise CannotError(f"“{module}” is meant for {row.whom} already.")
        return register.add(row, verb=f"added {Need.word}", facts=Need.facts, by=by, at=at)


def planned(module: Module, role: Role | None) -> RoleFate | None:
    """The change of a role that is not told yet, if there is one."""
    row = RoleFate.objects.filter(program=module.program_id, role=role).first() if role is not None else None
    return row if row is not None and not row.settled else None


class Need(OfProgram):
    """For whom a module is meant: the holders of a role, the people of a unit and below, those at a level, or everyone."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="needs")
    role = models.ForeignKey(Role, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(Level, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    role_fate = models.ForeignKey(RoleFate, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    objects = NeedQuerySet.as_manager()
    word, facts = "whom a module is for", ("training",)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.module}: {self.whom}"

    @property
    def whom(self) -> str:
        """In words: “Billing clerk”, “Water”, “Staff”, “everyone”."""
        if self.role_id:
            return role_name(self.role_id)
        if self.unit is not None:
            return self.unit.periods.filter(end=None).values_list("name", flat=True).first() or str(self.unit)
        return str(self.level) if self.level else "everyone"

    def sealed_readers(self) -> list[int] | None:
        """Who alone may read of it in the journal, as long as the change on which it hangs is not told."""
        return self.role_fate.sealed_readers() if self.role_fate is not None else None


def propose(program: Program, role: Role, *, name: str, hours: float | None = None, by: Actor, at: datetime) -> Module:
    """Adds a module for a role that changes, with the need for it; both are seen by nobody who may not see the change."""
    fate = RoleFate.objects.visible_to(by).filter(program=program, role=role).first()
    row = Module(program=program, key=Module.new_key(), name=name, hours=hours)
    row.held_for = fate if fate is not None and not fate.settled else None
    with transaction.atomic():
        register.add(row, verb=f"added {Module.word}", facts=Module.facts, by=by, at=at)
        Need.objects.say(row, role=role, by=by, at=at)
    return row
