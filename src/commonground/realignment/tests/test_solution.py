"""One search: seats, answers, sessions, contributions, decision; a seat alone is not taking part (GLOSSARY)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.cast import AT, Cast

from commonground.journal.models import Entry, Version
from commonground.programs.register import CannotError
from commonground.realignment.fates import ProcessFate
from commonground.realignment.solutions import Contribution, Seat, Session, Solution, standings

DAY = AT.date()


def address(cast: Cast, name: str, **kwargs: object) -> str:
    return reverse(f"realignment:{name}", kwargs={"program": cast.program.slug, **kwargs})


def search(cast: Cast) -> Solution:
    return Solution.objects.get()


def seat_of(cast: Cast, name: str) -> Seat:
    return search(cast).offer_seat(cast.played[name].person, by=cast.alice.actor, at=AT)


def page(cast: Cast, who: str, name: str = "solution", **kwargs: object) -> str:
    kwargs = kwargs or ({"pk": search(cast).pk} if name == "solution" else {})
    response = cast.client_of(who).get(address(cast, name, **kwargs))
    assert response.status_code == 200
    return response.content.decode()


def test_a_seat_alone_is_not_taking_part(cast: Cast) -> None:
    seat, one = seat_of(cast, "dan"), search(cast)
    seat.record_consent(True, by=cast.dan.actor, at=AT)
    before = standings([one], DAY)[one.pk]
    assert before.seated == {cast.dan.person.pk}
    assert before.takes_part == frozenset()
    assert before.state(seat) == "a seat, not yet part"
    one.record_session(on=DAY, people=[cast.dan.person], by=cast.alice.actor, at=AT)
    assert standings([one], DAY)[one.pk].takes_part == {cast.dan.person.pk}


def test_a_contribution_without_a_seat_is_not_taking_part_either(cast: Cast) -> None:
    one = search(cast)
    one.add_contribution(cast.dan.person, words="Ask once", on=DAY, by=cast.alice.actor, at=AT)
    assert standings([one], DAY)[one.pk].takes_part == frozenset()


def test_the_owner_in_question_is_named_first_and_seated_with_one_click(cast: Cast) -> None:
    ProcessFate.objects.draft(cast.things["billing_process"], fate="move", by=cast.alice.actor, at=AT)
    assert "One owner of a process in question takes no part yet" in page(cast, "alice")
    client = cast.alice.client()
    client.post(address(cast, "offer-seat", pk=search(cast).pk, person=cast.dan.person.pk))
    seat = Seat.objects.get()
    assert (seat.person, seat.consent) == (cast.dan.person, None)
    assert "Seat, not yet part" in page(cast, "alice")
    client.post(
        address(cast, "record-session", pk=search(cast).pk),
        {"on": "2026-09-01", "people": [cast.dan.person.pk], "words": "First talk"},
    )
    text = page(cast, "alice")
    assert "takes no part yet" not in text
    assert "First talk" in text


def test_who_is_missing_is_not_said_while_the_fate_is_a_draft(cast: Cast) -> None:
    ProcessFate.objects.draft(cast.things["billing_process"], fate="move", by=cast.alice.actor, at=AT)
    for who in ("bob", "carol", "dan"):
        assert "no part yet" not in page(cast, who)
        assert "Owners who take no part yet" in page(cast, who, "solutions")
        assert "Dan Dahl" not in page(cast, who, "solutions").split("<main")[1]


def test_an_employee_with_a_seat_sees_their_own_search_answers_and_contributes(cast: Cast) -> None:
    client, one = cast.erin.client(), search(cast)
    assert client.get(address(cast, "solution", pk=one.pk)).status_code == 404
    seat = seat_of(cast, "erin")
    assert "you have a seat" in page(cast, "erin", "solutions")
    client.post(address(cast, "consent", pk=seat.pk, answer="yes"))
    seat.refresh_from_db()
    assert seat.consent is True
    client.post(address(cast, "contribute", pk=one.pk), {"on": "2026-09-10", "words": "Print it at the desk"})
    row = Contribution.objects.get()
    assert (row.person, row.words) == (cast.erin.person, "Print it at the desk")
    cast.alice.client().post(address(cast, "outcome", pk=row.pk), {"came_of_it": "Used from October on"})
    assert "Used from October on" in page(cast, "erin")


def test_nobody_answers_for_another(cast: Cast) -> None:
    seat = seat_of(cast, "erin")
    seat_of(cast, "charlie")
    assert cast.charlie.client().post(address(cast, "consent", pk=seat.pk, answer="yes")).status_code == 404
    seat.refresh_from_db()
    assert seat.consent is None


def test_a_manager_agrees_for_their_own_people_only(cast: Cast) -> None:
    mine, other = seat_of(cast, "erin"), seat_of(cast, "charlie")
    client = cast.dan.client()
    assert client.post(address(cast, "manager-agrees", pk=mine.pk, answer="yes")).status_code == 302
    assert client.post(address(cast, "agree-hours", pk=mine.pk), {"hours": "2.5"}).status_code == 302
    assert client.post(address(cast, "manager-agrees", pk=other.pk, answer="yes")).status_code == 404
    mine.refresh_from_db()
    assert (mine.manager_agreed, mine.hours_per_week) == (True, 2.5)


@pytest.mark.parametrize(
    ("act", "verb", "table"),
    [
        (lambda c, s: seat_of(c, "dan"), "offered a seat", "seats"),
        (
            lambda c, s: seat_of(c, "dan").record_consent(True, by=c.dan.actor, at=AT),
            "recorded consent to a seat",
            "seats",
        ),
        (lambda c, s: seat_of(c, "dan").agree_hours(3, by=c.alice.actor, at=AT), "agreed hours for a seat", "seats"),
        (
            lambda c, s: seat_of(c, "dan").manager_agrees(True, by=c.bob.actor, at=AT),
            "recorded the manager’s agreement",
            "seats",
        ),
        (
            lambda c, s: seat_of(c, "dan").free(on=DAY + timedelta(days=1), by=c.alice.actor, at=AT),
            "freed a seat",
            "seats",
        ),
        (lambda c, s: seat_of(c, "dan").free(on=DAY, by=c.alice.actor, at=AT), "took a seat back", "seats"),
        (
            lambda c, s: s.record_session(on=DAY, people=[c.dan.person], by=c.alice.actor, at=AT),
            "recorded a session",
            "takes_part",
        ),
        (
            lambda c, s: s.decide(decision="Billing writes it", on=DAY, by=c.alice.actor, at=AT),
            "recorded the decision",
            "solutions",
        ),
        (lambda c, s: s.change({"question": "Who?"}, by=c.alice.actor, at=AT), "changed a search", "solutions"),
    ],
)
def test_every_verb_is_written_in_the_journal_and_bumps_its_table(cast: Cast, act, verb: str, table: str) -> None:
    one = search(cast)
    act(cast, one)
    entry = Entry.objects.about(one).order_by("-pk").first()
    assert entry is not None
    assert entry.verb == verb
    assert Version.objects.now()[table] >= 1


def test_a_search_is_opened_for_a_workflow(cast: Cast) -> None:
    response = cast.carol.client().post(
        address(cast, "open-solution"), {"workflow": cast.things["workflow"].pk, "question": "Who calls back?"}
    )
    row = Solution.objects.get(question="Who calls back?")
    assert response.headers["Location"] == address(cast, "solution", pk=row.pk)
    assert row.opened is not None
    assert Entry.objects.about(row).get().verb == "opened a search"


def test_a_decided_search_offers_no_seat_until_it_is_opened_again(cast: Cast) -> None:
    one = search(cast)
    one.decide(decision="As before", on=DAY, by=cast.alice.actor, at=AT)
    with pytest.raises(CannotError, match="is decided, so no seat"):
        seat_of(cast, "dan")
    one.reopen(by=cast.alice.actor, at=AT)
    assert seat_of(cast, "dan").pk
    assert one.decision == "As before"


def test_nobody_sits_on_two_seats_of_one_search(cast: Cast) -> None:
    seat_of(cast, "dan")
    with pytest.raises(CannotError, match="has a seat"):
        seat_of(cast, "dan")


def test_a_freed_seat_is_given_back(cast: Cast) -> None:
    seat = seat_of(cast, "dan")
    seat.free(on=DAY + timedelta(days=3), by=cast.alice.actor, at=AT)
    cast.alice.client().post(address(cast, "take-seat-again", pk=seat.pk))
    seat.refresh_from_db()
    assert seat.end is None


def test_a_session_that_is_still_ahead_is_not_recorded(cast: Cast) -> None:
    with pytest.raises(CannotError, match="still ahead"):
        search(cast).record_session(on=DAY + timedelta(days=1), people=[], by=cast.alice.actor, at=AT)


def test_a_session_is_put_right(cast: Cast) -> None:
    seat_of(cast, "dan")
    seat_of(cast, "erin")
    row = search(cast).record_session(on=DAY, people=[cast.dan.person], by=cast.alice.actor, at=AT)
    cast.alice.client().post(
        address(cast, "change-session", pk=search(cast).pk, session=row.pk),
        {"on": "2026-09-02", "people": [cast.erin.person.pk]},
    )
    row = Session.objects.get()
    assert (row.on, list(row.people.all())) == (date(2026, 9, 2), [cast.erin.person])


def test_a_removed_contribution_is_put_back(cast: Cast) -> None:
    row = search(cast).add_contribution(cast.dan.person, words="Ask once", on=DAY, by=cast.alice.actor, at=AT)
    client = cast.alice.client()
    client.post(address(cast, "remove-contribution", pk=row.pk))
    assert not Contribution.objects.exists()
    client.post(address(cast, "put-back-contribution", entry=Entry.objects.get(verb="removed a contribution").pk))
    assert Contribution.objects.get().words == "Ask once"


@pytest.mark.parametrize(
    ("who", "status"), [("frank", 404), ("grace", 404), ("bob", 200), ("heidi", 200), ("charlie", 404)]
)
def test_who_sees_a_search(cast: Cast, who: str, status: int) -> None:
    assert cast.client_of(who).get(address(cast, "solution", pk=search(cast).pk)).status_code == status


@pytest.mark.parametrize("who", ["bob", "dan", "erin"])
def test_who_does_not_keep_the_search_does_not_change_it(cast: Cast, who: str) -> None:
    one = search(cast)
    assert (
        cast.client_of(who).post(address(cast, "decide", pk=one.pk), {"decision": "x", "on": "2026-09-01"}).status_code
        == 404
    )
    assert (
        cast.client_of(who).post(address(cast, "offer-seat", pk=one.pk, person=cast.dan.person.pk)).status_code == 404
    )
