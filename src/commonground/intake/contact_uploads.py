"""From an uploaded export of contacts to one that can be looked over, and from there into the program."""

import hashlib
import os
import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from commonground.access.actor import Actor
from commonground.analysis.communication.reach import LABELS, have, together
from commonground.communication.contact_files import LOOKED, TAKEN, ContactFile, path_of
from commonground.communication.segments import WITHOUT, WITHOUT_NAME
from commonground.communication.taking_contacts import FIELDS, Difference, Given, difference, missing_from, take_over
from commonground.intake.contact_files import ContactTable, read_contacts
from commonground.intake.contact_words import TABLE
from commonground.intake.log_uploads import headers_digest
from commonground.intake.models import SavedMapping
from commonground.intake.problems import BadInput
from commonground.journal.recording import record
from commonground.programs.models import Program
from commonground.programs.register import CannotError

LARGEST: Final = 60_000_000  # bytes
MOST: Final = 100_000  # contacts that are taken over in one go: about 13 s, in which others wait to write
KEPT_OUT: Final = 1000  # rows of which it is told why they are kept out
AT_ONCE: Final = 2000
LONGEST_REF: Final = 120  # letters


def bring(program: Program, upload: "UploadedFile[Any]", *, by: Actor, at: datetime) -> ContactFile:
    """Reads an export and keeps it to be looked over. Raises BadInput for a file that cannot be read or is too large."""
    name = str(upload.name or "contacts")[-150:]
    if (upload.size or 0) > LARGEST:
        raise BadInput(f"{name} is larger than {LARGEST // 1_000_000} MB. Export it in parts, such as by segment.")
    data = upload.read()
    if not data:
        raise BadInput(f"{name} is empty. Bring the export that your CRM wrote.")
    found = read_contacts(data, name)
    known = SavedMapping.objects.of(program, TABLE, headers_digest(found.headers))
    if known is not None:
        found = read_contacts(data, name, known)
    row = ContactFile(
        program=program,
        file=name,
        digest=hashlib.sha256(data).hexdigest(),
        place=secrets.token_hex(8),
        brought_at=at,
        **_given(program, found),
    )
    with transaction.atomic():
        row.save(force_insert=True)
        record("brought contacts", row, by=by, at=at, values={"file": name, "rows": len(found)})
        _keep(row.place, data)
    return row


def _given(program: Program, found: ContactTable) -> dict[str, Any]:
    """What is told of a file before it is taken over. Raises BadInput for more contacts than are taken over in one go."""
    if len(found) > MOST:
        raise BadInput(
            f"{found.file} has {len(found):,} contacts, more than {MOST:,}. Bring it in parts, such as by segment."
        )
    told: dict[str, Any] = {"rows": len(found)}
    if len(found):
        changes = difference(program, given_of(found))
        whole = together(found.counts().values())
        told |= {
            "new": changes.new,
            "changed": changes.changed,
            "same": changes.same,
            "missing": missing_from(program, changes.refs),
            "segments": [_named(one) for one in changes.segments][:50],
            "have": have(whole),
            "refused": int((found.refused > 0).sum()),
            "bounced": int((found.bounced > 0).sum()),
            "doubtful": {LABELS[channel]: number for channel, number in found.doubtful.items()},
        }
    return {
        "mapping": dict(found.columns),
        "left_out": found.left_out,
        "told": told,
        "kept_out": [[one.row, one.column, one.value, f"{one.why} {one.remedy}"] for one in found.problems[:KEPT_OUT]],
    }


def _named(key: str) -> str:
    return WITHOUT_NAME if key == WITHOUT else key


def given_of(found: ContactTable) -> Iterator[list[Given]]:
    """The contacts of a file, some at a time, as they are written."""
    texts = [name for name in FIELDS if name in found.cells]
    has_segment = "segment" in found.columns
    for start in range(0, len(found), AT_ONCE):
        refs = found.cells["id"].slice(start, AT_ONCE).to_pylist()
        segments = found.cells["segment"].slice(start, AT_ONCE).to_pylist()
        columns = [found.cells[name].slice(start, AT_ONCE).to_pylist() for name in texts]
        rows = zip(*columns, strict=True) if columns else iter([()] * len(refs))
        refused, bounced = found.refused[start : start + AT_ONCE], found.bounced[start : start + AT_ONCE]
        yield [
            Given(
                ref_of(str(ref)),
                segment if has_segment else None,
                dict(zip(texts, row, strict=True)),
                int(no),
                int(back),
            )
            for ref, segment, row, no, back in zip(refs, segments, rows, refused, bounced, strict=True)
        ]


def ref_of(text: str) -> str:
    """A contact's number as it is kept: one that is too long keeps its beginning and stays another than any that begins so."""
    if len(text) <= LONGEST_REF:
        return text
    return f"{text[: LONGEST_REF - 17]}…{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def take(row: ContactFile, *, by: Actor, at: datetime) -> Difference:
    """Takes the file over whole. Raises CannotError when it is no longer here or was taken over already."""
    same = ContactFile.objects.filter(program=row.program_id, digest=row.digest, state=TAKEN).first()
    if (
        same is not None
        and not ContactFile.objects.filter(program=row.program_id, state=TAKEN, ended_at__gt=same.ended_at).exists()
    ):
        raise CannotError(f"This very file was taken over last, as “{same}”. Nothing would change; set it aside.")
    found = read_contacts(_bytes(row), row.file, row.mapping)
    return take_over(row, given_of(found), by=by, at=at)


def headers_of(row: ContactFile) -> tuple[str, ...]:
    """The headers of a file that is looked over. Raises CannotError when it is no longer here."""
    return read_contacts(_bytes(row), row.file, {}).headers


def name_columns(row: ContactFile, said: Mapping[str, str], *, at: datetime) -> ContactTable:
    """Reads the file anew with the columns that somebody named, and remembers these for the next file with the same headers."""
    found = read_contacts(_bytes(row), row.file, said)
    with transaction.atomic():
        for name, value in _given(row.program, found).items():
            setattr(row, name, value)
        row.save()
        SavedMapping.objects.all().keep(row.program, TABLE, headers_digest(found.headers), dict(said), at=at)
    return found


def _bytes(row: ContactFile) -> bytes:
    if row.state != LOOKED or not row.place or not path_of(row.place).exists():
        raise CannotError(f"The file of “{row}” is no longer here. Bring it again.")
    return path_of(row.place).read_bytes()


def _keep(place: str, data: bytes) -> None:
    path = path_of(place)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
