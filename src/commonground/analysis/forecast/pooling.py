"""Units that lend each other strength: what the others' curves have in common weighs on each unit's draws (empirical Bayes).

For each parameter of each model the units' posterior means are taken as measured with their posterior variances; their common mean and
their spread between units (DerSimonian & Laird, 1986, Control. Clin. Trials 7:177-188) make a normal prior for one more unit like them.
A unit's own data are left out of the prior it gets, so that nothing is counted twice.
"""

from collections.abc import Sequence

import numpy as np

from commonground.analysis.forecast.outlook import Prepared
from commonground.analysis.forecast.sampling import Draws, Numbers, effective, normed

FEWEST = 3  # units
LEAST_SPREAD = 0.25  # of a parameter between units
ENOUGH = 50.0  # effective draws that a prior must leave


def pooled(units: Sequence[Prepared]) -> list[list[Numbers] | None]:
    """For each unit and model, the log weight that the other units give to its draws; None for all when there are fewer than FEWEST."""
    if len(units) < FEWEST:
        return [None] * len(units)
    comparable = all(unit.history.start is not None for unit in units)
    extras: list[list[Numbers]] = [[] for _ in units]
    for at, model in enumerate(units[0].models):
        draws = [unit.draws[at] for unit in units]
        means, variances = (np.stack(one) for one in zip(*map(_summary, draws), strict=True))
        free = [k for k in range(means.shape[1]) if comparable or k not in model.own]
        for place, one in enumerate(draws):
            others = np.arange(len(units)) != place
            extras[place].append(_weight(one, *_common(means[others], variances[others]), free))
    return list(extras)


def _summary(draws: Draws) -> tuple[Numbers, Numbers]:
    weight = draws.weights(len(draws.prefix) - 1)
    mean = weight @ draws.theta
    return mean, weight @ np.square(draws.theta - mean) + 1e-6


def _common(means: Numbers, variances: Numbers) -> tuple[Numbers, Numbers]:
    """The common mean of each parameter, and the deviation of one more unit from it."""
    precision = 1 / variances
    total = precision.sum(axis=0)
    mean = (precision * means).sum(axis=0) / total
    heterogeneity = (precision * np.square(means - mean)).sum(axis=0)
    scale = total - np.square(precision).sum(axis=0) / total
    between = np.maximum((heterogeneity - (len(means) - 1)) / scale, LEAST_SPREAD**2)
    precision = 1 / (variances + between)
    mean = (precision * means).sum(axis=0) / precision.sum(axis=0)
    return mean, np.sqrt(between + 1 / precision.sum(axis=0))


def _weight(draws: Draws, mean: Numbers, deviation: Numbers, free: list[int]) -> Numbers:
    """Log weights, flattened until enough draws count."""
    away = (draws.theta - mean) / deviation
    log_weight: Numbers = -0.5 * np.square(away[:, free]).sum(axis=1)
    own = draws.offset + draws.prefix[-1]
    enough = min(ENOUGH, 0.5 * effective(normed(own)))
    for _ in range(6):
        if effective(normed(own + log_weight)) >= enough:
            break
        log_weight = log_weight / 2
    return log_weight
