"""The parts of the pages on messages and on customers, as far as somebody may open them."""

from django.urls import NoReverseMatch, reverse

from commonground.access.actor import Actor
from commonground.programs.models import Program

MESSAGES = (
    ("communication:messages", "Messages", "messages.view"),
    ("communication:calendar", "Calendar", "messages.view"),
    ("communication:known", "What we know", "messages.view"),
    ("communication:cascades", "Cascades", "cascade.view"),
)
CUSTOMERS = (
    ("communication:reach", "Reach", "reach.view"),
    ("communication:sendings", "Going out", "reach.view"),
    ("communication:hiccups", "Hiccups", "hiccups.view"),
    ("communication:told", "What they told us", "collaboration.view"),
    ("communication:collaboration", "With us", "collaboration.view"),
)


def tabs_of(parts: tuple[tuple[str, str, str], ...], actor: Actor, program: Program) -> list[tuple[str, str]]:
    """Address and label of each part that there is and that the actor may open."""
    found = []
    for name, label, verb in parts:
        try:
            address = reverse(name, kwargs={"program": program.slug})
        except NoReverseMatch:
            continue
        if actor.may(verb):
            found.append((address, label))
    return found
