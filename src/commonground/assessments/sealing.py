"""What makes answers unlinkable once a round is over: what could tie an answer to a token, a time or an order is destroyed.

What stays on the disk by chance goes as well: SQLite keeps deleted rows in its free pages and writes in its journal of changes, and
both are emptied. It cannot run inside a transaction and is safe to repeat.
"""

import random
import time
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from commonground.access.actor import Actor
from commonground.access.unordered import random_pk
from commonground.assessments.answering import Answer
from commonground.assessments.in_days import CANCELLED, DRAFT, OPEN
from commonground.assessments.rounds import OPENING, Round
from commonground.assessments.tokens import Token, destroy_key, key_path
from commonground.journal.recording import record
from commonground.outbox.models import Message
from commonground.programs.register import CannotError

INVITATION: Final = "invitation"
SHUFFLE: Final = random.SystemRandom()
TRIES, WAIT = 100, 0.1  # seconds; a reader of one page is gone after the first


def messages_of(round_pk: int) -> str:
    """What the references of a round's mail begin with."""
    return f"round:{round_pk}/"


def seal(round: Round, *, by: Actor, at: datetime) -> None:
    """Deletes the tokens, writes the answers anew in another order, destroys the key, and wipes what was deleted.

    Whoever closes calls it after the tables are stored; called again it finishes what a crash left undone, and `Round.sealed` says
    whether it came to its end. Inside a transaction the last part waits for its commit. Raises CannotError while the round is open.
    """
    if Round.objects.filter(pk=round.pk, state__in=(DRAFT, OPENING, OPEN)).exists():
        raise CannotError(f"“{round}” is not over, so it cannot be sealed. Close it first.")
    with transaction.atomic():
        _forget_mail(round, at)
        Token.objects.filter(round=round).delete()
        _shuffle(round)
    transaction.on_commit(lambda: _finish(round, by, at))


def _finish(round: Round, by: Actor, at: datetime) -> None:
    destroy_key(round.pk)
    wipe()
    with transaction.atomic():
        if Round.objects.filter(pk=round.pk, sealed=False).update(sealed=True):
            what = "tokens and key destroyed, answers written in another order"
            record("sealed a round", round, by=by, at=at, values={"what": what})
    round.sealed = True


def cancel(round: Round, *, why: str, by: Actor, at: datetime) -> None:
    """Ends an open round without results: all answers are deleted and nothing is published. There is no way back."""
    if not why.strip():
        raise CannotError("Say why it is cancelled: those who answered are told, and the journal keeps it.")
    with transaction.atomic():
        if not Round.objects.filter(pk=round.pk, state=OPEN).update(state=CANCELLED, closed_at=at):
            Round.objects.get(pk=round.pk).refuse_unless(OPEN, "cancelled")
        Answer.objects.filter(round=round).delete()
        record("cancelled a round", round, by=by, at=at, why=why.strip(), facts=("rounds",))
    round.state, round.closed_at = CANCELLED, at
    seal(round, by=by, at=at)


def _forget_mail(round: Round, at: datetime) -> None:
    """Keeps back what still waits, and erases whom mail went to: when it went would stand beside them."""
    prefix = messages_of(round.pk)
    Message.objects.cancel(kind=INVITATION, secret_prefix=prefix, at=at, why="The round is over.")
    Message.objects.forget(kind=INVITATION, secret_prefix=prefix, at=at)


def _shuffle(round: Round) -> None:
    """The same answers under new random keys, written in a random order."""
    rows = list(Answer.objects.filter(round=round).values_list("combination_id", "values"))
    SHUFFLE.shuffle(rows)
    Answer.objects.filter(round=round).delete()
    made = [
        Answer(pk=random_pk(), round=round, combination_id=combination, values=values) for combination, values in rows
    ]
    Answer.objects.bulk_create(made, batch_size=500)


def unsealed() -> list[Round]:
    """Rounds that are over and whose sealing was interrupted; whoever starts the instance finishes them."""
    return list(Round.objects.exclude(state__in=(DRAFT, OPENING, OPEN)).filter(sealed=False))


def wipe() -> None:
    """Empties SQLite's journal of changes and its free pages. On PostgreSQL the two tables are rewritten; its log keeps them for a while.

    Raises RuntimeError inside a transaction, and when others read for so long that the journal of changes could not be emptied.
    """
    if connection.in_atomic_block:
        raise RuntimeError("What was deleted cannot be wiped inside a transaction; call it after the commit.")
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute(f"VACUUM FULL {Answer._meta.db_table}")
            cursor.execute(f"VACUUM FULL {Token._meta.db_table}")
            return
        cursor.execute("VACUUM")
        for _ in range(TRIES):
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if not busy:
                return
            time.sleep(WAIT)
    raise RuntimeError(
        "Others read without a pause, so SQLite's journal of changes is not empty yet. Seal the round again."
    )


def without_key() -> list[Round]:
    """Open rounds whose key is not here, most likely since the instance was restored: they can be answered, but nobody can be invited."""
    return [round for round in Round.objects.filter(state=OPEN) if not key_path(round.pk).exists()]
