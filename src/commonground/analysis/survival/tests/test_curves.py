"""Curves of many groups at once: hand-worked tables, and what must hold for any people."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.survival.curves import Curves, cumulative_incidence, kaplan_meier, nelson_aalen
from commonground.analysis.survival.log_rank import log_rank

# one person each: duration, cause (0 followed no longer, 1, 2), group
people = st.lists(st.tuples(st.integers(0, 15), st.integers(0, 2), st.integers(0, 3)), min_size=1, max_size=60)
GROUPS = 4
PARTS = ("time", "share", "low", "high", "at_risk", "events")


def columns(rows: list[tuple[int, int, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return tuple(np.array(column) for column in zip(*rows, strict=True))


def all_curves(duration: np.ndarray, cause: np.ndarray, group: Any = None, groups: int | None = None) -> list[Curves]:
    rows = (group, groups)
    return [
        kaplan_meier(duration, cause > 0, *rows),
        kaplan_meier(duration, cause > 0, *rows, scale="loglog"),
        nelson_aalen(duration, cause > 0, *rows),
        nelson_aalen(duration, cause > 0, *rows, one_by_one=True),
        cumulative_incidence(duration, cause, *rows),
        cumulative_incidence(duration, cause, *rows, of=2, scale="loglog"),
    ]


def test_aalen_johansen_worked_by_hand() -> None:
    """Eight people: adopted at 1, 3, 3, 6; left at 2, 5; followed no longer from 4 and 7 on.

    At risk 8 7 6 4 3 2 (and 1); S before: 1, 7/8, 6/8, 4/8, 4/8, 3/8; after the one lost at 4: 1/2 × (1 − 1/3) = 1/3, then × 1/2 = 1/6.
    F1: 1/8; then 3/4 × 2/6 = 2/8 more; at 6 1/3 × 1/2 = 1/6 more. F2: 7/8 × 1/7 = 1/8; at 5 1/2 × 1/3 = 1/6 more.
    """
    duration, cause = [1, 2, 3, 3, 4, 5, 6, 7], [1, 2, 1, 1, 0, 2, 1, 0]
    one, two = (cumulative_incidence(duration, cause, of=which) for which in (1, 2))
    assert one.at_risk.tolist() == [8, 7, 6, 4, 3, 2, 1]
    assert one.share == pytest.approx([1 / 8, 1 / 8, 3 / 8, 3 / 8, 3 / 8, 3 / 8 + 1 / 6, 3 / 8 + 1 / 6])
    assert two.share == pytest.approx([0, 1 / 8, 1 / 8, 1 / 8, 1 / 8 + 1 / 6, 1 / 8 + 1 / 6, 1 / 8 + 1 / 6])
    assert one.of(0).median == 6
    assert two.of(0).median is None


def test_variance_worked_by_hand_while_nobody_is_lost() -> None:
    """Without censoring the share who came to a cause is a plain share: its variance is F (1 − F) ÷ n."""
    draw = np.random.default_rng(1)
    duration, cause = draw.integers(1, 12, 80), draw.integers(1, 3, 80)
    for of in (1, 2):
        curve = cumulative_incidence(duration, cause, of=of)
        assert curve.share == pytest.approx([((duration <= time) & (cause == of)).mean() for time in curve.time])
        assert curve.deviation**2 == pytest.approx(curve.share * (1 - curve.share) / 80)


def test_variance_of_incidence_is_what_resampling_finds() -> None:
    draw = np.random.default_rng(5)
    duration, cause = draw.exponential(10, 400), draw.choice(3, 400, p=[0.3, 0.5, 0.2])
    curve = cumulative_incidence(duration, cause)
    picks = draw.integers(0, 400, (400, 400))
    groups = np.repeat(np.arange(400), 400)
    again = cumulative_incidence(duration[picks.ravel()], cause[picks.ravel()], groups).at([5, 10, 20]).share
    found = curve.deviation[np.searchsorted(curve.time, [5, 10, 20], side="right") - 1]
    assert found == pytest.approx(again.std(axis=0), rel=0.12)


def test_without_another_cause_incidence_is_the_rest_of_kaplan_meier() -> None:
    draw = np.random.default_rng(6)
    duration, event, group = draw.integers(1, 30, 500), draw.random(500) < 0.6, draw.integers(0, 7, 500)
    for scale in ("log", "loglog"):
        waiting = kaplan_meier(duration, event, group, scale=scale)
        met = cumulative_incidence(duration, event.astype(int), group, scale=scale)
        assert np.allclose(met.share, 1 - waiting.share, atol=1e-12)
        assert np.allclose(met.deviation, waiting.deviation, atol=1e-9)
        assert np.allclose(met.low, 1 - waiting.high, atol=1e-7)
        assert np.allclose(met.high, 1 - waiting.low, atol=1e-7)
        assert np.allclose(met.medians, waiting.medians, equal_nan=True)


@given(people)
def test_shares_stay_within_their_bounds_and_never_turn(rows: list[tuple[int, int, int]]) -> None:
    duration, cause, group = columns(rows)
    for curves in all_curves(duration, cause, group, GROUPS):
        for code in range(GROUPS):
            one = curves.of(code)
            steps = np.diff(np.concatenate(([curves.begin], one.share)))
            assert ((steps <= 1e-12) if curves.begin == 1 else (steps >= -1e-12)).all()
            assert (one.low <= one.share + 1e-9).all()
            assert (one.share <= one.high + 1e-9).all()
            assert (np.diff(one.time) > 0).all()
            if curves.bounded:
                assert ((one.low >= 0) & (one.high <= 1)).all()


@given(people, st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(rows: list[tuple[int, int, int]], draw: Any) -> None:
    shuffled = list(rows)
    draw.shuffle(shuffled)
    for one, other in zip(all_curves(*columns(rows), GROUPS), all_curves(*columns(shuffled), GROUPS), strict=True):
        for part in (*PARTS, "offsets", "n"):
            assert np.array_equal(getattr(one, part), getattr(other, part))


@given(people)
def test_groups_at_once_are_groups_one_by_one(rows: list[tuple[int, int, int]]) -> None:
    duration, cause, group = columns(rows)
    together = all_curves(duration, cause, group, GROUPS)
    for code in range(GROUPS):
        if not (group == code).any():
            assert all(len(curves.of(code).time) == 0 and curves.of(code).median is None for curves in together)
            continue
        alone = all_curves(duration[group == code], cause[group == code])
        for one, other in zip(together, alone, strict=True):
            left, right = one.of(code), other.of(0)
            for part in PARTS:
                assert np.allclose(getattr(left, part), getattr(right, part), atol=1e-12)
            assert (left.n, left.median) == (right.n, right.median)


@given(people)
def test_of_two_causes_and_waiting_every_person_is_in_one(rows: list[tuple[int, int, int]]) -> None:
    duration, cause, group = columns(rows)
    waiting = kaplan_meier(duration, cause > 0, group, GROUPS)
    one, two = (cumulative_incidence(duration, cause, group, GROUPS, of=of) for of in (1, 2))
    assert np.allclose(waiting.share + one.share + two.share, 1)


def test_the_median_lies_between_two_times_however_late_they_are() -> None:
    assert kaplan_meier([1e308, 1.5e308], [1, 1]).of(0).median == 1.25e308


@given(st.lists(st.integers(0, 40), min_size=1, max_size=40))
def test_the_median_of_people_followed_to_the_end_is_the_plain_one(duration: list[int]) -> None:
    assert kaplan_meier(duration, [True] * len(duration)).of(0).median == np.median(duration)


@given(people)
def test_the_curve_at_asked_times(rows: list[tuple[int, int, int]]) -> None:
    duration, cause, group = columns(rows)
    curves, asked = kaplan_meier(duration, cause > 0, group, GROUPS), np.array([-1, 0, 3.5, 7, 15, 99])
    values = curves.at(asked)
    for code in range(GROUPS):
        one = curves.of(code)
        for at, time in enumerate(asked):
            here = group == code
            assert values.at_risk[code, at] == (here & (duration >= time)).sum()
            if not here.any() or time > one.time[-1]:
                assert np.isnan(values.share[code, at])
            else:
                rows_so_far = one.time <= time
                assert values.share[code, at] == (one.share[rows_so_far][-1] if rows_so_far.any() else 1)


def test_where_nobody_is_left_the_interval_keeps_its_upper_end() -> None:
    curve = kaplan_meier([1, 2, 3], [1, 1, 1])
    assert curve.share[-1] == 0
    assert (curve.low[-1], curve.high[-1]) == (0, curve.high[-2])
    alone = kaplan_meier([4], [1])
    assert (alone.share[0], alone.low[0], alone.high[0]) == (0, 0, 1)


def test_before_the_first_event_nothing_is_sure() -> None:
    """Of eight who all were still there, Wilson's interval says 67.6 % to 100 %."""
    waiting = kaplan_meier([3] + [9] * 7, [0] + [1] * 7)
    assert waiting.at([1]).low[0, 0] == pytest.approx(0.6756, abs=5e-5)
    assert (waiting.low[0], waiting.high[0]) == (pytest.approx(0.6756, abs=5e-5), 1)
    met = cumulative_incidence([3] + [9] * 7, [2] + [1] * 7)
    assert (met.at([1]).low[0, 0], met.at([1]).high[0, 0]) == (0, pytest.approx(1 - 0.6756, abs=5e-5))
    assert nelson_aalen([3], [1]).at([1, 3]).share.tolist() == [[0, 1]]


