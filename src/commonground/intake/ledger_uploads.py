"""From an uploaded export of a ledger to a file that can be looked over. It lies in the data folder until it is taken over or set aside."""

import hashlib
import os
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from commonground.access.actor import Actor
from commonground.analysis.plan.ledger import WHOLE
from commonground.intake.ledger_files import Ledger, read_ledger
from commonground.intake.log_uploads import headers_digest
from commonground.intake.models import SavedMapping
from commonground.intake.problems import BadInput
from commonground.plan.budgets import currency_of
from commonground.plan.ledgers import LOOKED, LedgerFile, path_of
from commonground.programs.models import Program
from commonground.programs.register import CannotError

TABLE: Final = "ledger"  # under which mappings of ledgers are kept beside those of sheets
PREFER: Final = "prefer"  # in a mapping: how days are read that could be read in two ways
LARGEST: Final = 20_000_000  # bytes
KEPT_OUT: Final = 1000  # rows of which it is told why they are kept out


def bring(program: Program, upload: "UploadedFile[Any]", *, total: int | None, by: Actor, at: datetime) -> LedgerFile:
    """Reads a file and keeps what it holds to be looked over. total: of the ledger, where the file does not state it.

    Raises BadInput for a file that cannot be read, CannotError for one that is taken over already.
    """
    if (upload.size or 0) > LARGEST:
        raise BadInput(f"{upload.name} is larger than {LARGEST // 1_000_000} MB. Export it in parts, such as years.")
    data, name = upload.read(), str(upload.name or "ledger")[-150:]
    if not data:
        raise BadInput(f"{name} is empty. Bring the export that your ledger wrote.")
    currency = currency_of(program)
    found = read_ledger(data, name, currency=currency)
    known = SavedMapping.objects.of(program, TABLE, headers_digest(found.headers))
    if known is not None:
        found = _read_as(data, name, currency, known)
    place = secrets.token_hex(8)
    with transaction.atomic():
        row = LedgerFile.objects.look(
            program,
            found.bookings,
            file=name,
            digest=hashlib.sha256(data).hexdigest(),
            place=place,
            **_given(found, known or {}, total),
            by=by,
            at=at,
        )
        _keep(place, data)
    return row


def _read_as(data: bytes, name: str, currency: str, said: Mapping[str, str]) -> Ledger:
    columns = {ours: header for ours, header in said.items() if ours != PREFER}
    return read_ledger(data, name, currency=currency, columns=columns, prefer=said.get(PREFER) or None)


def _given(found: Ledger, said: Mapping[str, str], total: int | None) -> dict[str, Any]:
    stated = dict(found.stated)
    if total is not None:
        stated[WHOLE] = total
    prefer = {PREFER: said[PREFER]} if said.get(PREFER) else {}
    return {
        "stated": stated,
        "kept_out": [list(one) for one in found.kept_out[:KEPT_OUT]],
        "left_out": found.left_out,
        "mapping": {**found.columns, **prefer},
    }


def _keep(place: str, data: bytes) -> None:
    path = path_of(place)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)


def headers_of(row: LedgerFile) -> tuple[str, ...]:
    """The headers of a file that is looked over. Raises CannotError when it is no longer here."""
    return read_ledger(_bytes(row), row.file, currency="EUR", columns={}).headers


def _bytes(row: LedgerFile) -> bytes:
    if row.state != LOOKED or not row.place or not path_of(row.place).exists():
        raise CannotError(
            f"The file of “{row}” is no longer here, so its columns cannot be named anew. Bring it again."
        )
    return path_of(row.place).read_bytes()


def name_columns(row: LedgerFile, said: Mapping[str, str], *, at: datetime) -> Ledger:
    """Reads the file anew with the columns that somebody named, and remembers these for the next file with the same headers.

    Raises CannotError when it is no longer here.
    """
    found = _read_as(_bytes(row), row.file, currency_of(row.program), said)
    total = row.stated.get(WHOLE)
    with transaction.atomic():
        for name, value in _given(found, said, total if WHOLE not in found.stated else None).items():
            setattr(row, name, value)
        row.save()
        row.write(found.bookings)
        SavedMapping.objects.all().keep(row.program, TABLE, headers_digest(found.headers), dict(said), at=at)
    return found
