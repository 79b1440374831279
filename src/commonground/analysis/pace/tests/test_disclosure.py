"""Nothing that is shown stands for fewer people than the threshold, nor can be had by subtracting what is shown.

Oracles: the exact audit of linear equations of `analysis/suppression.py`, and plain sets of rows.
"""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.pace.figures import Group, Pace
from commonground.analysis.pace.measure import measure
from commonground.analysis.pace.observations import Observations, monday
from commonground.analysis.pace.shares import Cells, parted, shared
from commonground.analysis.pace.tests.made import WEEK, by_chance, followed, observed
from commonground.analysis.suppression import Sum, determined

K = 8
Row = tuple[int, int]  # person, unit


def sets_of(obs: Observations, part: np.ndarray, week: int, code: np.ndarray) -> dict[int, set[Row]]:
    """The rows of each group in the whole of a week."""
    found: dict[int, set[Row]] = defaultdict(set)
    for place in np.flatnonzero(part & (obs.week == week)):
        found[int(code[place])].add((int(obs.person[place]), int(obs.unit[place])))
    return found


def people(rows: Iterable[Row]) -> int:
    return len({person for person, _ in rows})


def shown_in(cells: Cells, week: int) -> set[int]:
    return set(np.flatnonzero(cells.shown[:, week - cells.first]).tolist())


def along_units(seed: int, obs: Observations, groups: int) -> np.ndarray:
    """Levels or cohorts that mostly go with the units, so that one set of people often holds another."""
    rng = np.random.default_rng(seed)
    unit = np.zeros(len(obs.persons), np.int32)
    unit[obs.person] = obs.unit
    code = (unit + rng.integers(groups)) % groups
    apart = rng.random(len(code)) < rng.choice([0.05, 0.15, 0.6])
    code[apart] = rng.integers(-1, groups, apart.sum())
    return code.astype(np.int32)


cases = st.tuples(st.integers(0, 10**6), st.integers(4, 90), st.integers(1, 6), st.integers(1, 4), st.integers(2, 4))


@settings(max_examples=150, deadline=None)
@given(cases, st.sampled_from([0.0, 0.15]))
def test_no_cell_of_few_people_is_shown_or_can_be_worked_out(
    case: tuple[int, int, int, int, int], moving: float
) -> None:
    seed, size, units, weeks, groups = case
    obs = by_chance(seed, size, units, weeks, moving=moving, presence=0.6)
    levels, cohorts = along_units(seed, obs, groups), along_units(seed + 1, obs, groups)
    known = shared(obs, threshold=K)
    level = parted(known, levels, groups, threshold=K)
    cohort = parted(known, cohorts, groups, threshold=K, beside=[(levels, level)])
    rows = known.rows
    for week in range(known.whole.first, known.whole.first + known.whole.new.shape[1]):
        kinds = {
            "unit": (rows.unit, known.units), "level": (levels[rows.person], level), "cohort": (cohorts[rows.person], cohort),
        }  # fmt: skip
        whole = set().union(*sets_of(rows, known.part, week, rows.unit).values())
        assert (people(whole) >= K) == bool(shown_in(known.whole, week))
        hidden, sums, released = set(), [], [whole] if people(whole) >= K else []
        for kind, (code, cells) in kinds.items():
            groups_of = sets_of(rows, known.part, week, code)
            shown = shown_in(cells, week)
            for group, members in groups_of.items():
                if group in shown:
                    assert people(members) >= K
                    assert cells.people[group, week - cells.first] == people(members)
                    released.append(members)
                else:
                    hidden.add((kind, group))
            released.append(set().union(*(members for group, members in groups_of.items() if group not in shown)))
            if people(whole) >= K:
                sums.append(Sum("whole", tuple((kind, group) for group in groups_of)))
            few = {(kind, group) for group, members in groups_of.items() if people(members) < K}
            assert not determined(hidden, sums) & few
        for one in released:
            for two in released:
                assert not one < two or people(two - one) >= K or people(two - one) == 0 or not one


def numbers(pace: Pace) -> tuple[object, ...]:
    """All that is said, but for the names of units that are hidden and how many they are."""
    told = [group for group in pace.groups if not (group.kind == "unit" and group.series.suppressed)]
    left_out = [one for one in pace.left_out if one[0] != "unit"]
    return (pace.whole, tuple(told), tuple(left_out), pace.first, pace.last)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 7))
def test_a_unit_of_few_is_in_no_number_anywhere(seed: int, few: int) -> None:
    obs = by_chance(seed, 40, 3, 30, moving=0.0, presence=0.8)
    rows = list(
        zip(*(getattr(obs, name).tolist() for name in ("person", "week", "unit", "new", "old", "neither")), strict=True)
    )
    base = [(person, week - WEEK, unit, *ways) for person, week, unit, *ways in rows]
    more = [(40 + person, week, 3, 5, 1, 0) for person in range(few) for week in range(30)]
    levels = np.arange(48, dtype=np.int32) % 3
    told = []
    for one in (observed(base), observed([*base, *more])):
        paces = measure(one, followed(one, 30), levels=levels[: len(one.persons)], level_names="abc", forecasts=False)
        told.append(paces)
    assert numbers(told[0]) == numbers(told[1])
    assert dict(told[1].left_out)["unit"] == dict(told[0].left_out)["unit"] + 1
    hidden = next(group for group in told[1].groups if group.key == "u3")
    assert hidden == Group("unit", "u3", hidden.series)
    assert (hidden.series.people, hidden.series.weeks, hidden.series.suppressed) == (None, (), True)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(20, 80), st.integers(1, 5), st.sampled_from([0.2, 0.9]))
