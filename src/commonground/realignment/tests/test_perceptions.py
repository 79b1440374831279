"""How a change is felt: only the person and the one they chose know of it; its words are nowhere else, and go when it rests."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import AT, NAMES, Cast

from commonground.journal.models import Entry, Values
from commonground.programs.register import CannotError
from commonground.realignment.models import Perception
from commonground.realignment.stages import NotYetError

SECRET = "Nobody asks me any more"


def url(name: str, **kwargs: object) -> str:
    return reverse(f"realignment:{name}", kwargs={"program": "northlight", **kwargs})


@pytest.fixture
def said(cast: Cast) -> Perception:
    """Erin says to Dan, her manager, what the change of her role takes from her."""
    return Perception.objects.raise_to(
        cast.program,
        person=cast.erin.person,
        kind="diminished_role",
        to=cast.dan.user,
        words=SECRET,
        by=cast.erin.actor,
        at=AT,
    )


def test_the_two_of_them_see_it_and_nobody_else_whatever_their_role(cast: Cast, said: Perception) -> None:
    sees = {name for name in NAMES if Perception.objects.visible_to(cast.played[name].actor).exists()}
    assert sees == {"erin", "dan"}


def test_the_pages_show_it_to_these_two_alone(cast: Cast, said: Perception) -> None:
    for name in NAMES:
        got = cast.client_of(name).get(url("perceptions"))
        assert (SECRET in got.content.decode()) == (name in {"erin", "dan"}), name
        other = cast.client_of(name).get(url("perception-say", pk=said.pk)).status_code
        assert other == (200 if name == "erin" else 404), name
        if name not in {"erin", "dan"}:
            assert cast.client_of(name).post(url("perception-step", pk=said.pk), {"step": "close"}).status_code == 404


def test_no_journal_page_export_or_search_has_its_words_or_that_there_is_any(cast: Cast, said: Perception) -> None:
    said.say("Still nobody", by=cast.erin.actor, at=AT)
    said.respond(on=AT.date(), by=cast.dan.actor, at=AT)
    assert not any(SECRET in str(row.data) or "Erin" in row.data["what"] for row in Values.objects.all())
    about = Entry.objects.about(said)
    assert about.count() == 3
    for name in NAMES:
        assert about.visible_to(cast.played[name].actor).exists() == (name in {"erin", "dan"}), name
    alice = cast.alice.client()
    for page in (
        "/northlight/journal/",
        f"/northlight/search/?q={SECRET.split(maxsplit=1)[0]}",
        "/northlight/imports/export/",
    ):
        got = alice.get(page)
        body = b"".join(got) if got.streaming else got.content
        assert SECRET.encode() not in body, page


def test_only_the_person_says_it_and_never_to_themselves(cast: Cast) -> None:
    keep = {"kind": "diminished_role", "at": AT}
    with pytest.raises(CannotError, match="by the person alone"):
        Perception.objects.raise_to(cast.program, person=cast.erin.person, to=cast.bob.user, by=cast.dan.actor, **keep)
    with pytest.raises(CannotError, match="somebody else"):
        Perception.objects.raise_to(
            cast.program, person=cast.erin.person, to=cast.erin.user, by=cast.erin.actor, **keep
        )
    with pytest.raises(CannotError, match="nothing that can be felt"):
        Perception.objects.raise_to(
            cast.program, person=cast.erin.person, to=cast.dan.user, by=cast.erin.actor, kind="mood", at=AT
        )


def test_a_response_is_a_day_noted_by_the_reader_and_can_be_taken_back_by_both(cast: Cast, said: Perception) -> None:
    with pytest.raises(CannotError, match="Only the one to whom"):
        said.respond(on=AT.date(), by=cast.erin.actor, at=AT)
    with pytest.raises(NotYetError, match="has not come yet"):
        said.respond(on=AT.date() + timedelta(days=1), by=cast.dan.actor, at=AT)
    with pytest.raises(NotYetError, match="cannot be earlier"):
        said.respond(on=AT.date() - timedelta(days=1), by=cast.dan.actor, at=AT)
    said.respond(on=AT.date(), by=cast.dan.actor, at=AT)
    assert not Perception.objects.waiting().exists()
    said.take_back_response(by=cast.erin.actor, at=AT)
    assert Perception.objects.waiting().exists()
    with pytest.raises(CannotError, match="Only the two of you"):
        said.take_back_response(by=cast.alice.actor, at=AT)


def test_letting_it_rest_deletes_the_words_and_taking_it_back_the_row(cast: Cast, said: Perception) -> None:
    with pytest.raises(CannotError, match="for the person alone"):
        said.close(by=cast.dan.actor, at=AT)
    said.close(by=cast.erin.actor, at=AT)
    said.refresh_from_db()
    assert (said.words, said.is_open) == ("", False)
    with pytest.raises(NotYetError, match="Take it up again first"):
        said.say("more", by=cast.erin.actor, at=AT)
    said.reopen(by=cast.erin.actor, at=AT)
    assert (said.words, said.is_open) == ("", True)
    with pytest.raises(CannotError, match="Only the person can take it back"):
        said.withdraw(by=cast.dan.actor, at=AT)
    said.withdraw(by=cast.erin.actor, at=AT)
    assert not Perception.objects.exists()


def test_a_talk_that_is_offered_is_felt_by_nobody_until_it_is_taken_up(cast: Cast) -> None:
    row = Perception.objects.offer(cast.program, person=cast.erin.person, kind="reassigned", by=cast.dan.actor, at=AT)
    assert not Perception.objects.said().exists()
    row.say("", by=cast.erin.actor, at=AT)
    assert Perception.objects.said().waiting().get() == row
    with pytest.raises(CannotError, match="not taken up"):
        row.withdraw(by=cast.dan.actor, at=AT)


def test_she_chooses_her_reader_on_the_page_and_he_notes_the_talk(cast: Cast) -> None:
    erin, dan = cast.erin.client(), cast.dan.client()
    form = erin.get(url("perception-raise")).content.decode()
    assert "Dan Dahl, your manager" in form
    assert "Alice Aalto, change lead" in form
    assert "Carol" not in form  # a colleague is named by whoever wants her
    given = {"kind": "diminished_role", "to": str(cast.dan.user.pk), "words": SECRET}
    assert erin.post(url("perception-raise"), given).status_code == 302
    assert "Somebody waits for a talk with you" in dan.get(url("perceptions")).content.decode()
    assert "1 person waits" in dan.get("/northlight/for-me/").content.decode()
    row = Perception.objects.get()
    dan.post(url("perception-step", pk=row.pk), {"step": "respond"})
    row.refresh_from_db()
    assert row.answered_on == timezone.localdate()
    assert dan.post(url("perception-step", pk=row.pk), {"step": "dance"}).status_code == 404


def test_any_colleague_may_be_chosen_by_name(cast: Cast) -> None:
    given = {"kind": "reassigned", "to": "else", "somebody": "Charlie Chen"}
    assert cast.erin.client().post(url("perception-raise"), given).status_code == 302
    assert Perception.objects.get().to == cast.charlie.user
    assert "Somebody waits" in cast.charlie.client().get(url("perceptions")).content.decode()
    refused = cast.erin.client().post(url("perception-raise"), {**given, "somebody": "Nobody Here"})
    assert refused.status_code == 422
    assert "is nobody who can sign in here" in refused.content.decode()
    assert cast.erin.client().post(url("perception-raise"), {"kind": "reassigned"}).status_code == 422


def test_a_manager_offers_a_talk_to_somebody_of_their_units_alone(cast: Cast) -> None:
    dan = cast.dan.client()
    assert dan.post(url("perception-offer"), {"person": "Charlie Chen", "kind": "reassigned"}).status_code == 422
    assert dan.post(url("perception-offer"), {"person": "Erin Eide", "kind": "reassigned"}).status_code == 302
    assert "Dan Dahl offers you a talk" in cast.erin.client().get("/northlight/for-me/").content.decode()
    assert cast.erin.client().get(url("perception-offer")).status_code == 404
