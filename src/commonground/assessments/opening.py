"""Opening a round: who is asked is fixed, what is stored of them is made coarse enough, and tokens are made that name nobody."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from commonground.access.actor import Actor
from commonground.analysis.coarsening import Combination as Values
from commonground.assessments.instruments import Instrument
from commonground.assessments.invitations import invite
from commonground.assessments.library import instrument_of
from commonground.assessments.population import Prepared, prepare
from commonground.assessments.rounds import ATTRIBUTES, DRAFT, OPEN, SLIP, Combination, Invited, Round, day_of
from commonground.assessments.tokens import Token, destroy_key, digest_of, make_key, personal, random_pk, slip
from commonground.disclosure.thresholds import SCORES, threshold_of
from commonground.journal.recording import record
from commonground.programs.register import CannotError


def prepared(round: Round, day: date) -> Prepared:
    """Whom the round would ask if it opened on the day, and what would be stored of them."""
    attributes = [name for name in round.attributes if name in ATTRIBUTES]
    return prepare(round.population, attributes, threshold=threshold_for(round), day=day)


def threshold_for(round: Round) -> int:
    """The fewest people that its results may stand for: its own, never below that of the house."""
    return max(round.threshold, threshold_of(SCORES)) if round.state == DRAFT else round.threshold


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


def open_round(round: Round, *, by: Actor, at: datetime) -> Round:
    """Opens a round: freezes instrument, names, threshold and tables, and makes combinations, invitations and tokens.

    Raises CannotError with what is in the way. The key is on the disk before any token is; if anything fails, it is destroyed.
    """
    Round.objects.get(pk=round.pk).refuse_unless(DRAFT, "opened")
    day = day_of(at)
    found = prepared(round, day)
    if why := list(refusals(round, len(found.asked), day)):
        raise CannotError(" ".join(why))
    instrument = instrument_of(round.program, round.instrument)
    assert instrument is not None  # noqa: S101 - refused above
    key = make_key(round.pk)
    try:
        with transaction.atomic():
            if not Round.objects.filter(pk=round.pk, state=DRAFT).update(state=OPEN):
                raise CannotError(f"“{round}” was opened by somebody else a moment ago. Look at its page.")
            _freeze(round, found, instrument, at)
            _invite(round, found, key)
            invite(round, at=at)
            values = {"invited": round.invited, "threshold": round.threshold, "tables": round.tables}
            record("opened a round", round, by=by, at=at, values=values, facts=("rounds",))
    except BaseException:
        if Round.objects.filter(pk=round.pk, state=DRAFT).exists():
            destroy_key(round.pk)
            round.state = DRAFT
        raise
    return round


def _freeze(round: Round, found: Prepared, instrument: Instrument, at: datetime) -> None:
    assert found.coarse is not None  # noqa: S101 - refused above
    reached = found.reached()
    round.threshold = threshold_for(round)
    round.state, round.opened_at = OPEN, at
    round.items = instrument.written()
    round.names = found.names.written(found.attributes, found.coarse.stored)
    round.invited, round.by_mail, round.by_slip = len(found.asked), reached["mail"], reached["slip"]
    round.save()


def _invite(round: Round, found: Prepared, key: bytes) -> None:
    """Writes who is invited, and tokens in the order of their digests, which is none."""
    assert found.coarse is not None  # noqa: S101 - refused above
    slips = Counter(found.combination_of(one) for one in found.asked if one.by == SLIP)
    rows: dict[Values, Combination] = {
        values: Combination(
            round=round,
            values=dict(zip(found.attributes, values, strict=True)),
            label=found.names.label(found.attributes, values)[:300],
            invited=people,
            slips=slips[values],
        )
        for values, people in sorted(found.coarse.stored.items(), key=lambda one: str(one[0]))
    }
    Combination.objects.bulk_create(rows.values(), batch_size=500)
    Invited.objects.bulk_create(
        (
            Invited(round=round, person_id=one.person, combination=rows[found.combination_of(one)], by=one.by)
            for one in sorted(found.asked, key=lambda one: one.person)
        ),
        batch_size=1000,
    )
    made = [
        (personal(key, one.person), rows[found.combination_of(one)], False) for one in found.asked if one.by != SLIP
    ]
    made += [(slip(key, row.pk, number), row, True) for row in rows.values() for number in range(1, row.slips + 1)]
    write_tokens(round, made)


def write_tokens(round: Round, made: list[tuple[str, Combination, bool]]) -> None:
    """Keeps digests of tokens under random keys."""
    tokens = [
        Token(pk=random_pk(), round=round, combination=row, digest=digest_of(token), printed=printed)
        for token, row, printed in made
    ]
    Token.objects.bulk_create(sorted(tokens, key=lambda token: token.digest), batch_size=1000)
