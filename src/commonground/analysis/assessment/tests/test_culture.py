"""Culture gaps: compositions, and intervals that hold what they promise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.assessment.culture import closed, clr, distance, gap, moved

points = st.lists(st.integers(1, 97), min_size=4, max_size=4)


@given(points, points, st.floats(0.01, 50))
def test_a_distance_between_compositions(one: list[int], other: list[int], times: float) -> None:
    assert clr(one).sum() == pytest.approx(0, abs=1e-9)
    assert distance(one, other) == pytest.approx(distance(other, one))
    assert distance(np.multiply(one, times), other) == pytest.approx(distance(one, other), abs=1e-9)
    assert distance(one, one) == 0
    swap = [1, 0, 3, 2]
    assert distance(np.take(one, swap), np.take(other, swap)) == pytest.approx(distance(one, other))
    assert 0 <= moved(one, other) <= 100


def test_a_dimension_without_points() -> None:
    assert closed([50, 50, 0, 0]).tolist() == [0.5, 0.5, 0, 0]
    assert np.isfinite(clr([50, 50, 0, 0])).all()
    assert float(distance([50, 50, 0, 0], [25, 25, 25, 25])) > 1
    for wrong in ([0, 0, 0, 0], [101, -1, 0, 0]):
        with pytest.raises(ValueError, match="0 or more"):
            closed(wrong)


def people(drawn: np.random.Generator, n: int, around: tuple[float, ...]) -> np.ndarray:
    """Points in steps of five, as people give them."""
    return np.round(drawn.dirichlet(around, n) * 20) * 5


def test_too_few_people_and_missing_answers() -> None:
    drawn = np.random.default_rng(1)
    now, wanted = people(drawn, 12, (8, 3, 4, 5)), people(drawn, 12, (6, 5, 5, 4))
    now[0, 2] = wanted[1, 0] = np.nan
    found = gap(now, wanted)
    assert found is not None
    assert found.n == 10
    assert found.now.sum() == pytest.approx(100)
    assert found.change.sum() == pytest.approx(0, abs=1e-9)
    assert found.distance_low <= found.distance <= found.distance_high
    now[2, 0] = np.nan
    assert gap(now, wanted) is None
    assert gap(now, wanted, fewest=9) is not None
    with pytest.raises(ValueError, match="same people"):
        gap(now[:5], wanted)


def test_the_same_answers_give_the_same_interval() -> None:
    drawn = np.random.default_rng(1)
    now, wanted = people(drawn, 30, (8, 3, 4, 5)), people(drawn, 30, (6, 5, 5, 4))
    one, other = gap(now, wanted), gap(now, wanted)
    assert one is not None
    assert other is not None
    assert one[5:] == other[5:]


@pytest.mark.parametrize("around", [((8, 3, 4, 5), (6, 5, 5, 4)), ((5, 5, 5, 5), (5, 5, 5, 5))])
def test_intervals_hold_the_truth(around: tuple[tuple[float, ...], tuple[float, ...]]) -> None:
    """15 people, drawn 200 times: with a gap and without one, where a distance that is found is always above the true one."""
    drawn = np.random.default_rng(5)
    truth = [closed(people(drawn, 200_000, one)).mean(axis=0) for one in around]
    held, inside, found_at_nought = 0, 0.0, 0
    for _ in range(200):
        found = gap(people(drawn, 15, around[0]), people(drawn, 15, around[1]))
        assert found is not None
        held += found.distance_low <= distance(*truth) <= found.distance_high
        change = 100 * (truth[1] - truth[0])
        inside += ((found.change_low <= change) & (change <= found.change_high)).mean()
        found_at_nought += found.distance_low == 0
    assert held / 200 >= 0.9
    assert 0.9 <= inside / 200 <= 0.98
    if around[0] == around[1]:
        assert found_at_nought / 200 >= 0.9
