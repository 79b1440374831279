"""Writes who is invited to a round, and its tokens, in many short transactions, so that others can write in between."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, TypeVar

from django.db import connection, models, transaction

from commonground.access.unordered import random_pk
from commonground.analysis.coarsening import Combination as Values
from commonground.assessments.population import Prepared
from commonground.assessments.rounds import SLIP, Combination, Invited, Round
from commonground.assessments.tokens import Token, digest_of, personal, slip

AT_A_TIME: Final = 2500  # rows: about a twentieth of a second
PAUSE: Final = 0.05  # seconds; who waits for SQLite asks again that soon
Row = TypeVar("Row")
Guard = Callable[[], None]  # raises when somebody else has taken the round over; asked inside each transaction


def in_turns(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """The rows, so many at a time, with a pause after each: SQLite keeps no queue, so without one others might never have their turn."""
    left = iter(rows)
    some = list(islice(left, size))
    while some:
        yield some
        if some := list(islice(left, size)):
            time.sleep(PAUSE)


def admit(round: Round, found: Prepared, key: bytes, guard: Guard) -> None:
    """Writes combinations, invitations and tokens; tokens in the order of their digests, which is none."""
    rows = _combinations(round, found, guard)
    of = {one.person: rows[found.combination_of(one)] for one in found.asked}
    _insert(
        Invited,
        ("round_id", "person_id", "combination_id", "by"),
        ((round.pk, one.person, of[one.person].pk, one.by) for one in sorted(found.asked, key=lambda one: one.person)),
        guard,
    )
    made = [(personal(key, one.person), of[one.person], False) for one in found.asked if one.by != SLIP]
    made += [(slip(key, row.pk, number), row, True) for row in rows.values() for number in range(1, row.slips + 1)]
    write_tokens(round, made, guard)


def _combinations(round: Round, found: Prepared, guard: Guard) -> dict[Values, Combination]:
    assert found.coarse is not None  # noqa: S101 - whoever opens has refused too few before
    slips = Counter(found.combination_of(one) for one in found.asked if one.by == SLIP)
    rows = {
        values: Combination(
            round=round,
            values=dict(zip(found.attributes, values, strict=True)),
            label=found.names.label(found.attributes, values)[:300],
            invited=people,
            slips=slips[values],
        )
        for values, people in sorted(found.coarse.stored.items(), key=lambda one: str(one[0]))
    }
    for some in in_turns(rows.values(), AT_A_TIME):
        with transaction.atomic():
            guard()
            Combination.objects.bulk_create(some, batch_size=500)
    return rows


def write_tokens(round: Round, made: Iterable[tuple[str, Combination, bool]], guard: Guard = lambda: None) -> None:
    """Keeps digests of tokens (the token, its combination, whether it is printed) under random keys."""
    rows = sorted((digest_of(token), row.pk, printed) for token, row, printed in made)
    columns = ("id", "round_id", "combination_id", "digest", "spent", "printed")
    _insert(
        Token, columns, ((random_pk(), round.pk, row, digest, False, printed) for digest, row, printed in rows), guard
    )


def _insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]], guard: Guard) -> None:
    """Many rows, without making an object of each."""
    quoted = connection.ops.quote_name
    names, places = ", ".join(map(quoted, columns)), ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quoted(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 - of names in this module
    for some in in_turns(rows, AT_A_TIME):
        with transaction.atomic(), connection.cursor() as cursor:
            guard()
            cursor.executemany(statement, some)


def take_back(round: Round, guard: Guard) -> None:
    """Deletes all that `admit` has written of a round that nobody could answer yet."""
    for model in (Token, Invited, Combination):
        rows = list(model._base_manager.filter(round=round).values_list("pk", flat=True))
        for some in in_turns(rows, AT_A_TIME):
            with transaction.atomic():
                guard()
                model._base_manager.filter(pk__in=some).delete()


def written(round: Round) -> int:
    """How far opening is, as rows of people and tokens: twice as many as people when it is done."""
    return Invited.objects.filter(round=round).count() + Token.objects.filter(round=round).count()
