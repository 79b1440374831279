"""Makes the stored periods of one thing those of a line, by way of a batch."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from commonground.intake.batch import Batch
from commonground.organization.timeline import EVER, FOREVER, Line


def sync(batch: Batch, model: type[models.Model], rows: Sequence[Any], line: Line[Any], **owner: int) -> None:
    """rows: all periods of the thing as stored. owner: the column that says of which thing, and its id."""
    known = {row.start or EVER: row for row in rows}
    wanted = {span.start for span in line}
    for start, row in known.items():
        if start not in wanted:
            batch.remove(row)
    for span in line:
        values = {
            "start": None if span.start == EVER else span.start,
            "end": None if span.end == FOREVER else span.end,
            **span.value._asdict(),
        }
        row = known.get(span.start)
        if row is None:
            batch.add(model, {**owner, **values})
        else:
            batch.change(row, values)
