"""Opening a round: who is asked is fixed, what is stored of them is made coarse enough, and tokens are made that name nobody.

It goes through “being opened”, in many short transactions, since a hundred thousand people take a while and others write meanwhile.
Until the last of them nobody can answer and no mail waits. What breaks off ends as a draft again, without key and tokens; what is killed
is begun anew at the next start.
"""

import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from functools import partial

from django.db import transaction

from commonground.access.actor import Actor
from commonground.assessments.admitting import Guard, admit, take_back
from commonground.assessments.in_days import DRAFT, OPEN
from commonground.assessments.instruments import Instrument
from commonground.assessments.invitations import begin_mail, write_mail
from commonground.assessments.library import instrument_of
from commonground.assessments.population import Prepared, prepare
from commonground.assessments.rounds import ATTRIBUTES, FIRST, OPENING, Round
from commonground.assessments.tokens import destroy_key, key_of, make_key
from commonground.disclosure.thresholds import SCORES, threshold_of
from commonground.journal.recording import record
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of


def prepared(round: Round, day: date) -> Prepared:
    """Whom the round would ask if it opened on the day, and what would be stored of them."""
    attributes = [name for name in round.attributes if name in ATTRIBUTES]
    return prepare(round.population, attributes, threshold=threshold_for(round), day=day)


def threshold_for(round: Round) -> int:
    """The fewest people that its results may stand for: its own, never below that of the house."""
    return max(round.threshold, threshold_of(SCORES)) if round.state in (DRAFT, OPENING) else round.threshold


def refusals(round: Round, people: int, day: date) -> Iterator[str]:
    """Why the round cannot open as it is, in sentences with the remedy. people: how many it would ask."""
    instrument = instrument_of(round.program, round.instrument)
    if instrument is None:
        yield f"“{round.instrument}” cannot be asked: it is gone, or its words were not typed in yet. Choose an instrument with words."
    elif not set(round.languages) <= set(instrument.languages) or not round.languages:
        yield f"“{instrument.name}” has no words in every language that is asked for. Choose from those it has."
    if round.closes_on < max(round.opens_on, day):
        yield "Its last day is over before anybody could answer. Give a later one."
    if people < threshold_for(round):
        yield (
            f"It would ask {people} people, and a result stands for at least {threshold_for(round)}. "
            "Ask more units or levels, or draw a larger sample."
        )
    if not round.tables:
        yield "It has no table to be published. Choose at least the whole."
    stray = sorted({name for table in round.tables for name in table} - set(round.attributes))
    if stray:
        yield f"A table compares by {ATTRIBUTES.get(stray[0], stray[0])}, which is not stored. Add it to what is stored, or drop the table."


class OvertakenError(RuntimeError):
    """Somebody else has begun to open the round, or it is not being opened any more."""


def begin_opening(round: Round, *, by: Actor, at: datetime) -> None:
    """From draft to “being opened”; `carry_on` does the rest. Raises CannotError for any other state."""
    with transaction.atomic():
        held = Round.objects.select_for_update().get(pk=round.pk)
        held.refuse_unless(DRAFT, "opened")
        Round.objects.filter(pk=round.pk).update(state=OPENING, attempt="", invited=0)
        record("began to open a round", held, by=by, at=at)
    round.state = OPENING


def open_round(round: Round, *, by: Actor, at: datetime) -> Round:
    """Opens a round at once: `begin_opening`, `carry_on` and its mail. Raises CannotError with what is in the way; it is a draft then."""
    begin_opening(round, by=by, at=at)
    carry_on(round, by=by, at=at)
    write_mail(round)
    return round


def carry_on(round: Round, *, by: Actor, at: datetime) -> None:
    """Opens a round that is being opened: freezes instrument, names, threshold and tables, makes combinations, invitations and tokens.

    Begins anew whatever was done before. Raises CannotError with what is in the way; the round is a draft again then, and so after any
    other failure. Does nothing when the round is not being opened, or when a later call has taken it over.
    """
    attempt = secrets.token_hex(16)
    if not Round.objects.filter(pk=round.pk, state=OPENING).update(attempt=attempt):
        return
    guard = partial(_refuse_overtaken, round.pk, attempt)
    try:
        round.refresh_from_db()
        _open(round, guard, by=by, at=at)
    except OvertakenError:
        round.refresh_from_db()
    except BaseException as fault:
        _back_to_draft(round, attempt, str(fault) if isinstance(fault, CannotError) else "It broke off.", by=by, at=at)
        raise


def _refuse_overtaken(pk: int, attempt: str) -> None:
    if not Round.objects.filter(pk=pk, state=OPENING, attempt=attempt).exists():
        raise OvertakenError(f"Round {pk} is opened by somebody else.")


def _open(round: Round, guard: Guard, *, by: Actor, at: datetime) -> None:
    take_back(round, guard)
    day = day_of(at)
    found = prepared(round, day)
    if why := list(refusals(round, len(found.asked), day)):
        raise CannotError(" ".join(why))
    instrument = instrument_of(round.program, round.instrument)
    assert instrument is not None  # noqa: S101 - refused above
    Round.objects.filter(pk=round.pk).update(invited=len(found.asked))
    key = make_key(round.pk)
    admit(round, found, key, guard)
    with transaction.atomic():
        guard()
        if key_of(round.pk) != key:
            raise OvertakenError(f"The key of round {round.pk} is another one by now.")
        _freeze(round, found, instrument, at)
        values = {"invited": round.invited, "threshold": round.threshold, "tables": round.tables}
        record("opened a round", round, by=by, at=at, values=values, facts=("rounds",))


def _back_to_draft(round: Round, attempt: str, why: str, *, by: Actor, at: datetime) -> None:
    """Takes away what was made, the key first. Leaves the round alone when a later call has taken it over."""
    guard = partial(_refuse_overtaken, round.pk, attempt)
    with suppress(OvertakenError):  # the later call does what is left
        guard()
        destroy_key(round.pk)
        take_back(round, guard)
        with transaction.atomic():
            guard()
            Round.objects.filter(pk=round.pk).update(state=DRAFT, attempt="", invited=0)
            record("did not open a round", round, by=by, at=at, why=why)
    round.refresh_from_db()


def _freeze(round: Round, found: Prepared, instrument: Instrument, at: datetime) -> None:
    assert found.coarse is not None  # noqa: S101 - refused above
    reached = found.reached()
    round.threshold = threshold_for(round)
    round.state, round.opened_at, round.attempt = OPEN, at, ""
    round.items = instrument.written()
    round.names = found.names.written(found.attributes, found.coarse.stored)
    round.invited, round.by_mail, round.by_slip = len(found.asked), reached["mail"], reached["slip"]
    begin_mail(round, FIRST, at=at)
    round.save()
