"""Invitations and reminders: the same words to all who were invited, with the link filled in only at the moment of sending."""

import random
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from commonground.access.actor import Actor
from commonground.assessments.admitting import in_turns
from commonground.assessments.answer_words import day_in
from commonground.assessments.in_days import OPEN
from commonground.assessments.rounds import AGAIN, FIRST, MAIL, Invited, Round
from commonground.assessments.sealing import INVITATION, messages_of
from commonground.assessments.tokens import NoKeyError, key_of, personal, written
from commonground.journal.recording import record
from commonground.outbox.models import Message
from commonground.outbox.secrets import NothingToSend
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of
from commonground.ui.words import day as written_day

SECRET = re.compile(r"round:(\d+)/person:(\d+)")
AT_A_TIME: Final = 250  # messages: about a fortieth of a second
FEWEST_DAYS: Final = 2  # between two reminders
MIX: Final = random.SystemRandom()
SUBJECT: Final = {"en": "Your view is asked: {name}", "de": "Ihre Sicht ist gefragt: {name}"}
LINE_AGAIN: Final = {"en": "Still open until {until}: {name}", "de": "Noch offen bis {until}: {name}"}
WORDS: Final = {
    "en": "{about}\n\nIt takes a few minutes, on a phone as well, and is open until {until}.",
    "de": "{about}\n\nEs dauert wenige Minuten, auch auf dem Telefon, und ist offen bis {until}.",
}
WORDS_AGAIN: Final = {
    "en": "{about}\n\nIt is open until {until}. If you have answered already, thank you: nobody can see who has, so this goes to all.",
    "de": "{about}\n\nEs ist offen bis {until}. Falls Sie schon geantwortet haben, danke: Niemand kann sehen, wer das hat, deshalb geht "
    "diese Nachricht an alle.",
}
FOOT: Final = {
    "en": "Your own link, good for one answer:\n{link}\n\nTaking part is your choice. Your answer is kept without your name, the time and "
    "the link; results are shown only for groups of at least {threshold} people. Please do not pass the link on.",
    "de": "Ihr eigener Link, gültig für eine Antwort:\n{link}\n\nDie Teilnahme ist freiwillig. Ihre Antwort wird ohne Namen, Uhrzeit und "
    "Link aufbewahrt; Ergebnisse gibt es nur für Gruppen ab {threshold} Personen. Bitte geben Sie den Link nicht weiter.",
}


def begin_mail(round: Round, which: str, *, at: datetime) -> None:
    """Notes on a round that all are to be written to; whoever calls saves it, and calls `write_mail` after the commit."""
    round.mailing, round.mailing_since = (which, at) if round.by_mail else ("", None)


def write_mail(round: Round) -> int:
    """Queues what is to be written to all who have an address, the first mail not before the round's first day. Returns how many.

    In many short transactions; called again after a stop it queues for those who are left, so nobody is written to twice. It ends early
    when the round is not open any more or another call has taken over.
    """
    round.refresh_from_db()
    attempt = secrets.token_hex(16)
    mine = Round.objects.filter(pk=round.pk, state=OPEN, mailing_since=round.mailing_since).exclude(mailing="")
    if not mine.update(attempt=attempt) or round.mailing_since is None:
        return 0
    mine, queued = mine.filter(attempt=attempt), 0
    for people in in_turns(_still_to_write_to(round), AT_A_TIME):
        with transaction.atomic():
            if not mine.exists():
                return queued
            rows = _messages(round, people)
            queued += len(Message.objects.queue_many(rows, at=round.mailing_since))
    mine.update(mailing="", attempt="")
    round.refresh_from_db()
    return queued


def queued_of(round: Round) -> QuerySet[Message]:
    """The messages that are queued already of what is being written to all."""
    mine = Message.objects.filter(kind=INVITATION, secret__startswith=messages_of(round.pk))
    return mine.none() if round.mailing_since is None else mine.filter(queued_at=round.mailing_since)


def _still_to_write_to(round: Round) -> list[tuple[int, str]]:
    """Person and address, in no order that says anything."""
    done = set(queued_of(round).values_list("secret", flat=True))
    rows = Invited.objects.filter(round=round, by=MAIL).values_list("person", "person__email")
    people = [(person, email) for person, email in rows if secret_of(round, person) not in done]
    MIX.shuffle(people)
    return people


