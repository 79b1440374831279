"""Mail that is to go out: one row a message and recipient, and the state of the way to the mail server."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.journal.recording import record
from commonground.outbox import states

TEST_BODY = """This mail was asked for on the page “Mail” of Commonground, to see whether mail arrives.

Nothing is to be done.
"""
LOST = timedelta(minutes=10)


class OutboxError(ValueError):
    """A message cannot go the way that was asked. The text is a sentence with the remedy."""


class MessageQuerySet(Gated["Message"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who look after the mail. Of messages with a secret the pages show no recipient to anybody (`Message.shown_to`)."""
        return self if actor.may("outbox.view") else self.none()

    def queue(
        self,
        kind: str,
        to: str,
        subject: str,
        body: str,
        *,
        program: str = "",
        secret: str = "",
        not_before: datetime | None = None,
        at: datetime,
    ) -> "Message":
        """Puts a message into the queue, in the transaction of what it tells about; it is sent after commit.

        secret: a reference that `secrets.resolver(kind)` turns into the values of the body's {places} at the moment of sending.
        program: its slug, empty for what belongs to the instance. What is no address becomes a refused message, so that the mail of
        many is not stopped by one. Raises OutboxError for a subject of several lines.
        """
        row = {"kind": kind, "to": to, "subject": subject, "body": body, "program": program, "secret": secret}
        return self.queue_many([{**row, "not_before": not_before}], at=at)[0]

    def queue_many(self, rows: Iterable[Mapping[str, Any]], *, at: datetime) -> list["Message"]:
        """`queue` for many at once: each row holds its words, kind, to, subject, body and what else differs from the default."""
        made = [_message(at=at, **row) for row in rows]
        with transaction.atomic():
            self.bulk_create(made, batch_size=500)
            if due := [row.next_try for row in made if row.state == states.WAITING]:
                Channel.objects.wake(at=min(due))
        return made

    def cancel(self, *, kind: str, secret_prefix: str, at: datetime, why: str = "What it told of is over.") -> int:
        """Keeps back what still waits of a kind whose secret begins so; how many. What is being sent at this moment goes out."""
        rows = self.filter(kind=kind, secret__startswith=secret_prefix, state=states.WAITING)
        return rows.update(state=states.KEPT, ended_at=at, answer=why[:300])

    def forget(self, *, kind: str, secret_prefix: str, at: datetime) -> int:
        """Erases address, words and reference of what is over of a kind whose secret begins so; counts stay. How many."""
        return self.filter(kind=kind, secret__startswith=secret_prefix, state__in=states.OVER).erase(at=at)

    def queue_test(self, to: str, *, by: Actor, at: datetime) -> "Message":
        """A mail that shows whether mail arrives."""
        with transaction.atomic():
            row = self.queue("test", to, "A test mail", TEST_BODY, at=at)
            record("sent a test mail", row, by=by, at=at)
        return row

    def keep_back_waiting(self, *, by: Actor, at: datetime) -> int:
        """Keeps back all that waits; how many."""
        with transaction.atomic():
            count = self.filter(state=states.WAITING).update(state=states.KEPT, ended_at=at)
            record(
                "kept back all mail that waited", Channel.objects.the_one(), by=by, at=at, values={"messages": count}
            )
        return count

    def send_failed_again(self, *, by: Actor, at: datetime) -> int:
        """Puts all that was given up back into the queue; how many."""
        with transaction.atomic():
            rows = self.filter(state=states.FAILED, erased_at=None)
            count = rows.update(state=states.WAITING, next_try=at, tries=0, claim="", ended_at=None)
            record(
                "asked to send again all mail that was given up",
                Channel.objects.the_one(),
                by=by,
                at=at,
                values={"messages": count},
            )
            Channel.objects.wake(at=at)
        return count

    def after_restore(self) -> int:
        """After a backup is put back: what waited when it was made may have been sent since, so a person decides. How many.

        Sending it all again would send many twice; leaving it out would forget some.
        """
        words = "It waited when the backup was made that was put back; it may have gone out since."
        return self.filter(state__in=states.OPEN).update(state=states.UNCERTAIN, claim="", answer=words)

    def erase(self, *, at: datetime) -> int:
        """Takes address, subject, body and reference away; kind, state and times stay."""
        return self.update(recipient="", subject="", body="", secret="", erased_at=at)


