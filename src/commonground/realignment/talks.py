"""Talks of three: somebody gets another manager, and each of the three notes the day on which they talked. Never what was said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.roles import LEAD
from commonground.access.visibility import Gated
from commonground.journal.recording import record
from commonground.organization.models import Assignment, Person
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.realignment.fates import HolderPath, HolderPathQuerySet
from commonground.realignment.stages import SETTLED, NotYetError, day_of

OLD, NEW, PERSON = "talked_from", "talked_to", "talked_person"
SIDES = {OLD: "the manager until then", NEW: "the new manager", PERSON: "the person"}


class TalkQuerySet(Gated["Talk"]):
    def visible_to(self, actor: Actor) -> Self:
        """With the path, whose three see it, and the change lead."""
        return self.filter(path__in=paths_of(actor).values("pk"))

    def note(self, path: HolderPath, side: str, *, on: date, by: Actor, at: datetime) -> "Talk":
        """Notes that one of the three has talked. Raises CannotError for another than these, and NotYetError too early or twice."""
        row = self._of(path, day_of(at))
        row.refuse(side, by)
        if path.stage not in SETTLED:
            raise NotYetError("Nobody talks about it before the person has been told by their line.")
        if on > day_of(at):
            raise NotYetError(f"{on} has not come yet. Note it when you have talked.")
        if getattr(row, side) is not None:
            raise NotYetError(f"This is noted already, on {getattr(row, side)}.")
        return row.set(side, on, f"noted the talk of three: {SIDES[side]}", by=by, at=at)

    def take_back(self, path: HolderPath, side: str, *, by: Actor, at: datetime) -> "Talk":
        """The way back from a note made by mistake."""
        row = self._of(path, day_of(at))
        row.refuse(side, by)
        return row.set(side, None, f"took back the talk of three: {SIDES[side]}", by=by, at=at)

    def _of(self, path: HolderPath, day: date) -> "Talk":
        row = self.filter(path=path).first()
        if row is not None:
            return row
        return Talk(path=path, from_manager_id=managers_before([path], day).get(path.pk))


class Talk(models.Model):
    """What the three have noted. from_manager: who led the person on the day of telling; the new one stands in the path."""

    path = models.OneToOneField(HolderPath, on_delete=models.CASCADE, related_name="talk")
    from_manager = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    talked_from = models.DateField(null=True, blank=True)
    talked_to = models.DateField(null=True, blank=True)
    talked_person = models.DateField(null=True, blank=True)

    objects = TalkQuerySet.as_manager()
    facts = ("reassignments",)

    def __str__(self) -> str:
        return f"the talk of three about {self.path.person}"

    @property
    def program_id(self) -> int:
        return self.path.program_id

    def who(self, side: str) -> int | None:
        """The person on a side."""
        if side not in SIDES:
            raise CannotError(f"“{side}” is no side of the talk. Choose {', '.join(SIDES.values())}.")
        return {OLD: self.from_manager_id, NEW: self.path.to_manager_id, PERSON: self.path.person_id}[side]

    def refuse(self, side: str, by: Actor) -> None:
        """Raises CannotError unless it is one's own side, or the change lead notes it for somebody who cannot sign in."""
        whose = self.who(side)
        if whose is not None and by.person == whose:
            return
        if whose is not None and by.has(LEAD) and not Person.objects.filter(pk=whose, user__isnull=False).exists():
            return
        raise CannotError(
            "Each of the three notes this for themselves; the change lead only for those who cannot sign in."
        )

    def set(self, side: str, on: date | None, verb: str, *, by: Actor, at: datetime) -> "Talk":
        with transaction.atomic():
            setattr(self, side, on)
            self.save()
            record(verb, self, by=by, at=at, values={"on": on}, facts=self.facts)
        return self


def managers_before(paths: Iterable[HolderPath], day: date) -> Mapping[int, int | None]:
    """Path → who leads the person on the day; once the path's own day has come, who led them the day before it. One query a day."""
    by_day: dict[date, list[HolderPath]] = {}
    for path in paths:
        before = path.effective - timedelta(days=1) if path.effective and path.effective <= day else day
        by_day.setdefault(before, []).append(path)
    found: dict[int, int | None] = {}
    for on, rows in by_day.items():
        people = [row.person_id for row in rows]
        led: dict[int, int | None] = {}
        for start in range(0, len(people), 500):
            held = Assignment.objects.on(on).filter(person__in=people[start : start + 500])
            led.update(held.values_list("person", "manager"))
        found.update((row.pk, led.get(row.person_id)) for row in rows)
    return found


