"""Taking sheets over: what becomes of each row, history is kept, the same file again changes nothing."""

from datetime import date

import pytest
from django.db import IntegrityError
from tests.cast import Cast, make_cast

from commonground.guidance.facts_source import facts_of
from commonground.intake import batch, committing, uploads
from commonground.intake.models import Change, Import
from commonground.intake.tests.bringing import AT, DAY, bring, counts, everything, take
from commonground.journal.models import Entry, Version
from commonground.journal.recording import verify
from commonground.organization.models import Assignment, Level, Person, UnitPeriod
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.realignment.models import ProcessFate, RoleChange, RoleFate
from commonground.workflows.models import AnswersFor, Process

ROSTER = (
    "id,name,unit,manager,role,level\n"
    "p1,Mara Holm,Power,,Head of power,manager\n"
    "p2,Nils Berg,Grid,p1,Grid planner,staff\n"
    "p3,Ola Sand,Grid,p1,Grid planner,staff\n"
)
WORK = "id,name,unit,answers_for,workflow,fate,to_unit\nq1,Fault report,Grid,p2,Outage,automate,Power\nq2,Line walk,Grid,p3,,keep,\n"


def lines(key: str) -> list[tuple[object, ...]]:
    rows = Assignment.objects.filter(person__key=key).in_order()
    return [(row.start, row.end, row.unit and row.unit.key, row.manager and row.manager.key) for row in rows]


def test_two_sheets_are_taken_over_together(cast: Cast) -> None:
    row = take(cast.program, cast.alice.actor, {"people.csv": ROSTER, "processes.csv": WORK})
    assert counts(row, "people") == {"new": 3}
    assert counts(row, "processes") == {"new": 2}
    assert lines("p2") == [(None, None, "Grid", "p1")]
    assert Process.objects.get(key="q1").workflow.name == "Outage"
    assert [one.person.key for one in AnswersFor.objects.filter(process__key="q2")] == ["p3"]
    assert row.state == "committed"
    assert not uploads.folder_of(row).joinpath("00-people.csv").exists()


def test_levels_are_made_in_the_usual_order(cast: Cast) -> None:
    Level.objects.all()
    take(cast.program, cast.alice.actor, {"people.csv": "id,name,level\na,A,crew\nb,B,Head of things\nc,C,staff\n"})
    names = list(Level.objects.order_by("rank").values_list("name", flat=True))
    assert names == ["Board and executive", "Manager", "Team leader", "Staff", "Head of things", "crew"]


def test_the_same_sheets_again_change_nothing(cast: Cast) -> None:
    files = {"people.csv": ROSTER, "processes.csv": WORK}
    take(cast.program, cast.alice.actor, files)
    before, versions = everything(), Version.objects.now()
    again = take(cast.program, cast.alice.actor, files)
    assert everything() == before
    assert Version.objects.now() == versions
    assert (counts(again, "people"), counts(again, "processes")) == ({"unchanged": 3}, {"unchanged": 2})
    assert not Change.objects.filter(batch=again).exists()


def test_what_differs_holds_from_the_day_and_history_stays(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, {"people.csv": ROSTER})
    changed = ROSTER.replace("p3,Ola Sand,Grid,p1", "p3,Ola Sand,Power,p1")
    row = take(cast.program, cast.alice.actor, {"people.csv": changed}, day="2026-10-01")
    assert counts(row, "people") == {"changed": 1, "unchanged": 2}
    assert lines("p3") == [
        (None, date(2026, 10, 1), "Grid", "p1"),
        (date(2026, 10, 1), None, "Power", "p1"),
    ]


def test_a_column_that_the_sheet_has_not_stays_as_it_was(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, {"people.csv": ROSTER})
    take(cast.program, cast.alice.actor, {"people.csv": "id,name,location\np2,Nils Berg,Harbour\n"})
    row = Assignment.objects.filter(person__key="p2").in_order().last()
    assert (row.location, row.unit.key, row.manager.key) == ("Harbour", "Grid", "p1")


