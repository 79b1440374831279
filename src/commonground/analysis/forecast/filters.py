"""Kalman filters over many draws of parameters at once: a wandering that returns to zero, and a level with a slope that dies down.

What a filter cannot believe moves it less: the log likelihood of an innovation is that of a t distribution, and the step it causes is
bounded in the same way, so that one odd week is not taken for a change (after West, 1981, J. R. Stat. Soc. B 43:157–166).
"""

from math import lgamma

import numpy as np

from commonground.analysis.forecast.sampling import Followed, Numbers

TAIL = 8.0
_CONSTANT = lgamma((TAIL + 1) / 2) - lgamma(TAIL / 2) - 0.5 * np.log(TAIL * np.pi)


def wandering(
    away: Numbers, gaps: Numbers, noise: Numbers, wander: Numbers, memory: Numbers, gain: Numbers | None = None
) -> Followed:
    """Follows a wandering around a curve.

    away: (times, draws), observed less the curve. gaps: (times,), steps since the time before. noise: (times, draws), variance of an
    observation. wander: (draws,), variance gained in one step; memory: (draws,), steps after which 1/e of it is left. gain: (times, draws),
    what is observed of the wandering, 1 unless given. State: its mean and variance.
    """
    shape = away.shape
    prefix, state = np.empty(shape), np.empty((*shape, 2))
    far = wander * memory / 2
    mean, variance, total = np.zeros(shape[1]), far, np.zeros(shape[1])
    keep = np.exp(-gaps[:, None] / memory)
    for at in range(shape[0]):
        mean = keep[at] * mean
        variance = np.square(keep[at]) * variance + far * (1 - np.square(keep[at]))
        h = 1.0 if gain is None else gain[at]
        spread = h * h * variance + noise[at]
        miss = away[at] - h * mean
        odd = np.square(miss) / spread
        total = total - 0.5 * np.log(spread) + _CONSTANT - (TAIL + 1) / 2 * np.log1p(odd / TAIL)
        step = h * variance / spread
        mean = mean + step * miss * np.minimum(1.0, (TAIL + 1) / (TAIL + odd))
        variance = variance * (1 - h * step)
        prefix[at], state[at, :, 0], state[at, :, 1] = total, mean, variance
    return Followed(prefix, state)


def sloping(
    z: Numbers, gaps: Numbers, noise: Numbers, drift: Numbers, bend: Numbers, memory: Numbers, slope: float
) -> Followed:
    """Follows a level whose slope dies down.

    z: (times,), observed. gaps, noise, memory: as in `wandering`. drift, bend: (draws,), variance that level and slope gain in one step.
    slope: deviation of the first slope. State: level, slope, and the three parts of their variance.
    """
    draws = len(drift)
    prefix, state = np.empty((len(z), draws)), np.empty((len(z), draws, 5))
    level, rise = np.full(draws, z[0]), np.zeros(draws)
    vl, vlr, vr = np.full(draws, 4.0), np.zeros(draws), np.full(draws, slope**2)
    total = np.zeros(draws)
    for at in range(len(z)):
        keep = np.exp(-gaps[at] / memory)
        carry = memory * (1 - keep)
        level, rise = level + carry * rise, keep * rise
        vl = vl + 2 * carry * vlr + np.square(carry) * vr + drift * gaps[at]
        vlr, vr = keep * (vlr + carry * vr), np.square(keep) * vr + bend * gaps[at]
        spread = vl + noise[at]
        miss = z[at] - level
        odd = np.square(miss) / spread
        total = total - 0.5 * np.log(spread) + _CONSTANT - (TAIL + 1) / 2 * np.log1p(odd / TAIL)
        held = miss * np.minimum(1.0, (TAIL + 1) / (TAIL + odd))
        kl, kr = vl / spread, vlr / spread
        level, rise = level + kl * held, rise + kr * held
        vl, vlr, vr = vl * (1 - kl), vlr * (1 - kl), np.maximum(vr - kr * vlr, 1e-12)
        prefix[at] = total
        state[at] = np.stack([level, rise, vl, vlr, vr], axis=1)
    return Followed(prefix, state)


def wander_on(state: Numbers, gaps: Numbers, wander: Numbers, memory: Numbers, rng: np.random.Generator) -> Numbers:
    """Paths of a wandering, (times, draws), out of the filter's state (draws, 2)."""
    now = state[:, 0] + np.sqrt(state[:, 1]) * rng.standard_normal(len(state))
    far = wander * memory / 2
    paths = np.empty((len(gaps), len(state)))
    for at, gap in enumerate(gaps):
        keep = np.exp(-gap / memory)
        now = keep * now + np.sqrt(far * (1 - np.square(keep))) * rng.standard_normal(len(state))
        paths[at] = now
    return paths


def slope_on(
    state: Numbers, gaps: Numbers, drift: Numbers, bend: Numbers, memory: Numbers, rng: np.random.Generator
) -> Numbers:
    """Paths of a level, (times, draws), out of the filter's state (draws, 5)."""
    level, rise, vl, vlr, vr = state.T
    first, second = rng.standard_normal((2, len(level)))
    root = np.sqrt(np.maximum(vl, 1e-12))
    level = level + root * first
    rise = rise + vlr / root * first + np.sqrt(np.maximum(vr - np.square(vlr / root), 0)) * second
    paths = np.empty((len(gaps), len(level)))
    for at, gap in enumerate(gaps):
        keep = np.exp(-gap / memory)
        level = level + memory * (1 - keep) * rise + np.sqrt(drift * gap) * rng.standard_normal(len(level))
        rise = keep * rise + np.sqrt(bend * gap) * rng.standard_normal(len(level))
        paths[at] = level
    return paths
