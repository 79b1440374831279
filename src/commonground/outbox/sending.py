"""Sends what is due. Nobody twice, nobody forgotten, however often and wherever the sender dies.

Each step that matters is one committed UPDATE that only succeeds for the sender that has the claim:

    waiting → sending      before the line speaks of it; found later without its sender: back to waiting, nothing can have been taken
    sending → handing      all was said but the final dot; a sender whose claim was taken away meanwhile fails here and says no dot
    handing → sent …       after the server's answer; found later without its sender: uncertain, and a person decides

So it does not matter whether a sender that seems dead still lives.
"""

import os
import secrets as randoms
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import TypeVar

from django.db import OperationalError, connection

from commonground.outbox import states
from commonground.outbox.models import TEST_BODY, Channel, Message, MessageQuerySet
from commonground.outbox.post import Line, Refused, Unknown, Unreachable
from commonground.outbox.secrets import NothingToSend, filled
from commonground.outbox.way import Way, way

# waits after each temporary refusal; after the last one it is given up, a day after the first try
WAITS = (timedelta(minutes=5), timedelta(minutes=25), timedelta(hours=2), timedelta(hours=6), timedelta(hours=15))
LEASE = timedelta(minutes=15)  # longer than any answer is waited for
MOST_WAIT = timedelta(minutes=30)  # between tries to reach a server that cannot be spoken to
PATIENCE = 15  # times that the database is asked again when somebody else holds it
Clock = Callable[[], datetime]
T = TypeVar("T")


class ClaimLostError(RuntimeError):
    """Another sender has taken the message meanwhile; this one lets go of it without the final dot."""


@dataclass(slots=True)
class Sent:
    """What a run did: counts of messages by where they ended; trouble: why the server could not be spoken to."""

    sent: int = 0
    later: int = 0
    refused: int = 0
    failed: int = 0
    uncertain: int = 0
    kept: int = 0
    trouble: str = ""


def recover(*, at: datetime) -> int:
    """Takes up what senders left that are gone: back to waiting before the final dot, uncertain after it. How many."""
    gone = [row for row in Message.objects.filter(state__in=(states.SENDING, states.HANDING)) if _is_gone(row, at)]
    count = 0
    for row in gone:
        held = Message.objects.filter(pk=row.pk, claim=row.claim, state=row.state)
        if row.state == states.SENDING:
            count += held.update(state=states.WAITING, claim="", next_try=at)
        else:
            words = "The sender ended before it knew whether the server took the message."
            count += held.update(state=states.UNCERTAIN, answer=words)
    return count


def _is_gone(row: Message, at: datetime) -> bool:
    """Whether the sender of a claim seems to be dead: its process on this machine is, or its time is over."""
    host, _, pid = row.claim.rpartition("/")[0].rpartition("/")
    if host == _host() and pid.isdecimal() and int(pid) != os.getpid() and not _lives(int(pid)):
        return True
    return row.claimed_at is None or row.claimed_at < at - LEASE


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # it lives, but is not ours to signal
    return True


def _host() -> str:
    return socket.gethostname()[:40].replace("/", "-")


def send_due(clock: Clock, *, most: int = 200, stop: Callable[[], bool] = lambda: False) -> Sent:
    """Sends what is due, at most so many; what was left by a dead sender is taken up first. Does nothing in a dry run.

    clock: now, asked at each step. stop: asked between messages.
    """
    done, found = Sent(), way()
    if found is None:
        return done
    recover(at=clock())
    channel, _ = Channel.objects.get_or_create(pk=1)
    if channel.not_before is not None and channel.not_before > clock():
        done.trouble = channel.trouble
        return done
    line: Line | None = None
    try:
        for _number in range(most):
            row = None if stop() else claim(clock())
            if row is None:
                break
            line = _one(row, line, found, clock, done)
    except Unreachable as error:
        done.trouble = str(error)[:300]
        _note_trouble(channel, done.trouble, clock())
    else:
        if channel.troubles and done.sent + done.later + done.refused:
            Channel.objects.filter(pk=1).update(trouble="", troubles=0, troubled_at=None, not_before=None)
    finally:
        if line is not None:
            line.close()
    return done


def claim(at: datetime) -> Message | None:
    """The next message that is due, taken by this sender alone; None when nothing is."""
    own = f"{_host()}/{os.getpid()}/{randoms.token_hex(8)}"
    due = Message.objects.filter(state=states.WAITING, next_try__lte=at).order_by("next_try", "pk")
    while (pk := due.values_list("pk", flat=True).first()) is not None:
        taken = Message.objects.filter(pk=pk, state=states.WAITING, next_try__lte=at)
        if taken.update(state=states.SENDING, claim=own, claimed_at=at):
            return Message.objects.get(pk=pk)
    return None


def _one(row: Message, line: Line | None, way: Way, clock: Clock, done: Sent) -> Line | None:
    """One claimed message from here to its end; the line to go on with, None when a new one is needed."""
    try:
        mail = written(row, way, clock())
    except NothingToSend as over:
        done.kept += _end(row, states.KEPT, str(over), clock())
        return line
    except UnicodeError:
        words = "The address has letters that mail servers do not take. Correct it where it was written."
        done.failed += _end(row, states.FAILED, words, clock())
        return line
    except Exception as error:  # one message that cannot be written stops no other
        words = f"The message could not be written: {type(error).__name__}."  # its text might hold what is secret
        done.failed += _end(row, states.FAILED, words, clock())
        return line
    return _spoken(row, mail, line, way, clock, done)


