"""Made networks of people with a unit and a level each: a block model of units, and a scale-free one. The same seed, the same network."""

import numpy as np

from commonground.analysis.coalition.network import Network

UNIT = 100  # people a unit, on the average
LEVELS = 5
Cover = list[list[str]]


def attributes(people: int, units: np.ndarray, drawn: np.random.Generator) -> Cover:
    levels = np.minimum(drawn.geometric(0.5, people), LEVELS)
    return [[f"u{one}" for one in units.tolist()], [f"l{one}" for one in levels.tolist()]]


def block(people: int, seed: int, inside: float = 8.0, across: float = 2.0) -> tuple[Network, Cover]:
    """Each has about 8 ties in their unit and 2 beyond, some many more than others (lognormal, σ = 0.6); ties hold both ways."""
    drawn = np.random.default_rng(seed)
    units = drawn.integers(0, max(2, people // UNIT), people)
    order = np.argsort(units, kind="stable")
    starts = np.searchsorted(units[order], np.arange(units.max() + 2))
    active = drawn.lognormal(0, 0.6, people)
    active /= active.sum()
    within = drawn.choice(people, int(people * inside / 2), p=active)
    of, size = units[within], np.diff(starts)
    mates = order[starts[of] + (drawn.random(len(within)) * size[of]).astype(np.int64)]
    beyond = drawn.choice(people, int(people * across / 2), p=active)
    sources, targets = np.concatenate([within, beyond]), np.concatenate([mates, drawn.integers(0, people, len(beyond))])
    network = Network.from_edges([str(at) for at in range(people)], sources, targets, undirected=True)
    return network, attributes(people, units, drawn)


def scale_free(people: int, seed: int, ties: int = 4) -> tuple[Network, Cover]:
    """Barabási and Albert (1999): each newcomer ties to 4 who are there, the more often the more ties they have."""
    drawn = np.random.default_rng(seed)
    sources = np.repeat(np.arange(people), ties)
    pick = drawn.random(people * ties).tolist()
    ends = [0] * (2 * people * ties)
    for at in range(people * ties):
        before = 2 * (at - at % ties)
        ends[2 * at] = at // ties
        ends[2 * at + 1] = ends[int(pick[at] * before)] if before else 0
    network = Network.from_edges([str(at) for at in range(people)], sources, ends[1::2], undirected=True)
    return network, attributes(people, drawn.integers(0, max(2, people // UNIT), people), drawn)


MADE = {"block": block, "scale-free": scale_free}
