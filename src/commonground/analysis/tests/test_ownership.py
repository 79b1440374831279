"""The grid of ownership: counted by hand, and never a number from which a small group could be had."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.disclosure import Atom
from commonground.analysis.disclosure.tests.attackers import few_told
from commonground.analysis.facts import Does, Facts, Person, Process, Role
from commonground.analysis.ownership import Count, FrontOffice, _groups, _parts, front_offices, ownership_grid
from commonground.analysis.register import Register


def register(groups, owning=()):
    """groups: (unit, level, front office) → how many, all touched since their role ends."""
    people = [
        Person(f"{unit}{level}{front}{i}", "N", unit, role="r", level=level, front_office=front)
        for (unit, level, front), number in groups.items()
        for i in range(number)
    ]
    does = [Does("p", person) for person in owning]
    return Register(
        Facts(
            {"people": people, "roles": [Role("r", "R", fate="end")], "processes": [Process("p", "P")], "does": does},
            date(2026, 1, 1),
        )
    )


def test_counts_and_shares_of_a_grid_made_by_hand():
    grid = ownership_grid(
        register(
            {
                ("A", "staff", True): 20,
                ("A", "manager", False): 10,
                ("B", "staff", False): 40,
                ("B", "manager", False): 8,
            },
            owning=["AstaffTrue0", "AmanagerFalse0", "AmanagerFalse1"],
        )
    )
    assert (grid.units, grid.levels) == (("A", "B"), ("manager", "staff"))
    assert grid.cells["A", "manager"] == Count(10, 2, 0.2)
    assert grid.by_unit["A"] == Count(30, 3, 0.1)
    assert grid.by_level["staff"] == Count(60, 1, 1 / 60)
    assert grid.front["A"] == Count(20, 1, 0.05)
    assert grid.front["B"] == Count(0, 0, None)
    assert grid.total == Count(78, 3, 3 / 78)


def test_a_small_cell_takes_others_with_it():
    grid = ownership_grid(
        register(
            {
                ("A", "staff", False): 20,
                ("A", "manager", False): 3,
                ("B", "staff", False): 30,
                ("B", "manager", False): 9,
            }
        )
    )
    assert all(cell == Count(None, None, None, withheld=True) for cell in grid.cells.values())
    assert not grid.by_unit["A"].withheld


def test_a_small_rest_beside_the_front_office_is_not_to_be_had_by_subtraction():
    grid = ownership_grid(
        register(
            {("A", "staff", True): 20, ("A", "staff", False): 2, ("B", "staff", True): 30, ("B", "staff", False): 30}
        )
    )
    assert grid.front["A"].withheld


keys = st.tuples(st.sampled_from("ABC"), st.sampled_from(["manager", "staff", None]), st.booleans())


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(keys, st.integers(1, 15)))
def test_no_group_below_the_threshold_is_shown_or_determined(groups):
    now = register(groups)
    grid = ownership_grid(now)
    shown = [
        *grid.cells.values(),
        *grid.by_unit.values(),
        *grid.by_level.values(),
        *grid.front.values(),
        grid.total,
        grid.front_total,
    ]
    assert all(count.people is None or count.people == 0 or count.people >= 8 for count in shown)
    atoms = {str(key): Atom(number, number) for key, number in groups.items()}
    told = [
        [str(key) for key in groups if key in {(one.unit, one.level, one.front) for one in inside}]
        for name, inside in _groups(_parts(now)).items()
        if not _named(grid)[name].withheld
    ]
    assert few_told(told, atoms, 8) is None


def _named(grid):
    named = {("cell", *cell): count for cell, count in grid.cells.items()}
    named |= {("unit", unit, None): count for unit, count in grid.by_unit.items()}
    named |= {("level", None, level): count for level, count in grid.by_level.items()}
    named |= {("front", unit, None): count for unit, count in grid.front.items()}
    return named | {("total", None, None): grid.total, ("front total", None, None): grid.front_total}


def test_front_offices_of_touched_units():
    assert front_offices(register({("A", "staff", True): 3, ("B", "staff", False): 3}, owning=["AstaffTrue1"])) == (
        FrontOffice("A", 3, 1),
    )
