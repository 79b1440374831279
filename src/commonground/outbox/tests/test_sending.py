"""Sending to a real server that accepts, delays, refuses for now, refuses for good and breaks the line."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from pytest_django import Settings

from commonground.access.actor import Actor
from commonground.outbox import secrets, sending, states
from commonground.outbox.models import Channel, Message, MessageQuerySet, OutboxError
from commonground.outbox.post import Server
from commonground.outbox.tests.mail_server import Office, opened
from commonground.outbox.way import Way

AT = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
LEAD = Actor(name="a lead", user=1, roles=frozenset({"lead"}))
INVITATION = {"kind": "test-invitation", "subject": "s", "body": "{link} {other}"}
pytestmark = pytest.mark.django_db


class Clock:
    def __init__(self) -> None:
        self.now = AT

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    with opened() as (office, port):
        settings.MAIL = Way(
            Server("127.0.0.1", port, "none"), "Northlight <change@northlight.test>", "lead@northlight.test"
        )
        yield office


@pytest.fixture
def clock() -> Clock:
    return Clock()


def queued(to: str, body: str = "Words.", **more: object) -> Message:
    return Message.objects.queue("answer", f"{to}@northlight.test", "A subject – with a dash", body, at=AT, **more)


def state(row: Message) -> str:
    row.refresh_from_db()
    return row.state


def test_what_is_queued_arrives_as_it_was_written(office: Office, clock: Clock) -> None:
    body = "Grüße,\n.a line that begins with a dot\n\n" + "a long line " * 120
    row = queued("erin", body)
    done = sending.send_due(clock)
    assert (done.sent, state(row), row.ended_at) == (1, states.SENT, AT)
    mail = office.taken[0]
    assert mail.get_content().replace("\r\n", "\n").rstrip("\n") == body
    assert mail["Subject"] == "A subject – with a dash"
    assert mail["Reply-To"] == "lead@northlight.test"
    assert mail["Message-ID"] == row.message_id
    assert row.message_id.endswith("@northlight.test>")


def test_many_go_over_one_line_in_the_order_they_were_asked_for(office: Office, clock: Clock) -> None:
    rows = [{"kind": "x", "to": f"p{n}@northlight.test", "subject": "s", "body": "b"} for n in range(30)]
    Message.objects.queue_many(rows, at=AT)
    assert sending.send_due(clock, most=20).sent == 20
    assert sending.send_due(clock).sent == 10
    assert [str(mail["To"]) for mail in office.taken] == [row["to"] for row in rows]


def test_what_is_not_due_waits(office: Office, clock: Clock) -> None:
    row = queued("erin", not_before=AT + timedelta(days=1))
    assert sending.send_due(clock).sent == 0
    assert sending.next_due(AT) == AT + timedelta(days=1)
    clock.now += timedelta(days=1)
    assert sending.send_due(clock).sent == 1
    assert state(row) == states.SENT


def test_a_refusal_for_now_is_tried_again_with_growing_waits(office: Office, clock: Clock) -> None:
    row, other = queued("later-2"), queued("erin")
    done = sending.send_due(clock)
    assert (done.sent, done.later) == (1, 1)
    assert state(other) == states.SENT, "one refusal stops nobody else"
    assert state(row) == states.WAITING
    assert row.answer == "450 4.2.0 Greylisted, try again later"
    waits = []
    while state(row) == states.WAITING:
        waits.append(row.next_try - clock.now)
        clock.now = row.next_try
        sending.send_due(clock)
    assert state(row) == states.SENT
    assert waits == sorted(waits)
    assert len(waits) == 2
    assert office.count()[row.recipient] == 1


def test_after_five_tries_in_a_day_it_is_given_up_and_told(office: Office, clock: Clock) -> None:
    row = queued("later-99")
    while state(row) == states.WAITING:
        clock.now = max(clock.now, row.next_try)
        sending.send_due(clock)
    assert (state(row), row.tries) == (states.FAILED, 6)
    assert timedelta(hours=23) < clock.now - AT <= timedelta(days=1)
    row.send_again(by=LEAD, at=clock.now)
    assert (state(row), row.tries) == (states.WAITING, 0)


@pytest.mark.parametrize(
    ("name", "words"), [("never", "550 5.1.1 No such mailbox here"), ("full", "552 5.2.2 Mailbox full")]
)
def test_a_refusal_for_good_ends_it_with_the_servers_words(office: Office, clock: Clock, name: str, words: str) -> None:
    row, other = queued(name), queued("erin")
    sending.send_due(clock)
    assert (state(row), row.answer) == (states.REFUSED, words)
    assert state(other) == states.SENT


def test_a_slow_server_is_waited_for(office: Office, clock: Clock) -> None:
    row = queued("slow")
    sending.send_due(clock)
    assert state(row) == states.SENT


def test_a_line_that_breaks_before_the_end_is_no_delivery(office: Office, clock: Clock) -> None:
    row, other = queued("drop"), queued("erin")
    sending.send_due(clock)
    assert (state(row), state(other)) == (states.WAITING, states.SENT)
    clock.now = row.next_try
    sending.send_due(clock)
    assert state(row) == states.SENT
    assert office.count()[row.recipient] == 1


def test_a_line_that_breaks_after_the_final_dot_leaves_a_doubt_that_a_person_decides(
    office: Office, clock: Clock
) -> None:
    row, other = queued("cut"), queued("erin")
    assert sending.send_due(clock).uncertain == 1
    assert (state(row), state(other)) == (states.UNCERTAIN, states.SENT)
    clock.now += timedelta(days=30)
    sending.send_due(clock)
    assert office.count()[row.recipient] == 1, "not sent again by itself"
    row.arrived(by=LEAD, at=clock.now)
    assert state(row) == states.SENT
    with pytest.raises(OutboxError, match="sent"):
        row.send_again(by=LEAD, at=clock.now)


def test_a_server_that_cannot_be_reached_is_no_messages_fault(office: Office, clock: Clock, settings: Settings) -> None:
    there = settings.MAIL
    settings.MAIL = Way(Server("127.0.0.1", 1, "none"), "change@northlight.test")
    row = queued("erin")
    for _ in range(12):
        assert "cannot be reached" in sending.send_due(clock).trouble
        assert (state(row), row.tries) == (states.WAITING, 0)
        due = sending.next_due(clock.now)
        assert due is not None
        assert clock.now < due <= clock.now + sending.MOST_WAIT
        clock.now = due
    settings.MAIL = there
    assert sending.send_due(clock).sent == 1
    assert Channel.objects.get().trouble == ""


def test_a_server_that_ends_a_line_after_some_messages_is_called_again(office: Office, clock: Clock) -> None:
    first, second = queued("erin"), queued("dan")
    assert sending.send_due(clock, most=1).sent == 1
    office.senders_refused = 1  # a new line is refused once: that is trouble
    assert "421" in sending.send_due(clock).trouble
    clock.now += timedelta(minutes=2)
    assert sending.send_due(clock).sent == 1
    assert (state(first), state(second)) == (states.SENT, states.SENT)


def test_a_dry_run_sends_nothing(office: Office, clock: Clock, settings: Settings) -> None:
    settings.MAIL = None
    row = queued("erin")
    assert sending.send_due(clock) == sending.Sent()
    assert state(row) == states.WAITING
    assert office.taken == []


def test_a_secret_is_filled_in_at_the_moment_of_sending_and_stored_nowhere(office: Office, clock: Clock) -> None:
    asked = []

    def fill(secret: str) -> dict[str, str]:
        asked.append(secret)
        if secret == "round:5/person:8":
            raise secrets.NothingToSend("The round is closed.")
        return {"link": "https://northlight.test/a/TOKEN"}

    secrets.resolver("test-invitation", fill)
    rows = [{**INVITATION, "to": f"p{n}@northlight.test", "secret": f"round:5/person:{n}"} for n in (7, 8)]
    first, second = Message.objects.queue_many(rows, at=AT)
    assert asked == []
    sending.send_due(clock)
    assert office.taken[0].get_content().strip() == "https://northlight.test/a/TOKEN {other}"
    assert (state(first), state(second)) == (states.SENT, states.KEPT)
    assert second.answer == "The round is closed."
    assert "TOKEN" not in str(list(Message.objects.values()))
    assert first.shown_to() == "Recipient not shown"


def test_a_fault_of_one_message_stops_no_other_and_tells_no_secret(office: Office, clock: Clock) -> None:
    def broken(secret: str) -> dict[str, str]:
        raise RuntimeError(f"the token of {secret} is X")

    secrets.resolver("test-broken", broken)
    row = Message.objects.queue("test-broken", "a@northlight.test", "s", "b", secret="round:1/person:1", at=AT)
    letters, other = queued("åsa"), queued("erin")
    sending.send_due(clock)
    assert (state(row), state(letters), state(other)) == (states.FAILED, states.FAILED, states.SENT)
    assert row.answer == "The message could not be written: RuntimeError."


def test_what_a_dead_sender_left_is_taken_up_and_a_late_one_lets_go(office: Office, clock: Clock) -> None:
    row = queued("erin")
    late = sending.claim(clock.now)
    assert late is not None
    assert sending.claim(clock.now) is None, "one sender alone has it"
    assert sending.recover(at=clock.now + timedelta(minutes=1)) == 0, "it lives"
    clock.now += sending.LEASE + timedelta(seconds=1)
    assert sending.send_due(clock).sent == 1
    with pytest.raises(sending.ClaimLostError):
        sending._hand_over(late, clock.now)
    assert state(row) == states.SENT
    assert office.count()[row.recipient] == 1


def test_what_was_being_handed_over_becomes_uncertain_and_a_late_answer_still_counts(
    office: Office, clock: Clock
) -> None:
    row = queued("erin")
    late = sending.claim(clock.now)
    assert late is not None
    sending._hand_over(late, clock.now)
    clock.now += sending.LEASE + timedelta(seconds=1)
    assert sending.recover(at=clock.now) == 1
    assert state(row) == states.UNCERTAIN
    assert sending._end(late, states.SENT, "250 OK", clock.now) == 1
    assert state(row) == states.SENT


def test_cancelling_keeps_back_what_waits_and_forgetting_erases_what_is_over(office: Office, clock: Clock) -> None:
    first = Message.objects.queue("invite", "a@northlight.test", "s", "b", secret="round:5/person:1", at=AT)
    other = Message.objects.queue("invite", "a@northlight.test", "s", "b", secret="round:50/person:1", at=AT)
    assert Message.objects.cancel(kind="invite", secret_prefix="round:5/", at=AT) == 1
    assert (state(first), state(other)) == (states.KEPT, states.WAITING)
    assert Message.objects.forget(kind="invite", secret_prefix="round:5/", at=AT) == 1
    first.refresh_from_db()
    assert (first.recipient, first.body, first.secret, first.shown_to()) == ("", "", "", "Recipient not shown")
    with pytest.raises(OutboxError, match="erased"):
        first.send_again(by=LEAD, at=AT)


@pytest.mark.parametrize("to", ["nobody", "a b@northlight.test", "a@b\nBcc: c@d.test", "@x.test", "a@x.test, b@x.test"])
def test_what_is_no_address_is_refused_and_stops_no_other(to: str) -> None:
    good = {"kind": "x", "to": "erin@northlight.test", "subject": "s", "body": "b"}
    rows = Message.objects.queue_many([{**good, "to": to}, good], at=AT)
    assert [row.state for row in rows] == [states.REFUSED, states.WAITING]


def test_a_subject_is_one_line() -> None:
    with pytest.raises(OutboxError, match="one line"):
        Message.objects.queue("x", "erin@northlight.test", "a\nBcc: all@northlight.test", "b", at=AT)


def test_an_answer_is_written_down_although_the_database_is_held(
    office: Office, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, refusals = queued("erin"), iter([True, True, False])
    update = MessageQuerySet.update

    def held(rows: MessageQuerySet, **values: object) -> int:
        if values.get("state") == states.SENT and next(refusals):
            raise OperationalError("database is locked")
        return update(rows, **values)

    monkeypatch.setattr(MessageQuerySet, "update", held)
    assert sending.send_due(clock).sent == 1
    assert state(row) == states.SENT
