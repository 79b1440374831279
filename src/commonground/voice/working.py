"""What is done with a voice: triaged, given, published, answered, accepted, completed, set aside, opened again, taken back.

Functions over a voice, each one transaction with its journal entry. Only what an author without a name does leaves none.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

from commonground.access.actor import Actor
from commonground.accounts.models import User
from commonground.journal.models import Version
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of
from commonground.voice.keys import monday_of
from commonground.voice.replies import Reply
from commonground.voice.states import ANSWERED, IDEA, KINDS, SETTLED, after
from commonground.voice.telling import tell_author, tell_owner
from commonground.voice.topics import Topic
from commonground.voice.voices import FACTS, Voice

ANSWER_WITHIN: Final = timedelta(days=14)  # as guideline IDEA-01 counts


def due_for(voice: Voice, today: date) -> date:
    """The day that is proposed: two weeks after it was raised, or a few days from now where these have passed."""
    return max(voice.raised_on + ANSWER_WITHIN, today + timedelta(days=3))


def triage(voice: Voice, *, kind: str, by: Actor, at: datetime) -> None:
    """Says that it has been read, and of which kind it is."""
    if kind not in KINDS:
        raise CannotError(f"“{kind}” is no kind of voice. Choose {', '.join(KINDS.values())}.")
    if kind != IDEA and voice.accepted_on and voice.state not in SETTLED:
        raise CannotError("This idea is being done. Open it again before it becomes something else.")
    triaged_on = voice.triaged_on or day_of(at)
    _set(
        voice,
        "triaged a voice",
        by,
        at,
        kind=kind,
        triaged_on=triaged_on,
        wants_credit=voice.wants_credit and kind == IDEA,
    )


def give(voice: Voice, *, owner: User, due: date | None, by: Actor, at: datetime) -> None:
    """Gives it to somebody, by a day."""
    _step(voice, "give", by, at, owner=owner, due=due, triaged_on=voice.triaged_on or day_of(at))


def hand_back(voice: Voice, *, by: Actor, at: datetime) -> None:
    """Nobody has it any more."""
    _step(voice, "hand_back", by, at, owner=None)


def publish(voice: Voice, *, words: str, by: Actor, at: datetime) -> None:
    """Lets all read it, in these words: the author's, with names left out. Raises CannotError without words or for one taken back."""
    if voice.withdrawn:
        raise CannotError("Its author has taken these words back, so they cannot be published.")
    if not words.strip():
        raise CannotError("Write the words that all are to read: the author’s own, without names of people.")
    _set(voice, "published a voice", by, at, published=True, public_words=words.strip())


def unpublish(voice: Voice, *, by: Actor, at: datetime) -> None:
    """Takes it off the public page. The public words stay to be put right."""
    _set(voice, "took a voice off the public page", by, at, published=False)


def answer(voice: Voice, *, words: str, by: Actor, at: datetime) -> None:
    """Answers it; an answer that is there is put right."""
    _step(
        voice, "answer", by, at, answer=_needed(words, "the answer"), answered_on=_kept(voice, day_of(at)), news=False
    )


def _kept(voice: Voice, today: date) -> date:
    """An answer that is put right keeps its day."""
    return voice.answered_on if voice.state == ANSWERED and voice.answered_on else today


def accept(voice: Voice, *, by: Actor, at: datetime, words: str = "") -> None:
    """Says yes to an idea: it is being done from now on."""
    more = {"answer": words.strip()} if words.strip() else {}
    _step(voice, "accept", by, at, accepted_on=day_of(at), answered_on=_kept(voice, day_of(at)), **more)


def complete(voice: Voice, *, words: str, by: Actor, at: datetime) -> None:
    """Says what came of an idea."""
    _step(voice, "complete", by, at, came_of_it=_needed(words, "what came of it"), completed_on=day_of(at))


def close(voice: Voice, *, why: str, by: Actor, at: datetime) -> None:
    """Sets it aside. The author reads why."""
    _step(voice, "close", by, at, closed_because=_needed(why, "why it is set aside")[:300], closed_on=day_of(at))


def reopen(voice: Voice, *, by: Actor, at: datetime, why: str = "") -> None:
    """The way back from an answer, a yes, a completion or setting aside. What was said stays to be read. Not from taking back."""
    if voice.withdrawn:
        raise CannotError("Its author has taken these words back; there is nothing left to open.")
    none: dict[str, Any] = {"answered_on": None, "accepted_on": None, "completed_on": None, "closed_on": None}
    topic = {"topic": None} if voice.topic is not None and voice.topic.answered_on else {}  # its answer did not do
    _step(voice, "reopen", by, at, why=why, **none, **topic)


def join(voice: Voice, topic: Topic | None, *, by: Actor, at: datetime) -> None:
    """Puts it among those that one answer serves, or takes it out (None). A topic that is answered answers it at once."""
    if topic is not None and topic.program_id != voice.program_id:
        raise CannotError("This topic belongs to another program.")
    with transaction.atomic():
        _set(voice, "put a voice into a topic" if topic else "took a voice out of its topic", by, at, topic=topic)
        if topic is not None and topic.answered_on and voice.is_live:
            _step(voice, "answer", by, at, answered_on=day_of(at))


