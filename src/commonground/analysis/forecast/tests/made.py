"""Made series of the models that are used, each drawn from its own rates."""

import numpy as np

from commonground.analysis.forecast.outlook import History

Rng = np.random.Generator
LENGTH = 60


def bass(rng: Rng) -> tuple[History, np.ndarray, np.ndarray]:
    """Adopters one by one: p + q F of those left."""
    population, total, new = 500, 0, np.zeros(LENGTH)
    p, q = rng.uniform(0.004, 0.01), rng.uniform(0.08, 0.2)
    for at in range(LENGTH):
        chance = 1 - np.exp(-(p + q * total / population))
        new[at] = rng.binomial(round(population * 0.95) - total, chance)
        total += int(new[at])
    cut, times = int(rng.integers(15, 45)), np.arange(1.0, LENGTH + 1)
    history = History(times[:cut], adopters=new[:cut], population=population)
    return history, times[cut:], np.cumsum(new)[cut:] / population


def share_of(level: np.ndarray, rng: Rng) -> tuple[History, np.ndarray, np.ndarray]:
    n = np.full(len(level), 120.0)
    share, times = rng.binomial(120, level) / n, np.arange(float(len(level)))
    cut = int(rng.integers(15, 45))
    return History(times[:cut], share=share[:cut], n=n[:cut]), times[cut:], share[cut:]


def logistic(rng: Rng) -> tuple[History, np.ndarray, np.ndarray]:
    t, middle, duration = np.arange(LENGTH), rng.uniform(20, 40), rng.uniform(20, 50)
    return share_of(0.92 / (1 + np.exp(-np.log(81) / duration * (t - middle))), rng)


def gompertz(rng: Rng) -> tuple[History, np.ndarray, np.ndarray]:
    t, bend, rate = np.arange(LENGTH), rng.uniform(12, 30), rng.uniform(0.06, 0.15)
    return share_of(0.9 * np.exp(-np.exp(-rate * (t - bend))), rng)


def two_states(rng: Rng) -> tuple[History, np.ndarray, np.ndarray]:
    """METHODS 4.2: adopt and relapse at constant rates."""
    adopt, relapse, t = rng.uniform(0.03, 0.08), rng.uniform(0.005, 0.03), np.arange(LENGTH)
    steady = adopt / (adopt + relapse)
    return share_of(0.02 + (steady - 0.02) * -np.expm1(-(adopt + relapse) * t), rng)


KINDS = (bass, logistic, gompertz, two_states)
