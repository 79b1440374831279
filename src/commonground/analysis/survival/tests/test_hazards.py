"""Chances period by period: METHODS.md 4.2."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.survival.curves import kaplan_meier
from commonground.analysis.survival.hazards import cloglog, from_cloglog, hazards_of, logit, share_waiting


def test_check_values_of_methods_4_2() -> None:
    assert share_waiting([0.10, 0.20, 0.25]) == pytest.approx([0.9, 0.72, 0.54])
    assert cloglog(0.2) == pytest.approx(-1.49994, abs=5e-6)
    assert logit(0.2) == pytest.approx(-1.38629, abs=5e-6)


@given(st.floats(1e-9, 1 - 1e-9))
def test_cloglog_and_back(share: float) -> None:
    assert from_cloglog(cloglog(share)) == pytest.approx(share, rel=1e-6)


def test_hazards_make_the_curve() -> None:
    curve = kaplan_meier([1, 1, 2, 3, 3, 3, 4, 4], [1, 0, 1, 1, 1, 0, 0, 1])
    assert share_waiting(hazards_of(curve.events, curve.at_risk)) == pytest.approx(curve.share)


def test_what_is_no_hazard_is_refused() -> None:
    assert np.isnan(hazards_of([0], [0])[0])
    with pytest.raises(ValueError, match="no more people"):
        hazards_of([2], [1])
    with pytest.raises(ValueError, match="between 0 and 1"):
        share_waiting([1.2])
    with pytest.raises(ValueError, match="between 0 and 1"):
        cloglog(1)
