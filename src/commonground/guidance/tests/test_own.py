from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.facts import Activity, Does, Person, Process, Role, Voice
from commonground.analysis.ownership import ownership_grid
from commonground.analysis.register import Register
from commonground.guidance.guidelines import run
from commonground.guidance.tests.made import DAY, crowd, facts, found, subjects

ENDING = [Role("reader", "Reader", fate="end")]


def readers(number: int, **fields):
    return crowd(number, role="reader", level="staff", **fields)


def test_a_unit_and_level_where_nobody_owns_anything_are_found():
    given = facts(people=readers(20), processes=[], does=[], roles=ENDING)
    assert subjects("OWN-01", given) == ["level:staff", "unit:Billing"]
    assert "Of 20 people whom the change touches in Billing, none own something" in found("OWN-01", given)[1].what


def test_ten_percent_of_ownership_is_enough():
    given = facts(
        people=readers(20), processes=[Process("p", "Read", answers_for=("x0",))], does=[Does("p", "x1")], roles=ENDING
    )
    assert subjects("OWN-01", given) == []  # 2 of 20 is not below 10 %
    assert subjects("OWN-01", given, share=0.2) == ["level:staff", "unit:Billing"]


def test_an_activity_in_ones_name_is_ownership():
    given = facts(
        people=readers(8), processes=[], does=[], roles=ENDING, activities=[Activity("a", "walk", owner="x0")]
    )
    assert subjects("OWN-01", given) == []


def test_fewer_than_eight_people_give_no_share_and_the_threshold_only_rises():
    given = facts(people=readers(7), processes=[], does=[], roles=ENDING)
    assert subjects("OWN-01", given) == []
    assert subjects("OWN-01", given, threshold=2) == []


@given(untouched=st.integers(0, 40), owning=st.integers(0, 20))
def test_the_share_never_counts_people_who_are_not_touched(untouched, owning):
    touched = readers(20)
    others = crowd(untouched, prefix="y", level="staff")
    given_facts = facts(
        people=touched + others,
        processes=[Process("p", "Read", fate="keep")],
        does=[Does("p", f"x{i}") for i in range(owning)] + [Does("p", person.id) for person in others],
        roles=ENDING,
    )
    assert ownership_grid(Register(given_facts)).by_unit["Billing"].share == owning / 20


def office(number: int, owning: bool = False):
    people = [*crowd(number, prefix="f", front_office=True), Person("boss", "Boss", "Billing", front_office=False)]
    process = Process("p", "Open the account", "Billing", ("boss",), fate="move")
    return facts(people=people, processes=[process], does=[Does("p", "f0")] if owning else [])


def test_a_front_office_with_nothing_to_own_is_found_once_the_unit_is_touched():
    finding = found("OWN-02", office(9))[0]
    assert (str(finding.subject), finding.severity) == ("unit:Billing", "error")
    assert "none of its 9 people" in finding.evidence
    assert found("OWN-02", office(9, owning=True)) == []


def test_a_small_front_office_is_named_without_a_number():
    finding = found("OWN-02", office(3))[0]
    assert "3" not in finding.evidence + finding.what
    assert "Person" not in finding.evidence + finding.what


def test_own_02_waits_for_a_front_office_to_be_recorded_and_for_does():
    nobody_said = facts(
        people=[Person("a", "A", "U")], processes=[Process("p", "P", answers_for=("a",), fate="move")], does=[]
    )
    assert run(nobody_said, select=["OWN-02"]).not_checked[0].missing == ("people.front_office",)
    without = replace(nobody_said, tables={name: rows for name, rows in nobody_said.tables.items() if name != "does"})
    assert [one.missing for one in run(without, select=["OWN-01", "OWN-02"]).not_checked] == [("does",), ("does",)]


@pytest.mark.parametrize(("number", "expected"), [(5, []), (6, ["owner:a"])])
def test_more_than_five_processes_in_question_are_too_many_for_one(number, expected):
    processes = [Process(f"p{i}", f"P{i}", answers_for=("a",), fate="reshape") for i in range(number)]
    kept = [Process("k", "K", answers_for=("a",), fate="keep")]
    given = facts(people=[Person("a", "Ann", "U")], processes=processes + kept)
    assert subjects("OWN-03", given) == expected
    assert subjects("OWN-03", given, processes=2) == ["owner:a"]


@pytest.mark.parametrize(
    ("voice", "owns"),
    [
        (Voice("V1", "idea", DAY, credit="f0"), True),
        (Voice("V1", "doubt", DAY, owner="f0", answered=DAY), True),  # an answer in their name
        (Voice("V1", "doubt", DAY, owner="f0"), False),  # nothing yet
        (Voice("V1", "doubt", DAY, owner="f0", answered=date(2027, 1, 1)), False),
    ],
)
def test_an_idea_or_an_answer_in_ones_name_is_something_to_own(voice, owns):
    given = office(9)
    with_voice = replace(given, tables={**given.tables, "voices": [voice]})
    assert ("f0" in Register(with_voice).owning) == owns
    assert bool(found("OWN-02", with_voice)) != owns
