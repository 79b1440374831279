"""Reads voices as rows of facts: days and states, never a text, and an author only of an idea that they want in their name."""

from typing import Any

from commonground.analysis import facts
from commonground.guidance.reading import Reading
from commonground.organization.models import Unit
from commonground.voice.models import Voice
from commonground.voice.where import places_on

COLUMNS = (
    "pk",
    "kind",
    "raised_on",
    "unit",
    "state",
    "owner__person__key",
    "owner__name",
    "due",
    "accepted_on",
    "answered_on",
    "completed_on",
    "published",
    "answer",
    "topic",
    "topic__answered_on",
    "wants_credit",
    "author__key",
)


def voices(reading: Reading) -> list[facts.Voice]:
    """Every voice but those that were taken back, by the unit by which it may be told on the day, with a name or without one."""
    keys, places = dict(Unit.objects.values_list("pk", "key")), places_on(reading.day)
    rows = Voice.objects.filter(program=reading.program, withdrawn=False).order_by("pk").values(*COLUMNS)
    return [_voice(row, keys.get(places.by(row["unit"]) or 0)) for row in rows]


def _voice(row: dict[str, Any], unit: str | None) -> facts.Voice:
    return facts.Voice(
        id=str(row["pk"]),
        kind=row["kind"],
        raised=row["raised_on"],
        unit=unit,
        state=row["state"],
        owner=row["owner__person__key"] or row["owner__name"],
        due=row["due"],
        accepted=row["accepted_on"],
        answered=row["answered_on"],
        completed=row["completed_on"],
        public_answer=row["topic__answered_on"] is not None or bool(row["published"] and row["answer"]),
        topic=str(row["topic"]) if row["topic"] else None,
        response=bool(row["answer"]) or row["topic__answered_on"] is not None,
        credit=row["author__key"] if row["wants_credit"] and row["kind"] == "idea" else None,
    )
