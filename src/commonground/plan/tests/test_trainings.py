"""Training: whom modules are for, sessions, places, who was there; and that nobody learns of a change from them before it is told."""

from datetime import date, timedelta

import pytest
from tests.cast import AT, Cast

from commonground.journal.models import Entry, Version
from commonground.plan.models import Attendance, Module, Need, Session
from commonground.plan.training_left import left, meant, modules_for
from commonground.plan.training_sessions import people_trained
from commonground.plan.trainings import propose
from commonground.programs import register
from commonground.programs.register import CannotError
from commonground.realignment.models import RoleFate

TODAY = date(2026, 9, 14)


def module(cast: Cast, **fields: object) -> Module:
    row = Module(key=Module.new_key(), **{"name": "The record", **fields})
    return cast.program.add(row, by=cast.alice.actor, at=AT)


def say(cast: Cast, row: Module, **whom: object) -> Need:
    return Need.objects.say(row, **whom, by=cast.alice.actor, at=AT)


def session(cast: Cast, row: Module, **fields: object) -> Session:
    values = {"on": TODAY, "key": Session.new_key(), **fields}
    return cast.program.add(Session(module=row, **values), by=cast.alice.actor, at=AT)


def people(rows) -> list[str]:
    """First names, in order."""
    return sorted(name.split()[0] for name in rows.values_list("person__name", flat=True))


def test_who_is_meant_and_who_is_left(cast: Cast) -> None:
    row, alice = module(cast), cast.alice.actor
    assert people(meant(row, alice, TODAY)) == []
    say(cast, row, role=cast.roles["billing_clerk"])
    assert people(meant(row, alice, TODAY)) == ["Erin"]
    say(cast, row, unit=cast.units["customers"])  # with all below it
    say(cast, row, level=cast.levels["board"])
    assert {"Bob", "Carol", "Dan", "Erin", "Heidi"} <= set(people(meant(row, alice, TODAY)))
    assert "Charlie" not in people(meant(row, alice, TODAY))
    say(cast, row)
    assert "Charlie" in people(left(row, alice, TODAY))
    held = session(cast, row)
    held.book([cast.charlie.person], by=alice, at=AT)
    assert "Charlie" in people(left(row, alice, TODAY))  # a place is not having had it
    held.note([cast.charlie.person.pk], [], today=TODAY, by=alice, at=AT)
    assert "Charlie" not in people(left(row, alice, TODAY))
    assert people_trained(cast.program, TODAY) == 1


def test_a_unit_manager_sees_who_is_left_of_their_people_alone(cast: Cast) -> None:
    row = module(cast)
    say(cast, row)
    assert people(left(row, cast.dan.actor, TODAY)) == ["Dan", "Erin"]


def test_a_module_is_meant_for_a_group_once_and_for_one_group_a_line(cast: Cast) -> None:
    row = module(cast)
    say(cast, row, role=cast.roles["billing_clerk"])
    with pytest.raises(CannotError, match="meant for Billing clerk already"):
        say(cast, row, role=cast.roles["billing_clerk"])
    with pytest.raises(CannotError, match="Name a role, or a unit, or a level"):
        say(cast, row, role=cast.roles["billing_clerk"], unit=cast.units["water"])


def test_seats_are_not_given_twice(cast: Cast) -> None:
    row = session(cast, module(cast), seats=1)
    assert row.book([cast.erin.person], by=cast.alice.actor, at=AT) == 1
    assert row.book([cast.erin.person], by=cast.alice.actor, at=AT) == 0
    with pytest.raises(CannotError, match="0 free seats, and 1 people would need one"):
        row.book([cast.dan.person], by=cast.alice.actor, at=AT)
    assert row.release(by=cast.alice.actor, at=AT) == 1
    assert row.book([cast.dan.person], by=cast.alice.actor, at=AT) == 1


