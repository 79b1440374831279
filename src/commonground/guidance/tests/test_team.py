from datetime import date, timedelta

import pytest

from commonground.analysis.facts import Person, Process, Seat, Solution, TakesPart
from commonground.guidance.guidelines import run
from commonground.guidance.tests.made import DAY, crowd, facts, found, move_in, subjects

GOOD = Seat("s1", "dieter", True, 2, True, DAY - timedelta(days=10))


def test_each_touched_unit_and_level_has_a_member():
    finding = found("TEAM-01", move_in())[0]
    assert str(finding.subject) == "cell:Billing/manager"
    assert finding.what == "Nobody at level manager in Billing is on the team yet"
    assert subjects("TEAM-01", move_in(Seat("s1", "dieter"))) == []  # mei is not touched: she does nothing in question
    assert subjects("TEAM-01", move_in(Seat("s1", "mei"))) == ["cell:Billing/manager"]


def test_a_seat_given_up_leaves_the_team():
    assert subjects("TEAM-01", move_in(Seat("s1", "dieter", end=DAY))) == ["cell:Billing/manager"]


def team(billing: int, water: int, *, front: bool = True):
    people = [*crowd(billing, "Billing", "b", front_office=False), *crowd(water, "Water", "w", front_office=front)]
    seats = [Seat("s", person.id) for person in people]
    return facts(people=[*people, Person("z", "Z", "Water")], processes=[], seats=seats)


@pytest.mark.parametrize(
    ("billing", "water", "expected"), [(3, 2, []), (4, 2, ["unit:Billing"]), (1, 9, ["unit:Water"])]
)
def test_no_unit_outweighs_all_others(billing, water, expected):
    assert subjects("TEAM-03", team(billing, water)) == expected


def test_the_share_can_be_set_and_one_unit_alone_is_never_too_much():
    assert subjects("TEAM-03", team(4, 2), share=0.7) == []
    alone = facts(people=crowd(2, front_office=True), processes=[], seats=[Seat("s", "x0")])
    assert subjects("TEAM-03", alone) == []


def test_the_front_office_sits_at_the_table():
    assert subjects("TEAM-03", team(3, 2, front=False)) == ["program:team"]
    assert subjects("TEAM-03", move_in(Seat("s1", "mei"))) == []


def test_without_seats_there_is_no_team_yet_and_without_change_none_is_needed():
    given = facts(people=[Person("a", "A", "U")], processes=[Process("p", "P", answers_for=("a",), fate="move")])
    assert subjects("TEAM-03", given) == ["program:team"]
    assert subjects("TEAM-03", facts(people=[Person("a", "A", "U")], processes=[])) == []


def test_a_front_office_that_nobody_recorded_is_not_guessed():
    given = facts(people=[Person("a", "A", "U")], processes=[], seats=[Seat("s", "a")])
    assert run(given, select=["TEAM-03"]).not_checked[0].missing == ("people.front_office",)


def test_a_seat_comes_with_consent_hours_and_agreement():
    assert subjects("TEAM-04", move_in(GOOD)) == []
    assert (
        "without their consent and agreed hours"
        in found("TEAM-04", move_in(GOOD._replace(consent=None, hours_per_week=None)))[0].what
    )
    mei = Seat("s1", "mei", True, 2, None, DAY)
    assert str(found("TEAM-04", move_in(mei))[0].subject) == "seat:s1/mei"
    assert subjects("TEAM-04", move_in(GOOD._replace(manager_agreed=None))) == []  # nobody leads him


def test_a_seat_without_session_or_contribution_for_45_days_is_a_token():
    old = GOOD._replace(start=date(2026, 1, 1))
    assert "no session or contribution in 45 days" in found("TEAM-04", move_in(old))[0].what
    recent = TakesPart("s1", "dieter", DAY - timedelta(days=45), "session")
    assert subjects("TEAM-04", move_in(old, parts=[recent])) == []
    assert subjects("TEAM-04", move_in(old, parts=[recent]), days=30) == ["seat:s1/dieter"]


def test_a_decided_solution_asks_nothing_more_of_its_seats():
    given = move_in(GOOD._replace(consent=None))
    decided = [Solution("s1", "Move in", decided=DAY)]
    assert subjects("TEAM-04", facts(**{**given.tables, "solutions": decided})) == []


def in_two_searches(*seats: Seat, **tables: object):
    processes = [
        Process("p1", "Open the account", "Billing", ("dieter",), "Move in", "move"),
        Process("p2", "Send the bill", "Billing", ("mei",), "Billing round", "reshape"),
    ]
    solutions = [Solution("s1", "Move in"), Solution("s2", "Billing round")]
    people = [Person("dieter", "Dieter Hahn", "Billing"), Person("mei", "Mei Chua", "Billing", manager="dieter")]
    return facts(**{"people": people, "processes": processes, "solutions": solutions, "seats": seats, **tables})


def test_an_owner_is_seated_in_the_search_for_their_own_process():
    one = found("TEAM-02", in_two_searches(Seat("s2", "dieter")))[0]
    assert (str(one.subject), one.severity) == ("process:p1", "warn")
    assert (
        one.what == "Dieter Hahn answers for Open the account and has a seat elsewhere, but none in the search for it"
    )
    assert subjects("TEAM-02", in_two_searches(Seat("s2", "dieter"), Seat("s1", "dieter"))) == []
    assert subjects("TEAM-02", in_two_searches(Seat("s1", "mei"))) == ["process:p2"]


def test_who_has_no_seat_at_all_is_no_matter_of_the_wrong_one():
    assert subjects("TEAM-02", in_two_searches(Seat("s1", "dieter"), Seat("s2", "dieter", end=DAY))) == []


def test_a_search_that_is_decided_asks_for_no_seat_and_one_that_is_missing_is_opened_first():
    decided = [Solution("s1", "Move in", decided=DAY), Solution("s2", "Billing round")]
    assert subjects("TEAM-02", in_two_searches(Seat("s2", "dieter"), solutions=decided)) == []
    missing = in_two_searches(Seat("s2", "dieter"), solutions=[Solution("s2", "Billing round")])
    assert found("TEAM-02", missing)[0].do.startswith("Open a search for the process")


def test_what_is_not_in_question_needs_no_seat():
    kept = [Process("p1", "Open the account", "Billing", ("dieter",), "Move in", "keep")]
    assert subjects("TEAM-02", in_two_searches(Seat("s2", "dieter"), processes=kept)) == []
