"""How far each module of training has come, in a form that JSON keeps."""

from datetime import date
from typing import Any, Final

from commonground.analysis.facts import Training
from commonground.analysis.plan.training import TABLES as COUNTED
from commonground.analysis.plan.training import Group, Trainings
from commonground.analysis.plan.use_after import UseAfter, use_after
from commonground.analysis.register import Register

TRAINING: Final = "training"
TABLES: Final = (*COUNTED, "role_changes", "behaviours", "pace", "milestones")


def training_data(register: Register, threshold: int) -> dict[str, Any]:
    """Modules by their ids with coverage, groups and use after; who is meant by none; changed roles of which no module speaks.

    threshold: the fewest people that groups are told of.
    """
    found, organization = Trainings(register), register.organization
    return {
        "threshold": threshold,
        "people": len(organization.people),
        "whole": list(found.whole),
        "modules": {row.id: _module(found, row, threshold) for row in found.modules.values()},
        "lacking": [
            {
                "unit": one.unit,
                "name": organization.unit_name(one.unit),
                "people": len(one.people),
                "roles": [organization.role_name(role) for role in one.roles],
            }
            for one in found.lacking
        ],
        "proposed": [
            {
                "role": role,
                "name": organization.role_name(role),
                "people": len(found.of_role(role)),
                "effective": _said(organization.roles[role].effective),
                "after": organization.roles[role].definition_after or "",
            }
            for role in found.proposed
        ],
    }


def _module(found: Trainings, row: Training, threshold: int) -> dict[str, Any]:
    name = found.register.organization.unit_name
    return {
        "coverage": list(found.coverage(row.id)),
        "groups": [[*one, _called(one, name(one.value))] for one in found.groups(row.id, threshold)],
        "use": [[one.unit and name(one.unit), *_use(one)] for one in use_after(found, row, threshold)],
    }


def _called(group: Group, unit: str) -> str:
    if group.attribute == "unit":
        return unit
    return group.value or f"no {group.attribute} recorded"


def _use(one: UseAfter) -> list[Any]:
    points = [[*map(_said, point)] for point in one.points]
    return [_said(one.day), one.trained, one.heads, points]


def _said(value: object) -> Any:
    return value.isoformat() if isinstance(value, date) else value
