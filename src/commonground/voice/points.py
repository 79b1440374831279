"""A point: an open address for a unit or a crew, on a poster or a paper form, where things are said without signing in."""

import secrets
from datetime import datetime
from typing import Self

from django.db import models

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.accounts.short_codes import ALPHABET
from commonground.organization.models import Unit
from commonground.programs import register
from commonground.programs.models import Program
from commonground.realignment.stages import day_of

SIGNS = 10  # 50 bits: nobody comes upon an address that is on no wall near them


class PointQuerySet(Gated["Point"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.user is not None and actor.may("voices.work") else self.none()

    def open(self, program: Program, *, name: str, unit: Unit | None, by: Actor, at: datetime) -> "Point":
        """Opens an address. unit: whose people will use it; what is sent carries the smallest unit around it that has enough people."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(SIGNS)).lower()
        row = Point(program=program, name=name.strip(), unit=unit, code=code, opened_on=day_of(at))
        return register.add(row, verb="opened a point", facts=(), by=by, at=at)


class Point(models.Model):
    """An open address. No voice says by which point it came: a crew of six would be told apart by it."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="points")
    name = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20, unique=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    objects = PointQuerySet.as_manager()

    class Meta:
        ordering = ["closed_on", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    def close(self, *, by: Actor, at: datetime) -> bool:
        """Takes nothing more from now on; `open_again` is the way back, and the printed sheets hold then too."""
        return register.change(self, {"closed_on": day_of(at)}, verb="closed a point", facts=(), by=by, at=at)

    def open_again(self, *, by: Actor, at: datetime) -> bool:
        return register.change(self, {"closed_on": None}, verb="opened a point again", facts=(), by=by, at=at)
