"""Who reads a voice: the table by hand for each of the cast and each kind of voice, on the row, on pages and in the CSV."""

from typing import Any

import pytest
from tests.cast import NAMES

from commonground.voice import working
from commonground.voice.models import Point, Reply, Topic, Voice
from commonground.voice.tests.voiced import TODAY, Voiced

RAW, PUBLIC = "Raw words of the author", "Words for all"
# name → of one unpublished, one published, one given to Carol, one signed by Erin, one handed over by Heidi: . nothing, p public, R all
SEES = {
    "alice": "RRRRR",
    "bob": ".p...",
    "carol": ".pR..",
    "dan": ".p...",
    "erin": ".p.R.",
    "charlie": ".p...",
    "frank": ".p...",
    "grace": ".....",
    "heidi": ".p..R",
    "ivan": ".p...",
}


@pytest.fixture
def rows(voiced: Voiced) -> list[Voice]:
    made = [voiced.nameless(RAW, unit="team_a") for _ in range(3)]
    working.publish(made[1], words=PUBLIC, **voiced.lead)
    working.give(made[2], owner=voiced.cast.carol.user, due=TODAY, **voiced.lead)
    made.append(voiced.signed(words=RAW, kind="fear"))
    said: dict[str, Any] = {"kind": "doubt", "words": RAW, "unit": None, "workflow": None}
    made.append(Voice.objects.hand_over(voiced.cast.program, **said, **voiced.who("heidi")))
    return made


@pytest.mark.parametrize("name", NAMES)
def test_the_table_holds_for_rows_and_pages(voiced: Voiced, rows: list[Voice], name: str) -> None:
    played = voiced.cast.played[name]
    for row, sign in zip(rows, SEES[name], strict=True):
        seen = Voice.objects.visible_to(played.actor).filter(pk=row.pk).exists()
        raw = Voice.objects.in_confidence(played.actor).filter(pk=row.pk).exists()
        assert (seen, raw) == (sign != ".", sign == "R"), f"{name} and {row.way} {row.state}"
        page = played.client().get(f"/northlight/voices/{row.pk}/")
        assert page.status_code == (404 if sign == "." else 200)
        assert (RAW in page.content.decode()) == (sign == "R")
        assert (PUBLIC in page.content.decode()) == (row == rows[1] and sign != ".")


ADDRESSES = (
    "",
    "said/",
    "mine/",
    "figures/",
    "?show=all&format=csv",
    "?show=all&q=Raw",
    "said/?format=csv",
    "said/?q=Raw",
)


@pytest.mark.parametrize("name", ["dan", "bob", "erin", "frank", "heidi", "carol"])
def test_no_list_export_or_search_gives_unpublished_words_away(voiced: Voiced, name: str) -> None:
    """Also not by searching for them: a hit would tell that they are there."""
    voiced.nameless(RAW)
    both = voiced.nameless(f"{RAW} of another")
    working.publish(both, words=PUBLIC, **voiced.lead)
    client = voiced.cast.client_of(name)
    for address in ADDRESSES:
        page = client.get(f"/northlight/voices/{address}")
        text = b"".join(page).decode() if page.streaming else page.content.decode()
        assert page.status_code in {200, 302}
        assert RAW not in text
        if "q=Raw" in address:
            assert PUBLIC not in text


def test_a_unit_manager_is_given_what_is_published_and_loses_it_with_it(voiced: Voiced) -> None:
    row, dan = voiced.nameless(RAW), voiced.cast.dan
    working.publish(row, words=PUBLIC, **voiced.lead)
    working.give(row, owner=dan.user, due=TODAY, **voiced.lead)
    page = dan.client().get(f"/northlight/voices/{row.pk}/")
    assert page.status_code == 200
    assert RAW not in page.content.decode()
    working.unpublish(row, **voiced.lead)
    assert dan.client().get(f"/northlight/voices/{row.pk}/").status_code == 404


def test_replies_are_of_those_in_confidence(voiced: Voiced) -> None:
    row = voiced.nameless()
    working.publish(row, words=PUBLIC, **voiced.lead)
    working.reply_by_code(row, words="Between us", day=TODAY)
    readers = {name for name in NAMES if Reply.objects.visible_to(voiced.cast.played[name].actor).exists()}
    assert readers == {"alice"}
    assert "Between us" not in voiced.cast.erin.client().get(f"/northlight/voices/{row.pk}/").content.decode()


def test_topics_and_points(voiced: Voiced) -> None:
    hidden, public = voiced.topic("Hidden"), voiced.topic("Public")
    working.join(voiced.nameless(), hidden, **voiced.lead)
    working.join(voiced.nameless(), public, **voiced.lead)
    working.answer_topic(public, words="Yes.", **voiced.lead)
    Point.objects.open(voiced.cast.program, name="Canteen", unit=None, **voiced.lead)
    sees = {name: {str(one) for one in Topic.objects.visible_to(voiced.cast.played[name].actor)} for name in NAMES}
    workers = {"alice", "carol", "heidi"}
    for name in NAMES:
        assert sees[name] == ({"Hidden", "Public"} if name in workers else set() if name == "grace" else {"Public"}), (
            name
        )
        assert Point.objects.visible_to(voiced.cast.played[name].actor).exists() == (name in workers)


STEPS = (
    "answer",
    "accept",
    "complete",
    "close",
    "publish",
    "write-back",
    "give",
    "hand-back",
    "reopen",
    "unpublish",
    "read",
    "take",
    "reply",
    "withdraw",
)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"alice", "grace"}])
def test_nobody_else_takes_a_step(voiced: Voiced, rows: list[Voice], name: str) -> None:
    """On a published voice that somebody else has: all may read it, only who triages may work on it."""
    row = rows[1]
    working.give(row, owner=voiced.cast.alice.user, due=TODAY, **voiced.lead)
    client = voiced.cast.client_of(name)
    for step in STEPS:
        address = f"/northlight/voices/{row.pk}/{step}/"
        assert (client.get(address).status_code, client.post(address, {"words": "x"}).status_code) == (404, 404), step


def test_who_has_a_voice_works_on_it_and_does_not_publish(voiced: Voiced, rows: list[Voice]) -> None:
    client, row = voiced.cast.carol.client(), rows[2]
    assert client.get(f"/northlight/voices/{row.pk}/publish/").status_code == 404
    assert client.post(f"/northlight/voices/{row.pk}/answer/", {"words": "We practise."}).status_code == 302
    assert Voice.objects.get(pk=row.pk).answer == "We practise."


def test_a_champion_takes_on_what_is_published_and_nobody_has(voiced: Voiced, rows: list[Voice]) -> None:
    client = voiced.cast.heidi.client()
    assert client.post(f"/northlight/voices/{rows[1].pk}/take/").status_code == 302
    assert Voice.objects.get(pk=rows[1].pk).owner == voiced.cast.heidi.user
    assert client.post(f"/northlight/voices/{rows[0].pk}/take/").status_code == 404