def _message(
    kind: str, to: str, subject: str, body: str, *, program: str = "", secret: str = "",
    not_before: datetime | None = None, at: datetime,
) -> "Message":  # fmt: skip
    to, subject = to.strip(), subject.strip()
    if "\n" in subject or "\r" in subject:
        raise OutboxError("The subject of a message is one line. Take the line break out.")
    row = Message(
        kind=kind, recipient=to[:254], subject=subject[:300], body=body, program=program, secret=secret,
        private=bool(secret), queued_at=at, next_try=max(at, not_before) if not_before else at,
    )  # fmt: skip
    name, _, host = to.rpartition("@")
    if not (name and host) or len(to) > 254 or any(sign.isspace() or sign in "<>,;" for sign in to):
        row.state, row.ended_at = states.REFUSED, at
        row.answer = "This is no e-mail address, so nothing can be sent there. Correct it where it was written."
    return row


class Message(models.Model):
    """One message to one recipient. `claim` names the sender that has it now; only that one may move it on."""

    kind = models.CharField(max_length=40)
    program = models.CharField(max_length=50, blank=True)
    recipient = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    secret = models.CharField(max_length=200, blank=True)
    private = models.BooleanField(default=False)  # had a secret: its recipient is shown to nobody
    state = models.CharField(max_length=10, choices=list(states.LABELS.items()), default=states.WAITING)
    queued_at = models.DateTimeField()
    next_try = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=80, blank=True)
    claimed_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)  # the server's words, or ours
    erased_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_try", "id"], name="message_due"),
            models.Index(fields=["kind", "secret"], name="message_of"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    def shown_to(self) -> str:
        """The recipient as a page may show it: of private messages nobody is named."""
        if self.private:
            return "Recipient not shown"
        return self.recipient or "erased"

    def send_again(self, *, by: Actor, at: datetime) -> None:
        """Puts it back into the queue, with all its tries before it. Raises OutboxError when it is on its way or was sent."""
        if self.erased_at is not None:
            raise OutboxError(
                "The words of this message were erased, so it cannot be sent again. Write it anew where it came from."
            )
        self._move(
            states.WAITING, "asked to send a message again", by=by, at=at, next_try=at, tries=0, claim="", ended_at=None
        )
        Channel.objects.wake(at=at)

    def arrived(self, *, by: Actor, at: datetime) -> None:
        """Says of an uncertain message that it did arrive."""
        self._move(
            states.SENT,
            "said that a message arrived",
            by=by,
            at=at,
            ended_at=at,
            answer="Somebody said that it arrived.",
        )

    def keep_back(self, *, by: Actor, at: datetime) -> None:
        """Takes it out of the queue; `send_again` puts it back."""
        self._move(states.KEPT, "kept a message back", by=by, at=at, ended_at=at)

    def _move(self, after: str, verb: str, *, by: Actor, at: datetime, **changes: Any) -> None:
        with transaction.atomic():
            row = Message.objects.select_for_update().get(pk=self.pk)
            if not states.may_become(row.state, after) or row.state in {states.SENDING, states.HANDING}:
                raise OutboxError(
                    f"This message is “{states.LABELS[row.state].lower()}” by now. Look at the list again."
                )
            Message.objects.filter(pk=self.pk).update(state=after, **changes)
            record(verb, self, by=by, at=at, values={"kind": row.kind, "before": row.state, "after": after})
        self.refresh_from_db()


class ChannelQuerySet(Gated["Channel"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("outbox.view") else self.none()

    def the_one(self) -> "Channel":
        """The row, made when it is not there."""
        return self.get_or_create(pk=1)[0]

    def wake(self, *, at: datetime) -> None:
        """Sees to it that somebody sends at this time or before; called inside the transaction of the change or after it.

        A run that was asked for and has not begun long after its time is taken for lost.
        """
        with transaction.atomic():
            row, _ = self.select_for_update().get_or_create(pk=1)
            if row.wake_at is None or not at - LOST <= row.wake_at <= at:
                self.filter(pk=1).update(wake_at=at)
                transaction.on_commit(lambda: _ask(at))


def _ask(at: datetime) -> None:
    from commonground.outbox.tasks import send_task  # noqa: PLC0415 - the task reads this module

    send_task.using(run_after=at).enqueue()


class Channel(models.Model):
    """The way to the mail server: one row. trouble: why it cannot be spoken to, in words; until then nothing is tried."""

    trouble = models.CharField(max_length=300, blank=True)
    troubles = models.PositiveSmallIntegerField(default=0)
    troubled_at = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True)  # when the next run is asked for

    objects = ChannelQuerySet.as_manager()

    def __str__(self) -> str:
        return "the mail"
