"""Counts are never below nought: what linear programs find out from shown counts determines no few and no one's answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.disclosure import Atom, audit, protect
from commonground.analysis.disclosure.tests.attackers import Counted, few_told
from commonground.analysis.disclosure.tests.worlds import answers, hierarchies, overlapping


def people(**counts: list[int]) -> dict[str, Atom]:
    return {name: Atom(sum(each), sum(each)) for name, each in counts.items()}


def test_where_all_of_a_group_gave_one_answer_it_is_not_shown():
    counts = {"a": [0, 9], "b": [4, 5]}
    told = protect({"A": ["a"], "B": ["b"]}, people(**counts), threshold=5, counts=counts)
    assert told == (("B",), {"A": "alike"})


def test_nor_as_the_difference_of_two_that_are_shown():
    counts = {"a": [0, 9], "b": [4, 5], "c": [3, 3]}
    groups = {"all": ["a", "b", "c"], "B": ["b"], "C": ["c"], "BC": ["b", "c"]}
    told = protect(groups, people(**counts), threshold=5, must=["all"], counts=counts)
    assert "all" in told.shown
    assert not Counted([groups[name] for name in told.shown], counts).alike()
    assert audit({"all": groups["all"], "BC": groups["BC"]}, people(**counts), threshold=5, counts=counts)


def test_a_nought_in_one_table_and_one_in_another_give_away_what_no_sum_does():
    """Rows and columns of a table: nobody of the first row chose 1, nobody of the first column chose 0 or 2. So all where they meet
    chose… nothing that is left: 3. Both sums are over enough people, and no difference is about few."""
    counts = {"meet": [0, 0, 0, 3], "row": [4, 0, 2, 1], "column": [0, 5, 0, 2], "rest": [2, 2, 2, 2]}
    groups = {"row": ["meet", "row"], "column": ["meet", "column"]}
    atoms = people(**counts)
    assert not audit(groups, atoms, threshold=5)
    assert few_told(list(groups.values()), atoms, 5) is None
    leaks = audit(groups, atoms, threshold=5, counts=counts)
    assert [leak.atoms for leak in leaks] == [("meet",)]
    assert Counted(list(groups.values()), counts).alike() == ["meet"]
    assert len(protect(groups, atoms, threshold=5, counts=counts).shown) == 1


def test_a_question_that_few_answered_is_not_shown():
    atoms = {"a": Atom(9, 9)}
    assert protect({"A": ["a"]}, atoms, threshold=5, counts={"a": [2, 2]}).hidden == {"A": "few"}
    assert protect({"A": ["a"]}, atoms, threshold=5, counts={"a": [3, 2]}).shown == ("A",)


def test_more_answers_than_people_are_refused():
    with pytest.raises(ValueError, match="10 answers of 9 people"):
        protect({"A": ["a"]}, {"a": Atom(9, 9)}, threshold=5, counts={"a": [5, 5]})


@settings(max_examples=60, deadline=None)
@given(world=overlapping(), options=st.integers(2, 4), data=st.data())
def test_the_audit_finds_what_linear_programs_find(world, options, data):
    counts = answers(data.draw, world.atoms, options)
    sets = list(world.groups.values())
    told = bool(audit(world.groups, world.atoms, threshold=5, counts=counts))
    attacker = Counted(sets, counts)
    found = few_told(sets, world.atoms, 5) is not None or bool(attacker.alike() or attacker.determined(5))
    assert told == found


@settings(max_examples=25, deadline=None)
@given(world=hierarchies(most_units=3), options=st.integers(2, 4), data=st.data())
def test_nobodys_answer_and_no_few_are_determined_by_what_is_shown_of_a_hierarchy(world, options, data):
    counts = answers(data.draw, world.atoms, options)
    told = protect(world.groups, world.atoms, threshold=5, must=["all"], counts=counts)
    attacker = Counted([world.groups[name] for name in told.shown], counts)
    assert not attacker.alike()
    assert not attacker.determined(5)
    assert not audit({name: world.groups[name] for name in told.shown}, world.atoms, threshold=5, counts=counts)
