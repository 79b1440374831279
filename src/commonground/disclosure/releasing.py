"""The ledger: one row for each set of results about people that was made to be shown."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

from commonground.disclosure.models import Release


def release(  # noqa: PLR0913 - one argument a column of the ledger
    *,
    kind: str,
    subject: str,
    subject_key: str,
    threshold: int,
    cells: int,
    withheld: int,
    content: Any,
    at: datetime,
    program: str = "",
    groups_left_out: int = 0,
    first: date | None = None,
    last: date | None = None,
) -> Release:
    """Writes down that a set of results is stored to be shown; whoever stores results calls it in the same transaction.

    content: the results themselves, of plain values: only a digest of them is kept. Results that are the same as those released last of
    this subject, under the same threshold, are no further release: the row that is there is given back.
    """
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
    before = Release.objects.filter(kind=kind, subject_key=subject_key).order_by("-pk").first()
    if before is not None and (before.digest, before.threshold) == (digest, threshold):
        return before
    return Release.objects.create(
        kind=kind,
        subject=subject[:200],
        subject_key=subject_key,
        program=program,
        threshold=threshold,
        cells=cells,
        withheld=withheld,
        groups_left_out=groups_left_out,
        first=first,
        last=last,
        digest=digest,
        at=at,
    )
