"""TRAIN-01 to TRAIN-04: each fails and passes, and is not checked without its sheets."""

from datetime import date, timedelta

import pytest

from commonground.analysis.facts import (
    Attendance,
    Behaviour,
    Milestone,
    Pace,
    Person,
    Role,
    Training,
    TrainingSession,
    Unit,
)
from commonground.guidance.guidelines import run
from commonground.guidance.tests.made import DAY, crowd, facts, found, subjects

UNITS = [Unit("NL", "Northlight"), Unit("BIL", "Billing", "NL"), Unit("WAT", "Water", "NL")]
CLERKS = crowd(9, "BIL", "b", role="clerk")
FITTERS = crowd(9, "WAT", "w", role="fitter")
MODULE = Training("r", "The record", roles=("clerk",), behaviour="log", touches_crm=True)
FOR_ALL = Training("e", "What changes", everyone=True, touches_crm=False)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def given(*attendance: Attendance, modules: tuple[Training, ...] = (MODULE,), **tables: object):
    base = {"people": [*CLERKS, *FITTERS], "units": UNITS, "roles": [Role("clerk", "Clerk")], "training": modules}
    return facts(**{**base, "attendance": attendance, **tables})


def had(day: date, people: list[Person] = CLERKS) -> list[Attendance]:
    return [Attendance("r", one.id, day, "attended") for one in people]


def used(new: int, *, trained: int = 61, people: int = 9, starts: int = 90):
    weeks = [ago(DAY.weekday() + 7 * back) for back in range(4, 0, -1)]
    pace = [Pace("log", week, new, 40 - new, 0, "BIL", people) for week in weeks]
    return given(*had(ago(trained)), behaviours=[Behaviour("log", "Log it", starts=ago(starts))], pace=pace)


def test_trained_and_not_using_is_found_by_unit_and_never_by_person():
    one = found("TRAIN-01", used(2))[0]
    assert (str(one.subject), one.severity) == ("behaviour_unit:log/BIL", "warn")
    assert one.what == "Billing was trained in The record, and the new way of “Log it” is taken in 5 % of the work"
    assert "9 people, half of them by 21 Sep 2026" in one.evidence


@pytest.mark.parametrize(
    "table", [used(38), used(2, trained=59), used(2, starts=30), used(2, people=7)], ids=["used", "new", "begun", "few"]
)
def test_who_uses_it_or_had_it_lately_is_not_found(table):
    assert subjects("TRAIN-01", table) == []


def test_without_a_behaviour_it_is_not_checked():
    table = used(2)
    plain = facts(**{**table.tables, "training": [MODULE._replace(behaviour=None)]})
    assert "training.behaviour" in str(run(plain, select=["TRAIN-01"]).not_checked)


def changing(days: int, *attendance: Attendance, modules: tuple[Training, ...] = (MODULE,)):
    role = Role("clerk", "Clerk", fate="change", effective=DAY + timedelta(days=days))
    return given(*attendance, modules=modules, roles=[role])


def test_people_of_a_changed_role_are_trained_in_time():
    one = found("TRAIN-02", changing(30, *had(ago(3), CLERKS[:4])))[0]
    assert str(one.subject) == "role:clerk"
    assert one.what == (
        "5 of 9 people of the role Clerk, which changes on 21 Dec 2026, have not had all the training that is meant for them"
    )
    assert subjects("TRAIN-02", changing(31)) == []
    assert subjects("TRAIN-02", changing(30, *had(ago(3)))) == []
    assert subjects("TRAIN-02", changing(-30)) == ["role:clerk"]


def test_a_changed_role_without_a_module_is_told_so():
    one = found("TRAIN-02", changing(3, modules=(MODULE._replace(roles=("fitter",)),)))[0]
    assert one.what.endswith(
        "9 of 9 people of the role Clerk, which changes on 24 Nov 2026, have no training that is meant for them yet"
    )
    assert one.do.startswith("Say what they need to learn")


def timed(*offsets: int, cut_over: int = 60, modules: tuple[Training, ...] = (MODULE,)):
    sessions = [TrainingSession(f"s{at}", "r", DAY + timedelta(days=at)) for at in offsets]
    milestones = [Milestone("cut_over", DAY + timedelta(days=cut_over), None, "BIL")]
    return given(modules=modules, sessions=sessions, milestones=milestones)


@pytest.mark.parametrize("offsets", [(18,), (60,), (17, 30), (30, 61)])
def test_a_session_within_six_weeks_before_the_cut_over_is_in_time(offsets):
    assert subjects("TRAIN-03", timed(*offsets)) == []


@pytest.mark.parametrize(("offset", "how"), [(17, "6 weeks before"), (-10, "10 weeks before"), (61, "1 day after")])
def test_training_far_before_or_after_the_cut_over_is_found(offset, how):
    one = found("TRAIN-03", timed(offset))[0]
    assert str(one.subject) == "training:r"
    assert one.what.endswith(f"the nearest is {how}")


def test_what_has_nothing_to_do_with_the_crm_has_no_cut_over():
    assert subjects("TRAIN-03", timed(17, modules=(MODULE._replace(touches_crm=False),))) == []
    assert not run(timed(17, cut_over=60), select=["TRAIN-03"]).not_checked
    without = facts(**{**timed(17).tables, "milestones": [Milestone("first_raised", None, DAY)]})
    assert run(without, select=["TRAIN-03"]).not_checked


def test_everyone_is_included():
    one = found("TRAIN-04", given())[0]
    assert str(one.subject) == "unit:WAT"
    assert one.what == "No training is meant for 9 people of Water, who are in no module for users of the CRM either"
    assert subjects("TRAIN-04", given(modules=(MODULE, FOR_ALL))) == []


def test_few_are_not_counted():
    few = facts(**{**given().tables, "people": [*CLERKS, *FITTERS[:7]]})
    assert "No training is meant for people of Water" in found("TRAIN-04", few)[0].what


@pytest.mark.parametrize(
    ("code", "table"),
    [
        ("TRAIN-01", "pace"),
        ("TRAIN-01", "attendance"),
        ("TRAIN-02", "training"),
        ("TRAIN-02", "attendance"),
        ("TRAIN-03", "sessions"),
        ("TRAIN-03", "milestones"),
        ("TRAIN-04", "training"),
    ],
)
def test_without_its_sheets_it_is_not_checked(code, table):
    base = {**used(2).tables, **timed(17).tables}
    report = run(facts(**{name: rows for name, rows in base.items() if name != table}), select=[code])
    assert [one.code for one in report.not_checked] == [code]
