"""Who is where on a day, against brute force over the same rows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.facts import Facts, Person, Role, Unit, in_force
from commonground.analysis.organization import Organization

DAY = date(2026, 11, 21)


def organization(*, as_of=DAY, depth=1, **tables):
    return Organization(Facts(tables, as_of), depth)


def test_the_row_in_force_on_the_day_is_the_person():
    rows = [
        Person("a", "Ann", "Billing", end=date(2026, 6, 1)),
        Person("a", "Ann", "Water", start=date(2026, 6, 1)),
        Person("b", "Bo", "Billing", end=DAY),
    ]
    now = organization(people=rows)
    assert now.people["a"].unit == "Water"
    assert not now.is_here("b")
    assert now.name("b") == "Bo"
    assert organization(people=rows, as_of=date(2026, 5, 31)).people["a"].unit == "Billing"


def test_what_the_role_says_wins_over_the_persons_row():
    people = [
        Person("a", "A", role="r", level="staff", front_office=True),
        Person("b", "B", role="none", level="staff"),
    ]
    now = organization(people=people, roles=[Role("r", "R", level="manager", front_office=False)])
    assert (now.level("a"), now.front_office("a")) == ("manager", False)
    assert (now.level("b"), now.front_office("b")) == ("staff", None)
    silent = organization(people=people, roles=[Role("r", "R")])
    assert (silent.level("a"), silent.front_office("a")) == ("staff", True)


@pytest.mark.parametrize(
    ("seen", "ordered"),
    [
        (["staff", "Board and executive", "manager"], ("Board and executive", "manager", "staff")),
        (["Executives", "manager", "crew", "manager"], ("Executives", "manager", "crew")),
    ],
)
def test_levels_stand_in_the_customary_order_or_in_that_of_the_roster(seen, ordered):
    people = [Person(str(number), str(number), level=level) for number, level in enumerate(seen)]
    assert organization(people=people).levels == ordered


TREE = [
    Unit("all", "All"),
    Unit("a", "A", "all"),
    Unit("b", "B", "all"),
    Unit("a1", "A1", "a"),
    Unit("a11", "A11", "a1"),
]


@pytest.mark.parametrize(
    ("unit", "depth", "expected"),
    [
        ("a11", 1, "a"),
        ("a", 1, "a"),
        ("all", 1, "all"),
        ("a11", 2, "a1"),
        ("b", 2, "b"),
        ("unknown", 1, "unknown"),
        (None, 1, None),
    ],
)
def test_the_business_unit_is_the_first_below_the_root(unit, depth, expected):
    assert organization(units=TREE, depth=depth).business_unit(unit) == expected


def test_a_flagged_unit_wins_over_the_depth():
    flagged = [*TREE[:3], Unit("a1", "A1", "a", business_unit=True), Unit("a11", "A11", "a1")]
    now = organization(units=flagged)
    assert [now.business_unit(unit) for unit in ("a11", "a1", "a", "b")] == ["a1", "a1", "a", "b"]


def test_several_roots_are_business_units_themselves():
    now = organization(units=[Unit("a", "A"), Unit("b", "B"), Unit("a1", "A1", "a")])
    assert [now.business_unit(unit) for unit in ("a", "b", "a1")] == ["a", "b", "a"]


def test_without_a_sheet_of_units_people_say_which_there_are():
    now = organization(people=[Person("x", "X", "Billing"), Person("y", "Y")])
    assert (list(now.units), now.unit_name("Billing"), now.business_unit_of) == (
        ["Billing"],
        "Billing",
        {"x": "Billing", "y": None},
    )


units = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdefg"), st.booleans()), unique_by=lambda u: u[0]
)


@given(units)
def test_rings_of_parents_end_and_every_unit_has_a_business_unit(rows):
    now = organization(units=[Unit(unit, unit, parent, business_unit=flag) for unit, parent, flag in rows])
    assert {now.business_unit(unit) for unit in now.units} <= set(now.units)
    assert all(now.business_unit(unit) == unit for unit, row in now.units.items() if row.business_unit)


days = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 1, 9)))
people = st.lists(
    st.builds(
        Person,
        st.sampled_from("abcd"),
        st.just("N"),
        st.sampled_from(["U", "V", None]),
        st.sampled_from([*"abcd", None]),
        st.sampled_from(["r", "s", None]),
        start=days,
        end=days,
    )
)


@given(people, st.dates(date(2026, 1, 1), date(2026, 1, 9)))
def test_lookups_are_what_brute_force_finds(rows, day):
    now = organization(people=rows, as_of=day)
    assert now.people.keys() == {row.id for row in rows if in_force(row.start, row.end, day)}
    here = now.people.values()
    for role in "rs":
        assert set(now.holders.get(role, ())) == {row.id for row in here if row.role == role}
    for manager in "abcd":
        assert set(now.reports.get(manager, ())) == {row.id for row in here if row.manager == manager != row.id}
    for unit in "UV":
        assert set(now.members.get(unit, ())) == {row.id for row in here if row.unit == unit}


@pytest.mark.parametrize(
    ("rows", "leader"),
    [
        ([Person("m", "M", "U", "x"), Person("a", "A", "U", "m")], "m"),
        ([Person("m", "M", "V"), Person("a", "A", "U", "m"), Person("b", "B", "U", "m")], "m"),
        ([Person("a", "A", "U", "m"), Person("b", "B", "U", "n"), Person("m", "M"), Person("n", "N")], None),
        ([Person("a", "A", "U")], "a"),
        ([Person("a", "A", "U"), Person("b", "B", "U")], None),
        ([], None),
    ],
)
def test_who_leads_a_unit_is_read_off_the_reporting_line(rows, leader):
    assert organization(people=rows).unit_manager("U") == leader
