"""Touched, in question, owns something, takes part: against the words of the glossary, spelled out again over the rows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.coverage import uncovered_cells, unrepresented_processes
from commonground.analysis.facts import (
    Activity,
    Does,
    Facts,
    Path,
    Person,
    Process,
    Role,
    RoleChange,
    Seat,
    Solution,
    TakesPart,
    in_force,
)
from commonground.analysis.register import Register
from commonground.analysis.work import in_question, owners_after, purpose_in_question

DAY = date(2026, 11, 21)


def register(**tables):
    return Register(Facts(tables, DAY))


@pytest.mark.parametrize(
    ("process", "question", "purpose"),
    [
        (Process("p", "P", fate="reshape"), True, False),
        (Process("p", "P", fate="move"), True, True),
        (Process("p", "P", fate="keep"), False, False),
        (Process("p", "P"), False, False),
        (Process("p", "P", answers_for=("a",), fate="keep", to_answers_for=("b",)), True, False),
        (Process("p", "P", answers_for=("a",), fate="keep", to_answers_for=("a",)), False, False),
        (Process("p", "P", fate="create", to_answers_for=("a",)), False, False),
    ],
)
def test_in_question_and_purpose_in_question(process, question, purpose):
    assert (in_question(process), purpose_in_question(process)) == (question, purpose)


def test_who_answers_after_the_change():
    today = Process("p", "P", "U", ("a",))
    assert owners_after(today) == ("a",)
    assert owners_after(today._replace(fate="eliminate", to_answers_for=("b",))) == ()
    assert owners_after(today._replace(fate="move", to_unit="V")) == ()
    assert owners_after(today._replace(fate="move", to_unit="V", to_answers_for=("b",))) == ("b",)
    assert owners_after(today._replace(fate="automate")) == ("a",)


PEOPLE = [Person(i, i.upper(), "U" if i in "abc" else "V", "a", "r" if i in "cd" else None) for i in "abcdef"]


def test_touched_is_who_answers_does_holds_or_moves():
    now = register(
        people=PEOPLE,
        processes=[
            Process("p", "P", answers_for=("a",), fate="move"),
            Process("q", "Q", answers_for=("f",), fate="keep"),
        ],
        does=[Does("p", "b"), Does("q", "f"), Does("p", "unknown")],
        roles=[Role("r", "R", fate="merge")],
        paths=[Path("e", "x", "same", to_manager="b"), Path("f", "x", "same", to_manager="a", to_unit="V")],
    )
    assert now.touched == set("abcde")
    assert now.touched_units == {"U": {"a", "b", "c"}, "V": {"d", "e"}}


def test_a_recorded_gain_or_loss_touches_the_holders():
    assert register(people=PEOPLE, role_changes=[RoleChange("r", "craft", 1)]).touched == {"c", "d"}


days = st.one_of(st.none(), st.dates(date(2026, 11, 18), date(2026, 11, 24)))
seats = st.lists(st.builds(Seat, st.sampled_from("st"), st.sampled_from("abz"), start=days, end=days), max_size=6)
parts = st.lists(
    st.builds(
        TakesPart,
        st.sampled_from("st"),
        st.sampled_from("abz"),
        st.dates(date(2026, 11, 18), date(2026, 11, 24)),
        st.just("session"),
    ),
    max_size=6,
)


@given(seats, parts)
def test_taking_part_is_a_seat_in_force_and_a_session_so_far(seats, parts):
    now = register(people=PEOPLE, solutions=[Solution("s", "f"), Solution("t", "g")], seats=seats, takes_part=parts)
    held = {
        (seat.solution, seat.person) for seat in seats if in_force(seat.start, seat.end, DAY) and seat.person in "ab"
    }
    been = {(part.solution, part.person) for part in parts if part.on <= DAY}
    process = Process("p", "P", workflow="f")
    assert now.participation.take_part_in(process) == {person for solution, person in held & been if solution == "s"}
    assert now.participation.team == {person for _, person in held}
    assert now.owning == {person for _, person in held & been}


def test_a_decision_does_not_undo_having_taken_part():
    seat = Seat("s", "a", start=date(2026, 1, 1), end=date(2026, 10, 1))
    part = TakesPart("s", "a", date(2026, 2, 1), "session")
    decided = register(
        people=PEOPLE, solutions=[Solution("s", "f", decided=date(2026, 10, 1))], seats=[seat], takes_part=[part]
    )
    assert decided.participation.part_takers == {"s": {"a"}}
    left_before = seat._replace(end=date(2026, 9, 1))
    early = register(
        people=PEOPLE, solutions=[Solution("s", "f", decided=date(2026, 10, 1))], seats=[left_before], takes_part=[part]
    )
    assert early.participation.part_takers == {}


def test_owning_something_is_answering_doing_or_leading():
    now = register(
        people=PEOPLE,
        processes=[Process("p", "P", answers_for=("a",))],
        does=[Does("p", "b")],
        activities=[Activity("x", "talk", owner="c"), Activity("y", "talk", owner="unknown")],
    )
    assert now.owning == {"a", "b", "c"}


def test_a_process_is_represented_by_any_of_its_owners():
    processes = [Process("p", "P", answers_for=("a",), fate="move"), Process("q", "Q", answers_for=("e",), fate="move")]
    now = register(people=PEOPLE, processes=processes, does=[Does("p", "b")], seats=[Seat("s", "b")])
    assert [process.id for process in unrepresented_processes(now)] == ["q"]
    assert [(gap.cell, gap.touched) for gap in uncovered_cells(now)] == [(("V", None), 1)]
