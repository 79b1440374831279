"""Invitations and reminders: the same words to all who were invited, with the link filled in only at the moment of sending."""

import random
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from commonground.access.actor import Actor
from commonground.assessments.answer_words import day_in
from commonground.assessments.rounds import MAIL, OPEN, Invited, Round, day_of
from commonground.assessments.sealing import INVITATION, messages_of
from commonground.assessments.tokens import NoKeyError, key_of, personal, written
from commonground.journal.recording import record
from commonground.outbox.models import Message
from commonground.outbox.secrets import NothingToSend
from commonground.programs.register import CannotError
from commonground.ui.words import day as written_day

SECRET = re.compile(r"round:(\d+)/person:(\d+)")
FEWEST_DAYS: Final = 2  # between two reminders
MIX: Final = random.SystemRandom()
SUBJECT: Final = {"en": "Your view is asked: {name}", "de": "Ihre Sicht ist gefragt: {name}"}
AGAIN: Final = {"en": "Still open until {until}: {name}", "de": "Noch offen bis {until}: {name}"}
FIRST: Final = {
    "en": "{about}\n\nIt takes a few minutes, on a phone as well, and is open until {until}.",
    "de": "{about}\n\nEs dauert wenige Minuten, auch auf dem Telefon, und ist offen bis {until}.",
}
SECOND: Final = {
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


def invite(round: Round, *, at: datetime) -> int:
    """Queues the first mail to all who have an address, not before the round's first day. Returns how many. Part of opening."""
    begin = datetime.combine(round.opens_on, time(6), UTC)
    return _queue(round, SUBJECT, FIRST, at=at, not_before=max(at, begin))


def remind(round: Round, *, by: Actor, at: datetime) -> int:
    """Writes once more to all who were invited, whether they answered or not: nobody knows. Returns how many.

    Raises CannotError when the round cannot be answered today, was written about a day ago, or its key is gone.
    """
    day = day_of(at)
    if not round.can_be_answered(day):
        raise CannotError(f"“{round}” cannot be answered today, so nobody is reminded. Look at its days.")
    last = round.reminded_on or (day_of(round.opened_at) if round.opened_at else None)
    if last is not None and (day - last).days < FEWEST_DAYS:
        raise CannotError(
            f"All were written to on {written_day(last)}. Wait until {FEWEST_DAYS} days are over: many answer on a second look."
        )
    _refuse_without_key(round)
    with transaction.atomic():
        queued = _queue(round, AGAIN, SECOND, at=at, not_before=None)
        round.reminded_on, round.reminders = day, round.reminders + 1
        round.save(update_fields=["reminded_on", "reminders"])
        record("reminded all of a round", round, by=by, at=at, values={"messages": queued})
    return queued


def _refuse_without_key(round: Round) -> None:
    try:
        key_of(round.pk)
    except NoKeyError as gone:
        raise CannotError(str(gone)) from gone


def _queue(
    round: Round, subject: Mapping[str, str], text: Mapping[str, str], *, at: datetime, not_before: datetime | None
) -> int:
    """One message for each who is reached by mail, in no order that says anything."""
    words = {"kind": INVITATION, "program": round.program.slug, "not_before": not_before}
    line, body = subject_of(round, subject), body_of(round, text)
    people = list(Invited.objects.filter(round=round, by=MAIL).values_list("person", "person__email"))
    MIX.shuffle(people)
    rows: list[dict[str, Any]] = [
        {**words, "to": email, "subject": line, "body": body, "secret": f"{messages_of(round.pk)}person:{person}"}
        for person, email in people
    ]
    return len(Message.objects.queue_many(rows, at=at))


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
    return [code for code in round.languages if code in FIRST] or ["en"]


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