def test_rows_with_days_are_the_history_itself(cast: Cast) -> None:
    text = "id,name,unit,from,to\np9,Pia,Grid,2020-01-01,2022-01-01\np9,Pia,Power,2022-01-01,\n"
    take(cast.program, cast.alice.actor, {"people.csv": text})
    expected = [(date(2020, 1, 1), date(2022, 1, 1), "Grid", None), (date(2022, 1, 1), None, "Power", None)]
    assert lines("p9") == expected
    again = take(cast.program, cast.alice.actor, {"people.csv": text})
    assert counts(again, "people") == {"unchanged": 1}


def test_a_renamed_person_is_the_same_person(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, {"people.csv": ROSTER})
    row = take(cast.program, cast.alice.actor, {"people.csv": ROSTER.replace("Nils Berg", "Nils Dahl")})
    assert counts(row, "people") == {"changed": 1, "unchanged": 2}
    assert Person.objects.get(key="p2").name == "Nils Dahl"


@pytest.mark.parametrize(
    ("missing", "listed", "ended"), [("ignore", False, False), ("list", True, False), ("left", True, True)]
)
def test_people_who_are_missing(cast: Cast, missing: str, listed: bool, ended: bool) -> None:
    take(cast.program, cast.alice.actor, {"people.csv": ROSTER})
    rest = "".join(line + "\n" for line in ROSTER.splitlines() if not line.startswith("p3"))
    row = take(cast.program, cast.alice.actor, {"people.csv": rest}, missing=missing)
    assert (("p3", "Ola Sand") in row.summary["missing"]["people"]) is listed
    assert lines("p3") == [(None, DAY if ended else None, "Grid", "p1")]
    if ended:
        assert Assignment.objects.filter(person=cast.erin.person).on(DAY).count() == 0


def test_somebody_who_had_left_comes_back(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, {"people.csv": "id,name,unit,from,to\np9,Pia,Grid,2020-01-01,2022-01-01\n"})
    take(cast.program, cast.alice.actor, {"people.csv": "id,name,unit\np9,Pia,Power\n"})
    assert lines("p9") == [(date(2020, 1, 1), date(2022, 1, 1), "Grid", None), (DAY, None, "Power", None)]


def test_units_are_a_tree_with_paths_and_moves_are_dated(cast: Cast) -> None:
    text = "id,name,parent\nG,Grid,\nG1,North,G\nG2,South,G\n"
    take(cast.program, cast.alice.actor, {"units.csv": text})
    root = UnitPeriod.objects.get(unit__key="G").unit_id
    assert UnitPeriod.objects.get(unit__key="G1").path.startswith(f"/{root}/")
    take(cast.program, cast.alice.actor, {"units.csv": "id,name,parent\nG2,South,G1\n"}, day="2027-01-01")
    assert [(row.start, row.parent.key) for row in UnitPeriod.objects.filter(unit__key="G2").in_order()] == [
        (None, "G"),
        (date(2027, 1, 1), "G1"),
    ]


def test_plans_come_in_as_drafts_that_only_the_importer_sees(cast: Cast) -> None:
    roles = "id,name,fate,definition_after\nRX,Dispatcher,end,Gone\n"
    changes = "role,kind,size\nDispatcher,decisions,-2\n"
    take(
        cast.program,
        cast.alice.actor,
        {"people.csv": ROSTER, "processes.csv": WORK, "roles.csv": roles, "role_changes.csv": changes},
    )
    fate = ProcessFate.objects.get(process__key="q1")
    assert (fate.stage, fate.fate, fate.to_unit.key) == ("draft", "automate", "Power")
    assert list(fate.readers.all()) == [cast.alice.user]
    assert ProcessFate.objects.visible_to(cast.alice.actor).filter(pk=fate.pk).exists()
    for other in (cast.bob, cast.carol, cast.dan, cast.erin):
        assert not ProcessFate.objects.visible_to(other.actor).filter(pk=fate.pk).exists()
        assert not RoleChange.objects.visible_to(other.actor).exists()
    assert RoleFate.objects.get(role__key="RX").stage == "draft"
    assert "automate" not in str(list(Entry.objects.values_list("values__data", flat=True)))


