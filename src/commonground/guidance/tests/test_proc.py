from datetime import date

from commonground.analysis.facts import Does, Person, Process, Seat, TakesPart
from commonground.guidance.tests.made import facts, found, move_in, subjects

PEOPLE = [Person("m", "Mia", "U"), Person("a", "Ann", "U", "m"), Person("b", "Bo", "U", "m")]


def test_a_process_without_owner_proposes_who_leads_the_unit():
    finding = found("PROC-01", facts(people=PEOPLE, processes=[Process("p", "P", "U")]))[0]
    assert str(finding.subject) == "process:p"
    assert finding.do.startswith("Ask Mia, to whom U reports")


def test_an_owner_who_left_answers_for_nothing():
    gone = [*PEOPLE, Person("z", "Zoe", "U", end=date(2026, 11, 1))]
    process = Process("p", "P", "U", ("z",))
    assert "since Zoe left" in found("PROC-01", facts(people=gone, processes=[process]))[0].what
    assert subjects("PROC-01", facts(people=gone, processes=[process], as_of=date(2026, 10, 31))) == []


def test_owned_processes_and_those_to_come_with_an_owner_pass():
    owned = [Process("p", "P", answers_for=("a",)), Process("q", "Q", fate="create", to_answers_for=("a",))]
    assert subjects("PROC-01", facts(people=PEOPLE, processes=owned)) == []
    assert subjects("PROC-01", facts(processes=owned)) == []


def doing(*seats, parts=()):
    given = move_in(*seats, parts=parts)
    return facts(**{**given.tables, "does": [Does("p1", "mei")]})


def test_nobody_who_does_it_takes_part():
    finding = found("PROC-02", doing())[0]
    assert (
        finding.what
        == "Open the account moves to Contact centre, and nobody who does it takes part in finding the new way"
    )
    assert "1 person does p1" in finding.evidence
    assert subjects("PROC-02", doing(Seat("s1", "mei"))) == ["process:p1"]
    part = TakesPart("s1", "mei", date(2026, 10, 2), "contribution")
    assert subjects("PROC-02", doing(Seat("s1", "mei"), parts=[part])) == []
    dieter = TakesPart("s1", "dieter", date(2026, 10, 2), "session")
    assert subjects("PROC-02", doing(Seat("s1", "dieter"), parts=[dieter])) == ["process:p1"]


def test_a_process_that_nobody_is_known_to_do_gives_no_finding():
    assert subjects("PROC-02", move_in()) == []


def test_open_work_and_data_of_an_ending_process_need_an_heir():
    ends = Process("p", "File it", "U", fate="eliminate", open_work="40 requests", data="three cabinets")
    assert "open work (40 requests) and its data (three cabinets)" in found("PROC-04", facts(processes=[ends]))[0].what
    assert subjects("PROC-04", facts(processes=[ends._replace(taken_over_by="a")])) == []
    assert subjects("PROC-04", facts(people=PEOPLE, processes=[ends._replace(taken_over_by="gone")])) == ["process:p"]
    assert subjects("PROC-04", facts(processes=[ends._replace(open_work="none", data=None)])) == []
    assert subjects("PROC-04", facts(processes=[ends._replace(fate="move")])) == []
