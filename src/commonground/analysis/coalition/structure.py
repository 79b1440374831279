"""How a network of people is built: how many ties each has, who stands between others, whose contacts know each other."""

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.coalition.network import Floats, Network, Rows, places


def degrees(network: Network) -> NDArray[np.int64]:
    """How many people each reaches; in a network whose ties hold both ways, how many ties each has."""
    return np.diff(network.offsets)


def mean_degree(network: Network) -> float:
    """Ties a person, on the average; 0 without people."""
    return float(len(network.targets) / len(network)) if len(network) else 0.0


def mean_neighbour_degree(network: Network) -> float:
    """Ties of those at the other end of a tie, on the average over ties; 0 without ties.

    It is never below the mean degree where ties hold both ways: friends have more friends (Feld 1991, American Journal of Sociology 96).
    """
    return float(degrees(network)[network.targets].mean()) if len(network.targets) else 0.0


def constraint(network: Network) -> Floats:
    """How far the contacts of each person are tied to one another (Burt 1992, Structural Holes); NaN for who has no ties.

    A tie's part is its strength in both directions over all ties of the person; strengths are 1 where the network has none. A low value
    says that the person stands between groups.
    """
    rows, parts = _proportions(network)
    found = np.full(len(network), np.nan)
    at = np.full(len(network), -1, np.int64)
    for person in range(len(network)):
        own = places(rows.offsets, np.array([person]))
        contacts = rows.items[own]
        if not len(contacts):
            continue
        at[contacts] = np.arange(len(contacts))
        direct = parts[own].copy()
        through = np.repeat(parts[own], rows.sizes[contacts]) * parts[places(rows.offsets, contacts.astype(np.int64))]
        ends = at[rows.of(contacts)]
        np.add.at(direct, ends[ends >= 0], through[ends >= 0])
        found[person] = float(direct @ direct)
        at[contacts] = -1
    return found


def _proportions(network: Network) -> tuple[Rows, Floats]:
    """Contacts in either direction as rows, and of each the part of the person's ties that it has."""
    people = np.repeat(np.arange(len(network)), degrees(network))
    strong = np.ones(len(network.targets)) if network.weights is None else network.weights
    both = Network.from_edges(network.ids, people, network.targets, strong, undirected=True)
    weights = both.weights if both.weights is not None else np.ones(len(both.targets))
    owners = np.repeat(np.arange(len(both)), degrees(both))
    total = np.bincount(owners, weights, minlength=len(both))
    return both.rows, weights / total[owners]


def betweenness(network: Network) -> Floats:
    """The share of shortest paths between two others that lead through each person (Freeman 1977; by Brandes 2001).

    Paths follow the ties' direction. Each value is divided by the (n − 1)(n − 2) ordered pairs of others. Time grows with people × ties: of
    1,000 people with 10,000 ties about a second.
    """
    rows, count = network.rows, len(network)
    found = np.zeros(count)
    for source in range(count):
        found += _paths_through(rows, source)
    return found / max((count - 1) * (count - 2), 1)


def _paths_through(rows: Rows, source: int) -> Floats:
    """For each person the paths from one source that lead through them, each target counting 1 in all."""
    distance = np.full(len(rows), -1, np.int64)
    paths = np.zeros(len(rows))
    distance[source], paths[source] = 0, 1.0
    layers: list[tuple[NDArray[np.int64], NDArray[np.int32]]] = []
    layer = np.array([source], np.int64)
    while len(layer):
        targets = rows.of(layer)
        owners = np.repeat(layer, rows.sizes[layer])
        new = np.unique(targets[distance[targets] < 0]).astype(np.int64)
        distance[new] = len(layers) + 1
        on = distance[targets] == len(layers) + 1
        layers.append((owners[on], targets[on]))
        np.add.at(paths, targets[on], paths[owners[on]])
        layer = new
    share = np.zeros(len(rows))
    for owners, targets in reversed(layers):
        np.add.at(share, owners, paths[owners] / paths[targets] * (1.0 + share[targets]))
    share[source] = 0.0
    return share
