"""Forced noughts: what the span and the small program find is what SciPy's programs find count by count, and the groups named suffice."""

from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.disclosure.noughts import Noughts
from commonground.analysis.disclosure.sets import merged
from commonground.analysis.disclosure.short import Told, shortened
from commonground.analysis.disclosure.tests.attackers import Counted, rank, rows_of
from commonground.analysis.disclosure.tests.worlds import World, answers, hierarchies, overlapping


def told_of(world: World, counts: dict[str, list[int]]) -> Told:
    """Each atom for itself, as the attacker sees them."""
    number = {name: place for place, name in enumerate(counts)}
    return Told([frozenset(number[name] for name in one) for one in world.groups.values()], list(counts.values()), 5)


def test_of_a_unit_is_left_what_the_units_below_do_not_hold():
    root, left, right, level = frozenset(range(6)), frozenset({0, 1}), frozenset({2, 3}), frozenset({0, 2, 4})
    found = {one.whole: (set(one.atoms), one.less) for one in shortened([root, left, right, level])}
    assert found == {0: ({1, 3, 5}, (3,)), 1: ({0, 1}, ()), 2: ({2, 3}, ()), 3: ({0, 2, 4}, ())}
    assert {one.whole: set(one.atoms) for one in shortened([root, left, right])} == {0: {4, 5}, 1: {0, 1}, 2: {2, 3}}
    assert [one.whole for one in shortened([left, left])] == [0]


@settings(max_examples=80, deadline=None)
@given(world=overlapping())
def test_the_short_sums_say_as_much_as_the_told_ones(world):
    sets = merged(world.groups, world.atoms)
    groups, names = list(sets.groups.values()), range(len(sets.weights))
    short = [one.atoms for one in shortened(groups)]
    both = rank(rows_of([*groups, *short], names))
    assert rank(rows_of(groups, names)) == rank(rows_of(short, names)) == both


@settings(max_examples=40, deadline=None)
@given(world=st.one_of(overlapping(), hierarchies(most_units=4)), options=st.integers(2, 4), data=st.data())
def test_a_nought_is_free_where_a_linear_program_can_raise_it(world, options, data):
    counts = answers(data.draw, world.atoms, options)
    told = told_of(world, counts)
    if not told.atoms:
        return
    free, names = Noughts(told).free(), list(counts)
    attacker = Counted(list(world.groups.values()), counts)
    for atom in told.atoms:
        for option in range(options):
            assert ((atom, option) in free) == (attacker.between((names[atom],), option)[1] > 1e-6)


@settings(max_examples=80, deadline=None)
@given(world=st.one_of(overlapping(), hierarchies(most_units=4)), options=st.integers(2, 4), data=st.data())
def test_the_groups_that_are_named_give_an_answer_away_by_themselves(world, options, data):
    told = told_of(world, answers(data.draw, world.atoms, options))
    noughts = Noughts(told)
    free = noughts.free()
    for atom in told.atoms:
        left = [option for option in range(options) if (atom, option) in free]
        if len(left) == 1:
            by = [told.groups[place] for place in sorted(noughts.forcing(atom, left[0]))]
            again = Noughts(Told(by, told.counts, 5)).free()
            assert [option for option in range(options) if (atom, option) in again] == left
