"""Champions: asked, saying yes for themselves, their hours and weeks, their end; and who may know of it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.cast import Cast

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.coalition.held_champions import held_on
from commonground.coalition.models import Champion, HoursUsed, Meeting, Reaching
from commonground.coalition.weeks import Used, is_over, last_met, used_by, used_in
from commonground.journal.models import Entry, Version
from commonground.journal.recording import verify
from commonground.programs.register import CannotError

AT = datetime(2026, 9, 16, 9, 0, tzinfo=UTC)
DAY = AT.date()


def lead(cast: Cast) -> dict[str, Any]:
    return {"by": cast.alice.actor, "at": AT}


def ask(cast: Cast, name: str = "erin", **more: Any) -> Champion:
    person = cast.played[name].person
    assert person is not None
    return Champion.objects.ask(person, program=cast.program, **{**lead(cast), **more})


def serve(cast: Cast, name: str = "erin", hours: float | None = 2) -> Champion:
    row = ask(cast, name)
    row.record_consent(True, by=cast.played[name].actor, at=AT)
    row.agree_hours(hours, **lead(cast))
    return row


def sees(actor: Actor) -> set[int]:
    return set(Champion.objects.visible_to(actor).values_list("pk", flat=True))


def test_who_is_only_asked_is_known_to_the_change_lead_and_to_themselves(cast: Cast) -> None:
    row = ask(cast)
    knowing = {name for name in cast.played if row.pk in sees(cast.played[name].actor)}
    assert knowing == {"alice", "erin"}
    row.record_consent(False, by=cast.erin.actor, at=AT)
    assert {name for name in cast.played if row.pk in sees(cast.played[name].actor)} == {"alice", "erin"}
    row.record_consent(True, by=cast.erin.actor, at=AT)
    knowing = {name for name in cast.played if row.pk in sees(cast.played[name].actor)}
    assert knowing == {"alice", "erin", "bob", "carol", "dan", "frank", "heidi", "ivan"}  # not Charlie, not Grace


def test_the_journal_tells_nobody_else_that_somebody_was_asked_or_said_no(cast: Cast) -> None:
    row = ask(cast, why="named by several")
    row.record_consent(False, by=cast.erin.actor, at=AT)
    assert not Entry.objects.visible_to(cast.frank.actor).about(row).exists()
    assert Entry.objects.visible_to(cast.alice.actor).about(row).count() == 2
    told = [entry.values.data for entry in Entry.objects.about(row).select_related("values")]
    assert "named by several" not in str(told)  # why they were asked is for the two of them
    row.record_consent(True, by=cast.erin.actor, at=AT)
    assert Entry.objects.visible_to(cast.frank.actor).about(row).count() == 1
    assert verify().sound


def test_nobody_is_asked_twice(cast: Cast) -> None:
    row = ask(cast)
    with pytest.raises(CannotError, match="asked already"):
        ask(cast)
    row.answer("no", by=cast.erin.actor, at=AT)
    with pytest.raises(CannotError, match="said no"):
        ask(cast)
    row.answer("yes", by=cast.erin.actor, at=AT)
    with pytest.raises(CannotError, match="a champion already"):
        ask(cast)
    with pytest.raises(ValueError, match="no source"):
        ask(cast, "dan", source="rumour")
    with pytest.raises(ValueError, match="not told by mood"):
        ask(cast, "dan", cell={"mood": "good"})
    with pytest.raises(CannotError, match="cannot be given"):
        ask(cast, "dan", hours=0)


def test_talk_leaves_the_answer_open(cast: Cast) -> None:
    row = ask(cast)
    row.answer("talk", by=cast.erin.actor, at=AT)
    assert (row.consent, row.wants_talk) == (None, True)
    row.answer("yes", by=cast.erin.actor, at=AT)
    row.refresh_from_db()
    assert (row.consent, row.wants_talk) == (True, False)
    with pytest.raises(ValueError, match="no answer"):
        row.answer("perhaps", **lead(cast))


def test_a_yes_opens_their_page_and_the_end_closes_it(cast: Cast) -> None:
    row, user = ask(cast), cast.erin.user
    assert not user.grants.exists()
    row.record_consent(True, by=cast.erin.actor, at=AT)
    assert [grant.role for grant in user.grants.all()] == [roles.CHAMPION]
    row.end_on(DAY + timedelta(days=1), **lead(cast))
    assert user.grants.exists()  # still ahead
    row.take_again(**lead(cast))
    row.end_on(DAY, **lead(cast))  # began today: taken back whole
    assert not user.grants.exists()
    assert not Champion.objects.exists()


def test_a_role_that_was_there_before_stays(cast: Cast) -> None:
    row = serve(cast, "heidi")
    row.record_consent(None, **lead(cast))
    assert [grant.role for grant in cast.heidi.user.grants.all()] == [roles.CHAMPION]


def test_the_end_and_the_way_back(cast: Cast) -> None:
    row = serve(cast)
    Champion.objects.filter(pk=row.pk).update(start=DAY - timedelta(days=30))
    row.refresh_from_db()
    row.end_on(DAY, **lead(cast))
    assert not Champion.objects.serving(DAY).exists()
    assert not cast.erin.user.grants.exists()
    row.take_again(**lead(cast))
    assert Champion.objects.serving(DAY).get() == row
    assert cast.erin.user.grants.exists()
    row.end_on(DAY, **lead(cast))
    ask(cast)
    with pytest.raises(CannotError, match="again already"):
        row.take_again(**lead(cast))


def test_somebody_follows_and_is_asked_for_the_same_group(cast: Cast) -> None:
    row = serve(cast)
    row.carry({"unit": "BIL"}, **lead(cast))
    person = cast.dan.person
    assert person is not None
    after = row.rotate(to=person, on=DAY + timedelta(days=14), **lead(cast))
    assert (after.consent, after.cell, after.follows) == (None, {"unit": "BIL"}, row)
    assert row.holds(DAY)
    assert not row.holds(DAY + timedelta(days=14))
    with pytest.raises(CannotError, match="holds this place"):
        row.rotate(to=row.person, on=DAY, **lead(cast))


def test_too_much_is_answered_by_other_hours(cast: Cast) -> None:
    row = serve(cast)
    row.say_too_much(by=cast.erin.actor, at=AT)
    row.agree_hours(2, **lead(cast))  # the same are no answer
    assert row.too_much_on == DAY
    row.agree_hours(3, **lead(cast))
    assert row.too_much_on is None
    row.say_too_much(by=cast.erin.actor, at=AT)
    row.say_it_is_fine(by=cast.erin.actor, at=AT)
    row.refresh_from_db()
    assert row.too_much_on is None


def note(cast: Cast, row: Champion, day: date = DAY, hours: float = 2, contacts: int = 5, words: str = "") -> HoursUsed:
    who = {"by": cast.erin.actor, "at": AT}
    return HoursUsed.objects.note(row, day=day, hours=hours, contacts=contacts, words=words, **who)


def test_a_week_is_noted_once_put_right_and_taken_back(cast: Cast) -> None:
    row = serve(cast)
    first = note(cast, row, words="Talked with Jan about Saturdays.")
    assert first.week == date(2026, 9, 14)  # a Monday
    assert note(cast, row, day=DAY - timedelta(days=1), hours=3).pk == first.pk
    assert HoursUsed.objects.get().hours == 3
    assert "Saturdays" not in str([entry.values.data for entry in Entry.objects.about(first).select_related("values")])
    first.take_back(by=cast.erin.actor, at=AT)
    assert not HoursUsed.objects.exists()
    for wrong in ({"day": DAY + timedelta(days=7)}, {"hours": 169}, {"contacts": -1}):
        with pytest.raises(CannotError):
            note(cast, row, **wrong)


def test_weeks_are_seen_by_themselves_and_the_change_lead_alone(cast: Cast) -> None:
    week = note(cast, serve(cast))
    assert {name for name in cast.played if HoursUsed.objects.visible_to(cast.played[name].actor).exists()} == {
        "alice",
        "erin",
    }
    assert week.program_id == cast.program.pk


def test_hours_are_averaged_over_the_last_four_weeks_that_were_noted(cast: Cast) -> None:
    row = serve(cast)
    for weeks, hours in ((0, 4), (1, 2), (3, 2), (4, 4), (5, 50), (9, 50)):
        note(cast, row, day=DAY - timedelta(weeks=weeks), hours=hours, contacts=weeks)
    assert used_by([row], DAY) == used_in(cast.program, DAY) == {row.pk: Used(3, 2, date(2026, 9, 14))}
    assert is_over(row.hours_per_week, used_by([row], DAY)[row.pk])
    assert not is_over(row.hours_per_week, None)


def test_a_meeting_is_noted_planned_put_right_removed_and_put_back(cast: Cast) -> None:
    people = [serve(cast, "erin").person, serve(cast, "dan").person]
    row = Meeting.objects.note(cast.program, on=DAY, people=people, words="First", **lead(cast))
    ahead = Meeting.objects.note(cast.program, on=DAY + timedelta(days=7), **lead(cast))
    assert list(Meeting.objects.held(DAY)) == [row]
    assert last_met(cast.program, [one.pk for one in people], DAY) == {one.pk: DAY for one in people}
    row.put_right(on=DAY - timedelta(days=1), people=people[:1], words="Put right", **lead(cast))
    with pytest.raises(CannotError, match="who was there"):
        ahead.put_right(on=DAY, people=[], words="", **lead(cast))
    pk = row.pk
    row.remove(**lead(cast))
    entry = Entry.objects.filter(verb__startswith="removed").select_related("values").get()
    back = Meeting.put_back(entry, **lead(cast))
    assert (back.pk, back.words, list(back.people.all())) == (pk, "Put right", people[:1])
    assert {name for name in cast.played if not Meeting.objects.visible_to(cast.played[name].actor).exists()} == {
        "charlie",
        "grace",
    } | ({"erin"} if not cast.erin.actor.may("champions.view") else set())


def test_groups_are_chosen_and_what_rests_on_them_is_counted_anew(cast: Cast) -> None:
    row, before = Reaching.objects.of(cast.program), Version.objects.now().get("champions", 0)
    assert row.attributes == ["unit", "level"]
    assert row.choose(["shift", "unit"], minutes=6, hours=1, **lead(cast))
    assert Reaching.objects.of(cast.program).attributes == ["unit", "shift"]
    assert Version.objects.now()["champions"] == before + 1
    assert not Reaching.objects.of(cast.program).choose(["unit", "shift"], minutes=6, hours=1, **lead(cast))
    for attributes, minutes in (([], 6), (["unit"], 0)):
        with pytest.raises(CannotError):
            row.choose(attributes, minutes=minutes, hours=1, **lead(cast))


def test_what_is_held_on_a_champion(cast: Cast) -> None:
    note(cast, serve(cast), words="My own note")
    found = {one.kind: one for one in held_on(cast.erin.person, cast.erin.user)}
    assert found["champion"].rows[0]["your answer"] == "yes"
    assert found["champion-weeks"].rows[0]["your note"] == "My own note"
    assert found["champion-meetings"].rows == []
    assert held_on(None, cast.frank.user) == []
