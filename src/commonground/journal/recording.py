"""Writing the chain and checking it."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.journal.models import Entry, Head, Reader, Values, Version

JSON = Mapping[str, Any]
ERASED = "erased values"  # the verb under which erasing is recorded; `verify` looks for it


def record(
    verb: str,
    thing: models.Model,
    *,
    by: Actor,
    at: datetime,
    why: str = "",
    values: JSON | None = None,
    facts: Iterable[str] = (),
    readers: Iterable[int] | None = None,
) -> Entry:
    """Writes one entry in the running transaction and bumps the facts tables that the verb has changed.

    verb: what was done, in the past ("offered a seat"). values: what the reader needs to understand it, names included; they stand
    beside the chain and can be erased. readers: users named to read it; given (even empty), the entry is sealed for all others.
    Raises RuntimeError outside a transaction, since row and entry must stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"“{verb}” was to be written outside a transaction; put the verb into transaction.atomic().")
    head, _ = Head.objects.select_for_update().get_or_create(pk=1)
    data = json.loads(
        json.dumps(
            {"by": by.name, "what": str(thing), "why": why, **(values or {})}, cls=DjangoJSONEncoder, default=str
        )
    )
    salt = secrets.token_hex(16)
    entry = Entry(
        pk=head.count + 1,
        at=at,
        actor_user=by.user,
        verb=verb,
        kind=thing._meta.label_lower,
        thing=thing.pk,
        program=getattr(thing, "program_id", None),
        digest=digest_of(salt, data),
        previous=head.hash,
        sealed=readers is not None,
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    Values.objects.create(entry=entry, salt=salt, data=data)
    if readers is not None:
        Reader.objects.bulk_create(Reader(entry=entry, user_id=user) for user in sorted(set(readers)))
    Head.objects.filter(pk=1).update(count=entry.pk, hash=entry.hash)
    Version.objects.bump(facts)
    return entry


def digest_of(salt: str, data: JSON) -> str:
    """SHA-256 of the salt and the values in canonical JSON."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()


def hash_of(entry: Entry) -> str:
    """SHA-256 over everything in the entry that must not change, and the hash before it. Whether it is sealed may change."""
    parts = [
        entry.pk,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor_user,
        entry.verb,
        entry.kind,
        entry.thing,
        entry.program,
        entry.digest,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the chain holds. `entry`: the first that does not; `why`: a sentence."""

    sound: bool
    entries: int
    entry: int | None
    why: str


def verify(noted: "HeadNote | None" = None) -> Verdict:
    """Walks the whole chain. Finds an entry that was changed, removed or put in, and values that are not those written.

    noted: the head as it was written down elsewhere earlier; the chain must still run through it. Without one, whoever can write to
    the database could cut the end off and the head with it.
    """
    previous, number = "", 0
    erased, recorded = set[int](), set[int]()
    for entry in Entry.objects.select_related("values").order_by("pk").iterator(chunk_size=2000):
        number += 1
        if entry.pk != number:
            return Verdict(False, number - 1, number, f"Entry {number} is missing: the next one is {entry.pk}.")
        values: Values | None = getattr(entry, "values", None)
        fault = _fault(entry, previous, values)
        if noted and noted.count == number and noted.hash != entry.hash:
            fault = f"Entry {number} is not the one that was the head when it was noted."
        if fault:
            return Verdict(False, number - 1, entry.pk, fault)
        if values is not None and values.erased is not None:
            erased.add(entry.pk)
        if entry.verb == ERASED and values is not None:
            recorded.update((values.data or {}).get("entries", ()))
        previous = entry.hash
    return _verdict_at_end(number, previous, sorted(erased - recorded), noted)


def _verdict_at_end(number: int, last: str, unrecorded: list[int], noted: "HeadNote | None") -> Verdict:
    if unrecorded:
        first = unrecorded[0]
        why = f"The values of entry {first} were erased, but no entry says that somebody erased them."
        return Verdict(False, number, first, why)
    head = Head.objects.filter(pk=1).first()
    count, end = (head.count, head.hash) if head else (0, "")
    if noted is not None:
        count = max(count, noted.count)
    if count != number or end != last:
        why = f"The journal ends at entry {number}, but {count} were written."
        return Verdict(False, number, number + 1, why)
    return Verdict(True, number, None, f"All {number} entries are as they were written.")


@dataclass(frozen=True, slots=True)
class HeadNote:
    """The end of the chain, to be kept where whoever runs the database cannot change it."""

    count: int
    hash: str

    def __str__(self) -> str:
        return f"{self.count}:{self.hash}"

    @classmethod
    def read(cls, text: str) -> "HeadNote":
        """Raises ValueError for a text that is no head."""
        count, _, end = text.strip().partition(":")
        if not count.isdecimal() or len(end) != len(digest_of("", {})):
            raise ValueError(
                f"“{text}” is no head of a journal. It looks like 1204:9f3c…, as `journal verify --head` prints it."
            )
        return cls(int(count), end)


def head() -> HeadNote:
    """The end of the chain now."""
    row = Head.objects.filter(pk=1).first()
    return HeadNote(row.count, row.hash) if row else HeadNote(0, "")


def _fault(entry: Entry, previous: str, values: Values | None) -> str:
    if entry.previous != previous:
        return f"Entry {entry.pk} does not follow the one before it: one was put in, removed or exchanged."
    if hash_of(entry) != entry.hash:
        return f"Entry {entry.pk} was changed after it was written."
    if values is None:
        return f"The values of entry {entry.pk} were removed without being erased."
    if values.erased is None and digest_of(values.salt, values.data or {}) != entry.digest:
        return f"The values of entry {entry.pk} were changed after they were written."
    return ""
