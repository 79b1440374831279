"""What can be done with a round while it is open: more days, more printed codes."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum

from commonground.access.actor import Actor
from commonground.assessments.admitting import write_tokens
from commonground.assessments.in_days import OPEN
from commonground.assessments.rounds import SLIP, Combination, Invited, Round
from commonground.assessments.tokens import NoKeyError, key_of, slip
from commonground.journal.recording import record
from commonground.programs.register import CannotError
from commonground.ui.words import day as written_day

LONGEST = 60  # days by which a round can be extended


def extend(round: Round, *, until: date, why: str, by: Actor, at: datetime) -> None:
    """Gives an open round a later last day, once: who waited for the end must be able to rely on the second.

    Raises CannotError for a round that is not open, was extended before, or a day that is not later.
    """
    round.refuse_unless(OPEN, "extended")
    if round.extended:
        raise CannotError(
            f"“{round}” was extended before, to {written_day(round.closes_on)}. A second time is one too many: close it."
        )
    if not 0 < (until - round.closes_on).days <= LONGEST:
        raise CannotError(
            f"Its last day is {written_day(round.closes_on)}. Give a later one, by {LONGEST} days at most."
        )
    with transaction.atomic():
        before, round.closes_on, round.extended = round.closes_on, until, True
        round.save(update_fields=["closes_on", "extended"])
        values = {"before": before, "after": until}
        record("extended a round", round, by=by, at=at, why=why, values=values, facts=("rounds",))


def codes_of(combination: Combination) -> list[str]:
    """The printed codes of a combination, made again from the key. Raises CannotError when the key is gone."""
    key = _key(combination.round_id)
    return [slip(key, combination.pk, number) for number in range(1, combination.slips + 1)]


def codes_beyond(round: Round, combination: Combination | None = None) -> int:
    """How many codes were printed beyond the people who have no other way, of one combination or of all. Whoever is reached by mail or can
    sign in and draws one too could answer twice; which they are is known to nobody."""
    rows = Combination.objects.filter(round=round)
    people = Invited.objects.filter(round=round, by=SLIP)
    if combination is not None:
        rows, people = rows.filter(pk=combination.pk), people.filter(combination=combination)
    return max(0, (rows.aggregate(codes=Sum("slips"))["codes"] or 0) - people.count())


def print_more(combination: Combination, count: int, *, by: Actor, at: datetime) -> None:
    """Makes more printed codes for a combination, for slips that were lost or people without an address.

    Each is a further right to answer, so there are never more of them than people invited. Raises CannotError beyond that.
    """
    round = combination.round
    round.refuse_unless(OPEN, "given more codes")
    if not 0 < count <= combination.invited - combination.slips:
        raise CannotError(
            f"“{combination}” has {combination.invited} people and {combination.slips} printed codes. There are never more codes than "
            "people: each lets somebody answer."
        )
    key = _key(round.pk)
    with transaction.atomic():
        made = [
            (slip(key, combination.pk, combination.slips + number), combination, True) for number in range(1, count + 1)
        ]
        write_tokens(round, made)
        combination.slips += count
        combination.save(update_fields=["slips"])
        record("made printed codes", round, by=by, at=at, values={"codes": count, "for": combination.label})


def _key(round_pk: int) -> bytes:
    try:
        return key_of(round_pk)
    except NoKeyError as gone:
        raise CannotError(str(gone)) from gone