def answer_topic(topic: Topic, *, words: str, by: Actor, at: datetime) -> int:
    """Answers a topic in public, and with it all its voices that wait. An answer that is there is put right. Returns how many it serves."""
    words, today = _needed(words, "the answer"), day_of(at)
    with transaction.atomic():
        before, topic.answer = topic.answer, words
        topic.answered_on = topic.answered_on or today
        topic.save(update_fields=["answer", "answered_on"])
        values = {"before": before, "after": words}
        topic.write("answered a topic", by=by, at=at, **values)
        rows = [row for row in topic.voices.select_for_update() if row.is_live]
        for row in rows:
            _step(row, "answer", by, at, answered_on=today)
    return len(rows)


def reopen_topic(topic: Topic, *, by: Actor, at: datetime) -> None:
    """The way back from a topic's answer: its voices that have no answer of their own wait again. The words stay to be put right."""
    with transaction.atomic():
        topic.answered_on = None
        topic.save(update_fields=["answered_on"])
        topic.write("opened a topic again", by=by, at=at)
        for row in topic.voices.filter(state=ANSWERED, answer=""):
            _step(row, "reopen", by, at, answered_on=None)


def withdraw(voice: Voice, *, by: Actor, at: datetime) -> None:
    """The author takes their words back: they are erased, and what was answered stays. Only for one with a name."""
    with transaction.atomic():
        _erase(voice, day_of(at))
        voice.write("took their words back", by=by, at=at)


def withdraw_by_code(voice: Voice, *, day: date) -> None:
    """The same for one without a name: whoever calls has seen the code. Leaves no journal entry and no day, only its week."""
    with transaction.atomic():
        _erase(voice, monday_of(day))
        Version.objects.bump(FACTS)


def _erase(voice: Voice, on: date) -> None:
    """Empties the words and removes the author's replies; the pages of the file that held them are overwritten."""
    voice.refresh_from_db(fields=["state", "owner", "kind"])
    step = after(voice.state, "withdraw", voice.kind, owned=voice.owner_id is not None)
    overwrite_what_is_erased()
    voice.words = voice.public_words = ""
    voice.published, voice.withdrawn, voice.news = False, True, False
    voice.closed_on = voice.closed_on or on
    voice.state = step.end
    names = ["words", "public_words", "published", "withdrawn", "news", "closed_on", "state"]
    voice.save(update_fields=names)
    voice.replies.filter(from_author=True).delete()


def overwrite_what_is_erased() -> None:
    """Has SQLite write zeros over what is deleted from now on; elsewhere that is the operator's care."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def write_back(voice: Voice, *, words: str, by: Actor, at: datetime) -> None:
    """Writes to the author alone: a question back, a word on how it stands."""
    words = _needed(words, "what you want to say")
    with transaction.atomic():
        Reply.objects.add(voice, words=words, on=day_of(at), from_author=False, user=by.user)
        _set(voice, "wrote to the author of a voice", by, at, news=False)


def reply(voice: Voice, *, words: str, by: Actor, at: datetime) -> None:
    """The author of a voice with a name, or who carried it, writes again."""
    words = _needed(words, "what you want to say")
    with transaction.atomic():
        Reply.objects.add(voice, words=words, on=day_of(at), from_author=True, user=by.user)
        _set(voice, "wrote again to a voice", by, at, news=True)


def reply_by_code(voice: Voice, *, words: str, day: date) -> None:
    """The author of a voice without a name writes again: whoever calls has seen the code. Dated by week; no journal entry."""
    words = _needed(words, "what you want to say")
    with transaction.atomic():
        if Reply.objects.add(voice, words=words, on=monday_of(day), from_author=True, user=None):
            Voice.objects.filter(pk=voice.pk).update(news=True)
            Version.objects.bump(FACTS)


def mark_read(voice: Voice, *, by: Actor, at: datetime) -> None:
    """Says that what its author wrote again has been read."""
    if voice.news:
        _set(voice, "read what an author wrote again", by, at, news=False)


def serve_many(voices: Sequence[Voice], topic: Topic, *, by: Actor, at: datetime) -> int:
    """Puts several into one topic. Returns how many."""
    with transaction.atomic():
        for one in voices:
            join(one, topic, by=by, at=at)
    return len(voices)


def _needed(words: str, what: str) -> str:
    words = words.strip()
    if not words:
        raise CannotError(f"Write {what}: whoever raised this reads it.")
    return words


def _step(voice: Voice, name: str, by: Actor, at: datetime, *, why: str = "", **values: Any) -> None:
    """Takes a step of the table with other values in the same breath."""
    with transaction.atomic():
        held = Voice.objects.select_for_update().only("state", "owner", "kind").get(pk=voice.pk)
        step = after(held.state, name, held.kind, owned=held.owner_id is not None)
        _set(voice, step.verb, by, at, why=why, state=step.end, **values)
        if name == "give":
            tell_owner(voice, by=by, at=at)
        elif held.state != step.end:  # an answer that is only put right is no news
            tell_author(voice, name, by=by, at=at)


SECRET: Final = {"words", "public_words"}  # whoever takes words back must find them nowhere else


def _set(voice: Voice, verb: str, by: Actor, at: datetime, *, why: str = "", **values: Any) -> None:
    with transaction.atomic():
        told = {name: values[name] for name in values if name not in SECRET}
        before = {name: _plain(getattr(voice, name)) for name in told}
        for name, value in values.items():
            setattr(voice, name, value)
        voice.save(update_fields=list(values))
        after_ = {name: _plain(value) for name, value in told.items()}
        voice.write(verb, by=by, at=at, why=why, before=before, after=after_)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, User | Topic) else value
