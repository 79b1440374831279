"""How far a new way would spread from those chosen, under each model of how people take things up, beside the best that is known."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.coalition.namings import about
from commonground.analysis.coalition.network import Network
from commonground.analysis.coalition.spread import Model, choose_for_spread, spread
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
    rows = []
    for model, (name, means) in MODELS.items():
        say(f"Letting it spread: {name.lower()}")
        mine, _ = spread(network, champions, model, counted=counted)
        best = choose_for_spread(
            network, len(champions), model, candidates=can, counted=counted, cover=cover, seconds=10.0
        ).spread
        most = max(mine, best)
        regret = 0.0 if most <= 0 else (most - mine) / most
        said = "none" if regret <= 0 else percent(regret) if regret >= SMALL else "under 1 %"
        rows.append({"model": name, "means": means, "reached": about(mine), "best": about(most), "regret": said})
    return rows
