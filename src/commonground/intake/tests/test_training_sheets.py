"""Sheets of training: brought, brought again without a difference, taken back; and the list that a learning system exports."""

from datetime import date

from tests.cast import Cast

from commonground.analysis.facts import Attendance as AttendanceRow
from commonground.analysis.facts import Training, TrainingSession
from commonground.intake import committing, exporting
from commonground.intake.tests.bringing import AT, DAY, bring, counts, sheets, take
from commonground.plan.models import Attendance, Module, Need, Session
from commonground.realignment.models import RoleFate

FILES = sheets(
    {
        "training": [
            Training("T1", "The record", ("billing-clerk",), (), ("Manager",), None, 4, True, None, "hands_on"),
            Training("T2", "What changes", everyone=True, hours=1),
        ],
        "sessions": [
            TrainingSession("S1", "T1", date(2026, 9, 10), "Room 2", "en", "early", 12, "carol@example.org", True)
        ],
        "attendance": [
            AttendanceRow("T1", "erin@example.org", date(2026, 9, 10), "attended", "S1"),
            AttendanceRow("T2", "erin@example.org", date(2026, 9, 20)),
        ],
    }
)
EXPORT = (
    "Learner email;Course name;Completion status;Completion date;Score\n"
    "erin@example.org;The record;Completed;12.09.2026;88\n"
    "dan@example.org;the record;Enrolled;30.09.2026;\n"
    "dan@example.org;Another course;Completed;01.09.2026;\n"
    "charlie@example.org;The record;Completed;30.09.2026;\n"
)


def all_rows() -> list[list[dict[str, object]]]:
    return [list(model.objects.order_by("pk").values()) for model in (Module, Need, Session, Attendance)]


def test_the_sheets_are_taken_over_and_taken_back(cast: Cast) -> None:
    row = take(cast.program, cast.alice.actor, FILES)
    assert sorted(need.whom for need in Need.objects.filter(module__key="T1")) == ["Billing clerk", "Manager"]
    assert [need.whom for need in Need.objects.filter(module__key="T2")] == ["everyone"]
    session = Session.objects.get()
    assert (session.seats, session.held, session.trainer) == (12, True, cast.carol.person)
    assert list(Attendance.objects.order_by("module__key").values_list("state", "session__key")) == [
        ("attended", "S1"),
        ("booked", None),
    ]
    again = bring(cast.program, cast.alice.actor, FILES)
    assert [counts(again, table) for table in ("training", "sessions", "attendance")] == [
        {"unchanged": 2},
        {"unchanged": 1},
        {"unchanged": 2},
    ]
    committing.undo(row, by=cast.alice.actor, at=AT)
    assert all_rows() == [[], [], [], []]


def test_what_is_exported_is_brought_back_unchanged(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, FILES)
    before = all_rows()
    given = exporting.facts_for(cast.program, cast.alice.actor, DAY)
    assert {"training", "sessions", "attendance"} <= set(given)
    take(cast.program, cast.alice.actor, sheets({table: list(given.rows(table)) for table in given}))
    assert all_rows() == before


def test_a_list_of_a_learning_system_is_read_as_it_is(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, FILES)
    row = take(cast.program, cast.alice.actor, {"course completions.csv": EXPORT}, leave_out=True)
    assert counts(row, "attendance") == {"new": 2, "kept_out": 2}
    found = Attendance.objects.filter(session=None, module__key="T1").order_by("on")
    assert list(found.values_list("person__name", "state", "on")) == [
        ("Erin Eide", "attended", date(2026, 9, 12)),
        ("Dan Dahl", "booked", date(2026, 9, 30)),
    ]


def test_a_role_that_a_sheet_changes_keeps_who_needs_the_module_for_it_hidden(cast: Cast) -> None:
    roles = "id,name,fate,definition_after\nbilling-clerk,Billing clerk,change,Sees it through\n"
    take(cast.program, cast.alice.actor, {"roles.csv": roles, "training.csv": FILES["training.csv"]})
    need = Need.objects.get(role=cast.roles["billing_clerk"])
    assert need.role_fate == RoleFate.objects.get()
    assert not Need.objects.visible_to(cast.erin.actor).filter(pk=need.pk).exists()
    assert Need.objects.visible_to(cast.alice.actor).filter(pk=need.pk).exists()
