"""What a log shows for a program: which activities are processes, where and by whom the others are done, which follow which."""

from datetime import date

import pytest
from tests.cast import AT, Cast

from commonground.journal.models import Version
from commonground.programs.models import Program
from commonground.workflows import seeing, seen
from commonground.workflows.models import Process
from commonground.workflows.proposal_sheet import why
from commonground.workflows.seen import APART, ASIDE, NAME, SeenActivity, SeenPassage
from commonground.workflows.tests.small_log import events, seen_log

CHECK, BILL, CALL, LETTER = "Check_the address", "Write the 1st bill", "take THE call", "Send the letter"


@pytest.fixture(autouse=True)
def own_key(tmp_path: object, settings: object) -> None:
    settings.DATA = tmp_path


def one(name: str) -> SeenActivity:
    return SeenActivity.objects.get(activity=name)


def test_an_activity_of_the_same_name_is_that_process(cast: Cast) -> None:
    log = seen_log(cast)
    assert one(CALL).how == NAME
    assert seen.links(cast.program, log) == {CALL: cast.things["process"].pk}
    assert {(row.activity, row.process) for row in seen.rows(cast.program)} == {
        (CALL, "take-call"),
        (CHECK, None),
        (BILL, None),
        (LETTER, None),
    }


def test_no_volume_is_told_beside_a_persons_name(cast: Cast) -> None:
    seen_log(cast)
    check, letter = one(CHECK), one(LETTER)
    assert check.person is not None
    assert "%" not in why(check)
    assert "case" not in why(check)
    assert letter.person is None
    assert f"{letter.cases} cases" in why(letter) or letter.few


def test_a_name_that_only_comes_near_is_suggested_and_not_linked(cast: Cast) -> None:
    seen_log(cast)
    assert one(BILL).process is None
    assert one(BILL).near == cast.things["billing_process"]
    assert one(LETTER).near is None


def test_a_key_of_the_register_is_understood_too(cast: Cast) -> None:
    Process.objects.create(program=cast.program, key="SEND-THE-LETTER", name="Post")
    seen_log(cast)
    assert one(LETTER).process is not None
    assert one(LETTER).process.name == "Post"


def test_where_and_by_whom_it_is_mostly_done(cast: Cast) -> None:
    """Erin is found by her e-mail in one system and by her name in another; ten people who share a work are nobody in particular."""
    seen_log(cast)
    check, bill, letter = one(CHECK), one(BILL), one(LETTER)
    assert (check.unit, check.person, check.nobody) == (cast.units["billing"], cast.erin.person, "")
    assert (bill.unit, bill.person) == (cast.units["billing"], cast.erin.person)
    assert (letter.unit, letter.unit_said, letter.person, letter.nobody) == (None, "Post room", None, "spread")
    assert one(CALL).person is None, "for what is in the register nobody is proposed"


def test_numbers_stand_for_enough_people_or_are_not_for_showing(cast: Cast) -> None:
    seen_log(cast)
    assert (one(LETTER).few, one(LETTER).cases) == (False, 40)
    assert one(BILL).few, "Erin alone does it"
    assert one(CHECK).few, "six people do it"
    passage = SeenPassage.objects.get(source__activity=BILL, target__activity=LETTER)
    assert passage.few


@pytest.mark.parametrize(("what", "why"), [("leaves", "left"), ("moves", "moved"), ("is renamed", "unknown")])
def test_nobody_is_proposed_who_is_not_there_any_more(cast: Cast, what: str, why: str) -> None:
    erin = cast.erin.person
    assert erin is not None
    if what == "leaves":
        erin.leave(on=date(2026, 9, 1), by=cast.alice.actor, at=AT)
    elif what == "moves":
        erin.move(on=date(2026, 9, 1), unit=cast.units["water"], by=cast.alice.actor, at=AT)
    else:
        erin.rename("Erin Falk", email="erin.falk@example.org", by=cast.alice.actor, at=AT)
    seen_log(cast)
    assert (one(BILL).person, one(BILL).nobody) == (None, why)


