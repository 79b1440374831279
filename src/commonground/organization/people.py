"""People: who works where, as what and for whom, over time."""

from datetime import date, datetime
from typing import NamedTuple, Self, TypedDict, Unpack

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.journal.recording import record
from commonground.organization import timeline
from commonground.organization.periods import LedgerError, Period, line_of, until, write
from commonground.organization.roles import Level, Role
from commonground.organization.timeline import EVER, FOREVER, OverlapError, Span
from commonground.organization.units import LastingQuerySet, Stand, Unit, below

SEE_EVERYBODY = (roles.LEAD, roles.SPONSOR, roles.MEMBER, roles.CHAMPION, roles.CUSTOMER)


class Place(NamedTuple):
    """Where a person worked, as what and for whom, in a time."""

    unit_id: int | None = None
    manager_id: int | None = None
    role_id: int | None = None
    level_id: int | None = None
    location: str = ""
    shift: str = ""
    language: str = ""
    front_office: bool | None = None


class Placing(TypedDict, total=False):
    """What of a place is to be different."""

    unit: Unit | None
    manager: "Person | None"
    role: Role | None
    level: Level | None
    location: str
    shift: str
    language: str
    front_office: bool | None


class PersonQuerySet(Gated["Person"]):
    def visible_to(self, actor: Actor) -> Self:
        """The program's staff see people; a unit manager those of their units; everybody themselves."""
        if actor.has(*SEE_EVERYBODY):
            return self
        mine = Q(pk=actor.person) if actor.person is not None else Q(pk__in=())
        if actor.has(roles.MANAGER) and actor.units:
            there = Assignment.objects.filter(unit__in=below(actor.units))
            mine |= Q(pk__in=there.values("person"))
        return self.filter(mine)

    def hire(
        self,
        key: str,
        *,
        name: str,
        on: date | None,
        by: Actor,
        at: datetime,
        email: str = "",
        end: date | None = None,
        **place: Unpack[Placing],
    ) -> "Person":
        """Somebody works here from a day (None: since ever), until `end` when that is known; also somebody who comes back.

        Raises LedgerError when they work here on one of these days already.
        """
        with transaction.atomic():
            person, made = self.get_or_create(key=key, defaults={"name": name, "email": email})
            new = _placed(Place(), place)
            person.refuse(new, on or EVER, end or FOREVER)
            rows = list(person.assignments.all())
            try:
                line = timeline.opened(line_of(rows, Place), on or EVER, end or FOREVER, new)
            except OverlapError as error:
                raise LedgerError(
                    f"{person} works here already, from {error.span.start:%-d %b %Y} {until(error.span)}. Move them instead, or "
                    "choose days on which they do not."
                ) from error
            write(rows, line, lambda: Assignment(person=person))
            values = {"on": on, "end": end, "name": person.name, **new._asdict()}
            record("hired" if made else "hired again", person, by=by, at=at, values=values, facts=("people",))
        return person


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

    def move(self, *, on: date, by: Actor, at: datetime, why: str = "", **place: Unpack[Placing]) -> bool:
        """Works elsewhere, as something else or for somebody else from a day on, until the next change that is known.

        Returns whether anything differed. Raises LedgerError when they do not work here on that day.
        """
        with transaction.atomic():
            rows = list(self.assignments.all())
            line = line_of(rows, Place)
            held = self._held(line, on)
            after = _placed(held.value, place)
            if after == held.value:
                return False
            self.refuse(after, on, held.end)
            write(rows, timeline.changed(line, on, lambda _: after), lambda: Assignment(person=self))
            changed = {
                name: [old, new] for name, old, new in zip(Place._fields, held.value, after, strict=True) if old != new
            }
            record(
                "moved a person", self, by=by, at=at, why=why, values={"on": on, "changed": changed}, facts=("people",)
            )
        return True

    def leave(self, *, on: date, by: Actor, at: datetime, why: str = "") -> None:
        """Works here no longer from a day on; what was planned for later falls away. Raises LedgerError when they do not work here then."""
        with transaction.atomic():
            rows = list(self.assignments.all())
            line = line_of(rows, Place)
            self._held(line, on)
            write(rows, timeline.ended(line, on), lambda: Assignment(person=self))
            later = [span.start for span in line if span.start > on]
            values = {"on": on, "fell_away": later}
            record("left", self, by=by, at=at, why=why, values=values, facts=("people",))

    def rename(self, name: str, *, by: Actor, at: datetime, email: str | None = None) -> None:
        """Is called otherwise, or has another address. Names of people have no dates (see `models`)."""
        with transaction.atomic():
            before = {"name": self.name, "email": self.email}
            self.name, self.email = name, self.email if email is None else email
            after = {"name": self.name, "email": self.email}
            if after != before:
                self.save(update_fields=["name", "email"])
                values = {"before": before, "after": after}
                record("renamed a person", self, by=by, at=at, values=values, facts=("people",))

    def belong_to(self, user: int | None, *, by: Actor, at: datetime) -> None:
        """Says with which user this person signs in; None: with none."""
        with transaction.atomic():
            self.user_id = user
            self.save(update_fields=["user"])
            record("tied a person to their access", self, by=by, at=at, values={"user": user})

    def _held(self, line: timeline.Line[Place], on: date) -> Span[Place]:
        held = timeline.at(line, on)
        if held is None:
            raise LedgerError(
                f"{self} does not work here on {on:%-d %b %Y}. Choose a day on which they do, or hire them first."
            )
        return held

    def refuse(self, place: Place, start: date, end: date) -> None:
        """Raises LedgerError for a unit that does not stand throughout [start, end), or a reporting line that comes back to the person."""
        if place.unit_id is not None:
            unit = Unit.objects.get(pk=place.unit_id)
            gap = timeline.uncovered(line_of(unit.periods.all(), Stand), start, end)
            if gap is not None:
                day = "at first" if gap == EVER else f"on {gap:%-d %b %Y}"
                raise LedgerError(
                    f"The unit “{unit}” does not exist {day}. Choose another unit for {self}, or another day."
                )
        above, seen = place.manager_id, {self.pk}
        while above is not None:
            if above in seen:
                raise LedgerError(
                    f"{self} would report to themselves by way of {Person.objects.get(pk=above)}. Choose another manager."
                )
            seen.add(above)
            above = (
                Assignment.objects.filter(person_id=above).on(start).values_list("manager_id", flat=True).first()
                if start > EVER
                else None
            )


def _placed(before: Place, place: Placing) -> Place:
    values = {
        f"{name}_id" if f"{name}_id" in Place._fields else name: getattr(value, "pk", value)
        for name, value in place.items()
    }
    return before._replace(**values)  # type: ignore[arg-type]  # the keys are those of Placing


class AssignmentQuerySet(LastingQuerySet["Assignment"]):
    def visible_to(self, actor: Actor) -> Self:
        if actor.has(*SEE_EVERYBODY):
            return self
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
            models.UniqueConstraint(fields=["person", "start"], name="assignment_once"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(start__isnull=True), name="assignment_since_ever_once"
            ),
        ]
        # one index answers “how many people per unit and level on a day” without touching the rows
        indexes = [
            models.Index(fields=["unit", "role", "level", "start", "end"], name="assignment_counts"),
            # and another what places, shifts and languages there are
            models.Index(fields=["location", "shift", "language", "start", "end"], name="assignment_places"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} from {self.start or 'the beginning'}"
