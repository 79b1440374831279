"""Taking an export of contacts over: what is new, what changed, who is missing; and the way back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from commonground.access.actor import Actor
from commonground.analysis.communication.reach import BITS, CHANNELS
from commonground.communication.contact_files import LOOKED, STATES, TAKEN, UNDONE, ContactBefore, ContactFile
from commonground.communication.contacts import Contact, recount
from commonground.communication.refusals import GIVEN, refused_in_answer
from commonground.communication.segments import WITHOUT, WITHOUT_NAME, Segment
from commonground.communication.suppressed import Suppressions
from commonground.programs.models import Program
from commonground.programs.register import CannotError

FIELDS: Final = ("name", *CHANNELS, "language")
KEPT: Final = (
    "segment_id",
    *FIELDS,
    "refused",
    "bounced_once",
    "bounced",
)  # what is kept of a contact before a file changed it
LONGEST: Final = {field.name: field.max_length for field in Contact._meta.concrete_fields}
BACK: Final = "back"  # what the file itself said came back
LONGEST_SEGMENT: Final = 120
AT_ONCE: Final = 2000


@dataclass(frozen=True, slots=True)
class Given:
    """One contact as a file has it. cells: our column → text, only of columns that the file has. refused, bounced: bits."""

    ref: str
    segment: str | None
    cells: Mapping[str, str]
    refused: int
    bounced: int


@dataclass
class Difference:
    """What a file would change. refs: of all contacts in it; segments: names that are not known yet."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refs: set[str] = field(default_factory=set)
    segments: list[str] = field(default_factory=list)


def difference(program: Program, batches: Iterable[Sequence[Given]]) -> Difference:
    """What a file would change, without writing anything."""
    found, known, before = Difference(), _Segments(program), Suppressions(program)
    for rows, there in _beside(program, batches):
        for one in rows:
            found.refs.add(one.ref)
            known.note(one.segment)
            row = there.get(one.ref)
            if row is None:
                found.new += 1
            elif _apply(row, one, known.find(one.segment), before):
                found.changed += 1
            else:
                found.same += 1
    found.segments = known.unknown
    return found


def missing_from(program: Program, refs: Set[str]) -> int:
    """Contacts that are known here and that a file does not name."""
    stored = Contact.objects.filter(program=program).values_list("ref", flat=True)
    return sum(1 for ref in stored.iterator(chunk_size=10_000) if ref not in refs)


def take_over(file: ContactFile, batches: Iterable[Sequence[Given]], *, by: Actor, at: datetime) -> Difference:
    """Writes the contacts of a file, all of them or, where anything fails, none. Raises CannotError when it is no longer looked over.

    A refusal that is known here stays even if the file does not know it, and even if who refused was erased since. Contacts that the
    file does not name stay.
    """
    if file.state != LOOKED:
        raise CannotError(f"“{file}” is {STATES[file.state]}, so it cannot be taken over.")
    found, known, suppressed = Difference(), _Segments(file.program), Suppressions(file.program)
    with transaction.atomic():
        for rows, there in _beside(file.program, batches):
            known.make(rows)
            _write(file, rows, there, known, suppressed, found)
        recount(file.program)
        numbers = {"new": found.new, "changed": found.changed, "same": found.same}
        file.told = {**file.told, **numbers}
        file.end(TAKEN, "took contacts over", by=by, at=at, **numbers)
    return found


def _write(
    file: ContactFile,
    rows: Sequence[Given],
    there: Mapping[str, Contact],
    known: "_Segments",
    suppressed: Suppressions,
    found: Difference,
) -> None:
    new, changed, before = list[Contact](), list[Contact](), list[ContactBefore]()
    for one in rows:
        row = there.get(one.ref)
        if row is None:
            row = Contact(program=file.program, ref=one.ref)
            _apply(row, one, known.find(one.segment), suppressed)
            new.append(row)
            before.append(ContactBefore(file=file, ref=one.ref, row=None))
            continue
        was = {name: getattr(row, name) for name in KEPT}
        kept = ContactBefore(file=file, ref=one.ref, row={**was, GIVEN: one.refused, BACK: one.bounced})
        if _apply(row, one, known.find(one.segment), suppressed):
            changed.append(row)
            before.append(kept)
        else:
            found.same += 1
            if one.refused:  # it says so, too: undoing what said it first does not take it back
                before.append(kept)
    found.new += len(new)
    found.changed += len(changed)
    Contact.objects.bulk_create(new, batch_size=AT_ONCE)
    ContactBefore.objects.bulk_create(before, batch_size=AT_ONCE)
    _update(changed)


