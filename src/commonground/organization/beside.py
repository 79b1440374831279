"""What the folders above know about a person or a role, to stand on its page here. They say so at start; nothing here asks them by name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import models
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Line:
    """A thing with its page and a quiet word beside it."""

    words: str
    url: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page. more: where the whole list or the next step is, as (words, address)."""

    title: str
    lines: Sequence[Line] = ()
    more: tuple[str, str] | None = None


Knows = Callable[[HttpRequest, models.Model], Iterable[Section]]
_known: dict[type[models.Model], list[Knows]] = {}


def tell(kind: type[models.Model], knows: Knows) -> None:
    """Adds to the page of each thing of this kind. Called once, when the product starts."""
    _known.setdefault(kind, []).append(knows)


def sections(request: HttpRequest, thing: models.Model) -> list[Section]:
    """All that is to stand beside a thing, for the one who asks; empty sections are left out."""
    found = [section for knows in _known.get(type(thing), ()) for section in knows(request, thing)]
    return [section for section in found if section.lines or section.more]