def keep_manager(path: HolderPath, day: date) -> None:
    """Keeps who leads the person on the day on which their path is told; whoever leads them later was not there before.

    A path that is told anew keeps what was noted on the first telling.
    """
    if path.to_manager_id is None or path.fate == "leaving":
        return
    row = Talk.objects.filter(path=path).first() or Talk(path=path)
    if any((row.talked_from, row.talked_to, row.talked_person)):
        return
    row.from_manager_id = managers_before([path], day).get(path.pk)
    if row.from_manager_id != path.to_manager_id:
        row.save()
    elif row.pk:
        row.delete()


def reassigning() -> HolderPathQuerySet:
    """Told paths that give somebody another manager."""
    rows: Any = HolderPath.objects.filter(stage__in=SETTLED, to_manager__isnull=False)
    found: HolderPathQuerySet = rows.exclude(fate="leaving")
    return found


def paths_of(actor: Actor) -> HolderPathQuerySet:
    """The re-assignments that an actor has a side in; the change lead sees all. Only what has been told."""
    if actor.user is None or not actor.sees_content:
        return reassigning().none()
    if actor.has(LEAD):
        return reassigning()
    if actor.person is None:
        return reassigning().none()
    mine = Q(person=actor.person) | Q(to_manager=actor.person) | Q(talk__from_manager=actor.person)
    reports = Assignment.objects.filter(manager=actor.person, end__isnull=True).values("person")
    return reassigning().filter(mine | Q(person__in=reports, talk__isnull=True))


@dataclass(frozen=True)
class Side:
    """One of the three: who, whether they have noted the talk, and whether the actor may."""

    key: str
    words: str
    person: Person | None
    on: date | None
    may: bool


@dataclass(frozen=True)
class TalkRow:
    """One re-assignment with its three sides."""

    path: HolderPath
    sides: Sequence[Side]

    @property
    def missing(self) -> list[Side]:
        return [side for side in self.sides if side.on is None and side.person is not None]


def talk_rows(paths: Sequence[HolderPath], actor: Actor, day: date) -> list[TalkRow]:
    """Re-assignments as the page shows them. paths: with `talk`, `person` and `to_manager` selected. Leaves out who keeps their manager."""
    before = managers_before(paths, day)
    named = Person.objects.in_bulk({pk for pk in before.values() if pk is not None})
    found = []
    for path in paths:
        row = getattr(path, "talk", None) or Talk(path=path, from_manager_id=before.get(path.pk))
        if row.from_manager_id == path.to_manager_id:
            continue
        old = row.from_manager if row.pk else named.get(before.get(path.pk) or 0)
        people = {OLD: old, NEW: path.to_manager, PERSON: path.person}
        found.append(TalkRow(path, [_side(row, key, people[key], actor) for key in SIDES]))
    return found


def _side(row: Talk, key: str, person: Person | None, actor: Actor) -> Side:
    may = person is not None and (person.pk == actor.person or (actor.has(LEAD) and person.user_id is None))
    return Side(key, SIDES[key], person, getattr(row, key), may)


def waiting_for(actor: Actor, program: Program, day: date) -> list[TalkRow]:
    """The re-assignments in which the actor's own note is still missing."""
    if actor.person is None:
        return []
    mine = Q(person=actor.person) | Q(to_manager=actor.person) | Q(talk__from_manager=actor.person)
    reports = Assignment.objects.on(day).filter(manager=actor.person).values("person")
    rows = reassigning().filter(mine | Q(person__in=reports, talk__isnull=True), program=program)
    rows = rows.select_related("talk__from_manager", "person", "to_manager").order_by("effective", "pk")[:200]
    return [
        row
        for row in talk_rows(list(rows), actor, day)
        if any(side.on is None and side.person is not None and side.person.pk == actor.person for side in row.sides)
    ]
