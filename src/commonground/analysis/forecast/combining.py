"""Several models as one forecast: weights by how each did at earlier origins, and a spread that past misses have widened or narrowed.

At each of some origins every model forecasts what was then to come, with only what was then known (its draws weighted by the prefix of
the series). The lower a model's score there (CRPS) the more it weighs, the more origins the more so; a part of the weights is always
equal. Where the combination missed by more than it said, its spread is widened; few origins change it little.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.forecast.sampling import Draws, Model, Numbers, Paths, normed, picked
from commonground.analysis.forecast.scoring import crps_ensemble
from commonground.analysis.intervals import normal_quantile

FEWEST = 4  # times before the first origin
ORIGINS = 8
BACK = 128  # paths of a model at an origin
LEADS = 12  # times ahead that are looked at from an origin
AHEAD = 1_600  # paths of the forecast
RECENT = 1.0  # of the series: how far back an origin counts 1/e of what the last one counts
FARTHEST = 0.7  # the most that one origin tells for or against a model, as a logarithm
WIDEST = 2.0


class Manner(NamedTuple):
    """How much past origins decide. sharp: how fast a model that does worse loses weight. equal: the part of the weights that is shared
    out equally. shrink: origins that the belief in the stated spread is worth. stated: what that belief says, as a variance. narrowest:
    the least that a spread is multiplied by."""

    sharp: float
    equal: float
    shrink: float
    stated: float
    narrowest: float


LEVELS = Manner(sharp=2.0, equal=0.1, shrink=12.0, stated=1.05, narrowest=0.85)
# Sums of adopters carry all that was before with them, so that earlier origins tell little of which model is right: weights stay near
# equal. A pool of models that are each about as wide as they should be is too wide where they differ (Gneiting and Ranjan, 2013,
# Electronic Journal of Statistics 7:1747–1782), so that it is narrowed.
ADOPTERS = Manner(sharp=0.25, equal=0.3, shrink=24.0, stated=0.58, narrowest=0.6)


class Past(NamedTuple):
    """What the models said at earlier origins: members (models, questions, paths), what came (questions,), which origin (questions,)."""

    members: Numbers
    came: Numbers
    origin: Numbers


def look_back(models: Sequence[Model], draws: Sequence[Draws], times: Numbers, share: Numbers) -> Past:
    """Forecasts from up to ORIGINS earlier positions of up to LEADS later times each, by every model."""
    members, came, origin = [], [], []
    rng = np.random.default_rng(20)
    for last in _origins(len(times)):
        ahead = times[last + 1 : last + 1 + 2 * LEADS]
        kept = _leads(len(ahead))
        members.append(
            np.stack(
                [
                    paths_from(model, one, last, ahead, BACK, rng).seen[kept]
                    for model, one in zip(models, draws, strict=True)
                ]
            )
        )
        came.append(share[last + 1 : last + 1 + 2 * LEADS][kept])
        origin.append(np.full(len(kept), last, float))
    return Past(np.concatenate(members, axis=1), np.concatenate(came), np.concatenate(origin))


def _origins(count: int) -> list[int]:
    first = max(FEWEST - 1, count // 4)
    return sorted({round(at) for at in np.linspace(first, count - 2, min(ORIGINS, count - 1 - first))})


def _leads(count: int) -> NDArray[np.intp]:
    return np.unique(np.round(np.geomspace(1, count, min(LEADS, count)))).astype(int) - 1


def paths_from(
    model: Model,
    draws: Draws,
    last: int,
    ahead: Numbers,
    count: int,
    rng: np.random.Generator,
    extra: Numbers | None = None,
) -> Paths:
    """So many paths of one model at later times `ahead`, with only what was known at position `last`."""
    chosen = picked(draws.weights(last, extra), count, rng)
    return model.ahead(draws.theta[chosen], draws.state[last, chosen], last, ahead, rng)


def weights_of(past: Past, manner: Manner) -> Numbers:
    """One weight a model, by its mean score at each origin against the mean of all models there, recent origins counting most."""
    score = crps_ensemble(past.members, past.came[None], fair=True)
    origins = np.unique(past.origin)
    by_origin = np.stack([np.maximum(score[:, past.origin == one].mean(axis=1), 1e-9) for one in origins], axis=1)
    recent = np.exp((origins - origins[-1]) / (RECENT * (origins[-1] + 2)))
    against = np.clip(np.log(by_origin / np.exp(np.log(by_origin).mean(axis=0))), -FARTHEST, FARTHEST)
    weight: Numbers = manner.equal / len(score) + (1 - manner.equal) * normed(-manner.sharp * against @ recent)
    return weight


def spread_of(past: Past, weights: Numbers, manner: Manner) -> float:
    """How many times as wide as stated the combination should have been to hold what came."""
    below = (past.members < past.came[None, :, None]).mean(axis=2) + 0.5 * (
        past.members == past.came[None, :, None]
    ).mean(axis=2)
    place = np.clip(weights @ below, 0.5 / BACK, 1 - 0.5 / BACK)
    missed = np.square([normal_quantile(one) for one in place])
    origins = len(np.unique(past.origin))
    variance = (manner.shrink * manner.stated + origins * float(missed.mean())) / (manner.shrink + origins)
    return float(np.clip(np.sqrt(variance), manner.narrowest, WIDEST))


class Combined(NamedTuple):
    """Paths (times, draws) of all models together, which model each is of, the models' weights, and by how much they were spread."""

    level: Numbers
    seen: Numbers
    model: Numbers
    weights: Numbers
    spread: float
    past: Past


def combine(
    models: Sequence[Model],
    draws: Sequence[Draws],
    share: Numbers,
    times: Numbers,
    ahead: Numbers,
    extra: Sequence[Numbers] | None = None,
    manner: Manner = LEVELS,
) -> Combined:
    """The forecast of several models at later times `ahead`.

    share, times: what was observed: levels, or what adopters add up to. manner: of the one or the other.
    extra: log weights more for each model's draws (what other units tell).
    """
    past = look_back(models, draws, times, share)
    weights = weights_of(past, manner)
    rng = np.random.default_rng(30)
    counts = np.maximum(np.round(weights * AHEAD).astype(int), 1)
    paths = [
        paths_from(model, one, len(times) - 1, ahead, int(count), rng, None if extra is None else extra[at])
        for at, (model, one, count) in enumerate(zip(models, draws, counts, strict=True))
    ]
    return Combined(
        np.concatenate([one.level for one in paths], axis=1),
        np.concatenate([one.seen for one in paths], axis=1),
        np.repeat(np.arange(len(models)), counts),
        weights,
        spread_of(past, weights, manner),
        past,
    )
