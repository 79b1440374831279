"""Words of this folder name a team, a unit or a task. A text in which a person of the register is named is refused."""

from collections.abc import Iterable
from typing import Final

from django.db.models import Q

from commonground.analysis.reinforcement.naming import names_in, titled_in
from commonground.organization.models import Person
from commonground.programs.register import CannotError

MOST: Final = 500  # names that one question holds


def named_in(text: str) -> str | None:
    """The name of a person of the register that stands in a text; None where none does. A first name alone is not found."""
    return next(iter(known_of(names_in(text))), None) or _titled(titled_in(text))


def known_of(names: Iterable[str]) -> set[str]:
    """Those of the names under which somebody of the register is known."""
    asked, found = sorted(set(names)), set[str]()
    for at in range(0, len(asked), MOST):
        found |= set(Person.objects.filter(name__in=asked[at : at + MOST]).values_list("name", flat=True))
    return found


def _titled(last: Iterable[str]) -> str | None:
    wanted = Q(pk__in=())
    for name in last:
        wanted |= Q(name__endswith=f" {name}")
    return Person.objects.filter(wanted).values_list("name", flat=True).first() if wanted.children[1:] else None


def refuse_names(text: str) -> None:
    """Raises CannotError with a sentence where a text names a person of the register."""
    name = named_in(text)
    if name is not None:
        raise CannotError(
            f"“{name}” is a person of the register, and this is about a task or a practice. "
            "Say the team or the unit instead; thank a person, or talk to one, in person."
        )
