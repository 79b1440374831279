"""What is to become of a process, a role and each holder of a role: three staged things with their verbs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.analysis.facts import HOLDER_FATES, PROCESS_FATES, ROLE_FATES
from commonground.journal.models import Entry
from commonground.organization.models import Assignment, Person, Role, Unit
from commonground.organization.people import SEE_EVERYBODY
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.realignment.names import role_name
from commonground.realignment.stages import NOT_YET, TOLD, Staged, StagedManager, StagedQuerySet
from commonground.workflows.models import AnswersFor, Does, Handoff, Process

HOLDER_LABELS = {"same": "same", "new_role": "new role", "open": "open", "leaving": "leaving"}


def _choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value.replace("_", " ")) for value in values]


def _one_of(value: str, allowed: tuple[str, ...], thing: object) -> None:
    if value not in allowed:
        raise CannotError(f"“{value}” is no fate of {thing}. It is one of {', '.join(allowed).replace('_', ' ')}.")


class ProcessFateQuerySet(StagedQuerySet["ProcessFate"]):
    def concerning(self, person: int) -> Q:
        """Those who answer for or do the process, at any time or as planned."""
        held = AnswersFor.objects.filter(person_id=person).values_list("process_id", flat=True)
        done = Does.objects.filter(person_id=person).values_list("process_id", flat=True)
        through = ProcessFate.to_owners.through
        planned = through._default_manager.filter(person_id=person).values_list("processfate_id", flat=True)
        return Q(process__in={*held, *done}) | Q(pk__in=list(planned))

    def draft(
        self,
        process: Process,
        *,
        fate: str,
        to_unit: Unit | None = None,
        to_owners: Iterable[Person] = (),
        words: str = "",
        effective: date | None = None,
        by: Actor,
        at: datetime,
    ) -> "ProcessFate":
        """Drafts what is to become of a process. Raises NotYetError where it has a plan already."""
        _one_of(fate, PROCESS_FATES, process)
        row = ProcessFate(
            program_id=process.program_id, process=process, fate=fate, to_unit=to_unit, words=words, effective=effective
        )
        with transaction.atomic():
            row.refuse_rivals()
            owners = list(to_owners)
            planned = {"fate": fate, "to_unit": str(to_unit or ""), "to_owners": [str(one) for one in owners]}
            row.begin(by=by, at=at, words=words, effective=effective, **planned)
            row.to_owners.set(owners)
        return row


class ProcessFate(Staged):
    """What is to become of a process."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="fate_rows")
    fate = models.CharField(max_length=10, choices=_choices(PROCESS_FATES))
    to_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_owners = models.ManyToManyField(Person, related_name="+", blank=True)
    words = models.CharField(max_length=300, blank=True)

    objects = StagedManager.from_queryset(ProcessFateQuerySet)()
    everything = ProcessFateQuerySet.as_manager()
    facts = ("processes", "stages")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["process"], condition=Q(withdrawn_on__isnull=True), name="process_fate_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.process}: {self.fate}"

    def advance(self, to: str, *, on: date, by: Actor, at: datetime) -> None:
        """As `Staged.advance`. Told, it opens what the journal says of a new process, and of hand-offs once no plan beside it waits."""
        with transaction.atomic():
            super().advance(to, on=on, by=by, at=at)
            if to != TOLD:
                return
            entries, flow = Entry.objects.all(), self.process.workflow_id
            if self.process.planned_only:
                entries.unseal(self.process)
            if not ProcessFate.objects.filter(process__workflow=flow, stage__in=NOT_YET).exists():
                for handoff in Handoff.objects.filter(workflow=flow):
                    entries.unseal(handoff)

    def rivals(self) -> "models.QuerySet[ProcessFate]":
        return ProcessFate.objects.filter(process_id=self.process_id).exclude(pk=self.pk)

    def change(
        self, *, by: Actor, at: datetime, why: str = "", to_owners: Iterable[Person] | None = None, **new: Any
    ) -> None:
        """As `Staged.change`; `to_owners` replaces who is to answer for it."""
        _one_of(new.get("fate", self.fate), PROCESS_FATES, self.process)
        with transaction.atomic():
            super().change(by=by, at=at, why=why, **new)
            before = list(self.to_owners.order_by("pk"))
            after = before if to_owners is None else sorted(to_owners, key=lambda person: person.pk)
            if before != after:
                self.refuse_once_settled()
                self.to_owners.set(after)
                names = {"before": [str(person) for person in before], "after": [str(person) for person in after]}
                self.write("changed who is to answer for it", by=by, at=at, why=why, **names)


