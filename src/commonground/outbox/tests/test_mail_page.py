"""The page of mail: what needs somebody first, no recipient of a round, and what one can do."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings
from tests.cast import Cast

from commonground.journal.models import Entry
from commonground.outbox import keeping, states
from commonground.outbox.models import Channel, Message
from commonground.outbox.tests.mail_server import opened

AT = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)


@pytest.fixture
def rows(cast: Cast) -> dict[str, Message]:
    made = {}
    for state in states.LABELS:
        made[state] = Message.objects.queue("answer", f"{state}@northlight.test", f"Subject {state}", "b", at=AT)
        private = Message.objects.queue(
            "invitation", f"private-{state}@northlight.test", "s", "b", secret="round:1/person:1", at=AT
        )
        Message.objects.filter(pk__in=[made[state].pk, private.pk]).update(state=state, ended_at=AT)
        made[f"private {state}"] = private
    return made


def page(client: Client, query: str = "") -> str:
    return client.get(f"/mail/{query}").content.decode()


def test_what_needs_somebody_comes_first(cast: Cast, rows: dict[str, Message]) -> None:
    text = page(cast.alice.client())
    places = [text.index(f">{state}@northlight.test") for state in states.LABELS]
    assert places == sorted(places)
    assert "Of 2 messages nobody knows whether they arrived, 4 messages did not go out, 6 messages wait" in text


def test_nobody_is_named_of_a_round(cast: Cast, rows: dict[str, Message]) -> None:
    for client in (cast.alice.client(), cast.grace.client()):
        for query in ("", "?kind=invitation", "?state=uncertain", "?format=csv"):
            answer = client.get(f"/mail/{query}")
            text = b"".join(answer).decode() if getattr(answer, "streaming", False) else answer.content.decode()
            assert "private-" not in text
            assert "round:1" not in text


def test_the_administrator_reads_no_subject(cast: Cast, rows: dict[str, Message]) -> None:
    assert "Subject waiting" in page(cast.alice.client())
    assert "Subject" not in page(cast.grace.client())
    assert cast.erin.client().get("/mail/").status_code == 404


def test_an_uncertain_message_is_decided_by_a_person(cast: Cast, rows: dict[str, Message]) -> None:
    client, row = cast.alice.client(), rows["uncertain"]
    client.post(f"/mail/{row.pk}/arrived/")
    row.refresh_from_db()
    assert row.state == states.SENT
    again = rows["private uncertain"]
    client.post(f"/mail/{again.pk}/send-again/")
    again.refresh_from_db()
    assert again.state == states.WAITING
    verbs = list(Entry.objects.filter(kind="outbox.message").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["said that a message arrived", "asked to send a message again"]


@pytest.mark.parametrize("state", [states.SENDING, states.HANDING, states.SENT])
def test_what_is_on_its_way_or_sent_stays_as_it_is(cast: Cast, rows: dict[str, Message], state: str) -> None:
    for verb in ("send-again", "keep-back", "arrived"):
        answer = cast.alice.client().post(f"/mail/{rows[state].pk}/{verb}/", follow=True)
        assert "Look at the list again" in answer.content.decode()
        rows[state].refresh_from_db()
        assert rows[state].state == state


def test_all_that_waits_is_kept_back_and_all_given_up_is_sent_again(cast: Cast, rows: dict[str, Message]) -> None:
    client = cast.alice.client()
    client.post("/mail/all/keep-back/")
    client.post("/mail/all/send-again/")
    assert Message.objects.filter(state=states.KEPT).count() == 4
    assert Message.objects.filter(state=states.WAITING).count() == 2
    assert client.post("/mail/all/else/").status_code == 404


def test_empty_dry_and_troubled(cast: Cast, settings: Settings) -> None:
    client = cast.alice.client()
    assert "No mail yet" in page(client)
    assert "Dry run: no mail leaves" in page(client)
    with opened() as (_, port):
        from commonground.outbox.post import Server  # noqa: PLC0415 - used here alone
        from commonground.outbox.way import Way  # noqa: PLC0415 - used here alone

        settings.MAIL = Way(Server("127.0.0.1", port, "none"), "a@northlight.test")
        assert "Dry run" not in page(client)
        Channel.objects.update_or_create(
            pk=1, defaults={"trouble": "It is away.", "troubles": 1, "troubled_at": AT, "not_before": AT}
        )
        assert "It is away." in page(client)


def test_a_test_mail_is_asked_for(cast: Cast) -> None:
    client = cast.alice.client()
    assert client.post("/mail/test/", {"to": "no address"}).status_code == 422
    assert client.post("/mail/test/", {"to": "erin@northlight.test"}).status_code == 302
    assert Message.objects.get().kind == "test"


def test_addresses_and_words_are_erased_after_thirty_days(cast: Cast, rows: dict[str, Message]) -> None:
    rule = keeping.RULES[0]
    day = AT.date()
    assert (rule.days_default, rule.due(day)) == (30, 0)
    assert rule.run(day + timedelta(days=1), AT) == 8
    for name, row in rows.items():
        row.refresh_from_db()
        over = name.removeprefix("private ") in states.OVER
        assert (row.recipient == "") == over, name
        assert (row.body == "") == over, name
    assert rule.due(day + timedelta(days=1)) == 0
    page(cast.alice.client())


def test_after_a_restore_what_waited_is_in_doubt(cast: Cast, rows: dict[str, Message]) -> None:
    assert Message.objects.after_restore() == 6
    assert not Message.objects.filter(state__in=states.OPEN).exists()
