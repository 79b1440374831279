"""What is told of voices and rounds as facts: never a word, never an author who wants no credit."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from tests.cast import AT, Cast

from commonground.guidance.reading import Reading
from commonground.guidance.voice_rows import voices
from commonground.organization.models import Assignment, Person
from commonground.voice import working
from commonground.voice.keys import new_code
from commonground.voice.models import Topic, Voice

DAY = AT.date() + timedelta(days=3)
SECRET = "I should not say this"


@pytest.fixture(autouse=True)
def _no_places_of_other_tests() -> None:
    """People are written straight into the tables, by which nobody hears that they have changed."""
    cache.clear()


def reading(cast: Cast) -> Reading:
    return Reading(cast.program.pk, ("told",), DAY)


def crowd(cast: Cast, number: int = 12) -> None:
    """So many more in Billing and at the root, so that who is told by neither is not told apart."""
    for unit in ("billing", "root"):
        for at in range(number):
            person = Person.objects.create(key=f"{unit}{at}", name=f"Clerk {unit} {at}")
            Assignment.objects.create(person=person, unit=cast.units[unit], role=cast.roles["billing_clerk"])


def test_without_a_name_a_week_and_a_unit_of_many(cast: Cast) -> None:
    unit = cast.units["billing"]
    Voice.objects.raise_anonymously(cast.program, code=new_code(), day=DAY, kind="fear", words=SECRET, unit=unit)
    assert [(row.raised, row.unit) for row in voices(reading(cast))] == [(date(2026, 9, 14), None)]
    crowd(cast)
    cache.clear()
    Voice.objects.raise_anonymously(cast.program, code=new_code(), day=DAY, kind="doubt", words=SECRET, unit=unit)
    row = next(row for row in voices(reading(cast)) if row.kind == "doubt")
    assert row.unit == "BIL"
    assert SECRET not in str(voices(reading(cast)))
    assert row.credit is None


def test_with_a_name_the_unit_of_few_is_not_told_either(cast: Cast) -> None:
    erin = cast.erin.actor
    Voice.objects.raise_signed(cast.program, by=erin, at=AT, kind="question", words=SECRET, unit=cast.units["billing"])
    row = voices(reading(cast))[0]
    assert (row.unit, row.credit, row.state) == (None, None, "open")


def test_states_owners_and_answers(cast: Cast) -> None:
    keep = {"by": cast.alice.actor, "at": AT}
    idea = Voice.objects.raise_signed(
        cast.program, by=cast.erin.actor, at=AT, wants_credit=True, kind="idea", words="One form", unit=None
    )
    working.give(idea, owner=cast.carol.user, due=DAY, **keep)
    working.accept(idea, **keep)
    row = voices(reading(cast))[0]
    assert (row.state, row.owner, row.due, row.accepted, row.credit) == ("accepted", "P3", DAY, AT.date(), "P5")
    working.complete(idea, words="It is one form", **keep)
    assert voices(reading(cast))[0].completed == AT.date()


def test_one_answer_to_many_is_public_and_what_was_taken_back_is_gone(cast: Cast) -> None:
    keep = {"by": cast.alice.actor, "at": AT}
    topic = Topic.objects.open(cast.program, name="Posts", **keep)
    rows = [
        Voice.objects.raise_signed(cast.program, by=cast.erin.actor, at=AT, kind=kind, words=SECRET, unit=None)
        for kind in ("risk", "doubt")
    ]
    working.serve_many(rows, topic, **keep)
    assert [(row.public_answer, row.response, row.topic) for row in voices(reading(cast))] == [
        (False, False, str(topic.pk))
    ] * 2
    working.answer_topic(topic, words="None goes", **keep)
    assert {(row.public_answer, row.response) for row in voices(reading(cast))} == {(True, True)}
    working.withdraw(Voice.objects.get(kind="doubt"), by=cast.erin.actor, at=AT)
    assert [row.kind for row in voices(reading(cast))] == ["risk"]
