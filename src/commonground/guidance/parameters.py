"""The values that a program has set for its guidelines, and those of its units."""

from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.visibility import ForStaff
from commonground.journal.recording import record
from commonground.organization.models import Unit
from commonground.programs.models import Program


class ParameterQuerySet(ForStaff["Parameter"]):
    def values_of(self, program: Program) -> dict[str, dict[str, float]]:
        """code → name → value, where the program has set another than the default."""
        found: dict[str, dict[str, float]] = {}
        for code, name, value in self.filter(program=program, unit=None).values_list("code", "name", "value"):
            found.setdefault(code, {})[name] = value
        return found

    def values_of_units(self, program: Program) -> dict[str, dict[str, dict[str, float]]]:
        """code → key of a unit → name → value, where it was set for that unit and those below it."""
        found: dict[str, dict[str, dict[str, float]]] = {}
        rows = self.filter(program=program).exclude(unit=None).order_by("unit")
        for code, unit, name, value in rows.values_list("code", "unit__key", "name", "value"):
            found.setdefault(code, {}).setdefault(unit, {})[name] = value
        return found

    def put(
        self,
        program: Program,
        code: str,
        name: str,
        value: float | None,
        *,
        unit: Unit | None = None,
        by: Actor,
        at: datetime,
    ) -> None:
        """Sets a parameter of a guideline for a program, or for a unit and those below it; None takes it back."""
        with transaction.atomic():
            old = self.filter(program=program, code=code, name=name, unit=unit).first()
            if (old.value if old else None) == value:
                return
            if value is None:
                assert old is not None  # noqa: S101 - else nothing would differ
                row = old
                self.filter(pk=old.pk).delete()
            else:
                row, _ = self.update_or_create(
                    program=program, code=code, name=name, unit=unit, defaults={"value": value}
                )
            values = {"code": code, "name": name, "before": old.value if old else None, "after": value}
            values |= {"unit": unit.key} if unit else {}
            record("set a parameter", row, by=by, at=at, values=values, facts=("parameters",))


class Parameter(models.Model):
    """A value of a guideline that a program has set for itself, or for a unit of it and those below that."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="+")
    value = models.FloatField()

    objects = ParameterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "code", "name"], condition=Q(unit=None), name="parameter_of_program_once"
            ),
            models.UniqueConstraint(fields=["program", "code", "name", "unit"], name="parameter_of_unit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.name}"
