"""Who writes to customers, as it stands on letters and fax sheets, and on which paper."""

from datetime import datetime
from typing import Any, Final, Self

from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.journal.recording import record
from commonground.programs.models import Program

DIN_B, DIN_A, US = "din_b", "din_a", "us"
PAPERS: Final = {
    DIN_B: "A4, address window at 45 mm (DIN 5008 form B)",
    DIN_A: "A4, address window at 27 mm (DIN 5008 form A)",
    US: "US letter, number 10 window envelope",
}
FIELDS: Final = ("name", "address", "phone", "fax", "email", "sign_off", "paper")


class LetterheadQuerySet(Gated["Letterhead"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("reach.view") else self.none()


class Letterhead(models.Model):
    """The sender of a program's letters and fax sheets, of which it has one, or none yet. address: lines; sign_off: who signs."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="letterhead")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    fax = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=120, blank=True)
    sign_off = models.CharField(max_length=300, blank=True)
    paper = models.CharField(max_length=6, choices=list(PAPERS.items()), default=DIN_B)

    objects = LetterheadQuerySet.as_manager()

    def __str__(self) -> str:
        return "sender of letters"

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.address.splitlines() if line.strip()]

    def write(self, values: dict[str, Any], *, by: Actor, at: datetime) -> bool:
        """Gives it other values, the first ones included. Returns whether anything differed."""
        stored = Letterhead.objects.filter(program=self.program_id).first()
        before = {name: getattr(stored, name) for name in FIELDS} if stored is not None else {}
        if before == {name: values[name] for name in FIELDS}:
            return False
        for name in FIELDS:
            setattr(self, name, values[name])
        with transaction.atomic():
            self.save()
            after = {name: values[name] for name in FIELDS}
            record("set the sender of letters", self, by=by, at=at, values={"before": before, "after": after})
        return True


def letterhead_of(program: Program) -> Letterhead:
    """The sender of a program; without one the program's name alone, on A4."""
    found = Letterhead.objects.filter(program=program).first()
    return found or Letterhead(program=program, name=program.name)
