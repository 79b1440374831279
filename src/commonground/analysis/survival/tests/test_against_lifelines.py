"""Kaplan–Meier, Nelson–Aalen, Aalen–Johansen and log-rank as lifelines has them, on its own data sets."""

import warnings
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np
import pytest

from commonground.analysis.survival.curves import Curves, cumulative_incidence, kaplan_meier, nelson_aalen
from commonground.analysis.survival.log_rank import log_rank

NEAR = {"rtol": 1e-9, "atol": 1e-12}

# loader, duration, event (None: all came to it), group
SETS = [
    ("load_rossi", "week", "arrest", "fin"),
    ("load_rossi", "week", "arrest", "prio"),
    ("load_waltons", "T", "E", "group"),
    ("load_leukemia", "t", "status", "Rx"),
    ("load_lung", "time", "status", "ph.ecog"),
    ("load_larynx", "time", "death", "Stage_III"),
    ("load_kidney_transplant", "time", "death", "black_male"),
    ("load_gbsg2", "time", "cens", "tgrade"),
    ("load_lymphoma", "Time", "Censor", "Stage_group"),
    ("load_dd", "duration", "observed", "un_region_name"),
    ("load_stanford_heart_transplants", "stop", "event", "transplant"),
    ("load_psychiatric_patients", "T", "C", "sex"),
    ("load_canadian_senators", "diff_days", "observed", "Political Affiliation at Appointment"),
    ("load_g3", "time", "event", "group"),
]


class Data(NamedTuple):
    duration: np.ndarray
    event: np.ndarray
    group: np.ndarray
    groups: int


def lifelines(part: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return import_module(f"lifelines.{part}" if part else "lifelines")


def fitted(fitter: Any, *data: Any, **how: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return fitter.fit(*data, **how)


@pytest.fixture(params=SETS, ids=lambda one: f"{one[0][5:]} by {one[3]}")
def data(request: pytest.FixtureRequest) -> Data:
    loader, duration, event, group = request.param
    frame = getattr(lifelines("datasets"), loader)().dropna(subset=[duration, event, group])
    _, codes = np.unique(frame[group].astype(str).to_numpy(), return_inverse=True)
    return Data(frame[duration].to_numpy(float), frame[event].to_numpy(float), codes, int(codes.max()) + 1)


def by_time(curves: Curves, group: int) -> tuple[np.ndarray, ...]:
    one = curves.of(group)
    return one.time, one.share, one.low, one.high, one.at_risk


def test_kaplan_meier(data: Data) -> None:
    ours = kaplan_meier(data.duration, data.event, data.group, scale="loglog")
    assert ours.n.sum() == len(data.duration)
    for group in range(data.groups):
        rows = data.group == group
        theirs = fitted(lifelines("").KaplanMeierFitter(), data.duration[rows], data.event[rows])
        time, share, low, high, at_risk = by_time(ours, group)
        assert np.allclose(theirs.survival_function_.loc[time].to_numpy()[:, 0], share, **NEAR)
        assert (theirs.event_table.loc[time, "at_risk"].to_numpy() == at_risk).all()
        inside = (share > 0) & (share < 1)  # where lifelines has no interval it writes 0 to 0 or NaN
        ends = theirs.confidence_interval_.loc[time].to_numpy()[inside]
        assert np.allclose(ends, np.stack((low, high), axis=1)[inside], **NEAR)
        flat = np.isclose(share, 0.5, atol=1e-9).any()
        if not flat:  # there lifelines takes the first time, R and pandas the middle
            median = theirs.median_survival_time_
            assert ours.of(group).median == (None if np.isinf(median) else median)


@pytest.mark.parametrize("one_by_one", [False, True])
def test_nelson_aalen(data: Data, one_by_one: bool) -> None:
    ours = nelson_aalen(data.duration, data.event, data.group, one_by_one=one_by_one)
    for group in range(data.groups):
        rows = data.group == group
        fitter = lifelines("").NelsonAalenFitter(nelson_aalen_smoothing=one_by_one)
        theirs = fitted(fitter, data.duration[rows], data.event[rows])
        time, hazard, low, high, _ = by_time(ours, group)
        assert np.allclose(theirs.cumulative_hazard_.loc[time].to_numpy()[:, 0], hazard, **NEAR)
        some = hazard > 0
        ends = theirs.confidence_interval_.loc[time].to_numpy()[some]
        assert np.allclose(ends, np.stack((low, high), axis=1)[some], **NEAR)


def test_log_rank(data: Data) -> None:
    ours = log_rank(data.duration, data.event, data.group)
    theirs = lifelines("statistics").multivariate_logrank_test(data.duration, data.group, data.event)
    assert ours.df == theirs.degrees_of_freedom
    assert ours.statistic == pytest.approx(theirs.test_statistic, rel=1e-9)
    assert ours.p == pytest.approx(theirs.p_value, rel=1e-9)


def test_people_who_come_in_late() -> None:
    """Without ties between entries and ends: lifelines counts those who come in at that very time, R does not, nor do we."""
    draw = np.random.default_rng(8)
    entry = np.where(draw.random(400) < 0.5, 0, draw.uniform(0, 5, 400))
    duration, event, group = entry + draw.exponential(6, 400), draw.random(400) < 0.7, draw.integers(0, 3, 400)
    ours = kaplan_meier(duration, event, group, entry=entry)
    for code in range(3):
        rows = group == code
        theirs = fitted(lifelines("").KaplanMeierFitter(), duration[rows], event[rows], entry=entry[rows])
        one = ours.of(code)
        assert np.allclose(theirs.survival_function_.loc[one.time].to_numpy()[:, 0], one.share, **NEAR)


def test_aalen_johansen() -> None:
    """Without ties, which lifelines would jitter; its variance is of the same kind."""
    draw = np.random.default_rng(4)
    n = 300
    duration, cause = draw.exponential(10, n), draw.choice(3, n, p=[0.3, 0.5, 0.2])
    group = draw.integers(0, 2, n)
    for of in (1, 2):
        ours = cumulative_incidence(duration, cause, group, of=of)
        for code in range(2):
            rows = group == code
            fitter = lifelines("").AalenJohansenFitter(calculate_variance=True)
            theirs = fitted(fitter, duration[rows], cause[rows], event_of_interest=of)
            one = ours.of(code)
            assert np.allclose(theirs.cumulative_density_.loc[one.time].to_numpy()[:, 0], one.share, **NEAR)
            deviation = ours.deviation[ours.offsets[code] : ours.offsets[code + 1]]
            variance = theirs.variance_.loc[one.time].to_numpy()
            told = np.isfinite(variance)  # NaN where the last of all comes to an event
            assert told.sum() >= len(variance) - 1
            assert np.allclose(variance[told], deviation[told] ** 2, rtol=1e-9, atol=1e-12)
