"""Steady level, dip, flat weeks and where a behaviour stands now: METHODS.md 4.2 and 4.5, and tables worked by hand."""

import importlib

import numpy as np
import pytest

from commonground.analysis.intervals import wilson
from commonground.analysis.pace.dip import dip
from commonground.analysis.pace.flat import flat, student
from commonground.analysis.pace.now import now
from commonground.analysis.pace.observations import monday
from commonground.analysis.pace.shares import shared
from commonground.analysis.pace.steady import after, level, steady
from commonground.analysis.pace.sustained import PersonWeeks
from commonground.analysis.pace.tests.made import WEEK, by_chance, observed

FIRST = 2900


def test_the_steady_level_of_the_methods() -> None:
    """METHODS 4.2: .10, .04 → .7143, A(12) = .5812."""
    assert level(0.10, 0.04) == pytest.approx(0.7143, abs=5e-5)
    assert after(0.10, 0.04, 12) == pytest.approx(0.5812, abs=5e-5)
    with pytest.raises(ValueError, match="nothing that settles"):
        level(0, 0)


def test_rates_are_changes_over_the_weeks_in_which_they_could_have_come() -> None:
    """Eight people: o n n o n o, in weeks 0 1 2 4 5 6; each turns to the new way twice in 3 weeks, back twice in 4."""
    people = 8
    person = np.repeat(np.arange(people, dtype=np.int32), 6)
    week = np.tile(np.array([0, 1, 2, 4, 5, 6], np.int32), people)
    new = np.tile(np.array([0, 1, 1, 0, 1, 0], np.int32), people)
    rows = PersonWeeks(person, week, new, np.ones_like(new))
    (one,) = steady(rows, np.zeros_like(person), 1)
    assert one is not None
    assert (one.adopt, one.relapse, one.n) == (pytest.approx(2 / 2), pytest.approx(2 / 4), 8)
    assert one.level == pytest.approx(2 / 3)
    assert steady(rows, np.where(person < 7, 0, -1).astype(np.int32), 1) == [None]


def test_nothing_settles_while_rates_still_change() -> None:
    """200 people over 40 weeks: with rates .10 and .04 throughout the level is told; where half of them turn for good, it is not."""
    rng = np.random.default_rng(11)
    people, weeks = 200, 40
    person = np.repeat(np.arange(people, dtype=np.int32), weeks)
    week = np.tile(np.arange(weeks, dtype=np.int32), people)

    def told(adopt: list[float], relapse: float) -> object:
        at_new = np.zeros((people, weeks), dtype=np.int32)
        for place in range(1, weeks):
            chance = np.where(at_new[:, place - 1] == 1, 1 - relapse, adopt[place])
            at_new[:, place] = rng.random(people) < chance
        rows = PersonWeeks(person, week, at_new.ravel(), np.ones(people * weeks, dtype=np.int32))
        return steady(rows, np.zeros_like(person), 1)[0]

    assert told([0.10] * weeks, 0.04) is not None
    assert told([0.03] * 27 + [0.25] * 13, 0.04) is None


def test_a_dip_worked_by_hand() -> None:
    """METHODS 4.5: 100 × 4, 80, 84, 88, 92, 96, 100, 104, 108, 110 × 4: lost 60, regained 52; here in weeks of 100."""
    values = [100] * 4 + [80, 84, 88, 92, 96, 100, 104, 108] + [110] * 4
    week = np.arange(len(values)) + FIRST
    people = np.full(len(values), 10)
    one = dip(week, np.array(values) * 10, people, cut_over=FIRST + 4, until=FIRST + len(values) - 1)
    assert one is not None
    assert (one.lost, one.regained) == (pytest.approx(0.60), pytest.approx(0.52))
    assert (one.baseline, one.deepest, one.deepest_week) == (100, pytest.approx(0.8), monday(FIRST + 4).isoformat())
    assert one.recovered == monday(FIRST + 9).isoformat()
    assert one.passed is False
    later = dip(week, np.array(values) * 10, people, cut_over=FIRST + 4, until=FIRST + 4 + 26)
    assert later is not None
    assert later.passed is True
    assert dip(week, values, people, cut_over=FIRST + 3, until=FIRST + 20) is None  # three weeks make no baseline


