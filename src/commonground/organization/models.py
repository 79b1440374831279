"""The organization as an effective-dated ledger: units, levels, roles and people, each with its periods.

A thing has an identity row (Unit, Role, Person) and periods that say what held when. Names of people are the exception: a person is
called what they are called today, everywhere (docs/decisions/0003).
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.access.visibility import Content, Gated
from commonground.organization.periods import Period, PeriodQuerySet


class Level(models.Model):
    """One of the organization's ordered levels; the lowest rank is the top."""

    name = models.CharField(max_length=80, unique=True)
    rank = models.PositiveSmallIntegerField(unique=True)

    objects = Content["Level"].as_manager()

    class Meta:
        ordering = ["rank"]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A node of the organization's tree. `key`: the id that sheets use."""

    key = models.CharField(max_length=120, unique=True)

    objects = Content["Unit"].as_manager()

    def __str__(self) -> str:
        return self.key


class UnitPeriod(Period):
    """What a unit was called and where it stood in a time. `path`: ids from the root down, as `/1/7/23/`, kept by the verbs."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="periods")
    name = models.CharField(max_length=200)
    parent = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="children_periods")
    business_unit = models.BooleanField(default=False)
    product_line = models.CharField(max_length=120, blank=True)
    path = models.CharField(max_length=400, db_index=True)

    objects = PeriodQuerySet["UnitPeriod"].as_manager()

    class Meta(Period.Meta):
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A role that people hold."""

    key = models.CharField(max_length=120, unique=True)

    objects = Content["Role"].as_manager()

    def __str__(self) -> str:
        return self.key


class RolePeriod(Period):
    """What a role was called, at which level and with what definition in a time."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="periods")
    name = models.CharField(max_length=200)
    level = models.ForeignKey(Level, null=True, blank=True, on_delete=models.PROTECT)
    front_office = models.BooleanField(null=True)
    definition = models.TextField(blank=True)

    objects = PeriodQuerySet["RolePeriod"].as_manager()

    class Meta(Period.Meta):
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PersonQuerySet(Gated["Person"]):
    def visible_to(self, actor: Actor) -> Self:
        """The program's staff see people; a unit manager those of their units; everybody themselves."""
        if actor.has(roles.LEAD, roles.SPONSOR, roles.MEMBER, roles.CHAMPION, roles.CUSTOMER):
            return self
        mine = Q(pk=actor.person) if actor.person is not None else Q(pk__in=())
        if actor.has(roles.MANAGER) and actor.units:
            mine |= Q(assignments__unit__in=below(actor.units))
            return self.filter(mine).distinct()
        return self.filter(mine)


class Person(models.Model):
    """Somebody who works in the organization. `key`: the employee number or whatever id the sheets use."""

    key = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=200, db_index=True)
    email = models.CharField(max_length=254, blank=True, db_index=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )

    objects = PersonQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class AssignmentQuerySet(PeriodQuerySet["Assignment"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(person__in=Person.objects.visible_to(actor))


class Assignment(Period):
    """Where a person worked, as what and for whom, in a time."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="assignments")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments")
    manager = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports")
    role = models.ForeignKey(Role, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments")
    level = models.ForeignKey(Level, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    location = models.CharField(max_length=120, blank=True)
    shift = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=60, blank=True)
    front_office = models.BooleanField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["person", "start"], name="assignment_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} from {self.start or 'the beginning'}"


def below(units: frozenset[int]) -> "models.QuerySet[UnitPeriod, int | None]":
    """The ids of these units and of all that ever stood below them, as a subquery."""
    condition = Q(pk__in=())
    for unit in sorted(units):
        condition |= Q(path__contains=f"/{unit}/")
    return UnitPeriod.objects.filter(condition).values_list("unit_id", flat=True)
