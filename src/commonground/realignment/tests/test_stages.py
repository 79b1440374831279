"""The steps between stages: every step of the table and no other, each journaled and sealed, each with its way back."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import Cast

from commonground.journal.models import Entry, Values, Version
from commonground.journal.recording import verify
from commonground.programs.register import CannotError
from commonground.realignment.fates import HolderPath, ProcessFate, RoleFate, Way
from commonground.realignment.models import RoleChange
from commonground.realignment.stages import CONSULTED, DRAFT, IN_FORCE, NEXT, ORDER, STEPS, TOLD, NotYetError
from commonground.realignment.stages_page import PAGE, page
from commonground.realignment.tests.told import AT, TODAY, Told, bring, make_told


@pytest.fixture
def told(cast: Cast) -> Told:
    return make_told(cast)


def values(row: Any, verb: str) -> dict[str, Any]:
    entry = Entry.objects.all().about(row).filter(verb=verb).latest("pk")
    return dict(Values.objects.get(entry=entry).data or {})


def test_the_page_of_the_docs_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew as realignment/stages_page.py says"


def test_the_table_of_steps_by_hand() -> None:
    assert {(step.start, step.end) for step in STEPS} == {
        (DRAFT, CONSULTED),
        (CONSULTED, DRAFT),
        (CONSULTED, TOLD),
        (TOLD, IN_FORCE),
        (TOLD, DRAFT),
    }


@pytest.mark.parametrize("start", ORDER)
@pytest.mark.parametrize("to", ORDER)
def test_a_stage_is_never_left_out(told: Told, start: str, to: str) -> None:
    by = told.cast.alice.actor
    bring(told.role, start, by)
    if start not in {TOLD, IN_FORCE}:
        told.role.line_spoke(on=TODAY, by=by, at=AT)
    if NEXT.get(start) == to:
        told.role.advance(to, on=TODAY, by=by, at=AT)
        assert told.role.stage == to
        return
    with pytest.raises(NotYetError, match="cannot go to"):
        told.role.advance(to, on=TODAY, by=by, at=AT)
    assert RoleFate.objects.get(pk=told.role.pk).stage == start


def test_told_needs_that_the_line_has_spoken(told: Told) -> None:
    by: Any = {"by": told.cast.alice.actor, "at": AT}
    told.role.advance(CONSULTED, on=TODAY, **by)
    with pytest.raises(NotYetError, match="nobody of the line has spoken"):
        told.role.advance(TOLD, on=TODAY, **by)
    with pytest.raises(NotYetError, match="has not come yet"):
        told.role.line_spoke(on=TODAY + timedelta(days=1), **by)
    told.role.line_spoke(on=TODAY, **by)
    with pytest.raises(NotYetError, match="nobody of the line has spoken"):
        told.role.advance(TOLD, on=TODAY - timedelta(days=1), **by)
    with pytest.raises(NotYetError, match="has not come yet"):
        told.role.advance(TOLD, on=TODAY + timedelta(days=1), **by)
    told.role.advance(TOLD, on=TODAY, **by)
    assert (told.role.told_on, told.role.shown_on) == (TODAY, TODAY)
    with pytest.raises(NotYetError, match="has been told already"):
        told.role.line_spoke(on=TODAY, **by)


def test_what_is_told_is_revised_off_the_screens_and_spoken_of_anew(told: Told) -> None:
    by: Any = {"by": told.cast.alice.actor, "at": AT}
    bring(told.role, TOLD, told.cast.alice.actor)
    with pytest.raises(NotYetError, match="cannot be changed under the eyes"):
        told.role.change(fate="end", **by)
    told.role.take_back(why="the date moves", **by)
    assert not RoleFate.objects.visible_to(told.cast.erin.actor).exists()
    told.role.change(fate="end", **by)
    told.role.advance(CONSULTED, on=TODAY, **by)
    with pytest.raises(NotYetError, match="nobody of the line has spoken"):
        told.role.advance(TOLD, on=TODAY, **by)


def test_what_is_in_force_does_not_go_back(told: Told) -> None:
    bring(told.role, IN_FORCE, told.cast.alice.actor)
    with pytest.raises(NotYetError, match="Withdraw it instead"):
        told.role.take_back(by=told.cast.alice.actor, at=AT)


def test_a_change_is_journaled_with_before_and_after_and_sealed(told: Told) -> None:
    by: Any = {"by": told.cast.alice.actor, "at": AT}
    told.process.change(fate="merge", effective=date(2026, 12, 1), why="two became one", **by)
    data = values(told.process, "changed what is planned")
    assert data["before"] == {"fate": "move", "effective": None}
    assert data["after"] == {"fate": "merge", "effective": "2026-12-01"}
    assert data["why"] == "two became one"
    entries = Entry.objects.all().about(told.process)
    assert entries.count() == entries.filter(sealed=True).count()
    number = entries.count()
    told.process.change(fate="merge", **by)
    assert entries.count() == number, "nothing differed"
    told.process.change(to_owners=[told.cast.carol.person], **by)
    assert values(told.process, "changed who is to answer for it")["after"] == ["Carol Cole"]
    assert verify().sound


def test_all_is_opened_to_readers_of_the_journal_once_told(told: Told) -> None:
    bring(told.role, CONSULTED, told.cast.alice.actor)
    assert not Entry.objects.filter(kind="realignment.rolefate").visible_to(told.cast.frank.actor).exists()
    told.role.line_spoke(on=TODAY, by=told.cast.alice.actor, at=AT)
    told.role.advance(TOLD, on=TODAY, by=told.cast.alice.actor, at=AT)
    seen = Entry.objects.all().about(told.role).visible_to(told.cast.frank.actor)
    assert seen.count() == Entry.objects.all().about(told.role).count() > 0
    assert verify().sound


def test_each_verb_bumps_the_facts_it_feeds(told: Told) -> None:
    before = Version.objects.now()
    told.role.advance(CONSULTED, on=TODAY, by=told.cast.alice.actor, at=AT)
    after = Version.objects.now()
    assert {table for table in after if after[table] != before.get(table)} == set(RoleFate.facts)


def test_withdrawn_is_kept_and_taken_up_unless_there_is_another(told: Told) -> None:
    by: Any = {"by": told.cast.alice.actor, "at": AT}
    told.process.withdraw(on=TODAY, why="not needed", **by)
    with pytest.raises(NotYetError, match="was withdrawn on"):
        told.process.withdraw(on=TODAY, **by)
    with pytest.raises(NotYetError, match="Take it up again first"):
        told.process.advance(CONSULTED, on=TODAY, **by)
    another = ProcessFate.objects.draft(told.process.process, fate="keep", **by)
    with pytest.raises(NotYetError, match="there is another plan by now"):
        told.process.take_up(**by)
    another.withdraw(on=TODAY, **by)
    told.process.take_up(**by)
    told.process.take_up(**by)
    assert ProcessFate.objects.get(process=told.process.process) == told.process


def test_a_thing_has_one_plan(told: Told) -> None:
    by: Any = {"by": told.cast.bob.actor, "at": AT}
    program, clerk = told.cast.program, told.cast.roles["billing_clerk"]
    with pytest.raises(NotYetError, match="yours to see or not"):
        RoleFate.objects.draft(clerk, program=program, fate="end", **by)
    with pytest.raises(NotYetError, match="yours to see or not"):
        ProcessFate.objects.draft(told.process.process, fate="keep", **by)
    with pytest.raises(NotYetError, match="yours to see or not"):
        HolderPath.objects.draft(told.cast.erin.person, role=clerk, program=program, way=Way("same"), **by)


def test_fates_that_do_not_exist_are_refused(told: Told) -> None:
    by: Any = {"by": told.cast.alice.actor, "at": AT}
    with pytest.raises(CannotError, match="“explode” is no fate"):
        told.process.change(fate="explode", **by)
    with pytest.raises(CannotError, match="names that role"):
        told.path.change(fate="new_role", **by)
    with pytest.raises(CannotError, match="It is one of keep, change"):
        RoleFate.objects.draft(told.cast.roles["director"], program=told.cast.program, fate="move", **by)


def test_a_loss_cannot_be_added_once_told_a_gain_and_an_offer_can(told: Told) -> None:
    by: Any = {"by": told.cast.alice.actor, "at": AT}
    loss = RoleChange.objects.get(role_fate=told.role)
    bring(told.role, TOLD, told.cast.alice.actor)
    with pytest.raises(NotYetError, match="let the line speak first"):
        RoleChange.objects.add(told.role, kind="title", size=-1, **by)
    with pytest.raises(NotYetError, match="let the line speak first"):
        loss.change(kind="title", size=-3, **by)
    gain = RoleChange.objects.add(told.role, kind="craft", size=1, **by)
    with pytest.raises(NotYetError, match="let the line speak first"):
        gain.remove(**by)
    loss.offer(words="a say", on=TODAY, **by)
    loss.answer(accepted=True, on=TODAY, **by)
    loss.offer(words="a bigger say", on=TODAY, **by)
    assert loss.accepted is None, "a new offer waits for a new answer"
    loss.offer(words="", on=TODAY, **by)
    assert loss.offered_on is None
    with pytest.raises(NotYetError, match="Nothing is offered yet"):
        loss.answer(accepted=True, on=TODAY, **by)
    with pytest.raises(NotYetError, match="is a gain"):
        gain.offer(words="x", on=TODAY, **by)


@pytest.mark.parametrize(
    ("kind", "size", "words", "said"),
    [
        ("power", -1, "x", "no kind"),
        ("title", 0, "x", "1 to 3"),
        ("title", -4, "x", "1 to 3"),
        ("other", 1, " ", "needs these words"),
    ],
)
def test_gains_and_losses_that_make_no_sense(told: Told, kind: str, size: int, words: str, said: str) -> None:
    with pytest.raises(CannotError, match=said):
        RoleChange.objects.add(told.role, kind=kind, size=size, words=words, by=told.cast.alice.actor, at=AT)
