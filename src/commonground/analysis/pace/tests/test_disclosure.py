"""Nothing that is shown stands for fewer people than the threshold, nor can be had by subtracting what is shown.

Oracles: plain sets of rows, the rank of the whole system of a week without every set of few people (NumPy), and the audit of
`analysis/disclosure`, which is held against fractions in its own tests.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.disclosure import Atom, audit
from commonground.analysis.pace.figures import Group, Pace
from commonground.analysis.pace.measure import measure
from commonground.analysis.pace.observations import Observations, monday
from commonground.analysis.pace.shares import Cells, Shared, parted, shared
from commonground.analysis.pace.tests.made import WEEK, by_chance, followed, observed

K = 8
Row = tuple[int, int]  # person, unit
Kinds = Mapping[str, tuple[np.ndarray, Cells]]


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
        released = told_in(week, rows, known, kinds)
        whole = set().union(*sets_of(rows, known.part, week, rows.unit).values())
        assert (people(whole) >= K) == bool(shown_in(known.whole, week))
        for kind, (code, cells) in kinds.items():
            for group, members in sets_of(rows, known.part, week, code).items():
                if group in shown_in(cells, week):
                    assert released[kind, group] == members
                    assert people(members) >= K
                    assert cells.people[group, week - cells.first] == people(members)
        assert not audit(*as_atoms(released), threshold=K) or moving


def told_in(week: int, rows: Observations, known: Shared, kinds: Kinds) -> dict[tuple[str, int], set[Row]]:
    """All sets of rows of which numbers are shown in a week, the whole too."""
    found = {
        (kind, group): members
        for kind, (code, cells) in kinds.items()
        for group, members in sets_of(rows, known.part, week, code).items()
        if group in shown_in(cells, week)
    }
    if shown_in(known.whole, week):
        found["whole", 0] = set().union(*sets_of(rows, known.part, week, rows.unit).values())
    return found


def cells_of(released: Mapping[tuple[str, int], set[Row]]) -> dict[tuple[tuple[str, int], ...], set[Row]]:
    """Rows by the sets that they are in: what no sum can part."""
    found = defaultdict(set)
    for row in set().union(*released.values()):
        found[tuple(name for name, members in released.items() if row in members)].add(row)
    return found


def as_atoms(released: Mapping[tuple[str, int], set[Row]]) -> tuple[dict[str, list[str]], dict[str, Atom]]:
    cells = cells_of(released)
    groups = {str(name): [str(cell) for cell in cells if name in cell] for name in released}
    return groups, {str(cell): Atom(people(rows), people(rows)) for cell, rows in cells.items()}


def found_out(released: Mapping[tuple[str, int], set[Row]]) -> set[Row] | None:
    """The rows of fewer people than the threshold about whom some combination of the sets tells something: without their columns the
    system has a lower rank. Every set of cells with so few people is tried."""
    cells = cells_of(released)
    names, members = list(cells), list(cells.values())
    system = np.array([[float(name in cell) for cell in names] for name in released])
    few = [place for place, rows in enumerate(members) if people(rows) < K]
    for size in range(1, min(len(few), K - 1) + 1):
        for some in combinations(few, size):
            rows = set().union(*(members[place] for place in some))
            if people(rows) < K:
                left = np.delete(system, some, axis=1)
                if np.linalg.matrix_rank(left) < np.linalg.matrix_rank(system):
                    return rows
    return None


@settings(max_examples=60, deadline=None)
@given(
    st.tuples(st.integers(0, 10**6), st.integers(8, 40), st.integers(1, 3), st.integers(2, 3)),
    st.sampled_from([0.0, 0.15]),
)
def test_no_combination_of_units_levels_and_cohorts_is_of_few_people(
    case: tuple[int, int, int, int], moving: float
) -> None:
    seed, size, units, groups = case
    obs = by_chance(seed, size, units, 1, moving=moving, presence=0.9)
    levels, cohorts = along_units(seed, obs, groups), along_units(seed + 1, obs, groups)
    known = shared(obs, threshold=K)
    level = parted(known, levels, groups, threshold=K)
    cohort = parted(known, cohorts, groups, threshold=K, beside=[(levels, level)])
    rows = known.rows
    kinds = {
        "unit": (rows.unit, known.units), "level": (levels[rows.person], level), "cohort": (cohorts[rows.person], cohort),
    }  # fmt: skip
    for week in range(known.whole.first, known.whole.first + known.whole.new.shape[1]):
        released = told_in(week, rows, known, kinds)
        assert not released or found_out(released) is None


def test_sums_of_three_kinds_at_once_are_caught() -> None:
    """Thirty people each who are in the first unit alone, in the first level alone, in the first cohort alone; and three who are in all of
    them. The three groups less the whole are these three, twice; two kinds alone tell of nobody's few."""
    kinds = [(0, 1, 1)] * 30 + [(1, 0, 1)] * 30 + [(1, 1, 0)] * 30 + [(0, 0, 0)] * 3
    obs = observed([(person, 0, unit, 1, 0, 0) for person, (unit, _, _) in enumerate(kinds)])
    levels, cohorts = (np.array([one[place] for one in kinds], np.int32) for place in (1, 2))
    first = {
        name: {(person, one[0]) for person, one in enumerate(kinds) if one[place] == 0}
        for place, name in enumerate([("unit", 0), ("level", 0), ("cohort", 0)])
    }
    everybody = {(person, one[0]) for person, one in enumerate(kinds)}
    assert found_out({("whole", 0): everybody, **first}) == {(person, 0) for person in (90, 91, 92)}
    for name in first:
        others = {other: members for other, members in first.items() if other != name}
        assert found_out({("whole", 0): everybody, **others}) is None
    known = shared(obs, threshold=K)
    level = parted(known, levels, 2, threshold=K)
    cohort = parted(known, cohorts, 2, threshold=K, beside=[(levels, level)])
    assert (known.units.shown.all(), level.shown.all(), cohort.shown.any()) == (True, True, False)


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
