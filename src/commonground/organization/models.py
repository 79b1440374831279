"""The organization as an effective-dated ledger: units, levels, roles and people, each with its periods.

A thing has an identity row (Unit, Role, Person) and periods that say what held when. Names of people are the exception: a person is
called what they are called today, everywhere (docs/decisions/0003).
"""

from commonground.organization.people import Assignment, AssignmentQuerySet, Person, PersonQuerySet, Place, Placing
from commonground.organization.periods import LedgerError
from commonground.organization.roles import Described, Level, Role, RolePeriod
from commonground.organization.units import Stand, Stood, Unit, UnitPeriod, below, recompute_paths

__all__ = [
    "Assignment",
    "AssignmentQuerySet",
    "Described",
    "LedgerError",
    "Level",
    "Person",
    "PersonQuerySet",
    "Place",
    "Placing",
    "Role",
    "RolePeriod",
    "Stand",
    "Stood",
    "Unit",
    "UnitPeriod",
    "below",
    "recompute_paths",
]
