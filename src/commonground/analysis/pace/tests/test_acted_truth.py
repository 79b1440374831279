"""Acted truth: events made from known rates of adopting, relapsing and leaving, measured from the events on.

Each of 400 seeds is a unit of its own, so that one measurement answers them all; the 95 % intervals are to cover what is known in 92
to 98 % of them.
"""

import numpy as np
import pytest

from commonground.analysis.events import Events, Names
from commonground.analysis.pace.figures import Group, Point
from commonground.analysis.pace.measure import measure
from commonground.analysis.pace.observations import NEVER, Followed
from commonground.analysis.pace.observe import observe
from commonground.analysis.pace.rule import Match, Rule

SEEDS, PEOPLE, WEEKS = 400, 80, 80
ADOPT, RELAPSE, LEAVE = 0.06, 0.02, 0.008  # a week
DAY = 86_400_000_000
MONDAY = 20_304 * DAY  # 4 August 2025, week 2900
FIRST = 2900
RULE = Rule("log it", Match(activity=("visit",)), Match(channel=("crm",)), Match(channel=("paper",)), new_within=24.0)


def events(at_new: np.ndarray, present: np.ndarray) -> Events:
    """A visit a week of everybody who is there, and after it an entry of the same case, in the shared record or on paper.

    at_new, present: shape (people, weeks). The unit of a person is their seed.
    """
    person, week = (column.astype(np.int64) for column in np.nonzero(present))
    n = len(person)
    case = np.repeat(np.arange(n, dtype=np.uint64), 2)
    time = np.repeat(MONDAY + week * 7 * DAY + 9 * DAY // 24, 2)
    time[1::2] += DAY // 12
    later = np.arange(2 * n) % 2
    channel = np.where(later == 1, np.repeat(np.where(at_new[person, week], 0, 1), 2), 2)
    codes = (later, np.repeat(person, 2), np.repeat(person // PEOPLE, 2), np.full(2 * n, -1), channel)
    names = Names(
        ("visit", "entry"), tuple(f"p{code}" for code in range(len(present))), tuple(f"u{seed}" for seed in range(SEEDS)),
        (), ("crm", "paper", "phone"),
    )  # fmt: skip
    return Events(case, time, *(code.astype(np.int32) for code in codes), names=names)


def measured(at_new: np.ndarray, start: np.ndarray, stays: np.ndarray) -> list[Group]:
    """The units. start: week in which each clock starts; stays: how many weeks each is there from then on."""
    week = np.arange(WEEKS)
    present = (week >= start[:, None]) & (week < (start + stays)[:, None])
    observed = observe([events(at_new, present)], RULE, zone="UTC")
    persons = np.array([int(name[1:]) for name in observed.observations.persons])
    left = np.where(start + stays < WEEKS, FIRST + start + stays, NEVER)[persons]
    known = Followed((FIRST + start)[persons].astype(np.int32), left.astype(np.int32), FIRST + WEEKS - 1)
    pace = measure(observed.observations, known, forecasts=False)
    return [group for group in pace.groups if group.kind == "unit"]


def at(curve: tuple[Point, ...], time: float) -> Point:
    """The curve at a time; before its first step it is 0."""
    return next((point for point in reversed(curve) if point.time <= time), Point(0, 0.0, 0.0, 0.0, 0))


def cover(low: list[float], high: list[float], truth: float) -> float:
    return float(np.mean((np.array(low) <= truth) & (truth <= np.array(high))))


@pytest.mark.slow
def test_intervals_of_time_to_sustained_use_and_of_lasting_cover_the_truth() -> None:
    rng = np.random.default_rng(2026)
    size = SEEDS * PEOPLE
    start = rng.integers(0, 12, size)
    adopts, stays, keeps = (rng.geometric(rate, size) for rate in (ADOPT, LEAVE, RELAPSE))
    week = np.arange(WEEKS) - start[:, None] + 1  # 1: the first of each clock
    relapses = adopts + 5 + keeps  # six weeks make it a habit; then it is given up with that rate
    at_new = (week >= adopts[:, None]) & (week < relapses[:, None])
    groups = measured(at_new, start, stays)
    assert len(groups) == SEEDS
    for time in (12, 20, 40):
        first = np.arange(
            1, time - 4
        )  # the week of adopting: sustained use is reached five weeks later, if they still are there
        truth = float((ADOPT * (1 - ADOPT) ** (first - 1) * (1 - LEAVE) ** (first + 4)).sum())
        points = [at(group.sustained.curve, time) for group in groups if group.sustained]
        assert len(points) == SEEDS
        assert 0.92 <= cover([point.low for point in points], [point.high for point in points], truth) <= 0.98
        assert np.mean([point.share for point in points]) == pytest.approx(truth, abs=0.01)
    truth = (1 - RELAPSE) ** (26 - 3)  # the fourth week of eight under 40 % is the relapse
    lasting = [group.lasting[0] for group in groups if group.lasting[0].share is not None]
    assert len(lasting) > 0.99 * SEEDS
    lows, highs = [one.low or 0.0 for one in lasting], [one.high or 0.0 for one in lasting]
    assert 0.92 <= cover(lows, highs, truth) <= 0.98


@pytest.mark.slow
def test_intervals_of_rates_and_of_the_steady_level_cover_the_truth() -> None:
    rng = np.random.default_rng(2027)
    size = SEEDS * PEOPLE
    at_new = np.zeros((size, WEEKS), dtype=np.bool_)
    for week in range(1, WEEKS):
        turns = rng.random(size) < np.where(at_new[:, week - 1], 0.04, 0.10)
        at_new[:, week] = at_new[:, week - 1] ^ turns
    stays = np.minimum(rng.geometric(0.02, size), WEEKS)
    groups = measured(at_new, np.zeros(size, np.int64), stays)
    steady = [group.steady for group in groups if group.steady]
    assert (
        len(steady) >= 0.94 * SEEDS
    )  # of one in twenty the halves of the 26 weeks differ by chance: nothing is told of it
    for within, truth in (
        ([(one.low, one.high) for one in steady], 0.10 / 0.14),
        ([one.adopt_within or (0.0, 0.0) for one in steady], 0.10),
        ([one.relapse_within or (0.0, 0.0) for one in steady], 0.04),
    ):
        assert 0.92 <= cover(*map(list, zip(*within, strict=True)), truth) <= 0.98
