"""A choice that is good however a new way passes on: what it reaches and how far it would spread, beside the best that is known."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.coalition.covering import Choice, judged
from commonground.analysis.coalition.namings import about
from commonground.analysis.coalition.network import Network
from commonground.analysis.coalition.robust import REACH, ByReach, Measure, Robust, robust
from commonground.analysis.coalition.spread import Model
from commonground.ui.words import percent

MODELS: Final[dict[Model, tuple[str, str]]] = {
    "cascade": ("One is enough", "each who tries it may win each of those who look to them, once"),
    "threshold": ("Two are needed", "people try it when two of those they look to do"),
    "noisy": ("Mostly two", "one is enough for a tenth of the people, the others need two"),
}
SMALL: Final = 0.01


def good_under_all(
    network: Network,
    choice: Choice,
    steps: int,
    can: NDArray[np.bool_],
    counted: NDArray[np.bool_],
    cover: Sequence[Sequence[str | None]],
    say: Callable[[str], None],
) -> tuple[Choice, Robust]:
    """Of the choices that reach most or spread furthest, and mixtures of them, the one that falls short least under what suits it least;
    and how it does under each. choice: the one that reaches most within these steps; its bound holds for whichever is taken."""
    found = robust(
        network,
        len(choice.champions),
        models=tuple(MODELS),
        reach=ByReach(choice, network.reach(steps), counted.astype(float)),
        cover=cover,
        candidates=can,
        counted=counted,
        say=lambda model: say(f"Letting it spread: {MODELS[model][0].lower()}"),
    )
    taken = judged(network, found.champions, choice, cover=cover, weight=counted.astype(float), steps=steps)
    return taken, found


def in_words(found: Robust, steps: int, reached: str) -> dict[str, Any]:
    """For reach and each model: how many those chosen win, the most that is known, and how much less that is. Numbers of people in steps
    of five. reached: how many the champions reach, in words; empty where that is not told."""
    rows = []
    for one in found.under:
        model, means = _words(one.measure, steps)
        numbers = {"reached": about(one.reached), "best": about(one.best)}
        if one.measure == REACH:
            numbers = {"reached": reached, "best": numbers["best"] if reached else ""}
        rows.append({"model": model, "means": means, **numbers, "regret": _regret(one.regret)})
    return {"rows": rows, "worst": _regret(found.worst), "examined": found.examined}


def _words(measure: Measure, steps: int) -> tuple[str, str]:
    if measure != REACH:
        return MODELS[measure]
    return "Reached by a champion", "in one step" if steps == 1 else "within two steps"


def _regret(regret: float) -> str:
    return "none" if regret <= 0 else percent(regret) if regret >= SMALL else "under 1 %"
