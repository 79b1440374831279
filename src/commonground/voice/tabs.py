"""The parts of the pages on voices, as far as somebody may open them."""

from django.urls import reverse

from commonground.access.actor import Actor
from commonground.programs.models import Program

TABS = (
    ("voice:list", "To work on", "voices.work"),
    ("voice:said", "Said and answered", "voices.view"),
    ("voice:mine", "Mine", "voices.raise"),
    ("voice:figures", "Figures", "voices.view"),
    ("voice:points", "Points and posters", "voices.work"),
)


def tabs_of(actor: Actor, program: Program) -> list[tuple[str, str]]:
    """Address and label of each part that the actor may open."""
    return [(reverse(name, kwargs={"program": program.slug}), label) for name, label, verb in TABS if actor.may(verb)]
