"""Writing the rows of a register: add, change, remove and put back, each with its journal entry in the same transaction.

A row that is removed is kept whole in its journal entry, so that it can be put back under the same id until its values are erased.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.journal.models import Entry
from commonground.journal.recording import record

M = TypeVar("M", bound=models.Model)
WAY_BACK = timedelta(days=30)  # how long a removed row is offered on its page; the journal keeps it longer


class CannotError(ValueError):
    """A verb that is refused. The message is a sentence with the thing, its state and the remedy."""


def add(row: M, *, verb: str, facts: Iterable[str], by: Actor, at: datetime) -> M:
    """Writes a new row and says so."""
    with transaction.atomic():
        row.save(force_insert=True)
        readers = _named(_sealed(row), by)
        record(verb, row, by=by, at=at, values={"after": written(row)}, facts=facts, readers=readers)
    return row


def _sealed(row: models.Model) -> list[int] | None:
    """Who alone may read what the journal says of a row, where it gives away what is planned."""
    asked: Callable[[], list[int] | None] | None = getattr(row, "sealed_readers", None)
    return asked() if asked else None


def _named(readers: Iterable[int] | None, by: Actor) -> list[int] | None:
    """Who writes an entry may read it."""
    return None if readers is None else sorted({*readers, *([by.user] if by.user is not None else [])})


def change(
    row: models.Model, values: Mapping[str, Any], *, verb: str, facts: Iterable[str], by: Actor, at: datetime
) -> bool:
    """Gives fields of a row other values, and writes both. Returns whether anything differed; if nothing did, nothing is written.

    Before is what the database holds: a form may have touched the row already.
    """
    stored = type(row)._base_manager.get(pk=row.pk)
    was_sealed = _sealed(stored)
    names = [name for name, value in values.items() if getattr(stored, name) != value]
    for name, value in values.items():
        setattr(row, name, value)
    if not names:
        return False
    with transaction.atomic():
        row.save(update_fields=names)
        before = {name: said(getattr(stored, name)) for name in names}
        after = {name: said(getattr(row, name)) for name in names}
        sealed = [readers for readers in (was_sealed, _sealed(row)) if readers is not None]
        readers = _named(set(sealed[0]).intersection(*sealed), by) if sealed else None
        record(verb, row, by=by, at=at, values={"before": before, "after": after}, facts=facts, readers=readers)
    return True


def remove(row: models.Model, *, verb: str, facts: Iterable[str], by: Actor, at: datetime) -> None:
    """Takes a row away and keeps it in the journal."""
    with transaction.atomic():
        readers = _named(_sealed(row), by)
        record(verb, row, by=by, at=at, values={"removed": written(row)}, facts=facts, readers=readers)
        row.delete()


def put_back(entry: Entry, model: type[M], *, facts: Iterable[str], by: Actor, at: datetime) -> M:
    """Writes a removed row again as it was. Raises CannotError when that is no longer possible."""
    written_then: dict[str, Any] = entry.values.data or {}
    kept = written_then.get("removed")
    if not kept or entry.kind != model._meta.label_lower:
        raise CannotError("What was removed is no longer in the journal, so it cannot be put back. Add it anew.")
    if model._base_manager.filter(pk=entry.thing).exists():
        raise CannotError(f"“{written_then['what']}” is there again already.")
    fields = {field.attname: field.to_python(kept.get(field.attname)) for field in model._meta.concrete_fields}
    for field in model._meta.concrete_fields:
        target = field.related_model if field.is_relation else None
        key = fields[field.attname]
        if isinstance(target, type) and key is not None and not target._base_manager.filter(pk=key).exists():
            raise CannotError(f"What it belonged to ({field.verbose_name}) is gone too, so it cannot be put back.")
    row = model(**fields)
    try:
        row.validate_constraints()
    except ValidationError as taken:
        raise CannotError("Another one has taken its place meanwhile, so it cannot be put back.") from taken
    return add(row, verb="put back", facts=facts, by=by, at=at)


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that was taken away and can be put back."""

    entry: int
    what: str
    on: date
    by: str


def removed_lately(model: type[models.Model], program: int, *, actor: Actor, now: datetime) -> list[Removed]:
    """What was removed in the last 30 days, is still away and may be read about by the actor."""
    entries = (
        Entry.objects.visible_to(actor)
        .filter(kind=model._meta.label_lower, program=program, at__gte=now - WAY_BACK, verb__startswith="removed")
        .exclude(thing__in=model._base_manager.values("pk"))
        .select_related("values")
        .order_by("-pk")
    )
    newest: dict[int | None, Removed] = {}
    for entry in entries:
        data = entry.values.data
        if data and data.get("removed") and entry.thing not in newest:
            newest[entry.thing] = Removed(entry.pk, data["what"], entry.at.date(), data["by"])
    return list(newest.values())


def written(row: models.Model) -> dict[str, Any]:
    """The row's own columns as plain values."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def said(value: object) -> object:
    """A value as the journal's readers understand it: a name for a thing, plain values as they are."""
    return str(value) if isinstance(value, models.Model) else value
