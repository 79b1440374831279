"""Champions who are good however a new way passes on: for nobody knows beforehand whether one who does it is enough to win the next.

Whether ties across groups help or hinder depends on that (Centola & Macy 2007; Eckles et al. 2024), so no single model is trusted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import permutations, zip_longest
from time import perf_counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.coalition.network import Network
from commonground.analysis.coalition.spread import choose_for_spread, demanded, spread
from commonground.analysis.coalition.spread_models import Model

ROBUST_MODELS: Final[tuple[Model, ...]] = ("cascade", "threshold", "noisy")
RUNS: Final = {"cascade": 200, "linear": 40, "threshold": 1, "noisy": 30}


@dataclass(frozen=True)
class Under:
    """One model. reached: how many take it up on average. best: the most that is known of any choice under the same demands.

    half_width: of the 95 % interval of `reached`, 0 where nothing is left to chance. regret: what is missing to the best, as a part of it.
    """

    model: Model
    reached: float
    half_width: float
    best: float
    regret: float


@dataclass(frozen=True)
class Robust:
    """champions: of all choices examined the one with the least worst regret. under: each model. examined: how many choices."""

    champions: tuple[int, ...]
    under: tuple[Under, ...]
    examined: int
    seconds: float

    @property
    def worst(self) -> float:
        return max(one.regret for one in self.under)


def robust(
    network: Network,
    count: int,
    *,
    models: Sequence[Model] = ROBUST_MODELS,
    cover: Sequence[Sequence[str | None]] = (),
    candidates: NDArray[np.bool_] | None = None,
    counted: NDArray[np.bool_] | None = None,
    fixed: Sequence[int] = (),
    forbidden: Sequence[int] = (),
) -> Robust:
    """The choice that falls short least under the model that suits it least, among the best for each model and mixtures of them.

    The best known is no proven best: `choose_for_spread` has the bounds. Parameters and errors as there.
    """
    began = perf_counter()
    own = [
        choose_for_spread(
            network, count, model, cover=cover, candidates=candidates, counted=counted, fixed=fixed, forbidden=forbidden
        ).champions
        for model in models
    ]
    asked = demanded(network, count, cover, candidates, (tuple(fixed), tuple(forbidden)))
    needed = set(range(len(asked.demands.cells)))
    examined = list(dict.fromkeys([*own, *(one for one in _mixtures(own) if asked.demands.met(one) >= needed)]))
    reached = _reached(network, examined, models, counted)
    best = reached[..., 0].max(axis=0)
    short = 1 - np.divide(reached[..., 0], best, out=np.ones_like(reached[..., 0]), where=best > 0)
    answer = int(np.lexsort((short.mean(axis=1), short.max(axis=1)))[0])
    return Robust(examined[answer], _under(models, reached[answer], best), len(examined), perf_counter() - began)


def regrets(
    network: Network,
    champions: Sequence[int],
    *,
    models: Sequence[Model] = ROBUST_MODELS,
    cover: Sequence[Sequence[str | None]] = (),
    candidates: NDArray[np.bool_] | None = None,
    counted: NDArray[np.bool_] | None = None,
    seconds: float = 10.0,
    say: Callable[[Model], None] = lambda _: None,
) -> tuple[Under, ...]:
    """How far it spreads from these under each model, beside the best known for as many of the candidates under the same demands of
    cover. seconds: for the best of each model, about. say: called with each model before its best is looked for."""
    own = []
    for model in models:
        say(model)
        best = choose_for_spread(
            network, len(champions), model, cover=cover, candidates=candidates, counted=counted, seconds=seconds
        )
        own.append(best.champions)
    reached = _reached(network, [tuple(champions), *own], models, counted)
    return _under(models, reached[0], reached[..., 0].max(axis=0))


def _mixtures(own: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Choices of the same size: a part of one and the rest of another, and in turns from all."""
    turns = [one for round_ in zip_longest(*own) for one in round_ if one is not None]
    made = [_first(turns, len(own[0]))] if own else []
    for one, two in permutations(own, 2):
        made += [_first([*one[: max(1, len(one) * part // 4)], *two], len(one)) for part in (1, 2, 3)]
    return made


def _first(people: Sequence[int], count: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(people))[:count]


def _reached(
    network: Network, choices: Sequence[tuple[int, ...]], models: Sequence[Model], counted: NDArray[np.bool_] | None
) -> NDArray[np.float64]:
    """Choices × models × (mean, half width), each model with the same luck for all choices."""
    return np.array(
        [[spread(network, one, model, runs=RUNS[model], counted=counted) for model in models] for one in choices]
    )


def _under(models: Sequence[Model], reached: NDArray[np.float64], best: NDArray[np.float64]) -> tuple[Under, ...]:
    return tuple(
        Under(model, mean, half, most, max(0.0, 1 - mean / most) if most > 0 else 0.0)
        for model, (mean, half), most in zip(models, reached.tolist(), best.tolist(), strict=True)
    )
