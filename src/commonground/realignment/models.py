"""What is to become of processes, roles and their holders; what each role gains and loses; the search for the new way.

Everything that is planned for people hangs on a staged row (`stages.py`) and is seen only through it.
"""

from typing import Self

from django.db import models
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.facts import CHANGE_KINDS, HOLDER_FATES, PROCESS_FATES, ROLE_FATES
from commonground.organization.models import Person, Role, Unit
from commonground.organization.periods import Period, PeriodQuerySet
from commonground.programs.models import Program
from commonground.realignment.stages import Staged, StagedQuerySet
from commonground.workflows.models import AnswersFor, Does, Process, Workflow

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


def _choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value.replace("_", " ")) for value in values]


class ProcessFateQuerySet(StagedQuerySet["ProcessFate"]):
    def concerning(self, person: int) -> Q:
        """Those who answer for or do the process, today or as planned."""
        held = AnswersFor.objects.filter(person_id=person).values("process")
        done = Does.objects.filter(person_id=person).values("process")
        return Q(process__in=held) | Q(process__in=done) | Q(to_owners=person)


class ProcessFate(Staged):
    """What is to become of a process."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    process = models.OneToOneField(Process, on_delete=models.CASCADE, related_name="fate_row")
    fate = models.CharField(max_length=10, choices=_choices(PROCESS_FATES))
    to_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_owners = models.ManyToManyField(Person, related_name="+", blank=True)
    words = models.CharField(max_length=300, blank=True)

    objects = ProcessFateQuerySet.as_manager()
    facts = ("processes", "stages")

    def __str__(self) -> str:
        return f"{self.process}: {self.fate}"


class RoleFateQuerySet(StagedQuerySet["RoleFate"]):
    def concerning(self, person: int) -> Q:
        return Q(role__assignments__person=person)


class RoleFate(Staged):
    """What is to become of a role, with its definition afterwards; the one before is the organization's."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="fates")
    fate = models.CharField(max_length=10, choices=_choices(ROLE_FATES))
    definition_after = models.TextField(blank=True)

    objects = RoleFateQuerySet.as_manager()
    facts = ("roles", "role_changes", "stages")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "role"], name="role_fate_once")]

    def __str__(self) -> str:
        return f"{self.role}: {self.fate}"


class HolderPathQuerySet(StagedQuerySet["HolderPath"]):
    def concerning(self, person: int) -> Q:
        return Q(person_id=person)


class HolderPath(Staged):
    """What is to become of one holder of a role: where they go, and to whom they will report."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="paths")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+")
    fate = models.CharField(max_length=10, choices=_choices(HOLDER_FATES))
    to_role = models.ForeignKey(Role, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_manager = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = HolderPathQuerySet.as_manager()
    facts = ("paths", "stages")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "person", "role"], name="path_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.fate.replace('_', ' ')}"


class OfRoleFate(Gated[models.Model]):
    """Rows that belong to a role's fate and are seen by whoever sees it."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(role_fate__in=RoleFate.objects.visible_to(actor).values("pk"))


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

    objects = OfRoleFate.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CHANGE_KINDS), name="role_change_kind"),
            models.CheckConstraint(condition=Q(size__range=(-3, 3)) & ~Q(size=0), name="role_change_size"),
        ]

    def __str__(self) -> str:
        return f"{KIND_LABELS.get(self.kind, self.kind)}: {self.size:+d}"


class AcknowledgementQuerySet(OfRoleFate):
    def visible_to(self, actor: Actor) -> Self:
        """The program's staff see them with the fate; holders their own."""
        seen = super().visible_to(actor)
        return seen if actor.is_staff else seen.filter(person_id=actor.person)


class Acknowledgement(models.Model):
    """A holder has read the new definition, talked it over (one date from each side), and acknowledged it. Never a consent."""

    role_fate = models.ForeignKey(RoleFate, on_delete=models.CASCADE, related_name="acknowledgements")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="acknowledgements")
    read = models.DateField(null=True, blank=True)
    discussed_manager = models.DateField(null=True, blank=True)
    discussed_holder = models.DateField(null=True, blank=True)
    acknowledged = models.DateField(null=True, blank=True)

    objects = AcknowledgementQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role_fate", "person"], name="acknowledgement_once")]


class Conversation(models.Model):
    """A conversation offered on a role that diminishes: the day and by whom, never what was said."""

    role_fate = models.ForeignKey(RoleFate, on_delete=models.CASCADE, related_name="conversations")
    offered_on = models.DateField()
    offered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = AcknowledgementQuerySet.as_manager()


class SolutionQuerySet(Gated["Solution"]):
    def visible_to(self, actor: Actor) -> Self:
        """The program's staff see every search; others those in which they have a seat."""
        if actor.is_staff:
            return self
        return self.filter(pk__in=Seat.objects.filter(person_id=actor.person).values("solution"))


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


class OfSolution(PeriodQuerySet[models.Model]):
    """Rows of a search, seen by whoever sees the search."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(solution__in=Solution.objects.visible_to(actor).values("pk"))


class Seat(Period):
    """A place in a search. A seat alone is not taking part."""

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seats")
    consent = models.BooleanField(null=True)
    hours_per_week = models.FloatField(null=True, blank=True)
    manager_agreed = models.BooleanField(null=True)

    objects = OfSolution.as_manager()

    class Meta(Period.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.person}, seat"


class Session(models.Model):
    """A meeting of a search, and who was there."""

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="sessions")
    on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    people = models.ManyToManyField(Person, related_name="sessions")

    objects = OfSolution.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"session of {self.on:%Y-%m-%d}"


class Contribution(models.Model):
    """Something a person brought into a search, under their name."""

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="contributions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contributions")
    on = models.DateField()
    words = models.TextField(blank=True)
    came_of_it = models.CharField(max_length=300, blank=True)

    objects = OfSolution.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.person}, {self.on:%Y-%m-%d}"
