"""Check values of METHODS.md 7.1 and 7.3 (small samples); intervals.py has those of Jeffreys and of planning beside it."""

import numpy as np
import pytest

from commonground.analysis.assessment.agreement import alpha, chance_variance, icc2_of, rwg, rwg_j, shrout_fleiss
from commonground.analysis.assessment.distribution import share, top_box
from commonground.analysis.assessment.instrument import Instrument, Scale
from commonground.analysis.assessment.scored import assess
from commonground.analysis.assessment.shrinkage import shrunken, trust, weighted

SHROUT_FLEISS = [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)]


@pytest.mark.parametrize(
    ("counted", "n", "low", "high"),
    [(7, 10, 0.3968, 0.8922), (0, 8, 0, 0.3244), (3, 12, 0.0889, 0.5323), (45, 60, 0.6277, 0.8422)],
)
def test_wilson_of_7_3(counted: int, n: int, low: float, high: float) -> None:
    found = share(counted, n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
    assert top_box((n - counted, 0, 0, 0, counted), 5) == found
    assert top_box((n - counted, 0, 0, counted, 0), 4) == found


def test_a_finite_population_narrows_as_7_3_says() -> None:
    """METHODS 7.3: N = 200, n = 60: 12.65 → 10.61 points, that is by √((N − n) ÷ (N − 1)); with Wilson nearly so."""
    whole, part = share(30, 60), share(30, 60, invited=200)
    assert None not in (whole.low, whole.high, part.low, part.high)
    assert (part.high - part.low) / (whole.high - whole.low) == pytest.approx(10.61 / 12.65, abs=0.01)
    assert share(30, 60, invited=60)[2:] == (0.5, 0.5, 0.5)


def test_agreement_of_7_3() -> None:
    """METHODS 7.3: chance variance 2, 2.917, 4; [4,4,5,5,4] → .85; six items of mean variance .5 → .9474; negatives are 0."""
    assert [chance_variance(options) for options in (5, 6, 7)] == pytest.approx([2, 2.917, 4], abs=5e-4)
    assert rwg([4, 4, 5, 5, 4], 5) == pytest.approx(0.85)
    half = np.array([4, 4, 4, 5, 5, 5, 4, 5]) + 0.0
    half = (half - half.mean()) / half.std(ddof=1) * np.sqrt(0.5) + 4
    assert rwg_j(np.column_stack([half] * 6), 5) == pytest.approx(0.9474, abs=5e-5)
    assert rwg([1, 5, 1, 5], 5) == 0


def test_shrout_fleiss_of_7_3() -> None:
    """METHODS 7.3: MS 11.24, 6.26, 32.49, 1.02; (1,1) .166 (2,1) .290 (3,1) .715 (1,k) .443 (2,k) .620 (3,k) .909; alpha .9093."""
    found = shrout_fleiss(SHROUT_FLEISS)
    assert found[:4] == pytest.approx((11.24, 6.26, 32.49, 1.02), abs=5e-3)
    assert found[4:] == pytest.approx((0.166, 0.290, 0.715, 0.443, 0.620, 0.909), abs=5e-4)
    assert alpha(SHROUT_FLEISS) == pytest.approx(0.9093, abs=5e-5)
    assert alpha(SHROUT_FLEISS) == pytest.approx(found.icc3_k)


def test_reliability_of_a_mean_of_7_3() -> None:
    """METHODS 7.3: ICC2 from ICC1 .12, n = 10: .577."""
    assert icc2_of(0.12, 10) == pytest.approx(0.577, abs=5e-4)


def test_shrinkage_of_7_3() -> None:
    """METHODS 7.3: .04, .5: n = 5, 10, 30 → .286, .444, .706; 2.6 (n = 5) toward 3.4 → 3.171; .5/.3/.2 on .6/.4/.2 → .46."""
    assert trust(0.04, 0.5, [5, 10, 30]) == pytest.approx([0.286, 0.444, 0.706], abs=5e-4)
    assert shrunken([2.6], [5], 0.04, 0.5, towards=3.4) == pytest.approx([3.171], abs=5e-4)
    assert weighted([0.6, 0.4, 0.2], [0.5, 0.3, 0.2]) == pytest.approx(0.46)


@pytest.mark.parametrize(
    ("sizes", "threshold", "shown"),
    [
        ({"A": 8, "B": 7, "C": 2, "D": 5, "E": 1}, 5, {"A", "B"}),
        ({"Tech": 7, "Product": 1}, 3, set()),
        ({"A": 12, "B": 9, "C": 4}, 5, {"A"}),
        ({"A": 12, "B": 9, "C": 4, "D": 3}, 5, {"A", "B"}),
        ({"all but one": 8, "the ninth": 1}, 5, set()),
    ],
)
def test_the_remainder_rule_of_7_1(sizes: dict[str, int], threshold: int, shown: set[str]) -> None:
    """METHODS 7.1: A8 B7 C2 D5 E1 → A, B; Tech7 Product1 (3) → none; A12 B9 C4 → A; A12 B9 C4 D3 → A, B; a total of nine beside eight
    would tell the ninth."""
    drawn = np.random.default_rng(7)
    codes = np.repeat(np.arange(len(sizes)), list(sizes.values()))
    answers = {item: drawn.integers(1, 6, len(codes)) for item in "xy"}
    found = assess(Instrument("i", 5, (Scale("s", ("x", "y")),)), answers, codes, tuple(sizes), threshold=threshold)
    assert {name for name, of in found.groups.items() if of["s"] is not None} == shown
    assert found.left_out == len(sizes) - len(shown)
    assert found.scales["s"].n == sum(sizes.values())
