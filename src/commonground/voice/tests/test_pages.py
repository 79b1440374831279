"""The pages: raising with a name, handing over, triage, the list, what is public, points, what is one's own."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from commonground.voice import working
from commonground.voice.keys import new_code
from commonground.voice.models import Point, Topic, Voice
from commonground.voice.naming import may_name
from commonground.voice.tests.voiced import AT, TODAY, Voiced

HERE = "/northlight/voices"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def text_of(client: Client, path: str = "/") -> str:
    answer = client.get(f"{HERE}{path}", follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_idea_with_a_name_is_its_authors(voiced: Voiced) -> None:
    client = voiced.cast.erin.client()
    given: dict[str, Any] = {
        "kind": "idea",
        "words": "One form.",
        "sender": "me",
        "wants_credit": "on",
        "unit": "",
        "workflow": "",
    }
    answer = client.post(f"{HERE}/raise/", given)
    row = Voice.objects.get()
    assert answer.status_code == 302
    assert (row.author, row.raised_by, row.credit) == (voiced.cast.erin.person, voiced.cast.erin.user, "Erin Eide")
    working.publish(row, words="One form.", **voiced.lead)
    working.accept(row, words="We begin in May.", **voiced.lead)
    working.complete(row, words="One form since June.", **voiced.lead)
    public = text_of(voiced.cast.charlie.client(), "/said/")
    assert "An idea of Erin Eide" in public
    assert "One form since June." in public
    assert "You said one thing, and it has an answer" in text_of(client, "/mine/")


def test_without_the_wish_no_name_stands_there(voiced: Voiced) -> None:
    row = voiced.signed()
    working.publish(row, words="One form.", **voiced.lead)
    working.accept(row, **voiced.lead)
    assert "Erin" not in text_of(voiced.cast.charlie.client(), "/said/")
    assert "An idea from Northlight" in text_of(voiced.cast.charlie.client(), "/said/")


def test_what_is_wrong_is_told_at_its_field(voiced: Voiced) -> None:
    answer = voiced.cast.erin.client().post(f"{HERE}/raise/", {"sender": "nobody", "words": "x" * 2001})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose what it is" in text
    assert "At most 2,000 letters" in text
    assert not Voice.objects.exists()


def test_a_champion_writes_a_paper_form_down(voiced: Voiced) -> None:
    code, client = new_code(), voiced.cast.heidi.client()
    given = {"kind": "doubt", "words": "Why now?", "unit": voiced.units["crews"].pk, "code": code.lower(), "author": ""}
    page = client.post(f"{HERE}/hand-over/", given, follow=True).content.decode()
    assert "It is told as from Northlight." in page
    row = Voice.objects.get()
    assert (row.way, row.author, row.raised_by) == ("handed", None, voiced.cast.heidi.user)
    again = client.post(f"{HERE}/hand-over/", given).content.decode()
    assert "This form has been written down already." in again
    assert "A code has twenty signs" in client.post(f"{HERE}/hand-over/", {**given, "code": "K7"}).content.decode()
    followed = Client().post("/follow/", {"code": code}).content.decode()
    assert "Why now?" in followed
    assert "Your words wait for an answer, due by 30 Sep 2026" in followed


def test_handed_over_with_a_name_it_is_theirs(voiced: Voiced) -> None:
    given = {"kind": "idea", "words": "Two vans.", "unit": "", "code": "", "author": "Erin Eide"}
    voiced.cast.heidi.client().post(f"{HERE}/hand-over/", given)
    row = Voice.objects.get()
    assert row.credit == "Erin Eide"
    assert "Two vans." in text_of(voiced.cast.erin.client(), "/mine/")


def test_triage_decides_all_in_one_and_brings_the_next(voiced: Voiced) -> None:
    first = voiced.nameless("I fear that the new device is too quick for me")
    near = voiced.nameless("The new device is too quick for me, I fear")
    page = text_of(voiced.cast.alice.client(), "/triage/")
    assert "2 voices to read" in page
    rows = {row.words: row for row in (first, near)}
    shown = next(row for words, row in rows.items() if f'<blockquote class="quote said first-words">{words}' in page)
    other = near if shown == first else first
    assert "Nearly the same was said before" in page
    given = {
        "kind": "doubt",
        "owner": voiced.cast.carol.user.pk,
        "due": "2026-09-30",
        "topic": "",
        "new_topic": "Will we be quick enough?",
        "alike": [other.pk],
        "publish": "on",
        "public_words": "Is it too quick?",
    }
    answer = voiced.cast.alice.client().post(f"{HERE}/triage/", given, follow=True).content.decode()
    held, topic = Voice.objects.get(pk=shown.pk), Topic.objects.get()
    assert (held.kind, held.state, held.owner, held.topic) == ("doubt", "assigned", voiced.cast.carol.user, topic)
    assert (held.published, held.public_words, held.triaged_on) == (True, "Is it too quick?", TODAY)
    assert Voice.objects.get(pk=other.pk).topic == topic
    assert "One voice to read" in answer


def test_triage_refuses_to_publish_nothing_and_to_join_nowhere(voiced: Voiced) -> None:
    voiced.nameless("One and the same words here")
    near = voiced.nameless("One and the same words here!")
    client = voiced.cast.alice.client()
    shown = "Write the words that all are to read."
    first = Voice.objects.filter(triaged_on=None).order_by("raised_on", "pk").first()
    assert first is not None
    other = Voice.objects.exclude(pk=first.pk).get()
    given = {"kind": "fear", "publish": "on", "public_words": " ", "alike": [other.pk], "new_topic": ""}
    page = client.post(f"{HERE}/triage/", given)
    assert page.status_code == 422
    assert shown in page.content.decode()
    assert "Name what they have in common" in page.content.decode()
    assert near.topic is None


def test_names_are_pointed_out(voiced: Voiced) -> None:
    text = "Erin’s desk is full, and Dahl said No. The Device too."
    assert may_name(text) == ["Erin’s", "Dahl"]
    voiced.nameless(text)
    assert "It may name somebody: <b>Erin’s, Dahl</b>" in text_of(voiced.cast.alice.client(), "/triage/")


def test_the_list_begins_with_what_waits_and_how_long(voiced: Voiced) -> None:
    alice = voiced.cast.alice.client()
    assert "Nobody has said anything yet" in text_of(alice)
    old = voiced.nameless("The oldest", day=TODAY.replace(day=1))
    voiced.signed(words="A signed one", kind="question")
    page = text_of(alice)
    assert "2 voices wait, the oldest 16 days" in page  # 1 September is a Tuesday; its week began 16 days ago
    assert "Overdue" in page
    assert "Nothing matches" in text_of(alice, "/?q=nowhere")
    assert "The oldest" not in text_of(alice, "/?kind=question")
    assert "The oldest" in text_of(alice, f"/?unit={voiced.units['root'].pk}&kind=fear") or old.unit is None
    working.answer(old, words="So it is.", **voiced.lead)
    assert "1 voice waits, since today" in text_of(alice)
    exported = b"".join(alice.get(f"{HERE}/?show=all&format=csv")).decode()
    assert exported.count("\n") == 3
    assert "So it is." in exported


def test_for_an_employee_the_list_is_what_is_public(voiced: Voiced) -> None:
    answer = voiced.cast.erin.client().get(f"{HERE}/")
    assert answer.status_code == 302
    assert answer["Location"] == f"{HERE}/said/"
    assert "Nothing is published yet" in text_of(voiced.cast.erin.client())


def test_the_public_page_has_one_answer_for_many(voiced: Voiced) -> None:
    topic = voiced.topic()
    for number in range(3):
        row = voiced.nameless(f"Raw {number}")
        working.publish(row, words=f"Public {number}", **voiced.lead)
        working.join(row, topic, **voiced.lead)
    lone = voiced.nameless("Raw lone")
    working.publish(lone, words="Public lone", **voiced.lead)
    working.answer_topic(topic, words="We practise together.", **voiced.lead)
    page = text_of(voiced.cast.erin.client(), "/said/")
    assert "4 voices so far, 3 answers; one waits" in page
    assert page.count("We practise together.") == 1
    assert "to 3 voices" in page
    assert page.index("One answer to many") < page.index("Said, not answered yet") < page.index("Public lone")
    assert "Raw" not in page
    assert "We practise together." in text_of(voiced.cast.erin.client(), f"/topics/{topic.pk}/")


def test_the_topic_page_answers_all(voiced: Voiced) -> None:
    topic, client = voiced.topic(), voiced.cast.alice.client()
    working.join(voiced.nameless(), topic, **voiced.lead)
    page = client.post(f"{HERE}/topics/{topic.pk}/answer/", {"words": "Yes."}, follow=True).content.decode()
    assert "Answered. It serves 1 more voice." in page
    client.post(f"{HERE}/topics/{topic.pk}/outcome/", {"words": "All have practised."})
    client.post(f"{HERE}/topics/{topic.pk}/name/", {"name": "How quick?"})
    topic.refresh_from_db()
    assert (topic.name, topic.came_of_it) == ("How quick?", "All have practised.")
    client.post(f"{HERE}/topics/{topic.pk}/reopen/")
    assert Voice.objects.get().state == "open"
    assert voiced.cast.carol.client().post(f"{HERE}/topics/{topic.pk}/answer/", {"words": "No."}).status_code == 404


def test_every_step_has_its_page(voiced: Voiced) -> None:
    row, client = voiced.signed(), voiced.cast.alice.client()

    def do(step: str, **given: str) -> str:
        answer = client.post(f"{HERE}/{row.pk}/{step}/", given)
        assert answer.status_code == 302, step
        return Voice.objects.get(pk=row.pk).state

    assert do("give", owner=str(voiced.cast.carol.user.pk), due="2026-09-30") == "assigned"
    assert do("hand-back") == "open"
    assert do("publish", words="One form") == "open"
    assert do("accept", words="") == "accepted"
    assert do("complete", words="Done.") == "completed"
    assert do("reopen") == "open"
    assert do("close", words="Twice the same") == "closed"
    assert do("reopen") == "open"
    assert do("write-back", words="Which form?") == "open"
    assert do("answer", words="The blue one.") == "answered"
    assert do("unpublish") == "answered"
    assert client.get(f"{HERE}/{row.pk}/nonsense/").status_code == 404
    assert client.get(f"{HERE}/{row.pk}/reopen/").status_code == 405
    refused = client.post(f"{HERE}/{row.pk}/complete/", {"words": "Done."})
    assert refused.status_code == 422
    assert "it has to be “being done”" in refused.content.decode()
    erin = voiced.cast.erin.client()
    assert "Which form?" in erin.get(f"{HERE}/{row.pk}/").content.decode()
    assert erin.post(f"{HERE}/{row.pk}/reply/", {"words": "All"}).status_code == 302
    assert Voice.objects.get().news
    assert do("read") == "answered"
    assert erin.post(f"{HERE}/{row.pk}/withdraw/").status_code == 302
    assert Voice.objects.get().withdrawn


def test_a_point_from_opening_to_closing(voiced: Voiced) -> None:
    alice = voiced.cast.alice.client()
    alice.post(f"{HERE}/points/open/", {"name": "Canteen", "unit": voiced.units["contact"].pk})
    point = Point.objects.get()
    poster = text_of(voiced.cast.heidi.client(), f"/points/{point.pk}/poster/")
    assert f"{settings.ADDRESS}/say/{point.code}/" in poster
    assert "<svg" in poster
    assert 'class="qr-code"' in poster
    assert "“Contact centre” unless you leave it out" in poster
    paper = text_of(voiced.cast.heidi.client(), f"/points/{point.pk}/paper/?n=3")
    assert paper.count('class="stub"') == 3
    say = Client().get(f"/say/{point.code.upper()}/").content.decode()
    assert "Leave the unit out too (Contact centre)" in say
    kept = {"kind": "idea", "code": new_code()}
    Client().post(f"/say/{point.code}/", {**kept, "words": "With the unit"})
    Client().post(f"/say/{point.code}/", {**kept, "words": "Without", "without_unit": "on"})
    assert {row.words: row.unit for row in Voice.objects.all()} == {
        "With the unit": voiced.units["contact"],
        "Without": None,
    }
    alice.post(f"{HERE}/points/{point.pk}/switch/")
    closed = Client().post(f"/say/{point.code}/", {**kept, "words": "Too late"})
    assert closed.status_code == 410
    assert "This address was closed" in closed.content.decode()
    assert Voice.objects.count() == 2
    alice.post(f"{HERE}/points/{point.pk}/switch/")
    assert Client().get(f"/say/{point.code}/").status_code == 200
    assert Client().get("/say/0000000000/").status_code == 404
    assert voiced.cast.heidi.client().get(f"{HERE}/points/open/").status_code == 404


def test_pages_ask_the_database_as_often_for_many_as_for_few(
    voiced: Voiced, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        working.publish(voiced.nameless(f"Voice {number}"), words=f"Public {number}", **voiced.lead)
    alice = voiced.cast.alice.client()
    for path in ("/", "/said/", "/figures/", "/triage/"):
        alice.get(f"{HERE}{path}")
        with django_assert_max_num_queries(35):
            alice.get(f"{HERE}{path}")
