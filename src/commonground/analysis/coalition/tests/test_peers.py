"""Whom each carries: hand-worked tables, and what holds for any people and carriers."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.coalition.cells import Place, cell_of
from commonground.analysis.coalition.how_many import how_many, room
from commonground.analysis.coalition.peers import Carried, Carrier, carried_by_few, carry

BY = ("unit", "level")
BILLING, WATER = Place("billing", "staff"), Place("water", "staff")


def people(place: Place, count: int, of: str) -> dict[str, Place]:
    return {f"{of}{number:02}": place for number in range(count)}


def carried(who: dict[str, Place], *carriers: Carrier, by: tuple[str, ...] = BY, minutes: float = 5) -> Carried:
    return carry(who, carriers, attributes=by, minutes=minutes)


def test_a_member_carries_their_own_cell_and_champions_what_is_left() -> None:
    who = people(BILLING, 10, "b")
    found = carried(who, Carrier("m", 30, BILLING, team=True), Carrier("c", 60, BILLING))
    assert {one: len(peers) for one, peers in found.lists.items()} == {
        "m": 6,
        "c": 4,
    }  # 30 ÷ 5 = 6 fit into half an hour
    assert not found.unreached


def test_a_member_does_not_go_beyond_their_cell_but_a_champion_does_inside_their_unit() -> None:
    leaders, water = people(Place("billing", "leader"), 3, "l"), people(WATER, 2, "w")
    member = carried({**leaders, **water}, Carrier("m", 600, BILLING, team=True))
    assert member.unreached == {*leaders, *water}
    champion = carried({**leaders, **water}, Carrier("c", 600, BILLING))
    assert champion.lists == {"c": tuple(sorted(leaders))}
    assert champion.unreached == set(water)


def test_a_language_of_the_cells_is_never_crossed() -> None:
    who = {"fi": Place("billing", "staff", language="fi"), "sv": Place("billing", "leader", language="sv")}
    found = carried(who, Carrier("c", 600, Place("billing", "staff", language="fi")), by=("unit", "level", "language"))
    assert found.lists == {"c": ("fi",)}
    assert found.unreached == {"sv"}


def test_who_has_no_unit_is_carried_in_their_own_cell_alone() -> None:
    who = {"a": Place(None, "staff"), "b": Place(None, "leader")}
    assert carried(who, Carrier("c", 600, Place(None, "staff"))).lists == {"c": ("a",)}


def test_the_nearest_are_taken_first_and_lists_are_balanced() -> None:
    day, night = (
        Place("billing", "staff", shift="day", team="post"),
        Place("billing", "staff", shift="night", team="post"),
    )
    who = people(day, 4, "d") | people(night, 4, "n")
    found = carried(who, Carrier("x", 20, day), Carrier("y", 20, night))
    assert found.lists == {"x": tuple(people(day, 4, "d")), "y": tuple(people(night, 4, "n"))}
    uneven = carried(people(BILLING, 9, "b"), Carrier("x", 60, BILLING), Carrier("y", 30, BILLING))
    assert {one: len(peers) for one, peers in uneven.lists.items()} == {
        "x": 6,
        "y": 3,
    }  # two thirds of the hours, of the people
    assert uneven.load("x") == uneven.load("y") == 0.5


def test_who_sits_among_many_does_not_carry_them_all() -> None:
    post, desk = Place("billing", "staff", team="post"), Place("billing", "staff", team="desk")
    found = carried(people(post, 12, "p") | people(desk, 2, "d"), Carrier("x", 120, post), Carrier("y", 120, desk))
    assert {one: len(peers) for one, peers in found.lists.items()} == {"x": 7, "y": 7}
    assert {"d00", "d01"} <= set(found.lists["y"])  # the nearest, as far as that is fair


def test_what_was_named_for_a_champion_comes_before_what_is_near() -> None:
    night = Place("billing", "staff", "north", "night")
    who = people(Place("billing", "staff", "south", "day"), 3, "d") | people(night, 2, "n")
    place = Place("billing", "staff", "south", "night")
    assert carried(who, Carrier("c", 20, place)).lists["c"] == ("d00", "d01", "d02", "n00")  # their site first
    found = carried(who, Carrier("c", 20, place, named=("unit", "level", "shift")))
    assert found.lists["c"] == ("n00", "n01", "d00", "d01")


def test_who_carries_needs_nobody_and_nobody_carries_themselves() -> None:
    found = carried({"c": BILLING, "d": BILLING}, Carrier("c", 5, BILLING))
    assert (found.lists, found.themselves, found.reached) == ({"c": ("d",)}, {"c"}, 2)


def test_somebody_given_twice_carries_once_with_the_hours_of_either() -> None:
    found = carried(people(BILLING, 9, "b"), Carrier("m", 10, BILLING, team=True), Carrier("m", 5, BILLING))
    assert len(found.lists["m"]) == 2


@pytest.mark.parametrize("by", [(), ("mood",), ("unit", "mood")])
def test_groups_are_told_by_what_the_register_knows(by: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="told by"):
        carried({}, by=by)


# METHODS 3.1: champions = ceil(sum over groups of contact minutes ÷ available minutes). Worked by hand.
@pytest.mark.parametrize(
    ("groups", "available", "champions", "band"),
    [
        ([], 120, 0, (0, 0)),
        ([(1200, 5)], 120, 50, (24, 120)),  # 6,000 minutes ÷ 120
        ([(1201, 5)], 120, 51, (25, 121)),
        ([(100, 10), (50, 4)], 60, 20, (3, 15)),  # 1,000 + 200 = 1,200 ÷ 60
        ([(3, 0.1)], 0.3, 1, (1, 1)),  # 0.1 × 3 is a hair above 0.3 as a float
    ],
)
def test_how_many(groups: list[tuple[int, float]], available: float, champions: int, band: tuple[int, int]) -> None:
    found = how_many(groups, available)
    assert (found.champions, (found.fewest, found.most)) == (champions, band)


def test_no_champion_reaches_anybody_without_minutes() -> None:
    with pytest.raises(ValueError, match="without minutes"):
        how_many([(1, 5)], 0)
    with pytest.raises(ValueError, match="fewer than none"):
        how_many([(-1, 5)], 60)
    with pytest.raises(ValueError, match="no time"):
        room(60, 0)
    assert (room(0.3, 0.1), room(59.9, 5), room(0, 5)) == (3, 11, 0)


def test_the_few_who_carry_most() -> None:
    assert carried_by_few([]) is None
    assert carried_by_few([0, 0]) is None
    assert carried_by_few([6, 1, 1, 1, 1]) == (0.6, 1)  # one of five is a fifth
    assert carried_by_few([4, 4, 1, 1, 0, 0]) == (0.8, 2)  # a fifth of six, rounded up
    with pytest.raises(ValueError, match="between 0 and 1"):
        carried_by_few([1], part=0)


A_PLACE = st.builds(
    Place,
    st.sampled_from(["billing", "water", None]),
    st.sampled_from(["staff", "leader"]),
    st.sampled_from(["harbour", None]),
    st.sampled_from(["day", "night"]),
    st.sampled_from(["fi", "sv"]),
    st.sampled_from(["post", "desk", None]),
)
PEOPLE = st.dictionaries(st.sampled_from([f"p{number:02}" for number in range(40)]), A_PLACE, max_size=30)
CARRIERS = st.lists(
    st.builds(
        Carrier,
        st.sampled_from([f"p{number:02}" for number in range(45)]),
        st.sampled_from([0.0, 4.0, 5.0, 12.0, 40.0, 120.0]),
        A_PLACE,
        st.booleans(),
        st.lists(st.sampled_from(Place._fields[:5]), unique=True).map(tuple),
    ),
    max_size=8,
)
ATTRIBUTES = st.lists(st.sampled_from(Place._fields[:5]), min_size=1, unique=True).map(tuple)


@given(PEOPLE, CARRIERS, ATTRIBUTES)
def test_everybody_is_on_one_list_or_counted_and_hours_are_kept(
    who: dict[str, Place], carriers: list[Carrier], by: tuple[str, ...]
) -> None:
    found = carried(who, *carriers, by=by)
    told = Counter([*(one for peers in found.lists.values() for one in peers), *found.themselves, *found.unreached])
    assert told == Counter(who.keys())
    most = {one.person: max(other.minutes for other in carriers if other.person == one.person) for one in carriers}
    assert all(len(peers) * 5 <= most[carrier] for carrier, peers in found.lists.items())
    assert found.reached == len(who) - len(found.unreached)


@given(PEOPLE, CARRIERS, ATTRIBUTES, st.integers(0, 7), st.sampled_from([1.0, 5.0, 35.0]))
def test_more_hours_never_reach_fewer(
    who: dict[str, Place], carriers: list[Carrier], by: tuple[str, ...], which: int, more: float
) -> None:
    if not carriers:
        return
    fuller = list(carriers)
    one = fuller[which % len(fuller)]
    fuller[which % len(fuller)] = one._replace(minutes=one.minutes + more)
    assert carried(who, *fuller, by=by).reached >= carried(who, *carriers, by=by).reached


@given(PEOPLE, CARRIERS, ATTRIBUTES)
def test_nobody_waits_in_a_cell_whose_carriers_have_room(
    who: dict[str, Place], carriers: list[Carrier], by: tuple[str, ...]
) -> None:
    carriers = list({one.person: one for one in carriers}.values())  # each once: a place of each
    found = carried(who, *carriers, by=by)
    waiting = {cell_of(who[person], by) for person in found.unreached}
    for one in carriers:
        if cell_of(one.place, by) in waiting:
            assert len(found.lists[one.person]) == found.room[one.person]
