"""The end of a round of nominations: closed, its candidates told in bands; or cancelled; its namings deleted when champions are chosen."""

from collections import Counter
from datetime import date, datetime

from django.db import transaction

from commonground.access.actor import Actor
from commonground.access.unordered import random_pk
from commonground.analysis.coalition.namings import LEAST_TAKEN, bands
from commonground.assessments.in_days import CANCELLED, CLOSED, OPEN
from commonground.coalition.ballots import Ballot, Box, NoKeyError, destroy
from commonground.coalition.naming import OptOut
from commonground.coalition.nominations import SELECTED, Candidate, Nomination
from commonground.journal.recording import record
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of


def close(row: Nomination, *, by: Actor, at: datetime) -> None:
    """Takes no further names, and reckons once who was named often enough to be told of.

    There is no way back: a count that could be taken again would tell who came in between. Raises CannotError when it is not open, or
    its key is gone.
    """
    with transaction.atomic():
        held = Nomination.objects.select_for_update().get(pk=row.pk)
        held.refuse_unless(OPEN, "closed")
        try:
            box = Box(held)
        except NoKeyError as gone:
            raise CannotError(str(gone)) from gone
        taken = Ballot.objects.filter(nomination=held).count()
        held.share_on = None
        held.share_told(max(day_of(at), held.opens_on), taken)
        held.state, held.closed_at, held.told = CLOSED, at, taken >= LEAST_TAKEN
        held.save(update_fields=["state", "closed_at", "told"])
        Candidate.objects.bulk_create(_candidates(held, box, taken, held.last_day))
        record("closed a round of nominations", held, by=by, at=at)
    row.refresh_from_db()


def _candidates(row: Nomination, box: Box, taken: int, day: date) -> list[Candidate]:
    """Those who were named often enough, in bands, under ids of chance."""
    day = max(day, row.opens_on)
    count = Counter(colleague for named in box.all().values() for colleague in named)
    for gone in OptOut.objects.values_list("person", flat=True):
        count.pop(gone, None)
    asked = dict(row.people_asked(day).values_list("person", "manager"))
    reports = Counter(manager for manager in asked.values() if manager is not None)
    people = sorted(count)
    could = [len(asked) - (person in asked) - reports[person] for person in people]
    found = bands([count[person] for person in people], could, taken)
    rows = [
        Candidate(pk=random_pk(), nomination=row, person_id=person, least=band.least, most=band.most)
        for person, band in zip(people, found, strict=True)
        if band is not None
    ]
    return sorted(rows, key=lambda one: one.pk)


def cancel(row: Nomination, *, why: str, by: Actor, at: datetime) -> None:
    """Ends a round from which nobody was chosen: its namings are deleted. There is no way back."""
    if not why.strip():
        raise CannotError("Say why it is cancelled: those who named somebody may ask, and the journal keeps it.")
    with transaction.atomic():
        held = Nomination.objects.select_for_update().get(pk=row.pk)
        if held.state not in (OPEN, CLOSED):
            held.refuse_unless(OPEN, "cancelled")
        _end(held, CANCELLED, at)
        record("cancelled a round of nominations", held, by=by, at=at, why=why.strip())
    row.refresh_from_db()


def selected(row: Nomination, *, by: Actor, at: datetime) -> None:
    """Champions were chosen from it: who named whom is deleted, and the key destroyed. To be called in the transaction of asking them."""
    held = Nomination.objects.select_for_update().get(pk=row.pk)
    held.refuse_unless(CLOSED, "used for choosing champions")
    _end(held, SELECTED, at)
    record("deleted who named whom", held, by=by, at=at, values={"what": "namings, bands and key, after the choice"})


def forget(row: Nomination, *, by: Actor, at: datetime) -> None:
    """Deletes the namings of a round from which nobody was chosen in time."""
    with transaction.atomic():
        held = Nomination.objects.select_for_update().get(pk=row.pk)
        _end(held, held.state if held.state in (SELECTED, CANCELLED) else CANCELLED, at)
        record("deleted who named whom", held, by=by, at=at, values={"what": "namings, bands and key, by retention"})


def _end(row: Nomination, state: str, at: datetime) -> None:
    row.state, row.closed_at, row.forgotten_on = state, row.closed_at or at, day_of(at)
    row.save(update_fields=["state", "closed_at", "forgotten_on"])
    Candidate.objects.filter(nomination=row).delete()
    row.selections.exclude(state="accepted").delete()  # they name people who were proposed and never asked
    destroy(row)
