"""How long what the plan keeps of people is kept: the rules that other files of this folder give."""

from importlib import import_module
from importlib.util import find_spec

from commonground.access.retention import Keeping

OTHERS = ("keeping_activities", "keeping_budget", "keeping_training", "keeping_phases")


def _of_others() -> tuple[Keeping, ...]:
    found: list[Keeping] = []
    for name in OTHERS:
        if find_spec(f"commonground.plan.{name}") is not None:
            found += import_module(f"commonground.plan.{name}").RULES
    return tuple(found)


RULES: tuple[Keeping, ...] = _of_others()
