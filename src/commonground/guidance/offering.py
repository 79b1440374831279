"""The techniques that an activity of a program can use: those of the library, and the program's own beside them."""

from commonground.access.actor import Actor
from commonground.guidance.techniques import CATALOGUE


def offered(program: int, actor: Actor) -> list[tuple[str, str]]:
    """Key and name of each, by name."""
    return sorted(((one.key, one.name) for one in CATALOGUE.values()), key=lambda choice: choice[1].casefold())
