"""Which business unit a unit belongs to on a day, and what both are called: the lanes of a workflow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from commonground.access.actor import Actor
from commonground.analysis.facts import Facts
from commonground.analysis.facts import Unit as UnitRow
from commonground.analysis.organization import Organization
from commonground.organization.models import UnitPeriod


@dataclass(frozen=True, slots=True)
class Lanes:
    """Units by id. business: unit → its business unit; names: what units are called; lines: unit → product line."""

    business: dict[int, int]
    names: dict[int, str]
    lines: dict[int, str]

    def lane(self, unit: int | None) -> str:
        """The name of the lane; empty where there is no unit or it does not exist on the day."""
        return self.names.get(self.business.get(unit, unit), "") if unit is not None else ""

    def name(self, unit: int | None) -> str:
        return self.names.get(unit, "a former unit") if unit is not None else ""


def lanes_on(actor: Actor, day: date, units: Iterable[int | None]) -> Lanes:
    """Reads these units and those above them. Two queries, however large the organization is."""
    periods = UnitPeriod.objects.visible_to(actor).on(day)
    wanted = {unit for unit in units if unit is not None}
    paths = periods.filter(unit__in=wanted).values_list("path", flat=True)
    above = {int(step) for path in paths for step in path.split("/") if step.isdigit()} | wanted
    rows = periods.filter(Q(unit__in=above) | Q(parent__isnull=True)).values_list(
        "unit_id", "name", "parent_id", "business_unit", "product_line"
    )
    found = list(rows)
    facts = [
        UnitRow(str(unit), name, str(parent) if parent else None, business or None, line or None)
        for unit, name, parent, business, line in found
    ]
    tree = Organization(Facts({"units": facts}, day))
    return Lanes(
        business={unit: int(tree.business_unit(str(unit)) or unit) for unit, *_ in found},
        names={unit: name for unit, name, *_ in found},
        lines={unit: line for unit, _, _, _, line in found if line},
    )
