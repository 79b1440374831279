from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.facts import Conversation, Path, Person, Process, Role, RoleChange, Seat, TakesPart
from commonground.guidance.tests.made import facts, found, move_in, subjects

SEAT = Seat("s1", "dieter")
PART = TakesPart("s1", "dieter", date(2026, 10, 2), "session")


def test_an_owner_who_takes_no_part_is_found_with_a_sentence_that_names_things():
    finding = found("MNGR-01", move_in())[0]
    assert (str(finding.subject), finding.severity) == ("process:p1", "error")
    assert finding.what == (
        "Dieter Hahn answers for Open the account, which moves to Contact centre, and takes no part in finding the new way"
    )


def test_it_ends_with_seat_and_session_never_with_one_of_them():
    assert subjects("MNGR-01", move_in(SEAT)) == ["process:p1"]
    assert subjects("MNGR-01", move_in(parts=[PART])) == ["process:p1"]
    assert subjects("MNGR-01", move_in(SEAT, parts=[PART])) == []
    assert subjects("MNGR-01", move_in(SEAT, parts=[PART._replace(what="contribution")])) == []


@given(
    seats=st.lists(st.builds(Seat, st.just("s1"), st.sampled_from(["dieter", "mei"])), max_size=4),
    parts=st.lists(
        st.builds(TakesPart, st.sampled_from(["s1", "s2"]), st.just("mei"), st.just(PART.on), st.just("session"))
    ),
)
def test_no_seat_without_the_owners_own_session_ends_it(seats, parts):
    assert subjects("MNGR-01", move_in(*seats, parts=parts)) == ["process:p1"]
    assert subjects("MNGR-01", move_in(*seats, SEAT, parts=[*parts, PART])) == []


def test_a_session_to_come_or_a_seat_given_up_does_not_count():
    assert subjects("MNGR-01", move_in(SEAT, parts=[PART._replace(on=date(2026, 12, 1))])) == ["process:p1"]
    assert subjects("MNGR-01", move_in(SEAT._replace(end=date(2026, 11, 1)), parts=[PART])) == ["process:p1"]


@pytest.mark.parametrize("fate", ["keep", "reshape", "create"])
def test_other_fates_leave_the_purpose_alone(fate):
    assert subjects("MNGR-01", move_in(fate=fate)) == []


def test_from_people_and_processes_alone_it_says_that_nothing_is_recorded_yet():
    given = facts(people=[Person("d", "Dieter")], processes=[Process("p", "P", None, ("d",), "w", "automate")])
    assert "no sheet solutions, seats or takes_part, so none yet" in found("MNGR-01", given)[0].evidence


def shrinking(*paths: Path, roles=(), process: Process | None = None):
    people = [Person("m", "Mia", "U", role="head"), Person("a", "A", "U", "m"), Person("b", "B", "U", "m")]
    return facts(people=people, processes=[process] if process else [], roles=roles, paths=paths)


def test_a_manager_who_hands_on_people_needs_a_new_role():
    moved = Path("a", "clerk", "same", to_manager="other")
    assert subjects("MNGR-03", shrinking(moved)) == ["manager:m"]
    assert subjects("MNGR-03", shrinking(moved, Path("b", "clerk", "same", to_manager="m"))) == ["manager:m"]
    assert subjects("MNGR-03", shrinking(moved, roles=[Role("head", "Head", definition_after="leads quality")])) == []
    assert subjects("MNGR-03", shrinking()) == []


def test_a_manager_who_hands_on_a_process_needs_a_new_role():
    going = Process("p", "P", "U", ("m",), fate="eliminate")
    assert subjects("MNGR-03", shrinking(process=going)) == ["manager:m"]
    assert subjects("MNGR-03", shrinking(process=going._replace(fate="move", to_unit="V"))) == ["manager:m"]
    assert subjects("MNGR-03", shrinking(process=going._replace(fate="reshape"))) == []
    next_role = Path("m", "head", "new_role", to_role="quality")
    assert subjects("MNGR-03", shrinking(next_role, process=going)) == ["manager:m"]
    written = [Role("quality", "Quality", definition_after="owns the first bill")]
    assert subjects("MNGR-03", shrinking(next_role, process=going, roles=written)) == []


def test_two_owners_after_the_change():
    people = [Person("a", "Ann"), Person("b", "Bo")]
    process = Process("p", "P", None, ("a",), fate="merge", to_answers_for=("a", "b"))
    assert (
        found("MNGR-04", facts(people=people, processes=[process]))[0].what
        == "After the change Ann and Bo answer for P"
    )
    assert subjects("MNGR-04", facts(processes=[process._replace(to_answers_for=("b",))])) == []
    assert (
        subjects(
            "MNGR-04", facts(processes=[process._replace(answers_for=("a", "b"), fate="eliminate", to_answers_for=())])
        )
        == []
    )


def test_a_role_that_diminishes_is_owed_a_conversation():
    lost = RoleChange("lead", "people", -1)
    given = facts(role_changes=[lost], conversations=[])
    assert subjects("MNGR-05", given) == ["role:lead"]
    assert (
        subjects("MNGR-05", facts(role_changes=[lost], conversations=[Conversation("lead", date(2026, 11, 20))])) == []
    )
    assert subjects("MNGR-05", facts(role_changes=[lost._replace(kind="craft")], conversations=[])) == []