def secret_of(round: Round, person: int) -> str:
    """What a message refers to; its link is made of it at the moment of sending."""
    return f"{messages_of(round.pk)}person:{person}"


def remind(round: Round, *, by: Actor, at: datetime) -> int:
    """Writes once more to all who were invited, whether they answered or not: nobody knows. Returns to how many.

    `begin_reminding` and `write_mail` at once; raises CannotError as the first does.
    """
    begin_reminding(round, by=by, at=at)
    return write_mail(round)


def begin_reminding(round: Round, *, by: Actor, at: datetime) -> None:
    """Sees to it that all are written to once more; `write_mail` does it.

    Raises CannotError when the round cannot be answered today, was written about a day ago or is being written about, or its key is gone.
    """
    day = day_of(at)
    round.refresh_from_db()
    if not round.takes_answers(day):
        raise CannotError(f"“{round}” cannot be answered today, so nobody is reminded. Look at its days.")
    last = round.reminded_on or (day_of(round.opened_at) if round.opened_at else None)
    if last is not None and (day - last).days < FEWEST_DAYS:
        raise CannotError(
            f"All were written to on {written_day(last)}. Wait until {FEWEST_DAYS} days are over: many answer on a second look."
        )
    if round.mailing:
        raise CannotError("The mail to all is still being written. Wait until it is done; the page says how far it is.")
    _refuse_without_key(round)
    with transaction.atomic():
        begin_mail(round, AGAIN, at=at)
        round.reminded_on, round.reminders = day, round.reminders + 1
        round.save(update_fields=["reminded_on", "reminders", "mailing", "mailing_since"])
        record("reminded all of a round", round, by=by, at=at, values={"messages": round.by_mail})


def _refuse_without_key(round: Round) -> None:
    try:
        key_of(round.pk)
    except NoKeyError as gone:
        raise CannotError(str(gone)) from gone


def _messages(round: Round, people: Sequence[tuple[int, str]]) -> Iterator[dict[str, Any]]:
    """One message for each."""
    first = round.mailing == FIRST
    line, body = subject_of(round, SUBJECT if first else LINE_AGAIN), body_of(round, WORDS if first else WORDS_AGAIN)
    begin = datetime.combine(round.opens_on, time(6), UTC) if first else None
    for person, email in people:
        yield {
            "kind": INVITATION,
            "program": round.program.slug,
            "not_before": begin,
            "to": email,
            "subject": line,
            "body": body,
            "secret": secret_of(round, person),
        }


def subject_of(round: Round, subject: Mapping[str, str]) -> str:
    code = _codes(round)[0]
    return subject[code].format(name=_title(round, code), until=day_in(code, round.closes_on))[:200]


def body_of(round: Round, text: Mapping[str, str]) -> str:
    """The words in each language of the round, the place of the link left open."""
    parts = []
    for code in _codes(round):
        about = round.items.get("about", {}).get(code) or _title(round, code)
        first = text[code].format(about=about, until=day_in(code, round.closes_on))
        parts.append(f"{_title(round, code)}\n\n{first}\n\n" + FOOT[code].replace("{threshold}", str(round.threshold)))
    return "\n\n– – –\n\n".join(parts)


def _codes(round: Round) -> Sequence[str]:
    return [code for code in round.languages if code in WORDS] or ["en"]


def _title(round: Round, code: str) -> str:
    # braces would be read as places to fill in
    title: str = round.items.get("title", {}).get(code) or round.name
    return title.replace("{", "(").replace("}", ")")


def link_of(token: str) -> str:
    return f"{settings.ADDRESS}{reverse('assessments_open:answer', kwargs={'code': written(token)})}"


def resolve(secret: str) -> Mapping[str, str]:
    """The link of one message, made at the moment of sending. Raises NothingToSend when the round is over or its key is gone."""
    found = SECRET.fullmatch(secret)
    if found is None:
        raise NothingToSend("What it refers to cannot be read, so it is kept back.")
    if not Round.objects.filter(pk=int(found[1]), state=OPEN).exists():
        raise NothingToSend("The round is over.")
    try:
        key = key_of(int(found[1]))
    except NoKeyError as gone:
        raise NothingToSend(str(gone)) from gone
    return {"link": link_of(personal(key, int(found[2])))}