def test_the_workflow_is_the_one_whose_processes_are_seen(cast: Cast) -> None:
    seen_log(cast)
    assert {row.workflow for row in SeenActivity.objects.exclude(activity=CALL)} == {cast.things["workflow"]}
    Process.objects.update(workflow=None)
    seen_log(cast)
    assert {row.group for row in SeenActivity.objects.all()} == {"take THE call to Send the letter"}


def test_what_was_said_stays(cast: Cast) -> None:
    seen_log(cast)
    one(CHECK).link(cast.things["billing_process"], by=cast.alice.actor, at=AT)
    one(LETTER).set_aside(by=cast.alice.actor, at=AT)
    one(CALL).part(by=cast.alice.actor, at=AT)
    log = seen_log(cast)
    assert seen.links(cast.program, log) == {CHECK: cast.things["billing_process"].pk}
    assert (one(LETTER).how, one(CALL).how) == (ASIDE, APART)
    assert LETTER not in {row.activity for row in seen.rows(cast.program)}


def test_a_log_of_another_programs_work_is_no_gap_in_this_ones_register(cast: Cast) -> None:
    log = seen_log(cast)
    other = Program.objects.create(slug="fleet", name="Fleet", started=date(2026, 1, 1))
    seeing.refresh(other, log, lambda: [events()], at=AT)
    assert SeenActivity.objects.filter(program=other).count() == 4
    assert seen.rows(other) == []
    assert len(seen.rows(cast.program)) == 4
    assert [seen.waiting(cast.alice.actor, program) for program in (other, cast.program)] == [0, 3]
    Process.objects.create(program=other, key="post", name="Send the letter")
    seeing.refresh(other, log, lambda: [events()], at=AT)
    assert len(seen.rows(other)) == 4
    assert seen.waiting(cast.alice.actor, other) == 3


def test_a_link_outlives_a_new_name_and_ends_with_the_process(cast: Cast) -> None:
    log = seen_log(cast)
    process = Process.objects.get(key="take-call")
    process.change({"name": "Answer the phone"}, by=cast.alice.actor, at=AT)
    seen_log(cast)
    assert seen.links(cast.program, log) == {CALL: process.pk}
    Process.objects.filter(pk=process.pk).delete()
    seen_log(cast)
    assert seen.links(cast.program, log) == {}
    assert one(CALL).is_open


def test_what_is_no_longer_in_the_log_goes_unless_somebody_said_something_of_it(cast: Cast) -> None:
    seen_log(cast)
    one(CHECK).set_aside(by=cast.alice.actor, at=AT)
    seen_log(cast, events(only=CHECK))
    seen_log(cast, events(only=LETTER))
    assert {row.activity for row in SeenActivity.objects.all()} == {CALL, CHECK, BILL}
    assert one(CHECK).how == ASIDE


def test_a_process_that_exists_only_in_a_plan_is_neither_linked_nor_suggested(cast: Cast) -> None:
    """Its name would give the plan away to whoever reads what was measured."""
    Process.objects.create(program=cast.program, key="x", name="Send the letter", planned_only=True)
    Process.objects.create(program=cast.program, key="y", name="Check the addresses", planned_only=True)
    log = seen_log(cast)
    assert set(seen.links(cast.program, log)) == {CALL}
    assert one(LETTER).near is None
    assert one(CHECK).near is None


def test_the_counter_moves_only_when_something_changed(cast: Cast) -> None:
    seen_log(cast)
    before = Version.objects.now()["log_activities"]
    seen_log(cast)
    assert Version.objects.now()["log_activities"] == before
    one(LETTER).set_aside(by=cast.alice.actor, at=AT)
    assert Version.objects.now()["log_activities"] == before + 1


def test_only_who_decides_sees_them(cast: Cast) -> None:
    seen_log(cast)
    assert SeenActivity.objects.visible_to(cast.alice.actor).count() == 4
    for name in ("bob", "carol", "dan", "erin", "frank", "grace"):
        assert not SeenActivity.objects.visible_to(cast.played[name].actor).exists()
        assert not SeenPassage.objects.visible_to(cast.played[name].actor).exists()