def test_who_was_there_is_noted_put_right_and_taken_back(cast: Cast) -> None:
    row, alice = session(cast, module(cast)), cast.alice.actor
    erin, dan = cast.erin.person.pk, cast.dan.person.pk
    row.book([cast.erin.person, cast.dan.person], by=alice, at=AT)
    assert row.note([erin], [dan], today=TODAY, by=alice, at=AT) == 2
    assert row.note([erin, dan], [], today=TODAY, by=alice, at=AT) == 1
    assert set(Attendance.objects.values_list("state", flat=True)) == {"attended"}
    with pytest.raises(CannotError, match="noted already"):
        row.remove(by=alice, at=AT)
    row.take_back(by=alice, at=AT)
    row.refresh_from_db()
    assert (row.held, set(Attendance.objects.values_list("state", flat=True))) == (None, {"booked"})
    ahead = session(cast, row.module, on=TODAY + timedelta(days=1))
    with pytest.raises(CannotError, match="has not taken place yet"):
        ahead.note([erin], [], today=TODAY, by=alice, at=AT)


def test_the_journal_says_how_many_and_not_who(cast: Cast) -> None:
    row = session(cast, module(cast))
    before = Version.objects.now().get("attendance", 0)
    row.book([cast.erin.person], by=cast.alice.actor, at=AT)
    entry = Entry.objects.order_by("-pk").select_related("values").first()
    assert (entry.verb, "Erin" in str(entry.values.data)) == ("gave 1 people a place", False)
    assert Version.objects.now()["attendance"] > before


def test_everybody_sees_their_own_and_their_line_their_people(cast: Cast) -> None:
    row = session(cast, module(cast))
    row.book([cast.erin.person, cast.charlie.person], by=cast.alice.actor, at=AT)

    def seen(name: str) -> list[str]:
        return people(Attendance.objects.visible_to(cast.played[name].actor))

    both = ["Charlie", "Erin"]
    wanted = {"alice": both, "carol": both, "dan": ["Erin"], "erin": ["Erin"], "bob": [], "frank": [], "grace": []}
    assert {name: seen(name) for name in wanted} == wanted


def test_what_is_removed_can_be_put_back(cast: Cast) -> None:
    row = module(cast)
    say(cast, row)
    row.remove(by=cast.alice.actor, at=AT)
    assert not Need.objects.exists()
    entries = Entry.objects.filter(verb__startswith="removed").select_related("values").order_by("-pk")
    for entry, model in zip(entries, (Module, Need), strict=True):
        register.put_back(entry, model, facts=model.facts, by=cast.alice.actor, at=AT)
    assert [need.whom for need in Module.objects.get().needs.all()] == ["everyone"]


@pytest.fixture
def drafted(cast: Cast) -> Module:
    """A module for a role whose change is a draft of Alice's."""
    RoleFate.objects.draft(cast.roles["billing_clerk"], program=cast.program, fate="change", by=cast.alice.actor, at=AT)
    role = cast.roles["billing_clerk"]
    return propose(cast.program, role, name="New letters", by=cast.alice.actor, at=AT)


def test_nobody_learns_of_a_draft_from_its_training(cast: Cast, drafted: Module) -> None:
    row = session(cast, drafted)
    row.book([cast.erin.person], by=cast.alice.actor, at=AT)
    for name in ("bob", "carol", "dan", "erin", "frank", "charlie"):
        actor = cast.played[name].actor
        for model in (Module, Need, Session, Attendance):
            assert not model.objects.visible_to(actor).exists(), (name, model)
        assert modules_for(actor, cast.program.pk, TODAY) == []
        assert not Entry.objects.visible_to(actor).filter(kind__startswith="plan.").exists(), name
    assert Attendance.objects.visible_to(cast.alice.actor).count() == 1


def test_once_it_is_told_it_is_open(cast: Cast, drafted: Module) -> None:
    RoleFate.objects.update(stage="told")
    assert modules_for(cast.erin.actor, cast.program.pk, TODAY) == [drafted]
    assert Module.objects.visible_to(cast.bob.actor).get() == drafted


def test_a_module_that_is_meant_for_others_too_is_open_without_that_need(cast: Cast, drafted: Module) -> None:
    say(cast, drafted, unit=cast.units["water"])
    assert Module.objects.visible_to(cast.charlie.actor).get() == drafted
    assert [need.whom for need in Need.objects.visible_to(cast.charlie.actor)] == ["Water"]
    assert modules_for(cast.erin.actor, cast.program.pk, TODAY) == []
