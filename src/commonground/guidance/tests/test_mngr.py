from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.facts import (
    Conversation,
    Path,
    Person,
    Process,
    Reassignment,
    Role,
    RoleChange,
    Seat,
    Stage,
    TakesPart,
)
from commonground.guidance.guidelines import run
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


THREE = [
    Person("old", "Olga"),
    Person("new", "Nils"),
    Person("p", "Pia", manager="old"),
    Person("q", "Quin", manager="old"),
]
TALK = Reassignment(
    "p", "old", "new", talked_from=date(2026, 11, 2), talked_to=date(2026, 11, 2), talked_person=date(2026, 11, 3)
)


@pytest.mark.parametrize(
    ("changed", "finds"),
    [
        ({}, False),
        ({"talked_from": None}, True),
        ({"talked_to": None}, True),
        ({"talked_person": None}, True),
        ({"talked_person": date(2026, 11, 22)}, True),  # not yet on the day
        ({"talked_from": None, "from_manager": "gone"}, False),  # who has left owes no talk
        ({"talked_from": None, "from_manager": None}, False),
        ({"to_manager": "old", "talked_to": None}, False),  # no other manager
        ({"person": "gone", "talked_person": None}, False),
    ],
)
def test_a_talk_of_three_wants_all_three(changed, finds):
    given = facts(people=THREE, reassignments=[TALK._replace(**changed)])
    assert subjects("MNGR-02", given) == (["manager:old"] if finds else [])


def test_one_finding_a_manager_however_many_go():
    rows = [TALK._replace(talked_to=None), TALK._replace(person="q", talked_to=None, talked_from=None)]
    one = found("MNGR-02", facts(people=THREE, reassignments=rows))
    assert [each.what for each in one] == ["2 people go from Olga to Nils, and the talk of three is still to come"]
    assert one[0].evidence == (
        "reassignments: of 2, the talk is not noted by the old manager for 1, by the new one for 2, by the person for 0"
    )


def test_paths_tell_who_gets_another_manager():
    path = Path("p", "clerk", "same", to_manager="new")
    one = found("MNGR-02", facts(people=THREE, paths=[path]))
    assert [str(each.subject) for each in one] == ["manager:old"]
    assert one[0].evidence.endswith("; no sheet reassignments, so none yet")
    assert subjects("MNGR-02", facts(people=THREE, paths=[path], reassignments=[TALK])) == []
    assert subjects("MNGR-02", facts(people=THREE, paths=[path._replace(fate="leaving")])) == []
    assert subjects("MNGR-02", facts(people=THREE, paths=[path._replace(to_manager="old")])) == []


def test_nobody_talks_about_what_was_not_told():
    path, told = Path("p", "clerk", "same", to_manager="new"), Stage("path", "p", told=date(2026, 11, 1))
    assert subjects("MNGR-02", facts(people=THREE, paths=[path], stages=[told])) == ["manager:old"]
    assert subjects("MNGR-02", facts(people=THREE, paths=[path], stages=[told._replace(told=None)])) == []


def test_without_paths_and_reassignments_it_is_not_checked():
    assert run(facts(people=THREE), select=["MNGR-02"]).not_checked[0].missing == ("paths.to_manager",)
