"""Time to relapse of 42 children (Freireich et al., 1963), as METHODS.md 4.2 and two outputs of R have it."""

import numpy as np
import pytest

from commonground.analysis.survival.curves import kaplan_meier
from commonground.analysis.survival.log_rank import log_rank

TREATED = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def read(text: str) -> tuple[list[float], list[bool]]:
    words = text.split()
    return [float(word.rstrip("+")) for word in words], [not word.endswith("+") for word in words]


def test_kaplan_meier_of_methods_4_2() -> None:
    curve = kaplan_meier(*read(TREATED))
    rows = curve.events > 0
    assert curve.time[rows].tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert np.allclose(curve.share[rows], [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], atol=5e-4)
    assert np.allclose(curve.deviation[rows], [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346], atol=5e-5)
    assert (curve.low[rows][0], curve.high[rows][0]) == (pytest.approx(0.720, abs=5e-4), 1.0)
    assert (curve.low[-1], curve.high[-1]) == (pytest.approx(0.249, abs=5e-4), pytest.approx(0.807, abs=5e-4))
    assert curve.at_risk[rows].tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve.of(0).median == 23
    assert kaplan_meier(*read(PLACEBO)).of(0).median == 8


def test_log_rank_of_methods_4_2() -> None:
    treated, placebo = read(TREATED), read(PLACEBO)
    found = log_rank(treated[0] + placebo[0], treated[1] + placebo[1], [0] * 21 + [1] * 21)
    assert found.observed.tolist() == [9, 21]
    assert found.expected[0] == pytest.approx(19.251, abs=5e-4)
    assert found.variance[0, 0] == pytest.approx(6.257, abs=5e-4)
    assert (found.statistic, found.df) == (pytest.approx(16.793, abs=5e-4), 1)
    assert found.p == pytest.approx(4.17e-5, rel=1e-2)
