"""No sum of what is shown is about few people: worked tables of METHODS 7.1, the issue's example, random hierarchies."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.disclosure import Atom, audit, protect
from commonground.analysis.disclosure.tests.attackers import few_told
from commonground.analysis.disclosure.tests.worlds import World, hierarchies, overlapping


def people(**sizes: int) -> dict[str, Atom]:
    return {name: Atom(size, size) for name, size in sizes.items()}


FOUR_OF_FIVE = people(x=1, B1=5, B2=5, B3=5, B4=5)
GIVES_X_AWAY = {"one": ["x", "B1", "B2"], "two": ["x", "B3", "B4"], "three": ["B1", "B3"], "four": ["B2", "B4"]}


def differs_by_few(groups, atoms, threshold) -> bool:
    """The rule of pairs (METHODS 7.1, differencing): of two sets, what one has beyond the other is nobody or enough people."""
    beyond = [set(one) - set(two) for one in groups.values() for two in groups.values()]
    return any(0 < sum(atoms[name].people for name in few) < threshold for few in beyond)


@pytest.mark.parametrize(
    ("sizes", "threshold", "shown"),
    [
        ({"A": 8, "B": 7, "C": 2, "D": 5, "E": 1}, 5, {"A", "B"}),
        ({"Tech": 7, "Product": 1}, 3, set()),
        ({"A": 12, "B": 9, "C": 4}, 5, {"A"}),
        ({"A": 12, "B": 9, "C": 4, "D": 3}, 5, {"A", "B"}),
    ],
)
def test_the_remainder_rule_gives_the_worked_examples_of_methods(sizes, threshold, shown):
    groups = {name: [name] for name in sizes} | {"total": list(sizes)}
    assert set(protect(groups, people(**sizes), threshold=threshold, must=["total"]).shown) == shown | {"total"}


def test_the_ninth_of_nine_is_not_told_by_the_eight():
    """METHODS 7.1: total 9 with mean 3.60 and a subgroup of 8 with mean 3.80 tell that the ninth answered 2.0."""
    ninth = 9 * 3.60 - 8 * 3.80
    assert ninth == pytest.approx(2.0)
    atoms = people(eight=8, ninth=1)
    groups = {"total": ["eight", "ninth"], "subgroup": ["eight"]}
    assert protect(groups, atoms, threshold=5, must=["total"]) == (("total",), {"subgroup": "beside"})
    assert [leak.atoms for leak in audit(groups, atoms, threshold=5)] == [("ninth",)]


def test_sums_of_four_sets_that_differ_by_enough_people_in_pairs_give_one_person_away():
    assert not differs_by_few(GIVES_X_AWAY, FOUR_OF_FIVE, 5)  # a rule of pairs lets it pass
    assert [leak.atoms for leak in audit(GIVES_X_AWAY, FOUR_OF_FIVE, threshold=5)] == [("x",)]
    told = protect(GIVES_X_AWAY, FOUR_OF_FIVE, threshold=5)
    assert len(told.shown) == 3
    assert not audit({name: GIVES_X_AWAY[name] for name in told.shown}, FOUR_OF_FIVE, threshold=5)


def test_what_is_told_of_two_people_together_is_not_told_either():
    """No atom is determined by itself here, so that a test of single atoms would let it pass."""
    atoms = people(a=2, b=2, rest=20)
    groups = {"all": ["a", "b", "rest"], "rest": ["rest"]}
    assert [leak.atoms for leak in audit(groups, atoms, threshold=5)] == [("a", "b")]


def test_a_difference_of_people_who_did_not_answer_tells_that_they_did_not():
    atoms = {"team": Atom(9, 7), "neighbour": Atom(6, 0)}
    groups = {"both": ["team", "neighbour"], "team": ["team"]}
    assert protect(groups, atoms, threshold=5, must=["both"]).shown == ("both",)
    nobody_asked = {"team": Atom(9, 7), "neighbour": Atom(0, 0)}
    assert protect(groups, nobody_asked, threshold=5, must=["both"]).shown == ("both", "team")


def test_a_group_of_nobody_who_was_asked_has_nobody_to_protect():
    assert protect({"empty": ["none"]}, {"none": Atom(0, 0)}, threshold=5).shown == ("empty",)


def test_what_an_earlier_round_told_counts():
    atoms = people(team=8, newcomer=1)
    later = {"team and newcomer": ["team", "newcomer"]}
    assert protect(later, atoms, threshold=5).shown == ("team and newcomer",)
    assert protect(later, atoms, threshold=5, released=[["team"]]).shown == ()


def test_among_groups_of_one_worth_the_smaller_gives_way_and_worth_goes_before():
    atoms = people(a=12, b=9, c=4)
    groups = {"total": ["a", "b", "c"], "A": ["a"], "B": ["b"], "C": ["c"]}
    assert protect(groups, atoms, threshold=5, must=["total"]).hidden == {"B": "beside", "C": "few"}
    assert protect(groups, atoms, threshold=5, must=["total"], worth={"B": 3}).hidden == {"A": "beside", "C": "few"}


def test_what_is_kept_first_gives_way_only_to_what_comes_before_it():
    atoms = people(a=12, b=9, c=4)
    groups = {"total": ["a", "b", "c"], "A": ["a"], "B": ["b"]}
    assert protect(groups, atoms, threshold=5, must=["A", "B"]).shown == ("A", "B")
    assert protect(groups, atoms, threshold=5, must=["total", "A", "B"]).shown == ("total", "A")


def test_groups_of_unknown_atoms_and_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="no known atom"):
        protect({"a": ["who"]}, {}, threshold=5)
    with pytest.raises(ValueError, match="cannot be"):
        protect({"a": ["a"]}, {"a": Atom(2, 3)}, threshold=5)


@settings(max_examples=150, deadline=None)
@given(world=overlapping(), threshold=st.sampled_from([3, 5, 8]))
def test_the_audit_says_the_same_as_brute_force(world, threshold):
    assert bool(audit(world.groups, world.atoms, threshold=threshold)) == (
        few_told(list(world.groups.values()), world.atoms, threshold) is not None
    )


@settings(max_examples=60, deadline=None)
@given(world=hierarchies(), threshold=st.sampled_from([5, 8]))
def test_nothing_about_few_follows_from_what_is_shown_of_a_hierarchy(world, threshold):
    told = protect(world.groups, world.atoms, threshold=threshold, must=["all"])
    shown = {name: world.groups[name] for name in told.shown}
    assert few_told(list(shown.values()), world.atoms, threshold) is None
    assert not audit(shown, world.atoms, threshold=threshold)
    assert {*told.shown, *told.hidden} == set(world.groups)
    for name in told.hidden:  # and nothing is held back without need: it is few, or gives away with the shown ones
        assert few_told([*shown.values(), world.groups[name]], world.atoms, threshold) is not None


@settings(max_examples=40, deadline=None)
@given(world=hierarchies(), data=st.data())
def test_nor_together_with_what_was_shown_before(world, data):
    """Some people left and some came between the rounds: each round has its own atoms, of which both are unions."""
    moved = data.draw(
        st.dictionaries(st.sampled_from(sorted(world.atoms)), st.sampled_from(["left", "came"]), max_size=3)
    )
    atoms, before, after = {}, {}, {}
    for name, atom in world.atoms.items():
        one = 1 if name in moved and atom.people > 1 else 0
        atoms[name] = Atom(atom.invited - one, atom.people - one)
        atoms[f"{name} moved"] = Atom(one, one)
        before[name] = [name, f"{name} moved"] if moved.get(name) == "left" else [name]
        after[name] = [name, f"{name} moved"] if moved.get(name) == "came" else [name]

    def sets(side: dict[str, list[str]], world: World = world) -> dict[str, list[str]]:
        return {name: [part for atom in one for part in side[atom]] for name, one in world.groups.items()}

    first = protect(sets(before), atoms, threshold=5, must=["all"])
    released = [sets(before)[name] for name in first.shown]
    second = protect(sets(after), atoms, threshold=5, must=["all"], released=released)
    assert few_told([*released, *(sets(after)[name] for name in second.shown)], atoms, 5) is None


@settings(max_examples=60, deadline=None)
@given(world=overlapping(), data=st.data())
def test_sets_that_overlap_as_they_like_are_held_apart_too(world, data):
    must = data.draw(st.lists(st.sampled_from(sorted(world.groups)), max_size=2))
    told = protect(world.groups, world.atoms, threshold=5, must=must)
    assert few_told([world.groups[name] for name in told.shown], world.atoms, 5) is None
