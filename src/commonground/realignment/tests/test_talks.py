"""Talks of three: each notes their own side, from the day on which it was told, and nobody learns of a plan from it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.cast import AT, NAMES, STARTED, Cast

from commonground.organization.models import Assignment
from commonground.programs.register import CannotError
from commonground.realignment.models import HolderPath, Talk
from commonground.realignment.stages import NotYetError
from commonground.realignment.talks import managers_before, paths_of, talk_rows

DAY = AT.date()
TOLD = {"stage": "told", "consulted_on": STARTED, "line_spoke_on": STARTED, "told_on": STARTED, "shown_on": STARTED}
PAGE = reverse("realignment:talks", kwargs={"program": "northlight"})


@pytest.fixture
def path(cast: Cast) -> HolderPath:
    """Erin, whom Dan leads, goes to Carol."""
    return HolderPath.objects.create(
        program=cast.program,
        person=cast.erin.person,
        role=cast.roles["billing_clerk"],
        fate="same",
        to_manager=cast.carol.person,
        effective=date(2026, 11, 2),
        **TOLD,
    )


def test_the_three_and_the_change_lead_see_it(cast: Cast, path: HolderPath) -> None:
    assert {name for name in NAMES if paths_of(cast.played[name].actor).exists()} == {"alice", "carol", "dan", "erin"}
    shown = {name for name in NAMES if "Erin Eide" in cast.client_of(name).get(PAGE).content.decode()}
    assert shown - {"erin"} == {"alice", "carol", "dan"}


def test_a_plan_that_is_not_told_is_nobodys_talk(cast: Cast, path: HolderPath) -> None:
    for stage in ("draft", "consulted"):
        HolderPath.objects.update(stage=stage)
        assert not any(paths_of(cast.played[name].actor).exists() for name in NAMES)
        path.refresh_from_db()
        with pytest.raises(NotYetError, match="before the person has been told"):
            Talk.objects.note(path, "talked_person", on=DAY, by=cast.erin.actor, at=AT)


def test_each_notes_their_own_side(cast: Cast, path: HolderPath) -> None:
    sides = {"talked_from": "dan", "talked_to": "carol", "talked_person": "erin"}
    for side, whose in sides.items():
        for name in ("alice", "bob", "dan", "carol", "erin", "charlie"):
            if name != whose:
                with pytest.raises(CannotError, match="for themselves"):
                    Talk.objects.note(path, side, on=DAY, by=cast.played[name].actor, at=AT)
        Talk.objects.note(path, side, on=DAY, by=cast.played[whose].actor, at=AT)
    row = Talk.objects.get()
    assert (row.from_manager, row.talked_from, row.talked_to, row.talked_person) == (cast.dan.person, DAY, DAY, DAY)


def test_a_note_can_be_taken_back_and_stands_once(cast: Cast, path: HolderPath) -> None:
    keep = {"by": cast.erin.actor, "at": AT}
    with pytest.raises(NotYetError, match="has not come yet"):
        Talk.objects.note(path, "talked_person", on=DAY + timedelta(days=1), **keep)
    Talk.objects.note(path, "talked_person", on=DAY, **keep)
    with pytest.raises(NotYetError, match="noted already"):
        Talk.objects.note(path, "talked_person", on=DAY, **keep)
    Talk.objects.take_back(path, "talked_person", **keep)
    assert Talk.objects.get().talked_person is None
    with pytest.raises(CannotError, match="no side of the talk"):
        Talk.objects.note(path, "talked", on=DAY, **keep)


def test_the_change_lead_notes_it_for_who_cannot_sign_in(cast: Cast, path: HolderPath) -> None:
    person = cast.erin.person
    person.user = None
    person.save()
    Talk.objects.note(path, "talked_person", on=DAY, by=cast.alice.actor, at=AT)
    assert Talk.objects.get().talked_person == DAY


def test_who_led_before_is_known_after_the_day_has_come(cast: Cast, path: HolderPath) -> None:
    later = path.effective + timedelta(days=30)
    assert managers_before([path], DAY) == {path.pk: cast.dan.person.pk}
    Assignment.objects.filter(person=cast.erin.person).update(end=path.effective)
    Assignment.objects.create(
        person=cast.erin.person,
        unit=cast.units["contact"],
        role=cast.roles["billing_clerk"],
        manager=cast.carol.person,
        start=path.effective,
    )
    assert managers_before([path], later) == {path.pk: cast.dan.person.pk}


def test_who_keeps_their_manager_is_not_re_assigned(cast: Cast, path: HolderPath) -> None:
    HolderPath.objects.update(to_manager=cast.dan.person)
    assert talk_rows(list(paths_of(cast.alice.actor)), cast.alice.actor, DAY) == []
    HolderPath.objects.update(to_manager=cast.carol.person, fate="leaving")
    assert not paths_of(cast.alice.actor).exists()


def test_on_the_pages(cast: Cast, path: HolderPath) -> None:
    dan, note = cast.dan.client(), reverse("realignment:talk-note", kwargs={"program": "northlight", "pk": path.pk})
    assert "Erin Eide goes to Carol Cole from 2 Nov 2026" in dan.get("/northlight/for-me/").content.decode()
    dan.post(note, {"side": "talked_from"})
    assert Talk.objects.get().from_manager == cast.dan.person
    assert "Erin Eide goes to" not in dan.get("/northlight/for-me/").content.decode()
    assert "Not noted yet" in dan.get(f"{PAGE}?talks=open").content.decode()
    dan.post(note, {"side": "talked_from", "undo": "1"})
    assert Talk.objects.get().talked_from is None
    assert cast.charlie.client().post(note, {"side": "talked_person"}).status_code == 404
    assert dan.post(note, {"side": "somebody"}).status_code == 404


def test_as_a_sheet(cast: Cast, path: HolderPath) -> None:
    Talk.objects.note(path, "talked_from", on=DAY, by=cast.dan.actor, at=AT)
    got = b"".join(cast.dan.client().get(f"{PAGE}?format=csv")).decode().splitlines()
    assert got[1] == "Erin Eide,2026-11-02,Dan Dahl,2026-09-14,Carol Cole,,Erin Eide,"


def test_who_leads_on_the_day_of_telling_stays_the_manager_until_then(cast: Cast) -> None:
    """A register that is put right between telling and the day itself exchanges none of the three."""
    path = HolderPath.objects.create(
        program=cast.program,
        person=cast.erin.person,
        role=cast.roles["billing_clerk"],
        fate="same",
        to_manager=cast.carol.person,
        effective=DAY + timedelta(days=60),
        stage="consulted",
        consulted_on=STARTED,
        line_spoke_on=STARTED,
    )
    assert not Talk.objects.exists()
    path.advance("told", on=DAY, by=cast.alice.actor, at=AT)
    Assignment.objects.filter(person=cast.erin.person).update(manager=cast.frank.person)
    row = talk_rows(list(paths_of(cast.alice.actor)), cast.alice.actor, DAY)[0]
    assert row.sides[0].person == cast.dan.person
    assert list(paths_of(cast.dan.actor)) == [path]
    Talk.objects.note(path, "talked_from", on=DAY, by=cast.dan.actor, at=AT)
    assert Talk.objects.get().from_manager == cast.dan.person


def test_who_keeps_their_manager_has_no_talk_from_telling_on(cast: Cast, path: HolderPath) -> None:
    HolderPath.objects.update(to_manager=cast.dan.person, stage="consulted")
    path.refresh_from_db()
    path.advance("told", on=DAY, by=cast.alice.actor, at=AT)
    assert not Talk.objects.exists()
