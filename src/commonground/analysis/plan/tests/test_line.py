"""What is late on the program line, and what each lane says: worked out by hand, and whatever the days are."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.plan.line import LANES, Thing, lane_of_activity, late, standings

DAY = date(2026, 9, 14)
DAYS = st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2028, 1, 1)))
THINGS = st.lists(
    st.builds(
        Thing,
        lane=st.sampled_from(list(LANES)),
        label=st.text("abc ", min_size=1, max_size=9),
        planned=DAYS,
        actual=DAYS,
        until=DAYS,
        over=st.booleans(),
        lasts=st.booleans(),
        milestone=st.booleans(),
    ),
    max_size=20,
)


def on(days: int) -> date:
    return DAY + timedelta(days=days)


def test_the_states_by_hand() -> None:
    table = [  # planned, actual, until, over, lasts → state, days late
        ((-9, -2, None, False, False), "done", 0),
        ((-9, None, None, False, False), "late", 9),
        ((9, None, None, False, False), "planned", 0),
        ((0, None, None, False, False), "planned", 0),  # today is still its day
        ((None, None, None, False, False), "undated", 0),
        ((-9, -9, 5, False, True), "running", 0),
        ((-9, -9, -4, False, True), "late", 4),
        ((-9, -9, -4, True, True), "done", 0),
        ((-9, None, 5, False, True), "late", 9),
        ((-9, -9, None, False, True), "running", 0),
        ((-9, 3, None, False, False), "planned", 0),  # it is said to come later than it was planned
    ]
    for (planned, actual, until, over, lasts), state, days in table:
        dates = [None if one is None else on(one) for one in (planned, actual, until)]
        one = Thing("team", "x", *dates, over=over, lasts=lasts)
        assert (one.state(DAY), one.days_late(DAY)) == (state, days), (planned, actual, until, over, lasts)


def test_what_came_later_than_planned() -> None:
    assert Thing("team", "x", on(-20), on(-13)).came_late(DAY) == 7
    assert Thing("team", "x", on(-13), on(-20)).came_late(DAY) == 0


def test_an_activity_stands_in_the_lane_of_its_practice_else_of_its_kind() -> None:
    assert lane_of_activity("communicate", "CUST") == "customers"
    assert lane_of_activity("train", "") == "roles"
    assert lane_of_activity(None, "") == "engagement"


@given(THINGS)
def test_each_thing_is_counted_once_and_every_lane_stands_there(things: list[Thing]) -> None:
    stands = standings(things, DAY)
    assert [one.lane for one in stands] == list(LANES)
    assert sum(len(one.things) for one in stands) == len(things)
    for one in stands:
        undated = sum(thing.state(DAY) == "undated" for thing in one.things)
        assert one.done + one.running + len(one.late) + one.ahead + undated == len(one.things)


@given(THINGS)
def test_what_is_late_is_late_by_a_day_at_least_and_the_longest_stands_first(things: list[Thing]) -> None:
    found = late(things, DAY)
    assert all(days >= 1 for _, days in found)
    assert [days for _, days in found] == sorted((days for _, days in found), reverse=True)
