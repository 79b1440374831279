"""How long what communication keeps of people is kept: the rules that other files of this folder give."""

from importlib import import_module
from importlib.util import find_spec

from commonground.access.retention import Keeping

OTHERS = ("keeping_messages", "keeping_cascades", "keeping_contacts", "keeping_sendings", "keeping_hiccups")


def _of_others() -> tuple[Keeping, ...]:
    found: list[Keeping] = []
    for name in OTHERS:
        if find_spec(f"commonground.communication.{name}") is not None:
            found += import_module(f"commonground.communication.{name}").RULES
    return tuple(found)


RULES: tuple[Keeping, ...] = _of_others()
