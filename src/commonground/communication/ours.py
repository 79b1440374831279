"""What brings people of ours together with customers: it names some of them, and is added, changed, removed and put back with them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.journal.models import Entry
from commonground.journal.recording import record
from commonground.organization.models import Person
from commonground.programs import register
from commonground.programs.models import OfProgram, Program
from commonground.programs.register import said


class CollaborationQuerySet(Gated[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """Everybody who works on the program sees what is done with customers."""
        return self if actor.may("collaboration.view") else self.none()


class WithOurs(OfProgram):
    """A row with people of ours in it, by name. fields: what a form asks beside them; added: what the journal says of a new one."""

    ours: "models.ManyToManyField[Person, Any]"
    fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    @classmethod
    def begin(
        cls, program: Program, values: Mapping[str, Any], ours: Iterable[Person], *, by: Actor, at: datetime
    ) -> Self:
        """Writes a new one with its people."""
        with transaction.atomic():
            row = cls(program=program, **values)
            row.refuse_wrong()
            row.save(force_insert=True)
            row.ours.set(ours)
            row.write(f"added {cls.word}", by=by, at=at, after=row.told())
        return row

    def put_right(self, values: Mapping[str, Any], ours: Iterable[Person], *, by: Actor, at: datetime) -> bool:
        """Gives it other values and people. Returns whether anything differed."""
        with transaction.atomic():
            before = type(self)._base_manager.get(pk=self.pk).told()
            for name, value in values.items():
                setattr(self, name, value)
            self.refuse_wrong()
            self.save(update_fields=list(values))
            self.ours.set(ours)
            after = self.told()
            if before == after:
                return False
            self.write(f"changed {self.word}", by=by, at=at, before=before, after=after)
        return True

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away; `put_back` brings it back with its people."""
        with transaction.atomic():
            there = list(self.ours.order_by("pk").values_list("pk", flat=True))
            self.write(f"removed {self.word}", by=by, at=at, removed=register.written(self), people=there)
            self.delete()

    @classmethod
    def put_back(cls, entry: Entry, *, by: Actor, at: datetime) -> Self:
        """Writes a removed one again. Raises CannotError when that is no longer possible."""
        there = (entry.values.data or {}).get("people") or []
        with transaction.atomic():
            row = register.put_back(entry, cls, facts=cls.facts, by=by, at=at)
            row.ours.set(Person.objects.filter(pk__in=there))
        return row

    def refuse_wrong(self) -> None:
        """Raises CannotError for what cannot be."""

    def told(self) -> dict[str, Any]:
        """What the journal keeps of it."""
        values = {name: said(getattr(self, name)) for name in self.fields}
        return {**values, "people": [one.name for one in self.ours.order_by("pk")]}

    def write(self, verb: str, *, by: Actor, at: datetime, **values: Any) -> None:
        """Journals what was done, inside the verb's transaction."""
        record(verb, self, by=by, at=at, values=values, facts=self.facts)
