"""Who can be asked for an activity, in a form that JSON keeps: people by unit and attribute, and how many of them are touched."""

from typing import Any, Final

from commonground.analysis.plan.audience import Group
from commonground.analysis.plan.reckoning import Crowd, crowd_of
from commonground.analysis.register import Register

CROWD: Final = "crowd"
TABLES: Final = ("people", "units", "roles", "processes", "does", "role_changes", "paths")


def crowd_data(register: Register) -> dict[str, Any]:
    """The people of a register by what an audience can name."""
    crowd = crowd_of(register)
    return {
        "groups": [list(group) for group in crowd.groups],
        "within": {unit: list(chain) for unit, chain in crowd.within.items()},
        "names": dict(crowd.names),
    }


def crowd_from(data: dict[str, Any]) -> Crowd:
    """The same, as it was stored."""
    return Crowd([Group(*row) for row in data["groups"]], data["within"], data["names"])
