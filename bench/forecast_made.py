"""Made series for the forecast's back-test. Every kind draws its own course from a seed; several are of no model that is used.

A share is counted from occasions by people who differ, so that counts spread more than a binomial's; adopters are single people.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

Rng = np.random.Generator


class Made(NamedTuple):
    """One series. Shares have n; adopters a population. cut: how many of the times may be used."""

    times: np.ndarray
    share: np.ndarray
    n: np.ndarray | None
    adopters: np.ndarray | None
    population: float | None
    cut: int


def _length(rng: Rng) -> int:
    return int(rng.integers(18, 90))


def _cut(rng: Rng, length: int) -> int:
    return int(np.clip(round(length * rng.uniform(0.3, 0.8)), 8, length - 4))


def _observed(rng: Rng, level: np.ndarray) -> Made:
    """A level as counted: about as many occasions each week, some overdispersion, weeks that are odd, one in two seeds without n."""
    length = len(level)
    n = np.maximum(rng.poisson(np.exp(rng.uniform(np.log(25), np.log(600))), length), 5)
    spread = np.exp(rng.uniform(np.log(30), np.log(3000)))
    level = np.clip(level, 1e-3, 1 - 1e-3)
    p = rng.beta(level * spread, (1 - level) * spread)
    share = rng.binomial(n, np.clip(p, 0, 1)) / n
    return Made(np.arange(length, dtype=float), share, n if rng.random() < 0.5 else None, None, None, _cut(rng, length))


def _adopted(rng: Rng, when: np.ndarray, length: int) -> Made:
    """Adopters by period, out of each person's time (infinite: never)."""
    population = len(when)
    new = np.histogram(when, bins=np.arange(length + 1))[0].astype(float)
    times = np.arange(1, length + 1, dtype=float)
    return Made(times, np.cumsum(new) / population, None, new, float(population), _cut(rng, length))


def _simulated(rng: Rng, length: int, hazard: Callable[[float, int], float], ceiling: float) -> Made:
    population = int(np.exp(rng.uniform(np.log(60), np.log(2000))))
    willing, total = round(population * ceiling), 0
    new = np.zeros(length)
    for at in range(length):
        new[at] = rng.binomial(willing - total, 1 - np.exp(-hazard(total / max(willing, 1), at)))
        total += int(new[at])
    times = np.arange(1, length + 1, dtype=float)
    return Made(times, np.cumsum(new) / population, None, new, float(population), _cut(rng, length))


def bass(rng: Rng) -> Made:
    length = _length(rng)
    speed = rng.uniform(3, 9) / length
    p, q = speed * rng.uniform(0.02, 0.15), speed
    return _simulated(rng, length, lambda share, _at: p + q * share, rng.uniform(0.75, 1.0))


def logistic(rng: Rng) -> Made:
    length = _length(rng)
    t, duration = np.arange(length), length * rng.uniform(0.4, 1.2)
    middle, floor, ceiling = length * rng.uniform(0.3, 0.8), rng.uniform(0, 0.1), rng.uniform(0.75, 0.99)
    return _observed(rng, floor + (ceiling - floor) / (1 + np.exp(-4.394 * (t - middle) / duration)))


def gompertz(rng: Rng) -> Made:
    length = _length(rng)
    t, duration = np.arange(length), length * rng.uniform(0.4, 1.4)
    middle, ceiling = length * rng.uniform(0.2, 0.7), rng.uniform(0.7, 0.98)
    return _observed(rng, ceiling * np.exp(-np.log(2) * np.exp(np.minimum(-3.084 * (t - middle) / duration, 50))))


def hazard_with_relapse(rng: Rng) -> Made:
    length = _length(rng)
    people, rate, level = int(rng.integers(30, 400)), rng.uniform(2, 8) / length, rng.uniform(0.3, 0.95)
    uses, path = rng.random(people) < rng.uniform(0, 0.1), np.empty(length)
    for at in range(length):
        chance = np.where(uses, 1 - rate * (1 - level), rate * level)
        uses = rng.random(people) < np.clip(chance, 0, 1)
        path[at] = uses.mean()
    return _observed(rng, path)