def test_flat_weeks() -> None:
    weeks = np.arange(30) + FIRST
    every = np.full(30, 100)
    rng = np.random.default_rng(2)
    assert flat(weeks, 2 * np.arange(30) + 10, every) is None
    level_off = np.concatenate([np.linspace(5, 60, 20), np.full(10, 60)]) + rng.normal(0, 1, 30)
    found = flat(weeks, level_off, every)
    assert found is not None
    assert 9 <= found <= 13
    assert flat(weeks, np.full(30, 95) + rng.normal(0, 1, 30), every) is None  # at the target already
    assert flat(weeks, np.full(30, 50) + rng.normal(0, 1, 30), every, target=0.4) is None
    assert flat(weeks[:7], np.full(7, 50), every[:7]) is None


def test_flat_weeks_are_found_nearly_always_and_falsely_seldom() -> None:
    weeks, every = np.arange(8) + FIRST, np.full(8, 200)
    rng = np.random.default_rng(7)
    level_, rising = (
        np.mean([flat(weeks, rng.binomial(200, share), every) is not None for _ in range(400)])
        for share in (np.full(8, 0.5), np.linspace(0.3, 0.6, 8))
    )
    assert level_ == pytest.approx(0.975, abs=0.02)
    assert rising < 0.02


def test_students_reach_equals_scipy() -> None:
    stats = importlib.import_module("scipy.stats")
    for free in range(6, 40):
        assert student(free) == pytest.approx(stats.t.ppf(0.975, free), rel=1e-3)


def test_now_is_the_last_four_weeks_that_can_be_shown() -> None:
    rows = []
    for week in range(10):
        present = range(5) if week == 8 else range(10)
        rows += [(person, week, 0, int(person < week), 1 - int(person < week), 0) for person in present]
    known = shared(observed(rows), threshold=8)
    (one,) = now(known.rows, known.rows.unit, known.units, until=WEEK + 9)
    assert one is not None
    assert (one.new, one.n, one.people) == ((5 + 6 + 7 + 9) / 40, 40, 10)
    assert one.change == pytest.approx((5 + 6 + 7 + 9) / 40 - (1 + 2 + 3 + 4) / 40)
    assert one.until == "2025-10-12"  # the Sunday of the last week, which began on 6 October
    (short,) = now(known.rows, known.rows.unit, known.units, until=WEEK + 2)
    assert short is None


def test_where_everybody_repeats_themselves_each_person_counts_once() -> None:
    rows = [(person, week, 0, 5 * (person < 12), 5 * (person >= 12), 0) for person in range(20) for week in range(4)]
    known = shared(observed(rows), threshold=8)
    (one,) = now(known.rows, known.rows.unit, known.units, until=WEEK + 3)
    assert one is not None
    low, high = wilson(12 * 19 / 20, 19)  # the variance between people is p(1 − p) ÷ (20 − 1)
    assert (one.low, one.high) == (pytest.approx(float(low)), pytest.approx(float(high)))


def test_the_interval_covers_though_people_differ() -> None:
    rng = np.random.default_rng(3)
    covered = 0
    for _ in range(400):
        own = rng.beta(2, 3, 40)
        rows = [(p, w, 0, int(k := rng.binomial(6, own[p])), 6 - int(k), 0) for p in range(40) for w in range(4)]
        known = shared(observed(rows), threshold=8)
        (one,) = now(known.rows, known.rows.unit, known.units, until=WEEK + 3)
        assert one is not None
        covered += one.low <= 0.4 <= one.high
    assert 0.92 <= covered / 400 <= 0.98


def test_rows_of_one_person_in_two_units_count_for_each() -> None:
    obs = by_chance(4, 60, 2, 6, moving=0.3)
    known = shared(obs, threshold=8)
    inside = known.rows.only(known.part)
    for week in range(6):
        rows = inside.week == WEEK + week
        assert known.whole.new[0, week] == inside.new[rows].sum()
        assert known.whole.people[0, week] == len(set(inside.person[rows].tolist()))