def _update(rows: Sequence[Contact]) -> None:
    if rows:
        fields = [*KEPT, "mask"]
        names = ["segment" if name == "segment_id" else name for name in fields]
        Contact.objects.bulk_create(
            rows, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["program", "ref"], update_fields=names
        )


def _apply(row: Contact, given: Given, segment: int | None, suppressed: Suppressions) -> bool:
    """Gives a contact what the file says of it. Returns whether anything differed. A changed address works again."""
    before = tuple(getattr(row, name) for name in KEPT)
    if given.segment is not None or row.segment_id is None:
        row.segment_id = segment or 0
    fresh = 0
    for name, text in given.cells.items():
        cell = text[: LONGEST[name]]
        if cell != getattr(row, name):
            setattr(row, name, cell)
            fresh |= BITS.get(name, 0)
    row.bounced = (row.bounced & ~fresh) | given.bounced
    row.bounced_once = (row.bounced_once & ~fresh) | given.bounced
    row.refused |= given.refused | suppressed.of(row)
    row.settle()
    return before != tuple(getattr(row, name) for name in KEPT)


def _beside(
    program: Program, batches: Iterable[Sequence[Given]]
) -> Iterator[tuple[Sequence[Given], dict[str, Contact]]]:
    """Each batch with the contacts of it that are known."""
    for rows in batches:
        refs = [one.ref for one in rows]
        yield rows, {row.ref: row for row in Contact.objects.filter(program=program, ref__in=refs)}


class _Segments:
    """Segments of a program by what files call them: their key, or their name."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.by_word: dict[str, int] = {}
        self.unknown: list[str] = []
        for pk, key, name in Segment.objects.filter(program=program).values_list("pk", "key", "name"):
            self.by_word.setdefault(name.casefold(), pk)
            self.by_word[key.casefold()] = pk

    def find(self, word: str | None) -> int | None:
        return self.by_word.get((word or WITHOUT)[:LONGEST_SEGMENT].casefold())

    def note(self, word: str | None) -> None:
        named = (word or WITHOUT)[:LONGEST_SEGMENT]
        if self.find(named) is None and named not in self.unknown:
            self.unknown.append(named)

    def make(self, rows: Sequence[Given]) -> None:
        """Makes the segments that a batch names for the first time."""
        for word in dict.fromkeys((one.segment or WITHOUT)[:LONGEST_SEGMENT] for one in rows):
            if self.find(word) is None:
                name = WITHOUT_NAME if word == WITHOUT else word
                place = len(self.by_word) + 1
                made = Segment.objects.create(program=self.program, key=word, name=name, order=place)
                self.by_word[word.casefold()] = made.pk


def undo(file: ContactFile, *, by: Actor, at: datetime) -> int:
    """Puts contacts back as they were before a file. Returns how many. Raises CannotError when that is no longer possible.

    What customers refused since stays refused, and a contact to whom something went out since stays.
    """
    if not file.can_be_undone(at):
        raise CannotError(
            f"“{file}” cannot be undone: only the last export can, within thirty days. Bring the export of before again."
        )
    with transaction.atomic():
        number = 0
        rows = list(file.before.order_by("pk"))
        for start in range(0, len(rows), AT_ONCE):
            number += _back(file, rows[start : start + AT_ONCE])
        file.before.all().delete()
        recount(file.program)
        file.end(UNDONE, "undid contacts", by=by, at=at, contacts=number)
    return number


def _back(file: ContactFile, rows: Sequence[ContactBefore]) -> int:
    there = Contact.objects.filter(program=file.program, ref__in=[one.ref for one in rows])
    brought = [one.ref for one in rows if one.row is None]
    gone, _ = there.filter(ref__in=brought, addressed=None).delete()
    was: dict[str, Mapping[str, Any]] = {one.ref: one.row for one in rows if one.row is not None}
    changed = list(there.filter(ref__in=list(was)))
    refused = refused_in_answer(one.pk for one in changed)
    for row in changed:
        before = dict(was[row.ref])
        since = row.refused & ~before.pop(GIVEN, 0) | refused.get(row.pk, 0)
        kept = sum(BITS[name] for name in CHANNELS if getattr(row, name) == before.get(name)) & ~before.pop(BACK, 0)
        once, twice = row.bounced_once & kept, row.bounced & kept
        for name, value in before.items():
            setattr(row, name, value)
        row.refused |= since
        row.bounced_once, row.bounced = row.bounced_once | once, row.bounced | twice
        row.settle()
    _update(changed)
    return gone + len(changed)
