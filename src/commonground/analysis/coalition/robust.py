"""Champions who are good however a new way passes on: for nobody knows beforehand whether one who does it is enough to win the next.

Whether ties across groups help or hinder depends on that (Centola & Macy 2007; Eckles et al. 2024), so no single model is trusted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import permutations, zip_longest
from time import perf_counter
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.coalition.covering import Choice
from commonground.analysis.coalition.network import Floats, Network, Rows
from commonground.analysis.coalition.spread import choose_for_spread, demanded, spread
from commonground.analysis.coalition.spread_models import Model

REACH: Final = "reach"
Measure = Model | Literal["reach"]
Champions = tuple[int, ...]
ROBUST_MODELS: Final[tuple[Model, ...]] = ("cascade", "threshold", "noisy")
RUNS: Final = {"cascade": 200, "linear": 40, "threshold": 1, "noisy": 30}


@dataclass(frozen=True)
class ByReach:
    """The choice that reaches most, where reach is weighed beside the models. rows: whom each reaches; worth: of each who is reached."""

    choice: Choice
    rows: Rows
    worth: Floats

    def covered(self, champions: Sequence[int]) -> float:
        return float(self.worth[np.unique(self.rows.of(champions))].sum())


@dataclass(frozen=True)
class Under:
    """One measure: a model, or reach. reached: how many take it up on average, or are reached.

    half_width: of the 95 % interval of `reached`, 0 where nothing is left to chance. best: the most that is known of any choice under the
    same demands; for reach the bound, which none exceeds. regret: what is missing to the best, as a part of it.
    """

    measure: Measure
    reached: float
    half_width: float
    best: float
    regret: float


@dataclass(frozen=True)
class Robust:
    """champions: of all choices examined the one with the least worst regret. under: each measure. examined: how many choices."""

    champions: Champions
    under: tuple[Under, ...]
    examined: int
    seconds: float

    @property
    def worst(self) -> float:
        return max(one.regret for one in self.under)


def robust(  # noqa: PLR0913 - the demands that a choice can have; all but two by name
    network: Network,
    count: int,
    *,
    models: Sequence[Model] = ROBUST_MODELS,
    reach: ByReach | None = None,
    cover: Sequence[Sequence[str | None]] = (),
    candidates: NDArray[np.bool_] | None = None,
    counted: NDArray[np.bool_] | None = None,
    fixed: Sequence[int] = (),
    forbidden: Sequence[int] = (),
    seconds: float = 10.0,
    say: Callable[[Model], None] = lambda _: None,
) -> Robust:
    """The choice that falls short least under the measure that suits it least: of the best for each, and mixtures of them.

    The best known of a model is no proven best: `choose_for_spread` has the bounds. reach: weighed too, where it is given. seconds: for the
    best of each model, about. say: called with each model before its best is looked for. Other parameters and errors as there.
    """
    began = perf_counter()
    own: list[Champions] = [reach.choice.champions] if reach is not None else []
    for model in models:
        say(model)
        best = choose_for_spread(
            network, count, model, cover=cover, candidates=candidates, counted=counted, fixed=fixed,
            forbidden=forbidden, seconds=seconds,
        )  # fmt: skip
        own.append(best.champions)
    asked = demanded(network, count, cover, candidates, (tuple(fixed), tuple(forbidden)))
    needed = set(range(len(asked.demands.cells)))
    examined = list(dict.fromkeys([*own, *(one for one in _mixtures(own) if asked.demands.met(one) >= needed)]))
    under = _under(network, examined, models, reach, counted)
    answer = min(range(len(examined)), key=lambda at: _short(under[at]))
    return Robust(examined[answer], under[answer], len(examined), perf_counter() - began)


def _short(under: Sequence[Under]) -> tuple[float, float]:
    """By how much a choice falls short: at worst, then on the average."""
    missing = [one.regret for one in under]
    return max(missing), sum(missing)


def _mixtures(own: Sequence[Champions]) -> list[Champions]:
    """Choices of the same size: a part of one and the rest of another, and in turns from all."""
    turns = [one for round_ in zip_longest(*own) for one in round_ if one is not None]
    made = [_first(turns, len(own[0]))] if own else []
    for one, two in permutations(own, 2):
        made += [_first([*one[: max(1, len(one) * part // 4)], *two], len(one)) for part in (1, 2, 3)]
    return made


def _first(people: Sequence[int], count: int) -> Champions:
    return tuple(dict.fromkeys(people))[:count]


def _under(
    network: Network,
    choices: Sequence[Champions],
    models: Sequence[Model],
    reach: ByReach | None,
    counted: NDArray[np.bool_] | None,
) -> list[tuple[Under, ...]]:
    """Each choice under each measure, every choice with the same luck under a model."""
    columns: list[list[Under]] = []
    if reach is not None:
        made = [(reach.covered(one), 0.0) for one in choices]
        columns.append(_measured(REACH, made, reach.choice.bound))
    for model in models:
        made = [spread(network, one, model, runs=RUNS[model], counted=counted) for one in choices]
        columns.append(_measured(model, made, max(mean for mean, _ in made)))
    return list(zip(*columns, strict=True))


def _measured(measure: Measure, made: Sequence[tuple[float, float]], best: float) -> list[Under]:
    return [Under(measure, mean, half, best, max(0.0, 1 - mean / best) if best > 0 else 0.0) for mean, half in made]
