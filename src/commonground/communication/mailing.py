"""Sending a message inside by e-mail: approved ones only, to those of its audience whom e-mail reaches, and to nobody twice."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, Self

from django.db import models, transaction
from django.db.models import QuerySet

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.communication.audiences import people_of
from commonground.communication.messages import APPROVED, OUT, STATES, Message, MessageText
from commonground.communication.preferred import MAIL, over_channels
from commonground.organization.models import Person
from commonground.outbox.models import Message as Mail
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of

KIND = "message"


class MailedQuerySet(Gated["Mailed"]):
    def visible_to(self, actor: Actor) -> Self:
        """To whom a message was mailed is for those who send them, as far as they see the person; counts are for all who read it."""
        if not actor.may("messages.change"):
            return self.none()
        seen = Message.objects.visible_to(actor).values("pk")
        return self.filter(message__in=seen, person__in=Person.objects.visible_to(actor).values("pk"))


class Mailed(models.Model):
    """That a message was put into the queue of mail for a person: the reason why nobody gets it twice."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="mailed")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()

    objects = MailedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "person"], name="mailed_once")]

    def __str__(self) -> str:
        return f"{self.message}, {self.on:%Y-%m-%d}"


class ToMail(NamedTuple):
    """What sending would do now. people: whom it would go to; had: who have it already; languages: those without words of their own."""

    people: int
    had: int
    languages: tuple[str, ...]


def due(message: Message, day: date) -> QuerySet[Any]:
    """Where those work whom a message would be mailed to now."""
    had = Mailed.objects.filter(message=message).values("person")
    return over_channels(people_of(message, day), message, day).filter(channel=MAIL).exclude(person__in=had)


def to_mail(message: Message, day: date) -> ToMail:
    """The final count, before anything goes out."""
    rows = due(message, day).order_by()
    written = {one.language.casefold() for one in message.texts.all()}
    spoken = set(rows.values_list("language", flat=True).distinct()) - {""}
    absent = tuple(sorted(one for one in spoken if one.casefold() not in written))
    had = Mailed.objects.filter(message=message).count()
    return ToMail(rows.count(), had, absent)


def send(message: Message, *, counted: int, by: Actor, at: datetime) -> int:
    """Puts the mail into the queue, for as many people as were counted, and says that the message is out. How many.

    Raises CannotError unless it is approved or out, while its change is not told, when it has no words, when e-mail is none of its
    channels, or when the audience is no longer as many as was looked at: then somebody looks again.
    """
    day = day_of(at)
    refuse_unready(message)
    with transaction.atomic():
        locked = Message.objects.select_for_update().get(pk=message.pk)
        refuse_unready(locked)
        rows = list(due(locked, day).order_by("person_id").values_list("person_id", "person__email", "language"))
        if len(rows) != counted:
            raise CannotError(
                f"“{locked}” would go to {len(rows)} people by now, and not to {counted} as you looked at it. Look again, then send it."
            )
        if not rows:
            raise CannotError(f"Everybody whom e-mail reaches has “{locked}” already. Nothing was sent.")
        Mailed.objects.bulk_create([Mailed(message=locked, person_id=one[0], on=day) for one in rows], batch_size=500)
        Mail.objects.queue_many(_mails(locked, rows), at=at)
        locked.write("sent a message by e-mail", by=by, at=at, people=len(rows))
        if locked.state == APPROVED:
            locked.move_to(OUT, by=by, at=at)
    message.refresh_from_db()
    return len(rows)


def refuse_unready(message: Message) -> None:
    """Raises CannotError while a message cannot be sent by e-mail, with what is to be done first."""
    if not message.is_inside:
        raise CannotError(f"“{message}” goes to customers. Lists for their channels are under “What goes out”.")
    if message.state not in (APPROVED, OUT):
        raise CannotError(
            f"“{message}” is {STATES[message.state]}. Somebody else approves it first, then it can be sent."
        )
    if MAIL not in message.channels:
        raise CannotError(f"E-mail is none of the channels of “{message}”. Add it there, and have it approved again.")
    message.refuse_untold()
    if not message.texts.exists():
        raise CannotError(f"“{message}” has no words yet. Write what it says first.")


def _mails(message: Message, rows: list[tuple[int, str, str]]) -> list[Mapping[str, Any]]:
    texts = {language: message.text_in(language) for language in {one[2] for one in rows}}
    return [
        {
            "kind": KIND,
            "to": email,
            "subject": subject_of(message, texts[language]),
            "body": body_of(message, texts[language]),
            "program": message.program.slug,
        }
        for _, email, language in rows
    ]


def subject_of(message: Message, text: MessageText | None) -> str:
    """The line above the words; the title where none is written."""
    written = text.subject if text is not None else ""
    return " ".join((written or message.title).split())


def body_of(message: Message, text: MessageText | None) -> str:
    """The words with what we know, what we do not know and when the next word comes beneath, and whose message it is."""
    words = text.body if text is not None else ""
    signed = message.sender.name if message.sender is not None else ""
    return "\n\n".join(part for part in (words, "\n".join(known_lines(message)), signed) if part) + "\n"


def known_lines(message: Message) -> list[str]:
    """What we know, what we do not know and when the next word comes, a line each; none of what is not filled in."""
    found = [f"What we know: {message.known}"] if message.known else []
    found += [f"What we do not know yet: {message.unknown}"] if message.unknown else []
    if message.next_word or message.next_on:
        on = f" on {message.next_on:%-d %B %Y}" if message.next_on else ""
        found.append(f"The next word comes{on}{': ' + message.next_word if message.next_word else ''}")
    return found