@pytest.mark.parametrize("n", [50, 200])
def test_intervals_hold_the_truth_in_95_of_100_cases(n: int) -> None:
    """2,000 groups of people who adopt, leave or are followed no longer at known rates."""
    draw, groups = np.random.default_rng(3), 2000
    adopts, leaves = draw.exponential(20, n * groups), draw.exponential(60, n * groups)
    duration = np.minimum(np.minimum(adopts, leaves), draw.uniform(10, 80, n * groups))
    cause = np.where(duration == adopts, 1, np.where(duration == leaves, 2, 0))
    times, group, rate = np.array([3, 8, 15, 26]), np.repeat(np.arange(groups), n), 1 / 20 + 1 / 60
    met = cumulative_incidence(duration, cause, group, scale="loglog").at(times)
    waiting = kaplan_meier(duration, cause == 1, group, scale="loglog").at(times)
    for curve, truth in ((met, (1 - np.exp(-rate * times)) / 20 / rate), (waiting, np.exp(-times / 20))):
        held = ((curve.low <= truth) & (truth <= curve.high)).mean(axis=0)
        assert ((held > 0.92) & (held < 0.98)).all()


def test_people_who_come_in_after_all_have_gone() -> None:
    curve = kaplan_meier([2, 9, 9], [1, 1, 0], entry=[0, 5, 5])
    assert curve.at_risk.tolist() == [1, 2]
    assert curve.share.tolist() == [0, 0]


