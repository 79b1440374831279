"""How far a new way would spread from those chosen, under each model of how people take things up, beside the best that is known."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.coalition.namings import about
from commonground.analysis.coalition.network import Network
from commonground.analysis.coalition.robust import regrets
from commonground.analysis.coalition.spread import Model
from commonground.ui.words import percent

MODELS: Final[dict[Model, tuple[str, str]]] = {
    "cascade": ("One is enough", "each who tries it may win each of those who look to them, once"),
    "threshold": ("Two are needed", "people try it when two of those they look to do"),
    "noisy": ("Mostly two", "one is enough for a tenth of the people, the others need two"),
}
SMALL: Final = 0.01


def compared(
    network: Network,
    champions: Sequence[int],
    can: NDArray[np.bool_],
    counted: NDArray[np.bool_],
    cover: Sequence[Sequence[str | None]],
    say: Callable[[str], None],
) -> list[dict[str, str]]:
    """For each model in words: how many of those counted come to try it, from these and from the best choice that is known for it, and how
    much less that is. Numbers of people in steps of five."""
    found = regrets(
        network,
        champions,
        models=tuple(MODELS),
        cover=cover,
        candidates=can,
        counted=counted,
        say=lambda model: say(f"Letting it spread: {MODELS[model][0].lower()}"),
    )
    return [
        {
            "model": MODELS[one.model][0],
            "means": MODELS[one.model][1],
            "reached": about(one.reached),
            "best": about(one.best),
            "regret": "none" if one.regret <= 0 else percent(one.regret) if one.regret >= SMALL else "under 1 %",
        }
        for one in found
    ]
