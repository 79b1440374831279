"""Erasing what the journal holds about a person, without breaking its chain."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from commonground.access.actor import Actor
from commonground.journal.models import Entry, Head, Values
from commonground.journal.recording import ERASED, record


def erase(entries: Iterable[int], *, by: Actor, at: datetime, why: str = "") -> int:
    """Erases the values beside these entries and records that it was done. The chain stays: who, what and when remain as ids.

    Returns how many there were. What erasures themselves hold (numbers of entries) is not erased.
    """
    with transaction.atomic():
        rows = Values.objects.filter(entry__in=set(entries), erased=None).exclude(entry__verb=ERASED)
        numbers = sorted(rows.values_list("entry_id", flat=True))
        if not numbers:
            return 0
        Values.objects.filter(entry__in=numbers).update(data=None, salt="", erased=at)
        head = Head.objects.get(pk=1)
        record(ERASED, head, by=by, at=at, why=why, values={"entries": numbers, "what": f"{len(numbers)} entries"})
    return len(numbers)


def written_before(edge: date) -> "QuerySet[Values]":
    """The values of entries of days before this one that are not erased; what erasures themselves hold is not erased."""
    return Values.objects.filter(entry__at__date__lt=edge, erased=None).exclude(entry__verb=ERASED)


def entries_about(
    things: Collection[tuple[str, int]], users: Collection[int], names: Collection[str], keys: Collection[str]
) -> list[int]:
    """The entries about any of these things, by any of these users, or whose values name the person.

    things: (kind, id). names: words that give a person away wherever they occur. keys: ids and addresses, which must be a value of
    their own, since a short number occurs in many others.
    """
    about = Q(actor_user__in=users)
    for kind, thing in things:
        about |= Q(kind=kind, thing=thing)
    found = set(Entry.objects.filter(about).values_list("pk", flat=True))
    for entry, data in Values.objects.filter(erased=None).values_list("entry_id", "data").iterator(chunk_size=2000):
        if names_them(data, names, keys):
            found.add(entry)
    return sorted(found)


def names_them(data: Any, names: Collection[str], keys: Collection[str]) -> bool:
    """Whether values name a person, at any depth."""
    return any(leaf in keys or any(name in leaf for name in names if name) for leaf in leaves(data))


def leaves(data: Any) -> Iterator[str]:
    """All texts in values, keys included."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            yield from leaves(value)
    elif isinstance(data, list):
        for value in data:
            yield from leaves(value)
    elif isinstance(data, str):
        yield data