def test_a_sheet_of_stages_carries_plans_further_and_refuses_what_the_line_has_not_said(cast: Cast) -> None:
    stages = "kind,id,consulted,line_spoke,told\nprocess,q1,2026-08-01,2026-08-10,2026-08-11\nprocess,q2,,,2026-08-11\n"
    files = {"people.csv": ROSTER, "processes.csv": WORK, "stages.csv": stages}
    row = take(cast.program, cast.alice.actor, files, leave_out=True)
    told, draft = (ProcessFate.objects.get(process__key=key) for key in ("q1", "q2"))
    assert (told.stage, told.told_on, draft.stage) == ("told", date(2026, 8, 11), "draft")
    assert counts(row, "stages") == {"changed": 1, "kept_out": 1}


def test_a_plan_that_has_been_told_is_not_changed_by_a_sheet(cast: Cast) -> None:
    stages = "kind,id,consulted,line_spoke,told\nprocess,q1,2026-08-01,2026-08-10,2026-08-11\n"
    take(cast.program, cast.alice.actor, {"people.csv": ROSTER, "processes.csv": WORK, "stages.csv": stages})
    row = bring(cast.program, cast.alice.actor, {"processes.csv": WORK.replace("automate", "eliminate")})
    with pytest.raises(CannotError, match="have been told"):
        uploads.take_over(row, by=cast.alice.actor, at=AT)


def test_nothing_is_taken_over_while_a_row_is_kept_out_unless_one_says_so(cast: Cast) -> None:
    before = everything()
    row = bring(cast.program, cast.alice.actor, {"people.csv": ROSTER + "p4,Quin,Grid,nobody,,\n"})
    with pytest.raises(CannotError, match=r"row 5 of people.csv"):
        uploads.take_over(row, by=cast.alice.actor, at=AT)
    assert everything() == before
    uploads.decide(row, {"leave_out": True}, by=cast.alice.actor, at=AT)
    uploads.take_over(row, by=cast.alice.actor, at=AT)
    assert Person.objects.filter(key__in=("p1", "p2", "p3", "p4")).count() == 3
    kept = uploads.folder_of(row) / "kept-out-people.csv"
    assert "nobody" in kept.read_text(encoding="utf-8-sig")


def test_rows_that_rest_on_a_row_that_is_kept_out_are_kept_out_too(cast: Cast) -> None:
    people = ROSTER + "p4,,Grid,p1,,\n"
    work = "id,name,answers_for\nq1,Fault report,p4\nq2,Line walk,p3\n"
    row = bring(cast.program, cast.alice.actor, {"people.csv": people, "processes.csv": work})
    assert counts(row, "processes") == {"new": 1, "kept_out": 1}