def test_curves_are_of_enough_people_and_their_differences_too(
    seed: int, size: int, units: int, presence: float
) -> None:
    obs = by_chance(seed, size, units, 14, moving=0.1, presence=presence)
    rng = np.random.default_rng(seed)
    levels = rng.choice(4, p=(0.05, 0.15, 0.3, 0.5), size=len(obs.persons)).astype(np.int32)
    pace = measure(obs, followed(obs, 14, 2), levels=levels, level_names="abcd", forecasts=False)
    for curve in ("sustained", "relapse"):
        whole = getattr(pace.whole, curve)
        for kind in ("unit", "level"):
            parts = [one.people for group in pace.groups if group.kind == kind and (one := getattr(group, curve))]
            assert all(part >= K for part in parts)
            if whole is None:
                assert not parts
            else:
                assert whole.people - sum(parts) == 0 or whole.people - sum(parts) >= K


def test_two_hidden_units_stay_in_the_whole_when_they_are_enough_together() -> None:
    def rows(sizes: list[int]) -> Observations:
        """Unit u has sizes[u] people in the first week, and 8 in the second."""
        found = []
        for unit, size in enumerate(sizes):
            found += [(unit * 20 + person, 0, unit, 1, 0, 0) for person in range(size)]
            found += [(unit * 20 + person, 1, unit, 1, 0, 0) for person in range(max(size, 8))]
        return observed(found)

    assert shared(rows([10, 4, 4]), threshold=K).whole.people.tolist() == [[18, 26]]
    assert shared(rows([10, 4, 3]), threshold=K).whole.people.tolist() == [[10, 26]]
    assert shared(rows([10, 9, 7]), threshold=K).whole.people.tolist() == [[19, 27]]
    assert shared(rows([10, 4, 4]), threshold=K).units.people.tolist() == [[10, 10], [0, 8], [0, 8]]
    series = shared(rows([10, 4, 3]), threshold=K).units.series(1, "u1")
    assert series.weeks[0] == (monday(WEEK).isoformat(), None, None, None, None)
    assert series.weeks[1].people == 8


def test_of_a_fixed_whole_the_next_smallest_level_is_hidden_too() -> None:
    """METHODS 7.1: A12 B9 C4 → show A, hide B, C."""
    obs = observed([(person, 0, 0, 1, 0, 0) for person in range(25)])
    levels = np.array([0] * 12 + [1] * 9 + [2] * 4, dtype=np.int32)
    assert parted(shared(obs, threshold=K), levels, 3, threshold=K).people.tolist() == [[12], [0], [0]]


def test_a_level_that_is_nearly_a_unit_is_hidden() -> None:
    """15 of the 20 people of a unit are all there is of one level: the unit less the level would be five people."""
    obs = observed([(person, 0, int(person >= 20), 1, 0, 0) for person in range(50)])
    levels = np.array([0] * 15 + [1] * 35, dtype=np.int32)
    known = shared(obs, threshold=K)
    assert known.units.people.tolist() == [[20], [30]]
    assert parted(known, levels, 2, threshold=K).people.tolist() == [[0], [0]]


def test_a_group_that_is_nearly_a_sum_of_units_is_hidden() -> None:
    """Those who began in a quarter are all of two units and three who joined a third: without the units they would be these three."""
    obs = observed([(person, 0, person // 20, 1, 0, 0) for person in range(100)])
    known = shared(obs, threshold=K)
    assert known.units.people.tolist() == [[20]] * 5
    nearly = np.array([0] * 43 + [1, 2] * 28 + [1], dtype=np.int32)
    assert parted(known, nearly, 3, threshold=K).people[0].tolist() == [0]
    just = np.array([0] * 40 + [1, 2] * 30, dtype=np.int32)
    assert parted(known, just, 3, threshold=K).people.tolist() == [[40], [30], [30]]


def test_a_sum_of_groups_that_is_nearly_a_sum_of_units_is_broken() -> None:
    """Levels 0 and 1 together are units 0 and 1 and three people more; neither alone holds a unit or is held by one."""
    obs = observed([(person, 0, person // 30, 1, 0, 0) for person in range(120)])
    levels = np.array([0, 1] * 30 + [0] * 3 + [2] * 57, dtype=np.int32)
    hidden = parted(shared(obs, threshold=K), levels, 3, threshold=K).people[:, 0]
    assert np.count_nonzero(hidden) < 2, "of three groups with a fixed whole two must be hidden"


def test_the_threshold_only_goes_up() -> None:
    obs = by_chance(1, 30, 2, 4)
    with pytest.raises(ValueError, match="can only be raised"):
        measure(obs, followed(obs, 4), threshold=7)
    pace = measure(obs, followed(obs, 4), threshold=31, forecasts=False)
    assert pace.whole.series.suppressed
    assert all(group.series.suppressed for group in pace.groups)
