"""In which phase a unit stands: the nearest row says, and behind one that has not begun no later one counts."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.facts import Facts, Phase, Unit
from commonground.analysis.plan.phases import Phases, stands_in
from commonground.analysis.register import Register

DAY = date(2026, 9, 14)
PAST, AHEAD = DAY - timedelta(days=100), DAY + timedelta(days=100)
UNITS = [
    Unit("all", "All"),
    Unit("water", "Water", "all"),
    Unit("crews", "Crews", "water"),
    Unit("bills", "Bills", "all"),
]
WHOLE = [Phase(1, None, PAST, DAY, PAST), Phase(2, None, DAY, AHEAD, DAY), Phase(3, None, AHEAD)]
ENTERED = st.one_of(st.none(), st.dates(PAST, AHEAD))
PLACE = st.dictionaries(st.integers(1, 3), ENTERED)


def phases(*own: Phase) -> Phases:
    return Phases(Register(Facts({"phases": [*WHOLE, *own], "units": UNITS}, DAY)))


def test_a_unit_without_a_row_goes_with_the_unit_above_and_at_last_with_the_whole() -> None:
    water = phases(Phase(2, "water", AHEAD))
    assert [water.at(unit) for unit in (None, "bills", "water", "crews")] == [2, 2, 1, 1]
    assert water.dates("crews", 2) == (AHEAD, None)
    assert water.dates("crews", 3) == (AHEAD, None)


def test_a_unit_that_only_plans_a_later_phase_is_not_behind() -> None:
    assert phases(Phase(3, "bills", AHEAD)).behind() == []
    assert phases(Phase(3, "bills", PAST, None, PAST)).at("bills") == 3


def test_who_is_behind_with_the_dates_of_the_others() -> None:
    (one,) = phases(Phase(2, "water", DAY, AHEAD)).behind()
    assert (one.unit, one.stands, one.others, one.following, one.same) == ("water", 1, 2, 2, True)
    (one,) = phases(Phase(2, "water", DAY + timedelta(days=60), AHEAD)).behind()
    assert not one.same


def test_no_phase_counts_behind_one_that_has_not_begun() -> None:
    assert stands_in([{1: PAST, 2: None, 3: PAST}], DAY) == 1
    assert stands_in([{2: PAST}], DAY) == 2  # of the first nobody says anything
    assert stands_in([{1: AHEAD}, {1: PAST}], DAY) == 0


@given(st.lists(PLACE, max_size=4), st.integers(0, 200))
def test_nobody_falls_back_as_days_pass(chain: list[dict[int, date | None]], days: int) -> None:
    now = stands_in(chain, DAY)
    assert 0 <= now <= 3
    assert stands_in(chain, DAY + timedelta(days=days)) >= now


@given(PLACE)
def test_to_say_nothing_of_ones_own_changes_nothing(whole: dict[int, date | None]) -> None:
    assert stands_in([{}, whole], DAY) == stands_in([whole], DAY)