class RoleFateQuerySet(StagedQuerySet["RoleFate"]):
    def concerning(self, person: int) -> Q:
        """Those who hold the role, or have held it or are to."""
        held = Assignment.objects.filter(person_id=person, role__isnull=False)
        return Q(role__in=set(held.values_list("role_id", flat=True)))

    def draft(
        self,
        role: Role,
        *,
        program: Program,
        fate: str,
        definition_after: str = "",
        effective: date | None = None,
        by: Actor,
        at: datetime,
    ) -> "RoleFate":
        """Drafts what is to become of a role. Raises NotYetError where it has a plan already."""
        _one_of(fate, ROLE_FATES, role)
        row = RoleFate(program=program, role=role, fate=fate, definition_after=definition_after, effective=effective)
        with transaction.atomic():
            row.refuse_rivals()
            row.begin(by=by, at=at, fate=fate, definition_after=definition_after, effective=effective)
        return row


class RoleFate(Staged):
    """What is to become of a role, with its definition afterwards; the one before is the organization's."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="fates")
    fate = models.CharField(max_length=10, choices=_choices(ROLE_FATES))
    definition_after = models.TextField(blank=True)

    objects = StagedManager.from_queryset(RoleFateQuerySet)()
    everything = RoleFateQuerySet.as_manager()
    facts = ("roles", "role_changes", "stages", "acknowledgements", "conversations")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "role"], condition=Q(withdrawn_on__isnull=True), name="role_fate_once"
            )
        ]

    def __str__(self) -> str:
        return f"{role_name(self.role_id)}: {self.fate}"

    def rivals(self) -> "models.QuerySet[RoleFate]":
        return RoleFate.objects.filter(program_id=self.program_id, role_id=self.role_id).exclude(pk=self.pk)

    def change(self, *, by: Actor, at: datetime, why: str = "", **new: Any) -> None:
        _one_of(new.get("fate", self.fate), ROLE_FATES, self.role)
        super().change(by=by, at=at, why=why, **new)


@dataclass(frozen=True, slots=True)
class Way:
    """Where a holder of a role goes, to whom they will report, and from which day."""

    fate: str
    to_role: Role | None = None
    to_unit: Unit | None = None
    to_manager: Person | None = None
    effective: date | None = None

    def fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


class HolderPathQuerySet(StagedQuerySet["HolderPath"]):
    def concerning(self, person: int) -> Q:
        return Q(person_id=person)

    def open_to(self, actor: Actor) -> Q:
        """A path is about one person: it is seen by those who see the person."""
        return Q() if actor.has(*SEE_EVERYBODY) else Q(person__in=Person.objects.visible_to(actor).values("pk"))

    def draft(
        self, person: Person, *, role: Role, program: Program, way: "Way", by: Actor, at: datetime
    ) -> "HolderPath":
        """Drafts where a holder of a role goes. Raises NotYetError where they have a path already."""
        row = HolderPath(program=program, person=person, role=role, **way.fields())
        row.check_fate(way.fate, way.to_role)
        with transaction.atomic():
            row.refuse_rivals()
            row.begin(by=by, at=at, **{name: str(value or "") for name, value in way.fields().items()})
        return row


class HolderPath(Staged):
    """What is to become of one holder of a role: where they go, and to whom they will report."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="paths")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+")
    fate = models.CharField(max_length=10, choices=_choices(HOLDER_FATES))
    to_role = models.ForeignKey(Role, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_manager = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = StagedManager.from_queryset(HolderPathQuerySet)()
    everything = HolderPathQuerySet.as_manager()
    facts = ("paths", "stages")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "person", "role"], condition=Q(withdrawn_on__isnull=True), name="path_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {HOLDER_LABELS.get(self.fate, self.fate)}"

    def rivals(self) -> "models.QuerySet[HolderPath]":
        same = {"program_id": self.program_id, "person_id": self.person_id, "role_id": self.role_id}
        return HolderPath.objects.filter(**same).exclude(pk=self.pk)

    def change(self, *, by: Actor, at: datetime, why: str = "", **new: Any) -> None:
        self.check_fate(new.get("fate", self.fate), new.get("to_role", self.to_role))
        super().change(by=by, at=at, why=why, **new)

    def when_told(self, day: date) -> None:
        from commonground.realignment.talks import keep_manager  # noqa: PLC0415 - talks are about paths

        keep_manager(self, day)

    def check_fate(self, fate: str, to_role: Role | None) -> None:
        """Raises CannotError for a fate that does not exist or a new role that is not named."""
        _one_of(fate, HOLDER_FATES, "a holder")
        if fate == "new_role" and to_role is None:
            raise CannotError("A path to a new role names that role. Choose it, or say “open” until it is known.")
