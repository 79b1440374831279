"""Without a name nothing links a voice and who said it: the whole database, cookies, the log and the order of rows are looked through."""

import json
import logging
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection
from django.db.utils import IntegrityError
from django.test import Client
from django.urls import reverse

from commonground.access.throttling import Throttle
from commonground.journal.models import Entry, Version
from commonground.programs.register import CannotError
from commonground.voice import open_views, working
from commonground.voice.keys import new_code
from commonground.voice.models import Point, Reply, Voice
from commonground.voice.tests.voiced import AT, MONDAY, TODAY, WORDS, Voiced

RAISE = "/northlight/voices/raise/"
FOLLOW = "/follow/"


def whole_database() -> dict[str, list[Any]]:
    """Every row of every table."""
    return {
        model._meta.label: json.loads(serializers.serialize("json", model._base_manager.order_by("pk")))
        for model in apps.get_models()
        if model._meta.managed
    }


def changed(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Rows that are new or other than before, by table."""
    found = {label: [row for row in rows if row not in before[label]] for label, rows in after.items()}
    return {label: rows for label, rows in found.items() if rows}


def sent(client: Client, **more: Any) -> Any:
    given = {"kind": "fear", "words": WORDS, "sender": "nobody", "unit": "", "workflow": "", "code": new_code(), **more}
    return client.post(RAISE, given, REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Telltale/1.0")


def test_signed_in_and_without_a_name_only_the_row_and_the_counter_are_new(voiced: Voiced, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    client = voiced.cast.erin.client()
    client.get(RAISE)
    Voice.objects.all().delete()
    voiced.nameless("the first, which makes the salt")
    before, session = whole_database(), dict(client.session.items())
    caplog.clear()
    answer = sent(client, unit=voiced.units["contact"].pk)
    assert answer.status_code == 200
    new = changed(before, whole_database())
    assert set(new) == {"voice.Voice", "journal.Version"}
    (row,) = new["voice.Voice"]
    values = row["fields"]
    assert values.pop("words") == WORDS
    assert values.pop("code_digest")
    week = values.pop("raised_on")
    assert date.fromisoformat(week).weekday() == 0
    assert values == {
        **dict.fromkeys(("workflow", "author", "raised_by", "triaged_on", "owner", "due", "topic")),
        **dict.fromkeys(("answered_on", "accepted_on", "completed_on", "closed_on")),
        **dict.fromkeys(("public_words", "answer", "came_of_it", "closed_because"), ""),
        **dict.fromkeys(("published", "wants_credit", "withdrawn", "news"), False),
        "program": voiced.cast.program.pk,
        "kind": "fear",
        "way": "anonymous",
        "unit": voiced.units["contact"].pk,
        "state": "open",
    }
    assert [row["fields"]["table"] for row in new["journal.Version"]] == ["voices"]
    assert dict(client.session.items()) == session
    assert set(answer.cookies) <= {"csrftoken"}
    told = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert [text for text in told if WORDS in text or "203.0.113.77" in text or "voices" in text] == []


def test_at_a_point_no_cookie_is_set_and_nobody_is_named(voiced: Voiced) -> None:
    point = Point.objects.open(voiced.cast.program, name="Canteen", unit=voiced.units["team_a"], **voiced.lead)
    address = reverse("voice_open:say", kwargs={"code": point.code})
    for client in (Client(enforce_csrf_checks=True), voiced.cast.erin.client()):
        asked = client.get(address)
        answer = client.post(address, {"kind": "idea", "words": f"Two vans. {client}", "code": new_code()})
        assert answer.status_code == 200
        for page in (asked, answer):
            assert not page.cookies
            assert b"Erin" not in page.content
            assert "no-store" in page["Cache-Control"]
    assert {(row.unit, row.raised_by, row.way) for row in Voice.objects.all()} == {
        (voiced.units["team_a"], None, "anonymous")
    }
    assert not Entry.objects.exclude(kind="voice.point").exists()


def test_the_unit_is_made_coarse(voiced: Voiced) -> None:
    """Billing without its Team A are four people: they are told by the root, with the few of the other units."""
    assert voiced.nameless(unit="team_a").unit == voiced.units["team_a"]
    assert voiced.nameless(unit="billing").unit == voiced.units["root"]
    assert voiced.nameless(unit="crews").unit == voiced.units["root"]
    handed = Voice.objects.hand_over(
        voiced.cast.program, kind="doubt", words="Hm", unit=voiced.units["crews"], workflow=None, **voiced.who("heidi")
    )
    assert handed.unit == voiced.units["root"]


def test_a_unit_of_few_cannot_be_smuggled_in(voiced: Voiced) -> None:
    answer = sent(voiced.cast.erin.client(), unit=voiced.units["crews"].pk)
    assert answer.status_code == 422
    assert not Voice.objects.exists()


def test_the_database_itself_refuses_a_name(voiced: Voiced) -> None:
    row = voiced.nameless()
    with pytest.raises(IntegrityError):
        Voice.objects.filter(pk=row.pk).update(raised_by=voiced.cast.erin.user)


def test_no_order_is_to_be_read_off_ids_or_rows(voiced: Voiced) -> None:
    """An attacker who knows the order in which 200 people wrote, and has the tables as they lie on the disk, guesses no better than chance.

    Kendall's tau of two independent orders of n = 200 has the standard deviation sqrt(2(2n+5)/(9n(n-1))) = 0.0476 (Kendall, 1938);
    four of them are passed once in 15,000 runs.
    """
    came = [voiced.nameless(f"Voice {number}").pk for number in range(200)]
    for row in Voice.objects.order_by("pk")[:40]:
        working.reply_by_code(row, words="Again", day=TODAY)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM voice_voice NOT INDEXED" if connection.vendor == "sqlite" else "SELECT id FROM voice_voice"
        )
        lies = [row[0] for row in cursor.fetchall()]
    assert abs(tau([came.index(pk) for pk in lies])) < 4 * 0.0476
    assert abs(tau([came.index(pk) for pk in sorted(came)])) < 4 * 0.0476
    assert tau(list(range(50))) == 1, "the measure would see an order"
    assert len({row.pk for row in Reply.objects.all()}) == 40
    assert max(Reply.objects.values_list("pk", flat=True)) > 2**40


def tau(order: list[int]) -> float:
    pairs = [(one, two) for at, one in enumerate(order) for two in order[at + 1 :]]
    return sum(1 if one < two else -1 for one, two in pairs) / len(pairs)


def test_sent_twice_it_is_raised_once_and_other_words_get_a_code_of_their_own(voiced: Voiced) -> None:
    client, code = voiced.cast.erin.client(), new_code()
    for _ in range(2):
        assert code in sent(client, code=code).content.decode()
    assert Voice.objects.count() == 1
    other = sent(client, code=code, words="Something else, by way of the back button")
    assert code not in other.content.decode()
    assert Voice.objects.count() == 2


def test_a_code_of_another_voice_is_refused(voiced: Voiced) -> None:
    row = voiced.nameless()
    said = {"kind": "fear", "words": "other", "unit": None, "workflow": None}
    with pytest.raises(CannotError, match="belongs to another voice"):
        Voice.objects.raise_anonymously(voiced.cast.program, code=voiced.codes[row.pk], day=TODAY, **said)


def test_its_author_replies_and_takes_back_without_a_trace(voiced: Voiced) -> None:
    row = voiced.nameless()
    entries, client = Entry.objects.count(), voiced.cast.erin.client()
    code = voiced.codes[row.pk]
    before = whole_database()
    said = client.post(FOLLOW, {"code": code, "act": "reply", "words": "There are three of us."})
    assert "Sent." in said.content.decode()
    assert not said.cookies
    client.post(FOLLOW, {"code": code, "act": "reply", "words": "There are three of us."})  # the page loaded anew
    reply = Reply.objects.get()
    assert (reply.on.weekday(), reply.user, reply.from_author) == (0, None, True)
    assert Voice.objects.get().news
    unsure = client.post(FOLLOW, {"code": code, "act": "withdraw"})
    assert "tick the box first" in unsure.content.decode()
    assert Voice.objects.get().words == WORDS
    client.post(FOLLOW, {"code": code, "act": "withdraw", "sure": "yes"})
    held = Voice.objects.get()
    assert (held.words, held.withdrawn, held.state, held.replies.count()) == ("", True, "closed", 0)
    assert held.closed_on is not None
    assert held.closed_on.weekday() == 0
    assert Entry.objects.count() == entries
    assert set(changed(before, whole_database())) == {"voice.Voice", "journal.Version"}


def test_who_triages_it_is_journaled_and_nothing_of_its_author(voiced: Voiced) -> None:
    row = voiced.nameless()
    working.triage(row, kind="doubt", **voiced.lead)
    (entry,) = Entry.objects.about(row)
    assert (entry.actor_user, entry.at) == (voiced.cast.alice.user.pk, AT)
    assert row.raised_on == MONDAY
    assert Version.objects.now()["voices"] == 2


def test_too_many_from_one_address_wait_and_keep_their_words(voiced: Voiced, monkeypatch: Any) -> None:
    monkeypatch.setattr(open_views, "RAISING", Throttle(most=2, in_all=3))
    point = Point.objects.open(voiced.cast.program, name="Canteen", unit=None, **voiced.lead)
    address = reverse("voice_open:say", kwargs={"code": point.code})

    def say(words: str, place: str) -> Any:
        return Client().post(address, {"kind": "idea", "words": words, "code": new_code()}, REMOTE_ADDR=place)

    assert [say(f"one {n}", "10.0.0.1").status_code for n in range(3)] == [200, 200, 429]
    assert "one 2" in say("one 2", "10.0.0.1").content.decode()
    assert [say(f"two {n}", "10.0.0.2").status_code for n in range(2)] == [200, 429], "all together are too many now"


def test_what_is_refused_is_not_logged_either(voiced: Voiced, caplog: Any) -> None:
    """A line of the log has a time: a refusal just before the voice was taken would tell when, and at which point."""
    caplog.set_level(logging.DEBUG)
    point = Point.objects.open(voiced.cast.program, name="Canteen", unit=None, **voiced.lead)
    address, erin = reverse("voice_open:say", kwargs={"code": point.code}), voiced.cast.erin.client()
    caplog.clear()
    assert Client().post(address, {"kind": "idea", "words": ""}).status_code == 422
    assert Client().post(FOLLOW, {"code": "nonsense"}).status_code == 422
    assert sent(erin, words="").status_code == 422
    assert Client().get(reverse("voice_open:say", kwargs={"code": "nowhere"})).status_code == 404
    point.close(**voiced.lead)
    assert Client().get(address).status_code == 410
    assert [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")] == []


def test_codes_that_are_guessed_are_throttled(voiced: Voiced, monkeypatch: Any) -> None:
    monkeypatch.setattr(open_views, "FOLLOWING", Throttle(most=3, in_all=100))
    row = voiced.nameless()
    codes = [new_code() for _ in range(3)]
    assert [Client().post(FOLLOW, {"code": code}).status_code for code in codes] == [422] * 3
    late = Client().post(FOLLOW, {"code": voiced.codes[row.pk]})
    assert late.status_code == 429
    assert WORDS not in late.content.decode()
