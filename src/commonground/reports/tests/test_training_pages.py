"""The pages of training: what each shows to whom, and that nothing is written but by a verb and a button."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.cast import AT, Cast

from commonground.disclosure.thresholds import PACE, threshold_of
from commonground.guidance.refresh import refresh
from commonground.plan import session_views
from commonground.plan.models import Attendance, Module, Need, Session
from commonground.ui.paging import Keyset

HERE = "/northlight/training/"


@pytest.fixture
def taught(cast: Cast, unhurried: None) -> Session:
    """A module for everyone, with a session today."""
    today = timezone.localdate()
    row = cast.program.add(Module(key="T1", name="What changes", hours=1), by=cast.alice.actor, at=AT)
    Need.objects.say(row, by=cast.alice.actor, at=AT)
    return cast.program.add(Session(key="S1", module=row, on=today, place="Hall"), by=cast.alice.actor, at=AT)


def test_places_are_given_and_who_was_there_is_noted(cast: Cast, taught: Session) -> None:
    alice = cast.alice.client()
    page = f"{HERE}session/{taught.pk}/"
    assert "are left without a place" in alice.get(page).content.decode()
    alice.post(f"{page}book-left/")
    people = list(Attendance.objects.order_by("person__name").values_list("person", flat=True))
    assert len(people) == 8
    told = alice.get(page).content.decode()
    assert told.count('name="there"') == 8
    alice.post(f"{page}note/", {"listed": people, "there": people[1:]})
    assert dict(Attendance.objects.values_list("person", "state")) == {
        **dict.fromkeys(people[1:], "attended"),
        people[0]: "missed",
    }
    left = alice.get(f"{HERE}{taught.module_id}/left/").content.decode()
    assert "1 person is left to train" in left
    csv = b"".join(alice.get(f"{HERE}{taught.module_id}/left/?format=csv").streaming_content).decode()
    assert len(csv.strip().splitlines()) == 2


def test_a_long_list_is_noted_page_by_page(cast: Cast, taught: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_views, "BY_NAME", Keyset(("person__name", "pk"), size=3))
    alice, page = cast.alice.client(), f"{HERE}session/{taught.pk}/"
    alice.post(f"{page}book-left/")
    first = alice.get(page)
    assert first.content.decode().count('name="listed"') == 3
    listed = [one.person_id for one in first.context["there"]]
    alice.post(f"{page}note/", {"listed": listed, "there": listed[:2]})
    assert Attendance.objects.filter(state="attended").count() == 2
    assert Attendance.objects.filter(state="missed").count() == 1
    assert Attendance.objects.filter(state="booked").count() == 5


def test_very_many_are_walked_along_their_names(cast: Cast, taught: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    alice, page = cast.alice.client(), f"{HERE}{taught.module_id}/left/"
    few = [line[1:] for line in alice.get(page).context["lines"]]
    monkeypatch.setattr(session_views, "COUNTED", 1)
    monkeypatch.setattr(session_views, "BY_PERSON", Keyset(("name", "pk"), size=3))
    seen, after = [], ""
    while True:
        answer = alice.get(page, {"after": after} if after else {})
        assert "More than 1 people are left" in answer.content.decode()
        seen += [line[1:] for line in answer.context["lines"]]
        after = answer.context["page"].after
        if not after:
            break
    assert seen == few
    assert len(few) > 3


def test_the_number_of_seats_holds(cast: Cast, taught: Session) -> None:
    Session.objects.update(seats=3)
    cast.alice.client().post(f"{HERE}session/{taught.pk}/book-left/")
    assert Attendance.objects.count() == 3
    cast.alice.client().post(f"{HERE}session/{taught.pk}/book/", {"people": "Charlie Chen\nDan Dahl\nHeidi Holm"})
    assert Attendance.objects.count() <= 3


def test_a_unit_manager_notes_for_their_own_people_alone(cast: Cast, taught: Session) -> None:
    taught.book([cast.erin.person, cast.charlie.person], by=cast.alice.actor, at=AT)
    dan = cast.dan.client()
    told = dan.get(f"{HERE}session/{taught.pk}/").content.decode()
    assert ("Erin Eide" in told, "Charlie Chen" in told) == (True, False)
    both = [cast.charlie.person.pk, cast.erin.person.pk]
    dan.post(f"{HERE}session/{taught.pk}/note/", {"listed": both, "there": both})
    assert Attendance.objects.get(person=cast.erin.person).state == "attended"
    assert Attendance.objects.get(person=cast.charlie.person).state == "booked"
    left = dan.get(f"{HERE}{taught.module_id}/left/").content.decode()
    assert ("Dan Dahl" in left, "Charlie Chen" in left) == (True, False)


def test_names_are_not_for_the_sponsor_nor_the_auditor(cast: Cast, taught: Session) -> None:
    taught.book([cast.erin.person], by=cast.alice.actor, at=AT)
    for name in ("bob", "frank"):
        client = cast.client_of(name)
        assert client.get(f"{HERE}{taught.module_id}/left/").status_code == 404
        assert "Erin" not in client.get(f"{HERE}session/{taught.pk}/").content.decode()


def test_the_page_counts_and_small_groups_are_told_to_nobody_who_does_not_know_them(
    cast: Cast, taught: Session
) -> None:
    taught.book([cast.erin.person], by=cast.alice.actor, at=AT)
    taught.note([cast.erin.person.pk], [], today=timezone.localdate(), by=cast.alice.actor, at=AT)
    refresh(cast.program, timezone.localdate(), timezone.now())
    assert threshold_of(PACE) == 8
    page = f"{HERE}{taught.module_id}/"
    lead, sponsor = (cast.client_of(name).get(page).content.decode() for name in ("alice", "bob"))
    assert "7 of 8 people are left" in lead
    assert "1 of 5" in lead  # customers and all below
    assert "7 of 8 people are left" in sponsor
    assert "1 of 5" not in sponsor
    assert "fewer than 8 people" in sponsor
    assert "had all their training" in cast.alice.client().get(HERE).content.decode()


def test_everybody_finds_their_own_training(cast: Cast, taught: Session) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    Session.objects.update(on=tomorrow)
    taught.refresh_from_db()
    taught.book([cast.erin.person], by=cast.alice.actor, at=AT)
    told = cast.erin.client().get("/northlight/my-training/").content.decode()
    assert "One training is ahead of you" in told
    assert "Hall" in told
    assert "no day yet" in cast.charlie.client().get("/northlight/my-training/").content.decode()
    assert "not in the register" in cast.frank.client().get("/northlight/my-training/").content.decode()


def test_a_module_is_added_said_for_whom_and_removed(cast: Cast) -> None:
    alice = cast.alice.client()
    alice.post(f"{HERE}module/add/", {"name": "Calling", "hours": "2", "cases": "A letter"})
    row = Module.objects.get()
    assert alice.post(f"{HERE}module/add/", {"name": "Calling", "hours": "500"}).status_code == 422
    alice.post(f"{HERE}{row.pk}/for/", {"unit": cast.units["water"].pk})
    need = Need.objects.get()
    assert need.whom == "Water"
    alice.post(f"{HERE}for/{need.pk}/remove/")
    assert not Need.objects.exists()
    alice.post(f"{HERE}propose/{cast.roles['meter_reader'].pk}/")
    assert Module.objects.latest("pk").name == "What changes for Meter reader"
    alice.post(f"{HERE}module/{row.pk}/remove/")
    assert not Module.objects.filter(pk=row.pk).exists()