def test_equal_groups_do_not_differ_and_groups_never_at_risk_do_not_count() -> None:
    same = log_rank([1, 2, 3, 1, 2, 3], [1] * 6, [0, 0, 0, 1, 1, 1])
    assert (same.statistic, same.df, same.p) == (pytest.approx(0, abs=1e-12), 1, pytest.approx(1))
    gone = log_rank([5, 6, 7, 8, 1, 2], [1, 1, 1, 0, 0, 0], [0, 1, 0, 1, 2, 2], 4)
    without = log_rank([5, 6, 7, 8], [1, 1, 1, 0], [0, 1, 0, 1])
    assert (gone.df, gone.statistic) == (1, pytest.approx(without.statistic))
    nothing = log_rank([1, 2], [0, 0], [0, 1])
    assert nothing.df == 0
    assert np.isnan(nothing.p)


@given(people)
def test_events_and_expectations_of_a_log_rank_add_up(rows: list[tuple[int, int, int]]) -> None:
    duration, cause, group = columns(rows)
    test = log_rank(duration, cause > 0, group, GROUPS)
    assert test.observed.sum() == pytest.approx(test.expected.sum())
    assert np.allclose(test.variance.sum(axis=0), 0, atol=1e-9)
    assert test.df == 0 or 0 <= test.p <= 1


@pytest.mark.parametrize(
    ("duration", "event", "group", "says"),
    [
        ([], [], None, "Nobody was followed"),
        ([1, -2], [1, 0], None, "that of row 2 is"),
        ([1, float("nan")], [1, 0], None, "that of row 2 is none"),
        ([1, float("inf")], [1, 0], None, "is none"),
        ([1, 2], [1], None, "2 durations and 1 events"),
        ([1, 2], [1, 0], [0], "2 durations and 1 groups"),
        ([1, 2], [1, 2], None, "that of row 2 is neither"),
        ([1, 2], [1, float("nan")], None, "neither"),
        ([1, 2], [1, 0], [0, -1], "Row 2 is in a group"),
        ([1, 2], [1, 0], [0.5, 1], "whole numbers"),
        ([[1, 2]], [[1, 0]], None, "one list"),
    ],
)
def test_people_who_cannot_be_counted_are_refused(duration: Any, event: Any, group: Any, says: str) -> None:
    for curve in (kaplan_meier, nelson_aalen):
        with pytest.raises(ValueError, match=says):
            curve(duration, event, group)


def test_other_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match="Row 2 is in a group"):
        kaplan_meier([1, 2], [1, 0], [0, 3], 3)
    with pytest.raises(ValueError, match="earlier than its duration"):
        kaplan_meier([1, 2], [1, 0], entry=[0, 2])
    with pytest.raises(ValueError, match="2 durations and 1 entries"):
        kaplan_meier([1, 2], [1, 0], entry=[0])
    with pytest.raises(ValueError, match="none of them"):
        cumulative_incidence([1], [1], of=3)
    with pytest.raises(ValueError, match="1 to 2"):
        cumulative_incidence([1], [3])
    with pytest.raises(ValueError, match="between 0 and 1"):
        kaplan_meier([1], [1], level=95)
