"""An entry in words: who, what, to which thing, why, and where the thing is found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, reverse

from commonground.access.actor import Actor
from commonground.journal.models import Entry
from commonground.ui.words import day

# kind → its page and what its reader must be allowed
PAGES = {
    "accounts.user": ("access:user", "accounts.manage"),
    "organization.person": ("organization:person", "people.view"),
    "organization.unit": ("organization:unit", "organization.view"),
    "organization.role": ("organization:role", "organization.view"),
    "workflows.workflow": ("workflows:workflow", "workflows.view"),
    "workflows.process": ("workflows:process", "workflows.view"),
    "realignment.solution": ("realignment:solution", "solutions.view"),
}
PLAIN = ("by", "what", "why")  # shown in columns of their own


@dataclass(frozen=True)
class Line:
    """One entry as a page shows it. `details`: (name, value) in words."""

    number: int
    at: datetime
    who: str
    user: int | None
    verb: str
    kind: str
    kind_word: str
    thing: int | None
    what: str
    url: str
    why: str
    details: list[tuple[str, str]]
    sealed: bool
    erased: bool


def in_words(entries: Iterable[Entry], actor: Actor, program: str | None) -> list[Line]:
    """Entries for a page. program: the slug, for links."""
    return [_line(entry, actor, program) for entry in entries]


def _line(entry: Entry, actor: Actor, program: str | None) -> Line:
    values = getattr(entry, "values", None)
    data: dict[str, Any] = (values.data if values else None) or {}
    erased = values is not None and values.erased is not None
    return Line(
        number=entry.pk,
        at=entry.at,
        who=str(data.get("by", "")) or "erased",
        user=entry.actor_user,
        verb=entry.verb,
        kind=entry.kind,
        kind_word=kind_word(entry.kind),
        thing=entry.thing,
        what=str(data.get("what", "")),
        url=_url(entry, actor, program),
        why=str(data.get("why", "")),
        details=[
            (_plain(name), said(value))
            for name, value in data.items()
            if name not in PLAIN and value not in (None, "", [], {})
        ],
        sealed=entry.sealed,
        erased=erased,
    )


def kind_word(kind: str) -> str:
    """“solution” of “realignment.solution”."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return kind.partition(".")[2] or kind


def _url(entry: Entry, actor: Actor, program: str | None) -> str:
    name, verb = PAGES.get(entry.kind, ("", ""))
    if not name or entry.thing is None or not actor.may(verb):
        return ""
    for kwargs in ({"program": program, "pk": entry.thing}, {"pk": entry.thing}):
        try:
            return reverse(name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    return ""


def _plain(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ")


def said(value: Any) -> str:
    """A value of the journal in words; a pair of before and after as “a → b”."""
    if isinstance(value, dict):
        return "; ".join(
            f"{_plain(str(name))}: {said(inner)}" for name, inner in value.items() if inner not in (None, "", [])
        )
    if isinstance(value, list):
        return ", ".join(said(inner) for inner in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "–"
    return (
        day(value) if isinstance(value, str) and len(value) == len("2026-09-14") and value[4:5] == "-" else str(value)
    )