def staggered(rng: Rng) -> Made:
    """Units that go over one after another, each in steps of its own."""
    length = _length(rng)
    t, units = np.arange(length), int(rng.integers(3, 9))
    starts, speed = np.sort(rng.uniform(-0.1, 0.7, units)) * length, rng.uniform(3, 15, units) / length
    ceilings, sizes = rng.uniform(0.6, 1.0, units), rng.dirichlet(np.full(units, 4.0))
    each = ceilings[:, None] * (1 - np.exp(-speed[:, None] * np.maximum(t - starts[:, None], 0)))
    return _observed(rng, sizes @ each)


def plateau(rng: Rng) -> Made:
    """A straight rise that stops well below 1."""
    length = _length(rng)
    t, stop = np.arange(length), length * rng.uniform(0.15, 0.6)
    top, floor = rng.uniform(0.25, 0.8), rng.uniform(0, 0.15)
    return _observed(rng, floor + (top - floor) * np.minimum(t / stop, 1))


def dip(rng: Rng) -> Made:
    """A start in goodwill, a dip, then growth."""
    length = _length(rng)
    t = np.arange(length) / length
    start, low, top = rng.uniform(0.2, 0.4), rng.uniform(0.05, 0.15), rng.uniform(0.6, 0.95)
    fall, rise = rng.uniform(0.05, 0.15), rng.uniform(0.3, 0.6)
    growth = 1 / (1 + np.exp(-rng.uniform(5, 10) * (t - rise)))
    return _observed(rng, (start - low) * np.exp(-t / fall) + low + (top - low) * growth)


def relapse_after_peak(rng: Rng) -> Made:
    """A rise that a third to two thirds of are lost again, from a time on that nothing announces."""
    length = _length(rng)
    t, peak = np.arange(length) / length, rng.uniform(0.15, 0.5)
    top, rest = rng.uniform(0.5, 0.9), rng.uniform(0.3, 0.7)
    rise = 1 / (1 + np.exp(-rng.uniform(4, 8) / peak * (t - peak / 2)))
    fall = 1 - (1 - rest) * np.maximum(1 - np.exp(-rng.uniform(1, 4) * (t - peak)), 0)
    return _observed(rng, top * rise * fall)


def mixture(rng: Rng) -> Made:
    """People whose chances differ widely and who do not heed each other."""
    length = _length(rng)
    people = int(np.exp(rng.uniform(np.log(60), np.log(2000))))
    chance = np.exp(rng.normal(np.log(rng.uniform(1, 4) / length), rng.uniform(0.5, 1.5), people))
    when = rng.exponential(1 / chance) + rng.uniform(0, 0.1) * length
    return _adopted(rng, np.where(rng.random(people) < rng.uniform(0.7, 1.0), when, np.inf), length)


def linear(rng: Rng) -> Made:
    length = _length(rng)
    first, last = rng.uniform(0.02, 0.4), rng.uniform(0.4, 0.98)
    return _observed(rng, np.linspace(first, last, length))


def falling(rng: Rng) -> Made:
    """The old way on its way out, at a pace of its own that changes once."""
    length = _length(rng)
    t, bend = np.arange(length), rng.uniform(0.2, 0.8) * length
    slope, later = rng.uniform(2, 6) / length, rng.uniform(0, 8) / length
    fallen = slope * np.minimum(t, bend) + later * np.maximum(t - bend, 0)
    return _observed(rng, 1 / (1 + np.exp(-(rng.uniform(0, 2.5) - fallen))))


def wandering(rng: Rng) -> Made:
    """A level without any aim."""
    length = _length(rng)
    steps = rng.normal(0, rng.uniform(0.03, 0.2), length)
    return _observed(rng, 1 / (1 + np.exp(-(rng.normal(-0.5, 1) + np.cumsum(steps)))))


KINDS: dict[str, Callable[[Rng], Made]] = {
    one.__name__: one
    for one in (
        bass, logistic, gompertz, hazard_with_relapse,
        staggered, plateau, dip, relapse_after_peak, mixture, linear, falling, wandering,
    )
}  # fmt: skip
OUTSIDE = ("staggered", "plateau", "dip", "relapse_after_peak", "mixture", "linear", "falling", "wandering")
