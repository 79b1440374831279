"""Growth curves by how long they take from 10 to 90 % of the way and where they stand, for many draws at once."""

from collections.abc import Callable
from math import log
from typing import NamedTuple

import numpy as np

from commonground.analysis.curves import bass, gompertz, logistic
from commonground.analysis.forecast.sampling import Numbers

Components = tuple[tuple[float, float, float], ...]

LOGISTIC = log(81)
"""Rate times duration from 10 to 90 % of a logistic curve; likewise the others."""
GOMPERTZ = log(log(10) / log(10 / 9))
EXPONENTIAL = log(9)

NEAR_ONE: Components = ((0.7, 2.6, 1.0), (0.3, 0.0, 1.7))
ANYWHERE: Components = ((0.4, 2.4, 1.1), (0.6, 0.0, 1.7))


def logit(share: Numbers) -> Numbers:
    """ln(share ÷ (1 − share))."""
    odds: Numbers = np.log(share) - np.log1p(-share)
    return odds


def share(log_odds: Numbers) -> Numbers:
    """The inverse of `logit`."""
    back: Numbers = 1 / (1 + np.exp(-np.clip(log_odds, -500, 500)))
    return back


def bass_rate(ratio: Numbers, duration: Numbers) -> Numbers:
    """p + q of a Bass curve that takes so long from 10 to 90 %; ratio: q ÷ p."""
    p, q = 1 / (1 + ratio), ratio / (1 + ratio)
    rate: Numbers = (bass.time_of(0.9, p, q) - bass.time_of(0.1, p, q)) / duration
    return rate


def _logistic(times: Numbers, duration: Numbers, place: Numbers, _form: Numbers, start: float | None) -> Numbers:
    rate = LOGISTIC * np.exp(-duration)
    middle = place * np.exp(duration) + (start or 0.0)
    return _since(logistic.share(times, rate, middle), None if start is None else logistic.share(start, rate, middle))


def _gompertz(times: Numbers, duration: Numbers, place: Numbers, _form: Numbers, start: float | None) -> Numbers:
    rate = GOMPERTZ * np.exp(-duration)
    bend = place * np.exp(duration) + (start or 0.0) + log(log(2)) / rate
    return _since(gompertz.share(times, rate, bend), None if start is None else gompertz.share(start, rate, bend))


def _since(way: Numbers, at_start: Numbers | None) -> Numbers:
    """A curve that would have no beginning, made to begin at 0 at the start."""
    if at_start is None:
        return way
    return np.maximum(way - at_start, 0) / np.maximum(1 - at_start, 1e-3)


def _bass(times: Numbers, duration: Numbers, place: Numbers, form: Numbers, start: float | None) -> Numbers:
    ratio = np.exp(form)
    rate = bass_rate(ratio, np.exp(duration))
    begin = place * np.exp(duration) + (start or 0.0)
    return bass.share(np.maximum(times - begin, 0), rate / (1 + ratio), rate * ratio / (1 + ratio))


def _hazard(times: Numbers, duration: Numbers, place: Numbers, form: Numbers, start: float | None) -> Numbers:
    begin = place * np.exp(duration) + (start or 0.0)
    passed = EXPONENTIAL * np.maximum(times - begin, 0) * np.exp(-duration)
    way: Numbers = -np.expm1(-np.power(passed, np.exp(form)))
    return way


class Shape(NamedTuple):
    """A curve and its weak priors as mixtures of normals.

    way: (times as a column, log duration, place, form, start) → share of the way gone, (times, draws). place: in durations after the first
    time, `after` in durations after a start that is known. floor: where the logit of the floor is likely if not at the first share.
    """

    way: Callable[[Numbers, Numbers, Numbers, Numbers, float | None], Numbers]
    place: Components
    after: Components
    form: Components
    floor: float
    ceiling: Components


_UNUSED: Components = ((1.0, 0.0, 1.0),)
_MIDDLE: Components = ((0.7, 0.5, 0.6), (0.3, 1.0, 2.0))
_BEGIN: Components = ((0.7, -0.1, 0.2), (0.3, 0.0, 0.8))
SHAPES = {
    "bass": Shape(_bass, _BEGIN, ((1.0, 0.0, 0.05),), ((1.0, log(12), 1.3),), -5.0, NEAR_ONE),
    "logistic": Shape(_logistic, _MIDDLE, ((1.0, 0.6, 0.35),), _UNUSED, -5.0, NEAR_ONE),
    "gompertz": Shape(_gompertz, _MIDDLE, ((1.0, 0.45, 0.3),), _UNUSED, -5.0, NEAR_ONE),
    "hazard": Shape(_hazard, _BEGIN, ((1.0, 0.0, 0.05),), ((1.0, 0.0, 0.25),), -3.0, ANYWHERE),
}
"""bass: Bass, 1969 (METHODS 4.1), the form being ln(q ÷ p). logistic, gompertz: METHODS 4.1, 10 to 90 % in ln 81 and 3.0844 ÷ rate.

hazard: people take it up and give it up at rates that sum to 2.197 ÷ duration (two states, METHODS 4.2), faster or slower with time as
a Weibull hazard whose form is ln of its exponent."""
