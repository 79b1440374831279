"""Which techniques an activity can use, and what one is called. The library stands higher and says so at the start."""

from collections.abc import Callable, Sequence

from commonground.access.actor import Actor

Choice = tuple[str, str]
Offering = Callable[[int, Actor], Sequence[Choice]]  # key of a program, who asks → (key, name) of each technique
_OFFERING: list[Offering] = []


def learn_from(offering: Offering) -> None:
    """Called once at the start by the folder that holds the library."""
    _OFFERING[:] = [offering]


def choices_for(program: int, actor: Actor, *, kept: str = "") -> list[Choice]:
    """The choices of a form: none in particular, then every technique by name. kept: a key that stays on offer even if none has it."""
    known = [choice for offering in _OFFERING for choice in offering(program, actor)]
    gone = [(kept, kept)] if kept and kept not in dict(known) else []
    return [("", "none in particular"), *gone, *known]
