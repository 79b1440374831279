"""How long voices are kept, and what a person finds held on them."""

from datetime import timedelta

from django.db import connection

from commonground.access.retention import edge
from commonground.voice import working
from commonground.voice.held import held_on
from commonground.voice.keeping import RULES
from commonground.voice.models import Reply, Voice
from commonground.voice.tests.voiced import AT, TODAY, Voiced

WITHOUT, WITH = RULES


def test_only_what_is_settled_long_enough_goes(voiced: Voiced) -> None:
    waiting, heard, idea = voiced.nameless("Waits"), voiced.nameless("Heard"), voiced.signed()
    working.answer(heard, words="Yes.", **voiced.lead)
    working.reply_by_code(heard, words="Thanks", day=TODAY)
    working.answer(idea, words="No, since it exists.", **voiced.lead)
    days = WITHOUT.days_default
    assert days == 730
    last, after = TODAY + timedelta(days=days), TODAY + timedelta(days=days + 1)
    assert (WITHOUT.due(edge(last, days)), WITHOUT.due(edge(after, days))) == (0, 1)
    assert WITHOUT.run(edge(after, days), AT) == 1
    assert WITHOUT.run(edge(after, days), AT) == 0
    assert set(Voice.objects.values_list("pk", flat=True)) == {waiting.pk, idea.pk}
    assert not Reply.objects.exists()
    assert (WITH.due(edge(after, days)), WITH.run(edge(after, days), AT)) == (1, 1)
    assert set(Voice.objects.values_list("pk", flat=True)) == {waiting.pk}


def test_an_answer_to_an_idea_counts_from_what_came_of_it(voiced: Voiced) -> None:
    row = voiced.signed()
    working.accept(row, words="Yes", **voiced.lead)
    working.complete(row, words="Done", by=voiced.cast.alice.actor, at=AT + timedelta(days=300))
    assert WITH.due(TODAY + timedelta(days=200)) == 0
    assert WITH.due(TODAY + timedelta(days=301)) == 1


def test_what_is_erased_is_overwritten(voiced: Voiced) -> None:
    working.withdraw(voiced.signed(), **voiced.who("erin"))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete")
            assert cursor.fetchone() == (1,)


def test_a_person_finds_what_has_their_name_and_nothing_else(voiced: Voiced) -> None:
    voiced.nameless("Without a name")
    row = voiced.signed()
    working.answer(row, words="Yes.", **voiced.lead)
    erin, heidi = voiced.cast.erin, voiced.cast.heidi
    Voice.objects.hand_over(
        voiced.cast.program, kind="doubt", words="Of somebody", unit=None, workflow=None, **voiced.who("heidi")
    )
    found = {held.kind: held for held in held_on(erin.person, erin.user)}
    assert [item["words"] for item in found["voices"].rows] == ["One form is enough."]
    assert [item["answer"] for item in found["voices"].rows] == ["Yes."]
    assert "nothing links it to you" in found["voices"].hidden
    theirs = {held.kind: held for held in held_on(heidi.person, heidi.user)}
    assert not theirs["voices"].rows
    assert len(theirs["voices-handed-over"].rows) == 1
    assert "Of somebody" not in str(theirs)
    keys = {rule.key for rule in RULES}
    assert {held.keeping for held in [*found.values(), *theirs.values()]} <= keys | {""}
