"""Sessions of training, and who has a place in a module, was there, or missed it."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Final, Self

from django.db import models, transaction
from django.db.models import Q

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.facts import ATTENDANCE_STATES
from commonground.journal.recording import record
from commonground.organization.models import Person
from commonground.plan.trainings import Module
from commonground.programs.models import OfProgram, Program, key_for
from commonground.programs.register import CannotError

BOOKED, ATTENDED, MISSED = ATTENDANCE_STATES
STATE_LABELS: Final = {BOOKED: "has a place", ATTENDED: "was there", MISSED: "could not be there"}
BLOCK = 500


class SessionQuerySet(Gated["Session"]):
    def visible_to(self, actor: Actor) -> Self:
        """When and where is as open as the module itself."""
        return self.filter(module__in=Module.objects.visible_to(actor).values("pk"))

    def of(self, program: Program) -> Self:
        return self.filter(program=program)


class Session(OfProgram):
    """A day on which a module is taught. held: None until somebody says whether it took place."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="training_sessions")
    key = models.CharField(max_length=120)
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="sessions")
    on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=80, blank=True)
    shift = models.CharField(max_length=80, blank=True)
    seats = models.PositiveIntegerField(null=True, blank=True)
    trainer = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    held = models.BooleanField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()
    word, facts = "a session of training", ("sessions",)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="session_key_once")]

    def __str__(self) -> str:
        return f"{self.module}, {self.on:%-d %b %Y}" if self.on else f"{self.module}, no day yet"

    @staticmethod
    def new_key() -> str:
        return key_for("S")

    def sealed_readers(self) -> list[int] | None:
        return self.module.sealed_readers()

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away. Raises CannotError once people were noted as there or not; places that are only booked go with it."""
        if self.attendances.exclude(state=BOOKED).exists():
            raise CannotError(
                f"Who was at “{self}” is noted already, so it stays on record. Take those notes back first."
            )
        with transaction.atomic():
            self.release(by=by, at=at)
            super().remove(by=by, at=at)

    @property
    def free(self) -> int | None:
        """Seats that nobody has yet; None where there is no limit."""
        return None if self.seats is None else max(0, self.seats - self.attendances.exclude(state=MISSED).count())

    def book(self, people: Iterable[Person], *, by: Actor, at: datetime) -> int:
        """Gives people a place; those who have one in it already keep it. Returns how many are new.

        Raises CannotError where there are fewer seats than that.
        """
        there = set(self.attendances.values_list("person", flat=True))
        new = [person for person in people if person.pk not in there]
        free = self.free
        if free is not None and len(new) > free:
            raise CannotError(
                f"“{self}” has {free} free {'seat' if free == 1 else 'seats'}, and {len(new)} people would need one. "
                "Add a session, or give it more seats."
            )
        if new:
            rows = [self._place(person.pk) for person in new]
            self._write(f"gave {len(new)} people a place", rows, by=by, at=at)
        return len(new)

    def _place(self, person: int) -> "Attendance":
        return Attendance(
            program_id=self.program_id,
            module_id=self.module_id,
            session=self,
            person_id=person,
            on=self.on,
            state=BOOKED,
        )

    def _write(self, verb: str, rows: Collection["Attendance"], *, by: Actor, at: datetime) -> None:
        """New places, with one journal entry that says how many, not who: who was there stands in the register alone."""
        with transaction.atomic():
            Attendance.objects.bulk_create(rows, batch_size=BLOCK)
            self._say(verb, by=by, at=at)

    def _say(self, verb: str, *, by: Actor, at: datetime) -> None:
        record(verb, self, by=by, at=at, facts=Attendance.facts, readers=self._readers(by))

    def _readers(self, by: Actor) -> list[int] | None:
        readers = self.sealed_readers()
        return None if readers is None else sorted({*readers, *([by.user] if by.user is not None else [])})

    def release(self, *, by: Actor, at: datetime) -> int:
        """Takes back the places that are only booked. Returns how many."""
        rows = self.attendances.filter(state=BOOKED)
        many = rows.count()
        if many:
            with transaction.atomic():
                rows.delete()
                self._say(f"took back {many} places", by=by, at=at)
        return many

    def note(self, there: Collection[int], missed: Collection[int], *, today: date, by: Actor, at: datetime) -> int:
        """Notes by person who was there and who was not, of those who are not among either nothing changes. It took place, then.

        Noting it anew puts it right. Returns how many differ. Raises CannotError before its day.
        """
        if self.on is None or self.on > today:
            raise CannotError(f"“{self}” has not taken place yet, so nobody can have been there. Note it on its day.")
        known = {row.person_id: row for row in self.attendances.all()}
        changed: list[Attendance] = []
        new: list[Attendance] = []
        for state, people in ((ATTENDED, there), (MISSED, missed)):
            for person in people:
                row = known.get(person)
                if row is None:
                    row = self._place(person)
                    new.append(row)
                elif row.state != state:
                    changed.append(row)
                row.state, row.on = state, self.on
        with transaction.atomic():
            if new or changed or not self.held:
                Attendance.objects.bulk_update(changed, ["state", "on"], batch_size=BLOCK)
                self.held = True
                self.save(update_fields=["held"])
                self._write(f"noted who was there: {len(there)} people", new, by=by, at=at)
                record("said that it took place", self, by=by, at=at, facts=self.facts, readers=self._readers(by))
        return len(new) + len(changed)

    def take_back(self, *, by: Actor, at: datetime) -> None:
        """Takes back who was there: everybody has a place again, and nothing is said of whether it took place."""
        with transaction.atomic():
            self.attendances.exclude(state=BOOKED).update(state=BOOKED)
            self.held = None
            self.save(update_fields=["held"])
            self._say("took back who was there", by=by, at=at)
            record("took back that it took place", self, by=by, at=at, facts=self.facts, readers=self._readers(by))


class AttendanceQuerySet(Gated["Attendance"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everybody their own; who plans training, everybody's; a unit manager those of their people. None of a hidden module."""
        rows = self.filter(module__in=Module.objects.visible_to(actor).values("pk"))
        if actor.may("training.change"):
            return rows
        mine = Q(person_id=actor.person) if actor.person is not None else Q(pk__in=())
        if actor.has(roles.MANAGER) and actor.may("training.record"):
            mine |= Q(person__in=Person.objects.visible_to(actor).values("pk"))
        return rows.filter(mine)

    def had(self, day: date) -> Self:
        """What had been had by a day; a day that is not known counts."""
        return self.filter(Q(on=None) | Q(on__lte=day), state=ATTENDED)


class Attendance(models.Model):
    """Somebody's place in a module: in one of our sessions, or as a learning system says."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="attendances")
    on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=list(STATE_LABELS.items()), default=BOOKED)

    objects = AttendanceQuerySet.as_manager()
    facts = ("attendance",)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=Q(session__isnull=False), name="attendance_once_a_session"
            )
        ]
        indexes = [models.Index(fields=["module", "state", "person"], name="attendance_of_module")]

    def __str__(self) -> str:
        return f"{self.module}: {self.get_state_display()}"


def people_trained(program: Program, day: date) -> int | None:
    """How many different people had any training of the program by a day; None while nobody's attendance is noted."""
    rows = Attendance.objects.filter(program=program)
    if not rows.exists():
        return None
    return rows.had(day).values("person").distinct().count()