def _spoken(row: Message, mail: EmailMessage, line: Line | None, way: Way, clock: Clock, done: Sent) -> Line | None:
    new = line is None
    try:
        line = line or Line(way.server)
        words = line.hand(mail, parseaddr(way.sender)[1], str(mail["To"]), lambda: _hand_over(row, clock()))
    except Unreachable:
        if line is not None:
            line.close()
        if not new:  # servers end a line after so many messages or so much time; a new one tells whether it is more
            return _spoken(row, mail, None, way, clock, done)
        _held(row).filter(state=states.SENDING).update(state=states.WAITING, claim="")
        raise
    except Refused as answer:
        _refused(row, answer, clock(), done)
    except Unknown as broken:
        done.uncertain += _end(row, states.UNCERTAIN, str(broken), clock())
    except ClaimLostError:
        pass  # the line is closed without a final dot, so the server drops what it heard
    else:
        done.sent += _end(row, states.SENT, words, clock())
        return line
    if line is not None and line.again():
        return line
    if line is not None:
        line.close()
    return None


def written(row: Message, way: Way, at: datetime) -> EmailMessage:
    """The mail of a row, with its secret filled in; it lives in memory alone."""
    if not row.message_id:
        host = parseaddr(way.sender)[1].rpartition("@")[2]
        row.message_id = f"<{randoms.token_hex(16)}@{host}>"
        _held(row).update(message_id=row.message_id)
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    mail["From"], mail["To"], mail["Subject"] = way.sender, _ascii(row.recipient), row.subject
    if way.reply_to:
        mail["Reply-To"] = way.reply_to
    mail["Date"], mail["Message-ID"] = format_datetime(at), row.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(filled(row.kind, row.secret, row.body))
    return mail


def _ascii(recipient: str) -> str:
    """The address as every server takes it. Raises UnicodeError for letters before the @ that only few servers take."""
    name, _, host = recipient.rpartition("@")
    name.encode("ascii")
    return f"{name}@{host.encode('idna').decode()}"


def _held(row: Message) -> MessageQuerySet:
    return Message.objects.filter(pk=row.pk, claim=row.claim)


def _hand_over(row: Message, at: datetime) -> None:
    """Writes down that the final dot comes next. Raises ClaimLostError when the message is no longer this sender's."""
    if not _held(row).filter(state=states.SENDING).update(state=states.HANDING, claimed_at=at):
        raise ClaimLostError(f"{row} was taken by another sender.")


def _end(row: Message, state: str, words: str, at: datetime) -> int:
    """Writes down how it ended; also where it was held for uncertain meanwhile, since the answer is known now."""
    still = _held(row).filter(state__in=(states.SENDING, states.HANDING, states.UNCERTAIN))
    ended = None if state == states.UNCERTAIN else at
    return patiently(lambda: still.update(state=state, answer=words[:300], ended_at=ended))


def patiently(write: Callable[[], T]) -> T:
    """Does what must be written although somebody else holds the database for long, as an import of many people does.

    The server's answer is known at this moment and to this process alone; given up, it would leave a doubt.
    """
    for _ in range(PATIENCE):
        try:
            return write()
        except OperationalError:  # after the twenty seconds of the settings
            connection.close_if_unusable_or_obsolete()
    return write()


def _refused(row: Message, answer: Refused, at: datetime, done: Sent) -> None:
    tries = row.tries + 1
    if answer.later and tries <= len(WAITS):
        values = {"state": states.WAITING, "claim": "", "tries": tries, "next_try": at + WAITS[tries - 1]}
        done.later += _held(row).update(answer=str(answer)[:300], **values)
        return
    state = states.FAILED if answer.later else states.REFUSED
    _held(row).update(tries=tries)
    ended = _end(row, state, str(answer), at)
    if answer.later:
        done.failed += ended
    else:
        done.refused += ended


def _note_trouble(channel: Channel, words: str, at: datetime) -> None:
    wait = min(timedelta(minutes=1) * 2**channel.troubles, MOST_WAIT)
    Channel.objects.filter(pk=1).update(
        trouble=words,
        troubles=min(channel.troubles + 1, 10),
        troubled_at=channel.troubled_at or at,
        not_before=at + wait,
    )


def next_due(at: datetime) -> datetime | None:
    """When the next run is to be: when a message is due and the server may be spoken to; None when nothing waits."""
    first = Message.objects.filter(state=states.WAITING).order_by("next_try").values_list("next_try", flat=True).first()
    left = Message.objects.filter(state__in=(states.SENDING, states.HANDING)).exists()
    times = [time for time in (first, at + LEASE if left else None) if time is not None]
    if not times:
        return None
    channel = Channel.objects.filter(pk=1).first()
    return max(min(times), at, channel.not_before if channel and channel.not_before else at)


def send_test(to: str, way: Way, at: datetime) -> tuple[bool, str]:
    """Hands one test mail over at once, past the queue: whether something is in the way, and the words of the server."""
    row = Message(kind="test", recipient=to, subject="A test mail", body=TEST_BODY)
    try:
        mail = written(row, way, at)
        with Line(way.server) as line:
            return False, line.hand(mail, parseaddr(way.sender)[1], str(mail["To"]), lambda: None)
    except UnicodeError:
        return True, f"“{to}” has letters that mail servers do not take."
    except (Unreachable, Refused, Unknown) as error:
        return True, str(error)
