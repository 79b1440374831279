"""The watch on the old way: METHODS.md 4.4 (average run lengths by Brook & Evans), and made series."""

import numpy as np
import pytest

from commonground.analysis.pace.observations import monday
from commonground.analysis.pace.watch import DOWN, UP, cusum, overdispersion, run_length, watch

METHODS_4_4 = {
    4.0: {0: 167.7, 0.25: 74.2, 0.5: 26.6, 0.75: 13.3, 1: 8.38, 1.5: 4.75, 2: 3.34, 3: 2.19},
    5.0: {0: 465.4, 0.25: 139.5, 0.5: 38.0, 0.75: 17.0, 1: 10.38, 1.5: 5.75, 2: 4.01, 3: 2.57},
}
FIRST = 2900


@pytest.mark.parametrize(("h", "size"), [(h, size) for h, sizes in METHODS_4_4.items() for size in sizes])
def test_weeks_to_detection_are_those_of_the_table(h: float, size: float) -> None:
    printed = METHODS_4_4[h][size]
    assert run_length(float(size), h=h) == pytest.approx(printed, abs=0.051 if printed > 12 else 0.0051)


def test_the_path_that_signals_at_the_eighth() -> None:
    """METHODS 4.4: target 10, deviation 1, five weeks at 10 and five at 12."""
    sums = cusum([10] * 5 + [12] * 5, 10, 1)
    assert sums.up.tolist() == [0, 0, 0, 0, 0, 1.5, 3, 4.5, 6, 7.5]
    assert sums.down.tolist() == [0] * 10
    assert sums.signal == 7


def test_a_made_run_signals_as_often_as_the_chain_says() -> None:
    rng = np.random.default_rng(5)
    lengths = [cusum(rng.normal(1.0, 1, 400), 0, 1).signal + 1 for _ in range(2000)]
    assert np.mean(lengths) == pytest.approx(run_length(1.0), abs=4 * np.std(lengths) / 2000**0.5)


def counts(share: np.ndarray, n: int, seed: int, spread: float = 1.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weeks, old ones and occasions; spread: by how much the variance exceeds that of independent occasions."""
    rng = np.random.default_rng(seed)
    every = rng.poisson(n, len(share)).clip(1)
    if spread > 1:
        size = (n - 1) / (spread - 1) - 1
        share = rng.beta(share * size, (1 - share) * size)
    return np.arange(len(share)) + FIRST, rng.binomial(every, share), every


FLAT = np.full(100, 0.4)
FALL = np.concatenate([np.full(15, 0.8), np.linspace(0.8, 0.15, 50), np.full(35, 0.15)])
RETURN = np.concatenate([np.full(15, 0.8), np.linspace(0.8, 0.15, 50), np.full(15, 0.15), np.full(20, 0.35)])


def alarms(share: np.ndarray, side: str, *, n: int = 100, spread: float = 1.0, seeds: int = 60) -> list[list[str]]:
    """The weeks of the alarms of one side, for each seed."""
    return [
        [alarm.week for alarm in watch(*counts(share, n, seed, spread)).alarms if alarm.side == side]
        for seed in range(seeds)
    ]


@pytest.mark.parametrize(("spread", "most"), [(1.0, 0.5), (3.0, 0.7)])
def test_a_level_share_makes_about_as_few_false_alarms_as_told(spread: float, most: float) -> None:
    """92 watched weeks at one false alarm in 335 on each side: .27 a side; more where the spread must be estimated."""
    for side in (UP, DOWN):
        assert np.mean([len(found) for found in alarms(FLAT, side, spread=spread)]) < most


def test_a_fall_is_no_return_and_neither_is_its_end() -> None:
    assert np.mean([len(found) for found in alarms(FALL, UP)]) < 0.25
    assert min(len(found) for found in alarms(FALL, DOWN)) >= 1


def test_a_return_after_a_fall_is_seen_although_it_is_far_below_the_outset() -> None:
    begins = monday(FIRST + 80).isoformat()
    soon = monday(FIRST + 88).isoformat()
    for spread in (1.0, 3.0):
        found = alarms(RETURN, UP, spread=spread)
        assert np.mean([any(begins <= week <= soon for week in weeks) for weeks in found]) > 0.9


def test_what_an_alarm_says() -> None:
    share = np.concatenate([np.full(30, 0.2), np.full(20, 0.4)])
    one = next(alarm for alarm in watch(*counts(share, 200, 3)).alarms if alarm.side == UP)
    assert one.since <= one.week
    assert monday(FIRST + 28).isoformat() <= one.since <= monday(FIRST + 32).isoformat()
    assert one.before == pytest.approx(0.2, abs=0.03)
    assert one.after == pytest.approx(0.4, abs=0.08)
    assert one.detection is not None
    assert one.detection < 4


def test_overdispersion_is_estimated_through_a_trend() -> None:
    fall = np.linspace(0.8, 0.2, 100)
    for spread in (1.0, 4.0):
        found = []
        for seed in range(40):
            _, old, every = counts(fall, 200, seed, spread)
            found.append(overdispersion(np.arcsin(np.sqrt((old + 0.375) / (every + 0.75))), 4.0 * every + 2))
        assert np.median(found) == pytest.approx(spread, rel=0.15)


def test_too_little_is_said_to_be_so() -> None:
    assert watch([1, 2, 3], [1, 1, 1], [4, 4, 4]).why == "The watch needs 12 weeks that can be shown; there are 3."
    few = watch(range(20), [1] * 20, [4] * 20)
    assert few.why == "The watch needs 20 occasions a week on average; there are 4."
    assert few.alarms == ()
    assert few.false_alarm == pytest.approx(167.7, abs=0.1)
