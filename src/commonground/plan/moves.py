"""Several activities moved in one step."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from commonground.access.actor import Actor
from commonground.programs.models import Activity


def move_all(moves: Sequence[tuple[Activity, date]], *, by: Actor, at: datetime) -> None:
    """Each begins on another day; all or none. Raises CannotError for what was delivered or is not open."""
    with transaction.atomic():
        for row, to in moves:
            row.shift(to, by=by, at=at)
