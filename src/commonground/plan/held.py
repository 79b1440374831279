"""What the plan holds of a person, as its other files tell it."""

from importlib import import_module
from importlib.util import find_spec

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.organization.models import Person

OTHERS = ("held_activities", "held_budget", "held_training", "held_phases", "held_gates")


def held_on(person: Person | None, user: User) -> list[Held]:
    """What each file `held_….py` of this folder tells."""
    found: list[Held] = []
    for name in OTHERS:
        if find_spec(f"commonground.plan.{name}") is not None:
            found += import_module(f"commonground.plan.{name}").held_on(person=person, user=user)
    return found