def test_an_error_in_the_middle_leaves_no_row(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = bring(cast.program, cast.alice.actor, {"people.csv": ROSTER, "processes.csv": WORK})
    before, entries = everything(), Entry.objects.count()
    insert = batch.insert

    def fails(model: type, rows: list[tuple[object, ...]]) -> None:
        if model is Process:
            raise IntegrityError("the disk is full")
        insert(model, rows)

    monkeypatch.setattr(batch, "insert", fails)
    with pytest.raises(IntegrityError):
        uploads.take_over(row, by=cast.alice.actor, at=AT)
    assert (everything(), Entry.objects.count()) == (before, entries)


def test_a_circle_with_people_who_are_known_is_refused(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, {"people.csv": ROSTER})
    row = bring(cast.program, cast.alice.actor, {"people.csv": "id,name,manager\np1,Mara Holm,p2\n"})
    assert counts(row, "people") == {"kept_out": 1}
    assert "circle" in str(row.summary["sorts"])


def test_a_tree_of_units_that_cannot_be_is_a_sentence(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, {"units.csv": "id,name,parent\nG,Grid,\nG1,North,G\n"})
    row = bring(cast.program, cast.alice.actor, {"units.csv": "id,name,parent\nG,Grid,G1\n"})
    with pytest.raises(CannotError, match="stand below itself"):
        uploads.take_over(row, by=cast.alice.actor, at=AT)


def test_an_import_is_one_entry_of_the_journal_and_moves_the_facts(cast: Cast) -> None:
    before, entries = Version.objects.now(), Entry.objects.count()
    row = take(cast.program, cast.alice.actor, {"people.csv": ROSTER})
    entry = Entry.objects.get(pk=entries + 1)
    assert (entry.verb, entry.thing, entry.actor_user) == ("took sheets over", row.pk, cast.alice.user.pk)
    assert entry.values.data["counts"]["people"]["new"] == 3
    assert entry.values.data["digest"] == row.digest
    moved = {table for table, number in Version.objects.now().items() if number != before.get(table)}
    assert moved == {"people", "units", "roles"}
    assert verify().sound


def test_facts_of_the_program_are_those_of_the_sheets(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, {"people.csv": ROSTER, "processes.csv": WORK})
    facts = facts_of(Program.objects.get(pk=cast.program.pk), "draft", DAY)
    process = next(row for row in facts.rows("processes") if row.id == "q1")
    assert (process.answers_for, process.fate, process.to_unit, process.workflow) == (
        ("p2",),
        "automate",
        "Power",
        "Outage",
    )


def test_an_answerer_who_is_no_longer_named_ends_and_a_new_one_begins(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, {"people.csv": ROSTER, "processes.csv": WORK})
    take(cast.program, cast.alice.actor, {"processes.csv": WORK.replace("Grid,p2", "Grid,p3")})
    held = AnswersFor.objects.filter(process__key="q1").order_by("pk")
    assert [(one.person.key, one.start, one.end) for one in held] == [("p2", None, DAY), ("p3", DAY, None)]


def test_files_that_lie_for_a_week_are_forgotten(cast: Cast) -> None:
    row = bring(cast.program, cast.alice.actor, {"people.csv": ROSTER})
    place = uploads.folder_of(row)
    assert place.exists()
    uploads.forget_old(AT + uploads.KEPT * 2)
    assert not place.exists()
    assert Import.objects.get(pk=row.pk).state == "refused"


def test_undo_is_refused_once_a_row_has_changed_again_and_names_it(cast: Cast) -> None:
    row = take(cast.program, cast.alice.actor, {"people.csv": ROSTER})
    Person.objects.get(key="p2").rename("Somebody Else", by=cast.alice.actor, at=AT)
    before = everything()
    with pytest.raises(CannotError, match="Somebody Else"):
        committing.undo(row, by=cast.alice.actor, at=AT)
    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_undo_is_refused_once_something_rests_on_what_came_in() -> None:
    cast = make_cast()
    row = take(cast.program, cast.alice.actor, {"people.csv": ROSTER})
    person = Person.objects.get(key="p2")
    process = Process.objects.create(program=cast.program, key="x", name="X")
    process.name_answerer(person, start=None, by=cast.alice.actor, at=AT)
    with pytest.raises(CannotError, match="rests on"):
        committing.undo(row, by=cast.alice.actor, at=AT)
    assert Person.objects.filter(key="p2").exists()


def test_undo_twice_is_refused(cast: Cast) -> None:
    row = take(cast.program, cast.alice.actor, {"people.csv": ROSTER})
    committing.undo(row, by=cast.alice.actor, at=AT)
    assert not Person.objects.filter(key="p1").exists()
    with pytest.raises(CannotError, match="nothing to undo"):
        committing.undo(row, by=cast.alice.actor, at=AT)
    assert verify().sound
