"""From what a mailing tool wrote to something that can be looked over. The file lies in the data folder until it is taken over."""

import hashlib
import os
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from commonground.access.actor import Actor
from commonground.communication.came_back import LOOKED, TAKEN, CameBack, path_of
from commonground.communication.sendings import TAKEN as OUT
from commonground.communication.sendings import Sending
from commonground.intake.came_back_files import Known, Returns, known_of, read_returns
from commonground.intake.log_uploads import headers_digest
from commonground.intake.models import SavedMapping
from commonground.intake.problems import BadInput
from commonground.journal.recording import record
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of

TABLE: Final = "came back"  # under which mappings are kept beside those of sheets
LARGEST: Final = 50_000_000  # bytes
KEPT_OUT: Final = 1000  # rows of which it is told why they are kept out


def bring(sending: Sending, upload: "UploadedFile[Any]", *, by: Actor, at: datetime) -> CameBack:
    """Reads a file and keeps what it says of a list to be looked over.

    Raises BadInput for a file that cannot be read, CannotError for a list that is not out and for a file that is taken over already.
    """
    if sending.state != OUT:
        raise CannotError(f"The list of “{sending}” is not out, so nothing can come back of it.")
    if (upload.size or 0) > LARGEST:
        raise BadInput(f"{upload.name} is larger than {LARGEST // 1_000_000} MB. Bring it in parts.")
    data, name = upload.read(), str(upload.name or "file")[-150:]
    if not data:
        raise BadInput(f"{name} is empty. Bring the file that your tool wrote.")
    digest = hashlib.sha256(data).hexdigest()
    same = CameBack.objects.filter(sending=sending, digest=digest, state=TAKEN).first()
    if same is not None:
        raise CannotError(f"This very file was taken over already, as “{same}”. Nothing is counted twice.")
    known, today = _known(sending), day_of(at)
    found = read_returns(data, name, known, today=today)
    said = SavedMapping.objects.of(sending.program, TABLE, headers_digest(found.headers))
    if said is not None:
        found = read_returns(data, name, known, today=today, columns=said)
    row = CameBack(program=sending.program, sending=sending, file=name, digest=digest, place=secrets.token_hex(8))
    row.brought_at = at
    _hold(row, found)
    with transaction.atomic():
        row.save(force_insert=True)
        values = {"file": name, "rows": len(found.rows)}
        record("brought what came back", row, by=by, at=at, values=values, readers=sending.sealed_readers())
        _keep(row.place, data)
    return row


def _known(sending: Sending) -> Known:
    there = sending.contacts.order_by().values_list("pk", "contact__ref", f"contact__{sending.channel}")
    return known_of(sending.channel, list(there))


def _hold(row: CameBack, found: Returns) -> None:
    row.hold(found.rows, strangers=found.strangers, silent=found.silent)
    row.kept_out = [list(one) for one in found.kept_out[:KEPT_OUT]]
    row.left_out, row.mapping = found.left_out, dict(found.columns)


def _keep(place: str, data: bytes) -> None:
    path = path_of(place)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)


def _bytes(row: CameBack) -> bytes:
    if row.state != LOOKED or not row.place or not path_of(row.place).exists():
        raise CannotError(
            f"The file of “{row}” is no longer here, so its columns cannot be named anew. Bring it again."
        )
    return path_of(row.place).read_bytes()


def headers_of(row: CameBack) -> tuple[str, ...]:
    """The headers of a file that is looked over. Raises CannotError when it is no longer here."""
    return read_returns(_bytes(row), row.file, Known("", {}, {}), today=day_of(row.brought_at), columns={}).headers


def name_columns(row: CameBack, said: Mapping[str, str], *, at: datetime) -> Returns:
    """Reads the file anew with the columns that somebody named, and remembers them. Raises CannotError when it is no longer here."""
    found = read_returns(_bytes(row), row.file, _known(row.sending), today=day_of(at), columns=said)
    _hold(row, found)
    with transaction.atomic():
        row.save()
        SavedMapping.objects.all().keep(row.program, TABLE, headers_digest(found.headers), dict(said), at=at)
    return found
