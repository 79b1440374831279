"""Sponsors and visible acts: named, changed, ended, noted, planned, done; and the way back from each."""

from datetime import date, timedelta

import pytest
from tests.cast import AT, Cast

from commonground.access.actor import Actor
from commonground.coalition.models import Act, Sponsor
from commonground.journal.models import Entry, Version
from commonground.programs import register
from commonground.programs.register import CannotError

TODAY = date(2026, 9, 14)


def named(cast: Cast, **fields: object) -> Sponsor:
    values = {"unit": None, "start": date(2026, 1, 1), **fields}
    return Sponsor.objects.appoint(cast.program, cast.bob.person, **values, by=cast.alice.actor, at=AT)


def noted(cast: Cast, by: Actor | None = None, **fields: object) -> Act:
    values = {"person": cast.bob.person, "on": TODAY, "kind": "visited", **fields}
    return Act.objects.log(Act(program=cast.program, **values), today=TODAY, by=by or cast.bob.actor, at=AT)


def test_a_sponsor_is_named_once_for_a_time(cast: Cast) -> None:
    row = named(cast)
    with pytest.raises(CannotError, match=r"Bob.* for the whole program is named already since 1 Jan 2026"):
        named(cast, start=TODAY)
    named(cast, unit=cast.units["billing"])
    row.end_on(TODAY, why="Retired", by=cast.alice.actor, at=AT)
    assert not Sponsor.objects.on(TODAY).filter(unit=None).exists()
    named(cast, start=TODAY)
    with pytest.raises(CannotError, match="named already"):
        row.reopen(by=cast.alice.actor, at=AT)
    assert row.end == TODAY
    assert str(named(cast, unit=cast.units["water"])).endswith("for Water")


def test_an_end_can_be_taken_back(cast: Cast) -> None:
    row = named(cast)
    row.end_on(TODAY, by=cast.alice.actor, at=AT)
    row.reopen(by=cast.alice.actor, at=AT)
    row.refresh_from_db()
    assert row.end is None
    with pytest.raises(CannotError, match="so it cannot end on 1 Jan 2026"):
        row.end_on(date(2026, 1, 1), by=cast.alice.actor, at=AT)


def test_what_changes_moves_the_facts_and_stands_in_the_journal(cast: Cast) -> None:
    before = Version.objects.now()
    named(cast)
    noted(cast)
    after = Version.objects.now()
    assert all(after[table] > before.get(table, 0) for table in ("sponsors", "acts"))
    assert [one.verb for one in Entry.objects.order_by("-pk")[:2]] == ["noted an act", "named a sponsor"]


def test_everybody_notes_their_own_and_the_change_lead_anybodys(cast: Cast) -> None:
    noted(cast)
    noted(cast, by=cast.alice.actor)
    with pytest.raises(CannotError, match="notes their own acts"):
        noted(cast, by=cast.dan.actor)
    mine = noted(cast, by=cast.dan.actor, person=cast.dan.person)
    assert list(Act.objects.open_to(cast.dan.actor)) == [mine]
    assert Act.objects.open_to(cast.alice.actor).count() == 3
    assert Act.objects.open_to(cast.erin.actor).count() == 0


def test_a_day_to_come_can_only_be_planned(cast: Cast) -> None:
    later = TODAY + timedelta(days=3)
    with pytest.raises(CannotError, match="17 Sep 2026 has not come yet"):
        noted(cast, on=later)
    row = noted(cast, on=later, planned=True)
    assert row.says == "visit"
    assert Act.objects.all().last_of(cast.program, TODAY) == {}
    with pytest.raises(CannotError, match="cannot have been done"):
        row.mark_done(on=later, today=TODAY, by=cast.bob.actor, at=AT)
    row.mark_done(on=TODAY, words="With the night shift", today=TODAY, by=cast.bob.actor, at=AT)
    assert (row.says, row.words) == ("visited", "With the night shift")
    assert Act.objects.all().last_of(cast.program, TODAY) == {cast.bob.person.pk: TODAY}
    row.plan_again(by=cast.bob.actor, at=AT)
    assert row.planned


def test_what_was_removed_is_put_back(cast: Cast) -> None:
    row, act = named(cast), noted(cast)
    for one in (row, act):
        key = one.pk
        one.remove(by=cast.alice.actor, at=AT)
        entry = Entry.objects.order_by("-pk").first()
        assert entry is not None
        assert register.put_back(entry, type(one), facts=one.facts, by=cast.alice.actor, at=AT).pk == key


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("alice", True),
        ("bob", True),
        ("carol", True),
        ("dan", True),
        ("frank", True),
        ("erin", False),
        ("grace", False),
    ],
)
def test_who_sees_them(cast: Cast, who: str, sees: bool) -> None:
    named(cast)
    noted(cast)
    actor = cast.played[who].actor
    assert (Sponsor.objects.visible_to(actor).exists(), Act.objects.visible_to(actor).exists()) == (sees, sees)
