"""The p-value of a chi-square statistic, as scipy has it, over a wide grid and down to the smallest p."""

from importlib import import_module

import numpy as np
import pytest

from commonground.analysis.survival.chi_square import chi_square_above


@pytest.mark.parametrize("df", [0.5, 1, 2, 3, 4, 5, 7, 10, 19, 30, 59, 60, 61, 100, 256, 999, 5000, 100_000])
def test_as_scipy_has_it(df: float) -> None:
    chi2 = import_module("scipy.stats").chi2
    statistics = np.concatenate(
        (np.geomspace(1e-8, 1400, 200), df * np.geomspace(0.3, 3, 120), df + np.linspace(-3, 3, 13))
    )
    statistics = statistics[statistics > 0]
    ours = np.array([chi_square_above(x, df) for x in statistics])
    theirs = chi2.sf(statistics, df)
    kept = theirs > 1e-290
    assert np.allclose(ours[kept], theirs[kept], rtol=1e-9, atol=0)
    assert (ours[~kept] < 1e-280).all()


def test_smallest_and_largest() -> None:
    assert chi_square_above(0, 3) == 1
    assert chi_square_above(float("inf"), 3) == 0
    assert chi_square_above(1300, 1) == pytest.approx(import_module("scipy.stats").chi2.sf(1300, 1), rel=1e-10)
    assert chi_square_above(3.841458820694124, 1) == pytest.approx(0.05, rel=1e-12)


@pytest.mark.parametrize(("statistic", "df"), [(-1, 1), (1, 0), (float("nan"), 1), (1, float("inf"))])
def test_what_is_no_chi_square_is_refused(statistic: float, df: float) -> None:
    with pytest.raises(ValueError, match="chi-square"):
        chi_square_above(statistic, df)
